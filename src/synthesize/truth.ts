/**
 * What is true of a question on the graph, and the check that exactly one option is (paper §3.1).
 *
 * Invariant: the check starts again from the facts told in the stem. It does not know how the question was made.
 */
import type { KnowledgeGraph } from "../graph/graph.ts";
import { diseasesWith, kinOf, reached } from "../graph/sampling.ts";
import type { QuestionType } from "./types.ts";

/** The facts a stem tells: the disease by name or by its symptoms, and the condition of an "avoid" or "usable". */
export interface Told {
  readonly subject?: string;
  readonly symptoms?: readonly string[];
  readonly condition?: string;
}

/** A test of whether an entity truthfully answers a question of a type about a disease. */
export function truthOf(
  graph: KnowledgeGraph,
  type: QuestionType,
  subject: string,
  condition?: string,
): (entity: string) => boolean {
  if (type.metapath.length === 0) return (entity) => entity === subject;
  const ends = reached(graph, subject, type.metapath);
  // A disease may name a whole class as its treatment; that class is then a true answer too.
  if (type.metapath.at(-1) === "MEMBER_OF_CLASS")
    for (const end of reached(graph, subject, ["TREATED_WITH"])) ends.add(end);
  if (type.condition === undefined || condition === undefined) return (entity) => ends.has(entity);
  const wanted = type.condition === "avoid";
  return (entity) => ends.has(entity) && isContraindicated(graph, entity, condition) === wanted;
}

/** Whether a drug, or a class it belongs to, is ruled out by a condition or a kin of it. */
export function isContraindicated(graph: KnowledgeGraph, drug: string, condition: string): boolean {
  const conditions = kinOf(graph, condition);
  for (const kin of kinOf(graph, drug))
    for (const relation of graph.out(kin, "CONTRAINDICATED_IN"))
      if (conditions.has(relation.tail)) return true;
  return false;
}

/** The one option that satisfies everything told, or why there is none. */
export function uniqueAnswer(
  graph: KnowledgeGraph,
  type: QuestionType,
  told: Told,
  options: readonly string[],
): { readonly answer: string } | { readonly problem: string } {
  const subjects = told.subject !== undefined ? [told.subject] : diseasesWith(graph, told.symptoms ?? []);
  if (subjects.length !== 1) return { problem: `the symptoms fit ${subjects.length} diseases` };
  const isTrue = truthOf(graph, type, subjects[0] as string, told.condition);
  const right = options.filter(isTrue);
  const [answer] = right;
  if (answer === undefined || right.length > 1) return { problem: `${right.length} options are true` };
  return { answer };
}
