/**
 * The columns of a graph from its tables. Names are turned into numbers by DuckDB, so that only texts which are told
 * once (ids, quotes, aliases) cross into JavaScript, and those as bytes.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { messageOf, UsageError } from "../base/errors.ts";
import { tryJson } from "../base/jsonl.ts";
import { type Entity, entitySchema } from "../records/entity.ts";
import { predicates } from "../records/relation.ts";
import { type Coded, compare, type EvidenceColumns, type GraphColumns } from "./columns.ts";
import { lackOf, rowsOf } from "./database.ts";
import { readNumbers, readTexts } from "./read-columns.ts";
import { numberedRelations } from "./stored.ts";
import type { TableName } from "./tables.ts";
import type { Texts } from "./texts.ts";

/** Reads the columns; the views of the tables must be there. `folder` is what errors name. */
export async function loadColumns(connection: DuckDBConnection, folder: string): Promise<GraphColumns> {
  try {
    await connection.run(
      "CREATE TEMP TABLE node AS SELECT id, (row_number() OVER () - 1)::INTEGER AS n FROM entities",
    );
    const evidence = await loadEvidence(connection, folder);
    const relations = await loadRelations(connection, folder);
    const evidenceFrom = await startsOfEvidence(connection, relations.head.length, evidence.start.length);
    const { entityIds, entity, numberOf } = await loadEntities(connection, folder);
    for (const ends of [relations.head, relations.tail])
      for (let at = 0; at < ends.length; at++) ends[at] = numberOf[ends[at] as number] as number;
    return { entityIds, entity, ...relations, evidenceFrom, evidence };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const lack = lackOf(folder, cause);
    if (lack !== undefined) throw lack;
    throw new UsageError(
      `graph ${folder}: the tables do not make one graph (${messageOf(cause).split("\n")[0]}); run "fleming discover" again`,
      { cause },
    );
  }
}

interface LoadedEntities {
  readonly entityIds: readonly string[];
  readonly entity: (index: number) => Entity;
  /** From the place of an entity in its table to its number. */
  readonly numberOf: Int32Array;
}

async function loadEntities(connection: DuckDBConnection, folder: string): Promise<LoadedEntities> {
  const types = await differentTexts(connection, "entities", "type");
  const rows = await readNumbers(
    connection,
    `SELECT ${codeOf("entities", "type")} AS type, typeScore, rarityScore, isRare::INTEGER AS isRare,
       coalesce(pageId, -1)::DOUBLE AS pageId, coalesce(revision, -1)::DOUBLE AS revision FROM entities`,
    {
      type: "int",
      typeScore: "double",
      rarityScore: "double",
      isRare: "int",
      pageId: "double",
      revision: "double",
    },
  );
  const texts = (column: string, table: TableName = "entities"): Promise<Texts> =>
    readTexts(connection, folder, table, column);
  const idTexts = await texts("id");
  const [typeReasons, identifiers, rarityReasons, labels] = [
    await texts("typeReasons"),
    await texts("identifiers"),
    await texts("rarityReasons"),
    await texts("labels"),
  ];
  const ids = Array.from({ length: idTexts.length }, (_, place) => idTexts.at(place));
  const { isTitle } = await readNumbers(
    connection,
    "SELECT (kind = 'title')::INTEGER AS isTitle FROM aliases",
    { isTitle: "int" },
  );
  const names = await texts("alias", "aliases");
  // Names stand in the order of the entities, each entity's title first.
  const namesFrom: number[] = [];
  for (const [name, begins] of isTitle.entries()) if (begins === 1) namesFrom.push(name);
  if (namesFrom.length !== ids.length || ids.some((id, place) => names.at(namesFrom[place] as number) !== id))
    throw new Error("aliases.parquet and entities.parquet are not in the same order");
  namesFrom.push(isTitle.length);
  const aliasesOf = (place: number): string[] => {
    const [from, end] = [namesFrom[place] as number, namesFrom[place + 1] as number];
    return Array.from({ length: end - from - 1 }, (_, index) => names.at(from + 1 + index));
  };
  // DuckDB orders by code point, JavaScript by UTF-16 code unit; they differ for rare letters only.
  const places = ids.map((_, place) => place).sort((a, b) => compare(ids[a] as string, ids[b] as string));
  const numberOf = new Int32Array(ids.length);
  for (const [number, place] of places.entries()) numberOf[place] = number;
  const entity = (number: number): Entity => {
    const place = places[number] as number;
    const pageId = rows.pageId[place] as number;
    const parsed = entitySchema.safeParse({
      id: ids[place],
      type: types[rows.type[place] as number],
      typeScore: rows.typeScore[place],
      typeReasons: tryJson(typeReasons.at(place)),
      aliases: aliasesOf(place),
      identifiers: tryJson(identifiers.at(place)),
      rarity: {
        score: rows.rarityScore[place],
        isRare: rows.isRare[place] === 1,
        reasons: tryJson(rarityReasons.at(place)),
      },
      ...(pageId < 0 ? {} : { page: { pageId, revision: rows.revision[place] } }),
      ...(labels.at(place) === "" ? {} : { labels: tryJson(labels.at(place)) }),
    });
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `graph ${folder}: entity "${ids[place]}": ${issue?.path.join(".")}: ${issue?.message}; run "fleming discover" again`,
    );
  };
  return { entityIds: places.map((place) => ids[place] as string), entity, numberOf };
}

