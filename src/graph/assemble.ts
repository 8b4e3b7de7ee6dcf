/**
 * From readings to relations: the tables of a graph, made by DuckDB from files of JSON lines within bounded memory.
 *
 * Invariant: the tables depend on the set of lines alone. Rows are in order of id, title or triple; the confidence
 * of a relation is multiplied in order of reading; one thread writes. Readings are split by ranges of their heads
 * and pages by ranges of titles (`split.ts`), so that what is sorted at a time fits into memory: all that decides
 * about a relation, but for its conflicts, has the same head.
 */
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { invariant } from "../base/errors.ts";
import { readJsonl, writeJsonl } from "../base/jsonl.ts";
import { entitySchema } from "../records/entity.ts";
import { fromJsonl, literal, rowsOf, withDatabase, writeParquet, writeTable } from "./database.ts";
import { foldName } from "./fold.ts";
import { sortLines, splitLines } from "./split.ts";
import { tables } from "./tables.ts";

export interface AssembleOptions {
  /** Folder for the tables. */
  readonly folder: string;
  /** Folder for what is needed on the way; a subfolder of it is made and removed. */
  readonly scratch: string;
  /**
   * Lines of entities; `mayDrop: true` marks one that stays only when a kept relation names it, `redirects` lists
   * titles that lead to it, which are names of it as well.
   */
  readonly entities: readonly string[];
  /** Lines of readings: a triple with its `relation` id, its place, and `order`, the number of the reading. */
  readonly readings: readonly string[];
  /** Lines of the pages of entities; redirects are no pages here but names, see above. */
  readonly pages: readonly string[];
  /** Lines of the log of merged entities. */
  readonly merges?: readonly string[];
  readonly settings: {
    /** Relations below are left out. */
    readonly minConfidence: number;
    /** Places kept of one relation. */
    readonly maxEvidence: number;
    readonly licence: string;
  };
  /** Memory of DuckDB in megabytes; 512 when absent. */
  readonly memoryMb?: number;
  /** Threads of DuckDB; 2 when absent. The tables do not depend on it. */
  readonly threads?: number;
  /** Bytes of JSON lines that are sorted at a time; 64 MiB when absent. */
  readonly partBytes?: number;
}

export interface AssembledCounts {
  readonly pages: number;
  readonly entities: number;
  readonly aliases: number;
  readonly relations: number;
  readonly evidence: number;
  /** Relations that another one contradicts. */
  readonly conflicts: number;
  readonly merges: number;
  /** Readings that were taken in. */
  readonly readings: number;
}

/** Builds the tables of a graph folder. */
export async function assembleGraph(options: AssembleOptions): Promise<AssembledCounts> {
  const { folder, memoryMb = 512, threads = 2 } = options;
  const scratch = join(options.scratch, "tables");
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  await mkdir(folder, { recursive: true });
  const names = join(scratch, "names.jsonl");
  await writeJsonl(names, namesOf(options.entities));
  const work: Work = { ...options, scratch, partBytes: options.partBytes ?? 2 ** 26, threads };
  const database = {
    folder,
    path: join(scratch, "tables.duckdb"),
    temporary: join(scratch, "spill"),
    memoryMb,
    threads,
  };
  const counts = await withDatabase(database, async (connection) => {
    await takeLines(connection, work, names);
    const readings = await weighReadings(connection, work);
    await markConflicts(connection);
    await dropUnnamed(connection);
    await writeTables(connection, work);
    await writePages(connection, work);
    const [found] = await rowsOf(
      connection,
      `SELECT (SELECT count(*) FROM page) AS pages,
        (SELECT count(*) FROM entity) AS entities, (SELECT count(*) FROM name) AS aliases,
        (SELECT count(*) FROM relation) AS relations, (SELECT count(conflictsWith) FROM relation) AS conflicts,
        (SELECT coalesce(sum(least(places, $1)), 0) FROM relation) AS evidence, (SELECT count(*) FROM merge) AS merges`,
      [options.settings.maxEvidence],
    );
    return { ...found, readings } as AssembledCounts;
  });
  await rm(scratch, { recursive: true, force: true });
  return counts;
}

interface Work extends AssembleOptions {
  readonly partBytes: number;
  readonly threads: number;
}

const lineSchema = entitySchema.extend({
  mayDrop: z.boolean().optional(),
  redirects: z.array(z.string()).optional(),
});

/** The names of each entity in folded form, its title first. */
async function* namesOf(files: readonly string[]): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for (const file of files)
    for await (const { id, aliases, redirects = [] } of readJsonl(file, lineSchema)) {
      const leading = new Set(redirects);
      const names = new Set([id, ...redirects, ...aliases]);
      let n = 0;
      for (const alias of names)
        yield { entity: id, n: n++, alias, folded: foldName(alias), leads: leading.has(alias) };
    }
}

