/**
 * What the question gives, said again in a unit that makes another thing of it: "12 mm" as "0.12 cm", "250 mg" as
 * "250 mcg", "0.7 cm²" as "0.7 cm", "132 lb" as "132 kg", "0.5 mg/min" as "0.5 mg/kg/min", "154 mmol/L" of a bag of
 * 500 mL as "154 mmol".
 *
 * That a number is the question's own is known by its digits where they are many, and by the words about it where they
 * are few. Results of calculations are judged elsewhere; what the question or an option says itself is no fault.
 */
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import type { Token } from "./numerals.ts";
import { figuresOf, quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";
import { type Given, isBound, isSaidOf } from "./unit-context.ts";
import { apart, differInTime, measureOf, ratioOf } from "./unit-measure.ts";

/** Quantities of the question that the text says again wrongly. */
export function restatementFaults(
  text: string,
  tokens: readonly Token[],
  given: Given,
): readonly UnitFault[] {
  const own = quantitiesOf(text);
  return own.flatMap((one): UnitFault[] => {
    if (isLeftOut(one, given) || isCalculated(tokens, one)) return [];
    const of = given.quantities.find((each) => isChanged(text, one, each, given, own));
    if (of === undefined) return [];
    const says = `the question gives ${of.digits} ${unitText(of.unit)}, not ${one.digits} ${unitText(one.unit)}`;
    return [{ start: one.start, end: one.end, says }];
  });
}

/** Said so by the question or an option, or of a kind that any text may say anew. */
function isLeftOut({ value, unit }: Stated, { quantities, options }: Given): boolean {
  const kind = kindOf(unit);
  if (kind === "time" || kind === "share" || unit === "%" || /^\{/.test(unit)) return true;
  // "2.2 lb/kg" is a factor, whatever else is 2.2 lb.
  const [over, under] = unit.split("/");
  if (over !== undefined && under !== undefined && customary(over, under)) return true;
  const isSame = (each: Stated): boolean => {
    const there = each.unit === unit ? each.value : convert(each.unit, each.value, unit);
    return there !== undefined && Math.abs(there - value) <= 0.01 * Math.abs(value);
  };
  return quantities.some(isSame) || options.some(isSame);
}

/** The result of a calculation, whose unit unit-results.ts judges. */
function isCalculated(tokens: readonly Token[], { start }: Stated): boolean {
  const at = tokens.findIndex((token) => token.start === start);
  const [before, more] = [tokens[at - 1], tokens[at - 2]];
  return at > 0 && before?.kind === "relation" && !before.loose && more?.kind !== "word";
}

function isChanged(text: string, one: Stated, of: Stated, given: Given, own: readonly Stated[]): boolean {
  if (one.value === 0 || one.isOne) return false;
  const kind = kindOf(of.unit);
  if (kind === "time" || kind === "share" || /^\{/.test(of.unit)) return false;
  const figures = figuresOf(one.digits);
  const isSame = one.value === of.value;
  const isRepeated = own.some((each) => each.value === of.value && each.unit === of.unit);
  const isOwn = isSaidOf(text, one, given.text, of);
  const limit = isBound(text, one);
  if (isSame) {
    const others = given.quantities.filter((each) => each.value === one.value && each !== of);
    if (others.some((each) => apart(one.unit, each.unit) === undefined)) return false;
    if (customary(one.unit, of.unit)) return figures >= 2;
    const change = changeOf(one.unit.replace(/\/d$/, ""), of.unit.replace(/\/d$/, ""));
    if (change === undefined || (change !== "power" && goesOn(text, one))) return false;
    if (change === "size") {
      if (figures >= 3 && !limit) return true;
      return isOwn && !limit && (figures >= 2 || !isRepeated);
    }
    if (change === "power") return /\/m$/.test(one.unit) || figures >= 2 || one.decimals > 0 || isOwn;
    if (change === "lost") return figures >= 2 && isOwn && !limit && !isRepeated;
    return !limit && !isRepeated && (one.decimals > 0 || isOwn);
  }
  // "0.12 cm" for 12 mm: the digits stand, the point does not.
  if (figures < 2 || core(one.digits) !== core(of.digits) || one.unit === of.unit) return false;
  const there = convert(of.unit, of.value, one.unit);
  if (there === undefined || there === 0) return false;
  const power = Math.log10(one.value / there);
  if (Math.abs(power - Math.round(power)) > 0.001 || Math.round(power) === 0) return false;
  const isTimesTen = /(?<![\d.])10{1,3}(?![\d.])|\bten\b|hundred|thousand|十|百|%/i.test(
    `${text} ${given.text}`,
  );
  return isOwn && !limit && !(isTimesTen && figures < 3);
}

const core = (digits: string): string => digits.replace(/[,.]/g, "").replace(/^0+|0+$/g, "");

const customary = (a: string, b: string): boolean => {
  const pair = [a, b].sort().join(" ");
  return ["[lb_av] kg", "[in_i] cm", "Cel [degF]", "[degF] Cel", "[ft_i] m", "[oz_av] g"].includes(pair);
};

/** "for each kilogram" and "× 20 kg" say what is missing. */
const goesOn = (text: string, { end }: Stated): boolean =>
  /^\s*(?:[×x*÷/]|\b(?:for|per|each|every|times|in|to)\b(?! \d+ ?-?h)|每(?:公斤|千克|kg|平方|m)|\+)/i.test(
    text.slice(end, end + 12),
  );

/** How one unit became the other: another size, a power or part of it lost or changed, or a part gained. */
function changeOf(said: string, due: string): "size" | "power" | "lost" | "gained" | undefined {
  const [a, b] = [measureOf(said), measureOf(due)];
  if (a === undefined || b === undefined) return undefined;
  const [mine, other] = [said.split("/"), due.split("/")];
  const ratio = ratioOf(a, b);
  if (ratio !== undefined) return Math.abs(ratio - 1) > 0.02 ? "size" : undefined;
  const isPower = (x: string, y: string): boolean =>
    x !== y && x.replace(/\d$/, "") === y.replace(/\d$/, "") && /\d$/.test(`${x}${y}`);
  if (mine.length === other.length) {
    const differ = mine.flatMap((part, i) =>
      part === other[i] ? [] : [[part, other[i] as string] as const],
    );
    const [first] = differ;
    if (differ.length === 1 && first !== undefined && isPower(...first)) return "power";
  }
  if (differInTime(a, b)) return undefined;
  const isWithin = (part: readonly string[], whole: readonly string[]): boolean =>
    whole.length === part.length + 1 && part.every((each) => whole.includes(each));
  const isBody = (parts: readonly string[], rest: readonly string[]): boolean =>
    /^(?:kg|m2)$/.test(parts.find((each) => !rest.includes(each)) ?? "");
  if (isWithin(other, mine) && isBody(mine, other)) return "gained";
  return isWithin(mine, other) && isBody(other, mine) && mine.length > 1 ? "lost" : undefined;
}