/** Heads and tails are places in the table of entities here. */
async function loadRelations(
  connection: DuckDBConnection,
  folder: string,
): Promise<Omit<GraphColumns, "entityIds" | "entity" | "evidenceFrom" | "evidence">> {
  const methods = await differentTexts(connection, "relations", "method");
  const list = predicates.map((name) => `'${name}'`).join(", ");
  await connection.run(`CREATE TYPE predicate_name AS ENUM (${list})`);
  const loaded = await readNumbers(
    connection,
    `SELECT enum_code(predicate::predicate_name)::INTEGER AS predicate, ${codeOf("relations", "method")} AS method,
       confidence FROM relations`,
    { predicate: "int", method: "int", confidence: "double" },
  );
  const ends = await loadEnds(connection, folder, loaded.predicate.length);
  const conflicts = await rowsOf(
    connection,
    `SELECT row, conflictsWith FROM ${numberedRelations(folder)} WHERE conflictsWith IS NOT NULL`,
  );
  return {
    relationIds: await readTexts(connection, folder, "relations", "id"),
    ...ends,
    predicate: Uint8Array.from(loaded.predicate),
    method: { codes: loaded.method, values: methods },
    confidence: loaded.confidence,
    conflicts: new Map(
      conflicts.map((row) => [Number(row["row"]), JSON.parse(String(row["conflictsWith"]))]),
    ),
  };
}

/** Heads and tails as places in the table of entities. */
async function loadEnds(
  connection: DuckDBConnection,
  folder: string,
  relations: number,
): Promise<{ head: Int32Array; tail: Int32Array }> {
  const { row, head, tail } = await readNumbers(
    connection,
    `SELECT r.row::INTEGER AS row, h.n AS head, t.n AS tail FROM ${numberedRelations(folder)} AS r
     JOIN node AS h ON h.id = r.head JOIN node AS t ON t.id = r.tail`,
    { row: "int", head: "int", tail: "int" },
  );
  if (row.length !== relations) throw new Error("a relation names an entity that is not in entities.parquet");
  // A join does not promise the order of the table.
  const ordered = { head: new Int32Array(relations), tail: new Int32Array(relations) };
  for (const [index, at] of row.entries()) {
    ordered.head[at] = head[index] as number;
    ordered.tail[at] = tail[index] as number;
  }
  return ordered;
}

const codedColumns = ["method", "page", "section", "licence", "frequency", "condition", "hedge"] as const;

async function loadEvidence(connection: DuckDBConnection, folder: string): Promise<EvidenceColumns> {
  const values: Partial<Record<string, readonly string[]>> = {};
  for (const name of codedColumns) values[name] = await differentTexts(connection, "evidence", name);
  const loaded = await readNumbers(
    connection,
    `SELECT ${codedColumns.map((name) => `${codeOf("evidence", name)} AS "${name}"`).join(", ")},
       confidence, pageId::DOUBLE AS pageId, revision::DOUBLE AS revision, start, "end" FROM evidence`,
    {
      method: "int",
      page: "int",
      section: "int",
      licence: "int",
      frequency: "int",
      condition: "int",
      hedge: "int",
      confidence: "double",
      pageId: "double",
      revision: "double",
      start: "int",
      end: "int",
    },
  );
  const coded = (name: (typeof codedColumns)[number]): Coded => ({
    codes: loaded[name],
    values: values[name] ?? [],
  });
  return {
    ...loaded,
    quote: await readTexts(connection, folder, "evidence", "quote"),
    method: coded("method"),
    page: coded("page"),
    section: coded("section"),
    licence: coded("licence"),
    frequency: coded("frequency"),
    condition: coded("condition"),
    hedge: coded("hedge"),
  };
}

/** Evidence stands in the order of the relations; where each begins is told by its first row. */
async function startsOfEvidence(
  connection: DuckDBConnection,
  relations: number,
  rows: number,
): Promise<Int32Array> {
  const [check] = await rowsOf(
    connection,
    `SELECT count(*) AS n FROM relations AS r POSITIONAL JOIN (SELECT relation FROM evidence WHERE n = 1) AS e
     WHERE r.id IS DISTINCT FROM e.relation`,
  );
  if (check?.["n"] !== 0) throw new Error("evidence.parquet and relations.parquet are not in the same order");
  const { n } = await readNumbers(connection, "SELECT n FROM evidence", { n: "int" });
  const from = new Int32Array(relations + 1);
  let relation = 0;
  for (let row = 0; row < rows; row++) if (n[row] === 1) from[relation++] = row;
  from[relations] = rows;
  return from;
}

/** The different texts of a column, as a type of their own; `codeOf` turns a text into its number. */
async function differentTexts(
  connection: DuckDBConnection,
  table: TableName,
  column: string,
): Promise<readonly string[]> {
  const type = `${table}_${column}`;
  await connection.run(
    `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT "${column}" FROM ${table} WHERE "${column}" IS NOT NULL ORDER BY 1)`,
  );
  const rows = await rowsOf(connection, `SELECT unnest(enum_range(NULL::${type}))::VARCHAR AS text`);
  return rows.map((row) => String(row["text"]));
}

function codeOf(table: TableName, column: string): string {
  return `coalesce(enum_code("${column}"::${table}_${column})::INTEGER, -1)`;
}
