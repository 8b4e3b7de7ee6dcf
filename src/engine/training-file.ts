/**
 * The whole state of training as one file, a safetensors file: what is trained and both moments, flat, in the order
 * of the parameters, with the configuration and the step number in its metadata.
 *
 * Of an adapter the file holds the factors only, and a fingerprint of the weights they belong to. What the file says is
 * checked field by field; one that is not known is refused, since it may be of a later version and decide something.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { boundary, UsageError } from "../base/errors.ts";
import type { TrainingState } from "./adamw.ts";
import { checkConfig, type ModelConfig } from "./config.ts";
import { adapterTargets, checkLora, type LoraSettings, trainedParameters } from "./lora.ts";
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

const size = z.int32().positive();
const token = z.int().nonnegative();
const factor = z.number().min(1);
const configSchema: z.ZodType<ModelConfig> = z.strictObject({
  architecture: z.enum(["qwen2", "qwen3", "llama"]),
  vocabSize: size,
  hiddenSize: size,
  intermediateSize: size,
  numHiddenLayers: size,
  numAttentionHeads: size,
  numKeyValueHeads: size,
  headDim: size,
  maxPositionEmbeddings: size,
  ropeTheta: z.number().positive(),
  ropeScaling: z.exactOptional(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("linear"), factor }),
      z.strictObject({ type: z.literal("dynamic"), factor }),
      z.strictObject({
        type: z.literal("llama3"),
        factor,
        lowFreqFactor: z.number().positive(),
        highFreqFactor: z.number().positive(),
        originalMaxPositionEmbeddings: z.number().min(1),
      }),
    ]),
  ),
  rmsNormEps: z.number().positive(),
  tieWordEmbeddings: z.boolean(),
  bosTokenId: z.exactOptional(token),
  eosTokenIds: z.exactOptional(z.array(token)),
  padTokenId: z.exactOptional(token),
});

const headerSchema: z.ZodType<TrainingHeader> = z.strictObject({
  config: configSchema,
  steps: z.int().nonnegative(),
  adapter: z.exactOptional(
    z.strictObject({
      lora: z.strictObject({
        rank: size,
        alpha: z.number().positive(),
        targets: z.array(z.enum(adapterTargets)),
      }),
      base: z.string(),
    }),
  ),
});

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
  const found = parseJson(text);
  const { error } = headerSchema.safeParse(found);
  if (error !== undefined) {
    const { path: key, message } = error.issues[0]!;
    throw new UsageError(
      `${path}: not a training state of this version: "${["training", ...key].join(".")}": ${message}`,
    );
  }
  // Not the schema's copy: configurations are compared as text, so their keys keep their order.
  const header = found as TrainingHeader;
  checkConfig(header.config, path);
  if (header.adapter !== undefined) checkLora(header.adapter.lora, path);
  return header;
}

/** Text that is not JSON is `undefined`, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fingerprints of weights that are never written again. */
const ofFrozen = new WeakMap<Float32Array, string>();

/** Tells one set of weights from another; of `frozen` ones, as below an adapter, it is worked out once. */
export function fingerprint(weights: Float32Array, frozen = false): string {
  const known = frozen ? ofFrozen.get(weights) : undefined;
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  const PIECE = 1 << 24;
  // A copy out of shared memory, piece by piece: the hash does not read it.
  for (let from = 0; from < weights.length; from += PIECE) {
    hash.update(new Uint8Array(new Float32Array(weights.subarray(from, from + PIECE)).buffer));
  }
  const found = hash.digest("hex").slice(0, 32);
  if (frozen) ofFrozen.set(weights, found);
  return found;
}
