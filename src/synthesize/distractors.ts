/**
 * Wrong options by relation-preserving perturbation (paper §3.1): the same relation of a different disease that
 * resembles the subject and differs from it in a stated fact.
 *
 * Invariant: a distractor is of a type that could answer, is not true of the subject, is not otherwise linked to it,
 * and is no namesake, part, parent or alias of the answer.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { kinOf, walks } from "../graph/sampling.ts";
import type { Relation } from "../records/relation.ts";
import type { QuestionType } from "./types.ts";

export interface Neighbour {
  readonly disease: string;
  readonly likeness: number;
  /** Symptoms that both have. */
  readonly shared: readonly string[];
}

export interface Candidate {
  readonly entity: string;
  /** The disease it was taken from. */
  readonly neighbour: Neighbour;
  /** The last relation of the walk that reaches it from there. */
  readonly relation?: Relation;
}

/** Symptoms that more diseases than this have say little and cost much to follow. */
const crowd = 2000;

/** The diseases most like one: rare symptoms in common count most, then differential diagnosis and specialty. */
export function neighboursOf(graph: KnowledgeGraph, disease: string, count: number): Neighbour[] {
  const scores = new Map<string, { likeness: number; shared: string[] }>();
  const add = (id: string, likeness: number, symptom?: string): void => {
    if (id === disease || graph.entities.get(id)?.type !== "disease") return;
    const score = scores.get(id) ?? { likeness: 0, shared: [] };
    score.likeness += likeness;
    if (symptom !== undefined) score.shared.push(symptom);
    scores.set(id, score);
  };
  for (const { tail } of graph.out(disease, "HAS_SYMPTOM")) {
    const others = graph.into(tail, "HAS_SYMPTOM");
    if (others.length <= crowd)
      for (const { head } of others) add(head, 1 / Math.log2(2 + others.length), tail);
  }
  for (const { tail } of graph.out(disease, "DIFFERENTIAL_DIAGNOSIS")) add(tail, 1);
  for (const { head } of graph.into(disease, "DIFFERENTIAL_DIAGNOSIS")) add(head, 1);
  for (const { tail } of graph.out(disease, "BELONGS_TO_SPECIALTY"))
    for (const { head } of graph.into(tail, "BELONGS_TO_SPECIALTY").slice(0, crowd)) add(head, 0.2);
  const kin = kinOf(graph, disease);
  return [...scores]
    .filter(([id]) => !kin.has(id))
    .map(([id, score]) => ({ disease: id, ...score }))
    .sort((a, b) => b.likeness - a.likeness || (a.disease < b.disease ? -1 : 1))
    .slice(0, count);
}

/** Candidates for wrong options, the most tempting first; each entity once. */
export function distractorsOf(
  graph: KnowledgeGraph,
  type: QuestionType,
  subject: string,
  neighbours: readonly Neighbour[],
  isTrue: (entity: string) => boolean,
  minConfidence: number,
): Candidate[] {
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const neighbour of neighbours) {
    for (const { entity, relation } of sameRelation(graph, type, neighbour.disease, minConfidence)) {
      if (seen.has(entity) || isTrue(entity) || entity === subject || isLinked(graph, subject, entity, type))
        continue;
      seen.add(entity);
      found.push({ entity, neighbour, ...(relation ? { relation } : {}) });
    }
  }
  return found;
}

function sameRelation(
  graph: KnowledgeGraph,
  type: QuestionType,
  disease: string,
  minConfidence: number,
): { readonly entity: string; readonly relation?: Relation }[] {
  if (type.metapath.length === 0) return [{ entity: disease }];
  const trusted = walks(graph, disease, type.metapath, type.answers).filter((path) =>
    path.every((relation) => relation.confidence >= minConfidence),
  );
  return trusted.map((path) => {
    const relation = path.at(-1) as Relation;
    return { entity: relation.tail, relation };
  });
}

/** Any edge between subject and entity makes it a bad distractor; a disease to be told apart is the exception. */
function isLinked(graph: KnowledgeGraph, subject: string, entity: string, type: QuestionType): boolean {
  const counts = (relation: Relation): boolean =>
    type.metapath.length > 0 || relation.predicate !== "DIFFERENTIAL_DIAGNOSIS";
  // For a pair of conditions, the other drugs of the disease are the best distractors of all.
  if (type.condition) return false;
  return (
    graph.out(subject).some((relation) => relation.tail === entity && counts(relation)) ||
    graph.out(entity).some((relation) => relation.tail === subject && counts(relation))
  );
}

/** Why a candidate is wrong: what its disease shares with the subject, and what told it lacks. */
export function explain(
  graph: KnowledgeGraph,
  type: QuestionType,
  subject: string,
  shown: readonly string[],
  candidate: Candidate,
): { entity: string; reason: string; relation?: string } {
  const { entity, neighbour, relation } = candidate;
  const lacking = missing(graph, subject, shown, neighbour.disease);
  const shared = neighbour.shared.slice(0, 3).join(", ");
  const likeness = shared === "" ? `is related to ${subject}` : `shares ${shared} with ${subject}`;
  const unlike = lacking === undefined ? "" : ` but does not have ${lacking.tail}`;
  const isDiagnosis = type.metapath.length === 0;
  const reason = isDiagnosis
    ? `${entity} ${likeness}${unlike}`
    : neighbour.disease === subject
      ? `${entity} is used in ${subject} too, but the condition ${type.condition === "avoid" ? "does not rule it out" : "rules it out"}`
      : `${entity} belongs to ${neighbour.disease}, which ${likeness}${unlike}`;
  const id = isDiagnosis ? lacking?.id : relation?.id;
  return { entity, reason, ...(id === undefined ? {} : { relation: id }) };
}

/** The subject's relation to a symptom that the other disease lacks: a told one if there is, else any. */
function missing(
  graph: KnowledgeGraph,
  subject: string,
  shown: readonly string[],
  other: string,
): Relation | undefined {
  if (other === subject) return undefined;
  const lacks = ({ tail }: Relation): boolean => graph.find(other, "HAS_SYMPTOM", tail) === undefined;
  const symptoms = graph.out(subject, "HAS_SYMPTOM");
  return symptoms.find((one) => shown.includes(one.tail) && lacks(one)) ?? symptoms.find(lacks);
}
