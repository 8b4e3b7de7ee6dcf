/**
 * Shortest paths between two entities, along relations in either direction: breadth-first search from both ends, over
 * the ends of all relations as numbers.
 *
 * Invariant: the paths have the same, least number of relations and differ in their entities; of several relations
 * between two entities the surest is walked. They come in the order of the tables.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { UsageError } from "../base/errors.ts";
import { withoutControls } from "../base/one-line.ts";
import { rowsOf, withTables } from "./database.ts";
import { findEntity } from "./lookup.ts";
import { readNumbers } from "./read-columns.ts";
import { shortestRoutes } from "./routes.ts";
import { placeOf, quoted, type ShownRelation, shown } from "./show.ts";
import { numberedRelations } from "./stored.ts";

interface GraphStep {
  readonly relation: ShownRelation;
  /** False when the relation is walked from tail to head. */
  readonly forward: boolean;
}

export interface FoundPaths {
  readonly from: string;
  readonly to: string;
  readonly paths: readonly (readonly GraphStep[])[];
}

/** At most `count` shortest paths of at most `maxHops` relations between two different named entities; none when there is none. */
export async function findPaths(
  folder: string,
  [from, to]: readonly [from: string, to: string],
  count = 3,
  maxHops = 6,
): Promise<FoundPaths> {
  return await withTables(folder, ["entities", "aliases", "relations", "evidence"], async (connection) => {
    const ends = [await findEntity(connection, from), await findEntity(connection, to)] as const;
    if (ends[0] === ends[1])
      throw new UsageError(
        `graph path: "${from}" and "${to}" are the same entity, "${withoutControls(ends[0])}"; give two different ones`,
      );
    const routes = await routesBetween(connection, folder, ends, count, maxHops);
    const walked = [...new Set(routes.flat())];
    const rows =
      walked.length === 0
        ? []
        : await rowsOf(
            connection,
            `SELECT * FROM ${numberedRelations(folder)} WHERE row IN (${walked.join(", ")})`,
          );
    const relations = await shown(connection, folder, rows);
    const byRow = new Map(rows.map((row, index) => [Number(row["row"]), relations[index] as ShownRelation]));
    const paths = routes.map((route) => {
      let at: string = ends[0];
      return route.map((row) => {
        const relation = byRow.get(row) as ShownRelation;
        const forward = relation.head === at;
        at = forward ? relation.tail : relation.head;
        return { relation, forward };
      });
    });
    return { from: ends[0], to: ends[1], paths };
  });
}

/** Shortest routes as rows of the table of relations. */
async function routesBetween(
  connection: DuckDBConnection,
  folder: string,
  ends: readonly [from: string, to: string],
  count: number,
  maxHops: number,
): Promise<number[][]> {
  await connection.run(
    "CREATE TEMP TABLE node AS SELECT id, (row_number() OVER () - 1)::INTEGER AS n FROM entities",
  );
  const [found] = await rowsOf(
    connection,
    `SELECT (SELECT n FROM node WHERE id = $1) AS start, (SELECT n FROM node WHERE id = $2) AS target,
       (SELECT count(*) FROM node) AS size`,
    ends,
  );
  const { start, target, size } = found as Readonly<Record<"start" | "target" | "size", number>>;
  const { row, head, tail, confidence } = await readNumbers(
    connection,
    `SELECT r.row::INTEGER AS row, h.n AS head, t.n AS tail, confidence FROM ${numberedRelations(folder)} AS r
     JOIN node AS h ON h.id = r.head JOIN node AS t ON t.id = r.tail`,
    { row: "int", head: "int", tail: "int", confidence: "double" },
  );
  // A join does not promise the order of the table.
  const ordered = {
    size,
    head: new Int32Array(row.length),
    tail: new Int32Array(row.length),
    confidence: new Float64Array(row.length),
  };
  for (const [index, at] of row.entries()) {
    ordered.head[at] = head[index] as number;
    ordered.tail[at] = tail[index] as number;
    ordered.confidence[at] = confidence[index] as number;
  }
  return shortestRoutes(ordered, start, target, count, maxHops);
}

/** The paths as lines for people. */
export function renderPaths({ from, to, paths }: FoundPaths): string {
  if (paths.length === 0) return `${withoutControls(`no path from "${from}" to "${to}"`)}\n`;
  return paths
    .map((path) => {
      const lines = path.flatMap(({ relation, forward }) => {
        const { head, predicate, tail, evidence } = relation;
        const [first] = evidence;
        const step = forward ? `${head} —${predicate}→ ${tail}` : `${tail} ←${predicate}— ${head}`;
        return first === undefined
          ? [`  ${step}`]
          : [`  ${step}`, `    ${quoted(first.quote)}`, `      ${placeOf(first)}`];
      });
      return `${lines.map(withoutControls).join("\n")}\n`;
    })
    .join("\n");
}
