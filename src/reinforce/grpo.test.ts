// The numbers here were worked by hand from Eq. 1 and 2; gradients are checked in the engine's tests and against TRL.
import fc from "fast-check";
import { expect, test } from "vitest";
import { lossOf } from "../engine/loss.ts";
import type { Rollout } from "../records/rollout.ts";
import { advantages, groupOf, isTied, type LossNorm, type ObjectiveSettings, objective } from "./grpo.ts";

function rollout(total: number, tokens: number): Rollout {
  const passed = total >= 1;
  return {
    question: "q",
    policyVersion: 0,
    prompt: [1, 2, 3],
    tokens: Array.from({ length: tokens }, (_, i) => 10 + i),
    logProbs: new Float32Array(tokens).fill(-1),
    entropy: 0,
    finish: "stop",
    reply: "",
    reward: {
      correct: passed ? 1 : 0,
      format: 0,
      total,
      checks: [{ name: "correct", passed, found: "" }],
    },
  };
}

const plain: ObjectiveSettings = {
  lossNorm: "sequenceSum",
  maxTokens: 8,
  kl: 0,
  groupsWithoutSpread: "count",
};

/** Replies of 2, 4, 1 and 3 tokens, the first of them right: advantages 0.75 and three times −0.25. */
const four = groupOf("q", [rollout(1, 2), rollout(0, 4), rollout(0, 1), rollout(0, 3)], "mean");
/** A second question, three tokens, both right: no advantages. */
const tied = groupOf("r", [rollout(1, 2), rollout(1, 1)], "mean");

test("Eq. 2 subtracts the mean of the group and nothing else", () => {
  expect(advantages([1, 0, 0, 1], "mean")).toEqual([0.5, -0.5, -0.5, 0.5]);
  expect(four.advantages).toEqual([0.75, -0.25, -0.25, -0.25]);
  const [a, b] = advantages([1.1, 0.1, 0.1, 0.1], "mean");
  expect(a).toBeCloseTo(0.75, 12);
  expect(b).toBeCloseTo(-0.25, 12);
});

test("the other form divides by the deviation of the group", () => {
  const scaled = advantages([1, 0, 0, 1], "meanAndDeviation");
  // Four squares of a half, over k − 1.
  expect(scaled[0]).toBeCloseTo(0.5 / (Math.sqrt(1 / 3) + 1e-4), 12);
});

test("Eq. 1: a group of four, summed over tokens, averaged over rollouts and questions", () => {
  const sequences = objective([four, tied], plain);
  // Two questions, four rollouts: coefficient A / 8 on every token of the reply, 0 on the prompt.
  expect(sequences).toHaveLength(4);
  expect([...sequences[0]!.weights]).toEqual([0, 0, 0, 0.75 / 8, 0.75 / 8].map(Math.fround));
  expect([...sequences[1]!.weights]).toEqual([0, 0, 0, ...Array(4).fill(-0.25 / 8)].map(Math.fround));
  expect(sequences[0]!.tokens).toEqual([1, 2, 3, 10, 11]);
  expect([...sequences[0]!.oldLogProbs!]).toEqual([0, 0, 0, -1, -1]);
  expect(sequences[0]!.klWeights).toBeUndefined();
});

// Of the group of four beside the tied question: what a token of each reply weighs.
const byHand: Readonly<Record<LossNorm, readonly number[]>> = {
  // A / (4 rollouts · 2 questions)
  sequenceSum: [0.09375, -0.03125, -0.03125, -0.03125],
  // … / 2, 4, 1 and 3 tokens
  sequenceMean: [0.046875, -0.0078125, -0.03125, -0.03125 / 3],
  // A / (10 + 3 tokens of the step)
  tokenMean: [0.75 / 13, -0.25 / 13, -0.25 / 13, -0.25 / 13],
  // A / (4 · 2 · 8 tokens allowed)
  drGrpo: [0.01171875, -0.00390625, -0.00390625, -0.00390625],
};

