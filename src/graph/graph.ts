/**
 * The knowledge graph in memory: entities by id, relations by head, tail and predicate (paper §3.1).
 *
 * Invariant: every relation's head and tail is an entity of the graph, and a (head, predicate, tail) occurs once.
 * Adjacency is two lists of relation numbers, by head and by tail, with the first of each entity; a `Relation` is
 * made when it is asked for, and its evidence when that is read, so that a million relations are a few columns.
 */
import { invariant } from "../base/errors.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import { type Predicate, predicates, type Relation, type RelationEvidence } from "../records/relation.ts";
import { type Adjacency, adjacencyOf } from "./adjacency.ts";
import { columnsFromRecords, type GraphColumns, textAt } from "./columns.ts";
import { mapOver } from "./map-over.ts";

export interface KnowledgeGraph {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly relations: ReadonlyMap<string, Relation>;
  /** Relations that leave an entity, all or of one predicate, in order of tail. */
  out(head: string, predicate?: Predicate): readonly Relation[];
  /** Relations that reach an entity, all or of one predicate, in order of head. */
  into(tail: string, predicate?: Predicate): readonly Relation[];
  /** Ids at the other end of the relations that `out` gives; of all predicates one may occur more than once. */
  tails(head: string, predicate?: Predicate): readonly string[];
  /** Ids at the other end of the relations that `into` gives, the first so many of them. */
  heads(tail: string, predicate?: Predicate, most?: number): readonly string[];
  /** How many relations `into` would give. */
  countInto(tail: string, predicate: Predicate): number;
  /** Whether the graph has a relation; quicker than `find`. */
  has(head: string, predicate: Predicate, tail: string): boolean;
  /** For each predicate how many relations there are, and how many entities they leave. */
  tally(): ReadonlyMap<Predicate, { readonly relations: number; readonly heads: number }>;
  /** The relation between two entities, if the graph has it. */
  find(head: string, predicate: Predicate, tail: string): Relation | undefined;
  /** Entities of a type, in order of id. */
  byType(type: EntityType): readonly Entity[];
}

/** Indexes entities and relations; their order does not matter. */
export function buildGraph(entities: Iterable<Entity>, relations: Iterable<Relation>): KnowledgeGraph {
  return graphOf(columnsFromRecords(entities, relations));
}

/** Relations kept made, over all lists: asked for again and again while questions grow. */
const keptRelations = 1 << 17;

/** A graph over columns. */
export function graphOf(columns: GraphColumns): KnowledgeGraph {
  const { entityIds } = columns;
  const adjacency = adjacencyOf(columns);
  const numbers = new Map(entityIds.map((id, index) => [id, index]));
  const made: (Entity | undefined)[] = new Array(entityIds.length);
  const entityAt = (index: number): Entity => (made[index] ??= columns.entity(index));
  const relationAt = (index: number): Relation => relationOf(columns, index);

  const lists = new Map<number, readonly Relation[]>();
  let kept = 0;
  const listed = (side: "out" | "into", id: string, predicate?: Predicate): readonly Relation[] => {
    const entity = numbers.get(id);
    if (entity === undefined) return [];
    const code = codeOf(predicate);
    const key = (entity * (predicates.length + 1) + code + 1) * 2 + (side === "out" ? 0 : 1);
    const known = lists.get(key);
    if (known) return known;
    const stretch = adjacency[side](entity, code);
    // By tail the stretch is in order of predicate first; the sort is stable and leaves that within a head.
    const inOrder =
      side === "into" && code < 0
        ? stretch.toSorted((a, b) => (columns.head[a] as number) - (columns.head[b] as number))
        : stretch;
    const list = Array.from(inOrder, relationAt);
    kept += list.length;
    if (kept > keptRelations) {
      lists.clear();
      kept = list.length;
    }
    lists.set(key, list);
    return list;
  };

  const ends = (side: "out" | "into", id: string, predicate?: Predicate, most?: number): string[] => {
    const entity = numbers.get(id);
    if (entity === undefined) return [];
    const other = side === "out" ? columns.tail : columns.head;
    return Array.from(
      adjacency[side](entity, codeOf(predicate)).subarray(0, most),
      (relation) => entityIds[other[relation] as number] as string,
    );
  };
  const numberOf = (head: string, predicate: Predicate, tail: string): number | undefined => {
    const [from, to] = [numbers.get(head), numbers.get(tail)];
    return from === undefined || to === undefined ? undefined : adjacency.find(from, codeOf(predicate), to);
  };

  let types: Map<EntityType, Entity[]> | undefined;
  let counts: ReturnType<KnowledgeGraph["tally"]> | undefined;
  const entities = mapOver(
    entityIds.length,
    (id) => numbers.get(id),
    (index) => entityIds[index] as string,
    entityAt,
  );
  return {
    entities,
    relations: relationMap(columns, adjacency, relationAt),
    out: (head, predicate) => listed("out", head, predicate),
    into: (tail, predicate) => listed("into", tail, predicate),
    tails: (head, predicate) => ends("out", head, predicate),
    heads: (tail, predicate, most) => ends("into", tail, predicate, most),
    countInto(tail, predicate) {
      const entity = numbers.get(tail);
      return entity === undefined ? 0 : adjacency.into(entity, codeOf(predicate)).length;
    },
    has: (head, predicate, tail) => numberOf(head, predicate, tail) !== undefined,
    find(head, predicate, tail) {
      const found = numberOf(head, predicate, tail);
      return found === undefined ? undefined : relationAt(found);
    },
    tally() {
      counts ??= tallyOf(columns, adjacency);
      return counts;
    },
    byType(type) {
      types ??= byTypeOf(entities.values());
      return types.get(type) ?? [];
    },
  };
}

