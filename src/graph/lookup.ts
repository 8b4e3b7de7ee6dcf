/**
 * From what a person types to an entity: its id, one of its names in any case, or an error that names the nearest
 * ones. All names are looked through in the table; nothing is held.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { UsageError } from "../base/errors.ts";
import { withoutControls } from "../base/one-line.ts";
import { rowsOf } from "./database.ts";
import { foldName } from "./fold.ts";

/**
 * The id of the entity of a name; needs the table of aliases. A title comes before a redirect and that before a name
 * in a text; where several entities bear the name, the first by id.
 */
export async function findEntity(connection: DuckDBConnection, name: string): Promise<string> {
  if (name.trim() === "")
    throw new UsageError("graph: the name of an entity is empty; give its title or another of its names");
  const [found] = await rowsOf(
    connection,
    `SELECT entity FROM aliases WHERE folded = $1 OR (kind = 'title' AND alias = $2)
     ORDER BY entity = $2 DESC, kind = 'title' DESC, kind = 'redirect' DESC, entity LIMIT 1`,
    [foldName(name), name],
  );
  if (found !== undefined) return String(found["entity"]);
  const near = await nearestNames(connection, name, 3);
  const advice =
    near.length === 0
      ? "the graph is empty"
      : `the nearest are ${near.map((one) => `"${withoutControls(one)}"`).join(", ")}`;
  throw new UsageError(`graph: there is no entity "${withoutControls(name)}"; ${advice}`);
}

/** Ids of entities whose title or another name is closest to a name, the closest first. */
export async function nearestNames(
  connection: DuckDBConnection,
  name: string,
  count: number,
): Promise<string[]> {
  const wanted = foldName(name);
  // Likeness by shared letters is quick and picks candidates; the order among them is by edits.
  const rows = await rowsOf(
    connection,
    `(SELECT entity, folded FROM aliases WHERE contains(folded, $1) OR contains($1, folded)
      ORDER BY abs(length(folded) - length($1)), folded, entity LIMIT 50)
     UNION (SELECT entity, folded FROM aliases
      ORDER BY jaro_winkler_similarity(folded, $1) DESC, folded, entity LIMIT 50)`,
    [wanted],
  );
  const distances = new Map<string, number>();
  for (const row of rows) {
    const id = String(row["entity"]);
    const distance = apart(wanted, String(row["folded"]));
    distances.set(id, Math.min(distance, distances.get(id) ?? distance));
  }
  return [...distances]
    .sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([id]) => id);
}

/** Edits between two names; a name that holds the other counts as near. */
function apart(a: string, b: string): number {
  if (b.includes(a) || a.includes(b)) return Math.min(1.5, Math.abs(a.length - b.length) / 4 + 0.5);
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(
        Math.min(
          (previous[j] as number) + 1,
          (row[j - 1] as number) + 1,
          (previous[j - 1] as number) + change,
        ),
      );
    }
    previous = row;
  }
  return previous[b.length] as number;
}
