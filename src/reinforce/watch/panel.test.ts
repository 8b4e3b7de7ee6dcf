import { expect, test } from "vitest";
import { panelLines, sparkline } from "./panel.ts";

test("a step of reinforcement is shown in eight lines", () => {
  const lines = panelLines({
    metrics: {
      rewardMean: 0.6324,
      rewardStd: 0.356,
      correctMean: 0.5859,
      formatMean: 0.4648,
      tiedRight: 0.0625,
      tiedWrong: 0,
      entropy: 0.3383,
      promptTokens: 26.9,
      completionTokens: 18.66,
      truncated: 0.0039,
      loss: -1.2636,
      gradNorm: 3.0678,
      logProbDifference: 0.0000093,
      trainedTokens: 11019,
      sampleTokensPerSecond: 2211.4,
      trainTokensPerSecond: 6012.9,
    },
    rewards: [0.1, 0.2, 0.3, 0.4, 0.63],
    maxTokens: 64,
    alarm: { name: "lengthRunaway", step: 31, message: "replies run away in length" },
    sample: {
      reply: "<think>Wheeze and cough: asthma.</think>\n<answer>B</answer>",
      why: "paid 1.1: B is right; the form is right",
    },
  });
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "  reward    0.632 ▂▃▄▅█   right 59 %   form 46 %
      spread    0.356   groups all right 6.3 %   all wrong 0 %
      replies   entropy 0.338 nats   length 18.7 of 64 tokens   cut off 0.4 %
      update    loss -1.26   gradient 3.07   log-prob difference 9.3e-6
      tokens/s  2,211 sampled   6,013 trained
      alarm     step 32, lengthRunaway: replies run away in length
      reply     <think>Wheeze and cough: asthma.</think> …
                paid 1.1: B is right; the form is right"
  `);
});

test("figures that are not there are left out, and numbers that are none are shown", () => {
  expect(panelLines({ metrics: { loss: Number.NaN }, rewards: [], maxTokens: 64 })).toEqual([
    "  update    loss NaN",
  ]);
  expect(panelLines({ metrics: {}, rewards: [], maxTokens: 64 })).toEqual([]);
});

test("bars reach from zero to the largest value", () => {
  expect([sparkline([0, 0.5, 1]), sparkline([0, 0]), sparkline([Number.NaN, 2]), sparkline([])]).toEqual([
    "▁▅█",
    "▁▁",
    "?█",
    "",
  ]);
  expect(sparkline(Array.from({ length: 100 }, () => 1))).toHaveLength(32);
});
