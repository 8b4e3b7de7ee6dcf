// Models in files: what is written is what is read, for each architecture and type, and what cannot be honoured is
// refused by name.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { seededRandom } from "../../base/random.ts";
import type { ModelConfig } from "../config.ts";
import { parameterCount, parametersOf } from "../parameters.ts";
import type { Entry } from "./entries.ts";
import { modelFile, tinyConfig } from "./fixtures/build.ts";
import { rowOrder } from "./names.ts";
import { readGgufConfig, readGgufWeights } from "./read.ts";
import { type GgufSettings, writeGguf } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "gguf-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "model.gguf");

function randomWeights(config: ModelConfig): Float32Array {
  const random = seededRandom(5, "weights");
  return Float32Array.from({ length: parameterCount(parametersOf(config)) }, () => random.normal());
}

async function write(config: ModelConfig, weights: Float32Array, type: GgufSettings["type"]) {
  return writeGguf(
    path,
    config,
    async ({ offset, size }, target) => target.set(weights.subarray(offset, offset + size)),
    { type, name: "tiny", entries: [] },
  );
}

async function read(): Promise<{ config: ModelConfig; weights: Float32Array }> {
  const config = await readGgufConfig(path);
  // Shared, as the engine's own weights are.
  const weights = new Float32Array(new SharedArrayBuffer(4 * parameterCount(parametersOf(config))));
  await readGgufWeights(path, config, weights);
  return { config, weights };
}

const llama3 = {
  type: "llama3",
  factor: 32,
  lowFreqFactor: 1,
  highFreqFactor: 4,
  originalMaxPositionEmbeddings: 32,
} as const;
const shapes: readonly [string, ModelConfig][] = [
  ["qwen2", tinyConfig("qwen2")],
  ["qwen3", { ...tinyConfig("qwen3"), headDim: 16 }],
  ["llama", tinyConfig("llama")],
  ["llama, llama3 scaling", { ...tinyConfig("llama"), ropeScaling: llama3 }],
  [
    "llama, other llama3 scaling",
    {
      ...tinyConfig("llama"),
      headDim: 32,
      ropeScaling: { ...llama3, lowFreqFactor: 2, highFreqFactor: 16, originalMaxPositionEmbeddings: 500 },
    },
  ],
  ["qwen2, linear scaling", { ...tinyConfig("qwen2"), ropeScaling: { type: "linear", factor: 2.5 } }],
];

test.each(shapes)("%s: float32 comes back to the bit", async (_name, config) => {
  const weights = randomWeights(config);
  expect((await write(config, weights, "F32")).fellBack).toEqual([]);
  const back = await read();
  expect(back.config).toEqual(config);
  expect(Buffer.from(back.weights.buffer).equals(Buffer.from(weights.buffer))).toBe(true);
});

test.each([
  ["F16", 2 ** -11],
  ["BF16", 2 ** -8],
  ["Q8_0", 0.02],
] as const)("%s comes back as near as it is told, norms exactly", async (type, error) => {
  const config = tinyConfig("llama");
  const weights = randomWeights(config);
  const { bytes } = await write(config, weights, type);
  expect(bytes).toBe(statSync(path).size);
  const back = (await read()).weights;
  for (const { role, offset, size } of parametersOf(config))
    for (let i = offset; i < offset + size; i++) {
      const limit = role === "norm" ? 0 : type === "Q8_0" ? error : error * Math.abs(weights[i]!);
      expect(Math.abs(back[i]! - weights[i]!)).toBeLessThanOrEqual(limit);
    }
});

test("rows that blocks of 32 do not divide are F16, and it is said which", async () => {
  const config = { ...tinyConfig("qwen2"), intermediateSize: 48 };
  const { fellBack } = await write(config, randomWeights(config), "Q8_0");
  expect(fellBack).toEqual(["blk.0.ffn_down.weight", "blk.1.ffn_down.weight"]);
  expect((await read()).config).toEqual(config);
});

test("a weight that a type cannot say leaves no file behind", async () => {
  const config = tinyConfig("qwen2");
  const weights = randomWeights(config).fill(1e9);
  rmSync(path, { force: true });
  await expect(write(config, weights, "F16")).rejects.toThrow(UsageError);
  expect(() => statSync(path)).toThrow();
  expect(() => statSync(`${path}.part`)).toThrow();
});

test("rows of Q and K of a Llama are paired as neighbours", () => {
  const config = tinyConfig("llama");
  const named = (part: string) => parametersOf(config).find(({ name }) => name.endsWith(part))!;
  const order = rowOrder(config, named("q_proj.weight"))!;
  expect(Array.from({ length: 16 }, (_, row) => order(row))).toEqual([
    ...[0, 4, 1, 5, 2, 6, 3, 7],
    ...[8, 12, 9, 13, 10, 14, 11, 15],
  ]);
  expect(rowOrder(config, named("v_proj.weight"))).toBeUndefined();
  expect(rowOrder(tinyConfig("qwen2"), named("q_proj.weight"))).toBeUndefined();
});

