/**
 * Adapters in PEFT's layout: adapter_config.json and adapter_model.safetensors, with the factors of
 * `model.layers.N…q_proj` named `base_model.model.model.layers.N…q_proj.lora_A.weight` and `.lora_B.weight`.
 *
 * Invariant: a key that makes it another arithmetic than W + (alpha / r) · B · A on the base as it is stored, or that is
 * not known, is a UsageError naming it. That no factor is missing or spare is seen in the tensors.
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

/** Keys that describe, act in training alone, or choose matrices: any value is fine. */
const DESCRIPTIVE = new Set([
  "task_type",
  "auto_mapping",
  "peft_version",
  "base_model_name_or_path",
  "revision",
  "inference_mode",
  "lora_dropout",
  "exclude_modules",
  "layers_pattern",
  "eva_config",
  // Settings of what FIXED keeps off.
  "megatron_core",
  "qalora_group_size",
  "ensure_weight_tying",
]);

/** Keys that would change the arithmetic, with the only values that are honoured. */
const FIXED: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ["peft_type", ["LORA"]],
  ["bias", ["none"]],
  ["fan_in_fan_out", [false]],
  // Every other start (pissa, olora, corda, loftq, …) takes something out of the base or trains by rules of its own.
  ["init_lora_weights", [true, false, "gaussian", "eva", "orthogonal", null]],
  ["use_rslora", [false, null]],
  ["use_dora", [false, null]],
  ["use_qalora", [false, null]],
  ["use_bdlora", [null, false]],
  ["lora_bias", [false, null]],
  ["rank_pattern", [{}, null]],
  ["alpha_pattern", [{}, null]],
  ["loftq_config", [{}, null]],
  ["modules_to_save", [null, []]],
  ["target_parameters", [null, []]],
  ...[
    "layers_to_transform",
    "trainable_token_indices",
    "layer_replication",
    "alora_invocation_tokens",
    "megatron_config",
    "corda_config",
    "lora_ga_config",
    "velora_config",
    "monteclora_config",
    "arrow_config",
    "kasa_config",
  ].map((key): [string, unknown[]] => [key, [null]]),
]);

const schema = z.object({
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
  const raw = await readJson(path);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw new UsageError(`${path}: a JSON object was expected`);
  for (const [key, value] of Object.entries(raw)) {
    const found = JSON.stringify(value);
    const allowed = FIXED.get(key)?.map((item) => JSON.stringify(item));
    if (allowed !== undefined && !allowed.includes(found))
      throw new UsageError(`${path}: "${key}" is ${found}; expected ${allowed.join(" or ")}`);
    if (allowed === undefined && !DESCRIPTIVE.has(key) && !Object.hasOwn(schema.shape, key))
      throw new UsageError(`${path}: "${key}" is not a key this engine can honour`);
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
