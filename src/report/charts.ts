/**
 * The drawings of a run: accuracy of each row with its interval, the same by slice, and the curves of training.
 * Axes of accuracy start at 0, so that the length of a bar is the accuracy; intervals are the clustered ones.
 */
import * as Plot from "@observablehq/plot";
import type { MetricLine } from "../base/metrics.ts";
import type { ResultRow, Results, SliceResult } from "../records/results.ts";
import { metricValue, seriesOf } from "./diagnostics.ts";
import { colours, drawPanels, labelSpace, type Panel, rowFrame } from "./drawing.ts";
import { percent } from "./format.ts";

export interface Widths {
  readonly wide: number;
  readonly narrow: number;
}

/** Drawn twice: for a page and for a phone, so that letters keep their size. */
export const widths: Widths = { wide: 680, narrow: 340 };

/** Bars of all rows, the controls muted. */
export function drawAccuracy({ rows }: Results, width: number): string {
  const labels = rows.map(({ label }) => label);
  const panel: Panel = {
    title: "Held-out accuracy, % (bar) and 95% interval over reasoning paths (line)",
    height: 34 + 26 * rows.length,
    options: {
      ...rowFrame(labels, width, 0.28),
      marks: [
        Plot.barX(rows, {
          x: (row: ResultRow) => row.accuracy * 100,
          y: "label",
          fill: (row: ResultRow) => (row.kind === "step" ? colours.main : colours.soft),
          fillOpacity: 0.75,
        }),
        ...intervalMarks(rows, "label"),
        Plot.text(rows, {
          x: (row: ResultRow) => row.clusterHigh * 100,
          y: "label",
          text: (row: ResultRow) => percent(row.accuracy),
          textAnchor: "start",
          dx: 6,
          fontWeight: 600,
        }),
      ],
      color: { type: "identity" },
    },
  };
  const title = width < 500 ? { ...panel, title: "Held-out accuracy, %, 95% interval" } : panel;
  const spoken = rows.map((row) => `${row.label} ${percent(row.accuracy)}%`).join(", ");
  return drawPanels([title], width, `Held-out accuracy by row: ${spoken}`);
}

function intervalMarks(rows: readonly (SliceResult & Partial<ResultRow>)[], y: string): Plot.Markish[] {
  const low = (row: SliceResult): number => row.clusterLow * 100;
  const high = (row: SliceResult): number => row.clusterHigh * 100;
  return [
    Plot.ruleY(rows, { x1: low, x2: high, y, stroke: "currentColor", strokeWidth: 1.4 }),
    Plot.tickX(rows, { x: low, y, stroke: "currentColor", strokeWidth: 1.4, inset: 4 }),
    Plot.tickX(rows, { x: high, y, stroke: "currentColor", strokeWidth: 1.4, inset: 4 }),
  ];
}

/** One panel a slice: common and rare conditions, then the tiers. */
export function drawSlices({ rows }: Results, width: number): string {
  const names = [
    ...(rows.some(({ slices }) => slices.common !== null) ? ["common"] : []),
    ...(rows.some(({ slices }) => slices.rare !== null) ? ["rare"] : []),
    ...new Set(rows.flatMap(({ slices }) => Object.keys(slices.byTier))),
  ];
  const sliceOf = ({ slices }: ResultRow, name: string): SliceResult | null | undefined =>
    name === "common" || name === "rare" ? slices[name] : slices.byTier[name];
  const panels = names.map((name): Panel => {
    const points = rows.flatMap((row) => {
      const slice = sliceOf(row, name);
      return slice ? [{ ...slice, label: row.label, kind: row.kind }] : [];
    });
    const n = points[0]?.n ?? 0;
    return {
      title: `${name} (${n} questions)`,
      height: 26 + 17 * points.length,
      options: {
        marginLeft: labelSpace(points.map(({ label }) => label)),
        marginRight: 44,
        marginTop: 2,
        marginBottom: 22,
        x: { domain: [0, 100], ticks: width < 500 ? 4 : 6, label: null, grid: true },
        y: { domain: points.map(({ label }) => label), label: null, tickSize: 0, padding: 0.2 },
        marks: [
          Plot.ruleY(points, {
            x1: (point: SliceResult) => point.clusterLow * 100,
            x2: (point: SliceResult) => point.clusterHigh * 100,
            y: "label",
            stroke: (point: { kind: string }) => (point.kind === "step" ? colours.main : colours.soft),
            strokeWidth: 2,
          }),
          Plot.dot(points, {
            x: (point: SliceResult) => point.accuracy * 100,
            y: "label",
            r: 4,
            fill: (point: { kind: string }) => (point.kind === "step" ? colours.main : colours.soft),
          }),
          Plot.text(points, {
            x: (point: SliceResult) => point.clusterHigh * 100,
            y: "label",
            text: (point: SliceResult) => percent(point.accuracy),
            textAnchor: "start",
            dx: 6,
          }),
        ],
        color: { type: "identity" },
      },
    };
  });
  return drawPanels(panels, width, `Held-out accuracy by slice of the test questions: ${names.join(", ")}`);
}

