/**
 * How close the wrong options of a made question are to the right one on the graph: what share of the answer's
 * neighbours they have too. It tells a question whose options are all drugs of the same diseases from one where a
 * single option belongs to the field at all.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import type { SyntheticQuestion } from "../../records/question.ts";
import { type Predicate, predicateSchema } from "../../records/relation.ts";

/** Neighbours looked at of one entity: hubs have thousands, and a share needs no more. */
const most = 100;

/** Mean likeness of the wrong options to the right one, 0 to 1; undefined where the options are no entities. */
export function closenessOf(graph: KnowledgeGraph, { origin, gold }: SyntheticQuestion): number | undefined {
  const answer = origin.optionEntities[gold[0] ?? ""];
  const others = Object.entries(origin.optionEntities)
    .filter(([letter]) => !gold.includes(letter))
    .map(([, entity]) => entity);
  if (answer === undefined || others.length === 0 || !graph.entities.has(answer)) return undefined;
  const likeness =
    answer === origin.subject ? shareOfTold(graph, origin) : shareOfNeighbours(graph, origin, answer);
  return likeness === undefined
    ? undefined
    : others.reduce((sum, one) => sum + likeness(one), 0) / others.length;
}

type Origin = SyntheticQuestion["origin"];
type Likeness = (entity: string) => number;

/** Where the subject itself is asked for: the share of what is told of it that the option has too. */
function shareOfTold(graph: KnowledgeGraph, { facts }: Origin): Likeness | undefined {
  const told = facts.flatMap(({ say, predicate, entity }) =>
    say === "has" && predicate !== undefined ? [{ predicate, entity }] : [],
  );
  if (told.length === 0) return undefined;
  return (option) =>
    told.filter(({ predicate, entity }) => graph.find(option, predicate, entity) !== undefined).length /
    told.length;
}

/** Where the end of a walk is asked for: the share of the answer's neighbours by the last edge that the option has too. */
function shareOfNeighbours(graph: KnowledgeGraph, { path }: Origin, answer: string): Likeness | undefined {
  const last = predicateSchema.safeParse(path.at(-1)?.predicate).data;
  if (last === undefined) return undefined;
  const before = graph
    .into(answer, last)
    .slice(0, most)
    .map(({ head }) => head);
  const after = graph
    .out(answer, last)
    .slice(0, most)
    .map(({ tail }) => tail);
  const all = before.length + after.length;
  if (all === 0) return undefined;
  return (option) => (linked(graph, before, last, option) + linkedFrom(graph, option, last, after)) / all;
}

function linked(graph: KnowledgeGraph, heads: readonly string[], predicate: Predicate, tail: string): number {
  return heads.filter((head) => graph.find(head, predicate, tail) !== undefined).length;
}

function linkedFrom(
  graph: KnowledgeGraph,
  head: string,
  predicate: Predicate,
  tails: readonly string[],
): number {
  return tails.filter((tail) => graph.find(head, predicate, tail) !== undefined).length;
}
