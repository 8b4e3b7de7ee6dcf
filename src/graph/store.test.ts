import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Entity } from "../records/entity.ts";
import type { Predicate, Relation } from "../records/relation.ts";
import { findEntity, nearestNames } from "./lookup.ts";
import { renderPaths, shortestPaths } from "./path.ts";
import { renderEntity, showEntity } from "./show.ts";
import { openGraph, writeGraph } from "./store.ts";

function entity(id: string, type: Entity["type"], aliases: string[] = []): Entity {
  return {
    id,
    type,
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

test("a missing and a foreign graph are clear errors", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-graph-"));
  await expect(openGraph(folder)).rejects.toThrow(/there is no entities\.parquet/);
  await writeFile(join(folder, "entities.parquet"), "not parquet");
  await expect(openGraph(folder)).rejects.toThrow(/not a table of a graph/);
});

test("names are found by case and alias, and a wrong one names its neighbours", async () => {
  const graph = await openGraph(await stored());
  expect(findEntity(graph, "asthma").id).toBe("Asthma");
  expect(findEntity(graph, "bronchial asthma").id).toBe("Asthma");
  expect(() => findEntity(graph, "Asthme")).toThrow(/nearest are "Asthma"/);
  expect(nearestNames(graph, "Wheezing", 1)).toEqual(["Wheeze"]);
});

test("paths go along relations in either direction and are the shortest", async () => {
  const graph = await openGraph(await stored());
  const paths = shortestPaths(graph, "Cough", "Salbutamol");
  expect(paths.map((path) => path.map((step) => step.forward))).toEqual([[false, true]]);
  expect(shortestPaths(graph, "Cough", "Gout")).toEqual([]);
  expect(renderPaths(paths)).toContain("Cough ←HAS_SYMPTOM— Asthma");
  expect(renderPaths([])).toBe("no path\n");
});

test("an entity is shown with its relations and the words they rest on", async () => {
  const graph = await openGraph(await stored());
  const text = renderEntity(showEntity(graph, "Bronchial asthma"));
  expect(text).toContain("Asthma (disease)");
  expect(text).toContain('“Asthma "Cough" ß”');
  expect(text).toContain("also: Bronchial asthma");
});
