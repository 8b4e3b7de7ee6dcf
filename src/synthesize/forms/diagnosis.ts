/**
 * Questions for the disease itself (paper §3.1): by symptoms that no other disease has together, by symptoms that it
 * mostly shares with a rival and one that it does not, by facts of several kinds that only it has.
 */
import { holds } from "../../graph/sampling.ts";
import type { Fact } from "../../records/question.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import type { Candidate, Draft, Drafting, Target } from "../draft.ts";
import type { Neighbour } from "../neighbours.ts";
import { someOf } from "../some-of.ts";
import { kindredOf, type Sources, type Subject } from "../sources.ts";
import type { QuestionType } from "../types.ts";
import { lacks } from "./attribute.ts";
import { asFact, presentations, speaksForFew } from "./presentation.ts";

/** A disease can be asked for when there is something to tell. */
export function targetDiagnosis(
  type: QuestionType,
  subject: Subject,
  sources: Sources,
): Target | string | undefined {
  const isTold =
    type.form === "intersection" ? tellable(subject.id, sources).size >= 3 : subject.symptoms().length >= 2;
  return isTold ? { type, subject: subject.id, masked: subject.id, walk: [] } : undefined;
}

/** Diagnosis by symptoms, and a finding where there is one. */
export function draftsOfDiagnosis(subject: Subject, sources: Sources): Drafting | string {
  const shows = presentations(subject, sources, () => true);
  if (shows.length === 0) return "what can be told fits several diseases or tells the answer";
  const candidates = rivals(subject).map((one) => asCandidate(one, subject, sources));
  return (random, attempt) => {
    const { symptoms, finding } = shows[attempt % shows.length]!;
    return draftBy(
      [...random.shuffle(symptoms), ...(finding ? [finding] : [])],
      subject,
      [],
      candidates,
      sources,
    );
  };
}

/** Diagnosis against a rival that has most of what is told. */
export function draftsOfContrast(subject: Subject, sources: Sources): Drafting | string {
  const { graph, settings } = sources;
  const own = subject.symptoms().filter((one) => !sources.shareWord(one, subject.id));
  const pairs = rivals(subject).flatMap((rival) => {
    const shared = rival.shared.filter((one) => own.includes(one));
    const differing = own.filter(
      (one) => !shared.includes(one) && speaksForFew(one, sources) && isRuledOut(rival.id, [one], sources),
    );
    return shared.length >= 2 && differing.length > 0 ? [{ rival, shared, differing }] : [];
  });
  if (pairs.length === 0) return "no rival shares two symptoms and lacks one";
  const others = rivals(subject).map((one) => asCandidate(one, subject, sources));
  return (random, attempt) => {
    const { rival, shared, differing } = pairs[attempt % pairs.length]!;
    const common = random.sample(shared, Math.max(2, Math.min(shared.length, settings.symptomsMost - 1)));
    const shown = random
      .shuffle([...common, random.pick(differing)])
      .map((one) => graph.find(subject.id, "HAS_SYMPTOM", one) as Relation);
    const required = others.filter(({ entity }) => entity === rival.id);
    return draftBy(shown, subject, required, others, sources);
  };
}

function draftBy(
  shown: readonly Relation[],
  subject: Subject,
  required: readonly Candidate[],
  candidates: readonly Candidate[],
  sources: Sources,
): Draft {
  return {
    facts: shown.map(asFact),
    path: shown,
    answer: { entity: subject.id },
    required,
    candidates: candidates.filter(({ entity }) =>
      isRuledOut(
        entity,
        shown.map(({ tail }) => tail),
        sources,
      ),
    ),
  };
}

/** Most of all diseases that may have what speaks against the others. */
const fewShare = 0.03;

/**
 * Whether what is shown speaks against a disease: it lacks a symptom that few diseases have, and has none like it. That
 * a page does not mention fatigue rules nothing out.
 */
function isRuledOut(disease: string, shown: readonly string[], sources: Sources): boolean {
  const known = [
    ...sources.graph.tails(disease, "HAS_SYMPTOM"),
    ...sources.graph.tails(disease, "HAS_FINDING"),
  ];
  const isLikeOneOf = kindredOf(known, sources);
  return shown.some((one) => sources.isTelling(one, fewShare) && !known.includes(one) && !isLikeOneOf(one));
}

