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
    const texts = textsOf(
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

/** Stretches of the evidence that a sample looks at, rows of each, and pages of each that are unpacked. */
const sample = { stretches: 8, rows: 256, pages: 12 };

/**
 * Checks a fixed sample: stretches at equal distances through the evidence. Of each only the pages that are named most
 * count: they lie together, where the page behind a single mirrored relation would be unpacked for one quote.
 */
export async function checkSomeQuotes(connection: DuckDBConnection, folder: string): Promise<QuoteCheck> {
  const [size] = await rowsOf(connection, "SELECT count(*) AS evidence FROM evidence");
  const total = Number(size?.["evidence"]);
  const file = `read_parquet(${literal(tableFile(folder, "evidence"))}, file_row_number = true)`;
  let checked = 0;
  let exact = 0;
  for (let stretch = 0; stretch < sample.stretches; stretch++) {
    const from = Math.floor((stretch * Math.max(0, total - sample.rows)) / (sample.stretches - 1));
    const rows = await rowsOf(
      connection,
      `SELECT page, revision, start, "end", quote FROM ${file}
       WHERE file_row_number >= ${from} AND file_row_number < ${from + sample.rows}`,
    );
    const named = new Map<string, Row[]>();
    for (const row of rows) named.set(String(row["page"]), [...(named.get(String(row["page"])) ?? []), row]);
    const most = [...named].sort(([, a], [, b]) => b.length - a.length).slice(0, sample.pages);
    const texts = await textsOfPages(
      connection,
      most.map(([title]) => title),
    );
    const places = most.flatMap(([, list]) => list);
    checked += places.length;
    exact += places.filter((place) => isExact(place, texts)).length;
  }
  return { checked, exact };
}

async function textsOfPages(connection: DuckDBConnection, titles: readonly string[]): Promise<Texts> {
  return textsOf(
    await rowsOf(
      connection,
      "SELECT title, revision, wikitext FROM pages WHERE title IN (SELECT unnest($1))",
      [titles],
    ),
  );
}

type Texts = ReadonlyMap<string, { readonly revision: number; readonly wikitext: string }>;

function textsOf(rows: readonly Row[]): Texts {
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
