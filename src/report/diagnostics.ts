/** What the curves of reinforcement say in a few numbers: first and last steps of each series, and warning signs. */
import { mean } from "../base/collections.ts";
import type { MetricLine } from "../base/metrics.ts";
import { decimal, percent } from "./format.ts";

export interface SeriesDiagnostics {
  readonly series: string;
  readonly steps: number;
  readonly first: Readonly<Record<string, number>>;
  readonly last: Readonly<Record<string, number>>;
  /** Largest difference between a token's log-probability when sampled and when trained on. */
  readonly largestDrift: number | undefined;
}

/** Steps at each end that are averaged; half of the steps where there are not twice as many. */
export const endSteps = 10;

/** The steps at each end of a series: never one at both, but where there is only one. */
function endsOf<T>(steps: readonly T[]): { readonly first: readonly T[]; readonly last: readonly T[] } {
  const width = Math.max(1, Math.min(endSteps, Math.floor(steps.length / 2)));
  return { first: steps.slice(0, width), last: steps.slice(-width) };
}

/** The value of a metric by its name without the stage. */
export function metricValue(line: MetricLine, name: string): number | undefined {
  const prefix = line.series.split("/")[0]!;
  const value = (line as Readonly<Record<string, unknown>>)[`${prefix}/${name}`];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Series of a stage in the order in which they were run. */
export function seriesOf(metrics: readonly MetricLine[], stage: string): string[] {
  return [...new Set(metrics.map(({ series }) => series))].filter(
    (series) => series === stage || series.startsWith(`${stage}/`),
  );
}

const names = [
  "rewardMean",
  "correctMean",
  "formatMean",
  "tiedRight",
  "tiedWrong",
  "entropy",
  "completionTokens",
];

/** The ends of every series of reinforcement that sampled rollouts. */
export function diagnose(metrics: readonly MetricLine[]): SeriesDiagnostics[] {
  return seriesOf(metrics, "reinforce").flatMap((series) => {
    // A look at the validation questions has a line of its own, which is no step.
    const lines = metrics
      .filter((line) => line.series === series && metricValue(line, "rewardMean") !== undefined)
      .sort((a, b) => a.step - b.step);
    if (lines.length === 0) return [];
    const { first, last } = endsOf(lines);
    const drifts = valuesOf(lines, "logProbDifference");
    return [
      {
        series,
        steps: lines.length,
        first: endOf(first),
        last: endOf(last),
        largestDrift: drifts.length > 0 ? Math.max(...drifts) : undefined,
      },
    ];
  });
}

function endOf(lines: readonly MetricLine[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = valuesOf(lines, name);
      return values.length > 0 ? [[name, mean(values)]] : [];
    }),
  );
}

function valuesOf(lines: readonly MetricLine[], name: string): number[] {
  return lines.flatMap((line) => metricValue(line, name) ?? []);
}

/** Loss of the supervised stages, first and last steps. */
export function lossReading(metrics: readonly MetricLine[]): string[] {
  return ["pretrain", "coldstart"].flatMap((stage) => {
    const lines = metrics.filter(({ series }) => series === stage).sort((a, b) => a.step - b.step);
    const losses = valuesOf(lines, "loss");
    if (losses.length === 0) return [];
    const { first, last } = endsOf(losses);
    const [start, end] = [first, last].map((some) => decimal(mean(some), 2));
    if (losses.length === 1) return [`${stage}: loss ${start} in its only step.`];
    const means = first.length === 1 ? "first and last" : `means of the first and last ${first.length}`;
    return [`${stage}: loss ${start} → ${end} over ${losses.length} steps (${means}).`];
  });
}

/** Signs that a series of reinforcement went wrong, or a sentence that none of those looked for was found. */
export function warningSigns(all: readonly SeriesDiagnostics[]): string[] {
  const signs: string[] = [];
  for (const { series, first, last, largestDrift } of all) {
    const name = series.replace("reinforce/", "");
    const fell = (metric: string, share: number): boolean =>
      first[metric] !== undefined && last[metric] !== undefined && last[metric] < share * first[metric];
    if (fell("entropy", 0.5))
      signs.push(
        `${name}: entropy fell to less than half (${decimal(first["entropy"]!, 2)} to ${decimal(last["entropy"]!, 2)}); the policy explores little at its end.`,
      );
    if (fell("completionTokens", 0.75))
      signs.push(
        `${name}: replies became shorter by more than a quarter (${decimal(first["completionTokens"]!, 1)} to ${decimal(last["completionTokens"]!, 1)} tokens); steps of the reasoning may have been dropped.`,
      );
    if (fell("rewardMean", 1) && series.endsWith("stage1"))
      signs.push(
        `${name}: the mean reward ended below its start (${decimal(first["rewardMean"]!, 2)} to ${decimal(last["rewardMean"]!, 2)}).`,
      );
    const tied = (last["tiedRight"] ?? 0) + (last["tiedWrong"] ?? 0);
    if (tied > 0.5)
      signs.push(`${name}: ${percent(tied)}% of the last groups had no spread in reward and taught nothing.`);
    if (largestDrift !== undefined && largestDrift > 0.01)
      signs.push(
        `${name}: sampling and training disagreed on a log-probability by ${decimal(largestDrift, 3)}, more than rounding explains.`,
      );
  }
  if (signs.length > 0 || all.length === 0) return signs;
  return [
    "None of the usual signs of trouble was found: collapse of entropy, shrinking replies, falling reward, mostly tied groups, disagreement of sampling and training.",
  ];
}