/** Everything but the readings and the texts of the pages. */
async function takeLines(connection: DuckDBConnection, work: Work, names: string): Promise<void> {
  const entities = fromJsonl(work.entities, {
    id: "VARCHAR",
    type: "VARCHAR",
    typeScore: "DOUBLE",
    typeReasons: "JSON",
    identifiers: "JSON",
    rarity: "STRUCT(score DOUBLE, isRare BOOLEAN, reasons JSON)",
    page: "STRUCT(pageId BIGINT, revision BIGINT)",
    labels: "JSON",
    mayDrop: "BOOLEAN",
  });
  const merges = work.merges === undefined || work.merges.length === 0 ? undefined : work.merges;
  await connection.run(
    `CREATE TABLE page AS SELECT title FROM ${fromJsonl(work.pages, { title: "VARCHAR" })};
     CREATE TABLE entity AS
        SELECT id, type, typeScore, typeReasons::VARCHAR AS typeReasons, identifiers::VARCHAR AS identifiers,
          rarity.score AS rarityScore, rarity.isRare AS isRare, rarity.reasons::VARCHAR AS rarityReasons,
          page.pageId AS pageId, page.revision AS revision, labels::VARCHAR AS labels, coalesce(mayDrop, false) AS mayDrop
        FROM ${entities};
     CREATE TABLE name AS
        SELECT entity, n, alias, folded, CASE WHEN n = 0 THEN 'title' WHEN leads THEN 'redirect' ELSE 'name' END AS kind
        FROM ${fromJsonl([names], { entity: "VARCHAR", n: "INTEGER", alias: "VARCHAR", folded: "VARCHAR", leads: "BOOLEAN" })};
     CREATE TABLE merge (kept VARCHAR, merged VARCHAR, "by" VARCHAR, detail VARCHAR);
     CREATE TABLE relation (id VARCHAR, head VARCHAR, predicate VARCHAR, tail VARCHAR, method VARCHAR,
        confidence DOUBLE, places BIGINT, conflictsWith VARCHAR);
     ${merges ? `INSERT INTO merge SELECT * FROM ${fromJsonl(merges, tables.merges)}` : ""}`,
  );
  const [twice] = await rowsOf(connection, "SELECT id FROM entity GROUP BY id HAVING count(*) > 1 LIMIT 1");
  invariant(twice === undefined, `graph: the entity "${twice?.["id"]}" occurs twice`);
}

const { n: _n, licence: _licence, ...placeColumns } = tables.evidence;
const readingColumns = {
  ...placeColumns,
  head: "VARCHAR",
  predicate: "VARCHAR",
  tail: "VARCHAR",
  order: "BIGINT",
} as const;

/** Adds readings up to relations and writes their evidence; returns how many readings there were. */
async function weighReadings(connection: DuckDBConnection, work: Work): Promise<number> {
  const parts = await inParts(connection, work, work.readings, "head", "SELECT id AS head FROM entity");
  const evidence: string[] = [];
  let readings = 0;
  for (const [at, lines] of parts.entries()) {
    const part = join(work.scratch, `evidence-${at}.parquet`);
    readings += await weighPart(connection, fromJsonl(lines, readingColumns), work, part);
    evidence.push(part);
  }
  await inOneThread(connection, work, () =>
    writeTable(connection, work.folder, "evidence", inOrder(evidence)),
  );
  return readings;
}

/** Relations of the readings of some heads, and a file of their evidence in order. */
async function weighPart(
  connection: DuckDBConnection,
  source: string,
  { settings }: Work,
  evidence: string,
): Promise<number> {
  // A place counts once for a triple, with the most certain of its readings. The product is taken in order of
  // reading, since rounding depends on it.
  await connection.run(
    `CREATE OR REPLACE TABLE reading AS SELECT * FROM ${source};
     CREATE OR REPLACE TABLE place AS
        SELECT relation, reading, confidence,
          row_number() OVER (PARTITION BY relation ORDER BY "order", page, start, "end") AS n
        FROM (SELECT relation, rowid AS reading, confidence, "order", page, start, "end" FROM reading
          QUALIFY row_number() OVER (
            PARTITION BY relation, page, start, "end" ORDER BY confidence DESC, "order", method, section) = 1);
     CREATE OR REPLACE TABLE summed AS
        SELECT min(reading) FILTER (n = 1) AS reading, count(*) AS places,
          least(0.99, 1 - product(1 - confidence ORDER BY n)) AS confidence
        FROM place GROUP BY relation;
     CREATE OR REPLACE TABLE kept AS
        SELECT relation AS id, head, predicate, tail, method, round(s.confidence * 10000) / 10000 AS confidence, places
        FROM summed AS s JOIN reading AS r ON r.rowid = s.reading WHERE s.confidence >= ${settings.minConfidence};
     -- What a page lists as a symptom is not its telling finding as well, however often it is named.
     DELETE FROM kept AS f WHERE predicate = 'HAS_FINDING' AND EXISTS (
        FROM kept AS s WHERE s.predicate = 'HAS_SYMPTOM' AND s.head = f.head AND s.tail = f.tail);
     INSERT INTO relation SELECT *, NULL FROM kept ORDER BY head, predicate, tail`,
  );
  await writeParquet(
    connection,
    evidence,
    `SELECT r.relation, p.n::INTEGER AS n, r.method, r.confidence, r.page, r.pageId, r.revision, r.section, r.start, r."end",
       r.quote, ${literal(settings.licence)} AS licence, r.frequency, r.condition, r.hedge
     FROM reading AS r JOIN place AS p ON p.reading = r.rowid JOIN kept AS k ON k.id = r.relation
     WHERE p.n <= ${settings.maxEvidence} ORDER BY k.head, k.predicate, k.tail, p.n`,
  );
  const [row] = await rowsOf(connection, "SELECT count(*) AS readings FROM reading");
  return Number(row?.["readings"]);
}

