/**
 * Sums of numbers whose units differ in size: "1.2 plus 350 plus 250, about 601 mL" of 1.2 L and 350 mL, "taking the
 * arterial 9.3 from the alveolar 100" of 9.3 kPa and 100 mmHg.
 *
 * The numbers are looked for in the question and in the text before; each must have one unit there, all of them must
 * measure one thing in units of two sizes, and what follows them must be just what the bare numbers come to. That all
 * of this is so by chance is not to be feared, so no grammar is asked for beyond a word or sign of adding.
 */
import type { UnitFault } from "./kinds.ts";
import { type NumberToken, numberAt } from "./numerals.ts";
import { splitSentences } from "./sentences.ts";
import { figuresOf, quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";
import { measureOf, ratioOf } from "./unit-measure.ts";

const adding =
  /[+＋−–-]|\b(?:plus|minus|add\w*|sum\w*|total\w*|together|altogether|combin\w+|subtract\w*|less|from|take|taking|takes|deduct\w*|difference|gradient|gap|leav\w+|with|and|in all|all told)\b|[加减和共]|合计|总|相差|之差/iu;
const most = 4;

/** Sums in the text that add what differs in size. */
export function unlikeSumFaults(text: string, given: readonly Stated[]): readonly UnitFault[] {
  const own = quantitiesOf(text);
  const faults: UnitFault[] = [];
  for (const sentence of splitSentences(text)) {
    if (!adding.test(sentence.text)) continue;
    const numbers = numbersIn(sentence.text, sentence.start, text);
    for (let last = 2; last < numbers.length; last++) {
      const fault = sumBefore(numbers, last, given, own);
      if (fault === undefined) continue;
      const result = numbers[last] as NumberToken;
      if (!faults.some(({ end }) => end === result.end)) faults.push({ ...fault, end: result.end });
    }
  }
  return faults;
}

function numbersIn(sentence: string, start: number, text: string): readonly NumberToken[] {
  return [...sentence.matchAll(/(?<![\p{Script=Latin}\d])(?<!\d[.,])\d[\d.,]*/gu)].flatMap(
    ({ index }) => numberAt(text, start + index) ?? [],
  );
}

function sumBefore(
  numbers: readonly NumberToken[],
  last: number,
  given: readonly Stated[],
  own: readonly Stated[],
): UnitFault | undefined {
  const result = numbers[last] as NumberToken;
  for (let count = 2; count <= most && count <= last; count++) {
    const terms = numbers.slice(last - count, last);
    const sign = signsOf(terms, result);
    if (sign === undefined) continue;
    const units = unitsOf(terms, result, given, own);
    if (units === undefined) continue;
    const [first] = units;
    const due = result.unit ?? first;
    const measure = measureOf(first as string);
    const sizes = units.map((unit) => {
      const each = measureOf(unit);
      return measure && each && ratioOf(each, measure);
    });
    if (sizes.some((size) => size === undefined)) continue;
    if (sizes.every((size) => Math.abs((size as number) - 1) < 0.02)) continue;
    const exact = units.map((unit, i) => convert(unit, (terms[i] as NumberToken).value, due as string));
    if (exact.some((each) => each === undefined)) continue;
    const sum = exact.reduce<number>((all, each, i) => all + (sign[i] as number) * (each as number), 0);
    if (Math.abs(sum - result.value) <= 0.02 * Math.abs(sum)) continue;
    const shown = terms.map((term, i) => `${term.digits} ${units[i]}`).join(" and ");
    return {
      start: (terms[0] as NumberToken).start,
      end: result.end,
      says: `${shown} differ in their units and cannot be added as they stand`,
    };
  }
  return undefined;
}

/** Which signs make the terms come to the result; nothing where none do. */
function signsOf(terms: readonly NumberToken[], result: NumberToken): readonly number[] | undefined {
  if (terms.some((term) => term.value === 0) || figuresOf(result.digits) < 2) return undefined;
  const isWritten = terms.every(({ unit }) => unit !== undefined);
  if (!isWritten && figuresOf(result.digits) < 3 && terms.every((term) => figuresOf(term.digits) < 2))
    return undefined;
  const ways =
    terms.length === 2
      ? [
          [1, 1],
          [1, -1],
          [-1, 1],
        ]
      : [terms.map(() => 1), terms.map((_, i) => (i === 0 ? 1 : -1))];
  const step = 0.5 * 10 ** -result.decimals;
  return ways.find((signs) => {
    const sum = terms.reduce((all, term, i) => all + (signs[i] as number) * term.value, 0);
    const isExact = Math.abs(sum - result.value) < 1e-6;
    const isRounded = Math.abs(sum - result.value) <= step && figuresOf(result.digits) >= 3;
    return isExact || isRounded;
  });
}

/** The one unit that each number has, its own or that of the same number before, of the kind of the others. */
function unitsOf(
  terms: readonly NumberToken[],
  result: NumberToken,
  given: readonly Stated[],
  own: readonly Stated[],
): readonly string[] | undefined {
  const told = terms.map((term) => {
    if (term.unit !== undefined) return [term.unit];
    const before = own.filter(({ end }) => end <= term.start);
    return [
      ...new Set([...given, ...before].flatMap(({ value, unit }) => (value === term.value ? [unit] : []))),
    ];
  });
  const sure = result.unit ?? told.find(({ length }) => length === 1)?.[0];
  if (sure === undefined) return undefined;
  const units = told.map((each) => each.filter((unit) => convert(unit, 1, sure) !== undefined));
  return units.every(({ length }) => length === 1) ? units.map(([unit]) => unit as string) : undefined;
}
