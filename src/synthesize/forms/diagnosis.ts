/**
 * Questions for the disease itself (paper §3.1): by symptoms that no other disease has together, by symptoms that it
 * mostly shares with a rival and one that it does not, by facts of several kinds that only it has.
 */
import { invariant } from "../../base/errors.ts";
import { holds } from "../../graph/sampling.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import type { Candidate, Draft, Drafting, Target } from "../draft.ts";
import type { Neighbour } from "../neighbours.ts";
import { someOf } from "../some-of.ts";
import { kindredOf, type Sources, type Subject } from "../sources.ts";
import type { QuestionType } from "../types.ts";
import { asFact, presentations, speaksForFew } from "./presentation.ts";

/** A disease can be asked for when there is something to tell. */
export function targetDiagnosis(
  type: QuestionType,
  subject: Subject,
  sources: Sources,
): Target | string | undefined {
  const isTold =
    type.form === "intersection" ? cluesOf(subject.id, sources) >= 3 : subject.symptoms().length >= 2;
  return isTold ? { type, subject: subject.id, masked: subject.id, walk: [] } : undefined;
}

/** Diagnosis by symptoms, and a finding where there is one. */
export function draftsOfDiagnosis(subject: Subject, sources: Sources): Drafting | string {
  const shows = presentations(subject, sources, () => true);
  if (shows.length === 0) return "what can be told fits several diseases or tells the answer";
  return (random, attempt) => {
    const { symptoms, finding } = shows[attempt % shows.length]!;
    return draftBy([...random.shuffle(symptoms), ...(finding ? [finding] : [])], subject, [], sources);
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
  return (random, attempt) => {
    const { rival, shared, differing } = pairs[attempt % pairs.length]!;
    const common = random.sample(shared, Math.max(2, Math.min(shared.length, settings.symptomsMost - 1)));
    const shown = random
      .shuffle([...common, random.pick(differing)])
      .map((one) => graph.find(subject.id, "HAS_SYMPTOM", one) as Relation);
    return draftBy(shown, subject, [rival], sources);
  };
}

function draftBy(
  shown: readonly Relation[],
  subject: Subject,
  required: readonly Neighbour[],
  sources: Sources,
): Draft {
  const told = shown.map(({ tail }) => tail);
  const asWrong = (rival: Neighbour): Candidate => asCandidate(rival, shown, sources);
  return {
    facts: shown.map(asFact),
    path: shown,
    answer: { entity: subject.id },
    required: required.map(asWrong),
    candidates: rivals(subject)
      .filter(({ id }) => isRuledOut(id, told, sources))
      .map(asWrong),
  };
}

/** Most of all diseases that may have what speaks against the others. */
const fewShare = 0.03;

/**
 * Whether what is shown speaks against a disease: it lacks a symptom that few diseases have, and has none like it or of
 * its kin. That a page does not mention fatigue rules nothing out.
 */
function isRuledOut(disease: string, shown: readonly string[], sources: Sources): boolean {
  const { graph } = sources;
  const signs = ["HAS_SYMPTOM", "HAS_FINDING"] as const;
  const isLikeOneOf = kindredOf(
    signs.flatMap((sign) => graph.tails(disease, sign)),
    sources,
  );
  const mayHave = (one: string): boolean => signs.some((sign) => holds(graph, disease, sign, one));
  return shown.some((one) => sources.isTelling(one, fewShare) && !isLikeOneOf(one) && !mayHave(one));
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

/** How many clues there are; a finding and the test that finds it are one. */
function cluesOf(disease: string, sources: Sources): number {
  const facts = tellable(disease, sources);
  return facts.size - (facts.has("HAS_FINDING") && facts.has("DIAGNOSED_BY") ? 1 : 0);
}

/** The one disease with facts of several kinds, each of which others have too. */
export function draftsOfIntersection(subject: Subject, sources: Sources): Drafting | string {
  const { graph } = sources;
  const facts = tellable(subject.id, sources);
  // Of diseases of one kind, what is known of the one is mostly true of the other too.
  const isOfItsKind = kindredOf([subject.id], sources);
  const known = rivals(subject).filter(({ id }) => !isOfItsKind(id));
  return (random) => {
    const left = random.integer(2) === 0 ? "HAS_FINDING" : "DIAGNOSED_BY";
    const open = [...facts.keys()].filter((kind) => kind !== left);
    const chosen = random.sample(open, 3).map((kind) => random.pick(facts.get(kind)!));
    const ordered = chosen.sort(
      (a, b) => kinds.indexOf(a.predicate as never) - kinds.indexOf(b.predicate as never),
    );
    const isTrue = (id: string, { tail, predicate }: Relation): boolean => holds(graph, id, predicate, tail);
    const score = (id: string): number => ordered.filter((fact) => isTrue(id, fact)).length;
    // Those that have all but one are the most tempting: of the facts that the fewest have, a few of these.
    const partly = ordered
      .toSorted((a, b) => graph.countInto(a.tail, a.predicate) - graph.countInto(b.tail, b.predicate))
      .flatMap(({ tail, predicate }) => someOf(graph.heads(tail, predicate), subject.id));
    const others = [...new Set(partly)]
      .filter((id) => graph.entities.get(id)?.type === "disease" && isRival(id, subject))
      .filter((id) => !isOfItsKind(id) && !known.some((one) => one.id === id))
      .slice(0, 12)
      .map((id): Neighbour => ({ id, likeness: 0, shared: [] }));
    return {
      facts: ordered.map(asFact),
      path: ordered,
      answer: { entity: subject.id },
      required: [],
      candidates: [...others, ...known]
        .map((rival) => ({ rival, held: score(rival.id) }))
        .filter(({ held }) => held < ordered.length)
        .sort((a, b) => b.held - a.held)
        .map(({ rival }) => asCandidate(rival, ordered, sources)),
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

/** A wrong diagnosis; something that is told must not hold of it, which is why it is wrong. */
function asCandidate({ id, shared }: Neighbour, told: readonly Relation[], { graph }: Sources): Candidate {
  return {
    entity: id,
    why() {
      const lacking = told.find(({ predicate, tail }) => !holds(graph, id, predicate, tail));
      invariant(lacking !== undefined, `all that is told may be true of the wrong diagnosis ${id}`);
      const like = shared.length === 0 ? "is like it" : `shares ${shared.slice(0, 3).join(", ")} with it`;
      return {
        reason: `${id} ${like} and does not have ${lacking.tail}`,
        relation: lacking.id,
        absent: { head: id, predicate: lacking.predicate, tail: lacking.tail },
      };
    },
  };
}
