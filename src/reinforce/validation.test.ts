import { expect, test } from "vitest";
import { bestOf, hasStopped } from "./validation.ts";

const looks = (...right: number[]) => right.map((count) => ({ right: count }));

test("the best look is the earliest of those with most right", () => {
  expect(bestOf(looks(10, 14, 12, 14))).toBe(1);
  expect(bestOf(looks(9))).toBe(0);
});

test("rounds stop after as many without a better one as the patience says, counted from the best", () => {
  expect(hasStopped(looks(10), 1)).toBe(false);
  expect(hasStopped(looks(10, 9), 1)).toBe(true);
  expect(hasStopped(looks(10, 12, 11), 2)).toBe(false);
  expect(hasStopped(looks(10, 12, 11, 13), 2)).toBe(false);
  expect(hasStopped(looks(10, 12, 11, 12), 2)).toBe(true);
  expect(hasStopped([], 1)).toBe(false);
});
