/**
 * Which relations leave and reach each entity: relation numbers in two orders, and where each entity's begin
 * (compressed sparse rows).
 *
 * Invariant: by head the order is head, predicate, tail, by tail it is tail, predicate, head, so one predicate of an
 * entity is one stretch. Predicates are in order of their names.
 */
import { invariant } from "../base/errors.ts";
import { predicates } from "../records/relation.ts";
import type { GraphColumns } from "./columns.ts";

export interface Adjacency {
  /** Numbers of all relations in order of head, predicate, tail. */
  readonly order: Int32Array;
  /** Relations that leave an entity, in order of predicate and tail; a predicate of -1 is any. */
  out(head: number, predicate: number): Int32Array;
  /** Relations that reach an entity, in order of predicate and head; a predicate of -1 is any. */
  into(tail: number, predicate: number): Int32Array;
  find(head: number, predicate: number, tail: number): number | undefined;
}

/** Place of each predicate among the sorted names. */
const rankOf = Uint8Array.from(predicates, (name) => predicates.filter((other) => other < name).length);

type Ends = Pick<GraphColumns, "entityIds" | "head" | "predicate" | "tail">;

/** Orders the relations of a graph. @throws Bug when a triple occurs twice. */
export function adjacencyOf(columns: Ends): Adjacency {
  const { head, predicate, tail } = columns;
  const rank = (relation: number): number => rankOf[predicate[relation] as number] as number;
  const byTriple = (a: number, b: number): number =>
    (head[a] as number) - (head[b] as number) ||
    rank(a) - rank(b) ||
    (tail[a] as number) - (tail[b] as number);
  const order = inOrder(head.length, byTriple, columns);
  const outFrom = startsOf(head, columns.entityIds.length);
  const intoFrom = startsOf(tail, columns.entityIds.length);
  const intoOrder = byTail(order, intoFrom, columns);
  /** First place of a head's stretch that is not before a predicate and tail. */
  const seek = (from: number, wanted: number, end: number): number => {
    let low = outFrom[from] as number;
    let high = outFrom[from + 1] as number;
    while (low < high) {
      const middle = (low + high) >> 1;
      const relation = order[middle] as number;
      const apart = rank(relation) - wanted || (tail[relation] as number) - end;
      if (apart < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** First place of a tail's stretch that is not before a predicate. */
  const seekInto = (to: number, wanted: number): number => {
    let low = intoFrom[to] as number;
    let high = intoFrom[to + 1] as number;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rank(intoOrder[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    order,
    out(from, code) {
      if (code < 0) return order.subarray(outFrom[from], outFrom[from + 1]);
      const wanted = rankOf[code] as number;
      return order.subarray(seek(from, wanted, -1), seek(from, wanted + 1, -1));
    },
    into(to, code) {
      if (code < 0) return intoOrder.subarray(intoFrom[to], intoFrom[to + 1]);
      const wanted = rankOf[code] as number;
      return intoOrder.subarray(seekInto(to, wanted), seekInto(to, wanted + 1));
    },
    find(from, code, to) {
      const wanted = rankOf[code] as number;
      const at = seek(from, wanted, to);
      if (at >= (outFrom[from + 1] as number)) return undefined;
      const relation = order[at] as number;
      return rank(relation) === wanted && tail[relation] === to ? relation : undefined;
    },
  };
}

function inOrder(count: number, byTriple: (a: number, b: number) => number, columns: Ends): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  const isBefore = (at: number): boolean => byTriple(order[at - 1] as number, order[at] as number) < 0;
  let at = 1;
  while (at < count && isBefore(at)) at++;
  if (at >= count) return order;
  order.sort(byTriple);
  for (at = 1; at < count; at++) {
    const relation = order[at] as number;
    const [from, to] = [columns.head[relation] as number, columns.tail[relation] as number];
    invariant(
      isBefore(at),
      `graph: "${columns.entityIds[from]}" ${predicates[columns.predicate[relation] as number]} "${columns.entityIds[to]}" occurs twice`,
    );
  }
  return order;
}

/** Relations in order of tail, predicate and head; `order` has those of a predicate and tail by head already. */
function byTail(order: Int32Array, intoFrom: Int32Array, { tail, predicate }: Ends): Int32Array {
  const ranked: Int32Array[] = [];
  const counts = new Int32Array(predicates.length);
  for (const relation of order) (counts[rankOf[predicate[relation] as number] as number] as number)++;
  for (const count of counts) ranked.push(new Int32Array(count));
  counts.fill(0);
  for (const relation of order) {
    const rank = rankOf[predicate[relation] as number] as number;
    (ranked[rank] as Int32Array)[counts[rank] as number] = relation;
    (counts[rank] as number)++;
  }
  const sorted = new Int32Array(order.length);
  const next = intoFrom.slice();
  for (const relations of ranked)
    for (const relation of relations) {
      const end = tail[relation] as number;
      sorted[next[end] as number] = relation;
      (next[end] as number)++;
    }
  return sorted;
}

/** Where the relations of each entity begin, with the end of the last. */
function startsOf(ends: Int32Array, entities: number): Int32Array {
  const starts = new Int32Array(entities + 1);
  for (const end of ends) (starts[end + 1] as number)++;
  for (let entity = 0; entity < entities; entity++)
    starts[entity + 1] = (starts[entity + 1] as number) + (starts[entity] as number);
  return starts;
}
