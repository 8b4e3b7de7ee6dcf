/**
 * What memory a model takes while the embedded engine trains it or answers with it, before it is opened.
 *
 * Numbers are float32, 4 bytes. Held of the weights: those that are shared, and by each worker that computes a copy
 * and, for decoding, two more (the constants of the compiled program and the same laid out for its kernels). Of what is
 * trained: two moments, and by each worker the gradients of the step and those of a micro-batch. Activations follow
 * engine/limits.ts. `requireMemory` there refuses by a plainer sum; this one is held against measured runs.
 */
import type { ModelConfig } from "../engine/config.ts";
import { activationBytes, lanesFor, limitsFor } from "../engine/limits.ts";
import { type LoraSettings, trainedParameters } from "../engine/lora.ts";
import { parameterCount, parametersOf } from "../engine/parameters.ts";

/** What is done with a model. */
export interface ModelUse {
  readonly threads: number;
  /** Memory that activations and caches may take (engine.memoryGb). */
  readonly memoryBytes: number;
  readonly recompute: boolean;
  readonly lora?: LoraSettings | undefined;
  /** Tokens of one training step and of its longest row; undefined where nothing is trained. */
  readonly train?: { readonly tokens: number; readonly rowTokens: number };
  /** Sequences answered at a time and their length, prompt included; undefined where nothing is sampled. */
  readonly sample?: { readonly sequences: number; readonly tokens: number };
  /** Whether a second engine holds a reference policy (KL). */
  readonly reference?: boolean;
}

/** Bytes of each part, and of all. */
export interface MemoryParts {
  readonly weights: number;
  readonly decoding: number;
  /** Moments, gradients and, of an adapter, its own weights. */
  readonly training: number;
  readonly activations: number;
  readonly cache: number;
  readonly reference: number;
  readonly program: number;
  readonly total: number;
}

const NUMBER = 4;
/** The engine's process without a model: Node, the runtime, compiled programs. */
const ENGINE_BYTES = 150 * 2 ** 20;
/** The program itself: questions, tokenizer, records. */
const PROGRAM_BYTES = 350 * 2 ** 20;

/** What a model takes, part by part, in bytes. */
export function engineMemory(config: ModelConfig, use: ModelUse): MemoryParts {
  const { threads, memoryBytes, recompute, lora, train, sample } = use;
  const lanes = lanesFor(config, threads);
  const all = NUMBER * parameterCount(parametersOf(config));
  const trained = train === undefined ? 0 : NUMBER * parameterCount(trainedParameters(config, lora));
  const limits = limitsFor(config, { lanes, memoryBytes, recompute });
  const weights = all * (1 + lanes);
  const decoding = sample === undefined ? 0 : 2 * all * lanes;
  const adapter = lora === undefined ? 0 : trained * (1 + lanes);
  const training = trained * (2 + 2 * lanes) + adapter;
  const microTokens =
    train === undefined ? 0 : Math.min(limits.microTokens(train.rowTokens), Math.ceil(train.tokens / lanes));
  const activations =
    train === undefined ? 0 : lanes * microTokens * activationBytes(config, train.rowTokens, recompute);
  const slots = Math.min(sample?.sequences ?? 0, limits.slots * lanes);
  const cache = Math.min(memoryBytes, slots * (sample?.tokens ?? 0) * cacheBytes(config, NUMBER));
  const reference = use.reference ? weights + ENGINE_BYTES : 0;
  const program = ENGINE_BYTES + PROGRAM_BYTES;
  const total = weights + decoding + training + activations + cache + reference + program;
  return { weights, decoding, training, activations, cache, reference, program, total };
}

/** Bytes that the keys and values of one token take, at so many bytes a number. */
export function cacheBytes(config: ModelConfig, bytes: number): number {
  return 2 * config.numHiddenLayers * config.numKeyValueHeads * config.headDim * bytes;
}
