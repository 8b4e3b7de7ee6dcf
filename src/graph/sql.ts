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
import { literals, withTables } from "./database.ts";
import { tableFile, tableNames } from "./tables.ts";

export interface SqlAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether there are more rows than were asked for. */
  readonly isCut: boolean;
}

type Cell = ReturnType<typeof JsonDuckDBValueConverter>;

/** Runs a query over the tables of a graph folder; at most `limit` rows. */
export async function querySql(
  folder: string,
  sql: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<SqlAnswer> {
  return await withTables(folder, tableNames, async (connection) => {
    const files = tableNames.map((name) => tableFile(folder, name));
    await connection.run(
      `SET allowed_paths = ${literals(files)}; SET enable_external_access = false; SET lock_configuration = true`,
    );
    try {
      const statements = await connection.extractStatements(sql);
      if (statements.count !== 1)
        throw new Error(`there are ${statements.count} statements; one is expected`);
      const prepared = await statements.prepare(0);
      if (prepared.statementType !== StatementType.SELECT)
        throw new Error("this is no query; only SELECT, WITH, DESCRIBE, SHOW and SUMMARIZE are answered");
      const result = await prepared.stream();
      const rows: (readonly Cell[])[] = [];
      for await (const chunk of result.yieldConvertedRows(toJson)) {
        rows.push(...(chunk as Cell[][]));
        if (rows.length > limit) break;
      }
      return {
        columns: result.deduplicatedColumnNames(),
        rows: rows.slice(0, limit),
        isCut: rows.length > limit,
      };
    } catch (cause) {
      throw new UsageError(
        `graph sql: ${oneLine(messageOf(cause))}; the tables are ${tableNames.join(", ")}, and DESCRIBE NAME tells their columns`,
        { cause },
      );
    }
  });
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
function oneLine(message: string): string {
  const [first = ""] = message.split("\n");
  return first.replace(/[.;\s]+$/, "");
}
