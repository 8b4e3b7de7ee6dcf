/**
 * The knowledge graph on disk: the Parquet tables of `tables.ts`, read into memory whole or written from records.
 *
 * Invariant: the same graph gives the same bytes (rows in order of id and triple, one thread).
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeJsonl } from "../base/jsonl.ts";
import type { Entity } from "../records/entity.ts";
import type { Page } from "../records/page.ts";
import type { Relation } from "../records/relation.ts";
import { compare } from "./columns.ts";
import { fromJsonl, withDatabase, withTables, writeTable } from "./database.ts";
import { foldName } from "./fold.ts";
import { graphOf, type KnowledgeGraph } from "./graph.ts";
import { loadColumns } from "./load.ts";
import { type TableName, tableNames, tables } from "./tables.ts";

/** Reads the graph of a folder into memory. */
export async function openGraph(folder: string): Promise<KnowledgeGraph> {
  return await withTables(folder, ["entities", "aliases", "relations", "evidence"], async (connection) =>
    graphOf(await loadColumns(connection, folder)),
  );
}

/** Writes a small graph that is at hand as records; `assembleGraph` makes the tables of a large one. */
export async function writeGraph(
  folder: string,
  entities: Iterable<Entity>,
  relations: Iterable<Relation>,
  pages: Iterable<Page> = [],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const nodes = [...entities].sort((a, b) => compare(a.id, b.id));
  const edges = [...relations].sort(
    (a, b) => compare(a.head, b.head) || compare(a.predicate, b.predicate) || compare(a.tail, b.tail),
  );
  const rows: Readonly<Record<TableName, Iterable<unknown>>> = {
    pages,
    entities: nodes.map(entityRow),
    aliases: nodes.flatMap(aliasRows),
    relations: edges.map(({ evidence, conflictsWith, ...rest }) => ({
      ...rest,
      places: evidence.length,
      conflictsWith: conflictsWith === undefined ? null : JSON.stringify(conflictsWith),
    })),
    evidence: edges.flatMap(({ id, evidence }) =>
      evidence.map(({ kind: _, ...rest }, index) => ({ relation: id, n: index + 1, ...rest })),
    ),
    merges: [],
  };
  await withDatabase({ folder, threads: 1 }, async (connection) => {
    for (const table of tableNames) {
      const lines = join(folder, `${table}.rows.jsonl`);
      await writeJsonl(lines, rows[table]);
      await writeTable(connection, folder, table, `SELECT * FROM ${fromJsonl([lines], tables[table])}`);
      await rm(lines);
    }
  });
}

function entityRow(entity: Entity): Readonly<Record<string, unknown>> {
  return {
    id: entity.id,
    type: entity.type,
    typeScore: entity.typeScore,
    typeReasons: JSON.stringify(entity.typeReasons),
    identifiers: JSON.stringify(entity.identifiers),
    rarityScore: entity.rarity.score,
    isRare: entity.rarity.isRare,
    rarityReasons: JSON.stringify(entity.rarity.reasons),
    pageId: entity.page?.pageId ?? null,
    revision: entity.page?.revision ?? null,
    labels: entity.labels === undefined ? null : JSON.stringify(entity.labels),
  };
}

function aliasRows({ id, aliases }: Entity): Readonly<Record<string, unknown>>[] {
  return [id, ...aliases].map((alias, index) => ({
    entity: id,
    alias,
    kind: index === 0 ? "title" : "name",
    folded: foldName(alias),
  }));
}
