import { expect, test } from "vitest";
import type { ModelConfig } from "./config.ts";
import { limitsFor, requireMemory } from "./limits.ts";

const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 1000,
  hiddenSize: 64,
  intermediateSize: 128,
  numHiddenLayers: 2,
  numAttentionHeads: 2,
  numKeyValueHeads: 1,
  headDim: 32,
  maxPositionEmbeddings: 128,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};

test("a model that does not fit the machine is refused with what it needs and what there is", () => {
  const large = { ...config, hiddenSize: 8192, intermediateSize: 32768, numHiddenLayers: 80, headDim: 4096 };
  expect(() => requireMemory(large, 2, 2 ** 31, 16 * 2 ** 30)).toThrow(
    /parameters on 2 threads need about [\d.]+ GiB of memory and this machine has 16\.0 GiB; take a smaller model/u,
  );
  expect(() => requireMemory(config, 2, 2 ** 30, 4 * 2 ** 30)).not.toThrow();
});

test("less memory means fewer tokens at a time, never none", () => {
  const [much, little] = [limitsFor(config, 2, 2 ** 31), limitsFor(config, 2, 1)];
  expect(little.microTokens).toBeLessThan(much.microTokens);
  expect(little.microTokens).toBeGreaterThanOrEqual(1);
});
