/**
 * How many columns a text takes on a terminal, so that a live line is cut where it would break.
 *
 * Marks that sit on another letter take none, East Asian wide characters and emoji two, everything else one. Where a
 * terminal thinks otherwise of a rare character, a line is cut a column early or late; nothing else hangs on it.
 */
import { withoutControls } from "./one-line.ts";

const nothing = /^[\p{M}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a text on one line takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

/** A text on one line of at most `columns` columns; what was cut ends in "…". */
export function cutToColumns(text: string, columns: number): string {
  const line = withoutControls(text.replaceAll(/[\t\n\r]+/gu, " "));
  if (columnsOf(line) <= columns) return line;
  let cut = "";
  let taken = 0;
  for (const character of line) {
    taken += columnsOfOne(character);
    if (taken > columns - 1) break;
    cut += character;
  }
  return columns > 0 ? `${cut}…` : "";
}

function columnsOfOne(character: string): number {
  if (character >= " " && character <= "~") return 1;
  if (nothing.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
