/** `fleming graph stats|show|path|sql`: looking into the knowledge graph of a run, straight from its tables. */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { oneLine } from "../base/one-line.ts";
import { findPaths, renderPaths } from "../graph/path.ts";
import { renderEntity, showEntity } from "../graph/show.ts";
import { querySql } from "../graph/sql.ts";
import { graphStatistics, renderStatistics } from "../graph/statistics.ts";
import { existingRun, wholeNumber } from "./flags.ts";
import { type Output, table } from "./output.ts";

interface GraphFlags {
  readonly run: string;
  readonly json?: boolean;
}

function graphFolder(flags: GraphFlags): string {
  return join(existingRun(flags.run), "discover");
}

/** A whole number of at least 1 from a flag. */
function atLeastOne(text: string, flag: string): number {
  const value = wholeNumber(text, flag);
  if (value < 1) throw new UsageError(`${flag} is ${text}; a whole number of at least 1 is expected`);
  return value;
}

/** Counts by kind, and quotes held against their pages. */
export async function graphStats(
  flags: GraphFlags & { readonly all?: boolean },
  output: Output,
): Promise<void> {
  const statistics = await graphStatistics(graphFolder(flags), { all: flags.all ?? false });
  if (flags.json) output.json(statistics);
  else output.print(renderStatistics(statistics));
}

/** Relations of one predicate and direction that are shown; a symptom may be named by thousands of diseases. */
const shownRelations = { terminal: 12, json: 100 };

/** One entity with its relations and their sentences. */
export async function graphShow(
  name: string,
  flags: GraphFlags & { readonly limit?: string },
  output: Output,
): Promise<void> {
  const limit =
    flags.limit === undefined
      ? shownRelations[flags.json ? "json" : "terminal"]
      : atLeastOne(flags.limit, "--limit");
  const shown = await showEntity(graphFolder(flags), name, limit);
  if (flags.json) output.json(shown);
  else output.print(renderEntity(shown));
}

/** The shortest paths between two entities. */
export async function graphPath(
  from: string,
  to: string,
  flags: GraphFlags & { readonly count: string; readonly maxHops: string },
  output: Output,
): Promise<void> {
  const count = atLeastOne(flags.count, "--count");
  const found = await findPaths(
    graphFolder(flags),
    [from, to],
    count,
    atLeastOne(flags.maxHops, "--max-hops"),
  );
  if (flags.json) output.json(found);
  else output.print(renderPaths(found));
}

/** The answer to a query; a terminal gets the first rows. */
export async function graphSql(
  query: string,
  flags: GraphFlags & { readonly limit?: string },
  output: Output,
): Promise<void> {
  const asked = flags.limit === undefined ? undefined : atLeastOne(flags.limit, "--limit");
  const answer = await querySql(graphFolder(flags), query, asked ?? (flags.json ? undefined : 100));
  if (flags.json) {
    output.json(answer);
    return;
  }
  const cell = (value: unknown): string => {
    const text = value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
    const line = oneLine(text);
    return line.length > 80 ? `${line.slice(0, 79)}…` : line;
  };
  output.print(table([answer.columns.map(cell), ...answer.rows.map((row) => row.map(cell))]));
  if (answer.isCut) output.print(`… and more rows; --limit ${2 * answer.rows.length} shows more, --json all`);
}
