/**
 * Quantities of a text, in digits or in words: "500 mg", "ninety minutes", "a kilo", "each mmHg", "2.4 million units",
 * "5 ft 10 in", "半小时", "240万单位".
 *
 * Wider than the tokens of numerals.ts, which arithmetic is read from: here a number has to carry a unit, so "one" and
 * "a" can be read as 1 without harm. What is written in two units of one kind is one quantity in the smaller.
 */
import { type NumberToken, numberAt } from "./numerals.ts";
import { convert } from "./ucum.ts";
import { unitAt } from "./unit-words.ts";

export interface Stated extends NumberToken {
  readonly unit: string;
  /** "a litre", "each mg", "1 kPa": a unit is defined by it. */
  readonly isOne: boolean;
  /** Written in two units: "5 ft 10 in". */
  readonly isCompound?: true;
}

const ones =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const values = new Map<string, number>([
  ...ones.map((word, i) => [word, i] as const),
  ...tens.map((word, i) => [word, 20 + 10 * i] as const),
  ["a", 1],
  ["an", 1],
  ["each", 1],
  ["every", 1],
  ["single", 1],
  ["half", 0.5],
]);
const large: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
};
const word = `(?:${[...tens, ...ones].sort((a, b) => b.length - a.length).join("|")})`;
const spelled = new RegExp(
  `(?<![\\p{L}\\p{N}.,-])(?:(?:half|a quarter|one quarter|one half|a tenth|one tenth|a third|one third|a fifth) (?:of )?an? |(?:an?|each|every|a single|one single|per) (?=[\\p{L}µ])|${word}(?:[- ]${word})?(?: and a half| and three quarters| and a quarter)?(?: (?:hundred|thousand|million|billion))*(?: and (?:${word})(?:[- ]${word})?| ${word}(?:[- ]${word})?)? ?-? ?|an? (?:hundred|thousand|million) |half )(?=[\\p{L}µ°℃%])`,
  "giu",
);
const hanDigits = "零一二三四五六七八九";
const hanSpelled = /(?:半个?|[一二两三四五六七八九十百千万零]+个?半?)(?=\p{L})/gu;
const digitsThenLarge =
  /^\s?-?(?:(million|billion|thousand|hundred)(?=[\s\p{Script=Han}-])|(百万|千万|万|亿))/iu;
const fractions: Readonly<Record<string, number>> = {
  half: 0.5,
  quarter: 0.25,
  tenth: 0.1,
  third: 1 / 3,
  fifth: 0.2,
};

const read = new Map<string, readonly Stated[]>();
const kept = 4;

/** The quantities of plain text (see notation.ts) in order; the last few texts are remembered, as all checks ask. */
export function quantitiesOf(text: string): readonly Stated[] {
  const known = read.get(text);
  if (known !== undefined) return known;
  const found = findQuantities(text);
  const [oldest] = read.keys();
  if (read.size >= kept && oldest !== undefined) read.delete(oldest);
  read.set(text, found);
  return found;
}

function findQuantities(text: string): readonly Stated[] {
  const found: Stated[] = [];
  const add = (start: number, unitFrom: number, value: number, digits: string, isOne: boolean): boolean => {
    const unit = unitAt(text, unitFrom, value);
    if (unit === undefined || unit.code.startsWith("/")) return false;
    const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
    found.push({
      kind: "number",
      value,
      decimals,
      digits,
      unit: unit.code,
      start,
      end: unit.end,
      digitsEnd: unitFrom,
      isOne,
    });
    return true;
  };
  for (const match of text.matchAll(
    /(?<![\p{Script=Latin}\d_])(?<!\d[.,/:-])(?<!\p{Script=Latin}-)\.?\d[\d.,]*/gu,
  )) {
    const token = numberAt(text, match.index);
    if (token === undefined) continue;
    const scale = digitsThenLarge.exec(text.slice(token.digitsEnd, token.digitsEnd + 12));
    if (scale !== null && token.unit === undefined) {
      const value = token.value * (large[((scale[1] ?? scale[2]) as string).toLowerCase()] as number);
      add(token.start, token.digitsEnd + scale[0].length, value, String(value), false);
    } else if (token.unit !== undefined && !token.unit.startsWith("/"))
      found.push({ ...token, unit: token.unit, isOne: token.value === 1 });
  }
  // The second number of a range: "5-10 mg".
  for (const match of text.matchAll(/(?<=\d\s?[-–~至到]\s?)\d[\d.,]*/gu)) {
    const token = numberAt(text, match.index);
    if (token?.unit !== undefined && !found.some(({ end }) => end === token.end))
      found.push({ ...token, unit: token.unit, isOne: false });
  }
  for (const match of text.matchAll(spelled)) {
    const said = match[0].trim().toLowerCase().replace(/-$/, "");
    const value = spelledValue(said);
    if (value === undefined) continue;
    const from = match.index + match[0].length;
    // "a d", "a g": letters may be anything; "each g" is a unit.
    if (/^(?:an?|half)$/.test(said) && !/^\p{L}{2}/u.test(text.slice(from, from + 2))) continue;
    add(match.index, from, value, String(Number(value.toPrecision(4))), value === 1);
  }
  for (const match of text.matchAll(hanSpelled)) {
    // "一千帕" is one kilopascal: the prefix goes with the unit.
    for (let length = match[0].length; length > 0; length--) {
      const value = hanValue(match[0].slice(0, length));
      if (value === undefined) continue;
      const digits = String(value);
      if (add(match.index, match.index + length, value, digits, value === 1)) break;
    }
  }
  return compounds(
    text,
    found.sort((a, b) => a.start - b.start || b.end - a.end),
  );
}

