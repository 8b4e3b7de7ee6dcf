import { expect, test } from "vitest";
import { until } from "./controls.ts";

test("a control ends at its rival's tokens, and its learning rate goes as far as the rival's did", () => {
  // 10,000 tokens at about 300 a step last 34 steps; the rival ended at 60 of its 100 steps.
  const series = until(10_000, 300, 100 / 60);
  expect(series.scheduleSteps).toBe(57);
  expect(series.isDone(33, null, { trained: 6000, sampled: 3999 })).toBe(false);
  expect(series.isDone(33, null, { trained: 6000, sampled: 4000 })).toBe(true);
});

test("steps that turn out smaller than estimated do not end it", () => {
  expect(until(10_000, 300, 1).steps).toBeGreaterThan(10_000 / 30);
});