const codes = new Map(predicates.map((predicate, code) => [predicate, code]));

/** Number of a predicate; -1 stands for any. */
function codeOf(predicate: Predicate | undefined): number {
  return predicate === undefined ? -1 : (codes.get(predicate) as number);
}

function tallyOf(
  { head, predicate }: GraphColumns,
  { order }: Adjacency,
): Map<Predicate, { relations: number; heads: number }> {
  const relations = new Int32Array(predicates.length);
  const heads = new Int32Array(predicates.length);
  for (let at = 0; at < order.length; at++) {
    const [one, before] = [order[at] as number, order[at - 1]];
    const code = predicate[one] as number;
    (relations[code] as number)++;
    const isNew = before === undefined || head[before] !== head[one] || predicate[before] !== code;
    if (isNew) (heads[code] as number)++;
  }
  return new Map(
    predicates.map((name, code) => [
      name,
      { relations: relations[code] as number, heads: heads[code] as number },
    ]),
  );
}

function byTypeOf(entities: Iterable<Entity>): Map<EntityType, Entity[]> {
  const types = new Map<EntityType, Entity[]>();
  for (const entity of entities) {
    const list = types.get(entity.type);
    if (list) list.push(entity);
    else types.set(entity.type, [entity]);
  }
  return types;
}

function relationMap(
  { relationIds }: GraphColumns,
  { order }: Adjacency,
  relationAt: (index: number) => Relation,
): ReadonlyMap<string, Relation> {
  let numbers: Map<string, number> | undefined;
  const numberOf = (id: string): number | undefined => {
    if (numbers === undefined) {
      numbers = new Map();
      for (let at = 0; at < order.length; at++) numbers.set(relationIds.at(order[at] as number), at);
      invariant(numbers.size === order.length, "graph: two relations have the same id");
    }
    return numbers.get(id);
  };
  return mapOver(
    order.length,
    numberOf,
    (at) => relationIds.at(order[at] as number),
    (at) => relationAt(order[at] as number),
  );
}

function relationOf(columns: GraphColumns, index: number): Relation {
  const { entityIds, evidenceFrom } = columns;
  const conflictsWith = columns.conflicts.get(index);
  let evidence: RelationEvidence[] | undefined;
  return {
    get id() {
      return columns.relationIds.at(index);
    },
    head: entityIds[columns.head[index] as number] as string,
    predicate: predicates[columns.predicate[index] as number] as Predicate,
    tail: entityIds[columns.tail[index] as number] as string,
    method: textAt(columns.method, index) as Relation["method"],
    confidence: columns.confidence[index] as number,
    get evidence() {
      if (evidence === undefined) {
        evidence = [];
        const end = evidenceFrom[index + 1] as number;
        for (let row = evidenceFrom[index] as number; row < end; row++)
          evidence.push(evidenceOf(columns, row));
      }
      return evidence;
    },
    ...(conflictsWith === undefined ? {} : { conflictsWith: [...conflictsWith] }),
  };
}

function evidenceOf({ evidence: column }: GraphColumns, row: number): RelationEvidence {
  const [frequency, condition, hedge] = [
    textAt(column.frequency, row),
    textAt(column.condition, row),
    textAt(column.hedge, row),
  ];
  return {
    kind: "page",
    page: textAt(column.page, row) as string,
    pageId: column.pageId[row] as number,
    revision: column.revision[row] as number,
    section: textAt(column.section, row) as string,
    start: column.start[row] as number,
    end: column.end[row] as number,
    quote: column.quote.at(row),
    licence: textAt(column.licence, row) as string,
    method: textAt(column.method, row) as RelationEvidence["method"],
    confidence: column.confidence[row] as number,
    ...(frequency === undefined ? {} : { frequency }),
    ...(condition === undefined ? {} : { condition }),
    ...(hedge === undefined ? {} : { hedge }),
  };
}
