/**
 * A model behind an OpenAI-compatible address (vLLM, llama.cpp, Ollama, a service) as something that answers prompts,
 * and as something that fills in a form: a reply that fits a schema.
 *
 * Invariants: never more requests at once than `concurrency`, however many callers there are; no key is part of any
 * message. What only one request suffers (refused, cut off, no fitting JSON) is data with a reason; what every
 * request would suffer (address, key, model) is a UsageError.
 */
import type { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { shortHash } from "../base/hash.ts";
import { type CallOutcome, callsTo, type EndpointPatience } from "./endpoint-calls.ts";
import type { ChatCall } from "./endpoint-dialect.ts";
import { valueIn, wireSchema } from "./endpoint-reply.ts";
import type { Reply, ReplyRequest, Sampler } from "./sampler.ts";

export interface EndpointOptions {
  /** Address with its /v1. */
  readonly url: string;
  readonly model: string;
  /** Environment variable that holds the key; default OPENAI_API_KEY. A server that wants none needs none. */
  readonly keyVariable?: string;
  /** The key itself, instead of the variable. */
  readonly key?: string;
  /** Requests at the same time; default 4. */
  readonly concurrency?: number;
  readonly patience?: Partial<EndpointPatience>;
  /** Told once of each thing that the server does not take. */
  readonly notice?: (text: string) => void;
}

export interface StructuredRequest<T> {
  /** What messages call it. */
  readonly id: string;
  readonly system: string;
  readonly prompt: string;
  /** An object; what may be absent is `nullish()`. */
  readonly schema: z.ZodType<T>;
  /** Name of the form: letters, digits, `_`. */
  readonly name: string;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number | string;
}

/** A value that fits the schema, or why there is none. */
export type Structured<T> =
  | { readonly ok: true; readonly value: T; readonly tokens: number }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly tokens: number;
      /** Whether the model has spoken; otherwise the server failed and may do better another time. */
      readonly isFinal: boolean;
    };

/** Fills in a form: all that a stage needs to ask a model for data. */
export interface StructuredModel {
  readonly url: string;
  readonly model: string;
  structured<T>(request: StructuredRequest<T>, signal: AbortSignal): Promise<Structured<T>>;
}

export interface Endpoint extends Sampler, StructuredModel {}

const PATIENCE: EndpointPatience = { attempts: 4, firstWaitMs: 500, busyMs: 600_000, replyMs: 600_000 };

/** Opens an endpoint; nothing is sent before the first request. */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const { model, keyVariable = "OPENAI_API_KEY", concurrency = 4, notice = () => {} } = options;
  const url = checkedUrl(options.url);
  const key = options.key ?? (process.env[keyVariable]?.trim() || undefined);
  const calls = callsTo({ url, model, keyVariable, key }, { ...PATIENCE, ...options.patience }, notice);
  const slots = slotsOf(concurrency);
  const ask = (call: ChatCall, signal: AbortSignal): Promise<CallOutcome> => slots(() => calls(call, signal));

  return {
    name: model,
    url,
    model,
    answer: (requests, { signal = new AbortController().signal, onReply } = {}) =>
      answerAll(requests, signal, async (request, signal) => {
        const reply = replyOf(url, request, await ask(freeCall(request), signal));
        onReply?.(reply);
        return reply;
      }),
    async structured(request, signal) {
      const call = formCall(request);
      const first = read(request, await ask(call, signal));
      if (first.ok || first.text === undefined) return first;
      const again: ChatCall = {
        ...call,
        turns: [
          ...call.turns,
          { role: "assistant", content: first.text.slice(0, 4000) },
          {
            role: "user",
            content:
              `That does not fit: ${first.reason}\nAnswer again with one JSON object and nothing else. ` +
              `It must fit this JSON Schema:\n${JSON.stringify(call.form?.schema)}`,
          },
        ],
      };
      const second = read(request, await ask(again, signal));
      const tokens = first.tokens + second.tokens;
      return second.ok || second.text === undefined
        ? { ...second, tokens }
        : {
            ok: false,
            reason: `asked twice, the reply does not fit: ${second.reason}`,
            tokens,
            isFinal: true,
          };
    },
  };
}

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
    throw new UsageError(
      `"${url}" is no address of an endpoint; expected one such as http://127.0.0.1:8000/v1`,
    );
  return url.replace(/\/+$/u, "");
}

/** Runs at most `count` pieces of work at once, first come, first served. */
function slotsOf(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** All replies in order; the first error stops what is still under way. */
async function answerAll(
  requests: readonly ReplyRequest[],
  signal: AbortSignal,
  answerOne: (request: ReplyRequest, signal: AbortSignal) => Promise<Reply>,
): Promise<readonly Reply[]> {
  for (const { id, stop = [] } of requests)
    if (stop.includes(""))
      throw new UsageError(`request "${id}" has an empty stop text; give one that a reply may hold`);
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.all(requests.map((request) => answerOne(request, own.signal)));
  } catch (error) {
    own.abort(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function freeCall({ prompt, maxTokens, temperature, stop, seed }: ReplyRequest): ChatCall {
  return {
    turns: [{ role: "user", content: prompt }],
    maxTokens,
    temperature,
    seed: wholeSeed(seed),
    ...(stop === undefined ? {} : { stop }),
  };
}

/** A prompt that does not fit gets an empty reply that counts as cut off, as it does with the embedded engine. */
function replyOf(url: string, { id }: ReplyRequest, outcome: CallOutcome): Reply {
  if (outcome.ok) return { id, ...outcome.completion };
  if (outcome.kind === "broken")
    throw new UsageError(
      `${url}: request "${id}" got ${outcome.reason}; look at the server, then run the same command, it goes on from where it was`,
    );
  return { id, text: "", finish: outcome.kind === "tooLong" ? "length" : "refused", tokens: 0 };
}

function formCall(request: StructuredRequest<unknown>): ChatCall {
  const { system, prompt, name, schema, maxTokens, temperature, seed } = request;
  return {
    system,
    turns: [{ role: "user", content: prompt }],
    form: { name, schema: wireSchema(schema) },
    maxTokens,
    temperature,
    seed: wholeSeed(seed),
  };
}

/** Endpoints take whole numbers of 32 bits. */
function wholeSeed(seed: number | string): number {
  return typeof seed === "number" && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31
    ? seed
    : Number.parseInt(shortHash([String(seed)]).slice(0, 8), 16) >>> 1;
}

/** What a form was filled in with; `text` is there where it is worth asking again. */
function read<T>(
  { schema, maxTokens }: StructuredRequest<T>,
  outcome: CallOutcome,
): Structured<T> & { readonly text?: string } {
  if (!outcome.ok) {
    const what = outcome.kind === "tooLong" ? "the text is too long for the model: " : "";
    return { ok: false, reason: `${what}${outcome.reason}`, tokens: 0, isFinal: outcome.kind !== "broken" };
  }
  const { text, finish, tokens } = outcome.completion;
  if (finish === "length")
    return {
      ok: false,
      reason: `the reply was cut off at ${maxTokens} tokens (maxTokens)`,
      tokens,
      isFinal: true,
    };
  if (finish === "refused")
    return { ok: false, reason: `the model refused: ${text.slice(0, 200)}`, tokens, isFinal: true };
  const found = valueIn(text, schema);
  return found.ok ? { ...found, tokens } : { ...found, tokens, isFinal: true, text };
}
