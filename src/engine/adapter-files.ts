/**
 * Adapters in PEFT's layout: adapter_config.json and adapter_model.safetensors, with the factors of
 * `model.layers.N…q_proj` named `base_model.model.model.layers.N…q_proj.lora_A.weight` and `.lora_B.weight`.
 */
import { join } from "node:path";
import { z } from "zod";
import { boundary, UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import type { ModelConfig } from "./config.ts";
import {
  type AdapterTarget,
  adapterTargets,
  checkLora,
  type LoraSettings,
  trainedParameters,
} from "./lora.ts";
import { parameterCount } from "./parameters.ts";
import { openSafetensors } from "./safetensors.ts";
import { writeSafetensors } from "./safetensors-write.ts";

const CONFIG = "adapter_config.json";
const WEIGHTS = "adapter_model.safetensors";
const PREFIX = "base_model.model.";

/** Writes an adapter; `weights` are laid out as `trainedParameters`. */
export async function writeAdapter(
  folder: string,
  config: ModelConfig,
  lora: LoraSettings,
  weights: Float32Array,
  base: string,
): Promise<void> {
  await boundary("engine: saving an adapter", async () => {
    await writeJson(join(folder, CONFIG), {
      peft_type: "LORA",
      task_type: "CAUSAL_LM",
      base_model_name_or_path: base,
      r: lora.rank,
      lora_alpha: lora.alpha,
      lora_dropout: 0,
      target_modules: lora.targets,
      bias: "none",
      fan_in_fan_out: false,
      inference_mode: true,
    });
    const tensors = trainedParameters(config, lora).map(({ name, shape, offset, size }) => ({
      name: `${PREFIX}${name}`,
      shape,
      data: weights.subarray(offset, offset + size),
    }));
    await writeSafetensors(join(folder, WEIGHTS), tensors, { format: "pt" });
  });
}

/** Keys of an adapter that would change the arithmetic, with the only values that are honoured. */
const FIXED: Readonly<Record<string, readonly unknown[]>> = {
  peft_type: ["LORA"],
  bias: ["none"],
  fan_in_fan_out: [false],
  use_rslora: [false, null],
  use_dora: [false, null],
  rank_pattern: [{}, null],
  alpha_pattern: [{}, null],
  modules_to_save: [null, []],
  layers_to_transform: [null],
  lora_bias: [false, null],
  target_parameters: [null, []],
  trainable_token_indices: [null],
  layer_replication: [null],
  alora_invocation_tokens: [null],
};

const schema = z.looseObject({
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  target_modules: z.union([z.array(z.string()), z.literal("all-linear")]),
});

/** Reads an adapter for a model of this shape; the factors are laid out as `trainedParameters`. */
export async function readAdapter(
  folder: string,
  config: ModelConfig,
): Promise<{ readonly lora: LoraSettings; readonly weights: Float32Array }> {
  return boundary("engine: loading an adapter", async () => {
    const lora = await readSettings(join(folder, CONFIG));
    const path = join(folder, WEIGHTS);
    await using file = await openSafetensors(path);
    const parameters = trainedParameters(config, lora);
    const weights = new Float32Array(parameterCount(parameters));
    for (const { name, shape, offset, size } of parameters) {
      const stored = file.tensors.get(`${PREFIX}${name}`);
      if (stored?.shape.join() !== shape.join()) {
        const found = stored === undefined ? "is missing" : `is [${stored.shape.join(", ")}]`;
        throw new UsageError(`${path}: "${PREFIX}${name}" ${found}; expected [${shape.join(", ")}]`);
      }
      await file.read(stored, weights.subarray(offset, offset + size));
    }
    if (file.tensors.size !== parameters.length) {
      throw new UsageError(
        `${path}: ${file.tensors.size} tensors; ${parameters.length} have a place in this model`,
      );
    }
    return { lora, weights };
  });
}

async function readSettings(path: string): Promise<LoraSettings> {
  const raw = (await readJson(path)) as Readonly<Record<string, unknown>>;
  for (const [key, allowed] of Object.entries(FIXED)) {
    const value = JSON.stringify(raw[key] ?? null);
    if (key in raw && !allowed.some((item) => JSON.stringify(item) === value)) {
      throw new UsageError(`${path}: "${key}" is ${value}; expected ${JSON.stringify(allowed[0])}`);
    }
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const { path: key, message } = parsed.error.issues[0]!;
    throw new UsageError(`${path}: "${key.join(".")}": ${message}`);
  }
  const { r: rank, lora_alpha: alpha, target_modules: named } = parsed.data;
  // PEFT also writes whole paths, one for each layer; that every layer has its factors is seen in the tensors.
  const endings = named === "all-linear" ? adapterTargets : named.map((name) => name.split(".").at(-1)!);
  const targets = [...new Set(endings)] as AdapterTarget[];
  return checkLora({ rank, alpha, targets }, path);
}
