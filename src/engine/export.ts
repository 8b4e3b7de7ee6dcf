/**
 * A model from one form to another: a Hugging Face folder or a GGUF file becomes either.
 *
 * What is refused on loading is refused here, before anything is written or room is made for a number. Towards GGUF
 * one weight is in memory at a time; towards a folder all of them are, as float32.
 */
import { placesOf, readConfig, writeModel } from "./checkpoint.ts";
import type { SaveFormat } from "./client.ts";
import { type GgufModel, isGguf, openGgufModel } from "./gguf/read.ts";
import { type GgufResult, type GgufSettings, writeGguf } from "./gguf/write.ts";
import { requireMemory } from "./limits.ts";
import { parameterCount, parametersOf } from "./parameters.ts";
import { openFolder } from "./shards.ts";

/** Writes the model of a folder or a .gguf file as one GGUF file. */
export async function exportGguf(from: string, to: string, settings: GgufSettings): Promise<GgufResult> {
  await using model = await openModel(from);
  return await writeGguf(to, model.config, model.readWeight, settings);
}

/** Writes the model of a folder or a .gguf file as a Hugging Face folder. */
export async function exportFolder(from: string, to: string, settings: SaveFormat): Promise<void> {
  await using model = await openModel(from);
  const parameters = parametersOf(model.config);
  requireMemory(model.config, { threads: 1, lanes: 0, memoryBytes: 0 });
  const weights = new Float32Array(parameterCount(parameters));
  for (const parameter of parameters) {
    const { offset, size } = parameter;
    await model.readWeight(parameter, weights.subarray(offset, offset + size));
  }
  await writeModel(to, model.config, weights, settings);
}

/** A model of either form whose tensors are those of its configuration, to be read weight by weight. */
async function openModel(path: string): Promise<Omit<GgufModel, "metadata">> {
  if (isGguf(path)) return openGgufModel(path);
  const config = await readConfig(path);
  const weights = await openFolder(path);
  try {
    const places = placesOf(weights, config);
    return {
      config,
      async readWeight({ name }, target) {
        const { tensor, file } = places.get(name)!;
        await file.read(tensor, target);
      },
      [Symbol.asyncDispose]: () => weights[Symbol.asyncDispose](),
    };
  } catch (error) {
    await weights[Symbol.asyncDispose]();
    throw error;
  }
}
