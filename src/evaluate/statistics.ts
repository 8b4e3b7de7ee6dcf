/**
 * What can be said from n answers (paper §4 prints bare percentages): Wilson's interval, exact McNemar, macro average.
 *
 * Invariant: everything here works on counts or unrounded shares; numbers are rounded once, where they are printed.
 * Departure from the paper: intervals and paired tests are given throughout, because at n of a few hundred most of
 * the differences that its tables show are within chance.
 */
import { invariant } from "../base/errors.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The two-sided 95% point of the normal distribution. */
const z95 = 1.959963984540054;

/** Wilson's score interval of a share, without continuity correction. */
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

/**
 * Exact two-sided McNemar test: how probable a split at least as uneven is, when each of the questions that only one
 * of two models got right went either way by a fair coin.
 */
export function mcnemarExact(lost: number, gained: number): number {
  const n = lost + gained;
  const fewer = Math.min(lost, gained);
  if (2 * fewer >= n - 1) return 1;
  let term = n * Math.log(0.5);
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(term);
    term += Math.log(n - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}

/** Plain mean over columns of unrounded accuracies (Table 3's "Avg."); an empty list has none. */
export function macroAverage(accuracies: readonly number[]): number | null {
  if (accuracies.length === 0) return null;
  return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
}
