/**
 * Wilson's interval of a share for related questions, taken at the effective number n / d, where d is the design effect
 * of Rao and Scott, "A simple method for the analysis of clustered binary data" (Biometrics 48, 1992). With m clusters
 * of n_j values that sum to S_j, and p = Σ S_j / n:
 *
 *     d = n·v / (p(1 − p)),   v = m / (m − 1) · Σ (S_j − n_j·p)² / n²
 *
 * d is at least 1 (or `least`): that clusters happen to be less alike than chance makes no question worth more than one. Where the
 * values show nothing of the variance between clusters (all right, all wrong, one cluster), d is its value at full
 * dependence, Σ n_j² / n.
 */

import { type Interval, wilsonInterval } from "../../base/wilson.ts";
import { type ClusteredValue, clusterTotals } from "./clusters.ts";

/** The share of right values among related ones. */
export interface ClusteredWilson extends Interval {
  readonly mean: number;
  /** By how much the variance exceeds that of as many independent questions. */
  readonly designEffect: number;
  /** Number of independent questions that would tell as much. */
  readonly effective: number;
  readonly clusters: number;
}

/**
 * Mean of values between 0 and 1 with Wilson's interval at the effective number of independent questions. A value that is
 * itself a mean over k replies may be worth up to k of them: `least` is then 1 / k.
 */
export function clusteredWilson(values: readonly ClusteredValue[], least = 1): ClusteredWilson {
  const { sums, sizes, n, mean } = clusterTotals(values);
  const clusters = sums.length;
  let squares = 0;
  let alike = 0;
  for (let j = 0; j < clusters; j++) {
    squares += (sums[j]! - sizes[j]! * mean) ** 2;
    alike += sizes[j]! ** 2;
  }
  const tellsNothing = clusters === 1 || mean === 0 || mean === 1;
  const variance = ((clusters / (clusters - 1)) * squares) / (n * n);
  const designEffect = Math.max(least, tellsNothing ? alike / n : (n * variance) / (mean * (1 - mean)));
  const effective = n / designEffect;
  return { mean, ...wilsonInterval(mean * effective, effective), designEffect, effective, clusters };
}
