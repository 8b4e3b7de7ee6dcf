import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadBenchmark } from "../../src/curate/benchmark.ts";
import { anonymise, findAll } from "../../src/refine/anonymise/anonymise.ts";
import { phiClasses } from "../../src/refine/anonymise/rule.ts";
import { scorePhi } from "./phi-score.ts";
import { readAsqPhi, readOwnCases } from "./phi-sets.ts";

const own = readOwnCases();

test("the own cases cover every class, with half of them held out", () => {
  const positive = own.filter(({ gold }) => gold.length > 0);
  expect(positive.length).toBeGreaterThanOrEqual(300);
  expect(own.length - positive.length).toBeGreaterThanOrEqual(150);
  for (const half of [true, false]) {
    const classes = new Set(
      own.filter(({ held }) => held === half).flatMap(({ gold }) => gold.map((one) => one.class)),
    );
    expect([...classes].sort()).toEqual(Object.keys(phiClasses).sort());
  }
});

test("what the rules were written with is found, and 97 % of what was held out, without touching a hard negative", () => {
  const developed = scorePhi(
    own.filter(({ held }) => !held),
    findAll,
  );
  expect(developed).toMatchObject({ leaked: 0, precision: 1, negativesChanged: 0 });
  const held = scorePhi(
    own.filter((one) => one.held),
    findAll,
  );
  expect(held.recall).toBeGreaterThanOrEqual(0.97);
  expect(held.precision).toBeGreaterThanOrEqual(0.97);
  expect(held.negativesChanged).toBe(0);
});

const sample = `===QUERY===
Is warfarin safe for Ann Lee, seen by Ann Lee's doctor on May 3, 2021?
===PHI_TAGS===
{"identifier_type": "NAME", "value": "Ann Lee"}
{"identifier_type": "NAME", "value": "Ann Lee"}
{"identifier_type": "DATE", "value": "May 3, 2021"}
{"identifier_type": "DATE", "value": "June 4, 2021"}

===QUERY===
What is the dose of aspirin at 65?
===PHI_TAGS===

`;

test("the format of ASQ-PHI is read with places, and a value that is not in its query is counted", () => {
  const { texts, lost } = readAsqPhi(sample);
  expect(lost).toBe(1);
  expect(texts.map(({ text, gold }) => gold.map(({ start, end }) => text.slice(start, end)))).toEqual([
    ["Ann Lee", "Ann Lee", "May 3, 2021"],
    [],
  ]);
  expect(texts[0]?.gold[0]?.start).not.toBe(texts[0]?.gold[1]?.start);
});

test("a score counts covered letters only, and knows a false alarm", () => {
  const { texts } = readAsqPhi(sample);
  const text = texts[0]?.text ?? "";
  const half = { start: text.indexOf("Ann"), end: text.indexOf("Ann") + 3 };
  const score = scorePhi(texts, (one) => (one === text ? [half, { start: 0, end: 2 }] : []));
  expect(score).toMatchObject({
    elements: 3,
    leaked: 3,
    recall: 0,
    precision: 0.5,
    negatives: 1,
    negativesChanged: 0,
  });
});

// Reads the published file where FLEMING_ASQ_PHI names it.
const file = process.env["FLEMING_ASQ_PHI"] ?? "";
test.skipIf(!existsSync(file))(
  "95 % of ASQ-PHI is found and under 2 % of its hard negatives is changed",
  () => {
    const { texts, lost } = readAsqPhi(readFileSync(file, "utf8"));
    expect(lost).toBe(0);
    const score = scorePhi(texts, findAll);
    expect(score.recall).toBeGreaterThanOrEqual(0.95);
    expect(score.negativesChanged / score.negatives).toBeLessThanOrEqual(0.02);
  },
);

// Reads the public test sets beside the checkout: examination questions hold almost nothing that identifies anybody.
const whole = "../shared/benchmarks/whole";
test.skipIf(!existsSync(whole))(
  "of the public test questions fewer than one in a hundred is changed",
  async () => {
    for (const name of ["medqa", "mmluProBiology", "mmluProHealth", "pubmedqa"]) {
      const { questions } = await loadBenchmark(name, whole);
      const changed = questions.filter((one) => anonymise(one).findings.length > 0);
      expect(changed.length / questions.length, name).toBeLessThan(0.01);
    }
  },
);
