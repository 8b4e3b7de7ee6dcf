/**
 * Percentile bootstrap over clusters: the wordings of one reasoning path are right or wrong together, so paths are
 * drawn again and not questions. A paired difference draws the same paths for both models.
 *
 * Invariant: the same values, clusters and generator give the same interval on every machine. Method: Cameron, Gelbach
 * and Miller, "Bootstrap-based improvements for inference with clustered errors" (2008), pairs cluster bootstrap.
 */
import { invariant } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { Interval } from "./statistics.ts";

/** One question's value (1 right, 0 wrong, or the difference of two models) and the cluster that it belongs to. */
export interface ClusteredValue {
  readonly cluster: string;
  readonly value: number;
}

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
  invariant(values.length > 0, "a bootstrap interval needs at least one value");
  const { sums, sizes } = totals(values);
  const count = sums.length;
  const means = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    let sum = 0;
    let size = 0;
    for (let i = 0; i < count; i++) {
      const chosen = random.integer(count);
      sum += sums[chosen]!;
      size += sizes[chosen]!;
    }
    means[draw] = sum / size;
  }
  means.sort();
  const mean = sums.reduce((a, b) => a + b, 0) / values.length;
  return { mean, low: percentile(means, 0.025), high: percentile(means, 0.975), clusters: count };
}

/** Whether an interval of a difference leaves out 0. */
export function isSeparated({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/** Sum and number of values of each cluster, in order of first occurrence. */
function totals(values: readonly ClusteredValue[]): { sums: number[]; sizes: number[] } {
  const places = new Map<string, number>();
  const sums: number[] = [];
  const sizes: number[] = [];
  for (const { cluster, value } of values) {
    const place = places.get(cluster) ?? places.size;
    places.set(cluster, place);
    sums[place] = (sums[place] ?? 0) + value;
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  return { sums, sizes };
}

/** Percentile of sorted values with linear interpolation between neighbours. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}
