import { expect, test } from "vitest";
import { isPlateau, noHistory, type RewardHistory, remember, slopeOf } from "./plateau.ts";

const rule = { window: 10, minSteps: 20, slope: 0.001, tiedShare: 0.3 };

function history(reward: (step: number) => number, tied: number, steps = 40): RewardHistory {
  return Array.from({ length: steps }, (_, step) => step).reduce<RewardHistory>(
    (past, step) => remember(past, rule.window, reward(step), tied),
    noHistory,
  );
}

test("the slope is that of the least-squares line", () => {
  expect(slopeOf([1, 3, 5, 7])).toBeCloseTo(2, 12);
  // Worked by hand: x̄ = 1, ȳ = 1, Σ(x−x̄)(y−ȳ) = 3, Σ(x−x̄)² = 2.
  expect(slopeOf([0, 0, 3])).toBeCloseTo(1.5, 12);
});

test("a flat and sparse reward is a plateau", () => {
  expect(
    isPlateau(
      history(() => 0.7, 0.4),
      40,
      rule,
    ),
  ).toBe(true);
});

test("a rising reward is none, nor is a flat one whose groups still differ", () => {
  expect(
    isPlateau(
      history((step) => step * 0.01, 0.4),
      40,
      rule,
    ),
  ).toBe(false);
  expect(
    isPlateau(
      history(() => 0.7, 0.1),
      40,
      rule,
    ),
  ).toBe(false);
});

test("no plateau is called before its time", () => {
  expect(
    isPlateau(
      history(() => 0.7, 0.4),
      19,
      rule,
    ),
  ).toBe(false);
});
