/**
 * How rare a condition is, from the frequency its page states: the sampling of rare entities rests on it
 * (paper §3.1, "rare entities first").
 *
 * Invariant: a score comes with the words it was read from. Rare is fewer than 1 in 2,000, the usual legal measure;
 * the paper gives none.
 */
import type { Rarity } from "../records/entity.ts";

/** Below this share of people a condition is rare. */
const RARE_BELOW = 1 / 2000;

const scale: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, hundred: 100 };

const numberWords: Readonly<Record<string, string>> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
};

const NUMBER = "(\\d[\\d,\\u00a0 ]*(?:\\.\\d+)?)";
const RANGE = `${NUMBER}(?:\\s*(?:[-–—]|to|and|or)\\s*${NUMBER})?`;
const SCALE = "(?:\\s*(hundred|thousand|million|billion))?";

const patterns: readonly { readonly expression: RegExp; read(found: RegExpMatchArray): number }[] = [
  {
    // "1 in 30,000", "1 in 10,000 to 20,000", "1:5000", "<1/1,000,000", "1 out of 2 million"
    expression: new RegExp(`${NUMBER}\\s*(?:in(?: every)?|out of|:|/)\\s*(?:about |every )?${RANGE}${SCALE}`),
    read: (m) => numberOf(m[1]) / (middle(m[2], m[3]) * (scale[m[4] ?? ""] ?? 1)),
  },
  {
    // "5 per 100,000", "2 to 4 per million", "0.5 cases per 1 million"
    expression: new RegExp(
      `${RANGE}${SCALE}\\s*(?:new )?(?:cases?|people|persons|births|patients)?\\s*(?:per|/|in(?: every)?|for every)\\s*(?:${NUMBER})?\\s*(hundred|thousand|million|billion)?`,
    ),
    read: (m) => {
      if (m[4] === undefined && m[5] === undefined) return Number.NaN;
      const of = (m[4] === undefined ? 1 : numberOf(m[4])) * (scale[m[5] ?? ""] ?? 1);
      return (middle(m[1], m[2]) * (scale[m[3] ?? ""] ?? 1)) / of;
    },
  },
  {
    // "2% of adults", "1–3 %"
    expression: new RegExp(`${RANGE}\\s*(?:%|percent|per cent)`),
    read: (m) => middle(m[1], m[2]) / 100,
  },
];

/** The share of people (or births) a text states, from 0 to 1. */
export function readFrequency(text: string): number | undefined {
  const folded = text
    .toLowerCase()
    .replace(
      /\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b/g,
      (word) => numberWords[word] ?? word,
    );
  let best: { at: number; share: number } | undefined;
  for (const { expression, read } of patterns) {
    const found = expression.exec(folded);
    if (!found) continue;
    const share = read(found);
    if (!(share > 0 && share <= 1)) continue;
    if (best === undefined || found.index < best.at) best = { at: found.index, share };
  }
  return best?.share;
}

function numberOf(written: string | undefined): number {
  return Number((written ?? "").replace(/[, \u00a0]/g, ""));
}

function middle(low: string | undefined, high: string | undefined): number {
  const a = numberOf(low);
  return high === undefined ? a : Math.sqrt(a * numberOf(high));
}

/** Rarity from the stated frequency and the categories of a page. */
export function rarityOf(frequency: string | undefined, categories: readonly string[]): Rarity {
  const reasons: string[] = [];
  const share = frequency === undefined ? undefined : readFrequency(frequency);
  if (share !== undefined) reasons.push(`frequency "${shorten(frequency ?? "")}"`);
  const saysRare = frequency !== undefined && /\b(?:very |extremely |ultra-?)?rare\b/i.test(frequency);
  const category = categories.find((one) =>
    /^Rare (?:diseases|infectious|cancers|syndromes)|orphan/i.test(one),
  );
  if (category !== undefined) reasons.push(`category "${category}"`);
  if (share !== undefined) {
    const score = Math.min(1, Math.max(0, -Math.log10(share) / 6));
    return { score: Math.round(score * 1000) / 1000, isRare: share < RARE_BELOW, reasons };
  }
  if (saysRare) reasons.push(`frequency "${shorten(frequency)}"`);
  if (category !== undefined || saysRare) return { score: 0.8, isRare: true, reasons };
  return { score: 0.3, isRare: false, reasons: ["no frequency is stated"] };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
