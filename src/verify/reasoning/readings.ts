/**
 * Readings of named quantities in a text: "serum sodium is 140 mEq/L", "Na+: 137", "a sodium of 120", "血钠 140".
 *
 * Between a name and its number only words may stand that state a value. Comparisons, reference ranges and other
 * specimens (urine, cerebrospinal fluid) are told apart: what a text says of "normal sodium" is no reading.
 */
import { type NumberToken, numberAt } from "./numerals.ts";
import type { Quantity } from "./quantity.ts";
import { quantities } from "./quantity-table.ts";
import { unitAt } from "./unit-words.ts";

export interface NamedReading {
  readonly quantity: Quantity;
  /** The name as written. */
  readonly name: string;
  readonly value: number;
  readonly decimals: number;
  /** UCUM code, where one is written. */
  readonly unit?: string;
  /** The other number of "120/80" or "60-100". */
  readonly second?: NumberToken;
  readonly kind: "value" | "range";
  /** Said to be of blood in so many words. */
  readonly isSerum: boolean;
  readonly isUrine: boolean;
  /** Of some other specimen, a reference value, or a hypothesis. */
  readonly isOther: boolean;
  readonly start: number;
  readonly end: number;
}

const connector =
  /(?:\s*\((?:[\p{Script=Latin}0-9+⁺⁻-]{1,8})\))?(?:[\s:=,~≈]|\((?=\s*\d)|(?:is|was|of|at|are|were|be|being|to|levels?|concentrations?|values?|measured|measures|measuring|reading|reads|found|reported|noted|recorded|as|about|approximately|around|roughly|only|just|now|currently|today|remains|elevated|low|high|increased|decreased|markedly|mildly|severely|slightly|reduced|raised|returned|comes back|came back|shows?|patient|a|an|the|which|lies?|between|ranges?|runs|sits|stays?|must|should)(?![\p{L}])|为|是|约|水平|浓度|值|测得|升高至|降至|从|由|达到?|高达|低至|升至|升到|降到|增至|仅|只有|在|已|目前|现|一般|维持|控制|不超过|超过|高于|低于|大于|小于|小於|至少){0,9}/iuy;

const other =
  /(?:urin\w+|CSF|cerebrospinal|ascit\w+|pleural|synovial|stool|sweat|fec\w+|faec\w+|dialysate|dietary|diet|intake|fractional excretion|FE|normal|reference|target|goal|ideal|if|usual|predicted|expected|adjusted|corrected|ionized|baseline|threshold|upper limit of|lower limit of|change in|rise in|fall in|drop in|increase in|decrease in|difference in|loss of|尿|脑脊液)[\s:-]*(?:\p{L}+\s){0,1}$/iu;
const urine = /(?:urin\w+|spot|UNa|尿)[\s:-]*(?:\p{L}+\s){0,1}$/iu;
const serum = /(?:serum|plasma|blood|血清|血浆|血)[\s-]*(?:\p{L}+\s){0,1}$/iu;

const patterns = quantities.map((quantity) => ({
  quantity,
  // Symbols of few letters are read by case, words are not.
  pattern: new RegExp(
    `(?:(?<![\\p{L}\\p{N}_/-])|(?<=[者的其人儿时查示及和与常般均清把将使让对致因而则若该此为是有伴但故令当前后现即但且并至内]))(?:${quantity.names})(?![\\p{Script=Latin}_])`,
    caseOf(quantity.names),
  ),
}));

function caseOf(names: string): string {
  return /(?:^|\|)(?:Na|K|Cl|Ca|Cr|HR|RR|BP|TC)/.test(names) ? "gu" : "giu";
}

/** Names at the head of a sentence or list ("Sodium") where the pattern is read by case. */
const capitalised: Readonly<Record<string, RegExp>> = {
  sodium: /(?<![\p{L}])Sodium(?![\p{L}])/gu,
  potassium: /(?<![\p{L}])Potassium(?![\p{L}])/gu,
  chloride: /(?<!(?:odium|otassium|alcium) )(?<![\p{L}])Chloride(?![\p{L}])/gu,
  calcium: /(?<![\p{L}])Calcium(?![\p{L}])/gu,
  creatinine: /(?<![\p{L}])Creatinine(?! [Cc]learance)(?![\p{L}])/gu,
  heartRate: /(?<![\p{L}])(?:Heart rate|Pulse)(?![\p{L}]| [Oo]x)/gu,
  respiratoryRate: /(?<![\p{L}])(?:Respiratory rate|Respirations)(?![\p{L}])/gu,
  bloodPressure:
    /(?<![\p{L}])(?:Blood pressure|Systolic(?: blood pressure| pressure)?|Mean arterial pressure)(?![\p{L}])/gu,
  totalCholesterol: /(?<![\p{L}])(?:Total cholesterol|Cholesterol)(?![\p{L}])/gu,
};

/** Every reading in plain text (see notation.ts). */
export function readingsIn(text: string): readonly NamedReading[] {
  const found: NamedReading[] = [];
  if (!/\d/.test(text)) return found;
  for (const { quantity, pattern } of patterns) {
    const also = capitalised[quantity.key];
    const matches =
      also === undefined ? [...text.matchAll(pattern)] : [...text.matchAll(pattern), ...text.matchAll(also)];
    for (const match of matches) {
      const reading = readingAt(text, quantity, match.index, match.index + match[0].length);
      if (reading !== undefined) found.push(reading);
    }
  }
  return found;
}

function readingAt(
  text: string,
  quantity: Quantity,
  start: number,
  nameEnd: number,
): NamedReading | undefined {
  connector.lastIndex = nameEnd;
  const between = connector.exec(text);
  const at = nameEnd + (between?.[0].length ?? 0);
  if (at === nameEnd && /[\p{Script=Latin}+-]$/u.test(text.slice(0, nameEnd))) return undefined;
  if (/\n\s*\n/.test(between?.[0] ?? "")) return undefined;
  const number = numberAt(text, at);
  if (number === undefined || /[\p{L}\d]/u.test(number.unit === undefined ? (text[number.end] ?? "") : ""))
    return undefined;
  const before = text.slice(Math.max(0, start - 40), start);
  // "The weight and height are 60 kg and 175 cm": the first number is of the first name.
  if (
    /(?:weight|height|pulse|rate|pressure|temperature|age|sodium|potassium|chloride)s?\s*(?:,|and|or|\/)\s*$/i.test(
      before,
    )
  )
    return undefined;
  const sentence = before.slice(
    Math.max(...[". ", "\n", "; ", "。"].map((end) => before.lastIndexOf(end) + 1)),
  );
  let unit = number.unit;
  let second: NumberToken | undefined;
  let kind: "value" | "range" = "value";
  const join = /^\s?(?:(\/|over(?=\s))|(-|(?:to|and)(?=\s)))\s?(?=[\d.])/.exec(
    text.slice(number.digitsEnd, number.digitsEnd + 9),
  );
  const isPair = join?.[1] === "/" || quantity.key === "bloodPressure" || join?.[1] === undefined;
  const isApart = /^\s?and/.test(join?.[0] ?? "") && !/between\s*$/i.test(between?.[0] ?? "");
  if (join !== null && isPair && !isApart && number.end === number.digitsEnd) {
    second = numberAt(text, number.digitsEnd + join[0].length);
    unit = second?.unit;
    if (join[1] === undefined) kind = "range";
  }
  if (unit === undefined && second === undefined) unit = unitAt(text, number.digitsEnd, number.value)?.code;
  return {
    quantity,
    name: text.slice(start, nameEnd),
    value: number.value,
    decimals: number.decimals,
    ...(unit !== undefined && { unit }),
    ...(second !== undefined && { second }),
    kind,
    isSerum: serum.test(sentence) || /^(?:血|serum|plasma|blood)/i.test(text.slice(start, nameEnd)),
    isUrine: urine.test(sentence) || (!serum.test(sentence) && isUnderUrine(text, start)),
    isOther: other.test(sentence) || /\b(?:normal|if)\b/i.test(between?.[0] ?? ""),
    start,
    end: second?.end ?? number.end,
  };
}

/** In a list of results under the heading of another specimen: "Urine", then one result a line. */
function isUnderUrine(text: string, at: number): boolean {
  if (!text.slice(0, at).includes("\n")) return false;
  const headings = [
    ...text
      .slice(Math.max(0, at - 500), at)
      .matchAll(
        /(?:^|\n)\s*(serum|blood|plasma|urin\w*|csf|cerebrospinal fluid|arterial blood gas\w*|venous\w*)[^\n\d]{0,30}(?=\n)/gi,
      ),
  ];
  return /^(?:urin|csf|cerebro)/i.test(headings.at(-1)?.[1] ?? "");
}
