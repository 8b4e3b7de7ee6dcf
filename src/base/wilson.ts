/**
 * Wilson's score interval (1927) of a share, which holds at the few hundred questions where the normal approximation
 * misleads (arXiv 2503.01747).
 *
 * Invariant: counts and unrounded shares only; numbers are rounded once, where they are printed.
 */
import { invariant } from "./errors.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A count out of n as a share with its Wilson interval, 95%. */
export interface Share extends Interval {
  readonly count: number;
  readonly n: number;
  readonly share: number;
}

/** The two-sided 95% point of the normal distribution. */
const z95 = 1.959963984540054;

/** Wilson's score interval of a share, without continuity correction; `correct` may be a fraction, as n may. */
export function wilsonInterval(correct: number, n: number, z = z95): Interval {
  invariant(
    n > 0 && correct >= 0 && correct <= n,
    `an interval needs 0 ≤ correct ≤ n, got ${correct} of ${n}`,
  );
  const share = correct / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    low: correct === 0 ? 0 : Math.max(0, centre - half),
    high: correct === n ? 1 : Math.min(1, centre + half),
  };
}

/** `count` of `n` with its interval; null of nothing. */
export function shareOf(count: number, n: number): Share | null {
  return n === 0 ? null : { count, n, share: count / n, ...wilsonInterval(count, n) };
}
