/**
 * Replies that give no answer: how many, what they can make of the accuracy, and where they come from. Accuracy over
 * answered replies alone flatters a model that stops when it does not know, so it stands beside both bounds.
 */
import { groupBy } from "../../base/collections.ts";
import { invariant } from "../../base/errors.ts";
import { type Interval, type Share, shareOf } from "../../base/wilson.ts";
import type { Outcome } from "../../records/score.ts";

/** One reply and what its being read may depend on. */
export interface UnreadRow {
  readonly outcome: Outcome;
  /** Number of options. */
  readonly options: number;
  /** Length of the prompt, in whatever unit all rows share. */
  readonly promptLength: number;
  readonly language: string;
}

interface UnreadBin {
  readonly bin: string;
  readonly n: number;
  readonly truncated: Share;
  readonly unparsed: Share;
}

export interface UnreadBins {
  readonly options: readonly UnreadBin[];
  readonly promptLength: readonly UnreadBin[];
  readonly language: readonly UnreadBin[];
}

/** Accuracy if all replies without an answer were wrong, and if all were right. */
export function accuracyBounds(outcomes: readonly Outcome[]): Interval {
  const n = outcomes.length;
  invariant(n > 0, "no replies have no shares");
  const right = outcomes.filter((outcome) => outcome === "right").length;
  const wrong = outcomes.filter((outcome) => outcome === "wrong").length;
  return { low: right / n, high: (n - wrong) / n };
}

/** Truncated and unparsed replies by number of options, by quarters of the prompts by length, and by language. */
export function unreadBy(rows: readonly UnreadRow[]): UnreadBins {
  const byNumber = [...groupBy(rows, ({ options }) => options)].sort(([a], [b]) => a - b);
  const byName = [...groupBy(rows, ({ language }) => language)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    options: byNumber.map(([options, group]) => binOf(`${options}`, group)),
    promptLength: quarters(rows).map((group) => {
      const lengths = group.map(({ promptLength }) => promptLength);
      return binOf(`${lengths[0]}–${lengths.at(-1)}`, group);
    }),
    language: byName.map(([language, group]) => binOf(language, group)),
  };
}

/** Rows by prompt length in up to four parts of about the same size; rows of one length stay together. */
function quarters(rows: readonly UnreadRow[]): UnreadRow[][] {
  const sorted = [...rows].sort((a, b) => a.promptLength - b.promptLength);
  const firstOf = new Map<number, number>();
  for (const [place, { promptLength }] of sorted.entries()) {
    if (!firstOf.has(promptLength)) firstOf.set(promptLength, place);
  }
  const quarterOf = (row: UnreadRow): number =>
    Math.floor((4 * firstOf.get(row.promptLength)!) / sorted.length);
  return [...groupBy(sorted, quarterOf).values()];
}

function binOf(bin: string, rows: readonly UnreadRow[]): UnreadBin {
  const share = (outcome: Outcome): Share =>
    shareOf(rows.filter((row) => row.outcome === outcome).length, rows.length)!;
  return { bin, n: rows.length, truncated: share("truncated"), unparsed: share("unparsed") };
}
