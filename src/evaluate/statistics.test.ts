import fc from "fast-check";
import { expect, test } from "vitest";
import { macroAverage, mcnemarExact, wilsonInterval } from "./statistics.ts";

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

// By hand: of 6 discordant questions 1 or fewer go one way in (1 + 6) / 64, twice that; none in 1 / 64, twice that.
test("exact McNemar is twice the binomial tail", () => {
  expect(mcnemarExact(1, 5)).toBeCloseTo(14 / 64, 12);
  expect(mcnemarExact(6, 0)).toBeCloseTo(2 / 64, 12);
  expect(mcnemarExact(0, 0)).toBe(1);
  expect(mcnemarExact(7, 7)).toBe(1);
  expect(mcnemarExact(7, 8)).toBe(1);
});

test("exact McNemar agrees with the tail counted in whole numbers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), (lost, gained) => {
      const n = lost + gained;
      let ways = 0n;
      let choose = 1n;
      for (let k = 0; k <= Math.min(lost, gained); k++) {
        ways += choose;
        choose = (choose * BigInt(n - k)) / BigInt(k + 1);
      }
      const exact = Number((2n * ways * 10n ** 18n) / 2n ** BigInt(n)) / 1e18;
      expect(mcnemarExact(lost, gained)).toBeCloseTo(Math.min(1, exact), 9);
    }),
  );
});

// By hand: (1/2 + 1/3) / 2 = 5/12; rounding the columns to 50 and 33 first would give 41.5 instead of 41.67.
test("the macro average is the plain mean of unrounded values", () => {
  expect(macroAverage([])).toBeNull();
  expect(macroAverage([0.5, 1 / 3])).toBeCloseTo(5 / 12, 15);
});
