/**
 * Chat completions from one endpoint, with patience: a busy server is waited for as long as it asks, a broken one is
 * asked again a few times, a part that it does not take is left out.
 *
 * Invariant: a request holds a place at the gate only while it is under way, not while it waits, but of a server that
 * has answered nothing yet or no longer does: it gets few; after an abort nothing more is sent, while what is under way may finish where
 * the caller can still use it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "../base/errors.ts";
import { tryJson } from "../base/jsonl.ts";
import {
  bodyOf,
  type ChatCall,
  type Dialect,
  fullDialect,
  lossBetween,
  plainerDialect,
} from "./endpoint-dialect.ts";
import type { Gate, Place } from "./endpoint-gate.ts";
import { type HttpAnswer, openLine } from "./endpoint-http.ts";
import { type Completion, completionOf, failureIn } from "./endpoint-reply.ts";
import {
  type Address,
  type Trouble,
  troubleError,
  troubleOf,
  troubleOfAnswer,
  troubleOfStatus,
} from "./endpoint-trouble.ts";
import { watchOver } from "./endpoint-watch.ts";

/** How long a bad connection is borne. */
export interface EndpointPatience {
  /** Attempts of one request at a server that is broken or away. */
  readonly attempts: number;
  /** Wait after the first of them; it doubles each time, up to 30 s. */
  readonly firstWaitMs: number;
  /** How long a busy server is waited for while it answers nothing. */
  readonly busyMs: number;
  /** How long one reply may take. */
  readonly replyMs: number;
  /** How long replies under way may still take after an abort; forms are given up at once. */
  readonly drainMs: number;
  /** After how long without any reply it is said what is waited for. */
  readonly quietMs: number;
}

/** A server that has answered leaves one request after another without a reply: what it has not answered is missing. */
export class StoppedAnswering extends UsageError {}

export type CallOutcome =
  | { readonly ok: true; readonly completion: Completion }
  | {
      readonly ok: false;
      readonly kind: "tooLong" | "refused" | "rejected" | "broken";
      readonly reason: string;
    };

interface CallOptions {
  /** A place that was taken at the gate for it. */
  readonly place?: Place;
  /** Whether the caller goes on without the replies that cannot be had. */
  readonly isTolerant?: boolean;
  /** Whether the server has answered such requests in an earlier run. */
  readonly isKnown?: boolean;
  /** How long it may still take after an abort; without it an abort ends it at once. */
  readonly drainMs?: number;
}

/** Asks for one completion. @throws UsageError where no further request would do better. */
export type Calls = (call: ChatCall, signal: AbortSignal, options?: CallOptions) => Promise<CallOutcome>;

/** Requests that fail one after another before it is the server, and not one of them, that is to blame. */
const MOST_FAILURES = 5;
/**
 * The same where the caller goes on without them and nothing was ever answered; of a server that has answered, so many
 * and any more are missing, but get one attempt each.
 */
const MOST_TOLERATED = 20;
/** So many that fail while nothing was ever answered, and the others get one attempt each. */
const FEW_FAILURES = 4;
/** Broken attempts in a row after which a request that waits keeps its place, so that no others are tried meanwhile. */
const MOST_BROKEN = 100;
/** Replies in a row that are late before no more are waited for: nothing was ever answered, or not in this run, or some. */
const MOST_LATE = { never: 4, earlier: 8, now: 20 };
/** A reply that did not come in time is not waited for over and over. */
const MOST_TIMEOUTS = 2;
const LONGEST_WAIT_MS = 30_000;

