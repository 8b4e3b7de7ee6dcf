/**
 * How long to wait before a wiki is asked again, and when to stop (API:Etiquette, Manual:Maxlag parameter).
 *
 * A lagging wiki gets at least five seconds, a refusal what its Retry-After asks for, and whatever else goes wrong a
 * wait that doubles. The jitter is drawn from the request itself, so that a run waits alike every time it is made.
 */
import { setTimeout as delay } from "node:timers/promises";
import { UsageError } from "../../../base/errors.ts";
import { seededRandom } from "../../../base/random.ts";

/** The wiki turned requests away for longer than `discover.api.patience`; what was fetched so far is kept. */
export class SourceRefused extends UsageError {}

/** How time passes; tests let it pass faster. */
export interface Pace {
  /** Milliseconds since some moment. */
  now(): number;
  /** @throws the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly stallMs: number;
}

export const wallPace: Pace = {
  now: Date.now,
  async sleep(ms, signal) {
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
  stallMs: 60_000,
};

/** Why a request brought nothing although the next one may. */
export interface Setback {
  /** maxlag was exceeded; too many requests; the server failed; no API was heard, as the connection failed. */
  readonly kind: "lag" | "refusal" | "failure" | "silence";
  /** For people. */
  readonly what: string;
  /** What Retry-After asks for. */
  readonly askedMs?: number | undefined;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_BACK_OFF_MS = 60_000;
/** The least that the manual of maxlag asks for. */
const LAG_WAIT_MS = 5000;

/** Milliseconds before a request is made again, after its setback number `count` (from 1). */
export function waitAfter(setback: Setback, request: string, count: number): number {
  const { kind, askedMs } = setback;
  if (kind === "lag") return Math.max(LAG_WAIT_MS, askedMs ?? 0);
  // "Retry-After: 0" again and again must not make a loop without a pause.
  if (askedMs !== undefined) return Math.max(FIRST_WAIT_MS, askedMs);
  const nominal = Math.min(LONGEST_BACK_OFF_MS, FIRST_WAIT_MS * 2 ** (count - 1));
  return Math.round(nominal * (1 + seededRandom(request, String(count)).next() / 2));
}
