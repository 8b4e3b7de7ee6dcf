/**
 * Two models on the same questions (arXiv 2411.00640, section 4): the difference question by question, with a bootstrap
 * that draws the same clusters for both, and McNemar's exact test where an answer is right or wrong.
 *
 * The test takes questions as unrelated; where stems repeat, the interval is what decides.
 */
import type { Random } from "../../base/random.ts";
import type { Interval } from "../../base/wilson.ts";
import { clusteredMean, isSeparated } from "./bootstrap.ts";
import type { ClusteredValue } from "./clusters.ts";

/** What two models made of one question: 1 right, 0 wrong, or a share over several replies. */
export interface PairedValue {
  readonly cluster: string;
  readonly from: number;
  readonly to: number;
}

export interface PairedDifference extends Interval {
  readonly n: number;
  /** Accuracy of `to` minus accuracy of `from`. */
  readonly difference: number;
  /** Whether the interval leaves out 0. */
  readonly separated: boolean;
  readonly clusters: number;
  /** Questions on which `to` did worse, and better. */
  readonly lost: number;
  readonly gained: number;
  /** Exact McNemar; null where some value is a share. */
  readonly mcnemarP: number | null;
}

/** The difference of two models over some questions with its 95% interval over resampled clusters. */
export function pairedDifference(
  pairs: readonly PairedValue[],
  random: Random,
  resamples: number,
): PairedDifference {
  const { mean, low, high, clusters } = clusteredMean(differencesOf(pairs), random, resamples);
  const lost = pairs.filter(({ from, to }) => to < from).length;
  const gained = pairs.filter(({ from, to }) => to > from).length;
  const whole = pairs.every(({ from, to }) => [from, to].every((value) => value === 0 || value === 1));
  return {
    n: pairs.length,
    difference: mean,
    low,
    high,
    separated: isSeparated({ low, high }),
    clusters,
    lost,
    gained,
    mcnemarP: whole ? mcnemarExact(lost, gained) : null,
  };
}

/** `to` minus `from`, question by question. */
export function differencesOf(pairs: readonly PairedValue[]): ClusteredValue[] {
  return pairs.map(({ cluster, from, to }) => ({ cluster, value: to - from }));
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