/** Opens the line to an endpoint; nothing is sent yet. */
export function callsTo(
  address: Address,
  patience: EndpointPatience,
  gate: Gate,
  notice: (text: string) => void,
  onTrouble: (trouble: Trouble) => void = () => {},
): Calls {
  const post = openLine(`${address.url}/chat/completions`, address.key, patience.replyMs);
  let known = fullDialect;
  const watch = watchOver({ ...patience, url: address.url, underWay: () => gate.pace.underWay, notice });
  let failures = 0;
  let [late, broken] = [0, 0];
  let hasSpoken = false;
  /** Since when the server has answered nothing but that it is busy. */
  let busySince: number | undefined;

  const attempt = async (
    call: ChatCall,
    dialect: Dialect,
    signal: AbortSignal,
    drainMs: number,
    isKnown: boolean,
  ): Promise<Completion | Trouble> => {
    const { answer, cancel } = post(JSON.stringify(bodyOf(address.model, dialect, call)));
    let drain: NodeJS.Timeout | undefined;
    const abort = (): void => {
      if (drainMs === 0) cancel();
      else drain = setTimeout(cancel, drainMs);
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      return readAnswer(await answer, address, hasSpoken || isKnown);
    } catch (error) {
      signal.throwIfAborted();
      return troubleOf(error);
    } finally {
      clearTimeout(drain);
      signal.removeEventListener("abort", abort);
    }
  };

  const learn = (dialect: Dialect): void => {
    const loss = lossBetween(known, dialect);
    if (loss !== undefined) notice(`${address.url}: ${loss}`);
    known = dialect;
  };

  return async (call, signal, { place: first, isTolerant = false, isKnown = false, drainMs = 0 } = {}) => {
    const heard = (): keyof typeof MOST_LATE => (hasSpoken ? "now" : isKnown ? "earlier" : "never");
    const mostAttempts = (): number => {
      const isGivenUp = failures >= (heard() === "never" ? FEW_FAILURES : MOST_TOLERATED);
      return isTolerant && isGivenUp ? 1 : patience.attempts;
    };
    let dialect = known;
    let [attempts, timeouts, busyTurns] = [0, 0, 0];
    let busyFrom: number | undefined;
    let place = first;
    const wait = (ms: number): Promise<void> =>
      sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
    const giveUp = (outcome: Trouble, kind: "broken" | "rejected", reason: string): CallOutcome => {
      failures += 1;
      // Questions that fail each time must not keep the others of a server that answers from their result.
      const isOne = isTolerant && heard() !== "never" && outcome.kind !== "tooLong";
      const isEnd = !isOne && failures >= (isTolerant ? MOST_TOLERATED : MOST_FAILURES);
      const isGone = outcome.kind === "unreachable";
      const error = troubleError(address, outcome, { attempts, ms: 0 });
      // A server that has answered was at this address, and may be again when the rest is asked for.
      if (isGone && isOne) {
        failures = Math.max(failures, MOST_TOLERATED);
        throw new StoppedAnswering(error.message);
      }
      if (isGone || isEnd) throw error;
      return { ok: false, kind, reason };
    };
    const noteLate = (outcome: Trouble): void => {
      late += 1;
      if (!isTolerant || late < MOST_LATE[heard()]) return;
      const error = troubleError(address, outcome, { attempts, ms: 0 });
      throw heard() === "never" ? error : new StoppedAnswering(error.message);
    };
    watch.started();
    try {
      for (;;) {
        place ??= await gate.enter(signal, attempts > 0);
        signal.throwIfAborted();
        const outcome = await attempt(call, dialect, signal, drainMs, isTolerant && isKnown);
        if ("text" in outcome) {
          place.replied(outcome.tokens);
          [failures, late, broken, hasSpoken, busySince] = [0, 0, 0, true, undefined];
          watch.answered();
          if (dialect !== known) learn(dialect);
          return { ok: true, completion: outcome };
        }
        const plainer = plainerDialect(dialect, call, outcome.status, outcome.message);
        if (plainer !== undefined) {
          dialect = plainer;
          continue;
        }
        attempts += 1;
        watch.failed(outcome);
        onTrouble(outcome);
        const turns = outcome.kind === "busy" ? ++busyTurns : attempts;
        const backoff = Math.min(LONGEST_WAIT_MS, patience.firstWaitMs * 2 ** Math.min(20, turns - 1));
        // A server that is busy and says "0 seconds" is not asked in a tight loop.
        const pause = Math.max(outcome.retryAfterMs ?? backoff, patience.firstWaitMs);
        switch (outcome.kind) {
          case "tooLong":
            // When not one request fits, it is the length that is asked for and not the prompts.
            if (isTolerant && !hasSpoken) giveUp(outcome, "rejected", outcome.message);
            else failures = 0;
            return { ok: false, kind: "tooLong", reason: outcome.message };
          case "refused":
            failures = 0;
            watch.answered();
            return { ok: false, kind: "refused", reason: outcome.message };
          case "rejected":
            if (isTolerant) return giveUp(outcome, "rejected", `a refusal: ${outcome.message}`);
            failures = 0;
            return { ok: false, kind: "rejected", reason: outcome.message };
          case "busy": {
            place.turnedAway(outcome.retryAfterMs);
            const now = performance.now();
            busySince ??= now;
            busyFrom ??= now;
            if (now + pause - busySince > patience.busyMs)
              throw troubleError(address, outcome, { attempts, ms: now - busySince });
            // Others get replies and this one does not: it is this one that the server has no room for.
            if (now + pause - busyFrom > patience.busyMs)
              return giveUp(outcome, "broken", `no reply in ${attempts} attempts: ${outcome.message}`);
            place = undefined;
            await wait(Math.max(pause, Math.min(backoff, LONGEST_WAIT_MS)));
            break;
          }
          case "slow":
          case "broken":
          case "unreachable":
            if (outcome.kind === "slow") {
              timeouts += 1;
              place.timedOut();
              noteLate(outcome);
            }
            if (attempts >= mostAttempts() || timeouts >= MOST_TIMEOUTS)
              return giveUp(outcome, "broken", `no reply in ${attempts} attempts: ${outcome.message}`);
            broken += 1;
            if (outcome.kind === "slow" || !isTolerant || (heard() !== "never" && broken < MOST_BROKEN)) {
              place.ended();
              place = undefined;
            }
            await wait(Math.min(pause, LONGEST_WAIT_MS));
            break;
          default:
            throw troubleError(address, outcome, { attempts, ms: 0 });
        }
      }
    } finally {
      place?.ended();
      watch.ended();
    }
  };
}

/** What an answer holds: a completion, or what is wrong with it. */
function readAnswer(answer: HttpAnswer, { key }: Address, isEndpoint: boolean): Completion | Trouble {
  if (answer.status < 200 || answer.status >= 300) return troubleOfAnswer(answer, key);
  const value = tryJson(answer.text);
  const failure = failureIn(value);
  if (failure !== undefined) return troubleOfStatus(failure.status, failure.message);
  const completion = completionOf(value);
  if (completion !== undefined) return completion;
  // Of an endpoint that has answered before, now or in an earlier run, or that breaks off, it is one bad answer; else it is no endpoint.
  const isHalf = value === undefined && /^\s*(?:\{|$)/u.test(answer.text.slice(0, 100));
  return isEndpoint || isHalf
    ? { kind: "broken", message: value === undefined ? "its answer breaks off" : "its answer holds no reply" }
    : { kind: "address", message: "its answer is no chat completion" };
}
