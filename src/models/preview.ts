/**
 * A training sequence for people: what of it is only read and what is learned.
 *
 * Invariant: it is made of the token ids and weights that the engine is given and of nothing else, so a preview cannot
 * say otherwise than the training does. Texts come from teachers and pages, hence no control character reaches a
 * terminal but line breaks and tabs.
 */
import { withoutControls } from "../base/one-line.ts";
import type { TrainSequence } from "../engine/client.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Tokens in a row that are all read or all learned. */
export interface PreviewSegment {
  /** Their text, the marks of turns in it. */
  readonly text: string;
  readonly learned: boolean;
  readonly tokens: number;
}

/** The segments of a sequence in order; a token is learned where its weight is not 0. */
export function previewSegments(
  tokenizer: Tokenizer,
  { tokens, weights }: Pick<TrainSequence, "tokens" | "weights">,
): PreviewSegment[] {
  const segments: PreviewSegment[] = [];
  let from = 0;
  for (let at = 1; at <= tokens.length; at++) {
    const learned = isLearned(weights, from);
    if (at < tokens.length && isLearned(weights, at) === learned) continue;
    segments.push({ text: tokenizer.show(tokens.slice(from, at)), learned, tokens: at - from });
    from = at;
  }
  return segments;
}

/** The first token is predicted by nothing, whatever its weight. */
function isLearned(weights: TrainSequence["weights"], at: number): boolean {
  return at > 0 && weights[at] !== 0;
}

const dim = ["\u001b[2m", "\u001b[22m"] as const;
const green = ["\u001b[32m", "\u001b[39m"] as const;
/** Where there is no colour, these stand around what is learned. */
const marks = ["⟦", "⟧"] as const;

/**
 * Segments as text: in colour dim where it is read and green where it is learned, else with ⟦ ⟧ around what is learned;
 * of a segment of more than `longest` characters its two ends.
 */
export function renderPreview(
  segments: readonly PreviewSegment[],
  options: { readonly colour: boolean; readonly longest?: number },
): string {
  const { colour, longest = Number.POSITIVE_INFINITY } = options;
  return segments
    .map(({ text, learned }) => {
      const shown = shorten(text, longest).replaceAll(/[^\n\t]+/gu, withoutControls);
      if (!colour) return learned ? `${marks[0]}${shown}${marks[1]}` : shown;
      const [on, off] = learned ? green : dim;
      // Colour ends with each line: a pager that starts in the middle of one shows it all the same.
      return shown.replaceAll(/[^\n]+/gu, (line) => `${on}${line}${off}`);
    })
    .join("");
}

/** One line on what the marks mean and how much is learned. */
export function previewLegend(segments: readonly PreviewSegment[], colour: boolean): string {
  const count = (learned: boolean): number =>
    segments.reduce((sum, segment) => sum + (segment.learned === learned ? segment.tokens : 0), 0);
  const how = colour ? `${green[0]}green${green[1]}` : `between ${marks[0]} and ${marks[1]}`;
  return `${count(false)} tokens are read, ${count(true)} are learned (${how})`;
}

/** Whether a stream is a terminal that wants colour (https://no-color.org). */
export function takesColour(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR ?? "") === "" && TERM !== "dumb";
}

function shorten(text: string, longest: number): string {
  const signs = [...text];
  if (signs.length <= longest) return text;
  const end = Math.floor(longest / 2);
  return `${signs.slice(0, end).join("")} [… ${signs.length - 2 * end} characters …] ${signs.slice(-end).join("")}`;
}
