/** The generator of encyclopedias that the scale bench reads: its sizes, its account of facts, its dumps. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generatePages, writtenPages } from "../bench/discover/generate.ts";
import { packExport } from "../src/discover/sources/pack.ts";
import { readPages } from "../src/discover/sources/source.ts";
import type { EntityType } from "../src/records/entity.ts";
import { mayJoin } from "../src/records/relation.ts";

const size = { medical: 400, other: 1600, seed: 3 };
const all = [...writtenPages(size)];

function statistics(values: readonly number[]): { median: number; mean: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] as number,
    mean: values.reduce((a, b) => a + b, 0) / values.length,
  };
}

test("the same arguments give the same pages, another seed gives others", () => {
  expect([...generatePages(size)]).toEqual(all.map(({ page }) => page));
  const other = [...generatePages({ ...size, seed: 4 })];
  expect(other.map(({ wikitext }) => wikitext)).not.toEqual(all.map(({ page }) => page.wikitext));
});

test("titles and ids are unique, and redirects lead to pages", () => {
  const titles = new Set(all.map(({ page }) => page.title));
  expect(titles.size).toBe(2000);
  expect(new Set(all.map(({ page }) => page.pageId)).size).toBe(2000);
  const redirects = all.flatMap(({ page }) => page.redirect ?? []);
  expect(redirects.length).toBe(240);
  for (const target of redirects) expect(titles).toContain(target);
});

test("sizes and markup are those of real articles", () => {
  const medical = all.filter(({ type }) => type !== undefined);
  expect(medical.length).toBe(400);
  const sizes = statistics(medical.map(({ page }) => Buffer.byteLength(page.wikitext)));
  expect(sizes.median).toBeGreaterThan(4000);
  expect(sizes.median).toBeLessThan(6500);
  expect(sizes.mean).toBeGreaterThan(7000);
  expect(sizes.mean).toBeLessThan(12_000);
  const others = all.filter(({ type, page }) => type === undefined && page.redirect === undefined);
  const otherSizes = statistics(others.map(({ page }) => Buffer.byteLength(page.wikitext)));
  expect(otherSizes.median).toBeGreaterThan(2000);
  expect(otherSizes.median).toBeLessThan(3200);
  expect(otherSizes.mean).toBeGreaterThan(3200);
  expect(otherSizes.mean).toBeLessThan(5200);
  // Between the real articles at hand: references are 30 to 65 % of their bytes, links 1.9 to 5.1 a kilobyte.
  const text = medical.map(({ page }) => page.wikitext).join("");
  const references = text.match(/<ref[^<>]*?\/>|<ref[^<>]*>.*?<\/ref>/gs) ?? [];
  const share = references.reduce((sum, one) => sum + one.length, 0) / text.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.65);
  const links = (text.match(/\[\[/g) ?? []).length / (text.length / 1000);
  expect(links).toBeGreaterThan(1.9);
  expect(links).toBeLessThan(5.1);
});

test("the account of facts is in the text, keeps to domain and range, and denies nothing that it states", () => {
  const types = new Map(all.flatMap(({ page, type }) => (type ? [[page.title, type] as const] : [])));
  let count = 0;
  for (const { page, truth } of all) {
    const stated = new Set<string>();
    const denied = new Set<string>();
    const lower = page.wikitext.replaceAll("_", " ").toLowerCase();
    for (const { head, predicate, tail, holds, frequency, isLinked } of truth) {
      count += 1;
      const key = `${head}|${predicate}|${tail}`;
      (holds ? stated : denied).add(key);
      expect(mayJoin(predicate, types.get(head) as EntityType, types.get(tail) as EntityType), key).toBe(
        true,
      );
      const other = head === page.title ? tail : head;
      if (!isLinked) expect(lower).toContain(other.toLowerCase());
      if (frequency !== undefined) expect(page.wikitext).toContain(frequency);
    }
    for (const key of denied) expect(stated).not.toContain(key);
  }
  expect(count / types.size).toBeGreaterThan(10);
});

test("a dump of generated pages reads back page by page", async () => {
  const folder = mkdtempSync(join(tmpdir(), "generate-"));
  try {
    const file = join(folder, "made.xml.bz2");
    const small = { medical: 60, other: 240, seed: 5 };
    expect(await packExport(generatePages(small), file)).toBe(300);
    const read: unknown[] = [];
    for await (const page of readPages([file], () => {})) read.push(page);
    expect(read).toEqual([...generatePages(small)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
