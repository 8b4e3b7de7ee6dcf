/**
 * The engine as its users see it: it learns, repeats itself bit for bit, resumes from a saved state, and a
 * completion does not depend on what is generated beside it.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Engine, type GenerateRequest, type OptimizerStep, startEngine } from "./client.ts";
import type { ModelConfig } from "./config.ts";

const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 61,
  hiddenSize: 32,
  intermediateSize: 48,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
  numKeyValueHeads: 2,
  headDim: 8,
  maxPositionEmbeddings: 256,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
  eosTokenIds: [1],
};
const init = { embeddingStd: 0.08, outputScale: 0.2 };
const step: OptimizerStep = {
  lr: 3e-3,
  beta1: 0.9,
  beta2: 0.98,
  eps: 1e-8,
  weightDecay: 0.05,
  clipNorm: 1,
};
const sequences = Array.from({ length: 24 }, (_, r) =>
  Array.from({ length: 10 + (r % 7) }, (_, i) => (i * 3 + r * 5) % 61),
);
const batch = sequences.map((tokens) => ({ tokens, weights: tokens.map(() => 1 / 300) }));
const requests: GenerateRequest[] = Array.from({ length: 20 }, (_, i) => ({
  prompt: sequences[i >> 2]!.slice(0, 5 + (i >> 2)),
  maxTokens: 80,
  temperature: i % 4 === 3 ? 0.7 : 1,
  ...(i % 5 === 4 ? { topK: 10, topP: 0.9 } : {}),
  seed: i,
  stopTokens: [1],
}));

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await startEngine({ threads: 2 });
  folder = await mkdtemp(join(tmpdir(), "engine-"));
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("training lowers the loss", async () => {
  await engine.create(config, init, 1);
  const first = await engine.train(batch, step);
  for (let i = 0; i < 20; i++) await engine.train(batch, step);
  const last = await engine.train(batch, step);
  expect(last.loss).toBeLessThan(first.loss * 0.6);
  expect(first.weightedTokens).toBe(sequences.reduce((sum, tokens) => sum + tokens.length - 1, 0));
});

test("the same seed gives the same tokens and the same weights, bit for bit", async () => {
  const files: Buffer[] = [];
  const tokens: unknown[] = [];
  for (const name of ["a", "b"]) {
    await engine.create(config, init, 7);
    for (let i = 0; i < 3; i++) await engine.train(batch, step);
    tokens.push((await engine.generate(requests)).map((generation) => generation.tokens));
    await engine.saveTraining(join(folder, name));
    files.push(await readFile(join(folder, name)));
  }
  expect(files[0]!.equals(files[1]!)).toBe(true);
  expect(tokens[0]).toEqual(tokens[1]);
});

test("training resumed from a saved state goes on bit for bit", async () => {
  await engine.create(config, init, 3);
  await engine.train(batch, step);
  await engine.saveTraining(join(folder, "middle"));
  await engine.train(batch, step);
  await engine.saveTraining(join(folder, "through"));
  await engine.create(config, init, 4);
  await engine.loadTraining(join(folder, "middle"));
  await engine.train(batch, step);
  await engine.saveTraining(join(folder, "resumed"));
  expect((await readFile(join(folder, "resumed"))).equals(await readFile(join(folder, "through")))).toBe(
    true,
  );
});

test("a completion does not depend on the others, and its log-probabilities are those of score", async () => {
  await engine.create(config, { ...init, embeddingStd: 0.3 }, 5);
  const together = await engine.generate(requests);
  for (const i of [0, 4, 7, 19]) {
    const [alone] = await engine.generate([requests[i]!]);
    expect(alone).toEqual(together[i]);
  }
  const scores = await engine.score(requests.map(({ prompt }, i) => [...prompt, ...together[i]!.tokens]));
  for (const [i, { logProbs }] of together.entries()) {
    const expected = scores[i]!.subarray(requests[i]!.prompt.length);
    for (const [t, value] of logProbs.entries()) expect(value).toBeCloseTo(expected[t]!, 4);
  }
});

test("tokens stream in order and a stopped generation rejects", async () => {
  const streamed: number[][] = requests.map(() => []);
  const whole = await engine.generate(requests, (index, token) => {
    streamed[index]!.push(token);
  });
  expect(streamed).toEqual(whole.map(({ tokens }) => tokens));
  const abort = new AbortController();
  const long = requests.map((request) => ({ ...request, maxTokens: 200, stopTokens: [] }));
  await expect(engine.generate(long, () => abort.abort(), abort.signal)).rejects.toThrow(/abort/i);
  expect(await engine.generate(requests)).toEqual(whole);
});

test("a request whose listener has enough ends with that token, the others go on", async () => {
  const whole = await engine.generate(requests);
  const heard = requests.map(() => 0);
  const ended = await engine.generate(requests, (index) => ++heard[index]! === 3 && index % 2 === 0);
  for (const [i, { tokens, logProbs, finish }] of ended.entries()) {
    const expected = i % 2 === 0 && whole[i]!.tokens.length >= 3 ? 3 : whole[i]!.tokens.length;
    expect(tokens).toEqual(whole[i]!.tokens.slice(0, expected));
    expect(logProbs).toEqual(whole[i]!.logProbs.slice(0, expected));
    if (expected === 3) expect(finish).toBe("stop");
  }
});

test("a model that was saved and loaded scores the same", async () => {
  await engine.create(config, init, 9);
  const before = await engine.score(sequences);
  await engine.save(folder);
  await engine.create(config, init, 10);
  expect(await engine.load(folder)).toEqual(config);
  expect(await engine.score(sequences)).toEqual(before);
});

test("a non-finite step is refused and leaves the weights", async () => {
  await engine.create(config, init, 9);
  const before = await engine.score(sequences);
  const bad = batch.map(({ tokens }) => ({ tokens, weights: tokens.map(() => Number.NaN) }));
  const named = bad.map((sequence, i) => ({ ...sequence, id: `q${i}` }));
  await expect(engine.train(named.slice(0, 2), step)).rejects.toThrow(
    /training step 1: the loss is NaN .*; not finite in sequences q0, q1; .*no training state was saved yet/,
  );
  await engine.saveTraining(join(folder, "good"));
  await expect(engine.train([batch[0]!, ...bad.slice(1)], step)).rejects.toThrow(
    /sequences #1, #2, .* and 15 more; .*the last training state saved is .*good/,
  );
  expect(await engine.score(sequences)).toEqual(before);
});

test("sequences that begin alike get the gradient they would get alone", async () => {
  const prompt = sequences[3]!.slice(0, 9);
  const group = [5, 9, 14, 2].map((length, k) => {
    const tokens = [...prompt, ...sequences[k]!.slice(0, length)];
    return { tokens, weights: tokens.map((_, t) => (t < 9 ? 0 : (k - 1.3) / 40)) };
  });
  await engine.create(config, init, 11);
  const shared = await engine.train(group, { ...step, lr: 0 });
  // A weight too small to count makes the beginnings unshared without changing anything else.
  const unshared = group.map(({ tokens, weights }) => ({
    tokens,
    weights: weights.map((w, t) => (t === 1 ? 1e-30 : w)),
  }));
  const alone = await engine.train(unshared, { ...step, lr: 0 });
  expect(shared.gradNorm).toBeCloseTo(alone.gradNorm, 5);
  expect(shared.loss).toBeCloseTo(alone.loss, 5);
});

test("a batch held to a reference is drawn to it, and tokens without a reward count for that too", async () => {
  await engine.create(config, { ...init, embeddingStd: 0.3 }, 12);
  const refLogProbs = await engine.score(sequences);
  const plain = await engine.train(batch, { ...step, lr: 0 });
  await engine.create(config, { ...init, embeddingStd: 0.3 }, 13);
  const held = sequences.map((tokens, i) => ({
    tokens,
    weights: tokens.map(() => 0),
    klWeights: tokens.map(() => 1 / 300),
    refLogProbs: refLogProbs[i]!,
  }));
  const first = await engine.train(held, step);
  for (let i = 0; i < 20; i++) await engine.train(held, step);
  const last = await engine.train(held, step);
  expect(last.kl).toBeLessThan(first.kl! * 0.3);
  expect(first.loss).toBeCloseTo((first.kl! * first.weightedTokens) / 300, 5);
  expect(first.weightedTokens).toBe(plain.weightedTokens);
  expect(plain.kl).toBeUndefined();
  await expect(engine.train([...held, batch[0]!], step)).rejects.toThrow(
    /sequence 24 has 10 tokens, 0 klWeights and 0 refLogProbs; expected as many of each, or none/,
  );
});

test("a policy that is its own reference feels nothing of it, in either form", async () => {
  await engine.create(config, { ...init, embeddingStd: 0.3 }, 14);
  const own = await engine.score(sequences);
  const none = batch.map((sequence, i) => ({ ...sequence, oldLogProbs: own[i]! }));
  const held = none.map((sequence, i) => ({
    ...sequence,
    klWeights: sequence.weights.map(() => 1),
    refLogProbs: own[i]!,
  }));
  for (const clipRatio of [undefined, { low: 0.2, high: 0.2 }]) {
    const still = { ...step, lr: 0, ...(clipRatio === undefined ? {} : { clipRatio }) };
    const [without, withIt] = [await engine.train(none, still), await engine.train(held, still)];
    expect(withIt.kl).toBeLessThan(1e-9);
    expect(withIt.loss).toBeCloseTo(without.loss, 6);
    expect(withIt.gradNorm / without.gradNorm).toBeCloseTo(1, 3);
    expect(withIt.clippedShare).toBe(clipRatio && 0);
  }
});

test("only what is asked for is scored, with the same numbers", async () => {
  await engine.create(config, init, 15);
  const whole = await engine.score(sequences);
  const from = sequences.map((_, i) => i % 9);
  const part = await engine.score(sequences, from);
  for (const [i, values] of part.entries()) {
    expect([...values.subarray(0, from[i])].every((value) => value === 0)).toBe(true);
    for (let t = Math.max(1, from[i]!); t < values.length; t++)
      expect(values[t]).toBeCloseTo(whole[i]![t]!, 5);
  }
});

test("the user's mistakes are named", async () => {
  await engine.create(config, init, 9);
  await expect(engine.score([[1, 61]])).rejects.toThrow("sequence 0 has token 61; the vocabulary is 0 to 60");
  await expect(engine.generate([{ ...requests[0]!, prompt: [] }])).rejects.toThrow(/prompt is empty/);
  await expect(engine.load(join(folder, "nowhere"))).rejects.toThrow(/not a model folder/);
  const before = await engine.score(sequences);
  await writeFile(join(folder, "model.safetensors"), "short");
  await expect(engine.load(folder)).rejects.toThrow(/not a whole safetensors file/);
  // A model that could not be read leaves the one that is there.
  expect(await engine.score(sequences)).toEqual(before);
  await expect(engine.train(batch, { ...step, lr: Number.NaN })).rejects.toThrow(
    /lr is NaN; expected a number/,
  );
  await expect(startEngine({ threads: 1, lanes: 0 })).rejects.toThrow(/lanes is 0/);
});
