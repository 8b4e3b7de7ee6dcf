/**
 * DuckDB as the tables need it: opened for one piece of work with bounded memory, closed after it, and never allowed
 * to fetch an extension.
 */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  DuckDBTypeId,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { messageOf, UsageError } from "../base/errors.ts";
import { columnsOf, type TableName, tableFile, tables } from "./tables.ts";

interface DatabaseSettings {
  /** File of the database; in memory when absent. */
  readonly path?: string;
  /** Folder for what does not fit into memory; without one nothing is written to disk. */
  readonly temporary?: string;
  readonly memoryMb?: number;
  readonly threads?: number;
}

/** Runs work with a connection to a database of its own. */
export async function withDatabase<T>(
  settings: DatabaseSettings,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { path = ":memory:", temporary = "", memoryMb, threads } = settings;
  const instance = await DuckDBInstance.create(path, {
    temp_directory: temporary,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // What is freed goes back to the system at once: the bound is meant for the process.
    allocator_flush_threshold: "16MB",
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(memoryMb === undefined ? {} : { memory_limit: `${memoryMb}MB` }),
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export type Row = Readonly<Record<string, unknown>>;

/** All rows of a query; its 64-bit whole numbers are numbers, since ids of pages and counts are far from 2^53. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  values: readonly (string | number | readonly string[])[] = [],
): Promise<readonly Row[]> {
  const isList = (value: (typeof values)[number]): value is readonly string[] => typeof value === "object";
  const reader = await connection.runAndReadAll(
    sql,
    values.map((value) => (isList(value) ? listValue([...value]) : value)),
    // Where there is no type the value has its own; a list without members has none.
    values.map((value) => (isList(value) ? LIST(VARCHAR) : undefined)) as DuckDBType[],
  );
  const rows = reader.getRowObjects() as Record<string, unknown>[];
  const whole = reader.columnNames().filter((_, column) => {
    const type = reader.columnTypeId(column);
    return type === DuckDBTypeId.BIGINT || type === DuckDBTypeId.HUGEINT;
  });
  for (const row of rows) for (const name of whole) if (row[name] !== null) row[name] = Number(row[name]);
  return rows;
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as an SQL list. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(", ")}]`;
}

/** A source of rows: lines of JSON in files, read with the given columns. */
export function fromJsonl(paths: readonly string[], columns: Readonly<Record<string, string>>): string {
  const types = Object.entries(columns)
    .map(([name, type]) => `"${name}": ${literal(type)}`)
    .join(", ");
  // Two buffers of this size are held a thread; the longest pages are a few megabytes.
  return `read_json(${literals(paths)}, format = 'newline_delimited', maximum_object_size = 16777216, columns = {${types}})`;
}

/** Writes the rows of a query as the file of a table; whole or absent. With one thread its bytes are always the same. */
export async function writeTable(
  connection: DuckDBConnection,
  folder: string,
  table: TableName,
  query: string,
): Promise<void> {
  const target = tableFile(folder, table);
  const beside = `${target}.part`;
  try {
    // Texts of pages are long and are looked up one by one: small groups of rows are little to unpack.
    await writeParquet(connection, beside, query, "zstd", table === "pages" ? 2048 : 20480);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Writes the rows of a query as a Parquet file. */
export async function writeParquet(
  connection: DuckDBConnection,
  file: string,
  query: string,
  compression: "zstd" | "lz4" = "lz4",
  rowGroup = 20480,
): Promise<void> {
  await connection.run(
    `COPY (${query}) TO ${literal(file)} (FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rowGroup})`,
  );
}

/** Runs work on tables of a graph folder, each a view under its name that is read where a query asks for it. */
export async function withTables<T>(
  folder: string,
  names: readonly TableName[],
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return await withDatabase({}, async (connection) => {
    for (const name of names) await showTable(connection, folder, name);
    return await work(connection);
  });
}

async function showTable(connection: DuckDBConnection, folder: string, name: TableName): Promise<void> {
  const path = tableFile(folder, name);
  if (!existsSync(path))
    throw new UsageError(
      `graph ${folder}: there is no ${name}.parquet; expected the folder that "fleming discover" wrote`,
    );
  try {
    await connection.run(
      `CREATE VIEW ${name} AS SELECT ${columnsOf(name)} FROM read_parquet(${literal(path)})`,
    );
  } catch (cause) {
    throw new UsageError(
      `graph ${path}: not a table of a graph (${messageOf(cause).split("\n")[0]}); expected the columns ${Object.keys(tables[name]).join(", ")}; run "fleming discover" again`,
      { cause },
    );
  }
}
