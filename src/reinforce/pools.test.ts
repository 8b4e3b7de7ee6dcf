// Which questions a step asks: counted over many draws and held against the shares of the recipe.
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { seededRandom } from "../base/random.ts";
import type { Question, SyntheticQuestion, Tier } from "../records/question.ts";
import { drawByTier, drawUniformly, drawWeighted, pathsOf } from "./pools.ts";

function wordings(pathKey: string, tier: Tier, count = 3): SyntheticQuestion[] {
  return Array.from({ length: count }, (_, wording) => ({
    id: `${pathKey}/${wording}`,
    stem: "?",
    options: { A: "a", B: "b" },
    gold: ["A"],
    language: "en",
    tier,
    origin: {
      kind: "synthetic",
      type: "t",
      pathKey,
      subject: "s",
      hops: 1,
      facts: [],
      path: [],
      masked: "m",
      optionEntities: {},
      distractors: {},
      isRare: false,
    },
    evidence: [],
    licence: "CC0-1.0",
  }));
}

const pathOf = (question: Question): string => question.id.split("/")[0]!;
const easy = Array.from({ length: 10 }, (_, i) => wordings(`easy${i}`, "easy")).flat();
const moderate = Array.from({ length: 20 }, (_, i) => wordings(`moderate${i}`, "moderate")).flat();
const difficult = Array.from({ length: 10 }, (_, i) => wordings(`difficult${i}`, "difficult")).flat();
const paths = pathsOf([...difficult, ...moderate, ...easy]);

test("questions are grouped by path, in order of key, and a curated question is a path of its own", () => {
  const { tier: _, ...untiered } = wordings("x", "easy", 1)[0]!;
  const origin = { kind: "curated" as const, dataset: "set", split: "train", row: 1 };
  const grouped = pathsOf([...wordings("b", "easy"), { ...untiered, id: "a", origin }]);
  expect(grouped.map(({ key, tier, questions }) => [key, tier, questions.length])).toEqual([
    ["a", "moderate", 1],
    ["b", "easy", 3],
  ]);
  expect(() => pathsOf([])).toThrow(UsageError);
});

test("stage 1 asks Easy and Moderate paths in the given shares, each once, and never a Difficult one", () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const asked = drawByTier(paths, 16, 0.25, seededRandom(seed));
    const keys = asked.map(pathOf);
    expect(keys.filter((key) => key.startsWith("easy"))).toHaveLength(4);
    expect(keys.filter((key) => key.startsWith("moderate"))).toHaveLength(12);
    expect(new Set(keys).size).toBe(16);
    for (const question of asked) seen.add(question.id);
  }
  // Every wording of every easy and moderate path has had its turn.
  expect(seen.size).toBe(easy.length + moderate.length);
});

test("where a tier is missing the other fills the step; where both are, the user is told", () => {
  expect(drawByTier(pathsOf(easy), 8, 0.25, seededRandom(1))).toHaveLength(8);
  expect(drawByTier(pathsOf(moderate), 8, 0.25, seededRandom(1))).toHaveLength(8);
  expect(() => drawByTier(pathsOf(difficult), 8, 0.25, seededRandom(1))).toThrow(/Easy or Moderate/u);
});

test("a uniform draw takes every path about equally often", () => {
  const counts = new Map<string, number>();
  const random = seededRandom(5);
  for (let i = 0; i < 4000; i++)
    for (const question of drawUniformly(paths, 10, random))
      counts.set(pathOf(question), (counts.get(pathOf(question)) ?? 0) + 1);
  expect(counts.size).toBe(40);
  // 1,000 expected each with a deviation of 27.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
});

test("a weighted draw follows the weights, repeats no path and leaves those of weight 0", () => {
  const three = pathsOf([...wordings("a", "easy"), ...wordings("b", "easy"), ...wordings("c", "easy")]);
  const weight: Record<string, number> = { a: 1, b: 3, c: 0 };
  const random = seededRandom(6);
  let first = 0;
  for (let i = 0; i < 4000; i++) {
    const drawn = drawWeighted(three, ({ key }) => weight[key]!, 3, random).map(({ key }) => key);
    expect([...drawn].sort()).toEqual(["a", "b"]);
    if (drawn[0] === "b") first += 1;
  }
  expect(first / 4000).toBeCloseTo(0.75, 1);
});