interface Point {
  readonly step: number;
  readonly value: number;
}

interface Phase {
  readonly series: string;
  readonly start: number;
  readonly end: number;
}

/** Stage 1 and stage 2 laid end to end on one count of steps. */
function phasesOf(metrics: readonly MetricLine[]): Phase[] {
  const present = new Set(seriesOf(metrics, "reinforce"));
  let start = 0;
  return ["reinforce/stage1", "reinforce/stage2"]
    .filter((series) => present.has(series))
    .map((series) => {
      const steps = metrics.filter((line) => line.series === series).map(({ step }) => step);
      const phase = { series, start, end: start + Math.max(...steps) + 1 };
      start = phase.end;
      return phase;
    });
}

function pointsOf(metrics: readonly MetricLine[], phases: readonly Phase[], name: string): Point[] {
  return phases.flatMap(({ series, start }) =>
    metrics
      .filter((line) => line.series === series)
      .flatMap((line) => {
        const value = metricValue(line, name);
        return value === undefined ? [] : [{ step: start + line.step + 1, value }];
      })
      .sort((a, b) => a.step - b.step),
  );
}

/** Curves of reinforcement with the accuracy at the end of each stage; undefined where there are no metrics of it. */
export function drawTraining(
  { metrics, results }: { readonly metrics: readonly MetricLine[]; readonly results: Results },
  smoothing: number,
  width: number,
): string | undefined {
  const phases = phasesOf(metrics);
  const end = phases.at(-1)?.end;
  if (end === undefined) return undefined;
  const get = (name: string): Point[] => pointsOf(metrics, phases, name);
  const frame = { width, end, smoothing, borders: phases.slice(1).map(({ start }) => start) };
  const panels = [
    curvePanel("Mean reward", [{ name: "reward", colour: colours.main, points: get("rewardMean") }], frame),
    curvePanel(
      "Tied groups (no spread in reward), %",
      [
        { name: "all right", colour: colours.right, points: scaled(get("tiedRight")) },
        { name: "all wrong", colour: colours.wrong, points: scaled(get("tiedWrong")) },
      ],
      frame,
    ),
    curvePanel(
      "Entropy, nats a token",
      [{ name: "entropy", colour: colours.main, points: get("entropy") }],
      frame,
    ),
    curvePanel(
      "Length of replies, tokens",
      [{ name: "tokens", colour: colours.main, points: get("completionTokens") }],
      frame,
    ),
    accuracyPanel(results, phases, frame),
  ].filter((panel) => panel !== undefined);
  return drawPanels(
    panels,
    width,
    "Curves of reinforcement by optimizer step: mean reward, groups without spread, entropy, length of replies, held-out accuracy",
  );
}

interface Frame {
  readonly width: number;
  readonly end: number;
  readonly smoothing: number;
  readonly borders: readonly number[];
}

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly Point[];
}

function scaled(points: readonly Point[]): Point[] {
  return points.map(({ step, value }) => ({ step, value: value * 100 }));
}

