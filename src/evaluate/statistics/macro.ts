/**
 * The macro average (Table 3's "Avg."): the plain mean of the columns' unrounded accuracies, two subjects of one set
 * being two columns, with its interval.
 *
 * A draw of the bootstrap resamples the clusters of every column, each column for itself, and averages the columns'
 * means: the columns are given and not drawn, so the interval speaks of these benchmarks (stratified bootstrap, Davison
 * and Hinkley 1997, section 3.2). A difference of two models draws the same questions for both.
 *
 * Invariant: a column draws from the generator's fork of its name, so the order of columns changes nothing.
 */
import { invariant } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import type { Interval } from "../../base/wilson.ts";
import { isSeparated } from "./bootstrap.ts";
import { type ClusteredValue, clusterTotals, percentileInterval, resampledMeans } from "./clusters.ts";
import { differencesOf, type PairedValue } from "./paired.ts";

export interface Column {
  readonly name: string;
  readonly values: readonly ClusteredValue[];
}

export interface PairedColumn {
  readonly name: string;
  readonly values: readonly PairedValue[];
}

export interface MacroMean extends Interval {
  readonly mean: number;
  readonly columns: number;
}

export interface MacroDifference extends Interval {
  readonly difference: number;
  readonly columns: number;
  /** Whether the interval leaves out 0. */
  readonly separated: boolean;
}

/** Plain mean over columns of unrounded accuracies; an empty list has none. */
export function macroAverage(accuracies: readonly number[]): number | null {
  if (accuracies.length === 0) return null;
  return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
}

/** Mean of the columns' means with its 95% interval over resampled clusters within each column. */
export function macroMean(columns: readonly Column[], random: Random, resamples: number): MacroMean {
  invariant(columns.length > 0, "a macro average needs at least one column");
  invariant(
    new Set(columns.map(({ name }) => name)).size === columns.length,
    "two columns of a macro average have one name",
  );
  const averages = new Float64Array(resamples);
  let sum = 0;
  // In the order of names, so that not even the last bit depends on the order given.
  for (const { name, values } of [...columns].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const totals = clusterTotals(values);
    const means = resampledMeans(totals, random.fork(name), resamples);
    for (let draw = 0; draw < resamples; draw++) averages[draw]! += means[draw]! / columns.length;
    sum += totals.mean;
  }
  return { mean: sum / columns.length, ...percentileInterval(averages), columns: columns.length };
}

/** What `to` gained over `from` in the macro average, over columns in which both answered the same questions. */
export function macroDifference(
  columns: readonly PairedColumn[],
  random: Random,
  resamples: number,
): MacroDifference {
  const differences = columns.map(({ name, values }) => ({ name, values: differencesOf(values) }));
  const { mean, low, high } = macroMean(differences, random, resamples);
  return { difference: mean, low, high, columns: columns.length, separated: isSeparated({ low, high }) };
}
