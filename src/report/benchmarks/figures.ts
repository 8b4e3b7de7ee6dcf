/**
 * Figures 1 and 4 (paper §1, §4.4): models on one set as bars, and against their size.
 *
 * Departure from the paper: bars have intervals and the chance level, values that were reported elsewhere are outlines,
 * and a model whose size is not known has no place on the scale of sizes.
 */
import * as Plot from "@observablehq/plot";
import type { ModelResult } from "../../records/results.ts";
import { colours, drawPanels, type Panel, rowFrame } from "../drawing.ts";
import { decimal } from "../format.ts";
import { paperPoints } from "../paper/tables.ts";
import { columnsOf, resultOf } from "./columns.ts";

/** A model on the set that the figures show; numbers in %. */
interface ModelPoint {
  readonly label: string;
  readonly score: number;
  readonly low?: number;
  readonly high?: number;
  readonly kind: "own" | "other" | "reported";
  readonly billions: number | null;
}

interface PlacedPoint extends ModelPoint {
  readonly billions: number;
}

/** The set that the figures show. */
export interface ShownSet {
  readonly title: string;
  readonly chance: number;
  readonly points: readonly ModelPoint[];
  readonly hasReported: boolean;
  /** Reported models whose value is that of a public leaderboard. */
  readonly fromLeaderboard: readonly string[];
  /** Models without a place in the figure of sizes. */
  readonly unplaced: readonly string[];
}

const leaderboardPoints = paperPoints.filter(({ isLeaderboard }) => isLeaderboard).map(({ label }) => label);

/** MedXpertQA, as in the paper, or else the first set; undefined where no model answered any. */
export function shownSet(
  models: readonly ModelResult[],
  ownBillions: number | undefined,
): ShownSet | undefined {
  const columns = columnsOf(models);
  const column = columns.find(({ paper }) => paper?.name === "MedXpertQA") ?? columns[0];
  if (column === undefined) return undefined;
  const measured = models.flatMap((model): ModelPoint[] => {
    const set = resultOf(model, column);
    if (set === undefined) return [];
    const isOwn = model.kind === "step";
    return [
      {
        label: model.label,
        score: 100 * set.accuracy,
        low: 100 * set.clusterLow,
        high: 100 * set.clusterHigh,
        kind: isOwn ? "own" : "other",
        billions: (isOwn ? ownBillions : billionsIn(model.label)) ?? null,
      },
    ];
  });
  const reported =
    column.paper?.name === "MedXpertQA"
      ? paperPoints.map(
          ({ label, score, billions }): ModelPoint => ({ label, score, billions, kind: "reported" }),
        )
      : [];
  const chance = models
    .map((model) => resultOf(model, column)?.chance.level)
    .find((level) => level !== undefined);
  const points = [...measured, ...reported];
  return {
    title: column.title,
    chance: 100 * (chance ?? 0),
    points,
    hasReported: reported.length > 0,
    fromLeaderboard: reported.length === 0 ? [] : leaderboardPoints,
    unplaced: points.filter(({ billions }) => billions === null).map(({ label }) => label),
  };
}

/** Billions of parameters that a model's name says: "Qwen2.5-7B" 7, "SmolLM2-135M" 0.135; several experts say none. */
function billionsIn(label: string): number | undefined {
  const match = /(?<![\dx.])(\d+(?:\.\d+)?)([bm])(?![a-z0-9])/iu.exec(label);
  if (match === null) return undefined;
  return Number(match[1]) / (match[2]?.toLowerCase() === "m" ? 1000 : 1);
}

const fillOf = ({ kind }: ModelPoint): string =>
  kind === "own" ? colours.main : kind === "other" ? colours.soft : "none";
const strokeOf = ({ kind }: ModelPoint): string => (kind === "own" ? colours.main : colours.soft);
const highest = (point: ModelPoint): number => point.high ?? point.score;

