/** A question before it has words and letters: what is told, what is walked, the answer and what may stand beside it. */
import type { Random } from "../base/random.ts";
import type { Fact } from "../records/question.ts";
import type { Predicate, Relation } from "../records/relation.ts";
import type { QuestionType } from "./types.ts";

/** What phase one settles of a path: who is asked about, and where the walk leads. */
export interface Target {
  readonly type: QuestionType;
  readonly subject: string;
  /** The entity asked for, where it is settled before the options are. */
  readonly masked?: string;
  /** Relations from the subject to the masked entity. */
  readonly walk: readonly Relation[];
  /** A condition of the patient, with the relations by which it rules a drug out. */
  readonly condition?: { readonly entity: string; readonly relations: readonly Relation[] };
}

/** An option; of a "relation" question a predicate with its other end. */
export interface Option {
  readonly entity: string;
  readonly predicate?: Predicate;
}

/** Why an option is wrong, for `origin.distractors`. */
interface Why {
  readonly reason: string;
  /** Id of the relation that shows what it belongs to instead. */
  readonly relation?: string;
  /** The edge that would make it right and that the graph does not have. */
  readonly absent?: { readonly head: string; readonly predicate: Predicate; readonly tail: string };
}

/** An option that may stand beside the answer; the reason is put into words only for those that are taken. */
export interface Candidate extends Option {
  /** Of an exception: the edge that makes it true of the subject. */
  readonly edge?: Relation;
  why(): Why;
}

/** Makes the drafts of a target: other facts told, or another answer, at each attempt. */
export type Drafting = (random: Random, attempt: number) => Draft;

export interface Draft {
  readonly facts: readonly Fact[];
  /** Relations that lead from what is told to the answer, in order; of an exception the edges of the other options. */
  readonly path: readonly Relation[];
  readonly answer: Option;
  /** Candidates that have to be among the options. */
  readonly required: readonly Candidate[];
  /** Others, the most tempting first. */
  readonly candidates: readonly Candidate[];
}
