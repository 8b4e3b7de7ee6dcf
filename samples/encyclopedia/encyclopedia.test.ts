// What is promised of the sample encyclopedia: its size, its second reading, and that every fact quotes its page.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { stageContext } from "../../src/base/fixtures/stage-context.ts";
import { sha256 } from "../../src/base/hash.ts";
import { loadJsonl } from "../../src/base/jsonl.ts";
import { runDiscover } from "../../src/discover/discover.ts";
import { readPages as sourcePages } from "../../src/discover/sources/source.ts";
import type { KnowledgeGraph } from "../../src/graph/graph.ts";
import { readPages } from "../../src/graph/pages.ts";
import { openGraph } from "../../src/graph/store.ts";
import { discoverSection } from "../../src/recipe/sections/discover.ts";
import type { EntityType } from "../../src/records/entity.ts";
import type { Page } from "../../src/records/page.ts";

const here = import.meta.dirname;
const reviewSchema = z.strictObject({
  page: z.string(),
  facts: z.int().positive(),
  corrected: z.array(z.string()),
  misread: z.array(z.string()),
});

let folder = "";
let graph: KnowledgeGraph;
const pages = new Map<string, Page>();
const rejected: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleming-encyclopedia-"));
  const source = join(here, "pages");
  for await (const page of sourcePages([source], (item) => rejected.push(item))) pages.set(page.title, page);
  const context = stageContext(folder, discoverSection.parse({ source, labels: join(here, "labels.tsv") }), {
    reject: (item) => rejected.push(item),
  });
  await runDiscover(context);
  graph = await openGraph(context.folder);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const withPage = (type: EntityType): number =>
  graph.byType(type).filter((entity) => entity.page !== undefined).length;

test("it has the pages that it promises, by kind", () => {
  const articles = [...pages.values()].filter((page) => page.redirect === undefined);
  expect(articles.length).toBeGreaterThanOrEqual(300);
  expect(withPage("disease")).toBeGreaterThanOrEqual(120);
  const rare = graph.byType("disease").filter((entity) => entity.page !== undefined && entity.rarity.isRare);
  expect(rare.length).toBeGreaterThanOrEqual(40);
  expect(withPage("drug") + withPage("drug class")).toBeGreaterThanOrEqual(60);
  for (const type of ["symptom", "test", "finding", "mechanism", "pathogen", "procedure"] as const)
    expect(withPage(type), type).toBeGreaterThan(5);
  expect(rejected).toEqual([]);
});

test("its labels are of its entities, each of one, and most relations join two that have one", () => {
  const labels = [...graph.entities.values()].flatMap((entity) => Object.values(entity.labels ?? {}));
  expect(labels.length).toBeGreaterThan(1000);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.filter((label) => !/[\p{Script=Han}]|^[A-Z0-9-]+$/u.test(label))).toEqual([]);
  const has = (id: string): boolean => graph.entities.get(id)?.labels !== undefined;
  const relations = [...graph.relations.values()];
  const joined = relations.filter(({ head, tail }) => has(head) && has(tail));
  expect(joined.length / relations.length).toBeGreaterThan(0.85);
});

test("every quote of every relation equals the page's text at its offsets and revision", async () => {
  const stored = await readPages(join(folder, "out"), new Set(pages.keys()));
  let quotes = 0;
  for (const relation of graph.relations.values())
    for (const { page, start, end, quote, revision } of relation.evidence) {
      quotes += 1;
      expect(stored.get(page)?.wikitext.slice(start, end), relation.id).toBe(quote);
      expect(pages.get(page)?.revision).toBe(revision);
    }
  expect(quotes).toBeGreaterThan(4000);
});

test("every article was read a second time", async () => {
  const reviewed = new Set(
    (await loadJsonl(join(here, "review.jsonl"), reviewSchema)).map(({ page }) => page),
  );
  const unread = [...pages.values()].filter(
    (page) => page.redirect === undefined && !reviewed.has(page.title),
  );
  expect(unread.map((page) => page.title)).toEqual([]);
});

test("the index knows every page as it is now", async () => {
  const indexSchema = z.object({ title: z.string(), pageId: z.int(), revision: z.int(), sha256: z.string() });
  const index = new Map(
    (await loadJsonl(join(here, "index.jsonl"), indexSchema)).map((line) => [line.title, line]),
  );
  const stale = [...pages.values()].filter((page) => index.get(page.title)?.sha256 !== sha256(page.wikitext));
  expect(stale.map((page) => page.title)).toEqual([]);
  expect(index.size).toBe(pages.size);
});

test("every redirect leads to a page", () => {
  const lost = [...pages.values()].filter(
    (page) => page.redirect !== undefined && !pages.has(page.redirect.split("#")[0]!),
  );
  expect(lost.map((page) => `${page.title} → ${page.redirect}`)).toEqual([]);
});
