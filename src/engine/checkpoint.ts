/**
 * Models as Hugging Face folders, and the whole state of training as one file.
 *
 * A folder holds config.json, generation_config.json and model.safetensors (float32) and is what transformers
 * loads. A training file is a safetensors file too: weights and both moments, flat, in the order of the
 * parameters, with the configuration and the step number in its metadata.
 */
import { join } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import type { TrainingState } from "./adamw.ts";
import { checkConfig, type ModelConfig, parseConfig, showConfig, showGenerationConfig } from "./config.ts";
import { type Parameter, parameterCount, parametersOf } from "./parameters.ts";
import { openSafetensors, writeSafetensors } from "./safetensors.ts";

/** Reads a folder's configuration. */
export async function readConfig(folder: string): Promise<ModelConfig> {
  const file = join(folder, "config.json");
  return boundary("engine: loading a model", async () => parseConfig(await readJson(file), file));
}

/** Reads a folder's weights into `target`, laid out as `parametersOf(config)`. */
export async function readWeights(folder: string, config: ModelConfig, target: Float32Array): Promise<void> {
  const path = join(folder, "model.safetensors");
  await boundary("engine: loading a model", async () => {
    await using file = await openSafetensors(path);
    const parameters = parametersOf(config);
    const known = new Set(parameters.map(({ name }) => name));
    for (const name of file.tensors.keys()) {
      // A tied checkpoint may store the shared matrix twice.
      const spare = config.tieWordEmbeddings && name === "lm_head.weight";
      if (!known.has(name) && !spare) throw new UsageError(`${path}: "${name}" has no place in this model`);
    }
    for (const { name, shape, offset, size } of parameters) {
      const stored = file.tensors.get(name);
      if (stored === undefined) throw new UsageError(`${path}: "${name}" is missing`);
      if (stored.shape.join() !== shape.join()) {
        throw new UsageError(
          `${path}: "${name}" is [${stored.shape.join(", ")}]; config.json makes it [${shape.join(", ")}]`,
        );
      }
      // Read into plain memory first: file systems do not fill shared buffers.
      const plain = new Float32Array(size);
      await file.read(stored, plain);
      target.set(plain, offset);
    }
  });
}

/** Writes a model as a Hugging Face folder. */
export async function writeModel(folder: string, config: ModelConfig, weights: Float32Array): Promise<void> {
  await boundary("engine: saving a model", async () => {
    await writeJson(join(folder, "config.json"), showConfig(config));
    await writeJson(join(folder, "generation_config.json"), showGenerationConfig(config));
    const tensors = parametersOf(config).map(({ name, shape, offset, size }: Parameter) => ({
      name,
      shape,
      data: weights.subarray(offset, offset + size),
    }));
    await writeSafetensors(join(folder, "model.safetensors"), tensors, { format: "pt" });
  });
}

/** What a training file says before its numbers are read. */
export interface TrainingHeader {
  readonly config: ModelConfig;
  readonly steps: number;
}

const STATE = ["weights", "mean", "variance"] as const;

/** Writes the whole state of training. */
export async function writeTraining(
  path: string,
  header: TrainingHeader,
  state: TrainingState,
): Promise<void> {
  await boundary("engine: saving the training state", () =>
    writeSafetensors(
      path,
      STATE.map((name) => ({ name, shape: [state[name].length], data: state[name] })),
      { training: JSON.stringify(header) },
    ),
  );
}

/** Reads a training file; `allocate` gives the arrays to fill once the header is known to be right. */
export async function readTraining(
  path: string,
  allocate: (header: TrainingHeader) => Promise<TrainingState>,
): Promise<TrainingHeader> {
  return boundary("engine: loading the training state", async () => {
    await using file = await openSafetensors(path);
    const header = trainingHeader(file.metadata["training"], path);
    const count = parameterCount(parametersOf(header.config));
    for (const name of STATE) {
      if (file.tensors.get(name)?.shape.join() !== String(count)) {
        throw new UsageError(`${path}: "${name}" has to hold ${count} numbers, as its configuration says`);
      }
    }
    const state = await allocate(header);
    for (const name of STATE) {
      const plain = new Float32Array(count);
      await file.read(file.tensors.get(name)!, plain);
      state[name].set(plain);
    }
    return header;
  });
}

function trainingHeader(text: string | undefined, path: string): TrainingHeader {
  if (text === undefined) throw new UsageError(`${path}: not a training state (model weights only?)`);
  const { config, steps } = JSON.parse(text) as TrainingHeader;
  if (!Number.isSafeInteger(steps) || steps < 0) throw new UsageError(`${path}: its step number is ${steps}`);
  return { config: checkConfig(config, path), steps };
}
