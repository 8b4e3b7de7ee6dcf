/**
 * GGUF files of shapes that the engine here does not compute (Gemma, Phi, mixtures of experts …), answered by llama.cpp
 * through the package `node-llama-cpp` where it is installed: beside this program or in the working folder.
 *
 * Invariant: samples from the model itself, as everywhere here: no penalties, nothing cut off, the file's own chat
 * template. The package is no dependency: it is named by a variable and typed by what is needed of it.
 */
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, UsageError } from "../base/errors.ts";
import { shortHash } from "../base/hash.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

const PACKAGE = "node-llama-cpp";
/** Tokens of a chat template around a prompt, at most. */
const TEMPLATE_TOKENS = 512;

interface Disposable {
  dispose(): Promise<void>;
}

interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}

interface Segment {
  readonly type: string;
  readonly segmentType?: string;
  readonly text?: string;
}

interface Prompted {
  readonly response: readonly (string | Segment)[];
  readonly responseText: string;
  readonly stopReason: string;
}

interface Model extends Disposable {
  readonly trainContextSize: number;
  tokenize(text: string): readonly number[];
  createContext(options: object): Promise<Disposable & { getSequence(): Sequence }>;
}

/** What is used of the package. */
interface Binding {
  getLlama(options: object): Promise<Disposable & { loadModel(options: object): Promise<Model> }>;
  readonly LlamaChatSession: new (options: {
    readonly contextSequence: Sequence;
  }) => { promptWithMeta(text: string, options: object): Promise<Prompted> };
}

/**
 * Opens a .gguf file in llama.cpp; `refused` is why the engine here does not take it.
 *
 * @throws UsageError where the package is not installed or does not take the file either.
 */
export async function openInLlama(
  path: string,
  name: string,
  threads: number,
  refused: UsageError,
): Promise<AsyncDisposable & { readonly sampler: Sampler }> {
  const binding = await findBinding();
  if (binding === undefined)
    throw new UsageError(
      `${refused.message}; llama.cpp may take it: npm install ${PACKAGE}, then run the same command`,
      { cause: refused },
    );
  try {
    const options = { build: "never", skipDownload: true, logLevel: "error", maxThreads: threads };
    const llama = await binding.getLlama(options);
    const model = await llama.loadModel({ modelPath: path });
    return {
      sampler: llamaSampler(binding, model, name),
      async [Symbol.asyncDispose]() {
        await model.dispose();
        await llama.dispose();
      },
    };
  } catch (cause) {
    throw new UsageError(
      `${basename(path)}: neither the engine here (${refused.message}) nor ${PACKAGE} (${messageOf(cause)}) takes it; give another file`,
      { cause },
    );
  }
}

async function findBinding(): Promise<Binding | undefined> {
  for (const beside of [import.meta.url, join(process.cwd(), "here.js")]) {
    let found: string;
    try {
      found = createRequire(beside).resolve(PACKAGE);
    } catch {
      continue;
    }
    return (await import(pathToFileURL(found).href)) as Binding;
  }
  return undefined;
}

/** One request at a time: what may be kept of a context between them is not worth a reply that depends on the last. */
function llamaSampler(binding: Binding, model: Model, name: string): Sampler {
  return {
    name,
    async answer(requests, { signal, onReply } = {}) {
      const replies: Reply[] = [];
      for (const request of requests) {
        signal?.throwIfAborted();
        const reply = await replyTo(binding, model, request);
        onReply?.(reply);
        replies.push(reply);
      }
      return replies;
    },
  };
}

async function replyTo(
  { LlamaChatSession }: Binding,
  model: Model,
  { id, prompt, maxTokens, temperature, seed, stop = [] }: ReplyRequest,
): Promise<Reply> {
  const contextSize = model.tokenize(prompt).length + TEMPLATE_TOKENS + maxTokens;
  // A prompt is never shortened behind the reader's back.
  if (contextSize > model.trainContextSize) return { id, text: "", finish: "length", tokens: 0 };
  const context = await model.createContext({ contextSize });
  try {
    const sequence = context.getSequence();
    const session = new LlamaChatSession({ contextSequence: sequence });
    const { response, responseText, stopReason } = await session.promptWithMeta(prompt, {
      maxTokens,
      temperature,
      topK: 0,
      topP: 1,
      minP: 0,
      repeatPenalty: false,
      seed: Number.parseInt(shortHash([String(seed)]).slice(0, 8), 16),
      budgets: { thoughtTokens: Number.POSITIVE_INFINITY },
      ...(stop.length === 0 ? {} : { customStopTriggers: stop }),
    });
    const thoughts = response.flatMap((part) =>
      typeof part === "object" && part.segmentType === "thought" ? [part.text ?? ""] : [],
    );
    return {
      id,
      text: responseText.trim(),
      finish: stopReason === "maxTokens" ? "length" : "stop",
      tokens: sequence.tokenMeter.usedOutputTokens,
      promptTokens: sequence.tokenMeter.usedInputTokens,
      ...(thoughts.length === 0 ? {} : { reasoning: thoughts.join("\n") }),
    };
  } finally {
    await context.dispose();
  }
}
