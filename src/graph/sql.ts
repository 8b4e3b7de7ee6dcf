/**
 * One question in SQL to the tables of a graph, which can only read them: a statement that is no query is refused, and
 * the database may open no other file, fetch nothing and change no setting.
 */
import {
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JsonDuckDBValueConverter,
  StatementType,
} from "@duckdb/node-api";
import { messageOf, UsageError } from "../base/errors.ts";
import { withoutControls } from "../base/one-line.ts";
import { lackOf, literals, withTables } from "./database.ts";
import { tableFile, tableNames } from "./tables.ts";

export interface SqlAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether there are more rows than were asked for. */
  readonly isCut: boolean;
}

type Cell = ReturnType<typeof JsonDuckDBValueConverter>;

/** Letters and numbers of an answer that are held at most: it is handed over whole, and a text has an end. */
const mostHeld = 200_000_000;

/**
 * Runs a query over the tables of a graph folder; at most `limit` rows.
 * @throws UsageError for what is no query, and for an answer that is too large to be held.
 */
export async function querySql(
  folder: string,
  sql: string,
  limit = Number.POSITIVE_INFINITY,
  most = mostHeld,
): Promise<SqlAnswer> {
  if (sql.trim() === "")
    throw new UsageError(`graph sql: the query is empty; give one SELECT over ${tableNames.join(", ")}`);
  return await withTables(folder, tableNames, async (connection) => {
    const files = tableNames.map((name) => tableFile(folder, name));
    await connection.run(
      `SET allowed_paths = ${literals(files)}; SET enable_external_access = false; SET lock_configuration = true`,
    );
    try {
      const statements = await connection.extractStatements(sql);
      if (statements.count !== 1)
        throw new Error(`there are ${statements.count} statements; give one SELECT`);
      const prepared = await statements.prepare(0);
      if (prepared.statementType !== StatementType.SELECT)
        throw new Error("this is no query; only SELECT, WITH, DESCRIBE, SHOW and SUMMARIZE are answered");
      const result = await prepared.stream();
      const rows: (readonly Cell[])[] = [];
      let held = 0;
      for await (const chunk of result.yieldConvertedRows(toJson)) {
        for (const row of chunk as Cell[][]) {
          rows.push(row);
          for (const cell of row) held += sizeOf(cell);
        }
        if (held > most)
          throw new Error(
            `the answer is too large: over ${most} characters in ${rows.length} rows; select less or give --limit`,
          );
        if (rows.length > limit) break;
      }
      return {
        columns: result.deduplicatedColumnNames(),
        rows: rows.slice(0, limit),
        isCut: rows.length > limit,
      };
    } catch (cause) {
      throw (
        lackOf(folder, cause) ??
        new UsageError(
          `graph sql: ${firstLine(messageOf(cause))}; the tables are ${tableNames.join(", ")}, and DESCRIBE NAME tells their columns`,
          { cause },
        )
      );
    }
  });
}

/** Characters of a value, about; a number counts as eight. */
function sizeOf(cell: Cell): number {
  if (typeof cell === "string") return cell.length + 8;
  return typeof cell === "object" && cell !== null ? JSON.stringify(cell).length : 8;
}

/** Values as JSON has them; whole numbers and decimals are numbers where a double holds them exactly. */
function toJson(value: DuckDBValue, type: DuckDBType, converter: typeof toJson): Cell | null {
  if (value === null) return null;
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT: {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    case DuckDBTypeId.DECIMAL: {
      const number = Number(String(value));
      return String(value).length <= 15 ? number : String(value);
    }
    default:
      return JsonDuckDBValueConverter(value, type, converter as typeof JsonDuckDBValueConverter);
  }
}

/** The first line of a message of DuckDB, without the picture of the query below it. */
function firstLine(message: string): string {
  const [first = ""] = message.split("\n");
  return withoutControls(first).replace(/[.;\s]+$/, "");
}
