/**
 * What the graph says for sure, and what it may be said to say: the edge as it stands, or one through kin, classes
 * and predicates that say the same from the other end.
 *
 * Invariant: what is sure is possible. An answer must be sure, and no other option may even be possible.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import { kept } from "./kept.ts";
import { type Sense, sensesOf } from "./phrases.ts";

/** One hop: along a predicate, or against it. */
export interface Hop {
  readonly predicate: Predicate;
  readonly isBackward?: boolean;
}

export interface Ends {
  readonly sure: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
}

/** The graph as questions are held against it. */
export interface World {
  readonly graph: KnowledgeGraph;
  typeOf(id: string): EntityType | undefined;
  /** What a phrase between sides of two types says of them. */
  sensesOf(phrase: string, first: EntityType, second: EntityType): readonly Sense[];
  /** Everything that stands at the end of a walk from one of some namesakes. */
  endsOf(from: readonly string[], hops: readonly Hop[]): Ends;
}

/** The predicates that hold from the other end when the first one holds. */
const sameFromTheOtherEnd: Readonly<Partial<Record<Predicate, Predicate>>> = {
  TREATED_WITH: "TREATS",
  TREATS: "TREATED_WITH",
  CAUSED_BY: "PATHOGEN_OF",
  PATHOGEN_OF: "CAUSED_BY",
  INTERACTS_WITH: "INTERACTS_WITH",
  DIFFERENTIAL_DIAGNOSIS: "DIFFERENTIAL_DIAGNOSIS",
};

/** Ids kept in ends that were walked to, over all walks: a question is asked several times, a subject of many. */
const mostKept = 1 << 17;

/** A world over a graph; it keeps a bounded number of the ends it has found. */
export function worldOf(graph: KnowledgeGraph): World {
  const known = new Map<string, Ends>();
  const senses = new Map<string, readonly Sense[]>();
  let size = 0;
  return {
    graph,
    typeOf: (id) => graph.entities.get(id)?.type,
    sensesOf: (phrase, first, second) =>
      kept(senses, `${first}|${second}|${phrase}`, () => sensesOf(phrase, first, second)),
    endsOf(from, hops) {
      const way = hops.map(({ predicate, isBackward = false }) => (isBackward ? `-${predicate}` : predicate));
      const key = [...from, "", ...way].join("\n");
      const found = known.get(key);
      if (found !== undefined) return found;
      const ends = walk(graph, from, hops);
      size += ends.possible.size + ends.sure.size;
      if (size > mostKept) {
        known.clear();
        size = ends.possible.size + ends.sure.size;
      }
      known.set(key, ends);
      return ends;
    },
  };
}

function walk(graph: KnowledgeGraph, from: readonly string[], hops: readonly Hop[]): Ends {
  let sure: ReadonlySet<string> = new Set(from);
  let possible: ReadonlySet<string> = sure;
  for (const hop of hops) {
    sure = union(sure, (id) => next(graph, id, hop));
    possible = union(
      union(possible, (id) => kinOf(graph, id)),
      (id) => next(graph, id, hop),
    );
    // A class that treats means that its drugs may, and a drug that treats that its class may.
    if (hop.predicate === "TREATED_WITH")
      possible = union(possible, (id) => [id, ...heads(graph, id, "MEMBER_OF_CLASS"), ...kinOf(graph, id)]);
  }
  return { sure, possible };
}

/** Whether one hop leads from an entity to another for sure. */
export function leadsTo(graph: KnowledgeGraph, from: string, hop: Hop, to: string): boolean {
  const { predicate, isBackward = false } = hop;
  const other = sameFromTheOtherEnd[predicate];
  const [head, tail] = isBackward ? [to, from] : [from, to];
  return (
    graph.find(head, predicate, tail) !== undefined ||
    (other !== undefined && graph.find(tail, other, head) !== undefined)
  );
}

/** Whether a drug is ruled out by one of the conditions: for sure by its own edge or that of its class. */
export function isRuledOut(
  graph: KnowledgeGraph,
  drug: string,
  conditions: readonly string[],
): { readonly sure: boolean; readonly possible: boolean } {
  const own = [drug, ...tails(graph, drug, "MEMBER_OF_CLASS")];
  const rulesOut = (drugs: Iterable<string>, wanted: ReadonlySet<string>): boolean => {
    for (const one of drugs)
      if (tails(graph, one, "CONTRAINDICATED_IN").some((tail) => wanted.has(tail))) return true;
    return false;
  };
  const wide = union(new Set(conditions), (id) => kinOf(graph, id));
  return { sure: rulesOut(own, new Set(conditions)), possible: rulesOut(kinOf(graph, drug), wide) };
}

/** An entity, what it is a kind of, its kinds, and the classes it belongs to. */
export function kinOf(graph: KnowledgeGraph, id: string): string[] {
  return [
    id,
    ...tails(graph, id, "SUBTYPE_OF"),
    ...heads(graph, id, "SUBTYPE_OF"),
    ...tails(graph, id, "MEMBER_OF_CLASS"),
  ];
}

/** What one hop leads to, by the predicate and by the one that says the same from the other end. */
export function next(graph: KnowledgeGraph, id: string, { predicate, isBackward = false }: Hop): string[] {
  const other = sameFromTheOtherEnd[predicate];
  return isBackward
    ? [...heads(graph, id, predicate), ...(other ? tails(graph, id, other) : [])]
    : [...tails(graph, id, predicate), ...(other ? heads(graph, id, other) : [])];
}

/** How many ends a hop has, or a few more. */
export function reachOf(graph: KnowledgeGraph, id: string, { predicate, isBackward = false }: Hop): number {
  const other = sameFromTheOtherEnd[predicate];
  const [direct, back] = isBackward ? [graph.into, graph.out] : [graph.out, graph.into];
  return direct(id, predicate).length + (other === undefined ? 0 : back(id, other).length);
}

function tails(graph: KnowledgeGraph, id: string, predicate: Predicate): string[] {
  return graph.out(id, predicate).map((relation) => relation.tail);
}

function heads(graph: KnowledgeGraph, id: string, predicate: Predicate): string[] {
  return graph.into(id, predicate).map((relation) => relation.head);
}

function union(ids: Iterable<string>, leadsTo: (id: string) => Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const id of ids) for (const end of leadsTo(id)) all.add(end);
  return all;
}
