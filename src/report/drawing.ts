/**
 * Drawings as plain SVG text: panels made with Observable Plot on a document of our own, stacked in one image whose
 * colours follow the reader's light or dark setting.
 *
 * Invariant: the same numbers give the same bytes; no clock, counter or random name goes into a drawing.
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeHtml } from "./page.ts";

export interface Panel {
  readonly title: string;
  /** Names of the curves in their colours, beside the title. */
  readonly legend?: readonly { readonly name: string; readonly colour: string }[];
  readonly height: number;
  readonly options: Plot.PlotOptions;
}

/** Names of the colours of a drawing, for `fill` and `stroke`. */
export const colours = {
  main: "var(--fleming-main)",
  soft: "var(--fleming-soft)",
  right: "var(--fleming-right)",
  wrong: "var(--fleming-wrong)",
  rule: "var(--fleming-rule)",
  paper: "var(--fleming-paper)",
} as const;

const drawingStyle =
  ".fleming-drawing{color:#1c2530;--fleming-main:#1f5f99;--fleming-soft:#8793a0;--fleming-right:#18806a;--fleming-wrong:#b9502a;--fleming-rule:#d9dcd6;--fleming-paper:#fdfdfb}" +
  "@media (prefers-color-scheme:dark){.fleming-drawing{color:#e4e8ec;--fleming-main:#82b7ec;--fleming-soft:#75828f;--fleming-right:#5cc3ab;--fleming-wrong:#f0996d;--fleming-rule:#343d47;--fleming-paper:#14181d}}" +
  ".fleming-drawing text{white-space:pre}";

const titleHeight = 24;
const gap = 8;

/** Panels one below the other; `description` is what a screen reader says. */
export function drawPanels(panels: readonly Panel[], width: number, description: string): string {
  const parts: string[] = [];
  let top = 0;
  for (const { title, legend = [], height, options } of panels) {
    const y = top + 15;
    parts.push(`<text x="0" y="${y}" font-size="12" font-weight="600">${escapeHtml(title)}</text>`);
    parts.push(...drawLegend(legend, width, y));
    parts.push(`<g transform="translate(0,${top + titleHeight})">${drawPanel(options, width, height)}</g>`);
    top += titleHeight + height + gap;
  }
  const label = escapeHtml(description);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="fleming-drawing" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" ` +
    `role="img" aria-label="${label}" font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" fill="currentColor">` +
    `<style>${drawingStyle}</style>${parts.join("")}</svg>`
  );
}

/** Room for the longest label; a letter is at most about 6.5 units wide on average. */
export function labelSpace(labels: readonly string[]): number {
  return 12 + Math.ceil(6.5 * Math.max(0, ...labels.map((label) => label.length)));
}

/** Margins and axes of a panel with a row a label and shares of 100 across, up to `top`. */
export function rowFrame(labels: readonly string[], width: number, padding: number, top = 100) {
  return {
    marginLeft: labelSpace(labels),
    marginRight: 44,
    marginTop: 4,
    marginBottom: 26,
    x: { domain: [0, top], ticks: width < 500 ? 4 : 6, label: null, grid: true },
    y: { domain: labels, label: null, tickSize: 0, padding },
  } satisfies Panel["options"];
}

/** Dots with names, set from the right; a letter of this size is about 6 units wide. */
function drawLegend(legend: NonNullable<Panel["legend"]>, width: number, y: number): string[] {
  let right = width - 12;
  return [...legend].reverse().map(({ name, colour }) => {
    const left = right - 6 * name.length - 12;
    right = left - 14;
    return `<circle cx="${left}" cy="${y - 4}" r="4" fill="${colour}"/><text x="${left + 8}" y="${y}" font-size="11">${escapeHtml(name)}</text>`;
  });
}

/** The marks of one plot, without the outer element and its style, which would not nest. */
function drawPanel(options: Plot.PlotOptions, width: number, height: number): string {
  // Plot's types ask for a browser's document; linkedom's has all that Plot uses.
  const document = parseHTML("<!doctype html><html><body></body></html>").document as never;
  const plot = Plot.plot({ ...options, width, height, document, className: "fleming-panel" });
  const marks = [...plot.children].filter((child) => child.tagName.toLowerCase() !== "style");
  const inner = marks.map((child) => child.outerHTML).join("");
  return `<g font-size="11" text-anchor="middle">${inner}</g>`;
}