/** Figure 1: a bar a model, the best first. */
export function drawBars({ title, chance, points }: ShownSet, width: number): string {
  const rows = [...points].sort((a, b) => b.score - a.score);
  const labels = rows.map(({ label }) => label);
  const intervals = rows.filter(({ low }) => low !== undefined);
  const top = Math.min(100, 1.06 * Math.max(chance, ...rows.map(highest)));
  const panel: Panel = {
    title: width < 500 ? `${title}, %, 95% interval` : `${title}: accuracy, % (bar) and 95% interval (line)`,
    height: 34 + 24 * rows.length,
    options: {
      ...rowFrame(labels, width, 0.26, top),
      marks: [
        Plot.barX(
          rows.filter(({ kind }) => kind !== "reported"),
          { x: "score", y: "label", fill: fillOf, fillOpacity: 0.75 },
        ),
        Plot.barX(
          rows.filter(({ kind }) => kind === "reported"),
          { x: "score", y: "label", fill: "none", stroke: colours.soft, strokeDasharray: "3,2" },
        ),
        Plot.ruleX([chance], { stroke: colours.wrong, strokeDasharray: "4,3" }),
        ...(["low", "high"] as const).map((end) =>
          Plot.tickX(intervals, { x: end, y: "label", stroke: "currentColor", strokeWidth: 1.4, inset: 4 }),
        ),
        Plot.ruleY(intervals, {
          x1: "low",
          x2: "high",
          y: "label",
          stroke: "currentColor",
          strokeWidth: 1.4,
        }),
        Plot.text(rows, {
          x: highest,
          y: "label",
          text: ({ score, kind }: ModelPoint) => decimal(score, kind === "reported" ? 2 : 1),
          textAnchor: "start",
          dx: 6,
          fontWeight: 600,
        }),
      ],
      color: { type: "identity" },
    },
  };
  const spoken = rows.map(({ label, score }) => `${label} ${decimal(score, 1)}%`).join(", ");
  return drawPanels([panel], width, `${title}, accuracy by model: ${spoken}`);
}

/** Figure 4: score by parameters; undefined where fewer than two sizes are known or none of them was measured here. */
export function drawSizes({ title, chance, points }: ShownSet, width: number): string | undefined {
  const placed = points.flatMap((point): PlacedPoint[] =>
    point.billions === null ? [] : [{ ...point, billions: point.billions }],
  );
  if (new Set(placed.map(({ billions }) => billions)).size < 2) return undefined;
  if (placed.every(({ kind }) => kind === "reported")) return undefined;
  const sizes = placed.map(({ billions }) => billions);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const top = Math.min(100, 1.12 * Math.max(chance, ...placed.map(highest)));
  const height = width < 500 ? 300 : 340;
  const panel: Panel = {
    title: width < 500 ? `${title}, % by parameters` : `${title}: accuracy, %, by parameters of the model`,
    legend: [{ name: "this run", colour: colours.main }],
    height,
    options: {
      ...margins,
      x: {
        type: "log",
        domain: [least / 1.6, most * 1.6],
        label: null,
        ticks: ticksBetween(least / 1.6, most * 1.6),
        tickFormat: sizeText,
        grid: true,
      },
      y: { domain: [0, top], label: null, grid: true, ticks: 6 },
      marks: [
        Plot.ruleY([chance], { stroke: colours.wrong, strokeDasharray: "4,3" }),
        Plot.ruleX(
          placed.filter(({ low }) => low !== undefined),
          { x: "billions", y1: "low", y2: "high", stroke: strokeOf, strokeWidth: 1.6 },
        ),
        Plot.dot(placed, {
          x: "billions",
          y: "score",
          r: 4.5,
          fill: dotFill,
          stroke: strokeOf,
          strokeWidth: 1.6,
        }),
        ...labelMarks(placed, { domain: [least / 1.6, most * 1.6], top, width, height }),
      ],
      color: { type: "identity" },
    },
  };
  const spoken = placed.map(({ label, score }) => `${label} ${decimal(score, 1)}%`).join(", ");
  return drawPanels([panel], width, `${title} by size of the model: ${spoken}`);
}

const dotFill = (point: ModelPoint): string => (point.kind === "reported" ? colours.paper : fillOf(point));

/** 7 is "7B", 0.135 is "135M", 0.0021 is "2.1M". */
function sizeText(billions: number): string {
  const isSmall = billions < 1;
  const value = isSmall ? billions * 1000 : billions;
  return `${Number(value.toPrecision(2))}${isSmall ? "M" : "B"}`;
}

