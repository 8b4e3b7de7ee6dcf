import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Entity } from "../records/entity.ts";
import type { Predicate, Relation } from "../records/relation.ts";
import { withDatabase, withTables } from "./database.ts";
import { findEntity, nearestNames } from "./lookup.ts";
import { findPaths, renderPaths } from "./path.ts";
import { renderEntity, showEntity } from "./show.ts";
import { graphStatistics, renderStatistics } from "./statistics.ts";
import { openGraph, writeGraph } from "./store.ts";
import { tables } from "./tables.ts";

function entity(id: string, type: Entity["type"], aliases: string[] = []): Entity {
  return {
    id,
    type,
    typeScore: 0.75,
    typeReasons: ["test"],
    aliases,
    identifiers: { "ICD-10": "X'1" },
    rarity: { score: 0.5, isRare: false, reasons: [] },
    page: { pageId: 1, revision: 2 },
  };
}

function relation(head: string, predicate: Predicate, tail: string): Relation {
  const quote = `${head} "${tail}"\nß`;
  return {
    id: `r-${head}-${predicate}-${tail}`,
    head,
    predicate,
    tail,
    method: "infobox",
    confidence: 0.9,
    evidence: [
      {
        kind: "page",
        page: head,
        pageId: 1,
        revision: 2,
        section: "",
        start: 0,
        end: quote.length,
        quote,
        licence: "x",
        method: "infobox",
        confidence: 0.9,
      },
    ],
  };
}

const entities = [
  entity("Asthma", "disease", ["Bronchial asthma"]),
  entity("Cough", "symptom"),
  entity("Gout", "disease"),
  entity("Wheeze", "symptom"),
];
const { page: _, ...withoutPage } = entity("Salbutamol", "drug");
const all = [...entities, withoutPage];
const relations = [
  relation("Asthma", "HAS_SYMPTOM", "Cough"),
  relation("Asthma", "HAS_SYMPTOM", "Wheeze"),
  relation("Asthma", "TREATED_WITH", "Salbutamol"),
];

async function stored(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  await writeGraph(folder, all, relations);
  return folder;
}

test("a graph reads back as it was written", async () => {
  const graph = await openGraph(await stored());
  expect([...graph.entities.values()]).toEqual([...all].sort((a, b) => (a.id < b.id ? -1 : 1)));
  expect([...graph.relations.values()]).toEqual(relations);
});

test("labels read back, and a graph folder without their column has none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  const named = { ...entity("Cough", "symptom"), labels: { zh: '咳嗽"\n' } };
  await writeGraph(folder, [...all.filter(({ id }) => id !== "Cough"), named], relations);
  expect((await openGraph(folder)).entities.get("Cough")).toEqual(named);
  expect((await openGraph(folder)).entities.get("Gout")).toEqual(entity("Gout", "disease"));
  expect((await showEntity(folder, "Cough")).entity).toEqual(named);
  expect(renderEntity(await showEntity(folder, "Cough"))).toContain("labels: zh 咳嗽");
  const { labels: _, ...columns } = tables.entities;
  const list = Object.keys(columns).join(", ");
  await withDatabase({ folder }, async (connection) => {
    const file = join(folder, "entities.parquet");
    await connection.run(`CREATE TABLE old AS SELECT ${list} FROM read_parquet('${file}')`);
    await connection.run(`COPY old TO '${file}' (FORMAT parquet)`);
  });
  expect((await openGraph(folder)).entities.get("Cough")?.labels).toBeUndefined();
  expect((await showEntity(folder, "Cough")).entity.labels).toBeUndefined();
});

test("a missing and a foreign graph are clear errors", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  await expect(openGraph(folder)).rejects.toThrow(/there is no entities\.parquet/);
  await writeFile(join(folder, "entities.parquet"), "not parquet");
  await expect(openGraph(folder)).rejects.toThrow(/not a table of a graph/);
});

test("names are found by case, accent and alias, and a wrong one names its neighbours", async () => {
  await withTables(await stored(), ["aliases"], async (connection) => {
    expect(await findEntity(connection, "asthma")).toBe("Asthma");
    expect(await findEntity(connection, "Bronchiäl  asthma")).toBe("Asthma");
    await expect(findEntity(connection, "Asthme")).rejects.toThrow(/nearest are "Asthma"/);
    expect(await nearestNames(connection, "Wheezing", 1)).toEqual(["Wheeze"]);
  });
});