/** A drug that treats what it is contraindicated in: both stay, and each names the other. */
async function markConflicts(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `CREATE TABLE clash AS
      WITH treating AS (
        SELECT id, head AS drug, tail AS state FROM relation WHERE predicate = 'TREATS'
        UNION ALL SELECT id, tail, head FROM relation WHERE predicate = 'TREATED_WITH'),
      pair AS (
        SELECT t.id AS one, c.id AS other FROM treating AS t
        JOIN relation AS c ON c.predicate = 'CONTRAINDICATED_IN' AND c.head = t.drug AND c.tail = t.state)
      SELECT one AS id, to_json(list(other ORDER BY other))::VARCHAR AS others
      FROM (FROM pair UNION ALL SELECT other, one FROM pair) GROUP BY one;
     UPDATE relation SET conflictsWith = clash.others FROM clash WHERE relation.id = clash.id`,
  );
}

/** Leaves out entities without a page that no relation names; every other end of a relation must be an entity. */
async function dropUnnamed(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `DELETE FROM entity WHERE mayDrop AND id NOT IN (SELECT head FROM relation UNION ALL SELECT tail FROM relation);
     DELETE FROM name WHERE entity NOT IN (SELECT id FROM entity)`,
  );
  const [wrong] = await rowsOf(
    connection,
    `SELECT head, predicate, tail FROM relation
     WHERE head NOT IN (SELECT id FROM entity) OR tail NOT IN (SELECT id FROM entity) LIMIT 1`,
  );
  invariant(
    wrong === undefined,
    `graph: "${wrong?.["head"]}" ${wrong?.["predicate"]} "${wrong?.["tail"]}" names an unknown entity`,
  );
}

async function writeTables(connection: DuckDBConnection, work: Work): Promise<void> {
  const queries = {
    entities: "SELECT * EXCLUDE mayDrop FROM entity ORDER BY id",
    aliases: "SELECT entity, alias, kind, folded FROM name ORDER BY entity, n",
    // They were inserted in order, part by part.
    relations: "SELECT * FROM relation",
    merges: 'SELECT * FROM merge ORDER BY kept, merged, "by", detail',
  } as const;
  await inOneThread(connection, work, async () => {
    for (const [table, query] of Object.entries(queries))
      await writeTable(connection, work.folder, table as keyof typeof queries, query);
  });
}

async function writePages(connection: DuckDBConnection, work: Work): Promise<void> {
  const parts = await inParts(connection, work, work.pages, "title", "SELECT title FROM page");
  const rows = fromJsonl(await sortLines(parts, "title", join(work.scratch, "sorted")), tables.pages);
  await inOneThread(connection, work, () =>
    writeTable(connection, work.folder, "pages", `SELECT * FROM ${rows}`),
  );
}

function inOrder(files: readonly string[]): string {
  return `SELECT * FROM read_parquet([${files.map(literal).join(", ")}])`;
}

/** Files of lines in order of a key, each small enough to be sorted at once. */
async function inParts(
  connection: DuckDBConnection,
  work: Work,
  files: readonly string[],
  key: "head" | "title",
  keys: string,
): Promise<readonly (readonly string[])[]> {
  let bytes = 0;
  for (const file of files) bytes += (await stat(file)).size;
  const parts = Math.ceil(bytes / work.partBytes);
  if (parts <= 1) return [files];
  const starts = await rowsOf(
    connection,
    `SELECT min(${key}) AS start FROM (SELECT ${key}, ntile(${parts}) OVER (ORDER BY ${key}) AS part FROM (${keys}))
     GROUP BY part ORDER BY part`,
  );
  const split = await splitLines(
    files,
    key,
    starts.map((row) => String(row["start"])),
    join(work.scratch, key),
  );
  return split.map((file) => [file]);
}

async function inOneThread(
  connection: DuckDBConnection,
  { threads }: Work,
  write: () => Promise<void>,
): Promise<void> {
  await connection.run("SET threads = 1");
  await write();
  await connection.run(`SET threads = ${threads}`);
}
