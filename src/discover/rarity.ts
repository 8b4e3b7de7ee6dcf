/**
 * How rare a condition is, from the frequency its page states: the sampling of rare entities rests on it
 * (paper §3.1, "rare entities first").
 *
 * Invariant: a score comes with the words it was read from. Rare is fewer than 1 in 2,000, the usual legal measure;
 * the paper gives none. New cases in a year are no share of people, nor is a share of patients: an acute disease is
 * not rare because few have it on one day.
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
    // "1 in 5,000 to 1 in 50,000"
    expression: new RegExp(
      `${NUMBER}\\s*(?:in|out of|:|/)\\s*${NUMBER}${SCALE}\\s*(?:[-–—]|to|and|or)\\s*${NUMBER}\\s*(?:in|out of|:|/)\\s*${NUMBER}${SCALE}`,
    ),
    read: (m) =>
      Math.sqrt(
        (numberOf(m[1]) / (numberOf(m[2]) * (scale[m[3] ?? ""] ?? 1))) *
          (numberOf(m[4]) / (numberOf(m[5]) * (scale[m[6] ?? ""] ?? 1))),
      ),
  },
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

/** Words that make a rate one of new cases in a year. */
const yearly =
  /\b(?:(?:per|a|each|every|in a) year|per annum|annual(?:ly)?|yearly|new (?:cases|diagnoses)|person-years?|incidence)\b/;

/** What follows a share of patients: "of women with …", "of people seen in …", "patients with …". */
const ofPatients =
  /^\s*(?:of )?(?:all |the |these |those )?(?:(?:[a-z-]+ ){1,4}?(?:with|who|seen|treated|undergoing|having|admitted|receiving|taking)\b|(?:[a-z-]+ ){0,2}(?:cases|patients|cancers|tumou?rs|infections|deaths|strokes)\b)/;

/** The share of people (or births) a text states, from 0 to 1; undefined for new cases in a year. */
export function readFrequency(text: string): number | undefined {
  for (const statement of text.toLowerCase().split(/;|,(?!\d)|\.(?!\d)/)) {
    const share = readShare(statement);
    if (share !== undefined) return share;
  }
  return undefined;
}

function readShare(text: string): number | undefined {
  if (yearly.test(text) && !/\b(?:births?|newborns?|prevalence)\b/.test(text)) return undefined;
  const folded = text.replace(
    /\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b/g,
    (word) => numberWords[word] ?? word,
  );
  let best: { at: number; share: number } | undefined;
  for (const { expression, read } of patterns) {
    const found = expression.exec(folded);
    if (!found) continue;
    const share = read(found);
    if (!(share > 0 && share <= 1)) continue;
    if (ofPatients.test(folded.slice(found.index + found[0].length))) continue;
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
  const reason = frequency === undefined ? "no frequency is stated" : "no share of people is stated";
  return { score: 0.3, isRare: false, reasons: [reason] };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
