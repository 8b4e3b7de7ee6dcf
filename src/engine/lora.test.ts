/** Adapters as the engine's users see them: they learn, resume, merge, and travel in PEFT's layout. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readJson, writeJson } from "../base/files.ts";
import { type Engine, type OptimizerStep, startEngine } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { adapterTargets, type LoraSettings } from "./lora.ts";

const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 53,
  hiddenSize: 32,
  intermediateSize: 48,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
  numKeyValueHeads: 2,
  headDim: 8,
  maxPositionEmbeddings: 128,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const lora: LoraSettings = { rank: 4, alpha: 8, targets: ["q_proj", "v_proj", "down_proj"] };
const init = { embeddingStd: 0.3, outputScale: 0.5 };
const step: OptimizerStep = { lr: 1e-2, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 1 };
const sequences = Array.from({ length: 12 }, (_, r) =>
  Array.from({ length: 9 + (r % 5) }, (_, i) => (i * 3 + r * 5) % 53),
);
const batch = sequences.map((tokens) => ({ tokens, weights: tokens.map(() => 1 / 130) }));

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await startEngine({ threads: 2 });
  folder = await mkdtemp(join(tmpdir(), "lora-"));
  for (const name of ["base", "merged", "adapter"]) await mkdir(join(folder, name));
  await engine.create(config, init, 1);
  await engine.save(join(folder, "base"));
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function trained(steps: number): Promise<number[]> {
  await engine.load(join(folder, "base"));
  await engine.adapt(lora, 7);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await engine.train(batch, step)).loss);
  return losses;
}

test("a fresh adapter changes nothing, and training it lowers the loss by its few parameters alone", async () => {
  await engine.load(join(folder, "base"));
  const before = await engine.score(sequences);
  await engine.adapt(lora, 7);
  expect(await engine.score(sequences)).toEqual(before);
  const { trained: count } = await engine.stats();
  // rank · (in + out) of each matrix: q 32 → 32, v 32 → 16, down 48 → 32, in two layers.
  expect(count).toBe(2 * 4 * (64 + 48 + 80));
  const losses = await trained(25);
  expect(losses.at(-1)!).toBeLessThan(0.8 * losses[0]!);
});

test("merged on export and kept apart, an adapter gives the scores it was trained to", async () => {
  await trained(6);
  const scores = await engine.score(sequences);
  await engine.save(join(folder, "merged"));
  await engine.saveAdapter(join(folder, "adapter"), "base");
  await engine.load(join(folder, "merged"));
  expect(await engine.score(sequences)).toEqual(scores);
  await engine.load(join(folder, "base"));
  expect(await engine.loadAdapter(join(folder, "adapter"))).toEqual(lora);
  expect(await engine.score(sequences)).toEqual(scores);
});

test("an adapter's training resumes bit for bit, and only on the weights it belongs to", async () => {
  await trained(2);
  await engine.saveTraining(join(folder, "middle"));
  await engine.train(batch, step);
  await engine.saveTraining(join(folder, "through"));
  await engine.load(join(folder, "base"));
  await engine.loadTraining(join(folder, "middle"));
  await engine.train(batch, step);
  await engine.saveTraining(join(folder, "resumed"));
  const [through, resumed] = await Promise.all(
    ["through", "resumed"].map((name) => readFile(join(folder, name))),
  );
  expect(resumed!.equals(through!)).toBe(true);
  await engine.create(config, init, 2);
  await expect(engine.loadTraining(join(folder, "middle"))).rejects.toThrow(/an adapter of other weights/);
});

test("the gradient of an adapter is that of the merged matrix, carried to its factors", async () => {
  // From B = 0 the first step moves A by nothing and B by s · (dL/dW) · Aᵀ; with SGD-like settings (a huge eps) the
  // update of the merged matrix then has to lower the loss as much as its gradient says.
  await engine.load(join(folder, "base"));
  await engine.adapt({ rank: 32, alpha: 32, targets: [...adapterTargets] }, 3);
  const plain = { ...step, lr: 1e4, eps: 1e8, clipNorm: 0 };
  const first = await engine.train(batch, plain);
  const second = await engine.train(batch, { ...plain, lr: 0 });
  // AdamW with a huge eps moves by lr / eps · gradient, so the loss falls by that times the squared norm.
  const expected = (1e4 / 1e8) * first.gradNorm ** 2;
  expect((first.loss - second.loss) / expected).toBeCloseTo(1, 1);
});

test("an adapter that names its matrices by their whole paths is read as PEFT reads it", async () => {
  const file = join(folder, "adapter", "adapter_config.json");
  const good = (await readJson(file)) as object;
  const paths = [0, 1].flatMap((layer) => lora.targets.map((name) => `model.layers.${layer}.any.${name}`));
  await writeJson(file, { ...good, target_modules: paths });
  await engine.load(join(folder, "base"));
  expect(await engine.loadAdapter(join(folder, "adapter"))).toEqual(lora);
  await writeJson(file, good);
});

test("settings and files that are no adapter of this model are named", async () => {
  await engine.load(join(folder, "base"));
  await expect(engine.adapt({ ...lora, rank: 0 }, 1)).rejects.toThrow(/rank of an adapter is 0/);
  const unknown = { ...lora, targets: ["gate" as "q_proj"] };
  await expect(engine.adapt(unknown, 1)).rejects.toThrow(/targets "gate"; expected some of q_proj/);
  const file = join(folder, "adapter", "adapter_config.json");
  const good = (await readJson(file)) as object;
  await writeJson(file, { ...good, use_dora: true });
  await expect(engine.loadAdapter(join(folder, "adapter"))).rejects.toThrow(
    /"use_dora" is true; expected false/,
  );
  await writeJson(file, { ...good, r: 5 });
  await expect(engine.loadAdapter(join(folder, "adapter"))).rejects.toThrow(
    /lora_A.weight" is \[4, 32\]; expected \[5, 32\]/,
  );
});
