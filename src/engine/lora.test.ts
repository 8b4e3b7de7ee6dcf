/** Adapters as the engine's users see them: they learn, resume, merge, and travel in PEFT's layout. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readJson, writeJson } from "../base/files.ts";
import { type Engine, type OptimizerStep, startEngine } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { adapterTargets, type LoraSettings } from "./lora.ts";
import { writeSafetensors } from "./safetensors-write.ts";
import { fingerprint } from "./training-file.ts";

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
  await writeJson(file, good);
});

/** What PEFT 0.21 writes for a plain adapter, but for the three keys that are read. */
const PLAIN = {
  ...Object.fromEntries(
    `task_type auto_mapping base_model_name_or_path revision exclude_modules modules_to_save layers_to_transform
    layers_pattern megatron_config trainable_token_indices eva_config corda_config lora_ga_config velora_config
    alora_invocation_tokens monteclora_config layer_replication target_parameters use_bdlora arrow_config kasa_config`
      .split(/\s+/)
      .map((key) => [key, null]),
  ),
  ...Object.fromEntries(
    "inference_mode fan_in_fan_out use_rslora use_dora use_qalora lora_bias ensure_weight_tying"
      .split(" ")
      .map((key) => [key, false]),
  ),
  peft_type: "LORA",
  peft_version: "0.21.2",
  lora_dropout: 0.1,
  bias: "none",
  init_lora_weights: true,
  rank_pattern: {},
  alpha_pattern: {},
  loftq_config: {},
  megatron_core: "megatron.core",
  qalora_group_size: 16,
};

test("of PEFT's adapters the plain ones are read, and those of other arithmetic are refused by name", async () => {
  const file = join(folder, "adapter", "adapter_config.json");
  const good = (await readJson(file)) as object;
  const { r, lora_alpha, target_modules } = good as Readonly<Record<string, unknown>>;
  const load = async (content: unknown): Promise<LoraSettings> => {
    await writeJson(file, content);
    await engine.load(join(folder, "base"));
    return engine.loadAdapter(join(folder, "adapter"));
  };
  const plain = { ...PLAIN, r, lora_alpha, target_modules };
  for (const start of [true, false, "gaussian", "eva"])
    expect(await load({ ...plain, init_lora_weights: start })).toEqual(lora);
  for (const start of ["pissa", "pissa_niter_4", "olora", "corda", "loftq", "lora_ga", "mica"])
    await expect(load({ ...plain, init_lora_weights: start })).rejects.toThrow(
      `"init_lora_weights" is "${start}"; expected true or false`,
    );
  for (const key of [
    "use_qalora",
    "use_bdlora",
    "kasa_config",
    "velora_config",
    "arrow_config",
    "loftq_config",
  ])
    await expect(load({ ...plain, [key]: { a: 1 } })).rejects.toThrow(`"${key}" is {"a":1}; expected`);
  await expect(load({ ...plain, toString: 1 })).rejects.toThrow(
    '"toString" is not a key this engine can honour',
  );
  for (const content of [null, [], "x"])
    await expect(load(content)).rejects.toThrow("adapter_config.json: a JSON object was expected");
  await writeJson(file, good);
});

test("a training file that says something else than a state is refused by its name and the key", async () => {
  const file = join(folder, "hostile");
  const load = async (text: string): Promise<void> => {
    await writeSafetensors(file, [], { training: text });
    await engine.loadTraining(file);
  };
  const llama3 = { type: "llama3", factor: 8, lowFreqFactor: 1, highFreqFactor: 4 };
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /hostile: not a training state of this version: "training": .*null/],
    [[], /"training": /],
    [{}, /"training.config": /],
    [{ adapter: {} }, /"training.config": /],
    [{ config, steps: 0, adapter: {} }, /"training.adapter.lora": /],
    [{ config, steps: 0, adapter: { lora, base: 7 } }, /"training.adapter.base": /],
    [{ config, steps: 0, adapter: { lora: { ...lora, targets: "q_proj" }, base: "" } }, /lora.targets": /],
    [{ config, steps: 0, adapter: { lora: { ...lora, targets: [] }, base: "" } }, /names no target/],
    [{ config, steps: -1 }, /"training.steps": /],
    [{ config, steps: 0, more: 1 }, /"training": .*more/],
    [{ config: { ...config, vocabSize: "53" }, steps: 0 }, /"training.config.vocabSize": /],
    [{ config: { ...config, hiddenSize: 2 ** 40 }, steps: 0 }, /"training.config.hiddenSize": /],
    [{ config: { ...config, architecture: "gpt2" }, steps: 0 }, /"training.config.architecture": /],
    [{ config: { ...config, eosTokenIds: 3 }, steps: 0 }, /"training.config.eosTokenIds": /],
    [{ config: { ...config, ropeScaling: null }, steps: 0 }, /"training.config.ropeScaling/],
    [{ config: { ...config, ropeScaling: { type: "yarn" } }, steps: 0 }, /"training.config.ropeScaling/],
    [
      { config: { ...config, ropeScaling: llama3 }, steps: 0 },
      /ropeScaling.originalMaxPositionEmbeddings": /,
    ],
    [{ config: { ...config, numKeyValueHeads: 3 }, steps: 0 }, /4 attention heads cannot share 3/],
    [{ config, steps: 0 }, /hostile: "weights" has to hold/],
  ];
  for (const [header, reason] of wrong) await expect(load(JSON.stringify(header))).rejects.toThrow(reason);
  await expect(load("{")).rejects.toThrow(/hostile: not a training state of this version: "training": /);
});

test("a training file is of the loaded weights in whatever order their configuration's keys are", async () => {
  const turned = Object.fromEntries(Object.entries(config).reverse()) as unknown as ModelConfig;
  await engine.create(turned, init, 1);
  await engine.adapt(lora, 7);
  await engine.saveTraining(join(folder, "turned"));
  await engine.loadTraining(join(folder, "turned"));
});

test("a fingerprint is kept of frozen weights alone", () => {
  const [array, frozen] = [Float32Array.of(1, 2), Float32Array.of(1, 2)];
  const before = fingerprint(array);
  expect(fingerprint(frozen, true)).toBe(before);
  array[0] = 3;
  frozen[0] = 3;
  expect(fingerprint(array)).not.toBe(before);
  expect(fingerprint(frozen, true)).toBe(before);
});
