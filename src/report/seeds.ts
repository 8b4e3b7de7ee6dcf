/**
 * The same recipe under several seeds: rows and paired differences of each, and in how many of them a difference is
 * separated. Departure from the paper, which reports one run: with one seed nobody can tell a method from its luck.
 */

import { mean } from "../base/collections.ts";
import { UsageError } from "../base/errors.ts";
import type { PairResult, Results } from "../records/results.ts";
import { type Block, type Column, strong, type Text } from "./blocks.ts";
import { decimal, listOf, percent, pointRange, points, shortRange } from "./format.ts";
import { sliceLabel } from "./readings.ts";

export interface SeedResults {
  readonly seed: number;
  readonly results: Results;
}

interface SeedRow {
  readonly row: string;
  readonly label: string;
  readonly kind: "step" | "control";
  /** Accuracy by seed, in the order of the seeds; absent where the row was not run. */
  readonly accuracies: readonly (number | undefined)[];
  /** Interval of each over reasoning paths, 95%. */
  readonly intervals: readonly ({ readonly low: number; readonly high: number } | undefined)[];
  readonly mean: number;
  /** Standard deviation over seeds; undefined for a single one. */
  readonly deviation: number | undefined;
}

export interface SeedPair {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: "step" | "control";
  readonly pairs: readonly (PairResult | undefined)[];
  readonly mean: number;
  /** Seeds in which the difference is separated, above and below 0. */
  readonly above: number;
  readonly below: number;
  readonly seeds: number;
}

export interface SeedSummary {
  readonly seeds: readonly number[];
  readonly rows: readonly SeedRow[];
  readonly pairs: readonly SeedPair[];
}

/** Rows and pairs of several runs side by side, in the order of the first run that has them. */
export function summariseSeeds(runs: readonly SeedResults[]): SeedSummary {
  if (runs.length === 0) throw new UsageError("a summary over seeds needs at least one results.json");
  const twice = runs.find(({ seed }, i) => runs.findIndex((run) => run.seed === seed) < i);
  if (twice !== undefined) throw new UsageError(`seed ${twice.seed} is given twice; a run counts once`);
  const ordered = [...runs].sort((a, b) => a.seed - b.seed);
  const rowNames = new Map(
    ordered.flatMap(({ results }) => results.rows.map((row) => [row.row, row] as const)),
  );
  const rows = [...rowNames.values()].map(({ row, label, kind }): SeedRow => {
    const found = ordered.map(({ results }) => results.rows.find((other) => other.row === row));
    const accuracies = found.map((one) => one?.accuracy);
    const intervals = found.map((one) => one && { low: one.clusterLow, high: one.clusterHigh });
    const known = accuracies.filter((accuracy) => accuracy !== undefined);
    return { row, label, kind, accuracies, intervals, mean: mean(known), deviation: deviationOf(known) };
  });
  const labelOf = (row: string): string => rowNames.get(row)?.label ?? row;
  const pairNames = new Map(
    ordered.flatMap(({ results }) =>
      results.pairs.map((pair) => [`${pair.from}\u001f${pair.to}`, pair] as const),
    ),
  );
  const pairs = [...pairNames.values()].map(({ from, to, kind }): SeedPair => {
    const found = ordered.map(({ results }) =>
      results.pairs.find((pair) => pair.from === from && pair.to === to),
    );
    const known = found.filter((pair) => pair !== undefined);
    const separated = known.filter((pair) => pair.separated);
    return {
      from,
      to,
      kind,
      label: `${labelOf(from)} → ${labelOf(to)}`,
      pairs: found,
      mean: mean(known.map(({ difference }) => difference)),
      above: separated.filter(({ difference }) => difference > 0).length,
      below: separated.filter(({ difference }) => difference < 0).length,
      seeds: known.length,
    };
  });
  return { seeds: ordered.map(({ seed }) => seed), rows, pairs };
}

