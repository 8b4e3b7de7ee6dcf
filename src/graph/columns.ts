/**
 * A graph as columns: what `graph.ts` looks relations up in. Entities and relations are numbers here.
 *
 * Invariant: entities are in order of id; `head` and `tail` are numbers of entities; the evidence of relation `r` is
 * the rows from `evidenceFrom[r]` to `evidenceFrom[r + 1]`.
 */
import { invariant } from "../base/errors.ts";
import type { Entity } from "../records/entity.ts";
import { predicates, type Relation, type RelationEvidence } from "../records/relation.ts";
import { listedTexts, type Texts } from "./texts.ts";

/** A column of few different texts: row i holds `values[codes[i]]`; a code of -1 is no text. */
export interface Coded {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

export interface GraphColumns {
  readonly entityIds: readonly string[];
  /** Makes the entity of a number. */
  entity(index: number): Entity;
  readonly relationIds: Texts;
  readonly head: Int32Array;
  /** Numbers of the list of predicates. */
  readonly predicate: Uint8Array;
  readonly tail: Int32Array;
  readonly method: Coded;
  readonly confidence: Float64Array;
  /** Ids of contradicting relations, by the number of the relation that has any. */
  readonly conflicts: ReadonlyMap<number, readonly string[]>;
  readonly evidenceFrom: Int32Array;
  readonly evidence: EvidenceColumns;
}

/** Rows of evidence. */
export interface EvidenceColumns {
  readonly method: Coded;
  readonly confidence: Float64Array;
  readonly page: Coded;
  readonly pageId: Float64Array;
  readonly revision: Float64Array;
  readonly section: Coded;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly quote: Texts;
  readonly licence: Coded;
  readonly frequency: Coded;
  readonly condition: Coded;
  readonly hedge: Coded;
}

/** The text of a row of a coded column. */
export function textAt({ codes, values }: Coded, row: number): string | undefined {
  return values[codes[row] as number];
}

/** The columns of plain records; their order does not matter. */
export function columnsFromRecords(entities: Iterable<Entity>, relations: Iterable<Relation>): GraphColumns {
  const byId = new Map<string, Entity>();
  for (const entity of entities) byId.set(entity.id, entity);
  const entityIds = [...byId.keys()].sort(compare);
  const numbers = new Map(entityIds.map((id, index) => [id, index]));
  const numberOf = (id: string, { head, predicate, tail }: Relation): number => {
    const number = numbers.get(id);
    invariant(number !== undefined, `graph: "${head}" ${predicate} "${tail}" names an unknown entity`);
    return number;
  };
  const all = [...relations];
  const rows = all.flatMap(({ evidence }) => evidence);
  const evidenceFrom = new Int32Array(all.length + 1);
  for (const [index, { evidence }] of all.entries())
    evidenceFrom[index + 1] = (evidenceFrom[index] as number) + evidence.length;
  return {
    entityIds,
    entity: (index) => byId.get(entityIds[index] as string) as Entity,
    relationIds: listedTexts(all.map(({ id }) => id)),
    head: Int32Array.from(all, (one) => numberOf(one.head, one)),
    predicate: Uint8Array.from(all, (one) => predicates.indexOf(one.predicate)),
    tail: Int32Array.from(all, (one) => numberOf(one.tail, one)),
    method: coded(all.map(({ method }) => method)),
    confidence: Float64Array.from(all, ({ confidence }) => confidence),
    conflicts: new Map(
      all.flatMap(({ conflictsWith }, index) =>
        conflictsWith === undefined ? [] : [[index, conflictsWith]],
      ),
    ),
    evidenceFrom,
    evidence: evidenceColumns(rows),
  };
}

function evidenceColumns(rows: readonly RelationEvidence[]): EvidenceColumns {
  return {
    method: coded(rows.map(({ method }) => method)),
    confidence: Float64Array.from(rows, ({ confidence }) => confidence),
    page: coded(rows.map(({ page }) => page)),
    pageId: Float64Array.from(rows, ({ pageId }) => pageId),
    revision: Float64Array.from(rows, ({ revision }) => revision),
    section: coded(rows.map(({ section }) => section)),
    start: Int32Array.from(rows, ({ start }) => start),
    end: Int32Array.from(rows, ({ end }) => end),
    quote: listedTexts(rows.map(({ quote }) => quote)),
    licence: coded(rows.map(({ licence }) => licence)),
    frequency: coded(rows.map(({ frequency }) => frequency)),
    condition: coded(rows.map(({ condition }) => condition)),
    hedge: coded(rows.map(({ hedge }) => hedge)),
  };
}

function coded(texts: readonly (string | undefined)[]): Coded {
  const numbers = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    if (text === undefined) return -1;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
  return { codes, values: [...numbers.keys()] };
}

/** Order of ids: by UTF-16 code unit, as `<` has it. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
