/**
 * The knowledge graph on disk: `entities.parquet` and `relations.parquet`, read and written by DuckDB.
 *
 * Invariant: the same graph gives the same bytes (rows in order of id and triple, one thread); nested fields are
 * columns of JSON text, so that any Parquet reader can open them.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { z } from "zod";
import { messageOf, UsageError } from "../base/errors.ts";
import { writeJsonl } from "../base/jsonl.ts";
import { type Entity, entitySchema } from "../records/entity.ts";
import { type Relation, relationSchema } from "../records/relation.ts";
import { buildGraph, type KnowledgeGraph } from "./graph.ts";

/** Columns of the tables with their DuckDB types. */
const tables = {
  pages: {
    title: "VARCHAR",
    pageId: "BIGINT",
    revision: "BIGINT",
    timestamp: "VARCHAR",
    redirect: "VARCHAR",
    wikitext: "VARCHAR",
  },
  entities: {
    id: "VARCHAR",
    type: "VARCHAR",
    typeReasons: "VARCHAR",
    aliases: "VARCHAR",
    identifiers: "VARCHAR",
    rarityScore: "DOUBLE",
    isRare: "BOOLEAN",
    rarityReasons: "VARCHAR",
    pageId: "BIGINT",
    revision: "BIGINT",
  },
  relations: {
    id: "VARCHAR",
    head: "VARCHAR",
    predicate: "VARCHAR",
    tail: "VARCHAR",
    method: "VARCHAR",
    confidence: "DOUBLE",
    evidence: "VARCHAR",
  },
} as const;

export type TableName = keyof typeof tables;

/** Runs work with a connection to an empty database in memory. */
async function withDatabase<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    preserve_insertion_order: "true",
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Turns a file of JSON lines into a Parquet file with the columns of a table; whole or absent. */
export async function parquetFromJsonl(lines: string, table: TableName, target: string): Promise<void> {
  const columns = Object.entries(tables[table])
    .map(([name, type]) => `${name}: '${type}'`)
    .join(", ");
  const beside = `${target}.part`;
  await withDatabase(async (connection) => {
    await connection.run(
      `COPY (SELECT * FROM read_json(${quote(lines)}, format = 'newline_delimited', maximum_object_size = 268435456, ` +
        `columns = {${columns}})) TO ${quote(beside)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
    );
  });
  await rename(beside, target);
}

/** A text as an SQL literal. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes both tables into a folder. */
export async function writeGraph(
  folder: string,
  entities: Iterable<Entity>,
  relations: Iterable<Relation>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeTable(folder, "entities", rowsOfEntities(entities));
  await writeTable(folder, "relations", rowsOfRelations(relations));
}

async function writeTable(folder: string, table: TableName, rows: Iterable<unknown>): Promise<void> {
  const lines = join(folder, `${table}.rows.jsonl`);
  await writeJsonl(lines, rows);
  await parquetFromJsonl(lines, table, join(folder, `${table}.parquet`));
  await rm(lines);
}

function* rowsOfEntities(entities: Iterable<Entity>): Generator<Record<string, unknown>> {
  for (const entity of entities) {
    yield {
      id: entity.id,
      type: entity.type,
      typeReasons: JSON.stringify(entity.typeReasons),
      aliases: JSON.stringify(entity.aliases),
      identifiers: JSON.stringify(entity.identifiers),
      rarityScore: entity.rarity.score,
      isRare: entity.rarity.isRare,
      rarityReasons: JSON.stringify(entity.rarity.reasons),
      pageId: entity.page?.pageId ?? null,
      revision: entity.page?.revision ?? null,
    };
  }
}

function* rowsOfRelations(relations: Iterable<Relation>): Generator<Record<string, unknown>> {
  for (const relation of relations) yield { ...relation, evidence: JSON.stringify(relation.evidence) };
}

/** Reads the graph of a folder into memory. */
export async function openGraph(folder: string): Promise<KnowledgeGraph> {
  const entities = (await readTable(folder, "entities")).map((row) => {
    const pageId = row["pageId"];
    return parseRow(folder, "entities", entitySchema, {
      id: row["id"],
      type: row["type"],
      typeReasons: parseText(row["typeReasons"]),
      aliases: parseText(row["aliases"]),
      identifiers: parseText(row["identifiers"]),
      rarity: { score: row["rarityScore"], isRare: row["isRare"], reasons: parseText(row["rarityReasons"]) },
      ...(pageId === null ? {} : { page: { pageId: Number(pageId), revision: Number(row["revision"]) } }),
    });
  });
  const relations = (await readTable(folder, "relations")).map((row) =>
    parseRow(folder, "relations", relationSchema, { ...row, evidence: parseText(row["evidence"]) }),
  );
  return buildGraph(entities, relations);
}

/** All rows of a table of a graph folder, by column. */
export async function readTable(
  folder: string,
  table: TableName,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const path = join(folder, `${table}.parquet`);
  if (!existsSync(path)) {
    throw new UsageError(
      `graph ${folder}: there is no ${table}.parquet; expected the folder that "fleming discover" wrote`,
    );
  }
  const columns = Object.keys(tables[table]);
  try {
    return await withDatabase(async (connection) => {
      const reader = await connection.runAndReadAll(
        `SELECT ${columns.join(", ")} FROM read_parquet(${quote(path)})`,
      );
      return reader.getRowObjects();
    });
  } catch (cause) {
    throw new UsageError(
      `graph ${path}: not a table of a graph (${messageOf(cause).split("\n")[0]}); expected the columns ${columns.join(", ")}; run "fleming discover" again`,
      { cause },
    );
  }
}

function parseText(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}

function parseRow<T>(folder: string, table: TableName, schema: z.ZodType<T>, row: unknown): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `graph ${join(folder, `${table}.parquet`)}: ${issue?.path.join(".") ?? "row"}: ${issue?.message ?? "does not fit"}; run "fleming discover" again`,
  );
}
