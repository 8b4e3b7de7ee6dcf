// Agreement of two graders against figures worked out by hand.
import { expect, test } from "vitest";
import type { Tier } from "../../records/question.ts";
import { agreementOf } from "./agreement.ts";

const times = (n: number, one: Tier, other: Tier): (readonly [Tier, Tier])[] =>
  Array.from({ length: n }, () => [one, other]);

test("raw share, kappa and weighted kappa of a table of 100", () => {
  // Rows, rules: easy 30, moderate 50, difficult 20. Columns, model: easy 29, moderate 46, difficult 25.
  const found = agreementOf([
    ...times(20, "easy", "easy"),
    ...times(8, "easy", "moderate"),
    ...times(2, "easy", "difficult"),
    ...times(8, "moderate", "easy"),
    ...times(34, "moderate", "moderate"),
    ...times(8, "moderate", "difficult"),
    ...times(1, "difficult", "easy"),
    ...times(4, "difficult", "moderate"),
    ...times(15, "difficult", "difficult"),
  ]);
  expect(found?.same).toBeCloseTo(0.69, 10);
  // Chance: 0.30·0.29 + 0.50·0.46 + 0.20·0.25 = 0.367, so kappa = (0.69 − 0.367) / (1 − 0.367).
  expect(found?.kappa).toBeCloseTo(0.323 / 0.633, 10);
  // Half a difference for neighbours: observed (8+8+8+4)/2 + 2 + 1 = 17 of 100; expected 0.5·(0.30·0.46 + 0.50·0.29 +
  // 0.50·0.25 + 0.20·0.46) + 0.30·0.25 + 0.20·0.29 = 0.25 + 0.133 = 0.383.
  expect(found?.weightedKappa).toBeCloseTo(1 - 0.17 / 0.383, 10);
  expect(found?.table["moderate"]).toEqual({ easy: 8, moderate: 34, difficult: 8 });
});

test("where both give one tier to all, chance always agrees and there is no kappa", () => {
  expect(agreementOf(times(5, "easy", "easy"))).toMatchObject({ same: 1, kappa: null, weightedKappa: null });
  expect(agreementOf([])).toBeNull();
});
