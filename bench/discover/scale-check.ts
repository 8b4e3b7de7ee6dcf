/**
 * Checks of a large graph that hold little of it: every quote against the text of its page, and a sample of pages
 * against what the generator wrote.
 *
 * Offsets are UTF-16 code units and DuckDB counts code points, so quotes are compared here and not in SQL; pages and
 * evidence stream past each other in the order of titles.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { hashFile, listFiles } from "../../src/base/hash.ts";
import { type TableName, tableFile } from "../../src/graph/tables.ts";
import { type EncyclopediaSize, type WrittenPage, writtenPages } from "./generate.ts";
import { type FoundTriple, type Judgement, judge } from "./scale-truth.ts";

/** How the quotes of a graph stand. */
export interface QuoteCheck {
  readonly checked: number;
  readonly exact: number;
  /** Evidence whose page is not in the table of pages. */
  readonly pageless: number;
  /** Relations without any evidence. */
  readonly bare: number;
}

type Row = Record<string, unknown>;

/** Looks up every quote of a graph folder again. */
export async function checkQuotes(folder: string): Promise<QuoteCheck> {
  return withTables(folder, async (connection, second) => {
    // The table is in the order of titles; sorting it here would need the memory of all texts.
    const pages = rows(connection, `SELECT title, revision, wikitext FROM pages`);
    const evidence = rows(second, `SELECT page, revision, start, "end", quote FROM evidence ORDER BY page`);
    let page = (await pages.next()).value as Row | undefined;
    let checked = 0;
    let exact = 0;
    let pageless = 0;
    for await (const one of evidence) {
      checked += 1;
      const wanted = String(one["page"]);
      while (page !== undefined && page["title"] !== wanted && standsBefore(String(page["title"]), wanted)) {
        const next = (await pages.next()).value as Row | undefined;
        if (next && standsBefore(String(next["title"]), String(page["title"])))
          throw new Error(`${folder}: pages are not in the order of their titles at "${next["title"]}"`);
        page = next;
      }
      if (page === undefined || page["title"] !== wanted) pageless += 1;
      else if (
        Number(page["revision"]) === Number(one["revision"]) &&
        String(page["wikitext"]).slice(Number(one["start"]), Number(one["end"])) === one["quote"]
      )
        exact += 1;
    }
    const bare = await single(
      connection,
      "SELECT count(*) AS n FROM relations WHERE id NOT IN (SELECT relation FROM evidence)",
    );
    return { checked, exact, pageless, bare: Number(bare["n"]) };
  });
}

/** The order of the database: by the bytes of UTF-8. */
function standsBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}

/** Judges the relations of every so-many-th page against what it was written to say. */
export async function judgeSample(
  folder: string,
  size: EncyclopediaSize,
  every: number,
): Promise<Judgement & { readonly pages: number }> {
  const truth = new Map<string, WrittenPage["truth"]>();
  for (const written of writtenPages(size, every))
    if (written.type !== undefined) truth.set(written.page.title, written.truth);
  return withTables(folder, async (connection) => {
    const found: FoundTriple[] = [];
    const joined = rows(
      connection,
      `SELECT DISTINCT e.page, r.head, r.predicate, r.tail FROM evidence e JOIN relations r ON r.id = e.relation`,
    );
    for await (const row of joined) {
      const one = row as unknown as FoundTriple;
      if (truth.has(one.page)) found.push(one);
    }
    return { pages: truth.size, ...judge(truth, found) };
  });
}

/** Names to ask the finished graph for: the busiest disease, a middling one, and two ends of a path. */
export async function namesToAsk(
  folder: string,
): Promise<{ busiest: string; middling: string; other: string }> {
  return withTables(folder, async (connection) => {
    const degrees = await connection.runAndReadAll(
      `SELECT head FROM relations GROUP BY head ORDER BY count(*) DESC, head`,
    );
    const heads = degrees.getRows().map(([head]) => String(head));
    const at = (share: number): string => heads[Math.floor(share * (heads.length - 1))] ?? "";
    return { busiest: at(0), middling: at(0.5), other: at(0.8) };
  });
}

/** Entities and relations of a graph folder. */
export async function countGraph(folder: string): Promise<{ entities: number; relations: number }> {
  return withTables(folder, async (connection) => {
    const row = await single(
      connection,
      "SELECT (SELECT count(*) FROM entities) AS entities, (SELECT count(*) FROM relations) AS relations",
    );
    return { entities: Number(row["entities"]), relations: Number(row["relations"]) };
  });
}

/** SHA-256 of each output of a stage, by name. */
export async function hashOutputs(folder: string): Promise<Readonly<Record<string, string>>> {
  const out: Record<string, string> = {};
  for (const file of await listFiles(folder)) out[file] = await hashFile(join(folder, file));
  return out;
}

/** Works on the tables of a graph folder; a connection streams one query at a time, so there are two. */
async function withTables<T>(
  folder: string,
  work: (connection: DuckDBConnection, second: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "2GB" });
  const connection = await instance.connect();
  const second = await instance.connect();
  try {
    for (const name of [
      "pages",
      "entities",
      "relations",
      "evidence",
    ] as const satisfies readonly TableName[]) {
      const path = tableFile(folder, name);
      if (!existsSync(path)) throw new Error(`${path} is missing; the stage has not ended well`);
      await connection.run(
        `CREATE VIEW ${name} AS SELECT * FROM read_parquet('${path.replaceAll("'", "''")}')`,
      );
    }
    return await work(connection, second);
  } finally {
    second.closeSync();
    connection.closeSync();
    instance.closeSync();
  }
}

async function* rows(connection: DuckDBConnection, sql: string): AsyncGenerator<Row> {
  const result = await connection.stream(sql);
  for await (const chunk of result.yieldRowObjectJs()) yield* chunk as Row[];
}

async function single(connection: DuckDBConnection, sql: string): Promise<Row> {
  return ((await connection.runAndReadAll(sql)).getRowObjects() as Row[])[0] ?? {};
}
