/** The scores as text and as one object: each share with its Wilson interval. */
import { wilsonInterval } from "../../src/base/wilson.ts";
import type { Score } from "./score.ts";
import type { Measured, Mistake, Share } from "./shares.ts";

/** Tables for people: of all pages, and the main figures of those that are kept back. */
export function renderScore(score: Score, held: Score): string {
  const predicates = Object.entries(score.predicates).map(([predicate, { infobox, text }]) => [
    predicate,
    brief(infobox.precision),
    brief(infobox.recall),
    brief(text.precision),
    brief(text.recall),
  ]);
  return [
    `discover on ${score.pages} pages labelled by hand (share, 95 % interval, counts)`,
    "",
    ...figures(score),
    "",
    table([["predicate", "box precision", "box recall", "text precision", "text recall"], ...predicates]),
    "",
    table(
      Object.entries(countKinds(score.mistakes)).map(([kind, count]) => [`mistakes: ${kind}`, String(count)]),
    ),
    "",
    `of these, ${held.pages} pages that are kept back (their mistakes are not printed)`,
    "",
    ...figures(held),
  ].join("\n");
}

function figures(score: Score): string[] {
  const { attributes } = score;
  const rows: [string, Measured][] = [
    ["infobox", score.infobox],
    ["section and sentence", score.text],
    ["  section", score.section],
    ["  sentence", score.sentence],
    ...(score.model.precision.of > 0 ? [["  model", score.model] as [string, Measured]] : []),
    ["sample pages: infobox", score.sources.samples.infobox],
    ["sample pages: text", score.sources.samples.text],
    ["own pages: infobox", score.sources.gold.infobox],
    ["own pages: text", score.sources.gold.text],
    ["typed entities", score.typedEntities],
  ];
  const shares: [string, Share][] = [
    ["recall of text, linked names", score.textLinked],
    ["recall of text, plain words", score.textUnlinked],
    ["recall of tables", score.table],
    ["types of pages", score.pageTypes],
    ["labelled tails that are entities", score.tailsFound],
    ["… of the right type", score.tailTypes],
    ["non-medical kept out", score.keptOut],
    ["denials taken as statements", score.deniedTaken],
    ["frequency agrees", attributes.frequency],
    ["condition agrees", attributes.condition],
    ["hedge agrees", attributes.hedge],
  ];
  return [
    table([
      ["", "precision", "recall"],
      ...rows.map(([name, { precision, recall }]) => [name, long(precision), long(recall)]),
    ]),
    "",
    table(shares.map(([name, share]) => [name, long(share)])),
  ];
}

/** Every mistake on two lines: what, and the words of the page. */
export function renderMistakes(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ kind, page, what, method, quote }) =>
      [
        `${kind}${method === "" ? "" : ` (${method})`} · ${page}: ${what}`,
        ...(quote === "" ? [] : [`    ${quote.replace(/\s+/g, " ")}`]),
      ].join("\n"),
    )
    .join("\n");
}

/** The figures as plain data: shares with their counts and intervals, without the mistakes. */
export function scoreForJson({ mistakes, ...figures }: Score): unknown {
  return { ...(withRates(figures) as object), mistakes: countKinds(mistakes) };
}

function withRates(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const share = value as Partial<Share>;
  if (typeof share.of === "number" && typeof share.right === "number") {
    if (share.of === 0) return { right: 0, of: 0 };
    const { low, high } = wilsonInterval(share.right, share.of);
    return {
      right: share.right,
      of: share.of,
      share: rounded(share.right / share.of),
      low: rounded(low),
      high: rounded(high),
    };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withRates(inner)]));
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

function countKinds(mistakes: readonly Mistake[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of mistakes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function long({ right, of }: Share): string {
  if (of === 0) return "–";
  const { low, high } = wilsonInterval(right, of);
  return `${(right / of).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}) ${right}/${of}`;
}

function brief({ right, of }: Share): string {
  return of === 0 ? "–" : `${(right / of).toFixed(2)} ${right}/${of}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
