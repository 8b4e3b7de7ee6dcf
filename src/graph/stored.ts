/**
 * Single entities and relations straight from the tables, for what looks at a few of a large graph: no more is read
 * than is shown.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Entity, entitySchema } from "../records/entity.ts";
import type { Relation, RelationEvidence } from "../records/relation.ts";
import { literal, type Row, rowsOf } from "./database.ts";
import { readNumbers } from "./read-columns.ts";
import { columnList, tableFile } from "./tables.ts";

/** A relation with how many places it was read from, of which some may have been left out. */
export type StoredRelation = Relation & { readonly places: number };

/** The entity of an id that is in the graph; needs the tables of entities and aliases. */
export async function storedEntity(connection: DuckDBConnection, id: string): Promise<Entity> {
  const [row] = await rowsOf(connection, "SELECT * FROM entities WHERE id = $1", [id]);
  const names = await rowsOf(connection, "SELECT alias FROM aliases WHERE entity = $1 AND kind <> 'title'", [
    id,
  ]);
  return entitySchema.parse({
    id,
    type: row?.["type"],
    typeScore: row?.["typeScore"],
    typeReasons: JSON.parse(String(row?.["typeReasons"])),
    aliases: names.map(({ alias }) => alias),
    identifiers: JSON.parse(String(row?.["identifiers"])),
    rarity: {
      score: row?.["rarityScore"],
      isRare: row?.["isRare"],
      reasons: JSON.parse(String(row?.["rarityReasons"])),
    },
    ...(row?.["pageId"] === null ? {} : { page: { pageId: row?.["pageId"], revision: row?.["revision"] } }),
    ...(row?.["labels"] === null ? {} : { labels: JSON.parse(String(row?.["labels"])) }),
  });
}

/** The table of relations with the number of each row, as it stands after FROM. */
export function numberedRelations(folder: string): string {
  return `(SELECT *, file_row_number AS row FROM read_parquet(${literal(tableFile(folder, "relations"))}, file_row_number = true))`;
}

/**
 * Relations with their evidence, from rows of `numberedRelations`; needs the tables of relations and evidence. Evidence
 * stands in the order of the relations, so the numbers of places tell where each relation's begins, and a search for
 * ids through all of it is saved.
 */
export async function withEvidence(
  connection: DuckDBConnection,
  folder: string,
  relations: readonly Row[],
): Promise<StoredRelation[]> {
  const [most] = await rowsOf(connection, "SELECT coalesce(max(n), 0) AS n FROM evidence");
  const { kept } = await readNumbers(
    connection,
    `SELECT least(places, ${most?.["n"]})::INTEGER AS kept FROM relations`,
    { kept: "int" },
  );
  const from = new Int32Array(kept.length + 1);
  for (const [row, count] of kept.entries()) from[row + 1] = (from[row] as number) + count;
  const wanted: number[] = [];
  for (const { row } of relations)
    for (let at = from[Number(row)] as number; at < (from[Number(row) + 1] as number); at++) wanted.push(at);
  const file = `read_parquet(${literal(tableFile(folder, "evidence"))}, file_row_number = true)`;
  const found =
    wanted.length === 0
      ? []
      : await rowsOf(
          connection,
          `SELECT ${columnList("evidence")} FROM ${file} WHERE file_row_number IN (${inList(wanted)}) ORDER BY file_row_number`,
        );
  const evidence = new Map<string, RelationEvidence[]>();
  for (const row of found) {
    const one = evidenceOf(row);
    const list = evidence.get(String(row["relation"]));
    if (list) list.push(one);
    else evidence.set(String(row["relation"]), [one]);
  }
  return relations.map(({ id, head, predicate, tail, method, confidence, places, conflictsWith }) => ({
    id: String(id),
    head: String(head),
    predicate: predicate as Relation["predicate"],
    tail: String(tail),
    method: method as Relation["method"],
    confidence: Number(confidence),
    evidence: evidence.get(String(id)) ?? [],
    ...(conflictsWith === null ? {} : { conflictsWith: JSON.parse(String(conflictsWith)) }),
    places: Number(places),
  }));
}

/** Few numbers are compared with what is known of each group of rows; many are looked up in a table. */
function inList(numbers: readonly number[]): string {
  return numbers.length < 1000 ? numbers.join(", ") : `SELECT unnest([${numbers.join(", ")}])`;
}

function evidenceOf({ relation: _, n: _n, frequency, condition, hedge, ...rest }: Row): RelationEvidence {
  return {
    kind: "page",
    ...rest,
    ...(frequency === null ? {} : { frequency }),
    ...(condition === null ? {} : { condition }),
    ...(hedge === null ? {} : { hedge }),
  } as RelationEvidence;
}
