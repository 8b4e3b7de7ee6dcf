/** Folders as transformers writes them: one file or shards, and each way in which an index can be wrong. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { readConfig, readWeights, writeModel } from "./checkpoint.ts";
import type { SaveFormat } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { parameterCount, parametersOf } from "./parameters.ts";
import { writeSafetensors } from "./safetensors-write.ts";

const config: ModelConfig = {
  architecture: "llama",
  vocabSize: 20,
  hiddenSize: 8,
  intermediateSize: 12,
  numHiddenLayers: 2,
  numAttentionHeads: 2,
  numKeyValueHeads: 1,
  headDim: 4,
  maxPositionEmbeddings: 64,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const count = parameterCount(parametersOf(config));
const random = seededRandom(3, "checkpoint");
const weights = new Float32Array(new SharedArrayBuffer(4 * count)).map(() => random.normal());

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "checkpoint-"));
});
afterAll(() => rm(root, { recursive: true }));

let folders = 0;
async function written(settings?: SaveFormat): Promise<string> {
  const folder = join(root, `model${folders++}`);
  await mkdir(folder);
  await writeModel(folder, config, weights, settings);
  return folder;
}
async function read(folder: string): Promise<Float32Array> {
  const target = new Float32Array(new SharedArrayBuffer(4 * count));
  await readWeights(folder, await readConfig(folder), target);
  return target;
}
const shardsOf = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith(".safetensors"));

test("one file and shards hold the same numbers", async () => {
  const [single, sharded] = [await written(), await written({ shardBytes: 1500 })];
  expect(await shardsOf(single)).toEqual(["model.safetensors"]);
  const shards = await shardsOf(sharded);
  expect(shards[0]).toBe(`model-00001-of-${String(shards.length).padStart(5, "0")}.safetensors`);
  expect(shards).toHaveLength(4);
  expect(await read(single)).toEqual(weights);
  expect(await read(sharded)).toEqual(weights);
  const index = JSON.parse(await readFile(join(sharded, "model.safetensors.index.json"), "utf8"));
  expect(index.metadata.total_size).toBe(4 * count);
  expect(Object.keys(index.weight_map).sort()).toEqual(
    parametersOf(config)
      .map(({ name }) => name)
      .sort(),
  );
});

test("bfloat16 is half the size, says so in config.json, and is near", async () => {
  const folder = await written({ dtype: "BF16", shardBytes: 1000 });
  const raw = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  expect(raw.torch_dtype).toBe("bfloat16");
  const found = await read(folder);
  expect(found.every((value, i) => Math.abs(value - weights[i]!) <= Math.abs(weights[i]!) / 256)).toBe(true);
});

test("a model written over another leaves nothing of it behind", async () => {
  const folder = await written({ shardBytes: 1500 });
  await writeModel(folder, config, weights, { shardBytes: 2500 });
  expect(new Set((await shardsOf(folder)).map((name) => name.slice(15))).size).toBe(1);
  expect(await read(folder)).toEqual(weights);
  await writeModel(folder, config, weights);
  expect((await readdir(folder)).sort()).toEqual([
    "config.json",
    "generation_config.json",
    "model.safetensors",
  ]);
  await writeModel(folder, config, weights, { shardBytes: 1500 });
  expect(await shardsOf(folder)).not.toContain("model.safetensors");
  expect(await read(folder)).toEqual(weights);
});

/** A folder in the place of a file stands for a full disk: the write fails, after whatever came before it. */
const cut: readonly [string, SaveFormat, SaveFormat, string][] = [
  ["shards over a file", {}, { shardBytes: 1500 }, "model-00002-of-00004.safetensors.part"],
  ["the index of shards over a file", {}, { shardBytes: 1500 }, "model.safetensors.index.json.part"],
  ["a file over shards", { shardBytes: 1500 }, {}, "model.safetensors.part"],
  ["a file over a file", {}, {}, "config.json.part"],
];
test.each(cut)("%s, cut off, leave no model and can be saved again", async (_name, before, after, file) => {
  const folder = await written(before);
  await mkdir(join(folder, file));
  const settings: ModelConfig = { ...config, ropeTheta: 5000 };
  const next = weights.map((value) => value + 1);
  await expect(writeModel(folder, settings, next, after)).rejects.toThrow("a file was expected");
  await expect(readConfig(folder)).rejects.toThrow("not a model folder");
  await rm(join(folder, file), { recursive: true });
  await writeModel(folder, settings, next, after);
  expect(await readConfig(folder)).toEqual(settings);
  expect(await read(folder)).toEqual(next);
});

