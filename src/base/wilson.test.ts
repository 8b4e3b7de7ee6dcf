import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOf, wilsonInterval } from "./wilson.ts";

// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998) 857–872,
// Table I, method 3 (Wilson score, no continuity correction).
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i in %i is the published one", (correct, n, low, high) => {
  const interval = wilsonInterval(correct, n);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("the ends of Wilson's interval are where the score test just rejects", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const correct = Math.round(share * n);
      const { low, high } = wilsonInterval(correct, n);
      for (const p of [low, high]) {
        if (p === 0 || p === 1) continue;
        const z = (correct / n - p) / Math.sqrt((p * (1 - p)) / n);
        expect(Math.abs(z)).toBeCloseTo(1.95996398, 5);
      }
      expect(low).toBeLessThanOrEqual(correct / n);
      expect(high).toBeGreaterThanOrEqual(correct / n);
    }),
  );
});

test("a share of no questions is a mistake of ours and not an accuracy of 0", () => {
  expect(() => wilsonInterval(0, 0)).toThrow("0 of 0");
});

test("a share carries its count and is nothing of nothing", () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(15, 148)).toEqual({ count: 15, n: 148, share: 15 / 148, ...wilsonInterval(15, 148) });
});
