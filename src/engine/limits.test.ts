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
  expect(() =>
    requireMemory(large, { threads: 2, lanes: 2, memoryBytes: 2 ** 31, lora: undefined }, 16 * 2 ** 30),
  ).toThrow(
    /parameters on 2 threads need about [\d.]+ GiB of memory and this machine has 16\.0 GiB; take a smaller model/u,
  );
  const small = { threads: 2, lanes: 2, memoryBytes: 2 ** 30, lora: undefined };
  expect(() => requireMemory(config, small, 4 * 2 ** 30)).not.toThrow();
});

test("less memory means fewer tokens at a time, never none", () => {
  const limits = (memoryBytes: number) => limitsFor(config, { lanes: 2, memoryBytes, recompute: false });
  const [much, little] = [limits(2 ** 31), limits(1)];
  expect(little.microTokens).toBeLessThan(much.microTokens);
  expect(little.microTokens).toBeGreaterThanOrEqual(1);
});

test("what a layer keeps is room for more tokens when it is computed again", () => {
  const deep = { ...config, numHiddenLayers: 24, hiddenSize: 512, intermediateSize: 1536, headDim: 256 };
  const limits = (recompute: boolean) => limitsFor(deep, { lanes: 1, memoryBytes: 2 ** 28, recompute });
  expect(limits(true).microTokens).toBeGreaterThan(3 * limits(false).microTokens);
});
