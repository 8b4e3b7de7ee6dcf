/**
 * Percentile bootstrap over clusters: the wordings of one reasoning path are right or wrong together, so paths are
 * drawn again and not questions.
 *
 * Invariant: the same values, clusters and generator give the same interval on every machine. Method: Cameron, Gelbach
 * and Miller, "Bootstrap-based improvements for inference with clustered errors" (2008), pairs cluster bootstrap.
 */
import type { Random } from "../../base/random.ts";
import type { Interval } from "../../base/wilson.ts";
import { type ClusteredValue, clusterTotals, percentileInterval, resampledMeans } from "./clusters.ts";

export interface ClusteredMean extends Interval {
  readonly mean: number;
  readonly clusters: number;
}

/** Mean over questions with its 95% percentile interval over resampled clusters. */
export function clusteredMean(
  values: readonly ClusteredValue[],
  random: Random,
  resamples: number,
): ClusteredMean {
  const totals = clusterTotals(values);
  const { low, high } = percentileInterval(resampledMeans(totals, random, resamples));
  return { mean: totals.mean, low, high, clusters: totals.sums.length };
}

/** Whether an interval of a difference leaves out 0. */
export function isSeparated({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}
