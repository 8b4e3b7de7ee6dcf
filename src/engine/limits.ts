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
import { type Parameter, parameterCount, parametersOf } from "./parameters.ts";
import { vocabularyChunk } from "./programs.ts";

/** Memory for activations and caches when the caller names none: 2 GiB. */
const DEFAULT_MEMORY = 2 * 2 ** 30;
/** Enough rows to fill the kernels, few enough to stay near the processor's caches. */
const LEAST_TOKENS = 1024;
const MOST_TOKENS = 8192;
/** Sequences that one worker decodes together; more do not make a step cheaper per sequence. */
const MOST_SLOTS = 128;
const PREFILL_TOKENS = 2048;
/** Length of a prompt that the limit of prefilling is reckoned with. */
const PREFILL_ROW = 256;
/** What the workers of a model take on at a time. */
export interface Limits extends GenerateLimits {
  /** Tokens of one micro-batch at most, where its rows have `time` tokens. */
  microTokens(time: number): number;
}

/** From so many weights on, one worker uses all threads: a copy for each would cost more than it saves. */
const WIDE_MODEL = 24e6;

/** How many workers compute a model's programs; each has the same share of the threads. */
export function lanesFor(config: ModelConfig, threads: number): number {
  return parameterCount(parametersOf(config)) < WIDE_MODEL ? threads : 1;
}

/** What the limits depend on beside the model. */
export interface MemorySettings {
  /** Workers that compute at the same time. */
  readonly lanes: number;
  /** Memory for activations and caches of all workers together. */
  readonly memoryBytes: number | undefined;
  /** Whether activations inside a layer are computed again. */
  readonly recompute: boolean;
}

/** Bytes of activations that a token takes in a training step, in a row of `time` tokens. */
export function activationBytes(config: ModelConfig, time: number, recompute: boolean): number {
  const { hiddenSize: width, intermediateSize: inner, numHiddenLayers: layers } = config;
  // Kept of a layer for the backward pass: residual stream and norms, projections, SwiGLU's five, two score matrices.
  const layer = 10 * width + 5 * inner + 2 * config.numAttentionHeads * time;
  const kept = recompute ? layers * width + 2 * layer : layers * layer;
  return 4 * (kept + 3 * vocabularyChunk(config));
}

/** Limits for workers that share `memoryBytes`. */
export function limitsFor(config: ModelConfig, settings: MemorySettings): Limits {
  const share = (settings.memoryBytes ?? DEFAULT_MEMORY) / settings.lanes;
  const perToken = (time: number): number => activationBytes(config, time, settings.recompute);
  // A micro-batch hands out every gradient once; with more weights it has to be worth it.
  const wanted = Math.min(MOST_TOKENS, Math.max(LEAST_TOKENS, parameterCount(parametersOf(config)) / 6000));
  return {
    microTokens: (time) => Math.max(1, Math.floor(Math.min(wanted, share / perToken(time)))),
    slots: MOST_SLOTS,
    cacheBytes: share,
    prefillTokens: Math.max(1, Math.floor(Math.min(PREFILL_TOKENS, share / perToken(PREFILL_ROW)))),
  };
}

/** Numbers that one typed array can hold. */
const LARGEST_MODEL = 2 ** 32;

/** What memory a model takes depends on beside its shape. */
export interface MemoryNeed {
  readonly threads: number;
  /** Workers that hold a copy of the weights. */
  readonly lanes: number;
  readonly memoryBytes: number | undefined;
  /** What is trained; nothing where a model only answers. */
  readonly trained?: readonly Parameter[];
}

/**
 * Refuses a model that the machine cannot hold: its weights, for each worker that computes a copy and one laid out for
 * decoding, and of what is trained two moments, a gradient for each worker and the one it is made of.
 * @throws UsageError with what is needed and what is there.
 */
export function requireMemory(config: ModelConfig, need: MemoryNeed, available = totalmem()): void {
  const { threads, lanes, trained = [], memoryBytes = DEFAULT_MEMORY } = need;
  const parameters = parameterCount(parametersOf(config));
  if (parameters > LARGEST_MODEL) {
    throw new UsageError(
      `engine: ${parameters.toLocaleString("en")} parameters; this engine holds at most ` +
        `${LARGEST_MODEL.toLocaleString("en")}, in one array; larger models are for an endpoint or a cluster`,
    );
  }
  const needed = 4 * (parameters * (1 + 2 * lanes) + parameterCount(trained) * (2 + 2 * lanes)) + memoryBytes;
  if (needed <= available) return;
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const what = `${parameters.toLocaleString("en")} parameters${trained.length > 0 ? ", trained" : ""}`;
  throw new UsageError(
    `engine: ${what} on ${threads} threads need about ${gigabytes(needed)} of memory and this machine has ` +
      `${gigabytes(available)}; take a smaller model, lower engine.threads or engine.memoryGb, or train with engine.lora`,
  );
}
