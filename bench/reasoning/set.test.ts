import { expect, test } from "vitest";
import { checksFor, faultKinds } from "./planted.ts";
import { judge, scoreOf } from "./score.ts";
import { plantedSet, quotas } from "./set.ts";
import { equationsIn, evaluate, holds } from "./sums.ts";
import { faultsOfClaims, faultsOfTexts, guidelineTopics } from "./truth.ts";

const set = plantedSet();

test("four hundred faults are planted, of each kind as many as promised and about half of them held", () => {
  expect(set.planted).toHaveLength(400);
  for (const kind of faultKinds) {
    const own = set.planted.filter((one) => one.kind === kind);
    expect(own, kind).toHaveLength(quotas[kind]);
    const held = own.filter((one) => one.held).length / own.length;
    expect(held, kind).toBeGreaterThan(0.3);
    expect(held, kind).toBeLessThan(0.7);
  }
});

test("more than two hundred texts are clean, more than eighty of them written one by one, some in Chinese", () => {
  expect(set.clean.length).toBeGreaterThanOrEqual(200);
  expect(set.clean.filter(({ source }) => source === "hand").length).toBeGreaterThanOrEqual(80);
  const chinese = set.clean.filter(({ question }) => question.language === "zh").length;
  expect(chinese / set.clean.length).toBeGreaterThan(0.1);
});

test("each fault stands in its text, sums of clean texts are right and planted ones wrong", () => {
  expect(faultsOfTexts(set)).toEqual([]);
});

test("a text and what was planted in it lie in one half", () => {
  const halves = new Map(set.clean.map(({ id, held }) => [id, held]));
  for (const { id, held } of set.planted)
    expect(held, id).toBe(halves.get(id.replace(/-[a-z]+(?:-\d+)?$/, "")));
});

test("a claim that the graph lacks, a made-up edge that it has and an unknown guideline are found", async () => {
  const topics = await guidelineTopics();
  const edges = new Set([
    ...set.clean.flatMap(({ claims }) => claims),
    ...set.planted.flatMap(({ edge }) => (edge === undefined ? [] : [edge])),
  ]);
  const graph = { has: (...edge: string[]): boolean => edges.has(edge.join(" > ")) };
  expect(faultsOfClaims(set, graph, topics)).toEqual([]);
  expect(faultsOfClaims(set, { has: () => false }, topics).length).toBeGreaterThan(500);
  expect(faultsOfClaims(set, { has: () => true }, new Set()).length).toBeGreaterThan(20);
});

test("the evaluator keeps to the order of operations and the digits that are said", () => {
  expect(evaluate("2 + 3 × 4 ^ 2 / (7 − 1)")).toBe(10);
  expect(evaluate("20,000 / 4")).toBe(5000);
  expect(holds("20000/480=42")).toBe(true);
  expect(holds("20000/480=42.7")).toBe(false);
  expect(equationsIn("so 5 mg/kg × 64 kg = 320 mg, and 1/4 = 25 % of 20,000 / 4 = 5,000")).toEqual([
    "5 × 64 = 320",
    "100*(1/4 )= 25",
    "20000 / 4 = 5000",
  ]);
  expect(() => evaluate("2 + x")).toThrow("no sum");
});

test("a check that finds every fault at its place scores full, one that stops everything has no precision", () => {
  const faults = new Map(set.planted.map((one) => [one.letters + one.text, one]));
  const knowing = scoreOf(
    judge(set, ({ text, letters }) => {
      const one = faults.get(letters + text);
      if (one === undefined) return [];
      const span = one.place === undefined ? {} : { span: one.place };
      return [{ name: checksFor[one.kind][0] as string, passed: false, found: one.words, ...span }];
    }),
    ["leak"],
  );
  for (const { recall } of knowing.kinds) expect(recall.count).toBe(recall.of);
  expect(knowing.alarms.count).toBe(0);
  const blind = scoreOf(
    judge(set, () => [{ name: "leak", passed: false, found: "", span: [0, 1] }]),
    ["leak"],
  );
  expect(blind.rejected.count).toBe(set.clean.length);
  expect(blind.checks.find(({ name }) => name === "leak")?.precision).toMatchObject({
    count: quotas.leak,
    of: set.clean.length + 400,
  });
  expect(blind.numbers.count).toBe(0);
});
