/**
 * The whole state of training as one file, a safetensors file: what is trained and both moments, flat, in the order
 * of the parameters, with the configuration and the step number in its metadata.
 *
 * Of an adapter the file holds the factors only, and a fingerprint of the weights they belong to.
 */
import { createHash } from "node:crypto";
import { boundary, UsageError } from "../base/errors.ts";
import type { TrainingState } from "./adamw.ts";
import { checkConfig, type ModelConfig } from "./config.ts";
import { checkLora, type LoraSettings, trainedParameters } from "./lora.ts";
import { parameterCount } from "./parameters.ts";
import { openSafetensors } from "./safetensors.ts";
import { writeSafetensors } from "./safetensors-write.ts";

/** What a training file says before its numbers are read. */
export interface TrainingHeader {
  readonly config: ModelConfig;
  readonly steps: number;
  readonly adapter?: { readonly lora: LoraSettings; readonly base: string };
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
    const count = parameterCount(trainedParameters(header.config, header.adapter?.lora));
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
  const header = JSON.parse(text) as TrainingHeader;
  const { config, steps, adapter } = header;
  if (!Number.isSafeInteger(steps) || steps < 0) throw new UsageError(`${path}: its step number is ${steps}`);
  checkConfig(config, path);
  if (adapter !== undefined) checkLora(adapter.lora, path);
  return header;
}

/** Tells one set of weights from another. */
export function fingerprint(weights: Float32Array): string {
  const hash = createHash("sha256");
  const PIECE = 1 << 24;
  // A copy out of shared memory, piece by piece: the hash does not read it.
  for (let from = 0; from < weights.length; from += PIECE) {
    hash.update(new Uint8Array(new Float32Array(weights.subarray(from, from + PIECE)).buffer));
  }
  return hash.digest("hex").slice(0, 32);
}
