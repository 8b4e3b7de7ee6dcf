/** One worker that shares its operators among all threads, as large models are run, and a vocabulary taken in chunks. */
import { expect, test } from "vitest";
import { type OptimizerStep, startEngine } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { lanesFor } from "./limits.ts";
import { vocabularyChunk } from "./programs.ts";

const config: ModelConfig = {
  architecture: "llama",
  vocabSize: 20000,
  hiddenSize: 48,
  intermediateSize: 64,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
  numKeyValueHeads: 2,
  headDim: 16,
  maxPositionEmbeddings: 256,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const step: OptimizerStep = { lr: 1e-3, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 1 };
const batch = Array.from({ length: 6 }, (_, r) => {
  const tokens = Array.from({ length: 30 + 9 * r }, (_, i) => (i * 7919 * (r + 1)) % 20000);
  return { tokens, weights: tokens.map((_, t) => (t < 8 ? 0 : 1 / 300)) };
});

test("a wide model trains and generates the same, bit for bit, each time", async () => {
  expect(lanesFor({ ...config, hiddenSize: 2048 }, 2)).toBe(1);
  expect(vocabularyChunk(config)).toBeLessThan(config.vocabSize / 2);
  const seen: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    await using engine = await startEngine({ threads: 2, lanes: 1 });
    await engine.create(config, { embeddingStd: 0.05, outputScale: 0.2 }, 1);
    await engine.train(batch, step);
    const { loss, gradNorm, logProbs } = await engine.train(batch, step);
    const requests = batch.map(({ tokens }, seed) => ({
      prompt: tokens.slice(0, 12),
      maxTokens: 6,
      temperature: 1,
      seed,
      stopTokens: [],
    }));
    const made = await engine.generate(requests);
    const scores = await engine.score(batch.map(({ tokens }) => tokens));
    seen.push({ loss, gradNorm, logProbs, made, scores });
  }
  expect(seen[1]).toEqual(seen[0]);
});

test("one wide worker, two narrow ones, and activations computed again make the same step", async () => {
  const losses: number[] = [];
  const norms: number[] = [];
  for (const settings of [{ lanes: 1 }, { lanes: 2 }, { lanes: 2, recompute: true, memoryBytes: 2 ** 20 }]) {
    await using engine = await startEngine({ threads: 2, ...settings });
    await engine.create(config, { embeddingStd: 0.05, outputScale: 0.2 }, 1);
    await engine.train(batch, step);
    const { loss, gradNorm } = await engine.train(batch, step);
    losses.push(loss);
    norms.push(gradNorm);
  }
  for (const loss of losses) expect(loss / losses[0]!).toBeCloseTo(1, 5);
  for (const norm of norms) expect(norm / norms[0]!).toBeCloseTo(1, 4);
});
