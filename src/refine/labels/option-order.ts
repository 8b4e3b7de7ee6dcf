/**
 * Whether the options of a question may be shown in another order (EVALUATION.md §3, pitfall 16). Options that speak
 * of others, letters or places that the stem names, and values that stand in order stay where they are.
 *
 * Invariant: when in doubt the order is kept; a trial then differs by its seed alone.
 */
import type { Random } from "../../base/random.ts";
import { foldWidth } from "../../verify/text.ts";

/** Options that speak of the others. */
const refersToOthers: readonly RegExp[] = [
  /\b(?:all|none|any|each|both|neither|either|two|three|more than one|one or more)(?: of)?(?: the)? (?:above|below|others?|these|those|following|preceding|options?|choices?|answers?|statements?)\b/iu,
  /\b(?:above|preceding|previous|other) (?:options?|choices?|answers?|statements?)\b/iu,
  /\b(?:all|none) (?:is|are|of them|apply|applies|correct|true|false)\b/iu,
  /\bthe above\b/iu,
  /\b(?:both|neither|either|only) \(?[A-U]\)?(?![\w'-])/u,
  /(?:^|[\s(])\(?[A-U]\)?\s*(?:,|and|or|nor|&|\+|but not)\s*\(?[A-U]\)?(?![\w'-])/u,
  /以上|上述|均正确|均不正确|都正确|都不正确|都对|都不对|均是|均不是|[A-U]\s*(?:[、和与及或]|以及)\s*[A-U]/u,
];

/** Stems that name options by letter or place. */
const namesOptions: readonly RegExp[] = [
  /\b(?:[Oo]ptions?|[Cc]hoices?|[Aa]nswers?|[Aa]lternatives?)\s*\(?[A-U1-9]\)?(?![\w'-])/u,
  /\(\s*[A-U]\s*\)/u,
  /\b(?:first|second|third|fourth|fifth|last|next|previous) (?:option|choice|answer|alternative)\b/iu,
  /\b(?:option|choice|answer|alternative)s? (?:above|below|listed (?:first|last))\b/iu,
  /(?:选项|答案)\s*[A-U]|第[一二三四五]个?(?:选项|答案)|[A-U]\s*[项选]/u,
];

/** Whether the options may be shown in any order without changing the question. */
export function mayReorder(stem: string, options: readonly string[]): boolean {
  const texts = options.map((text) => foldWidth(text).trim());
  return (
    !namesOptions.some((pattern) => pattern.test(foldWidth(stem))) &&
    !texts.some((text) => refersToOthers.some((pattern) => pattern.test(text))) &&
    !isScale(texts)
  );
}

/** Letters in the order in which a trial shows them. */
export function orderFor(stored: readonly string[], isFixed: boolean, random: Random): readonly string[] {
  return isFixed ? stored : random.shuffle(stored);
}

/** Three options or more that rise or fall as numbers: amounts, ages, stages. */
function isScale(texts: readonly string[]): boolean {
  const values = texts.map(amountOf);
  if (values.length < 3 || values.some((value) => value === undefined)) return false;
  const steps = values.slice(1).map((value, at) => (value as number) - (values[at] as number));
  return steps.every((step) => step > 0) || steps.every((step) => step < 0);
}

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/** The number that a text is about: its first one, bounds such as "< 5" a little beside it; "stage II" is 2. */
function amountOf(text: string): number | undefined {
  const roman = /^(?:(?:stage|grade|type|class|phase|level|degree)\s+)([ivx]+)\b/iu.exec(text)?.[1];
  if (roman !== undefined) {
    const at = romans.indexOf(roman.toLowerCase());
    return at < 0 ? undefined : at + 1;
  }
  const found =
    /^(?:\p{L}+\s+){0,2}?([<>≤≥~≈]|less than|more than|under|over|up to|at least)?\s*([-−]?\d[\d,]*(?:\.\d+)?)/iu.exec(
      text,
    );
  if (found === null) return undefined;
  const value = Number((found[2] as string).replaceAll(",", "").replace("−", "-"));
  if (/^(?:<|≤|less|under|up)/iu.test(found[1] ?? "")) return value - 1e-6;
  return /^(?:>|≥|more|over|at)/iu.test(found[1] ?? "") ? value + 1e-6 : value;
}
