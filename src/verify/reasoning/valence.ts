/**
 * Millimoles and milliequivalents of ions with more than one charge: of magnesium, calcium, sulfate and phosphate they
 * are never the same number. "2.3 mmol of calcium, so 2.3 mEq", "1 mEq就是1 mmol" of magnesium.
 *
 * Judged are one number told in both units, in the text or between question and text, where an ion of that kind is
 * the one spoken of; another number is judged where both stand next to each other.
 */
import type { UnitFault } from "./kinds.ts";
import { quantitiesOf, type Stated } from "./spelled-quantities.ts";
import type { Given } from "./unit-context.ts";

const ions: readonly (readonly [pattern: RegExp, charge: number])[] = [
  [/\b(?:magnesium|calcium|sul(?:ph|f)ate|zinc|barium|strontium)|[镁钙锌钡]|硫酸根/i, 2],
  [/\b(?:Mg|Ca|Zn)(?:2\+|²⁺|\+\+|SO4|SO₄|Cl2|Cl₂)?(?![A-Za-z/])|\bSO[4₄]/, 2],
  [/\b(?:sodium|potassium|chloride|bicarbonate|lithium|ammonium)|[钠钾氯锂]|碳酸氢/i, 1],
  [/\b(?:Na|K|Cl|Li|HCO3|HCO₃|NaCl|KCl)(?:[+⁺-]|(?![A-Za-z\d]))/, 1],
];
const isEquivalents = (unit: string): boolean => /^[mu]?eq(?:$|\/)/.test(unit);
const isMoles = (unit: string): boolean => /^[mu]?mol(?:$|\/)/.test(unit);
const sameSize = (a: string, b: string): boolean => a.replace("eq", "mol") === b.replace("eq", "mol");

/** Equivalents that are told as if every ion carried one charge. */
export function valenceFaults(text: string, given: Given): readonly UnitFault[] {
  const own = quantitiesOf(text);
  return own.flatMap((one, i): UnitFault[] => {
    if (!isEquivalents(one.unit) && !isMoles(one.unit)) return [];
    if (isExempt(text, one)) return [];
    const isOther = ({ unit }: Stated): boolean =>
      (isEquivalents(one.unit) ? isMoles(unit) : isEquivalents(unit)) && sameSize(one.unit, unit);
    const last = own[i - 1];
    const isNext = last !== undefined && one.start - last.end < 40 && isOther(last);
    if (isNext && last.value !== one.value && !isCloseClaim(text, last, one)) return [];
    const twin = isNext
      ? last
      : [...own.slice(0, i), ...given.quantities].find((each) => each.value === one.value && isOther(each));
    if (twin === undefined) return [];
    const from = isNext && own.includes(twin) ? Math.min(twin.start, one.start) : one.start;
    const charge = chargeIn(text, from, one.end) ?? chargeOf(given.text);
    if (charge !== 2) return [];
    const [moles, equivalents] = isMoles(one.unit) ? [one, twin] : [twin, one];
    if (Math.abs(equivalents.value / moles.value - 2) < 0.12) return [];
    const isOwn = own.includes(twin);
    const start = isNext && isOwn ? twin.start : one.start;
    const says = `an ion with two charges has ${Number((moles.value * 2).toPrecision(3))} mEq in ${moles.digits} mmol, not ${equivalents.digits}`;
    return [{ start, end: one.end, says }];
  });
}

const isCloseClaim = (text: string, a: Stated, b: Stated): boolean =>
  /^[\s\p{L}]{0,20}(?:[=≈(]|\b(?:is|are|so|or|equals?|that is|i\.e\.|means?|gives?|makes?|corresponds? to)\b|即|等于|就是|相当于|合|为|是)[\s(\p{L}]{0,12}$/iu.test(
    text.slice(a.end, b.start),
  );

/** "if it were monovalent", "not 8 mEq" */
const isExempt = (text: string, { start, end }: Stated): boolean =>
  /\b(?:not|n't|if|unlike|wrong\w*|mistak\w+|tempt\w*|trap|forget\w*|rather than|instead of)\b[^.。]{0,30}$|(?:不是|若|如果|误|而非|并非)[^。]{0,15}$/i.test(
    text.slice(Math.max(0, start - 45), start),
  ) || /^[^.。]{0,40}(?:wrong|mistake|tempt|trap|forget|错|陷阱|误)/i.test(text.slice(end, end + 45));

/** The charge of the ion that is spoken of in the clause, or else in the sentence. */
function chargeIn(text: string, start: number, end: number): number | undefined {
  const lastOf = (stops: readonly string[]): number =>
    Math.max(0, ...stops.map((stop) => text.lastIndexOf(stop, start - 1) + 1));
  const nextOf = (stops: RegExp): number => {
    const at = text.slice(end).search(stops);
    return at < 0 ? text.length : end + at;
  };
  const ends = [". ", "\n", "。"];
  const clause = text.slice(lastOf([...ends, ";", "；", ", ", ","]), nextOf(/[.。;；,，\n]/));
  return chargeOf(clause) ?? chargeOf(text.slice(lastOf(ends), nextOf(/[.\n](?:\s|$)|。/)));
}

/** "Magnesium, like potassium and sodium" and "calcium chloride" are of the ion with two charges. */
function chargeOf(text: string): number | undefined {
  const found = ions.filter(([pattern]) => text.search(pattern) >= 0).map(([, charge]) => charge);
  return found.length === 0 ? undefined : Math.max(...found);
}
