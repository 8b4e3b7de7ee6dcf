// Learning rates worked by hand.
import { expect, test } from "vitest";
import type { OptimizerSection } from "../recipe/sections/optimizer.ts";
import { learningRate, optimizerStep } from "./schedule.ts";

const adamw: OptimizerSection = {
  lr: 10,
  beta1: 0.9,
  beta2: 0.95,
  eps: 1e-8,
  weightDecay: 0.3,
  clipNorm: 2,
  warmupSteps: 0,
  decay: "constant",
  finalLrShare: 0.2,
};

function rates(decay: OptimizerSection["decay"], warmupSteps: number, steps: number): number[] {
  const settings = { ...adamw, warmupSteps, decay };
  return Array.from({ length: steps }, (_, step) => learningRate(settings, step, steps));
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [step, value] of expected.entries()) expect(found[step]).toBeCloseTo(value, 12);
}

test("the rate rises by equal parts and never starts at nothing", () => {
  expectClose(rates("constant", 4, 7), [2, 4, 6, 8, 10, 10, 10]);
});

test("a line falls from the end of the rise to the final share at the last step", () => {
  expectClose(rates("linear", 1, 6), [5, 10, 8, 6, 4, 2]);
});

test("flat, then a line over the second half", () => {
  expectClose(rates("flatThenLinear", 2, 9), [10 / 3, 20 / 3, 10, 10, 10, 8, 6, 4, 2]);
});

test("half a cosine falls slowly, fast, slowly", () => {
  const tilted = 8 * ((1 - Math.SQRT1_2) / 2);
  expectClose(rates("cosine", 1, 6), [5, 10, 10 - tilted, 6, 2 + tilted, 2]);
});

test("the last step has the final share whatever the number of steps", () => {
  for (const decay of ["linear", "cosine", "flatThenLinear"] as const)
    for (const steps of [5, 10, 101, 880]) expect(rates(decay, 2, steps).at(-1)).toBeCloseTo(2, 12);
});

test("the other settings of a step are those of the recipe", () => {
  expect(optimizerStep(adamw, 0, 1)).toEqual({
    lr: 10,
    beta1: 0.9,
    beta2: 0.95,
    eps: 1e-8,
    weightDecay: 0.3,
    clipNorm: 2,
  });
});
