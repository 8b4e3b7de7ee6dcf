/** The tail of the chi-square distribution against the printed tables. */
import { expect, test } from "vitest";
import { chiSquare } from "./chi-square.ts";

/** One group whose statistic is the given one. */
function tailAt(statistic: number, degrees: number): number {
  const cells = Array.from({ length: degrees + 1 }, () => ({ observed: 1, expected: 1 }));
  cells[0] = { observed: 1 + Math.sqrt(statistic), expected: 1 };
  return chiSquare([cells]).p;
}

// Critical values as every table prints them (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
test.each([
  [3.841, 1, 0.05],
  [5.991, 2, 0.05],
  [7.815, 3, 0.05],
  [11.345, 3, 0.01],
  [16.266, 3, 0.001],
  [16.919, 9, 0.05],
  [43.773, 30, 0.05],
  [0.352, 3, 0.95],
])("%d with %d degrees of freedom has the tail %d", (statistic, degrees, p) => {
  expect(Math.abs(tailAt(statistic, degrees) - p) / p).toBeLessThan(5e-3);
});

test("with two degrees the tail is an exponential", () => {
  for (const x of [0.1, 1, 5, 20, 80]) expect(tailAt(x, 2)).toBeCloseTo(Math.exp(-x / 2), 12);
});

test("groups add up, and even counts have nothing against them", () => {
  const even = [
    { observed: 5, expected: 5 },
    { observed: 5, expected: 5 },
  ];
  expect(chiSquare([even, even])).toEqual({ statistic: 0, degrees: 2, p: 1 });
});
