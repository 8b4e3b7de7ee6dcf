/**
 * The engine as the rest of the program sees it. This is the only file of this folder that others import,
 * beside the shape of a model (config.ts).
 *
 * The arithmetic runs in a process of its own (process.ts), because a run of ONNX Runtime holds its thread. The
 * parent sends token ids and settings and receives token ids and numbers; weights never cross. Requests are
 * answered in the order they were made.
 */
import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";
import type { Completion } from "./generate.ts";
import type { LoraSettings } from "./lora.ts";
import { type Call, type Reply, revive } from "./protocol.ts";

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
  /** Tokens with a weight other than 0. */
  readonly weightedTokens: number;
  /** log p of each weighted token with the weights before the update; 0 where the weight is 0. */
  readonly logProbs: readonly Float32Array[];
  /** Share of weighted tokens whose ratio was clipped; ratio form only. */
  readonly clippedShare?: number;
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
  /** log p(token_t | tokens before) for every t ≥ 1; index 0 holds 0. */
  score(sequences: readonly (readonly number[])[]): Promise<Float32Array[]>;
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
  const extension = extname(fileURLToPath(import.meta.url));
  const child = fork(new URL(`./process${extension}`, import.meta.url), [JSON.stringify(settings)], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const channel = new Channel(child);
  await channel.ready;
  return {
    create: (config, init, seed) => channel.call({ method: "create", config, init, seed }) as Promise<void>,
    load: (path) => channel.call({ method: "load", path }) as Promise<ModelConfig>,
    adapt: (lora, seed) => channel.call({ method: "adapt", lora, seed }) as Promise<void>,
    save: (folder, format = {}) => channel.call({ method: "save", folder, format }) as Promise<void>,
    saveAdapter: (folder, base) => channel.call({ method: "saveAdapter", folder, base }) as Promise<void>,
    loadAdapter: (folder) => channel.call({ method: "loadAdapter", folder }) as Promise<LoraSettings>,
    saveTraining: (file) => channel.call({ method: "saveTraining", file }) as Promise<void>,
    loadTraining: (file) => channel.call({ method: "loadTraining", file }) as Promise<void>,
    train: (batch, step) =>
      channel.call({ method: "train", batch: batch.map(packed), step }) as Promise<TrainStats>,
    score: (sequences) =>
      channel.call({
        method: "score",
        sequences: sequences.map((tokens) => Int32Array.from(tokens)),
      }) as Promise<Float32Array[]>,
    generate: (requests, onToken, signal) => channel.generate(requests, onToken, signal),
    stats: () => channel.call({ method: "stats" }) as Promise<EngineStats>,
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
  };
}

/** A sequence as it crosses the channel. */
export interface TrainSequenceArrays {
  readonly id?: string;
  readonly tokens: Int32Array;
  readonly weights: Float32Array;
  readonly oldLogProbs?: Float32Array;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onToken: ((index: number, token: number, id: number) => void) | undefined;
}

/** How many tokens of a completion the caller wanted. */
function trimmed(completion: Completion, wanted: number | undefined): Generation {
  const count = wanted ?? completion.tokens.length;
  const { entropies } = completion;
  let entropy = 0;
  for (let t = 0; t < count; t++) entropy += entropies[t]!;
  return {
    tokens: completion.tokens.slice(0, count),
    logProbs: completion.logProbs.slice(0, count),
    entropy: entropy / count,
    finish: wanted === undefined ? completion.finish : "stop",
  };
}

/** The parent's end of the channel: pairs calls with replies and turns the child's death into one clear error. */
class Channel {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #dead: Error | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve: () => resolve(), reject, onToken: undefined });
    });
    child.on("message", (message) => this.#receive(message as Reply));
    child.on("error", (error) =>
      this.#fail(new UsageError(`engine: its process could not run: ${error.message}`)),
    );
    child.on("exit", (code, signal) =>
      this.#fail(
        new UsageError(
          `engine: its process ended (${signal ?? `exit code ${code}`}); ` +
            (signal === "SIGKILL"
              ? "the system probably ran out of memory: lower memoryBytes or the batch size"
              : "its message is above"),
        ),
      ),
    );
  }

  call(call: Call, onToken?: Waiting["onToken"], signal?: AbortSignal): Promise<unknown> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    if (signal?.aborted) return Promise.reject(abortError(signal));
    const id = this.#next++;
    const abort = (): void => {
      this.#child.send({ id, method: "abort" });
    };
    signal?.addEventListener("abort", abort, { once: true });
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onToken });
      this.#child.send({ id, ...call });
    })
      .catch((error) => {
        throw signal?.aborted ? abortError(signal) : error;
      })
      .finally(() => signal?.removeEventListener("abort", abort));
  }

  /** Tells the worker when a request has enough; what it made beyond that while the word was on its way is cut. */
  async generate(
    requests: readonly GenerateRequest[],
    onToken: OnToken | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Generation[]> {
    const heard = requests.map(() => 0);
    const wanted: (number | undefined)[] = requests.map(() => undefined);
    const listen = (index: number, token: number, id: number): void => {
      if (wanted[index] !== undefined) return;
      heard[index]!++;
      if (onToken?.(index, token) !== true) return;
      wanted[index] = heard[index]!;
      this.#child.send({ id, method: "abort", request: index });
    };
    const call: Call = { method: "generate", requests, stream: onToken !== undefined };
    const completions = (await this.call(call, listen, signal)) as Completion[];
    return completions.map((completion, i) => trimmed(completion, wanted[i]));
  }

  async close(): Promise<void> {
    if (this.#dead !== undefined) return;
    const ended = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#dead = new UsageError("engine: it was closed");
    if (this.#child.connected) this.#child.disconnect();
    // The child leaves by itself when the channel closes; a run that is under way is not worth waiting for.
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 500);
    await ended;
    clearTimeout(timer);
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if ("tokens" in reply) {
      for (let i = 0; i < reply.tokens.length; i += 2)
        waiting.onToken?.(reply.tokens[i]!, reply.tokens[i + 1]!, reply.id);
      return;
    }
    this.#waiting.delete(reply.id);
    if ("failure" in reply) waiting.reject(revive(reply.failure));
    else waiting.resolve(reply.value);
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
  }
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new DOMException("generation was stopped", "AbortError");
}