/** Facts of an intersection come from these, one of each kind. */
const kinds = [
  "CAUSED_BY",
  "HAS_FINDING",
  "DIAGNOSED_BY",
  "HAS_MECHANISM",
  "HAS_SYMPTOM",
  "TREATED_WITH",
  "HAS_COMPLICATION",
  "HAS_RISK_FACTOR",
] as const satisfies readonly Predicate[];

/** Most of all diseases that may share a clue: what more have is true of one that was not thought of. */
const clueShare = 0.02;
const clueCount = 2;

/** What may be told of a disease, by kind. */
function tellable(disease: string, sources: Sources): Map<Predicate, Relation[]> {
  const found = new Map<Predicate, Relation[]>();
  for (const kind of kinds) {
    const relations = sources
      .trusted(disease, kind)
      .filter(
        ({ tail }) =>
          !sources.shareWord(tail, disease) &&
          (kind === "HAS_SYMPTOM" || !sources.isGeneric(tail, kind, clueShare, clueCount)),
      );
    if (relations.length > 0) found.set(kind, relations);
  }
  return found;
}

/** The one disease with facts of several kinds, each of which others have too. */
export function draftsOfIntersection(subject: Subject, sources: Sources): Drafting | string {
  const { graph } = sources;
  const facts = tellable(subject.id, sources);
  const candidates = rivals(subject).map((one) => asCandidate(one, subject, sources));
  return (random) => {
    // A finding and the test that finds it are one clue.
    const left = random.integer(2) === 0 ? "HAS_FINDING" : "DIAGNOSED_BY";
    const open = [...facts.keys()].filter((kind) => kind !== left);
    const chosen = random.sample(open, 3).map((kind) => random.pick(facts.get(kind)!));
    const ordered = chosen.sort(
      (a, b) => kinds.indexOf(a.predicate as never) - kinds.indexOf(b.predicate as never),
    );
    const told: Fact[] = ordered.map(({ tail, predicate }) => ({ say: "has", entity: tail, predicate }));
    // Those that have all but one are the most tempting: of the fact that the fewest have, a few of these.
    const isTrue = (id: string, { entity, predicate }: Fact): boolean =>
      holds(graph, id, predicate as Predicate, entity);
    const score = (id: string): number => told.filter((fact) => isTrue(id, fact)).length;
    const fewest = told.toSorted(
      (one, other) =>
        graph.countInto(one.entity, one.predicate as Predicate) -
        graph.countInto(other.entity, other.predicate as Predicate),
    );
    const extra = fewest
      .flatMap(({ entity, predicate }) => someOf(graph.heads(entity, predicate), subject.id))
      .filter((id, at, all) => all.indexOf(id) === at && graph.entities.get(id)?.type === "disease")
      .filter((id) => isRival(id, subject) && !candidates.some((one) => one.entity === id))
      .slice(0, 12)
      .map((id) => asCandidate({ id, likeness: 0, shared: [] }, subject, sources));
    return {
      facts: told,
      path: ordered,
      answer: { entity: subject.id },
      required: [],
      candidates: [...extra, ...candidates]
        .map((one) => [one, score(one.entity)] as const)
        .filter(([, held]) => held < told.length)
        .sort(([, a], [, b]) => b - a)
        .map(([one]) => one),
    };
  };
}

function rivals(subject: Subject): Neighbour[] {
  return subject.neighbours().filter(({ id }) => isRival(id, subject));
}

/** Any edge makes a bad wrong diagnosis (a complication is present as well), but that the two have to be told apart. */
function isRival(id: string, subject: Subject): boolean {
  return id !== subject.id && !subject.isLinkedOtherwise(id);
}

function asCandidate({ id, shared }: Neighbour, subject: Subject, { graph }: Sources): Candidate {
  return {
    entity: id,
    why() {
      const lacking = lacks(graph, subject, id);
      const own = lacking === undefined ? undefined : graph.find(subject.id, "HAS_SYMPTOM", lacking);
      const like = shared.length === 0 ? "is like it" : `shares ${shared.slice(0, 3).join(", ")} with it`;
      return {
        reason: `${id} ${like}${lacking === undefined ? "" : ` and does not have ${lacking}`}`,
        ...(own ? { relation: own.id } : {}),
        ...(lacking === undefined
          ? {}
          : { absent: { head: id, predicate: "HAS_SYMPTOM" as const, tail: lacking } }),
      };
    },
  };
}