for (const [lossNorm, expected] of Object.entries(byHand) as [LossNorm, readonly number[]][])
  test(`${lossNorm}: what the tokens of a group of four weigh, with and without the divergence`, () => {
    const own = objective([four, tied], { ...plain, lossNorm });
    expect(own.map(({ weights }) => weights[3])).toEqual(expected.map(Math.fround));

    // β = 0.04 of the same shares: the weight without its advantage. The tied question counts for its divergence.
    const groups = [four, tied];
    const reference = groups.map(({ rollouts }) =>
      rollouts.map(({ tokens }) => new Float32Array(tokens.length).fill(-2)),
    );
    const held = objective(groups, { ...plain, lossNorm, kl: 0.04 }, reference);
    expect(held).toHaveLength(6);
    for (const [i, sequence] of held.slice(0, 4).entries()) {
      expect([...sequence.weights]).toEqual([...own[i]!.weights]);
      expect(sequence.klWeights![2]).toBe(0);
      expect(sequence.klWeights![3]).toBeCloseTo((0.04 * expected[i]!) / four.advantages[i]!, 8);
      expect([...sequence.refLogProbs!.slice(2, 4)]).toEqual([0, -2]);
    }
    expect([...held[4]!.weights]).toEqual([0, 0, 0, 0, 0]);
    // Two rollouts there instead of four: A / (2 · 2) and so on.
    const tiedShare = { sequenceSum: 1 / 4, sequenceMean: 1 / 8, tokenMean: 1 / 13, drGrpo: 1 / 32 }[
      lossNorm
    ];
    expect(held[4]!.klWeights![4]).toBeCloseTo(0.04 * tiedShare, 8);
  });

test("a second update by hand: what the group of four loses with ratios, clip and divergence", () => {
  // Alone in its step: coefficients 0.75/4 and −0.25/4. Ratios of the tokens, with the bounds 0.8 and 1.2:
  //   right:   1.5 and 1    0.1875 · (1.2 + 1) = 0.4125          the first is clipped
  //   wrong 1: 1, 1, 1, 1   −0.0625 · 4 = −0.25
  //   wrong 2: 0.5          −0.0625 · 0.8 = −0.05                clipped
  //   wrong 3: 1.5, 1, 1    −0.0625 · 3.5 = −0.21875             a rise of what is wrong is never clipped
  // In all −(0.4125 − 0.25 − 0.05 − 0.21875) = 0.10625.
  // The divergence: the reference is the old policy, so only moved tokens differ, d = −ln ratio; for 1.5
  // 2/3 + 0.405465 − 1 = 0.0721318, for 0.5 2 − 0.693147 − 1 = 0.306853; β/4 = 0.01 of their sum 0.451116.
  const moved = [[1.5, 1], [1, 1, 1, 1], [0.5], [1.5, 1, 1]];
  const sequences = objective([four], { ...plain, kl: 0.04 }, [
    four.rollouts.map(({ logProbs }) => logProbs),
  ]);
  let [loss, clipped, divergence] = [0, 0, 0];
  for (const [i, { weights, oldLogProbs, klWeights, refLogProbs }] of sequences.entries()) {
    const reply = (values: ArrayLike<number>): Float32Array => Float32Array.from(values).subarray(3);
    const found = lossOf(
      Float32Array.from(moved[i]!, (ratio) => -1 + Math.log(ratio)),
      {
        weights: reply(weights),
        ratio: { old: reply(oldLogProbs!), low: 0.8, high: 1.2 },
        kl: { weights: reply(klWeights!), reference: reply(refLogProbs!) },
      },
    );
    loss += found.loss;
    clipped += found.clipped;
    divergence += found.kl;
  }
  expect(clipped).toBe(2);
  expect(divergence).toBeCloseTo(0.451116, 5);
  expect(loss).toBeCloseTo(0.10625 + 0.00451116, 6);
});

test("a group whose rollouts all earned the same is tied and trains nothing", () => {
  expect(isTied(tied)).toBe(true);
  expect(isTied(four)).toBe(false);
  expect(objective([tied], plain)).toEqual([]);
});

