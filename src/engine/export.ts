/**
 * A model from one form to another: a Hugging Face folder or a GGUF file becomes either.
 *
 * Towards GGUF one weight is in memory at a time; towards a folder all of them are, as float32.
 */
import { UsageError } from "../base/errors.ts";
import { readConfig, readWeights, type WriteSettings, writeModel } from "./checkpoint.ts";
import { openGgufModel } from "./gguf/read.ts";
import { type GgufResult, type GgufSettings, writeGguf } from "./gguf/write.ts";
import { type Parameter, parameterCount, parametersOf } from "./parameters.ts";
import { openFolder } from "./shards.ts";

/** Writes the model of a folder or a .gguf file as one GGUF file. */
export async function exportGguf(from: string, to: string, settings: GgufSettings): Promise<GgufResult> {
  if (from.toLowerCase().endsWith(".gguf")) {
    await using model = await openGgufModel(from);
    return await writeGguf(to, model.config, model.readWeight, settings);
  }
  const config = await readConfig(from);
  await using weights = await openFolder(from);
  const placeOf = ({ name, shape }: Parameter) => {
    const place = weights.tensors.get(name);
    if (place === undefined) throw new UsageError(`${weights.path}: "${name}" is missing`);
    if (place.tensor.shape.join() !== shape.join())
      throw new UsageError(
        `${place.file.path}: "${name}" is [${place.tensor.shape.join(", ")}]; config.json makes it [${shape.join(", ")}]`,
      );
    return place;
  };
  // All shapes before the first byte is written.
  for (const parameter of parametersOf(config)) placeOf(parameter);
  const readWeight = async (parameter: Parameter, target: Float32Array): Promise<void> => {
    const { tensor, file } = placeOf(parameter);
    await file.read(tensor, target);
  };
  return await writeGguf(to, config, readWeight, settings);
}

/** Writes the model of a folder or a .gguf file as a Hugging Face folder. */
export async function exportFolder(from: string, to: string, settings: WriteSettings): Promise<void> {
  const config = await readConfig(from);
  const weights = new Float32Array(parameterCount(parametersOf(config)));
  await readWeights(from, config, weights);
  await writeModel(to, config, weights, settings);
}
