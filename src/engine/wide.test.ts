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

test("a completion of a wide worker does not depend on the others either", async () => {
  await using engine = await startEngine({ threads: 2, lanes: 1 });
  await engine.create(config, { embeddingStd: 0.3, outputScale: 1 }, 1);
  const requests = batch.flatMap(({ tokens }, i) =>
    [0, 1, 2].map((k) => ({
      prompt: tokens.slice(0, 9 + 7 * i),
      maxTokens: 12 + 5 * k,
      temperature: 1,
      seed: `${i}/${k}`,
      stopTokens: [],
    })),
  );
  const together = await engine.generate(requests);
  for (const i of [0, 4, 11, 17]) expect(await engine.generate([requests[i]!])).toEqual([together[i]]);
});

test("little memory for keys and values means fewer sequences at a time and the same completions", async () => {
  await using engine = await startEngine({ threads: 1 });
  await using tight = await startEngine({ threads: 1, memoryBytes: 100_000 });
  const made: unknown[] = [];
  for (const one of [engine, tight]) {
    await one.create(config, { embeddingStd: 0.3, outputScale: 1 }, 1);
    const { tokens } = batch[0]!;
    const requests = [0, 1, 2, 3, 4, 5, 6].map((seed) => ({
      prompt: tokens.slice(0, seed < 5 ? 20 : 17),
      maxTokens: 30,
      temperature: 1,
      seed,
      stopTokens: [],
    }));
    made.push(await one.generate(requests));
  }
  expect(made[1]).toEqual(made[0]);
});

test("an adapter's step is the same when activations are computed again", async () => {
  const norms: number[] = [];
  for (const recompute of [false, true]) {
    await using engine = await startEngine({ threads: 2, recompute });
    await engine.create(config, { embeddingStd: 0.3, outputScale: 1 }, 1);
    await engine.adapt({ rank: 4, alpha: 8, targets: ["q_proj", "up_proj", "o_proj"] }, 2);
    await engine.train(batch, { ...step, lr: 0.1 });
    norms.push((await engine.train(batch, step)).gradNorm);
  }
  expect(norms[1]! / norms[0]!).toBeCloseTo(1, 4);
});