function deviationOf(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** "separated above 0 in 2 of 3 seeds", or "not separated in any of 3 seeds". */
export function seedVerdict({ above, below, seeds }: Pick<SeedPair, "above" | "below" | "seeds">): string {
  const parts = [
    ...(above > 0 ? [`above 0 in ${above}`] : []),
    ...(below > 0 ? [`below 0 in ${below}`] : []),
  ];
  const noun = seeds === 1 ? "seed" : "seeds";
  if (parts.length === 0) return seeds === 1 ? "not separated" : `not separated in any of ${seeds} seeds`;
  return `separated ${listOf(parts)} of ${seeds} ${noun}`;
}

/** The summary as blocks: accuracies by seed, differences by seed. */
export function describeSeeds({ seeds, rows, pairs }: SeedSummary): Block[] {
  const seedColumns = seeds.map((seed) => ({ title: `seed ${seed}`, align: "right" as const }));
  const sliced = pairs.filter(({ to }) => to === "stage2");
  return [
    {
      kind: "table",
      caption: `Held-out accuracy, %, by seed, with 95% intervals over reasoning paths; mean and standard deviation over ${seeds.length} seeds.`,
      columns: [
        { title: "Row", align: "left" },
        ...seedColumns,
        { title: "Mean", align: "right" },
        { title: "Deviation", align: "right" },
      ],
      rows: rows.map((row) => ({
        isMuted: row.kind === "control",
        cells: [
          row.label,
          ...row.accuracies.map((accuracy, i) => {
            const interval = row.intervals[i];
            if (accuracy === undefined || interval === undefined) return "–";
            return `${percent(accuracy)} (${shortRange(interval)})`;
          }),
          [strong(percent(row.mean))],
          row.deviation === undefined ? "–" : decimal(row.deviation * 100, 1),
        ],
      })),
    },
    {
      kind: "table",
      caption:
        "Paired differences in points with 95% bootstrap intervals over reasoning paths, by seed. A star marks a difference that is separated.",
      columns: [
        { title: "From → to", align: "left" },
        ...seedColumns,
        { title: "Mean", align: "right" },
        { title: "Verdict", align: "left" },
      ],
      rows: pairs.map((pair) => ({
        isMuted: pair.kind === "control",
        cells: [pair.label, ...pair.pairs.map(pairCell), [strong(points(pair.mean))], seedVerdict(pair)],
      })),
    },
    ...sliceTables(sliced, seedColumns),
  ];
}

/** Where stage 2 differs from each rival: on which tier, and on common and rare conditions. */
function sliceTables(pairs: readonly SeedPair[], seedColumns: readonly Column[]): Block[] {
  const slices = ["common", "rare", "tier:easy", "tier:moderate", "tier:difficult"];
  const rows = pairs.flatMap((pair) =>
    slices.flatMap((slice) => {
      const found = pair.pairs.map((one) => one?.slices[slice]);
      const known = found.filter((one) => one !== undefined);
      if (known.length === 0) return [];
      const above = known.filter(({ separated, difference }) => separated && difference > 0).length;
      const below = known.filter(({ separated, difference }) => separated && difference < 0).length;
      const average = mean(known.map(({ difference }) => difference));
      return [
        {
          isMuted: pair.kind === "control",
          cells: [
            pair.label,
            sliceLabel(slice),
            ...found.map(pairCell),
            [strong(points(average))],
            seedVerdict({ above, below, seeds: known.length }),
          ],
        },
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      caption:
        "The differences that end in stage 2, by rarity of the condition and tier of difficulty, without correction for the number of slices.",
      columns: [
        { title: "From → to", align: "left" },
        { title: "Slice", align: "left" },
        ...seedColumns,
        { title: "Mean", align: "right" },
        { title: "Verdict", align: "left" },
      ],
      rows,
    },
  ];
}

type Difference = Pick<PairResult, "difference" | "low" | "high" | "separated">;

function pairCell(pair: Difference | undefined): Text {
  if (pair === undefined) return "–";
  return `${points(pair.difference)} ${pointRange(pair.low, pair.high)}${pair.separated ? " ★" : ""}`;
}
