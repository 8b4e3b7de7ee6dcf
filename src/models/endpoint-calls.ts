/**
 * Chat completions from one endpoint, with patience: a busy server is waited for as long as it asks, a broken one is
 * asked again a few times, a part that it does not take is left out.
 *
 * Waiting is done here and not by the `openai` package, whose waits have no upper bound and cannot be aborted. The
 * package is loaded with the first request: it takes longer than the whole of `--help`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type OpenAI from "openai";
import {
  bodyOf,
  type ChatCall,
  type Dialect,
  fullDialect,
  lossBetween,
  plainerDialect,
} from "./endpoint-dialect.ts";
import { fetchWhole } from "./endpoint-http.ts";
import { type Completion, completionOf, failureIn } from "./endpoint-reply.ts";
import { type Address, type Trouble, troubleError, troubleOf, troubleOfStatus } from "./endpoint-trouble.ts";

/** How long a bad connection is borne. */
export interface EndpointPatience {
  /** Attempts of one request at a server that is broken or away. */
  readonly attempts: number;
  /** Wait after the first of them; it doubles each time, up to 30 s. */
  readonly firstWaitMs: number;
  /** How long a busy server is waited for, all waits of one request together. */
  readonly busyMs: number;
  /** How long one reply may take. */
  readonly replyMs: number;
}

export type CallOutcome =
  | { readonly ok: true; readonly completion: Completion }
  | { readonly ok: false; readonly kind: "tooLong" | "refused" | "broken"; readonly reason: string };

/** Asks for one completion. @throws UsageError where no further request would do better. */
export type Calls = (call: ChatCall, signal: AbortSignal) => Promise<CallOutcome>;

/** Requests that fail one after another before it is the server, and not one of them, that is to blame. */
const MOST_FAILURES = 5;
const LONGEST_WAIT_MS = 30_000;

/** Opens the line to an endpoint; nothing is sent yet. */
export function callsTo(address: Address, patience: EndpointPatience, notice: (text: string) => void): Calls {
  let client: Promise<OpenAI> | undefined;
  let known = fullDialect;
  let failures = 0;
  /** Until when the server asked to be left alone, whichever request it told. */
  let pauseEnds = 0;

  const attempt = async (
    call: ChatCall,
    dialect: Dialect,
    signal: AbortSignal,
  ): Promise<Completion | Trouble> => {
    let answer: unknown;
    // A signal of its own: the package never takes its listener off the one it is given, which may live for days.
    const own = new AbortController();
    const abort = (): void => own.abort();
    signal.addEventListener("abort", abort, { once: true });
    try {
      client ??= openClient(address, patience);
      answer = await (await client).chat.completions.create(bodyOf(address.model, dialect, call), {
        signal: own.signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      return troubleOf(error, address.key);
    } finally {
      signal.removeEventListener("abort", abort);
    }
    const failure = failureIn(answer);
    if (failure !== undefined) return troubleOfStatus(failure.status, failure.message);
    return completionOf(answer) ?? { kind: "address", message: "its answer is no chat completion" };
  };

  const learn = (dialect: Dialect): void => {
    const loss = lossBetween(known, dialect);
    if (loss !== undefined) notice(`${address.url}: ${loss}`);
    known = dialect;
  };

  return async (call, signal) => {
    let dialect = known;
    let attempts = 0;
    let waitedMs = 0;
    const wait = async (ms: number): Promise<void> => {
      waitedMs += ms;
      await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
    };
    for (;;) {
      signal.throwIfAborted();
      const rest = pauseEnds - Date.now();
      if (rest > 0) await wait(Math.min(rest, Math.max(0, patience.busyMs - waitedMs)));
      const outcome = await attempt(call, dialect, signal);
      attempts += 1;
      if ("text" in outcome) {
        failures = 0;
        if (dialect !== known) learn(dialect);
        return { ok: true, completion: outcome };
      }
      const plainer = plainerDialect(dialect, call, outcome.status, outcome.message);
      if (plainer !== undefined) {
        dialect = plainer;
        attempts -= 1;
        continue;
      }
      const backoff = Math.min(LONGEST_WAIT_MS, patience.firstWaitMs * 2 ** Math.min(20, attempts - 1));
      // A server that is busy and says "0 seconds" is not asked in a tight loop.
      const pause = Math.max(outcome.retryAfterMs ?? backoff, patience.firstWaitMs);
      switch (outcome.kind) {
        case "tooLong":
        case "refused":
          failures = 0;
          return { ok: false, kind: outcome.kind, reason: outcome.message };
        case "busy":
          if (waitedMs + pause > patience.busyMs)
            throw troubleError(address, outcome, { attempts, ms: waitedMs });
          pauseEnds = Math.max(pauseEnds, Date.now() + pause);
          break;
        case "broken":
        case "unreachable":
          if (attempts < patience.attempts) {
            await wait(Math.min(pause, LONGEST_WAIT_MS));
            break;
          }
          failures += 1;
          if (outcome.kind === "unreachable" || failures >= MOST_FAILURES)
            throw troubleError(address, outcome, { attempts, ms: waitedMs });
          return {
            ok: false,
            kind: "broken",
            reason: `no reply in ${attempts} attempts: ${outcome.message}`,
          };
        default:
          throw troubleError(address, outcome, { attempts, ms: waitedMs });
      }
    }
  };
}

async function openClient({ url, key }: Address, { replyMs }: EndpointPatience): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    baseURL: url,
    // The package wants a key; without one no Authorization header is sent.
    apiKey: key ?? "none",
    ...(key === undefined ? { defaultHeaders: { Authorization: null } } : {}),
    // Named, so that the environment's values for another service are not sent to this one.
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: replyMs,
    logLevel: "off",
    fetch: fetchWhole as typeof fetch,
  });
}
