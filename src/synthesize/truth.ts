/**
 * What is true of a question on the graph, and the check that exactly one option is (paper §3.1).
 *
 * Invariant: the check starts again from the facts that the stem tells. It does not know how the question was made.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { diseasesWith, holds, kinOf, reached } from "../graph/sampling.ts";
import type { Fact } from "../records/question.ts";
import type { Predicate } from "../records/relation.ts";
import type { Option } from "./draft.ts";
import type { QuestionType } from "./types.ts";

/** A test of whether an entity truthfully answers a question of a type about a subject that is known. */
export function truthOf(
  graph: KnowledgeGraph,
  type: Pick<QuestionType, "metapath" | "condition">,
  subject: string,
  condition?: string,
): (entity: string) => boolean {
  if (type.metapath.length === 0) return (entity) => entity === subject;
  const ends = reached(graph, subject, type.metapath);
  // A disease may name a whole class as its treatment; that class is then a true answer too.
  if (type.metapath.at(-1) === "MEMBER_OF_CLASS" && type.metapath.length > 1)
    for (const end of reached(graph, subject, ["TREATED_WITH"])) ends.add(end);
  if (type.condition === undefined || condition === undefined) return (entity) => ends.has(entity);
  return (entity) => ends.has(entity) && isContraindicated(graph, entity, condition);
}

/** Whether a drug, or a class it belongs to, is ruled out by a condition or a kin of it. */
export function isContraindicated(graph: KnowledgeGraph, drug: string, condition: string): boolean {
  const conditions = kinOf(graph, condition);
  for (const kin of kinOf(graph, drug))
    for (const tail of graph.tails(kin, "CONTRAINDICATED_IN")) if (conditions.has(tail)) return true;
  return false;
}

/** The one option that satisfies everything told, or why there is none. */
export function uniqueAnswer<T extends Option>(
  graph: KnowledgeGraph,
  type: QuestionType,
  facts: readonly Fact[],
  options: readonly T[],
): { readonly answer: T } | { readonly problem: string } {
  const subjects = subjectsOf(graph, type, facts);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1)
    return { problem: `what is told fits ${subjects.length} subjects` };
  const isTrue = testOf(graph, type, subject, facts);
  const right = options.filter(isTrue);
  const [answer] = right;
  if (answer === undefined || right.length > 1) return { problem: `${right.length} options are true` };
  return { answer };
}

/** The one named, or every entity that has all that is told. */
function subjectsOf(graph: KnowledgeGraph, type: QuestionType, facts: readonly Fact[]): readonly string[] {
  const named = facts.find(({ say }) => say === "name");
  if (named) return [named.entity];
  const has = facts.filter(({ say }) => say === "has");
  const isPlain = type.form !== "intersection";
  // What is told to be absent only helps a reader: that the graph has no edge is not proof enough to decide by.
  if (isPlain) {
    const isSymptom = ({ predicate }: Fact): boolean => predicate === "HAS_SYMPTOM";
    const symptoms = has.filter(isSymptom).map(({ entity }) => entity);
    return diseasesWith(graph, symptoms).filter((disease) =>
      has.every(({ entity, predicate }) => graph.has(disease, predicate as Predicate, entity)),
    );
  }
  const [fewest, ...others] = has
    .map(({ entity, predicate }) => ({ entity, predicate: predicate as Predicate }))
    .sort((a, b) => graph.countInto(a.entity, a.predicate) - graph.countInto(b.entity, b.predicate));
  if (fewest === undefined) return [];
  return [...reached(graph, fewest.entity, [`~${fewest.predicate}`])].filter(
    (head) =>
      graph.entities.get(head)?.type === "disease" &&
      others.every(({ entity, predicate }) => holds(graph, head, predicate, entity)),
  );
}

function testOf(
  graph: KnowledgeGraph,
  type: QuestionType,
  subject: string,
  facts: readonly Fact[],
): (option: Option) => boolean {
  const condition = facts.find(({ say }) => say === "history")?.entity;
  switch (type.form) {
    case "attribute":
    case "diagnosis":
    case "contrast":
    case "intersection": {
      const isTrue = truthOf(graph, type, subject, condition);
      return ({ entity }) => isTrue(entity);
    }
    case "discriminator": {
      const rival = facts.find(({ say }) => say === "other")?.entity ?? "";
      const own = reached(graph, subject, type.metapath);
      return ({ entity }) => own.has(entity) && !graph.has(rival, "HAS_SYMPTOM", entity);
    }
    case "except": {
      const linked = reached(graph, subject, type.metapath);
      return ({ entity }) => !linked.has(entity);
    }
    case "relation": {
      const ends = new Map<Predicate, Set<string>>();
      return ({ entity, predicate }) => {
        if (predicate === undefined) return false;
        const known = ends.get(predicate) ?? statedEnds(graph, subject, predicate);
        ends.set(predicate, known);
        return known.has(entity);
      };
    }
    default:
      return type.form satisfies never;
  }
}

/** Ends of which a statement is true: who is treated with a drug is treated with its class. */
export function statedEnds(graph: KnowledgeGraph, subject: string, predicate: Predicate): Set<string> {
  const ends = reached(graph, subject, [predicate]);
  if (predicate === "TREATED_WITH")
    for (const drug of [...ends]) for (const one of graph.tails(drug, "MEMBER_OF_CLASS")) ends.add(one);
  return ends;
}
