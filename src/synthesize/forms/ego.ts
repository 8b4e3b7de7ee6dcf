/**
 * Questions over all that is joined to one subject, its ego net (paper §3.1): the exception among what it is linked
 * to, the one true statement among statements about it, the finding that it has and a like disease has not.
 *
 * Here the wrong options of one question are true of the subject, or the answer is what is not: which entity that is
 * gets chosen with the balance of right and wrong uses in view.
 */
import { reached } from "../../graph/sampling.ts";
import type { EntityType } from "../../records/entity.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import { arguableOf, belongsNear, isSpecific } from "../arguable.ts";
import type { Candidate, Drafting, Option, Target } from "../draft.ts";
import { someOf } from "../some-of.ts";
import { kindredOf, openSubject, type Sources, type Subject } from "../sources.ts";
import { statedEnds } from "../truth.ts";
import type { Ask, QuestionType } from "../types.ts";
import { speaksForFew } from "./presentation.ts";

/** Whether a subject has enough around it. */
export function targetEgo(type: QuestionType, subject: Subject, sources: Sources): Target | undefined {
  const needed = type.form === "except" ? sources.settings.options - 1 : 1;
  const count =
    type.form === "relation"
      ? statements.filter((predicate) => sources.trusted(subject.id, predicate).length > 0).length
      : sources.trusted(subject.id, type.metapath[0] as Predicate).length;
  return count >= needed ? { type, subject: subject.id, walk: [] } : undefined;
}

/** "Which of the following is NOT …": the others are linked to the subject, each by an edge of the graph. */
export function draftsOfException({ type }: Target, subject: Subject, sources: Sources): Drafting | string {
  const { graph, balance } = sources;
  const predicate = type.metapath[0] as Predicate;
  const linked = sources.trusted(subject.id, predicate).filter(
    ({ tail }) =>
      type.answers.includes(typeOf(tail, sources)) &&
      !sources.shareWord(tail, subject.id) &&
      // What everything has would never be the exception, and so be known for a wrong option.
      isSpecific(type.ask, tail, predicate, sources),
  );
  const isTrue = reached(graph, subject.id, type.metapath);
  const isArguable = arguableOf(type.metapath, type.answers, subject, sources);
  const far = farEnds(type, predicate, subject, sources).filter(
    (entity) => !isTrue.has(entity) && !isArguable(entity) && !subject.isLinked(entity),
  );
  if (linked.length < sources.settings.options - 1) return "too few true options";
  if (far.length === 0) return "nothing that is surely not linked";
  return (random) => {
    const masked = far[random.weighted(far.map((entity) => balance.asAnswer(type.ask, entity)))] as string;
    const sort = typeOf(masked, sources);
    const alike = linked.filter(({ tail }) => typeOf(tail, sources) === sort);
    const pool = alike.length >= sources.settings.options - 1 ? alike : linked;
    return {
      facts: [{ say: "name", entity: subject.id }],
      path: [],
      answer: { entity: masked },
      required: [],
      candidates: random.shuffle(pool).map((relation) => ({
        entity: relation.tail,
        edge: relation,
        why: () => ({
          reason: `${relation.tail} is linked to ${subject.id}, and the exception is asked for`,
          relation: relation.id,
        }),
      })),
    };
  };
}

/** Ends of the predicate that few have, from subjects that have nothing to do with this one. */
function farEnds(type: QuestionType, predicate: Predicate, subject: Subject, sources: Sources): string[] {
  const { graph, balance } = sources;
  const near = new Set(subject.neighbours().map(({ id }) => id));
  const found = new Set<string>();
  for (const entity of someOf(balance.answersOf(type.ask), subject.id)) {
    if (found.size >= 60) break;
    if (!isSpecific(type.ask, entity, predicate, sources)) continue;
    const heads = graph.heads(entity, predicate);
    if (heads.length > 0 && !heads.some((head) => near.has(head) || subject.isLinked(head)))
      found.add(entity);
  }
  return [...found];
}

/** Predicates that make a statement about a disease or a drug; mechanisms, complications and interactions are too often shared. */
const statements = [
  "TREATS",
  "CONTRAINDICATED_IN",
  "HAS_SIDE_EFFECT",
  "MEMBER_OF_CLASS",
  "TARGETS",
  "CAUSED_BY",
  "HAS_FINDING",
  "DIAGNOSED_BY",
  "TREATED_WITH",
] as const satisfies readonly Predicate[];

/** What would be asked for by a statement's predicate. */
const asks: Readonly<Record<(typeof statements)[number], Ask>> = {
  TREATS: "use",
  CONTRAINDICATED_IN: "contraindication",
  HAS_SIDE_EFFECT: "sideEffect",
  MEMBER_OF_CLASS: "drugClass",
  TARGETS: "target",
  CAUSED_BY: "cause",
  HAS_FINDING: "finding",
  DIAGNOSED_BY: "test",
  TREATED_WITH: "drug",
};

/** As many candidates as are ever looked at, and more. */
const plenty = 200;

