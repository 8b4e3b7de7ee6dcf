/**
 * A model behind an OpenAI-compatible address (vLLM, llama.cpp, Ollama, a service) as something that answers prompts,
 * and as something that fills in a form: a reply that fits a schema.
 *
 * Invariants: never more requests at once than `concurrency`, however many callers there are; no key is part of any
 * message. What only one request suffers (refused, cut off, no fitting JSON) is data with a reason; what every
 * request would suffer (address, key, model) is a UsageError.
 */
import { setMaxListeners } from "node:events";
import type { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { shortHash } from "../base/hash.ts";
import { answerAll } from "./endpoint-answers.ts";
import { type CallOutcome, callsTo, type EndpointPatience } from "./endpoint-calls.ts";
import type { ChatCall } from "./endpoint-dialect.ts";
import { type Gate, gateOf } from "./endpoint-gate.ts";
import { valueIn, wireSchema } from "./endpoint-reply.ts";
import type { Trouble } from "./endpoint-trouble.ts";
import type { Missing, Reply, ReplyRequest, Sampler } from "./sampler.ts";

export interface EndpointOptions {
  /** Address with its /v1. */
  readonly url: string;
  readonly model: string;
  /** Environment variable that holds the key; default OPENAI_API_KEY. A server that wants none needs none. */
  readonly keyVariable?: string;
  /** The key itself, instead of the variable. */
  readonly key?: string;
  /** Most requests at the same time, default 4; how many there are follows the server. */
  readonly concurrency?: number;
  readonly patience?: Partial<EndpointPatience>;
  /** Told once of each thing that the server does not take, and from time to time what is waited for. */
  readonly notice?: (text: string) => void;
  /** Told of each attempt that got no reply. */
  readonly onTrouble?: (trouble: Trouble) => void;
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

export interface Endpoint extends Sampler, StructuredModel {
  /** How many requests are under way, and may be as far as is known of the server. */
  readonly pace: Gate["pace"];
}

const PATIENCE: EndpointPatience = {
  attempts: 5,
  firstWaitMs: 500,
  busyMs: 600_000,
  replyMs: 600_000,
  drainMs: 20_000,
  quietMs: 10_000,
};

/** Opens an endpoint; nothing is sent before the first request. */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const { model, keyVariable = "OPENAI_API_KEY", concurrency = 4, notice = () => {} } = options;
  const url = checkedUrl(options.url);
  const key = options.key ?? (process.env[keyVariable]?.trim() || undefined);
  const patience = { ...PATIENCE, ...options.patience };
  const gate = gateOf(concurrency, patience.firstWaitMs);
  const calls = callsTo({ url, model, keyVariable, key }, patience, gate, notice, options.onTrouble);

  return {
    name: model,
    url,
    model,
    pace: gate.pace,
    answer: (requests, options = {}) =>
      answerAll(requests, gate, options, async (request, place, signal) => {
        const isTolerant = options.onMissing !== undefined;
        const outcome = await calls(freeCall(request), signal, {
          place,
          isTolerant,
          isKnown: options.isKnown ?? false,
          drainMs: patience.drainMs,
        });
        return replyOf(url, request, outcome, isTolerant);
      }),
    async structured(request, signal) {
      setMaxListeners(0, signal);
      const call = formCall(request);
      const first = read(request, await calls(call, signal));
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
      const second = read(request, await calls(again, signal));
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

/** An address without its last slash. @throws UsageError, which begins with `what`, where it is none. */
export function checkedUrl(url: string, what = ""): string {
  if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
    throw new UsageError(
      `${what}"${url}" is no address of an endpoint; expected one such as http://127.0.0.1:8000/v1`,
    );
  return url.replace(/\/+$/u, "");
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
function replyOf(
  url: string,
  { id }: ReplyRequest,
  outcome: CallOutcome,
  isTolerant: boolean,
): Reply | Missing {
  if (outcome.ok) return { id, ...outcome.completion };
  const { kind, reason } = outcome;
  if (kind === "broken" || (kind === "rejected" && isTolerant))
    return {
      id,
      cause: "failed",
      reason: `${url}: request "${id}" got ${reason}; look at the server, then run the same command, it goes on from where it was`,
    };
  return { id, text: "", finish: kind === "tooLong" ? "length" : "refused", tokens: 0, promptTokens: 0 };
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
