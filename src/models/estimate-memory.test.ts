// Sums worked by hand for a model of 696 weights, and held against peaks that were measured.
import { expect, test } from "vitest";
import type { ModelConfig } from "../engine/config.ts";
import { clusterEstimate } from "./estimate-cluster.ts";
import { cacheBytes, engineMemory, type ModelUse } from "./estimate-memory.ts";
import { knownShape } from "./known-shapes.ts";

// 10 · 8 of the embedding; 8 + 72 + 36 + 36 + 64 + 8 + 3 · 128 = 608 of the layer; 8 of the last norm.
const small: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 10,
  hiddenSize: 8,
  intermediateSize: 16,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
  numKeyValueHeads: 1,
  headDim: 4,
  maxPositionEmbeddings: 64,
  ropeTheta: 1e4,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const use: ModelUse = { threads: 1, memoryBytes: 1e9, recompute: false };
const smol = knownShape("SmolLM2-135M")!.config;

test("a small model's parts are the sums by hand", () => {
  const parts = engineMemory(small, {
    ...use,
    train: { tokens: 12, rowTokens: 4 },
    sample: { sequences: 3, tokens: 4 },
  });
  expect(parts).toMatchObject({
    weights: 2 * 4 * 696,
    decoding: 2 * 4 * 696,
    training: 4 * 4 * 696,
    // 10·8 + 5·16 + 2·2·4 = 176 of the layer and three times ten logits, 4 bytes each.
    activations: 12 * 4 * (176 + 30),
    cache: 3 * 4 * cacheBytes(small, 4),
    reference: 0,
  });
  expect(cacheBytes(small, 4)).toBe(2 * 1 * 1 * 4 * 4);
});

test("each worker of a small model has its own copy and gradients", () => {
  const parts = engineMemory(small, { ...use, threads: 2, train: { tokens: 12, rowTokens: 4 } });
  expect(parts).toMatchObject({ weights: 3 * 4 * 696, training: 6 * 4 * 696, decoding: 0, cache: 0 });
});

test("a reference policy is held once more, and an adapter trains its own weights only", () => {
  expect(engineMemory(small, { ...use, reference: true }).reference).toBeGreaterThan(2 * 4 * 696);
  const lora = { rank: 2, alpha: 4, targets: ["q_proj"] as const };
  // A is 2 × 8, B 8 × 2: 32 weights; two moments, two gradients, and twice themselves.
  const parts = engineMemory(small, { ...use, lora: { ...lora }, train: { tokens: 4, rowTokens: 4 } });
  expect(parts.training).toBe(6 * 4 * 32);
});

// docs/engine.md: 4 × 256 tokens, all weights, 5,154 MiB in the engine's process.
test("training 135 million weights: within a half of the measured peak", () => {
  const { total } = engineMemory(smol, {
    ...use,
    threads: 2,
    memoryBytes: 2 * 2 ** 30,
    train: { tokens: 1024, rowTokens: 256 },
  });
  expect(ratio(total, 5154 * 2 ** 20)).toBeLessThan(1.5);
});

// Measured with recipes/smollm2.yaml's sizes: 64 rollouts and a step on them, 3,972 MiB in the engine's process.
test("an adapter of 135 million weights with rollouts: within a half of the measured peak", () => {
  const lora = {
    rank: 16,
    alpha: 32,
    targets: ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj"] as const,
  };
  const { total } = engineMemory(smol, {
    ...use,
    threads: 2,
    memoryBytes: 1.5 * 2 ** 30,
    lora: { ...lora, targets: [...lora.targets] },
    train: { tokens: 64 * 100, rowTokens: 100 },
    sample: { sequences: 64, tokens: 100 },
  });
  expect(ratio(total, 3972 * 2 ** 20)).toBeLessThan(1.5);
});

test("GPUs follow from bytes a weight: 4 of 80 GB for 7.6 billion, 16 for 32.8 billion", () => {
  const work = { trainedTokens: 4e8, sampledTokens: 2e9, isAdapter: false, hasReference: false };
  const seven = clusterEstimate({ ...work, parameters: 7.6e9 });
  expect(seven).toMatchObject({ stateBytes: 18 * 7.6e9, gpus: 4 });
  // 6 · 7.6e9 · 4e8 / 400e12 and 2 · 7.6e9 · 2e9 / 100e12 seconds.
  expect(seven.gpuHours).toBeCloseTo((45_600 + 304_000) / 3600, 6);
  expect(clusterEstimate({ ...work, parameters: 32.8e9 }).gpus).toBe(16);
  expect(clusterEstimate({ ...work, parameters: 7.6e9, sampledTokens: 0 }).stateBytes).toBe(16 * 7.6e9);
});

function ratio(a: number, b: number): number {
  return Math.max(a / b, b / a);
}
