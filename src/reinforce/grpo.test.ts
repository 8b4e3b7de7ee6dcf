// The numbers here were worked by hand from Eq. 1 and 2; the gradient itself is checked in the engine's tests.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rollout } from "../records/rollout.ts";
import { advantages, groupOf, isTied, objective } from "./grpo.ts";

function rollout(total: number, tokens: number): Rollout {
  return {
    question: "q",
    policyVersion: 0,
    prompt: [1, 2, 3],
    tokens: Array.from({ length: tokens }, (_, i) => 10 + i),
    logProbs: new Float32Array(tokens).fill(-1),
    entropy: 0,
    finish: "stop",
    reply: "",
    reward: { correct: total >= 1 ? 1 : 0, format: 0, total, checks: [] },
  };
}

test("Eq. 2 subtracts the mean of the group and nothing else", () => {
  expect(advantages([1, 0, 0, 1], "mean")).toEqual([0.5, -0.5, -0.5, 0.5]);
  const [a, b] = advantages([1.1, 0.1, 0.1, 0.1], "mean");
  expect(a).toBeCloseTo(0.75, 12);
  expect(b).toBeCloseTo(-0.25, 12);
});

test("the other form divides by the deviation of the group", () => {
  const scaled = advantages([1, 0, 0, 1], "meanAndDeviation");
  // Four squares of a half, over k − 1.
  expect(scaled[0]).toBeCloseTo(0.5 / (Math.sqrt(1 / 3) + 1e-4), 12);
});

test("advantages of a group add up to nothing, whatever the rewards", () => {
  const rewards = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 16 });
  fc.assert(
    fc.property(
      rewards,
      (values) => Math.abs(advantages(values, "mean").reduce((sum, a) => sum + a, 0)) < 1e-9,
    ),
  );
});

test("Eq. 1: a group of four, summed over tokens, averaged over rollouts and questions", () => {
  const group = groupOf("q", [rollout(1, 2), rollout(0, 4), rollout(0, 1), rollout(0, 3)], "mean");
  const tied = groupOf("r", [rollout(1, 2), rollout(1, 2)], "mean");
  const sequences = objective([group, tied], "sequenceSum");
  // Two questions, four rollouts: coefficient A / 8 on every token of the reply, 0 on the prompt.
  expect(sequences).toHaveLength(4);
  expect([...sequences[0]!.weights]).toEqual([0, 0, 0, 0.75 / 8, 0.75 / 8].map(Math.fround));
  expect([...sequences[1]!.weights]).toEqual([0, 0, 0, ...Array(4).fill(-0.25 / 8)].map(Math.fround));
  expect(sequences[0]!.tokens).toEqual([1, 2, 3, 10, 11]);
  expect([...sequences[0]!.oldLogProbs!]).toEqual([0, 0, 0, -1, -1]);
});

test("the other norms divide by the reply's length or by all tokens of the step", () => {
  const group = groupOf("q", [rollout(1, 2), rollout(0, 4)], "mean");
  const perSequence = objective([group], "sequenceMean");
  expect(perSequence[0]!.weights[3]).toBeCloseTo(0.5 / (2 * 2), 7);
  expect(perSequence[1]!.weights[3]).toBeCloseTo(-0.5 / (2 * 4), 7);
  expect(objective([group], "tokenMean")[1]!.weights[3]).toBeCloseTo(-0.5 / 6, 7);
});

test("a group whose rollouts all earned the same is tied and trains nothing", () => {
  const right = groupOf("q", [rollout(1.1, 2), rollout(1.1, 3)], "mean");
  expect(isTied(right)).toBe(true);
  expect(objective([right], "sequenceSum")).toEqual([]);
});