const u32 = (key: string, value: number): Entry => ({ key, type: "u32", value });
const f32 = (key: string, value: number): Entry => ({ key, type: "f32", value });
const text = (key: string, value: string): Entry => ({ key, type: "text", value });
const refused: readonly [string, readonly Entry[], readonly string[], string][] = [
  [
    "another architecture",
    [text("general.architecture", "gemma3")],
    ["general.architecture"],
    '"general.architecture" is "gemma3"; expected "qwen2", "qwen3" or "llama"',
  ],
  ["an adapter", [text("general.type", "adapter")], [], '"general.type" is "adapter"'],
  ["a part of a model", [u32("split.count", 3)], [], '"split.count" is 3; expected 1'],
  [
    "a sliding window",
    [u32("qwen2.attention.sliding_window", 4096)],
    [],
    '"qwen2.attention.sliding_window" is 4096; expected 0',
  ],
  ["experts", [u32("qwen2.expert_count", 8)], [], '"qwen2.expert_count" is 8; expected 0'],
  [
    "yarn",
    [text("qwen2.rope.scaling.type", "yarn")],
    [],
    '"qwen2.rope.scaling.type" is "yarn"; expected "none" or "linear"',
  ],
  [
    "a key that is not known",
    [f32("qwen2.logit_scale", 2)],
    [],
    '"qwen2.logit_scale" is not a key this engine can honour',
  ],
  [
    "a rotary length of part of a head",
    [u32("qwen2.rope.dimension_count", 4)],
    ["qwen2.rope.dimension_count"],
    '"qwen2.rope.dimension_count" is 4; expected 8',
  ],
  [
    "heads of different sizes",
    [{ key: "qwen2.attention.head_count", type: "i32s", value: [4, 2] }],
    ["qwen2.attention.head_count"],
    '"qwen2.attention.head_count" is a list of 2; expected a positive number, the same in every layer',
  ],
  [
    "no epsilon",
    [],
    ["qwen2.attention.layer_norm_rms_epsilon"],
    '"qwen2.attention.layer_norm_rms_epsilon" is missing',
  ],
  [
    "more blocks than tensors",
    [u32("qwen2.block_count", 2 ** 30)],
    ["qwen2.block_count"],
    '"qwen2.block_count" is 1073741824; expected no more blocks',
  ],
  [
    "one block less",
    [u32("qwen2.block_count", 1)],
    ["qwen2.block_count"],
    '"blk.1.attn_norm.weight" has no place in this model',
  ],
  [
    "another width",
    [u32("qwen2.embedding_length", 64)],
    ["qwen2.embedding_length"],
    '"token_embd.weight" is [32, 7]; its key-values make it [64, 7]',
  ],
  [
    "another vocabulary",
    [u32("qwen2.vocab_size", 8)],
    ["qwen2.vocab_size"],
    '"qwen2.vocab_size" is 8; expected 7',
  ],
];

test.each(refused)("%s is refused", async (_name, extra, without, message) => {
  writeFileSync(path, modelFile(tinyConfig("qwen2"), extra, without));
  await expect(readGgufConfig(path)).rejects.toThrow(message);
  await expect(readGgufConfig(path)).rejects.toThrow(UsageError);
});

test("sizes given for each layer alike, and token ids, are read", async () => {
  const ids = [u32("tokenizer.ggml.bos_token_id", 0), u32("tokenizer.ggml.eos_token_id", 2)];
  const more = [u32("tokenizer.ggml.eot_token_id", 3), u32("tokenizer.ggml.padding_token_id", 99)];
  const heads: Entry = { key: "qwen2.attention.head_count", type: "i32s", value: [4, 4] };
  writeFileSync(
    path,
    modelFile(tinyConfig("qwen2"), [...ids, ...more, heads], ["qwen2.attention.head_count"]),
  );
  expect(await readGgufConfig(path)).toEqual({ ...tinyConfig("qwen2"), bosTokenId: 0, eosTokenIds: [2, 3] });
});

test("scalings that the format cannot say are not written", async () => {
  const dynamic = { ...tinyConfig("llama"), ropeScaling: { type: "dynamic", factor: 2 } } as const;
  await expect(write(dynamic, randomWeights(dynamic), "F32")).rejects.toThrow(
    'rope scaling of type "dynamic"',
  );
  const qwen = { ...tinyConfig("qwen2"), ropeScaling: llama3 };
  await expect(write(qwen, randomWeights(qwen), "F32")).rejects.toThrow(
    'rope scaling of type "llama3" for qwen2',
  );
});