/** Powers of ten, with 2 and 5 between them where the scale is short. */
function ticksBetween(least: number, most: number): number[] {
  const steps = most / least < 200 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++)
    ticks.push(...steps.map((step) => step * 10 ** power).filter((tick) => tick >= least && tick <= most));
  return ticks;
}

const margins = { marginLeft: 36, marginRight: 14, marginTop: 10, marginBottom: 30 } as const;

interface Place {
  readonly domain: readonly [number, number];
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Label {
  readonly text: string;
  readonly isOwn: boolean;
  readonly isLeft: boolean;
  /** Of the point and of the near end of the label, in units of the axes. */
  readonly point: readonly [number, number];
  readonly end: readonly [number, number];
}

const letterWidth = 7;
const lineHeight = 13;

/** Names beside their points, at the nearest free place on either side; a line leads to those that had to move. */
function labelMarks(placed: readonly PlacedPoint[], place: Place): Plot.Markish[] {
  const labels = placeLabels(placed, place);
  const moved = labels.filter(({ point, end }) => point[1] !== end[1]);
  return [
    Plot.link(moved, {
      x1: ({ point }: Label) => point[0],
      y1: ({ point }: Label) => point[1],
      x2: ({ end }: Label) => end[0],
      y2: ({ end }: Label) => end[1],
      stroke: colours.soft,
      strokeWidth: 0.8,
    }),
    ...[false, true].flatMap((isLeft) =>
      [false, true].map((isOwn) =>
        Plot.text(
          labels.filter((label) => label.isLeft === isLeft && label.isOwn === isOwn),
          {
            x: ({ end }: Label) => end[0],
            y: ({ end }: Label) => end[1],
            text: "text",
            textAnchor: isLeft ? "end" : "start",
            fill: "currentColor",
            stroke: colours.paper,
            strokeWidth: 3,
            fontWeight: isOwn ? 600 : 400,
          },
        ),
      ),
    ),
  ];
}

/** Places labels from the best point down, each where it touches no point and no label before it. */
function placeLabels(placed: readonly PlacedPoint[], { domain, top, width, height }: Place): Label[] {
  const [least, most] = domain;
  const inner = width - margins.marginLeft - margins.marginRight;
  const tall = height - margins.marginTop - margins.marginBottom;
  const scale = inner / Math.log(most / least);
  const xOf = (billions: number): number => scale * Math.log(billions / least);
  const yOf = (score: number): number => tall * (1 - score / top);
  const taken = placed.map(({ billions, score }) => ({
    left: xOf(billions) - 6,
    right: xOf(billions) + 6,
    y: yOf(score),
  }));
  return [...placed]
    .sort((a, b) => b.score - a.score)
    .map(({ label, kind, billions, score }) => {
      const size = letterWidth * label.length;
      const boxOf = ([isLeft, dy]: readonly [boolean, number]) => {
        const gap = dy === 0 ? 9 : 16;
        const near = xOf(billions) + (isLeft ? -gap : gap);
        return {
          left: isLeft ? near - size : near,
          right: isLeft ? near : near + size,
          y: yOf(score) + dy,
          near,
          isLeft,
        };
      };
      const isFree = (box: ReturnType<typeof boxOf>): boolean =>
        box.left >= 0 &&
        box.right <= inner + margins.marginRight &&
        box.y >= 0 &&
        box.y <= tall &&
        taken.every((o) => o.right < box.left || o.left > box.right || Math.abs(o.y - box.y) >= lineHeight);
      const shifts = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5];
      const boxes = shifts.flatMap((shift) => [false, true].map((side) => boxOf([side, shift * lineHeight])));
      const box = boxes.find(isFree) ?? boxOf([xOf(billions) + 9 + size > inner, 0]);
      taken.push(box);
      const y = box.y === yOf(score) ? score : top * (1 - box.y / tall);
      return {
        text: label,
        isOwn: kind === "own",
        isLeft: box.isLeft,
        point: [billions, score],
        end: [least * Math.exp(box.near / scale), y],
      };
    });
}