type Index = { weight_map: Record<string, unknown> };
const SHARD = "model-00002-of-";
const WRONG: Readonly<Record<string, readonly [(index: Index) => unknown, RegExp]>> = {
  "no weight map": [() => ({}), /"weight_map" has to map each tensor to its file/],
  "an empty weight map": [() => ({ weight_map: {} }), /"weight_map" has to map/],
  "a list": [() => [], /"weight_map" has to map/],
  "a shard in another folder": [
    ({ weight_map: map }) => ({ weight_map: { ...map, "model.norm.weight": "../model.safetensors" } }),
    /"model.norm.weight" is in "..\/model.safetensors"; expected a .safetensors file of the same folder/,
  ],
  "a shard by an absolute path": [
    ({ weight_map: map }) => ({ weight_map: { ...map, "model.norm.weight": "/etc/a.safetensors" } }),
    /is in "\/etc\/a.safetensors"/,
  ],
  "a shard with backslashes": [
    ({ weight_map: map }) => ({ weight_map: { ...map, "model.norm.weight": "..\\a.safetensors" } }),
    /expected a .safetensors file of the same folder/,
  ],
  "a shard of another kind": [
    ({ weight_map: map }) => ({ weight_map: { ...map, "model.norm.weight": "model.bin" } }),
    /is in "model.bin"/,
  ],
  "a shard that is a number": [({ weight_map: map }) => ({ weight_map: { ...map, a: 7 } }), /"a" is in 7/],
  "a shard that is not there": [
    ({ weight_map: map }) => ({ weight_map: { a: "other.safetensors", ...map } }),
    /other.safetensors: missing; model.safetensors.index.json lists it/,
  ],
  "a tensor that is not in its shard": [
    ({ weight_map: map }) => ({ weight_map: { ...map, extra: Object.values(map)[0] } }),
    /"extra" is missing; model.safetensors.index.json places it there/,
  ],
  "a tensor in another shard than it says": [
    ({ weight_map: map }) => ({
      weight_map: { ...map, "model.embed_tokens.weight": map["model.norm.weight"] },
    }),
    /holds "model.embed_tokens.weight", which model.safetensors.index.json does not place there/,
  ],
};
for (const [name, [change, reason]] of Object.entries(WRONG)) {
  test(`an index with ${name} is refused`, async () => {
    const folder = await written({ shardBytes: 1500 });
    const file = join(folder, "model.safetensors.index.json");
    await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, "utf8")) as Index)));
    await expect(read(folder)).rejects.toThrow(reason);
  });
}

test("a lost shard, a folder without weights and one without config.json are named", async () => {
  const folder = await written({ shardBytes: 1500 });
  const shard = (await shardsOf(folder)).find((name) => name.startsWith(SHARD))!;
  await rm(join(folder, shard));
  await expect(read(folder)).rejects.toThrow(`${shard}: missing`);
  await rm(join(folder, "model.safetensors.index.json"));
  await expect(read(folder)).rejects.toThrow(
    "has neither model.safetensors nor model.safetensors.index.json",
  );
  await writeFile(join(folder, "pytorch_model.bin"), "");
  await expect(read(folder)).rejects.toThrow("(pytorch_model.bin is not read)");
  await expect(readConfig(root)).rejects.toThrow("not a model folder (it has no config.json)");
});

test("spare copies are passed over, and what has no place or the wrong shape is refused by name", async () => {
  const folder = await written();
  const own = parametersOf(config).map(({ name, shape, offset, size }) => ({
    name,
    shape,
    data: weights.subarray(offset, offset + size),
  }));
  const file = join(folder, "model.safetensors");
  const extra = (name: string, length = 2) => ({ name, shape: [length], data: new Float32Array(length) });
  const spare = [extra("model.layers.0.self_attn.rotary_emb.inv_freq"), extra("lm_head.weight")];
  await writeSafetensors(file, [...own, ...spare], {});
  expect(await read(folder)).toEqual(weights);
  await writeSafetensors(file, [...own, extra("model.layers.0.mlp.gate_proj.scales")], {});
  await expect(read(folder)).rejects.toThrow('"model.layers.0.mlp.gate_proj.scales" (F32) has no place');
  await writeSafetensors(file, own.slice(1), {});
  await expect(read(folder)).rejects.toThrow('"model.embed_tokens.weight" is missing');
  await writeSafetensors(file, [...own.slice(0, -1), extra("model.norm.weight", 7)], {});
  await expect(read(folder)).rejects.toThrow('"model.norm.weight" is [7]; config.json makes it [8]');
});

test("all tokens that generation_config.json lets end a turn are kept", async () => {
  const folder = await written();
  const file = join(folder, "generation_config.json");
  await writeFile(file, JSON.stringify({ eos_token_id: [7, 9], temperature: 0.6 }));
  expect((await readConfig(folder)).eosTokenIds).toEqual([7, 9]);
  await writeFile(file, JSON.stringify({ eos_token_id: "x" }));
  await expect(readConfig(folder)).rejects.toThrow('generation_config.json: "eos_token_id" is "x"');
});
