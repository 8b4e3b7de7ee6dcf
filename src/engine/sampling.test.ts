/** Draws follow the distribution, truncation keeps what it should, and a draw uses one random number. */
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { draw } from "./sampling.ts";

const row = Float32Array.of(0.1, 0.4, 0.05, 0.25, 0.2);

test("greedy takes the most probable, the lower id among equals, and draws nothing", () => {
  const random = seededRandom(1);
  const before = random.state();
  expect(draw(row, { temperature: 0 }, random)).toEqual({ token: 1, entropy: 0 });
  expect(draw(Float32Array.of(0.2, 0.4, 0.4), { temperature: 0 }, random).token).toBe(1);
  expect(random.state()).toEqual(before);
});

test("draws occur in proportion to their probabilities", () => {
  const random = seededRandom(2);
  const counts = new Array(5).fill(0);
  const total = 40_000;
  for (let i = 0; i < total; i++) counts[draw(row, { temperature: 1 }, random).token]++;
  for (const [token, count] of counts.entries()) {
    const sd = Math.sqrt((row[token]! * (1 - row[token]!)) / total);
    expect(Math.abs(count / total - row[token]!)).toBeLessThan(4.5 * sd);
  }
});

test("top-k and top-p keep the most probable and report the entropy of what is left", () => {
  const random = seededRandom(3);
  const tokens = new Set<number>();
  for (let i = 0; i < 500; i++) {
    const { token, entropy } = draw(row, { temperature: 1, topK: 3, topP: 0.6 }, random);
    tokens.add(token);
    const [a, b] = [0.4 / 0.65, 0.25 / 0.65];
    expect(entropy).toBeCloseTo(-(a * Math.log(a) + b * Math.log(b)), 6);
  }
  expect([...tokens].sort()).toEqual([1, 3]);
});

test("min-p keeps what is at least its share of the most probable, and top-k counts equals once", () => {
  const random = seededRandom(4);
  const drawn = (settings: object, from = row): number[] => {
    const tokens = new Set<number>();
    for (let i = 0; i < 500; i++) tokens.add(draw(from, { temperature: 1, ...settings }, random).token);
    return [...tokens].sort();
  };
  expect(drawn({ minP: 0.5 })).toEqual([1, 3, 4]);
  expect(drawn({ minP: 0.5, topK: 2 })).toEqual([1, 3]);
  expect(drawn({ minP: 0.01, topP: 0.85 })).toEqual([1, 3, 4]);
  expect(drawn({ topK: 2 }, Float32Array.of(0.2, 0.2, 0.2, 0.4))).toEqual([0, 3]);
});

test("top-k and top-p keep what sorting everything would keep", () => {
  const random = seededRandom(5);
  for (let i = 0; i < 60; i++) {
    const raw = Array.from({ length: 40 }, () => Math.ceil(random.next() ** 4 * 12));
    const total = raw.reduce((sum, value) => sum + value, 0);
    const own = Float32Array.from(raw, (value) => value / total);
    const topK = 1 + random.integer(40);
    const topP = random.next();
    const sorted = [...own.keys()].sort((a, b) => own[b]! - own[a]! || a - b).slice(0, topK);
    let mass = 0;
    const kept: number[] = [];
    for (const token of sorted) {
      if (kept.length > 0 && mass >= topP) break;
      kept.push(token);
      mass += own[token]!;
    }
    const { entropy } = draw(own, { temperature: 1, topK, topP }, random);
    const expected = kept.reduce(
      (sum, token) => sum - (own[token]! / mass) * Math.log(own[token]! / mass),
      0,
    );
    expect(entropy ?? expected).toBeCloseTo(expected, 5);
  }
});

test("probabilities that are no numbers are refused", () => {
  const broken = Float32Array.of(Number.NaN, Number.NaN);
  expect(() => draw(broken, { temperature: 0 }, seededRandom(1))).toThrow(/no numbers/);
});

test("a sum that rounding left short of the draw gives the last possible token", () => {
  const random = { ...seededRandom(1), next: () => 0.9999999 };
  expect(draw(Float32Array.of(0.5, 0.4999, 0), { temperature: 1 }, random).token).toBe(1);
});