/** "Which statement about … is correct?": the false ones are true of subjects that resemble it. */
export function draftsOfStatement({ type }: Target, subject: Subject, sources: Sources): Drafting | string {
  const { graph, balance } = sources;
  const fits = ({ tail }: Relation): boolean => !sources.shareWord(tail, subject.id);
  const own = statements.flatMap((predicate) =>
    sources
      .trusted(subject.id, predicate)
      .filter((relation) => fits(relation) && isSpecific(asks[predicate], relation.tail, predicate, sources)),
  );
  if (own.length === 0) return "no statement that is telling";
  const truths = new Map(
    statements.map((predicate) => [predicate, statedEnds(graph, subject.id, predicate)]),
  );
  const isArguable = new Map(
    statements.map((predicate) => [predicate, arguableOf([predicate], ["drug"], subject, sources)]),
  );
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const neighbour of subject.neighbours()) {
    if (candidates.length >= plenty) break;
    for (const predicate of statements)
      for (const relation of sources.trusted(neighbour.id, predicate)) {
        const { tail } = relation;
        const key = statementKey({ entity: tail, predicate });
        if (seen.has(key) || tail === subject.id || !fits(relation)) continue;
        if (!isSpecific(asks[predicate], tail, predicate, sources)) continue;
        if (truths.get(predicate)?.has(tail) || subject.isLinked(tail) || isArguable.get(predicate)?.(tail))
          continue;
        if (belongsNear(tail, predicate, subject, sources)) continue;
        seen.add(key);
        candidates.push({
          entity: tail,
          predicate,
          why: () => ({
            reason: `it is ${neighbour.id} of which this is true`,
            relation: relation.id,
            absent: { head: subject.id, predicate, tail },
          }),
        });
      }
  }
  return (random) => {
    const weights = own.map((relation) =>
      balance.asAnswer(type.ask, statementKey({ entity: relation.tail, predicate: relation.predicate })),
    );
    const masked = own[random.weighted(weights)] as Relation;
    return {
      facts: [{ say: "name", entity: subject.id }],
      path: [masked],
      answer: { entity: masked.tail, predicate: masked.predicate },
      required: [],
      candidates: random.shuffle(candidates),
    };
  };
}

/** What is counted of an option: of a statement the predicate as well. */
export function statementKey({ entity, predicate }: Option): string {
  return predicate === undefined ? entity : `${predicate} ${entity}`;
}

/** "Which feature suggests A rather than B?" */
export function draftsOfDiscriminator(
  { type }: Target,
  subject: Subject,
  sources: Sources,
): Drafting | string {
  const { graph, balance } = sources;
  const own = subject.symptoms();
  const pairs = subject.neighbours().flatMap(({ id, shared }) => {
    if (subject.isLinkedOtherwise(id) || !areTakenForOneAnother(subject.id, id, sources)) return [];
    const rival = openSubject(id, sources);
    const theirs = reached(graph, id, type.metapath);
    const isLikeTheirs = kindredOf(theirs, sources);
    const telling = own.filter(
      (one) =>
        !theirs.has(one) &&
        !isLikeTheirs(one) &&
        !rival.isLinked(one) &&
        speaksForFew(one, sources) &&
        !sources.shareWord(one, subject.id),
    );
    const mine = reached(graph, subject.id, type.metapath);
    const isLikeMine = kindredOf(mine, sources);
    // What the rival has, or another like disease, and the subject has not: each as telling as the answer.
    const foreign = [id, ...subject.neighbours().map((other) => other.id)].flatMap((disease) =>
      sources
        .trusted(disease, "HAS_SYMPTOM")
        .filter(({ tail }) => !mine.has(tail) && !isLikeMine(tail) && !subject.isLinked(tail))
        .filter(({ tail }) => isSpecific(type.ask, tail, "HAS_SYMPTOM", sources)),
    );
    const isPair = shared.some((one) => own.includes(one));
    return telling.length > 0 && isPair ? [{ id, telling, foreign }] : [];
  });
  if (pairs.length === 0) return "no like disease lacks one of its symptoms";
  return (random, attempt) => {
    const { id, telling, foreign } = pairs[attempt % pairs.length]!;
    const masked = telling[random.weighted(telling.map((one) => balance.asAnswer(type.ask, one)))] as string;
    return {
      facts: [
        { say: "name", entity: subject.id },
        { say: "other", entity: id },
      ],
      path: [graph.find(subject.id, "HAS_SYMPTOM", masked) as Relation],
      answer: { entity: masked },
      required: [],
      candidates: foreign.map((relation) => ({
        entity: relation.tail,
        why: () => ({
          reason: `${relation.tail} occurs in ${relation.head} and not in ${subject.id}`,
          relation: relation.id,
          absent: { head: subject.id, predicate: "HAS_SYMPTOM" as const, tail: relation.tail },
        }),
      })),
    };
  };
}

function typeOf(id: string, { graph }: Sources): EntityType {
  return graph.entities.get(id)?.type ?? "concept";
}

/** Whether two diseases have to be told apart, or belong to one field. */
function areTakenForOneAnother(one: string, other: string, { graph }: Sources): boolean {
  if (graph.has(one, "DIFFERENTIAL_DIAGNOSIS", other) || graph.has(other, "DIFFERENTIAL_DIAGNOSIS", one))
    return true;
  const fields = new Set(graph.tails(one, "BELONGS_TO_SPECIALTY"));
  return graph.tails(other, "BELONGS_TO_SPECIALTY").some((field) => fields.has(field));
}
