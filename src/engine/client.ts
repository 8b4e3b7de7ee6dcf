/**
 * The engine as the rest of the program sees it; models are run and trained through this file alone.
 *
 * The arithmetic runs in a process of its own (process.ts), because a run of ONNX Runtime holds its thread. The
 * parent sends token ids and settings and receives token ids and numbers; weights never cross. Calls are answered in
 * the order they were made. Any number may be made at once: they wait as they are, so what a call was given must
 * not change before its answer. When the process ends, each of them rejects with the same error (crash.ts).
 */
import { fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../base/errors.ts";
import { Channel } from "./channel.ts";
import { generateHeard } from "./completions.ts";
import type { ModelConfig } from "./config.ts";
import type { LoraSettings } from "./lora.ts";
import type { Call } from "./protocol.ts";

export interface EngineSettings {
  /** Processor cores the engine may keep busy; results repeat bit for bit for the same number. */
  readonly threads: number;
  /** Memory that activations of one micro-batch and the caches may take together. */
  readonly memoryBytes?: number;
  /** Workers that compute, each with its share of the threads; default: by the size of the model (limits.ts). */
  readonly lanes?: number;
  /** Computes activations inside a layer again on the way back: about a third more work, far less memory. */
  readonly recompute?: boolean;
}

/** How a model is written. */
export interface SaveFormat {
  /** Type of the numbers; default F32. */
  readonly dtype?: "F32" | "BF16";
  /** Files grow to this size at most; default 5 GB. */
  readonly shardBytes?: number;
}

/** How fresh weights are drawn. */
export interface InitSettings {
  /** Standard deviation of the embedding. */
  readonly embeddingStd: number;
  /** Factor on the two matrices that write to the residual stream (attention output, feed-forward down). */
  readonly outputScale: number;
}

/** One sequence to train on. */
export interface TrainSequence {
  /** What errors call it. */
  readonly id?: string;
  readonly tokens: readonly number[];
  /** Coefficient of log p(tokens[t] | before) in the objective to maximise; weights[0] is unused; 0 = not trained. */
  readonly weights: readonly number[] | Float32Array;
  /** Log-probabilities under the policy that sampled; needed by the ratio form only. */
  readonly oldLogProbs?: Float32Array;
  /** Coefficient, from 0, of each token's KL divergence from the reference, taken off the objective; default: 0. */
  readonly klWeights?: readonly number[] | Float32Array;
  /** Log-probabilities under the reference policy; needed with klWeights. */
  readonly refLogProbs?: Float32Array;
}

/** Settings of one AdamW step. */
export interface OptimizerStep {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Decoupled, on matrices only: neither norms nor biases decay. */
  readonly weightDecay: number;
  /** The gradient is scaled down to this norm; 0 or Infinity leaves it. */
  readonly clipNorm: number;
  /** With it a term is min(w·ratio, w·clip(ratio, 1−low, 1+high)) instead of w·log p. */
  readonly clipRatio?: { readonly low: number; readonly high: number };
}

export interface TrainStats {
  /** −Σ of the objective's terms over the whole batch. */
  readonly loss: number;
  /** Norm of the gradient before clipping. */
  readonly gradNorm: number;
  /** Tokens of all sequences. */
  readonly tokens: number;
  /** Tokens with a weight or a KL weight other than 0. */
  readonly weightedTokens: number;
  /** log p of each weighted token with the weights before the update; 0 of the others. */
  readonly logProbs: readonly Float32Array[];
  /** Share of weighted tokens whose ratio was clipped; ratio form only. */
  readonly clippedShare?: number;
  /** Mean KL divergence from the reference over the tokens with a KL weight; KL form only. */
  readonly kl?: number;
}

export interface GenerateRequest {
  readonly prompt: readonly number[];
  readonly maxTokens: number;
  /** 0 takes the most probable token. */
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  /** Least probability of a token, as a share of the most probable one's. */
  readonly minP?: number;
  readonly seed: number | string;
  readonly stopTokens: readonly number[];
}

export interface Generation {
  /** The sampled tokens, the stop token included. */
  readonly tokens: readonly number[];
  /** Of each sampled token under the policy itself: temperature 1, nothing cut off. */
  readonly logProbs: Float32Array;
  /** Mean entropy per token, in nats, of the distribution that was sampled from (tempered and truncated). */
  readonly entropy: number;
  readonly finish: "stop" | "length";
}

export interface EngineStats {
  /** Largest resident memory of the engine's process so far. */
  readonly peakMemoryBytes: number;
  readonly parameters: number;
  /** Parameters that training changes: all, or those of the adapter. */
  readonly trained: number;
  /** Optimizer steps taken so far. */
  readonly steps: number;
}

/** Hears the tokens of each request in order. */
// biome-ignore lint/suspicious/noConfusingVoidType: a listener that returns nothing is the usual one.
export type OnToken = (index: number, token: number) => boolean | void;

export interface Engine extends AsyncDisposable {
  /** Fresh random weights. */
  create(config: ModelConfig, init: InitSettings, seed: number): Promise<void>;
  /** Weights from a Hugging Face folder (config.json, safetensors) or a GGUF file; moments are zero. */
  load(path: string): Promise<ModelConfig>;
  /** Freezes the weights and trains a fresh adapter instead; moments are zero. */
  adapt(lora: LoraSettings, seed: number): Promise<void>;
  /** Writes config.json, generation_config.json and safetensors into an existing folder, an adapter merged in. */
  save(folder: string, format?: SaveFormat): Promise<void>;
  /** Writes the adapter alone in PEFT's layout; `base` is the model that it names as its own. */
  saveAdapter(folder: string, base: string): Promise<void>;
  /** Puts an adapter in PEFT's layout on the weights; training goes on with it. */
  loadAdapter(folder: string): Promise<LoraSettings>;
  /** Writes weights, moments and step number to one file, beside it first and then renamed. */
  saveTraining(file: string): Promise<void>;
  /** Goes on from such a file. */
  loadTraining(file: string): Promise<void>;
  /** One optimizer step; micro-batches are planned inside and their gradients summed exactly. */
  train(batch: readonly TrainSequence[], step: OptimizerStep): Promise<TrainStats>;
  /** log p(token_t | tokens before) for every t ≥ 1, or ≥ from[i] of sequence i; 0 before that. */
  score(sequences: readonly (readonly number[])[], from?: readonly number[]): Promise<Float32Array[]>;
  /**
   * Completions in the order of the requests; each depends on its own request only. Where `onToken` returns true the
   * completion ends with that token and counts as stopped.
   */
  generate(
    requests: readonly GenerateRequest[],
    onToken?: OnToken,
    signal?: AbortSignal,
  ): Promise<Generation[]>;
  stats(): Promise<EngineStats>;
}

/** Starts the engine's process. */
export async function startEngine(settings: EngineSettings): Promise<Engine> {
  if (!Number.isInteger(settings.threads) || settings.threads < 1) {
    throw new UsageError(`engine: threads is ${settings.threads}; expected an integer of at least 1`);
  }
  const { lanes = 1, memoryBytes = 1 } = settings;
  if (!Number.isInteger(lanes) || lanes < 1)
    throw new UsageError(`engine: lanes is ${lanes}; expected an integer of at least 1`);
  if (!(memoryBytes > 0))
    throw new UsageError(`engine: memoryBytes is ${memoryBytes}; expected a number above 0`);
  const extension = extname(fileURLToPath(import.meta.url));
  const child = fork(new URL(`./process${extension}`, import.meta.url), [JSON.stringify(settings)], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const channel = new Channel(child);
  await channel.ready;
  const call = async <T>(make: () => Call): Promise<T> => (await channel.call(make)) as T;
  return {
    create: (config, init, seed) => call(() => ({ method: "create", config, init, seed })),
    load: (path) => call(() => ({ method: "load", path })),
    adapt: (lora, seed) => call(() => ({ method: "adapt", lora, seed })),
    save: (folder, format = {}) => call(() => ({ method: "save", folder, format })),
    saveAdapter: (folder, base) => call(() => ({ method: "saveAdapter", folder, base })),
    loadAdapter: (folder) => call(() => ({ method: "loadAdapter", folder })),
    saveTraining: (file) => call(() => ({ method: "saveTraining", file })),
    loadTraining: (file) => call(() => ({ method: "loadTraining", file })),
    train: (batch, step) => call(() => ({ method: "train", batch: batch.map(packed), step })),
    score: (sequences, from) =>
      call(() => ({
        method: "score",
        sequences: sequences.map((tokens) => Int32Array.from(tokens)),
        ...(from === undefined ? {} : { from }),
      })),
    generate: (requests, onToken, signal) => generateHeard(channel, requests, onToken, signal),
    stats: () => call(() => ({ method: "stats" })),
    [Symbol.asyncDispose]: () => channel.close(),
  };
}

/** Typed arrays cross the channel as bytes; lists of numbers would be written one by one. */
function packed(sequence: TrainSequence): TrainSequenceArrays {
  return {
    ...(sequence.id === undefined ? {} : { id: sequence.id }),
    tokens: Int32Array.from(sequence.tokens),
    weights: Float32Array.from(sequence.weights),
    ...(sequence.oldLogProbs === undefined ? {} : { oldLogProbs: sequence.oldLogProbs }),
    ...(sequence.klWeights === undefined ? {} : { klWeights: Float32Array.from(sequence.klWeights) }),
    ...(sequence.refLogProbs === undefined ? {} : { refLogProbs: sequence.refLogProbs }),
  };
}

/** A sequence as it crosses the channel. */
export interface TrainSequenceArrays {
  readonly id?: string;
  readonly tokens: Int32Array;
  readonly weights: Float32Array;
  readonly oldLogProbs?: Float32Array;
  readonly klWeights?: Float32Array;
  readonly refLogProbs?: Float32Array;
}
