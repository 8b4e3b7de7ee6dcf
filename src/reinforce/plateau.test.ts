import { expect, test } from "vitest";
import {
  isPlateau,
  noHistory,
  plateauFigures,
  type RewardHistory,
  remember,
  slopeError,
  slopeOf,
} from "./plateau.ts";

const rule = { window: 10, minSteps: 20, slope: 0.001, tiedShare: 0.3, patience: 3 };

function after(
  steps: number,
  reward: (step: number) => number,
  tied: (step: number) => number,
): RewardHistory {
  return Array.from({ length: steps }, (_, step) => step).reduce<RewardHistory>(
    (past, step) => remember(past, rule, step + 1, { reward: reward(step), tied: tied(step) }),
    noHistory,
  );
}

test("the slope is that of the least-squares line", () => {
  expect(slopeOf([1, 3, 5, 7])).toBeCloseTo(2, 12);
  // Worked by hand: x̄ = 1, ȳ = 1, Σ(x−x̄)(y−ȳ) = 3, Σ(x−x̄)² = 2.
  expect(slopeOf([0, 0, 3])).toBeCloseTo(1.5, 12);
});

test("the slope's standard error is the textbook's", () => {
  // Worked by hand: 0, 2, 1, 3 has slope 0.8, residuals -0.3, 0.9, -0.9, 0.3, so √(1.8 / 2 / 5).
  expect(slopeError([0, 2, 1, 3])).toBeCloseTo(Math.sqrt(0.18), 12);
});

test("a reward that falls by more than its noise is no plateau", () => {
  const noise = (step: number): number => (step % 2 === 0 ? 0.01 : -0.01);
  const falling = after(
    40,
    (step) => 0.9 - 0.01 * step + noise(step),
    () => 0.4,
  );
  expect(isPlateau(falling, rule)).toBe(false);
});

test("a flat and sparse reward is a plateau, with the figures that say so", () => {
  const flat = after(
    40,
    () => 0.7,
    () => 0.4,
  );
  expect(isPlateau(flat, rule)).toBe(true);
  expect(plateauFigures(flat).slope).toBeCloseTo(0, 12);
  expect(plateauFigures(flat).sparsity).toBeCloseTo(0.4, 12);
});

test("a rising reward is none, nor is a flat one whose groups still differ", () => {
  expect(
    isPlateau(
      after(
        40,
        (step) => step * 0.01,
        () => 0.4,
      ),
      rule,
    ),
  ).toBe(false);
  expect(
    isPlateau(
      after(
        40,
        () => 0.7,
        () => 0.1,
      ),
      rule,
    ),
  ).toBe(false);
});

test("it is called at the step at which the rule has held for its patience, and not before its time", () => {
  const firstAt = (tied: (step: number) => number): number =>
    Array.from({ length: 60 }, (_, i) => i + 1).find((steps) =>
      isPlateau(
        after(steps, () => 0.7, tied),
        rule,
      ),
    )!;
  // minSteps is 20, so it holds for the first time at 20, and for the third time in a row at 22.
  expect(firstAt(() => 0.4)).toBe(22);
  // The mean of ten shares falls below 0.3 with one step in which every group has spread, for ten steps: 21 … 30.
  expect(firstAt((step) => (step === 20 ? 0 : 0.32))).toBe(33);
});
