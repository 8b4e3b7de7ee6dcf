/**
 * The ablation under several seeds (paper Table 4, with intervals, controls and slices) as a page, a text and plots. It
 * computes no score: every number comes from the runs' `results.json`.
 */
import { join } from "node:path";
import * as Plot from "@observablehq/plot";
import { writeWhole } from "../base/files.ts";
import { type Block, figure } from "./blocks.ts";
import { widths } from "./charts.ts";
import { colours, drawPanels, labelSpace, type Panel, rowFrame } from "./drawing.ts";
import { listOf, percent } from "./format.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderPage } from "./page.ts";
import { describeSeeds, type SeedResults, type SeedSummary, summariseSeeds } from "./seeds.ts";

/** Writes `ablation.md`, `ablation.html` and their drawings into a folder; the files' names. */
export async function writeAblation(
  runs: readonly SeedResults[],
  folder: string,
  recipe: string,
): Promise<readonly string[]> {
  const summary = summariseSeeds(runs);
  const title = `${recipe} under seeds ${listOf(summary.seeds.map(String))}`;
  const rows = { wide: drawSeedRows(summary, widths.wide), narrow: drawSeedRows(summary, widths.narrow) };
  const pairs = { wide: drawSeedPairs(summary, widths.wide), narrow: drawSeedPairs(summary, widths.narrow) };
  const blocks: Block[] = [
    figure("Held-out accuracy of each row: a dot a seed, a line at their mean.", "ablation-rows.svg", rows),
    figure(
      "Paired differences with 95% intervals over reasoning paths, a line a seed; what ends in stage 2 is read to the right of 0.",
      "ablation-pairs.svg",
      pairs,
    ),
    ...describeSeeds(summary),
  ];
  const files: Record<string, string> = {
    "ablation.md": renderMarkdown(title, blocks),
    "ablation.html": renderPage(title, `Recipe ${recipe}`, blocks),
    "ablation-rows.svg": rows.wide,
    "ablation-pairs.svg": pairs.wide,
  };
  for (const [file, content] of Object.entries(files)) await writeWhole(join(folder, file), content);
  return Object.keys(files);
}

/** A dot a seed for every row, and their mean. */
function drawSeedRows({ rows, seeds }: SeedSummary, width: number): string {
  const points = rows.flatMap(({ label, kind, accuracies }) =>
    accuracies.flatMap((accuracy, i) =>
      accuracy === undefined ? [] : [{ label, kind, value: 100 * accuracy, seed: seeds[i]! }],
    ),
  );
  const labels = rows.map(({ label }) => label);
  const colour = ({ kind }: { readonly kind: string }): string =>
    kind === "step" ? colours.main : colours.soft;
  const panel: Panel = {
    title: "Held-out accuracy, %, by seed (dots) and on average (line)",
    height: 34 + 24 * rows.length,
    options: {
      ...rowFrame(labels, width, 0.2),
      marks: [
        Plot.tickX(rows, {
          x: (row: { mean: number }) => 100 * row.mean,
          y: "label",
          stroke: "currentColor",
          strokeWidth: 1.4,
          inset: 2,
        }),
        Plot.dot(points, { x: "value", y: "label", r: 3.5, fill: colour, fillOpacity: 0.8 }),
        Plot.text(rows, {
          x: () => 100,
          y: "label",
          text: (row: { mean: number }) => percent(row.mean),
          textAnchor: "start",
          dx: 6,
          fontWeight: 600,
        }),
      ],
      color: { type: "identity" },
    },
  };
  const spoken = rows.map((row) => `${row.label} ${percent(row.mean)}%`).join(", ");
  return drawPanels([panel], width, `Mean held-out accuracy by row: ${spoken}`);
}

/** A line a seed for every difference. */
function drawSeedPairs({ pairs, seeds }: SeedSummary, width: number): string {
  const lines = pairs.flatMap(({ label, kind, pairs: found }) =>
    found.flatMap((pair, i) =>
      pair === undefined
        ? []
        : [
            {
              label,
              kind,
              seed: `seed ${seeds[i]!}`,
              low: 100 * pair.low,
              high: 100 * pair.high,
              value: 100 * pair.difference,
            },
          ],
    ),
  );
  const seedNames = seeds.map((seed) => `seed ${seed}`);
  const panels = pairs.map(({ label }): Panel => {
    const own = lines.filter((line) => line.label === label);
    const colour = own[0]?.kind === "step" ? colours.main : colours.soft;
    return {
      title: label,
      height: 22 + 12 * seeds.length,
      options: {
        marginLeft: labelSpace(seedNames),
        marginRight: 20,
        marginTop: 2,
        marginBottom: 18,
        x: { domain: extent(lines), ticks: width < 500 ? 4 : 8, label: null, grid: true },
        y: { domain: seedNames, label: null, tickSize: 0, padding: 0.2 },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
          Plot.ruleY(own, { x1: "low", x2: "high", y: "seed", stroke: colour, strokeWidth: 2 }),
          Plot.dot(own, { x: "value", y: "seed", r: 3, fill: colour }),
        ],
        color: { type: "identity" },
      },
    };
  });
  const spoken = pairs.map((pair) => `${pair.label} ${percent(pair.mean)}`).join(", ");
  return drawPanels(panels, width, `Mean paired differences in points: ${spoken}`);
}

/** The range of all differences, 0 among them, in whole tens. */
function extent(lines: readonly { readonly low: number; readonly high: number }[]): [number, number] {
  const low = Math.min(0, ...lines.map((line) => line.low));
  const high = Math.max(0, ...lines.map((line) => line.high));
  return [10 * Math.floor(low / 10), 10 * Math.ceil(high / 10)];
}
