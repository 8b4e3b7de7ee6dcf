// The labels themselves: there are enough of them, and none contradicts another.
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readGold } from "./gold.ts";

const folder = resolve(import.meta.dirname, "gold");
const samples = resolve(import.meta.dirname, "../../samples/encyclopedia/pages");

test("the gold pages can be read, and what a page denies is labelled nowhere else", async () => {
  const gold = await readGold(folder, [join(folder, "pages"), samples]);
  expect(gold.length).toBeGreaterThanOrEqual(34);
  expect(gold.filter(({ isHeld }) => isHeld).length).toBe(Math.floor(gold.length / 3));
  for (const { title, labels, attributes } of gold) {
    const keys = (one: { predicate: string; names: readonly string[] }): string[] =>
      one.names.map((name) => `${one.predicate} ${name}`);
    const stated = new Set(labels.filter(({ block }) => block !== "not").flatMap(keys));
    for (const denied of labels.filter(({ block }) => block === "not").flatMap(keys))
      expect(stated, `${title}: ${denied}`).not.toContain(denied);
    for (const label of attributes)
      expect(
        keys(label).some((key) => stated.has(key)),
        `${title}: ${keys(label)[0]}`,
      ).toBe(true);
  }
});
