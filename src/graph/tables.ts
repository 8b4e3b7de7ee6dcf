/**
 * The tables of a graph folder: one Parquet file each, their columns and the DuckDB types of these.
 *
 * Fields that nest (reasons, identifiers, labels, conflicts) are columns of JSON text, so that any Parquet reader can open
 * them. Offsets are UTF-16 code units of the wikitext, as in the page evidence; DuckDB counts code points, so quotes
 * are compared in JavaScript.
 */
import { join } from "node:path";

/** Columns of the tables with their types, in the order of the files. */
export const tables = {
  pages: {
    title: "VARCHAR",
    pageId: "BIGINT",
    revision: "BIGINT",
    timestamp: "VARCHAR",
    wikitext: "VARCHAR",
  },
  entities: {
    id: "VARCHAR",
    type: "VARCHAR",
    typeScore: "DOUBLE",
    typeReasons: "VARCHAR",
    identifiers: "VARCHAR",
    rarityScore: "DOUBLE",
    isRare: "BOOLEAN",
    rarityReasons: "VARCHAR",
    pageId: "BIGINT",
    revision: "BIGINT",
    /** Names in other languages; missing where there is none, and the column may be missing as a whole. */
    labels: "VARCHAR",
  },
  aliases: {
    entity: "VARCHAR",
    alias: "VARCHAR",
    /** title: the entity's own; redirect: a page that leads to it; name: given in a text. */
    kind: "VARCHAR",
    folded: "VARCHAR",
  },
  relations: {
    id: "VARCHAR",
    head: "VARCHAR",
    predicate: "VARCHAR",
    tail: "VARCHAR",
    method: "VARCHAR",
    confidence: "DOUBLE",
    /** Places it was read from, before the cut to the most that are kept. */
    places: "BIGINT",
    conflictsWith: "VARCHAR",
  },
  evidence: {
    relation: "VARCHAR",
    /** 1, 2, 3 … within the relation, in order of reading. */
    n: "INTEGER",
    method: "VARCHAR",
    confidence: "DOUBLE",
    page: "VARCHAR",
    pageId: "BIGINT",
    revision: "BIGINT",
    section: "VARCHAR",
    start: "INTEGER",
    end: "INTEGER",
    quote: "VARCHAR",
    licence: "VARCHAR",
    frequency: "VARCHAR",
    condition: "VARCHAR",
    hedge: "VARCHAR",
  },
  merges: { kept: "VARCHAR", merged: "VARCHAR", by: "VARCHAR", detail: "VARCHAR" },
} as const;

export type TableName = keyof typeof tables;

export const tableNames = Object.keys(tables) as readonly TableName[];

/** The file of a table in a graph folder. */
export function tableFile(folder: string, table: TableName): string {
  return join(folder, `${table}.parquet`);
}

/** Columns that a file need not have. */
const optional: ReadonlySet<string> = new Set(["entities.labels"]);

/** The columns of a table as an SQL list, each name quoted; one that a file may lack and `has` not is a missing value. */
export function columnList(table: TableName, has?: ReadonlySet<string>): string {
  return Object.keys(tables[table])
    .map((name) =>
      has === undefined || has.has(name) || !optional.has(`${table}.${name}`)
        ? `"${name}"`
        : `NULL::VARCHAR AS "${name}"`,
    )
    .join(", ");
}
