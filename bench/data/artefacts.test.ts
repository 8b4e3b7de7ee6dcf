/** Measuring what questions give away: counts by hand, and artefacts that were planted. */
import { expect, test } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Measured, measureArtefacts } from "./artefacts.ts";
import { creditOf } from "./baselines.ts";

const random = seededRandom(1, "artefacts test");
const names = Array.from({ length: 40 }, (_, i) => `name ${String.fromCharCode(97 + (i % 26))}${i}`);

/** 200 questions of four names, two wordings a path; the right one stands first when `first`, is longer when `long`. */
function questions(first: boolean, long: boolean): Measured[] {
  return Array.from({ length: 200 }, (_, i) => {
    const options = random.sample(names, 4);
    const gold = first ? 0 : random.integer(4);
    const entities = [...options];
    if (long) options[gold] = `${options[gold]} of the long kind`;
    return {
      stem: `Stem ${i}?`,
      options,
      gold: [gold],
      entities,
      kind: i % 2 ? "a" : "b",
      path: `${i >> 1}`,
    };
  });
}

function shareOf(found: ReturnType<typeof measureArtefacts>, name: string): number {
  return found.rows.find((row) => row.name === name)!.accuracy;
}

test("questions without an artefact stay at chance, and their counts are right", () => {
  const made = questions(false, false);
  const found = measureArtefacts([...made, { ...made[0]!, stem: " stem 0!" }], 1);
  expect(found).toMatchObject({ questions: 201, paths: 100, kinds: { a: 100, b: 101 }, repeatedStems: 1 });
  expect(found.positions.degrees).toBe(3);
  expect(found.positions.p).toBeGreaterThan(0.001);
  for (const row of found.rows) {
    expect(row.chance).toBeCloseTo(0.25);
    expect(Math.abs(row.accuracy - 0.25)).toBeLessThan(0.12);
    expect(row.difference.low).toBeLessThanOrEqual(row.difference.mean);
  }
});

test("a right option that stands first or is longer is seen", () => {
  expect(measureArtefacts(questions(true, false), 1).positions.p).toBeLessThan(1e-6);
  const found = measureArtefacts(questions(false, true), 1);
  expect(shareOf(found, "longest option")).toBe(1);
  expect(shareOf(found, "shortest option")).toBe(0);
  expect(shareOf(found, "options only, folds by path")).toBeGreaterThan(0.95);
  expect(found.words.slice(0, 8).map(([word]) => word)).toContain("long");
});

test("options that tie share the credit", () => {
  expect(creditOf([1, 1, 0, 0], [0])).toBe(0.5);
  expect(creditOf([1, 1, 0, 0], [2])).toBe(0);
  expect(creditOf([0, 0, 0, 0], [3])).toBe(0.25);
});
