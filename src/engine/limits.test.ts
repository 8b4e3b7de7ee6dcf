import { expect, test } from "vitest";
import type { ModelConfig } from "./config.ts";
import { limitsFor, requireMemory } from "./limits.ts";
import { parameterCount, parametersOf } from "./parameters.ts";

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
  const large = { ...config, hiddenSize: 4096, intermediateSize: 8192, numHiddenLayers: 24, headDim: 2048 };
  expect(() => requireMemory(large, { threads: 2, lanes: 2, memoryBytes: 2 ** 31 }, 16 * 2 ** 30)).toThrow(
    /parameters on 2 threads need about [\d.]+ GiB of memory and this machine has 16\.0 GiB; take a smaller model/u,
  );
  const small = { threads: 2, lanes: 2, memoryBytes: 2 ** 30 };
  expect(() => requireMemory(config, small, 4 * 2 ** 30)).not.toThrow();
  // What only answers needs no moments and no gradients.
  const just = 4 * 5 * parameterCount(parametersOf(config)) + 2 ** 30;
  expect(() => requireMemory(config, small, just)).not.toThrow();
  expect(() => requireMemory(config, { ...small, trained: parametersOf(config) }, just)).toThrow(
    /trained on 2/,
  );
});

test("a model beyond what one array holds is refused whatever the memory", () => {
  const huge = { ...config, hiddenSize: 8192, intermediateSize: 32768, numHiddenLayers: 80, headDim: 4096 };
  const need = { threads: 2, lanes: 1, memoryBytes: 2 ** 31 };
  expect(() => requireMemory(huge, need, 2 ** 50)).toThrow(/this engine holds at most 4,294,967,296/u);
});

test("less memory means fewer tokens at a time, never none", () => {
  const limits = (memoryBytes: number) => limitsFor(config, { lanes: 2, memoryBytes, recompute: false });
  const [much, little] = [limits(2 ** 31), limits(1)];
  expect(little.microTokens(64)).toBeLessThan(much.microTokens(64));
  expect(little.microTokens(64)).toBeGreaterThanOrEqual(1);
});

test("what a layer keeps is room for more tokens when it is computed again", () => {
  const deep = { ...config, numHiddenLayers: 24, hiddenSize: 512, intermediateSize: 1536, headDim: 256 };
  const limits = (recompute: boolean) => limitsFor(deep, { lanes: 1, memoryBytes: 2 ** 28, recompute });
  expect(limits(true).microTokens(256)).toBeGreaterThan(3 * limits(false).microTokens(256));
  // Scores grow with the row.
  expect(limits(false).microTokens(4096)).toBeLessThan(limits(false).microTokens(256) / 2);
});