test("paths go along relations in either direction and are the shortest", async () => {
  const folder = await stored();
  const found = await findPaths(folder, ["cough", "Salbutamol"]);
  expect(found.paths.map((path) => path.map((step) => step.forward))).toEqual([[false, true]]);
  expect(renderPaths(found)).toContain("Cough ←HAS_SYMPTOM— Asthma");
  const none = await findPaths(folder, ["Cough", "Gout"]);
  expect(renderPaths(none)).toBe('no path from "Cough" to "Gout"\n');
  expect((await findPaths(folder, ["Cough", "Salbutamol"], 3, 1)).paths).toEqual([]);
});

test("an empty name and two names of one entity are told, not answered", async () => {
  const folder = await stored();
  await expect(showEntity(folder, " ")).rejects.toThrow(/the name of an entity is empty/);
  await expect(findPaths(folder, ["Asthma", "bronchial asthma"])).rejects.toThrow(
    /"Asthma" and "bronchial asthma" are the same entity, "Asthma"; give two different ones/,
  );
});

test("the counts of an entity do not depend on how many relations are shown", async () => {
  const none = await showEntity(await stored(), "Asthma", 0);
  expect([none.out, none.counts.out]).toEqual([[], { HAS_SYMPTOM: 2, TREATED_WITH: 1 }]);
});

test("control characters of names and quotes are kept in records and never rendered", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  const ill = "Bad\u001b[2J\u009b\u0000";
  await writeGraph(
    folder,
    [entity(ill, "disease", ["Bad", "Worse\u0007"]), entity("Cough\u001b", "symptom")],
    [relation(ill, "HAS_SYMPTOM", "Cough\u001b")],
  );
  const shown = await showEntity(folder, "Bad");
  expect(shown.entity.id).toBe(ill);
  const texts = [
    renderEntity(shown),
    renderPaths(await findPaths(folder, ["Bad", "Cough\u001b"])),
    renderStatistics(await graphStatistics(folder)),
    await showEntity(folder, "Bat").then(renderEntity, (error: Error) => error.message),
  ];
  for (const text of texts) {
    expect(text).toContain("Bad\uFFFD[2J\uFFFD\uFFFD");
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  }
});

test("a graph without relations has no evidence to speak of", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  await writeGraph(folder, [], []);
  const counts = await graphStatistics(folder);
  expect(counts.evidence).toMatchObject({ total: 0, coverage: 0, checked: 0, exact: 0 });
  expect(renderStatistics(counts)).not.toContain("100");
  expect(renderStatistics(counts)).toContain("0 pages of entities");
});

test("an entity is shown with its relations, the words they rest on, and where these can be read", async () => {
  const folder = await stored();
  const text = renderEntity(await showEntity(folder, "Bronchial asthma"));
  expect(text).toContain("Asthma (disease, 0.75)");
  expect(text).toContain('“Asthma "Cough" ß”');
  expect(text).toContain("also: Bronchial asthma");
  expect(text).not.toContain("oldid");
  const settings = { source: "https://en.wikipedia.org/w/api.php" };
  await writeFile(join(folder, "stage.json"), JSON.stringify({ settings }));
  const shown = await showEntity(folder, "Asthma", 1);
  expect(shown.out.map(({ tail }) => tail)).toEqual(["Cough", "Salbutamol"]);
  expect(shown.counts.out).toEqual({ HAS_SYMPTOM: 2, TREATED_WITH: 1 });
  expect(renderEntity(shown)).toContain("… and 1 more");
  expect(shown.out[0]?.evidence[0]?.link).toBe("https://en.wikipedia.org/w/index.php?oldid=2");
});

test("statistics count what is there and find a quote that is not in its page", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  const quote = 'Asthma "Cough"\nß';
  const page = { title: "Asthma", pageId: 1, revision: 2, timestamp: "", wikitext: `${quote} and no more` };
  await writeGraph(folder, all, relations, [page]);
  const counts = await graphStatistics(folder);
  expect(counts).toMatchObject({ entities: 5, relations: 3, pages: 1, conflicts: 0, merges: {} });
  expect(counts.byPredicate).toEqual({ HAS_SYMPTOM: 2, TREATED_WITH: 1 });
  expect(counts.degree).toMatchObject({
    max: 3,
    none: 1,
    median: 1,
    top: [{ id: "Asthma", degree: 3 }, {}, {}, {}],
  });
  expect(counts.evidence).toMatchObject({ total: 3, coverage: 1, checked: 3, exact: 1, isSample: false });
  expect(renderStatistics(counts)).toContain("1 of 3 quotes equal the stored page");
});
