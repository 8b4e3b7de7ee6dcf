/**
 * The weights of a Hugging Face folder as one set of tensors: model.safetensors, or the shards that
 * model.safetensors.index.json lists.
 *
 * The index is checked as a whole before a number is read: its shards are files of this very folder, each tensor is
 * in the shard it names, and no shard holds one that it leaves out. `total_size` is not believed, since published
 * files disagree on what it counts.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import { openSafetensors, type SafetensorsFile, type StoredTensor } from "./safetensors.ts";
import { type NamedArray, type WrittenType, writeSafetensors, writtenBytes } from "./safetensors-write.ts";

const SINGLE = "model.safetensors";
/** The file that says which shard each tensor is in. */
export const weightsIndex = "model.safetensors.index.json";

/** Both, the shards, and what a save that was cut off left of them. */
const WEIGHTS = /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?(\.part)?$/u;

/** A tensor and the file it lies in. */
export interface PlacedTensor {
  readonly tensor: StoredTensor;
  readonly file: SafetensorsFile;
}

/** All tensors of a folder; `path` is what an error about the whole names. */
export interface FolderWeights extends AsyncDisposable {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, PlacedTensor>;
}

/** Opens the weights of a folder. A single file comes before an index, as in transformers. */
export async function openFolder(folder: string): Promise<FolderWeights> {
  const [single, index] = [join(folder, SINGLE), join(folder, weightsIndex)];
  const files: SafetensorsFile[] = [];
  const dispose = async (): Promise<void> => {
    for (const file of files) await file[Symbol.asyncDispose]();
  };
  try {
    if (existsSync(single)) {
      const file = await openSafetensors(single);
      files.push(file);
      const tensors = new Map([...file.tensors].map(([name, tensor]) => [name, { tensor, file }]));
      return { path: single, tensors, [Symbol.asyncDispose]: dispose };
    }
    if (!existsSync(index)) throw noWeights(folder);
    const places = await readIndex(index);
    const opened = new Map<string, SafetensorsFile>();
    for (const shard of new Set(places.values())) {
      const path = join(folder, shard);
      if (!existsSync(path)) throw new UsageError(`${path}: missing; ${weightsIndex} lists it`);
      const file = await openSafetensors(path);
      files.push(file);
      opened.set(shard, file);
      for (const name of file.tensors.keys()) {
        if (places.get(name) !== shard)
          throw new UsageError(`${path}: holds "${name}", which ${weightsIndex} does not place there`);
      }
    }
    const tensors = new Map(
      [...places].map(([name, shard]) => {
        const file = opened.get(shard)!;
        const tensor = file.tensors.get(name);
        if (tensor === undefined)
          throw new UsageError(`${file.path}: "${name}" is missing; ${weightsIndex} places it there`);
        return [name, { tensor, file }] as const;
      }),
    );
    return { path: index, tensors, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function noWeights(folder: string): UsageError {
  const pickled = existsSync(join(folder, "pytorch_model.bin")) ? " (pytorch_model.bin is not read)" : "";
  return new UsageError(`${folder}: has neither ${SINGLE} nor ${weightsIndex}${pickled}`);
}

/** The shard of each tensor, by an index whose shards are all files of its own folder. */
export async function readIndex(path: string): Promise<ReadonlyMap<string, string>> {
  const value = await readJson(path);
  const isObject = (item: unknown): item is object =>
    typeof item === "object" && item !== null && !Array.isArray(item);
  const places = isObject(value) && "weight_map" in value ? value.weight_map : undefined;
  if (!isObject(places) || Object.keys(places).length === 0)
    throw new UsageError(`${path}: "weight_map" has to map each tensor to its file`);
  return new Map(
    Object.entries(places).map(([name, shard]) => {
      if (typeof shard !== "string" || !/^[^/\\\0]+\.safetensors$/u.test(shard) || shard.includes("..")) {
        throw new UsageError(
          `${path}: "${name}" is in ${JSON.stringify(shard)}; expected a .safetensors file of the same folder`,
        );
      }
      return [name, shard];
    }),
  );
}

/**
 * Writes tensors as one file, or as shards of at most `shardBytes` and an index where they are larger than that. All
 * weights of an earlier model are removed first, so that the folder never holds parts of two, and the index comes last.
 */
export async function writeFolder(
  folder: string,
  tensors: readonly NamedArray[],
  dtype: WrittenType,
  shardBytes: number,
): Promise<void> {
  const shards = split(tensors, writtenBytes[dtype], shardBytes);
  const metadata = { format: "pt" };
  const number = (value: number): string => String(value).padStart(5, "0");
  const names =
    shards.length === 1
      ? [SINGLE]
      : shards.map((_, i) => `model-${number(i + 1)}-of-${number(shards.length)}.safetensors`);
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() && WEIGHTS.test(entry.name)) await rm(join(folder, entry.name));
  }
  for (const [i, shard] of shards.entries())
    await writeSafetensors(join(folder, names[i]!), shard, metadata, dtype);
  if (shards.length === 1) return;
  const count = tensors.reduce((sum, { data }) => sum + data.length, 0);
  await writeJson(join(folder, weightsIndex), {
    metadata: { total_size: count * writtenBytes[dtype], total_parameters: count },
    weight_map: Object.fromEntries(
      shards.flatMap((shard, i) => shard.map(({ name }) => [name, names[i]])).sort(),
    ),
  });
}

/** Tensors in their order, each shard as full as it gets; a tensor larger than a shard has one to itself. */
function split(tensors: readonly NamedArray[], width: number, shardBytes: number): readonly NamedArray[][] {
  const shards: NamedArray[][] = [[]];
  let bytes = 0;
  for (const tensor of tensors) {
    const own = tensor.data.length * width;
    if (bytes > 0 && bytes + own > shardBytes) {
      shards.push([]);
      bytes = 0;
    }
    shards.at(-1)!.push(tensor);
    bytes += own;
  }
  return shards;
}
