/**
 * Values of related questions: the wordings of one path, the items that repeat one stem, the replies to one question
 * are right or wrong together, so everything that is said of their mean counts clusters and not values.
 */
import { invariant } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import type { Interval } from "../../base/wilson.ts";

/** One question's value (1 right, 0 wrong, a share over replies, or a difference) and the cluster that it belongs to. */
export interface ClusteredValue {
  readonly cluster: string;
  readonly value: number;
}

/** Sum and number of values of each cluster, in order of first occurrence. */
export interface ClusterTotals {
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
  /** Number of values. */
  readonly n: number;
  /** Mean over values. */
  readonly mean: number;
}

export function clusterTotals(values: readonly ClusteredValue[]): ClusterTotals {
  invariant(values.length > 0, "the mean of no values is not a number");
  const places = new Map<string, number>();
  const sums = new Float64Array(values.length);
  const sizes = new Float64Array(values.length);
  for (const { cluster, value } of values) {
    let place = places.get(cluster);
    if (place === undefined) {
      place = places.size;
      places.set(cluster, place);
    }
    sums[place]! += value;
    sizes[place]! += 1;
  }
  const count = places.size;
  const own = { sums: sums.subarray(0, count), sizes: sizes.subarray(0, count), n: values.length };
  return { ...own, mean: own.sums.reduce((a, b) => a + b, 0) / values.length };
}

/** Means over clusters drawn again with replacement, one for each draw: as many clusters as there are. */
export function resampledMeans({ sums, sizes }: ClusterTotals, random: Random, draws: number): Float64Array {
  const count = sums.length;
  const single = sizes.every((size) => size === 1);
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let size = single ? count : 0;
    for (let i = 0; i < count; i++) {
      // What `integer` draws, without its check: this line runs 10^8 times for a large set.
      const chosen = Math.floor(random.next() * count);
      sum += sums[chosen]!;
      if (!single) size += sizes[chosen]!;
    }
    means[draw] = sum / size;
  }
  return means;
}

/** The middle 95% of resampled means; sorts them in place. */
export function percentileInterval(means: Float64Array): Interval {
  means.sort();
  return { low: percentile(means, 0.025), high: percentile(means, 0.975) };
}

/** Percentile of sorted values with linear interpolation between neighbours. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}