function curvePanel(title: string, curves: readonly Curve[], frame: Frame): Panel | undefined {
  if (curves.every(({ points }) => points.length === 0)) return undefined;
  const short = frame.width < 500 ? title.replace(" (no spread in reward)", "") : title;
  return {
    title: short,
    ...(curves.length > 1 ? { legend: curves.map(({ name, colour }) => ({ name, colour })) } : {}),
    height: 130,
    options: {
      ...axes(frame),
      y: {
        label: null,
        ticks: 4,
        grid: true,
        nice: true,
        domain: extentOf(curves),
        tickFormat: tickLabel,
      },
      marks: [
        ...borderMarks(frame),
        ...curves.flatMap(({ colour, points }) => [
          Plot.dot(points, { x: "step", y: "value", r: 1.2, fill: colour, fillOpacity: 0.45 }),
          Plot.lineY(smooth(points, frame), {
            x: "step",
            y: "value",
            z: "phase",
            stroke: colour,
            strokeWidth: 1.8,
          }),
        ]),
      ],
    },
  };
}

function axes({ width, end }: Frame): Plot.PlotOptions {
  return {
    marginLeft: 46,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 24,
    x: { domain: [0, end], ticks: width < 500 ? 4 : 8, label: null },
  };
}

/** The range of some curves, wide enough that four digits tell its ticks apart: a flat curve is a line, not noise. */
function extentOf(curves: readonly Curve[]): [number, number] {
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const least = 0.02 * Math.max(Math.abs(low), Math.abs(high)) || 1;
  return high - low >= least ? [low, high] : [low, low + least];
}

/** A tick in at most six letters, which is what the margin has room for: "0.4125", "8192", "1.2e-5". */
function tickLabel(value: number): string {
  const isSmall = value !== 0 && Math.abs(value) < 1e-3;
  return isSmall ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

function borderMarks({ borders }: Frame): Plot.Markish[] {
  return [Plot.ruleX([...borders], { stroke: "currentColor", strokeDasharray: "3,3", strokeOpacity: 0.6 })];
}

/** Mean over a window of steps around each step, never across a border of two stages. */
function smooth(points: readonly Point[], { borders, smoothing }: Frame): (Point & { phase: number })[] {
  const half = Math.floor(smoothing / 2);
  const phaseOf = (step: number): number => borders.filter((border) => step > border).length;
  return points.map(({ step }) => {
    const phase = phaseOf(step);
    const near = points.filter((p) => Math.abs(p.step - step) <= half && phaseOf(p.step) === phase);
    return { step, phase, value: near.reduce((sum, p) => sum + p.value, 0) / near.length };
  });
}

function accuracyPanel(results: Results, phases: readonly Phase[], frame: Frame): Panel | undefined {
  const places = new Map<string, number>([["coldstart", 0]]);
  for (const { series, end } of phases) places.set(series.replace("reinforce/", ""), end);
  const points = results.rows.flatMap((row) => {
    const step = places.get(row.row);
    return step === undefined ? [] : [{ ...row, step }];
  });
  if (points.length === 0) return undefined;
  const isNarrow = frame.width < 500;
  return {
    title: isNarrow
      ? "Held-out accuracy at stage ends, %"
      : "Held-out accuracy at the end of each stage, %, with its 95% interval",
    height: 150,
    options: {
      ...axes(frame),
      marginTop: 18,
      y: { label: null, ticks: 4, grid: true, domain: [0, 100] },
      marks: [
        ...borderMarks(frame),
        Plot.ruleX(points, {
          x: "step",
          y1: (row: ResultRow) => row.clusterLow * 100,
          y2: (row: ResultRow) => row.clusterHigh * 100,
          stroke: colours.main,
          strokeWidth: 2,
        }),
        Plot.dot(points, { x: "step", y: (row: ResultRow) => row.accuracy * 100, r: 4, fill: colours.main }),
        ...(["start", "middle", "end"] as const).map((textAnchor) =>
          Plot.text(
            points.filter(({ step }) => anchorAt(step / frame.end) === textAnchor),
            {
              x: "step",
              y: (row: ResultRow) => row.clusterHigh * 100,
              text: (row: ResultRow) => (isNarrow ? "" : `${row.label} `) + percent(row.accuracy),
              dy: -8,
              fill: "currentColor",
              stroke: colours.paper,
              strokeWidth: 4,
              textAnchor,
            },
          ),
        ),
      ],
    },
  };
}

/** Labels near an edge grow inwards. */
function anchorAt(share: number): "start" | "middle" | "end" {
  return share < 0.25 ? "start" : share > 0.75 ? "end" : "middle";
}
