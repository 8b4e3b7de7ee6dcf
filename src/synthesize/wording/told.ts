/**
 * What a stem has to say, before it has words: entities by the names they have inside a sentence. The grammar adds no
 * medical fact to it; age, sex and time course are the only things it may make up, and they fit what is told.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import type { QuestionType } from "../types.ts";

export interface Name {
  readonly id: string;
  /** As it stands inside a sentence of the language: "weight loss", "Crohn's disease", "头痛". */
  readonly text: string;
  readonly type: EntityType;
}

export interface Told {
  readonly type: QuestionType;
  /** The subject where it is told by name; of findings it is left unnamed. */
  readonly subject?: Name;
  /** Symptoms and signs that the patient has, in the order in which they are to be told. */
  readonly findings: readonly Name[];
  /** Findings that the patient does not have. */
  readonly absent: readonly Name[];
  /** Facts of other kinds about the unnamed subject: subject —predicate→ entity. */
  readonly facts: readonly { readonly predicate: Predicate; readonly entity: Name }[];
  /** A condition that the patient has besides. */
  readonly history?: Name;
  /** The other disease of a "discriminator". */
  readonly other?: Name;
  /** What the unnamed subject is, for hints of age and sex; never to be named in the stem. */
  readonly hidden?: Name;
}
