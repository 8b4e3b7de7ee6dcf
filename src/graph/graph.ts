/**
 * The knowledge graph in memory: entities by id, relations by head, tail and predicate (paper §3.1).
 *
 * Invariant: every relation's head and tail is an entity of the graph, and a (head, predicate, tail) occurs once.
 */
import { invariant } from "../base/errors.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import type { Predicate, Relation } from "../records/relation.ts";

export interface KnowledgeGraph {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly relations: ReadonlyMap<string, Relation>;
  /** Relations that leave an entity, all or of one predicate, in order of tail. */
  out(head: string, predicate?: Predicate): readonly Relation[];
  /** Relations that reach an entity, all or of one predicate, in order of head. */
  into(tail: string, predicate?: Predicate): readonly Relation[];
  /** The relation between two entities, if the graph has it. */
  find(head: string, predicate: Predicate, tail: string): Relation | undefined;
  /** Entities of a type, in order of id. */
  byType(type: EntityType): readonly Entity[];
}

/** Indexes entities and relations; their order does not matter. */
export function buildGraph(entities: Iterable<Entity>, relations: Iterable<Relation>): KnowledgeGraph {
  const byId = new Map<string, Entity>();
  for (const entity of [...entities].sort((a, b) => compare(a.id, b.id))) byId.set(entity.id, entity);
  const byRelation = new Map<string, Relation>();
  const leaving = new Map<string, Relation[]>();
  const reaching = new Map<string, Relation[]>();
  const triples = new Map<string, Relation>();
  for (const relation of [...relations].sort(byTriple)) {
    const { head, tail, predicate } = relation;
    invariant(
      byId.has(head) && byId.has(tail),
      `graph: "${head}" ${predicate} "${tail}" names an unknown entity`,
    );
    invariant(
      !triples.has(triple(head, predicate, tail)),
      `graph: "${head}" ${predicate} "${tail}" occurs twice`,
    );
    byRelation.set(relation.id, relation);
    triples.set(triple(head, predicate, tail), relation);
    for (const key of [head, `${head}\u001f${predicate}`]) push(leaving, key, relation);
    for (const key of [tail, `${tail}\u001f${predicate}`]) push(reaching, key, relation);
  }
  const types = new Map<EntityType, Entity[]>();
  for (const entity of byId.values()) push(types, entity.type, entity);
  const none: readonly Relation[] = [];
  const keyOf = (id: string, predicate?: Predicate): string => (predicate ? `${id}\u001f${predicate}` : id);
  return {
    entities: byId,
    relations: byRelation,
    out: (head, predicate) => leaving.get(keyOf(head, predicate)) ?? none,
    into: (tail, predicate) => reaching.get(keyOf(tail, predicate)) ?? none,
    find: (head, predicate, tail) => triples.get(triple(head, predicate, tail)),
    byType: (type) => types.get(type) ?? [],
  };
}

function triple(head: string, predicate: Predicate, tail: string): string {
  return `${head}\u001f${predicate}\u001f${tail}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function byTriple(a: Relation, b: Relation): number {
  return compare(a.head, b.head) || compare(a.predicate, b.predicate) || compare(a.tail, b.tail);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
