/**
 * Quotes held against the stored pages, to the character. Offsets are UTF-16 code units, which DuckDB does not know,
 * so the comparison is made here.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, type Row, rowsOf } from "./database.ts";
import { tableFile } from "./tables.ts";

interface QuoteCheck {
  readonly checked: number;
  readonly exact: number;
}

/** Pages whose texts are held at a time. */
const pageBatch = 16_384;

/** Checks every quote; one whose page is not stored is not exact. Needs the tables of pages and evidence. */
export async function checkAllQuotes(connection: DuckDBConnection, folder: string): Promise<QuoteCheck> {
  const [sizes] = await rowsOf(
    connection,
    "SELECT (SELECT count(*) FROM pages) AS pages, (SELECT count(*) FROM evidence) AS evidence",
  );
  const file = `read_parquet(${literal(tableFile(folder, "pages"))}, file_row_number = true)`;
  let exact = 0;
  for (let from = 0; from < Number(sizes?.["pages"]); from += pageBatch) {
    const texts = byTitle(
      await rowsOf(
        connection,
        `SELECT title, revision, wikitext FROM ${file}
         WHERE file_row_number >= ${from} AND file_row_number < ${from + pageBatch}`,
      ),
    );
    const titles = [...texts.keys()];
    const places = await rowsOf(
      connection,
      'SELECT page, revision, start, "end", quote FROM evidence WHERE page IN (SELECT unnest($1))',
      [titles],
    );
    for (const place of places) if (isExact(place, texts)) exact += 1;
  }
  return { checked: Number(sizes?.["evidence"]), exact };
}

/** Stretches of the evidence that a sample looks at, and rows of each. */
const sample = { stretches: 5, rows: 400 };

/**
 * Checks a fixed sample: stretches at equal distances through the evidence. Of each only the quotes count whose pages
 * lie in one group of rows, the one that is named most: a group is unpacked whole, which is nearly all of the time,
 * and the page behind a single mirrored relation would take one of its own. A page that is not stored counts too.
 */
export async function checkSomeQuotes(connection: DuckDBConnection, folder: string): Promise<QuoteCheck> {
  const [size] = await rowsOf(connection, "SELECT count(*) AS evidence FROM evidence");
  const total = Number(size?.["evidence"]);
  const file = `read_parquet(${literal(tableFile(folder, "evidence"))}, file_row_number = true)`;
  const starts = await groupStarts(connection, folder);
  let checked = 0;
  let exact = 0;
  for (let stretch = 0; stretch < sample.stretches; stretch++) {
    const from = Math.floor((stretch * Math.max(0, total - sample.rows)) / (sample.stretches - 1));
    const rows = await rowsOf(
      connection,
      `SELECT page, revision, start, "end", quote FROM ${file}
       WHERE file_row_number >= ${from} AND file_row_number < ${from + sample.rows}`,
    );
    const { places, texts } = await pagesTogether(connection, folder, rows, starts);
    checked += places.length;
    exact += places.filter((place) => isExact(place, texts)).length;
  }
  return { checked, exact };
}

/** Where each group of rows of the pages begins, and where the last ends. */
async function groupStarts(connection: DuckDBConnection, folder: string): Promise<number[]> {
  const groups = await rowsOf(
    connection,
    `SELECT row_group_num_rows AS n FROM parquet_metadata(${literal(tableFile(folder, "pages"))})
     WHERE path_in_schema = 'wikitext' ORDER BY row_group_id`,
  );
  const starts = [0];
  for (const { n } of groups) starts.push((starts.at(-1) as number) + Number(n));
  return starts;
}

/** The places of some rows whose pages lie in the group that most of them name, and those whose page is missing. */
async function pagesTogether(
  connection: DuckDBConnection,
  folder: string,
  rows: readonly Row[],
  starts: readonly number[],
): Promise<{ places: readonly Row[]; texts: Texts }> {
  const file = `read_parquet(${literal(tableFile(folder, "pages"))}, file_row_number = true)`;
  const titles = [...new Set(rows.map(({ page }) => String(page)))];
  const found = await rowsOf(
    connection,
    `SELECT title, file_row_number AS n FROM ${file} WHERE title IN (SELECT unnest($1))`,
    [titles],
  );
  const groups = new Map(
    found.map(({ title, n }) => [title, starts.findLastIndex((start) => start <= Number(n))]),
  );
  const named = new Map<number, number>();
  for (const { page } of rows) {
    const group = groups.get(page);
    if (group !== undefined) named.set(group, (named.get(group) ?? 0) + 1);
  }
  const [most = 0] = [...named.keys()].sort(
    (a, b) => (named.get(b) as number) - (named.get(a) as number) || a - b,
  );
  const texts = await rowsOf(
    connection,
    `SELECT title, revision, wikitext FROM ${file} WHERE file_row_number >= ${starts[most] ?? 0}
     AND file_row_number < ${starts[most + 1] ?? 0} AND title IN (SELECT unnest($1))`,
    [titles],
  );
  return { places: rows.filter(({ page }) => (groups.get(page) ?? most) === most), texts: byTitle(texts) };
}

type Texts = ReadonlyMap<string, { readonly revision: number; readonly wikitext: string }>;

function byTitle(rows: readonly Row[]): Texts {
  return new Map(
    rows.map(({ title, revision, wikitext }) => [
      String(title),
      { revision: Number(revision), wikitext: String(wikitext) },
    ]),
  );
}

function isExact({ page, revision, start, end, quote }: Row, texts: Texts): boolean {
  const stored = texts.get(String(page));
  return stored?.revision === revision && stored?.wikitext.slice(Number(start), Number(end)) === quote;
}
