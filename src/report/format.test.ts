import { expect, test } from "vitest";
import {
  count,
  decimal,
  listOf,
  percent,
  plural,
  pointRange,
  points,
  probability,
  roundHalfUp,
} from "./format.ts";

// The paper prints 57.1 for 170 of 298, which is 57.047: it was rounded to 57.05 first.
test("a number is rounded once, a half up", () => {
  expect(percent(170 / 298)).toBe("57.0");
  expect(percent(0.0625)).toBe("6.3");
  expect(roundHalfUp(1.005, 2)).toBe(1.01);
  expect(roundHalfUp(75.4167, 2)).toBe(75.42);
  expect(roundHalfUp(-0.25, 1)).toBe(-0.3);
  expect(decimal(-0.04, 1)).toBe("0.0");
});

test("differences carry their sign, and 0 has none", () => {
  expect(points(0.0504)).toBe("+5.0");
  expect(points(-0.001)).toBe("−0.1");
  expect(points(0.0001)).toBe("0.0");
  expect(pointRange(-0.027, 0.028)).toBe("[−2.7, +2.8]");
});

test("counts and words read as people write them", () => {
  expect(count(1413)).toBe("1\u202f413");
  expect(count(182822)).toBe("182\u202f822");
  expect(count(12)).toBe("12");
  expect(plural(1, "path")).toBe("1 path");
  expect(plural(2, "path")).toBe("2 paths");
  expect(listOf(["a", "b", "c"])).toBe("a, b and c");
  expect(probability(0.00004)).toBe("< 0.001");
  expect(probability(0.03125)).toBe("0.031");
});
