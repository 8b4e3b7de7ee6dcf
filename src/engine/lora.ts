/**
 * Low-rank adapters: W′ = W + (alpha / rank) · B · A on chosen matrices, of which only A and B are trained
 * (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021).
 *
 * Programs run on the merged W′, so sampling and scoring cost what they cost without an adapter, and forward and
 * backward use the same numbers; only the derivative knows the two factors (see ops/adapted.ts). A starts uniform
 * as PyTorch's linear layers do, B at zero: a fresh adapter changes nothing.
 */
import { UsageError } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";
import { type Parameter, parametersOf } from "./parameters.ts";

/** The matrices of a block that an adapter can change, under Hugging Face's names. */
export const adapterTargets = [
  "q_proj",
  "k_proj",
  "v_proj",
  "o_proj",
  "gate_proj",
  "up_proj",
  "down_proj",
] as const;
export type AdapterTarget = (typeof adapterTargets)[number];

/** What an adapter is. */
export interface LoraSettings {
  /** Inner size of the two factors, r. */
  readonly rank: number;
  /** The product is multiplied by alpha / rank. */
  readonly alpha: number;
  readonly targets: readonly AdapterTarget[];
}

/** Refuses settings that make no adapter; `where` starts the error. */
export function checkLora(lora: LoraSettings, where: string): LoraSettings {
  const { rank, alpha, targets } = lora;
  if (!Number.isInteger(rank) || rank < 1)
    throw new UsageError(`${where}: the rank of an adapter is ${rank}; expected an integer of at least 1`);
  if (!(alpha > 0)) throw new UsageError(`${where}: alpha of an adapter is ${alpha}; expected more than 0`);
  const unknown = targets.find((target) => !adapterTargets.includes(target));
  if (unknown !== undefined || targets.length === 0) {
    const found = unknown === undefined ? "names no target" : `targets "${unknown}"`;
    throw new UsageError(`${where}: an adapter ${found}; expected some of ${adapterTargets.join(", ")}`);
  }
  return lora;
}

/** A changed matrix of the model and the two factors of its change. */
export interface AdaptedMatrix {
  readonly matrix: Parameter;
  /** A, [rank, in]. */
  readonly down: Parameter;
  /** B, [out, rank]. */
  readonly up: Parameter;
}

/** The matrices an adapter changes, in storage order; the factors lie one after another in an array of their own. */
export function adaptedMatrices(
  config: ModelConfig,
  { rank, targets }: LoraSettings,
): readonly AdaptedMatrix[] {
  let offset = 0;
  const factor = (name: string, shape: readonly [number, number], role: Parameter["role"]): Parameter => {
    const parameter = { name, shape, offset, size: shape[0] * shape[1], role };
    offset += parameter.size;
    return parameter;
  };
  return parametersOf(config)
    .filter(({ name }) => targets.some((target) => name.endsWith(`.${target}.weight`)))
    .map((matrix) => {
      const [out, inner] = matrix.shape as readonly [number, number];
      const path = matrix.name.replace(/\.weight$/, "");
      return {
        matrix,
        down: factor(`${path}.lora_A.weight`, [rank, inner], "matrix"),
        up: factor(`${path}.lora_B.weight`, [out, rank], "up"),
      };
    });
}

/** What a training step changes: the adapter where there is one, else every weight. */
export function trainedParameters(config: ModelConfig, lora: LoraSettings | undefined): readonly Parameter[] {
  if (lora === undefined) return parametersOf(config);
  return adaptedMatrices(config, lora).flatMap(({ down, up }) => [down, up]);
}
