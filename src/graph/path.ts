/**
 * Shortest paths between two entities, along relations in either direction, by breadth-first search.
 *
 * Invariant: all paths returned have the same, least number of relations, in the order of the graph's relations.
 */
import type { Relation } from "../records/relation.ts";
import type { KnowledgeGraph } from "./graph.ts";
import { oneLine } from "./show.ts";

interface GraphStep {
  readonly relation: Relation;
  /** False when the relation is walked from tail to head. */
  readonly forward: boolean;
}

export type GraphPath = readonly GraphStep[];

/** At most `count` shortest paths of at most `maxSteps` relations; empty when there is none. */
export function shortestPaths(
  graph: KnowledgeGraph,
  from: string,
  to: string,
  count = 3,
  maxSteps = 6,
): GraphPath[] {
  if (from === to) return [];
  const distance = new Map<string, number>([[from, 0]]);
  const arrivals = new Map<string, (GraphStep & { readonly origin: string })[]>();
  let frontier = [from];
  for (let depth = 1; depth <= maxSteps && frontier.length > 0 && !distance.has(to); depth++) {
    const next: string[] = [];
    for (const origin of frontier) {
      for (const { step, other } of stepsFrom(graph, origin)) {
        const known = distance.get(other);
        if (known !== undefined && known < depth) continue;
        if (known === undefined) {
          distance.set(other, depth);
          next.push(other);
        }
        const list = arrivals.get(other);
        if (list) list.push({ ...step, origin });
        else arrivals.set(other, [{ ...step, origin }]);
      }
    }
    frontier = next;
  }
  return unwind(arrivals, from, to, count);
}

function* stepsFrom(graph: KnowledgeGraph, id: string): Generator<{ step: GraphStep; other: string }> {
  for (const relation of graph.out(id)) yield { step: { relation, forward: true }, other: relation.tail };
  for (const relation of graph.into(id)) yield { step: { relation, forward: false }, other: relation.head };
}

function unwind(
  arrivals: ReadonlyMap<string, readonly (GraphStep & { readonly origin: string })[]>,
  from: string,
  to: string,
  count: number,
): GraphPath[] {
  const out: GraphPath[] = [];
  const open: { at: string; path: GraphStep[] }[] = [{ at: to, path: [] }];
  while (open.length > 0 && out.length < count) {
    const { at, path } = open.pop() as { at: string; path: GraphStep[] };
    if (at === from) {
      out.push(path);
      continue;
    }
    const before = arrivals.get(at) ?? [];
    for (let i = before.length - 1; i >= 0; i--) {
      const { relation, forward, origin } = before[i] as (typeof before)[number];
      open.push({ at: origin, path: [{ relation, forward }, ...path] });
    }
  }
  return out;
}

/** The paths as lines for people. */
export function renderPaths(paths: readonly GraphPath[]): string {
  if (paths.length === 0) return "no path\n";
  return paths
    .map((path) => {
      const lines = path.map(({ relation, forward }) => {
        const { head, predicate, tail, evidence } = relation;
        const shown = forward ? `${head} —${predicate}→ ${tail}` : `${tail} ←${predicate}— ${head}`;
        return `  ${shown}\n    ${evidence[0]?.page}: ${oneLine(evidence[0]?.quote ?? "")}`;
      });
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}
