/** Rows as text, one table a part: a column for each side, and how many times the engine is as fast or as large. */
import type { Figure, Row } from "./turns.ts";

/** All parts, in the order of the rows. */
export function renderRows(rows: readonly Row[]): string {
  const parts = [...new Set(rows.map(({ part }) => part))];
  return parts
    .map((part) =>
      renderPart(
        part,
        rows.filter((row) => row.part === part),
      ),
    )
    .join("\n\n");
}

function renderPart(part: string, rows: readonly Row[]): string {
  const sides = rows[0]!.figures.map(({ side }) => side);
  const lines = [
    [part, "", ...sides.flatMap((side, i) => (i === 0 ? [side] : [side, ""]))],
    ...rows.map(({ what, unit, figures }) => {
      const [own, ...others] = sides.map(
        (side) => figures.find((figure) => figure.side === side) ?? { side },
      );
      return [what, unit, shown(own!), ...others.flatMap((other) => [shown(other), against(own!, other)])];
    }),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  "),
  );
  const reasons = new Map(
    rows.flatMap(({ figures }) =>
      figures.flatMap(({ side, unavailable }) =>
        unavailable === undefined ? [] : [[side, unavailable] as const],
      ),
    ),
  );
  return [...table, ...[...reasons].map(([side, reason]) => `${side} is not available: ${reason}`)]
    .map((line) => line.trimEnd())
    .join("\n");
}

function shown({ value }: Figure): string {
  if (value === undefined) return "–";
  const { median, min, max } = value;
  return min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`;
}

function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The engine's figure as a multiple of another's. */
function against(own: Figure, other: Figure): string {
  if (own.value === undefined || other.value === undefined) return "";
  return `${(own.value.median / other.value.median).toFixed(2)} ×`;
}
