import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { clinicGraph } from "./fixtures/clinic.ts";
import { querySql } from "./sql.ts";
import { writeGraph } from "./store.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleming-sql-"));
  const graph = clinicGraph();
  await writeGraph(folder, graph.entities.values(), graph.relations.values());
});

test("a query over the tables is answered with plain JSON values", async () => {
  const answer = await querySql(
    folder,
    `WITH d AS (SELECT count(*) AS n FROM entities WHERE type = 'disease')
     SELECT n, n * 9007199254740993 AS large, 1.50 AS price, [1, 2] AS list, true AS yes, NULL AS none, DATE '2024-02-29' AS day FROM d;`,
  );
  expect(answer.columns).toEqual(["n", "large", "price", "list", "yes", "none", "day"]);
  const diseases = clinicGraph().byType("disease").length;
  const large = String(BigInt(diseases) * 9007199254740993n);
  expect(answer.rows).toEqual([[diseases, large, 1.5, [1, 2], true, null, "2024-02-29"]]);
  expect(JSON.stringify(answer)).toContain(`"${large}"`);
});

test("a limit cuts the rows and says so", async () => {
  const answer = await querySql(folder, "SELECT id FROM relations", 5);
  expect([answer.rows.length, answer.isCut]).toEqual([5, true]);
  expect((await querySql(folder, "SELECT id FROM relations LIMIT 5", 5)).isCut).toBe(false);
});

test("a query that is missing is asked for", async () => {
  for (const sql of ["", " \n"])
    await expect(querySql(folder, sql)).rejects.toThrow(
      /^graph sql: the query is empty; give one SELECT over pages,/,
    );
});

test("control characters of a value stay in the answer and leave its errors", async () => {
  expect((await querySql(folder, "SELECT 'a' || chr(27) || chr(0)")).rows).toEqual([["a\u001b\u0000"]]);
  await expect(querySql(folder, "SELECT ('a' || chr(27))::INTEGER")).rejects.toThrow(/a\uFFFD/);
});

test("an answer that is too large to be held is refused and not a crash", async () => {
  await expect(querySql(folder, "FROM range(100000)", undefined, 10_000)).rejects.toThrow(
    /the answer is too large: over 10000 characters in \d+ rows; select less or give --limit/,
  );
  const first = await querySql(folder, "FROM range(100000000000)", 3, 100_000);
  expect(first.rows).toEqual([[0], [1], [2]]);
});

test("the folder for what does not fit into memory goes with the query", async () => {
  const ours = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("fleming-query-"));
  const before = await ours();
  await querySql(folder, "SELECT count(*) FROM relations");
  expect((await ours()).filter((name) => !before.includes(name))).toEqual([]);
});

test("tables describe themselves", async () => {
  const { rows } = await querySql(folder, "DESCRIBE merges");
  expect(rows.map(([name]) => name)).toEqual(["kept", "merged", "by", "detail"]);
  expect((await querySql(folder, "SHOW TABLES")).rows.flat().sort()).toEqual([
    "aliases",
    "entities",
    "evidence",
    "merges",
    "pages",
    "relations",
  ]);
  expect((await querySql(folder, "SUMMARIZE relations")).rows.length).toBe(8);
});

test.for([
  "CREATE TABLE x AS SELECT 1",
  "DROP VIEW relations",
  "COPY relations TO 'relations.csv'",
  "COPY (SELECT 1) TO 'entities.parquet' (FORMAT parquet)",
  "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
  "INSTALL httpfs",
  "ATTACH 'x.duckdb'",
  "SET enable_external_access = true",
  "SELECT 1; DROP VIEW pages",
  "SELECT * FROM read_text('/etc/hostname')",
  "SELECT * FROM glob('/*')",
  "SELECT * FROM '/etc/hostname.csv'",
  "FROM query('CREATE TABLE y AS SELECT 1')",
  "CALL pragma_version()",
  "PRAGMA memory_limit = '1GB'",
  "-- only a remark",
])("%s is refused in one line and changes nothing", async (sql) => {
  const before = await hashes();
  const error = await querySql(folder, sql).then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe("UsageError");
  expect(error?.message).toMatch(/^graph sql: [^\n]+; the tables are pages, entities,[^\n]+$/);
  expect(await hashes()).toEqual(before);
});

async function hashes(): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => `${name} ${(await readFile(join(folder, name))).toString("base64")}`),
  );
}