test("groups without spread count as questions, or are dropped by reward or by answer", () => {
  // All wrong, and one of them in the required form: a spread of the reward, none of the answer.
  const formOnly = groupOf("s", [rollout(0.1, 2), rollout(0, 2)], "mean");
  const weightOf = (groupsWithoutSpread: ObjectiveSettings["groupsWithoutSpread"], lossNorm: LossNorm) => {
    const sequences = objective([four, tied, formOnly], { ...plain, lossNorm, groupsWithoutSpread });
    return [sequences.length, sequences[0]!.weights[3]!] as const;
  };
  // Three questions, two, one; of 17 tokens, 14, 10.
  expect(weightOf("count", "sequenceSum")).toEqual([6, Math.fround(0.75 / 12)]);
  expect(weightOf("drop", "sequenceSum")).toEqual([6, Math.fround(0.75 / 8)]);
  expect(weightOf("dropByAnswer", "sequenceSum")).toEqual([4, Math.fround(0.75 / 4)]);
  expect(weightOf("count", "tokenMean")[1]).toBe(Math.fround(0.75 / 17));
  expect(weightOf("drop", "tokenMean")[1]).toBe(Math.fround(0.75 / 14));
  expect(weightOf("dropByAnswer", "tokenMean")[1]).toBe(Math.fround(0.75 / 10));
  // What is dropped is dropped whole: no divergence either.
  const reference = [tied.rollouts.map(({ logProbs }) => logProbs)];
  expect(objective([tied], { ...plain, groupsWithoutSpread: "drop", kl: 0.1 }, reference)).toEqual([]);
});

const rewards = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 16 });
const forms = fc.constantFrom("mean" as const, "meanAndDeviation" as const);
const closeTo = (found: readonly number[], expected: readonly number[], within: number): void => {
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(within * (1 + Math.abs(value)));
};

test("advantages of a group add up to nothing, whatever the rewards", () => {
  fc.assert(
    fc.property(rewards, forms, (values, form) => {
      const total = advantages(values, form).reduce((sum, a) => sum + a, 0);
      expect(Math.abs(total)).toBeLessThan(1e-9);
    }),
  );
});

test("the same added to all rewards of a question changes nothing", () => {
  fc.assert(
    fc.property(rewards, forms, fc.double({ min: -3, max: 3, noNaN: true }), (values, form, constant) => {
      const shifted = values.map((value) => value + constant);
      closeTo(advantages(shifted, form), advantages(values, form), 1e-9);
    }),
  );
});

test("rewards times a number give advantages times it, or the same ones where the deviation divides", () => {
  fc.assert(
    fc.property(rewards, fc.double({ min: 0.5, max: 20, noNaN: true }), (values, factor) => {
      const scaled = values.map((value) => value * factor);
      closeTo(
        advantages(scaled, "mean"),
        advantages(values, "mean").map((a) => a * factor),
        1e-9,
      );
      const spread = Math.max(...values) - Math.min(...values);
      // The small constant beside the deviation counts for less the larger the spread is.
      if (spread > 0.1)
        closeTo(advantages(scaled, "meanAndDeviation"), advantages(values, "meanAndDeviation"), 1e-2);
    }),
  );
});

test("the order of a group's rollouts, and of the questions, is of no matter", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 16, maxLength: 16 });
  const norms = fc.constantFrom<LossNorm>("sequenceSum", "sequenceMean", "tokenMean", "drGrpo");
  fc.assert(
    fc.property(rewards, lengths, norms, forms, (values, sizes, lossNorm, form) => {
      // Each rollout is known by the log-probability of its tokens.
      const rollouts = values.map((value, i) => {
        const own = rollout(value, sizes[i]!);
        return { ...own, logProbs: own.logProbs.fill(i + 1) };
      });
      const weighed = (inTurn: readonly Rollout[], before: boolean): Map<number, number> => {
        const group = groupOf("p", inTurn, form);
        const sequences = objective(before ? [four, group] : [group, four], { ...plain, lossNorm });
        return new Map(sequences.map(({ weights, oldLogProbs }) => [oldLogProbs![3]!, weights[3]!]));
      };
      const expected = weighed(rollouts, true);
      const found = weighed(rollouts.toReversed(), false);
      expect(found.size).toBe(expected.size);
      for (const [key, value] of expected)
        if (key > 0) expect(Math.abs(found.get(key)! - value)).toBeLessThan(1e-6);
    }),
    { numRuns: 50 },
  );
});