function spelledValue(said: string): number | undefined {
  if (said === "per") return undefined;
  const part = /(half|quarter|tenth|third|fifth)(?: of)? an?$/.exec(said);
  if (part !== null) return fractions[part[1] as string];
  let total = 0;
  let current = 0;
  const words = said.split(/[\s-]+/);
  for (const [i, each] of words.entries()) {
    const by = large[each];
    if (each === "and") {
      const rest = words.slice(i + 1).join(" ");
      if (rest === "a half") return total + current + 0.5;
      if (rest === "a quarter") return total + current + 0.25;
      if (rest === "three quarters") return total + current + 0.75;
    } else if (by === 100) current = Math.max(current, 1) * 100;
    else if (by !== undefined) {
      total += Math.max(current, 1) * by;
      current = 0;
    } else if (values.has(each)) current += values.get(each) as number;
    else return undefined;
  }
  return total + current;
}

/** "一百二十", "三千五百", "半", "一个半"; nothing for anything else. */
export function hanValue(text: string): number | undefined {
  const said = text.replace("个", "");
  if (said === "半") return 0.5;
  const half = said.length > 1 && said.endsWith("半");
  let [total, section, digit] = [0, 0, 0];
  for (const char of half ? said.slice(0, -1) : said) {
    const at = char === "两" ? 2 : hanDigits.indexOf(char);
    const by = { 十: 10, 百: 100, 千: 1000, 万: 10000 }[char];
    if (at >= 0) digit = at;
    else if (by === 10000) {
      total += Math.max(section + digit, 1) * by;
      [section, digit] = [0, 0];
    } else if (by !== undefined) {
      section += Math.max(digit, 1) * by;
      digit = 0;
    } else return undefined;
  }
  return total + section + digit + (half ? 0.5 : 0);
}

const pairs: readonly (readonly [large: string, small: string])[] = [
  ["[ft_i]", "[in_i]"],
  ["[lb_av]", "[oz_av]"],
  ["h", "min"],
  ["min", "s"],
  ["wk", "d"],
  ["a", "mo"],
];

/** "5 ft 10 in" and "2 h 30 min" as one quantity in inches and minutes. */
function compounds(text: string, all: readonly Stated[]): readonly Stated[] {
  const joined: Stated[] = [];
  for (const one of all) {
    const last = joined.at(-1);
    if (last !== undefined && one.start < last.end) continue;
    const between = last === undefined ? "" : text.slice(last.end, one.start);
    const isPair = last !== undefined && pairs.some(([a, b]) => a === last.unit && b === one.unit);
    const isPart =
      isPair && Number.isInteger(last.value) && one.value < (convert(last.unit, 1, one.unit) ?? 0);
    if (last !== undefined && isPart && /^[\s,]*(?:and\s+)?$|^零$/.test(between)) {
      const value = one.value + (convert(last.unit, last.value, one.unit) as number);
      joined[joined.length - 1] = {
        ...one,
        value,
        digits: String(value),
        start: last.start,
        isOne: false,
        isCompound: true,
      };
    } else joined.push(one);
  }
  return joined;
}

/** Digits that count: "0.050" has one, "1,250" three. */
export function figuresOf(digits: string): number {
  return digits.replace(/[,.]/g, "").replace(/^0+|0+$/g, "").length;
}
