/**
 * DuckDB as the tables need it: opened for one piece of work with bounded memory, closed after it, and never allowed
 * to fetch an extension.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { oneLine } from "../base/one-line.ts";
import { columnList, type TableName, tableFile, tables } from "./tables.ts";

interface DatabaseSettings {
  /** Folder of the graph, which errors name. */
  readonly folder: string;
  /** File of the database; in memory when absent. */
  readonly path?: string;
  /** Folder for what does not fit into memory; without one nothing is written to disk. */
  readonly temporary?: string;
  /** The most that may lie there; a limit of DuckDB's own when absent. */
  readonly temporaryMb?: number;
  readonly memoryMb?: number;
  readonly threads?: number;
}

/**
 * Runs work with a connection to a database of its own.
 * @throws UsageError when the disk, the memory or a permission is what DuckDB lacks.
 */
export async function withDatabase<T>(
  settings: DatabaseSettings,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { path = ":memory:", temporary = "", temporaryMb, memoryMb, threads } = settings;
  const instance = await DuckDBInstance.create(path, {
    temp_directory: temporary,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // What is freed goes back to the system at once: the bound is meant for the process.
    allocator_flush_threshold: "16MB",
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(memoryMb === undefined ? {} : { memory_limit: `${memoryMb}MB` }),
  }).catch((cause) => {
    throw lackOf(settings.folder, cause) ?? cause;
  });
  const connection = await instance.connect();
  try {
    // As a setting at the start it is shown and not kept to.
    if (temporaryMb !== undefined) await connection.run(`SET max_temp_directory_size = '${temporaryMb}MB'`);
    return await work(connection);
  } catch (cause) {
    throw lackOf(settings.folder, cause) ?? cause;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * What the machine lacks, as an error that the user can mend; undefined for any other failure. DuckDB hands over no
 * code of the operating system, so its words have to tell.
 */
export function lackOf(folder: string, cause: unknown): UsageError | undefined {
  if (cause instanceof UsageError) return undefined;
  const message = messageOf(cause);
  const found = lacks.find(({ words }) => words.test(message));
  if (found === undefined) return undefined;
  return new UsageError(`graph ${folder}: ${oneLine(message.split("\n")[0] ?? "")}; ${found.advice}`, {
    cause,
  });
}

const lacks = [
  {
    words: /^Out of Memory Error/i,
    advice:
      "this takes more memory or temporary space than it may; ask for less at once, or free memory or disk space",
  },
  {
    words: /^(?:IO|Fatal) Error: .*(?:No space left on device|Disk quota exceeded)/is,
    advice: "the disk is full; free some space and run the same command again",
  },
  {
    words: /^(?:IO|Fatal) Error: .*(?:Permission denied|Operation not permitted|Read-only file system)/is,
    advice: "a file cannot be read or written by this user; check the permissions",
  },
] as const;

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

/** What a query may take: more is put into a folder of its own, and beyond that it fails rather than the machine. */
const queryBounds = { memoryMb: 1024, temporaryMb: 4096 };

/**
 * Runs work on tables of a graph folder, each a view under its name that is read where a query asks for it; within
 * 1 GB of memory and 4 GB of temporary files.
 */
export async function withTables<T>(
  folder: string,
  names: readonly TableName[],
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), "fleming-query-"));
  try {
    return await withDatabase({ folder, temporary, ...queryBounds }, async (connection) => {
      for (const name of names) await showTable(connection, folder, name);
      return await work(connection);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function showTable(connection: DuckDBConnection, folder: string, name: TableName): Promise<void> {
  const path = tableFile(folder, name);
  if (!existsSync(path))
    throw new UsageError(
      `graph ${folder}: there is no ${name}.parquet; expected the folder that "fleming discover" wrote`,
    );
  try {
    const source = `read_parquet(${literal(path)})`;
    const columns = await rowsOf(connection, `DESCRIBE FROM ${source}`);
    const has = new Set(columns.map((column) => String(column["column_name"])));
    await connection.run(`CREATE VIEW ${name} AS SELECT ${columnList(name, has)} FROM ${source}`);
  } catch (cause) {
    const lack = lackOf(folder, cause);
    if (lack !== undefined) throw lack;
    throw new UsageError(
      `graph ${path}: not a table of a graph (${messageOf(cause).split("\n")[0]}); expected the columns ${Object.keys(tables[name]).join(", ")}; run "fleming discover" again`,
      { cause },
    );
  }
}
