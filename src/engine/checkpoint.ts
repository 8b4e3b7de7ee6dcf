/**
 * Models as Hugging Face folders, which is what transformers loads: config.json, generation_config.json and the
 * weights, in one safetensors file or in shards. A path that ends in .gguf is read too (gguf/), never written.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import type { SaveFormat } from "./client.ts";
import { type ModelConfig, parseConfig, parseEndTokens, showConfig, showGenerationConfig } from "./config.ts";
import { isGguf, readGgufConfig, readGgufWeights } from "./gguf/read.ts";
import { type Parameter, parametersOf } from "./parameters.ts";
import { type FolderWeights, openFolder, type PlacedTensor, writeFolder } from "./shards.ts";

/** Larger models are split into files of at most this size, as in transformers. */
const SHARD_BYTES = 5_000_000_000;

/** Reads the configuration of a folder or a .gguf file. */
export async function readConfig(path: string): Promise<ModelConfig> {
  if (isGguf(path)) return readGgufConfig(path);
  const file = join(path, "config.json");
  return boundary("engine: loading a model", async () => {
    if (!existsSync(file)) throw new UsageError(`${path}: not a model folder (it has no config.json)`);
    const config = parseConfig(await readJson(file), file);
    // Chat models name all tokens that end a turn here, and only one of them in config.json.
    const generation = join(path, "generation_config.json");
    const stops = existsSync(generation)
      ? parseEndTokens(objectOf(await readJson(generation)), generation)
      : [];
    return stops.length === 0 ? config : { ...config, eosTokenIds: stops };
  });
}

/** Reads the weights of a folder or a .gguf file into `target`, laid out as `parametersOf(config)`. */
export async function readWeights(path: string, config: ModelConfig, target: Float32Array): Promise<void> {
  await boundary("engine: loading a model", () =>
    isGguf(path) ? readGgufWeights(path, config, target) : readFolder(path, config, target),
  );
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

async function readFolder(folder: string, config: ModelConfig, target: Float32Array): Promise<void> {
  await using weights = await openFolder(folder);
  const places = placesOf(weights, config);
  for (const { name, offset, size } of parametersOf(config)) {
    const { tensor, file } = places.get(name)!;
    await file.read(tensor, target.subarray(offset, offset + size));
  }
}

/**
 * Where each weight of the model lies, by its name, before a number of it is read.
 * @throws UsageError for a weight that is missing or of another shape, and for a tensor that has no place.
 */
export function placesOf(weights: FolderWeights, config: ModelConfig): ReadonlyMap<string, PlacedTensor> {
  const parameters = parametersOf(config);
  const known = new Set(parameters.map(({ name }) => name));
  for (const [name, { tensor, file }] of weights.tensors) {
    // A tied checkpoint may store the shared matrix twice.
    const spare = config.tieWordEmbeddings && name === "lm_head.weight";
    // Older Llama files carry the rotary frequencies, which config.json gives.
    const derived = name.endsWith(".rotary_emb.inv_freq");
    if (!known.has(name) && !spare && !derived)
      throw new UsageError(`${file.path}: "${name}" (${tensor.dtype}) has no place in this model`);
  }
  for (const { name, shape } of parameters) {
    const place = weights.tensors.get(name);
    if (place === undefined) throw new UsageError(`${weights.path}: "${name}" is missing`);
    const stored = place.tensor.shape;
    if (stored.join() !== shape.join()) {
      throw new UsageError(
        `${place.file.path}: "${name}" is [${stored.join(", ")}]; config.json makes it [${shape.join(", ")}]`,
      );
    }
  }
  return weights.tensors;
}

/**
 * Writes a model as a Hugging Face folder. config.json goes first and comes back last: a save that is cut off leaves a
 * folder that is no model, never the weights of one under the configuration of another.
 */
export async function writeModel(
  folder: string,
  config: ModelConfig,
  weights: Float32Array,
  { dtype = "F32", shardBytes = SHARD_BYTES }: SaveFormat = {},
): Promise<void> {
  await boundary("engine: saving a model", async () => {
    await rm(join(folder, "config.json"), { force: true });
    await writeJson(join(folder, "generation_config.json"), showGenerationConfig(config));
    const tensors = parametersOf(config).map(({ name, shape, offset, size }: Parameter) => ({
      name,
      shape,
      data: weights.subarray(offset, offset + size),
    }));
    await writeFolder(folder, tensors, dtype, shardBytes);
    await writeJson(join(folder, "config.json"), showConfig(config, dtype));
  });
}
