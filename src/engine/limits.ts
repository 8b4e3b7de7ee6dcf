/**
 * How much runs together: from the model's size and the memory that activations may take.
 *
 * An estimate of the largest tensors alive at once, on the safe side; the weights, moments and gradients are not
 * part of it, since nothing here can make them smaller.
 */
import { totalmem } from "node:os";
import { UsageError } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";
import type { GenerateLimits } from "./generate.ts";
import { parameterCount, parametersOf } from "./parameters.ts";

/** Memory for activations and caches when the caller names none: 2 GiB. */
const DEFAULT_MEMORY = 2 * 2 ** 30;
/** Enough rows to fill the kernels, few enough to stay near the processor's caches. */
const LEAST_TOKENS = 1024;
const MOST_TOKENS = 8192;
/** Sequences that one worker decodes together; more do not make a step cheaper per sequence. */
const MOST_SLOTS = 128;
const PREFILL_TOKENS = 2048;
/** Rows are seldom longer than this, and only the scores grow with it. */
const USUAL_ROW = 256;

/** What one worker takes on at a time. */
export interface Limits extends GenerateLimits {
  readonly microTokens: number;
}

/** Limits for `workers` workers that share `memoryBytes`. */
export function limitsFor(config: ModelConfig, workers: number, memoryBytes = DEFAULT_MEMORY): Limits {
  const { hiddenSize: width, intermediateSize: inner, numHiddenLayers: layers } = config;
  const share = memoryBytes / workers;
  // Kept for the backward pass: the residual stream and its norms, projections, SwiGLU's five, two score matrices.
  const kept = layers * (10 * width + 5 * inner + 2 * config.numAttentionHeads * USUAL_ROW);
  const perToken = 4 * (kept + 3 * config.vocabSize);
  // A micro-batch hands out every gradient once; with more weights it has to be worth it.
  const wanted = Math.min(MOST_TOKENS, Math.max(LEAST_TOKENS, parameterCount(parametersOf(config)) / 2000));
  const perSlot =
    8 * layers * config.numKeyValueHeads * config.headDim * 2 * USUAL_ROW + 16 * config.vocabSize;
  return {
    microTokens: Math.max(1, Math.floor(Math.min(wanted, share / perToken))),
    slots: Math.max(2, Math.floor(Math.min(MOST_SLOTS, share / perSlot))),
    prefillTokens: Math.max(1, Math.floor(Math.min(PREFILL_TOKENS, share / perToken))),
  };
}

/**
 * Refuses a model whose weights, two moments, and a copy of weights and gradients for each worker exceed the machine.
 * @throws UsageError with what is needed and what is there.
 */
export function requireMemory(
  config: ModelConfig,
  workers: number,
  memoryBytes = DEFAULT_MEMORY,
  available = totalmem(),
): void {
  const parameters = parameterCount(parametersOf(config));
  const needed = 4 * parameters * (3 + 2 * workers) + memoryBytes;
  if (needed <= available) return;
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  throw new UsageError(
    `engine: ${parameters.toLocaleString("en")} parameters on ${workers} threads need about ${gigabytes(needed)} of memory ` +
      `and this machine has ${gigabytes(available)}; take a smaller model, or lower engine.threads or engine.memoryGb`,
  );
}
