/**
 * Whole columns out of DuckDB: numbers chunk by chunk as typed arrays, texts as bytes. Rows as objects would take ten
 * times as long and as much memory.
 */
import type { DuckDBBlobVector, DuckDBConnection } from "@duckdb/node-api";
import { literal } from "./database.ts";
import { type TableName, tableFile } from "./tables.ts";
import { type Texts, textsInBlocks } from "./texts.ts";

/** How a column is read: 32-bit whole numbers or doubles. */
interface Kinds {
  readonly int: Int32Array<ArrayBuffer>;
  readonly double: Float64Array<ArrayBuffer>;
}

/** Reads the result of a query column by column; no value may be missing. */
export async function readNumbers<K extends Readonly<Record<string, keyof Kinds>>>(
  connection: DuckDBConnection,
  sql: string,
  kinds: K,
): Promise<{ [Name in keyof K]: Kinds[K[Name]] }> {
  const result = await connection.run(sql);
  const names = result.columnNames();
  const parts = names.map((): (Int32Array | Float64Array)[] => []);
  for await (const chunk of result)
    for (const [index, list] of parts.entries()) {
      const { items } = chunk.getColumnVector(index) as unknown as {
        readonly items: Int32Array | Float64Array;
      };
      // The vector's memory is DuckDB's: what stays is a copy.
      list.push(items.slice());
    }
  const columns = names.map((name, index) => [name, joined(parts[index] ?? [], kinds[name] ?? "int")]);
  return Object.fromEntries(columns) as { [Name in keyof K]: Kinds[K[Name]] };
}

function joined(parts: readonly (Int32Array | Float64Array)[], kind: keyof Kinds): Kinds[keyof Kinds] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = kind === "int" ? new Int32Array(length) : new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Rows whose texts are taken at once: two groups of rows of the file. */
const blockRows = 40960;

/**
 * The texts of a column. DuckDB joins those of many rows into one, since handing over each by itself takes four times
 * as long; with one thread they are in the order of the file.
 */
export async function readTexts(
  connection: DuckDBConnection,
  folder: string,
  table: TableName,
  column: string,
): Promise<Texts> {
  const { length } = await readNumbers(
    connection,
    `SELECT coalesce(strlen("${column}"), 0)::INTEGER AS length FROM ${table}`,
    { length: "int" },
  );
  const file = `read_parquet(${literal(tableFile(folder, table))}, file_row_number = true)`;
  const blocks: Uint8Array[] = [];
  // A column without any text may be one that the file does not have.
  if (length.every((one) => one === 0)) return textsInBlocks(blocks, blockRows, length);
  await connection.run("SET threads = 1");
  for (let from = 0; from < length.length; from += blockRows) {
    const result = await connection.run(
      `SELECT encode(coalesce(string_agg("${column}", ''), '')) FROM ${file}
       WHERE file_row_number >= ${from} AND file_row_number < ${from + blockRows}`,
    );
    const vector = (await result.fetchChunk())?.getColumnVector(0) as DuckDBBlobVector;
    blocks.push(Uint8Array.from(vector.getItemBytes(0) ?? []));
  }
  await connection.run("RESET threads");
  return textsInBlocks(blocks, blockRows, length);
}
