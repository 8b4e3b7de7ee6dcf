/**
 * Factors of conversions: "you divide the mg/dL value by 88.6", "kg = lb × 2.2", "from kPa to mmHg multiply by 5",
 * "scale by 1.8, then add 30", and calculations with such a factor ("54 × 0.6 is 32.4, so 32.4 °C").
 *
 * A factor is judged where both units are named, or one of them and an analyte that comes in two. A calculation is
 * judged where a bare factor turns the number of one unit into that of another: a count would leave the unit alone.
 */
import { equalitiesIn } from "./chains.ts";
import { substancesIn } from "./conversions.ts";
import { numbersIn } from "./expression.ts";
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import { type NumberToken, numberAt, type Token } from "./numerals.ts";
import { splitSentences } from "./sentences.ts";
import { figuresOf, quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert, type Substance } from "./ucum.ts";
import { unitAt } from "./unit-words.ts";

const unitWord =
  "mg/dL|mg/L|g/dL|g/L|mcg/dL|µg/dL|μg/dL|ng/dL|ng/mL|µg/L|μg/L|pg/mL|mmol/L|µmol/L|μmol/L|umol/L|nmol/L|pmol/L|mmHg|mm Hg|kPa|cmH2O|lbs?|pounds?|kg|kilos?|kilograms?|inch(?:es)?|in(?=[ ,] (?:to|into))|cm|centimet(?:er|re)s?|mm|millimet(?:er|re)s?|m|met(?:er|re)s?|feet|foot|ft|oz|ounces?|kcal|kJ|kilojoules?|kilocalories|mg|mcg|µg|μg|g|grams?|milligrams?|micrograms?|mL|millilit(?:er|re)s?|L|lit(?:er|re)s?|hours?|h|minutes?|min|seconds?|s|days?|磅|公斤|千克|英寸|英尺|厘米|毫米|米|千帕|毫米汞柱|大卡|千卡|千焦|毫克|微克|克|毫升|升|小时|分钟|秒|天";
const unit = `(?:${unitWord})(?![\\p{Script=Latin}\\d/])`;
const factor = "(?<factor>\\d+(?:\\.\\d+)?)";
const hedged = "(?:about |roughly |approximately |some |around |大约|约)?";
const value =
  "(?:\\s*(?:values?|figures?|numbers?|readings?|results?|weights?|levels?|concentrations?|值|数值|数))?";
const operation =
  "(?<operation>multipl(?:y|ied|ying|ies)|divid(?:e|ed|ing|es)|times|over|×|x|\\*|÷|/|乘以?|除以)";

const operations = /multipl|divid|\btimes\b|\bover\b|[×*÷/]|乘|除/iu;

/** With direction: what is turned, by what, into what. */
const rules: readonly RegExp[] = [
  // "divide the mg/dL value by 88.6 (to get mmol/L)"
  `${operation}\\s+(?:the |a |any |your |his |her |by )?(?:[\\p{L}-]+ ){0,3}?(?<from>${unit})${value}(?: of [\\p{L}]+)? by ${hedged}${factor}(?:[^.。\\d]{0,25}?(?:get|give|gives|obtain|yield|yields|reach|for|into|to|have|=)\\s*(?<to>${unit}))?`,
  // "from kPa to mmHg (one has to) multiply by 5", "to turn pounds into kilograms divide by"
  `(?<from>${unit})${value}\\s*(?:to|into|→|->|变成|变为|换算?成|换算?为|化成|化为|转成|转换?为|折成|到)\\s*(?:a |an |the )?(?<to>${unit})[^.。\\d]{0,40}?${operation}[^.。\\d]{0,14}?${hedged}${factor}`,
  // "pounds are divided by 1.2 to reach kilograms"
  `(?<from>${unit})${value}\\s+(?:are|is|get|have to be|has to be|must be|should be|needs? to be|be)\\s+${operation} by ${hedged}${factor}[^.。\\d]{0,25}?(?:get|give|gives|obtain|yield|reach|for|into|to|have|as)\\s*(?<to>${unit})`,
  // "dividing by 1.8 turns pounds into kilograms"
  `${operation}(?: it)? by ${hedged}${factor}[^.。\\d]{0,40}?(?<from>${unit})\\s*(?:to|into)\\s*(?<to>${unit})`,
  // "kg = lb / 1.8"
  `(?<to>${unit})\\s*(?:=|is|are|equals?|为|等于)\\s*(?:the )?(?<from>${unit})\\s*${operation}\\s*(?:by )?${hedged}${factor}`,
  // "mmol/L × 18 = mg/dL"
  `(?<from>${unit})\\s*${operation}\\s*(?:by )?${hedged}${factor}\\s*(?:=|is|gives?|为|得|等于|,)\\s*(?<to>${unit})`,
].map((rule) => new RegExp(`(?<![\\p{Script=Latin}\\d])${rule}(?![\\d.]*\\d)`, "giu"));

/** Wrong factors told for a conversion, and calculations with one. */
export function factorFaults(
  text: string,
  tokens: readonly Token[],
  given: readonly Stated[],
  stem: string,
  asked: readonly string[],
): readonly UnitFault[] {
  return [
    ...toldFactors(text, stem, asked),
    ...appliedFactors(text, tokens, given, stem),
    ...heatFaults(text, tokens, given, stem),
  ];
}

function toldFactors(text: string, stem: string, asked: readonly string[]): readonly UnitFault[] {
  return splitSentences(text).flatMap(({ text: sentence, start }) => {
    // Several steps may share the factor.
    const steps = sentence.match(/multipl|divid|times|[×÷]|乘|除以/giu)?.length ?? 0;
    if (!operations.test(sentence) || !/\d/.test(sentence)) return [];
    return rules.flatMap((rule) =>
      [...sentence.matchAll(rule)].flatMap((match): UnitFault[] => {
        const { from, to, factor: digits, operation: sign } = match.groups as Record<string, string>;
        const source = codeOf(from);
        const substance = analyteOf(sentence, stem);
        const target = to === undefined ? partnerOf(source, substance, asked) : codeOf(to);
        const by = Number(digits);
        if (source === undefined || target === undefined || by === 0) return [];
        const isUnit = numberAt(sentence, match.index + match[0].lastIndexOf(digits as string))?.unit;
        if (isUnit !== undefined && to === undefined) return [];
        const exact = convert(source, 1, target) ?? (substance && convert(source, 1, target, substance));
        if (exact === undefined || Math.abs(exact - 1) < 1e-9) return [];
        const due = /mult|times|[×x*乘]/iu.test(sign as string) ? exact : 1 / exact;
        if (isNear(by, due, digits as string) || (steps > 1 && isPower(by, due))) return [];
        const says = `from ${unitText(source)} to ${unitText(target)} the factor is ${Number(due.toPrecision(3))}, not ${digits}`;
        const at = start + match.index;
        return [{ start: at, end: at + match[0].length, says }];
      }),
    );
  });
}

function analyteOf(sentence: string, stem: string): Substance | undefined {
  const named = [substancesIn(sentence), substancesIn(stem)].find((found) => found.length > 0) ?? [];
  return named.length === 1 ? named[0] : undefined;
}

const codeOf = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : unitAt(/^in$/i.test(written) ? "inch" : written, 0)?.code;

/** The other unit in which an analyte comes, where one is asked for. */
function partnerOf(
  source: string | undefined,
  substance: Substance | undefined,
  asked: readonly string[],
): string | undefined {
  if (source === undefined) return undefined;
  const fits = (target: string): boolean => {
    const exact = convert(source, 1, target) ?? (substance && convert(source, 1, target, substance));
    return target !== source && exact !== undefined;
  };
  return asked.find(fits);
}

const isNear = (by: number, due: number, digits: string): boolean =>
  Math.abs(by / due - 1) < (figuresOf(digits) < 2 ? 0.12 : 0.04);

function isPower(by: number, due: number): boolean {
  const power = Math.log10(by / due);
  const isTen = Math.abs(Math.log10(by) - Math.round(Math.log10(by))) < 1e-9;
  return isTen || Math.abs(power - Math.round(power)) < 0.02;
}

/** "154 × 2.2 = 338.8 kg" of 154 lb: the factor turns one unit into the other, and wrongly. */
function appliedFactors(
  text: string,
  tokens: readonly Token[],
  given: readonly Stated[],
  stem: string,
): readonly UnitFault[] {
  const own = quantitiesOf(text);
  return equalitiesIn(tokens).flatMap(({ left, right }): UnitFault[] => {
    const printed = right?.expression.kind === "number" ? right.expression.token : undefined;
    if (left === undefined || printed === undefined || left.expression.kind !== "binary") return [];
    const { sign } = left.expression;
    const [first, second, ...more] = numbersIn(left.expression);
    if ((sign !== "*" && sign !== "/") || first === undefined || second === undefined || more.length > 0)
      return [];
    const next = own.find(
      ({ start, value }) => start >= printed.end && start < printed.end + 60 && value === printed.value,
    );
    const target = printed.unit ?? next?.unit;
    if (target === undefined) return [];
    for (const [source, by] of sign === "*"
      ? [
          [first, second],
          [second, first],
        ]
      : [[first, second]]) {
      const from = onlyUnit(source as NumberToken, given, own);
      if (from === undefined || from === target) continue;
      const isBare = (source as NumberToken).unit === undefined;
      if (isBare && (kindOf(from) === "time" || figuresOf((source as NumberToken).digits) < 2)) continue;
      if ((by as NumberToken).unit !== undefined || isToldAnywhere(by as NumberToken, given, own)) continue;
      const factor = sign === "*" ? (by as NumberToken).value : 1 / (by as NumberToken).value;
      const { value } = source as NumberToken;
      if (Math.abs(value * factor - printed.value) > 0.02 * printed.value) continue;
      const exact = convert(from, value, target) ?? convert(from, value, target, analyteOf(stem, ""));
      if (exact === undefined || from === "Cel" || from === "[degF]") continue;
      // "0.8 × 70 kg = 56 g": so much for each kilogram.
      if (from === "kg" && !/\[/.test(target) && !/^10*$/.test((by as NumberToken).digits)) continue;
      if (Math.abs(exact - printed.value) <= 0.06 * Math.abs(exact)) continue;
      const end = printed.unit === undefined ? (next as Stated).end : printed.end;
      const says = `${value} ${unitText(from)} is ${Number(exact.toPrecision(3))} ${unitText(target)}, not ${printed.digits}`;
      return [{ start: left.start, end, says }];
    }
    return [];
  });
}

function onlyUnit(token: NumberToken, given: readonly Stated[], own: readonly Stated[]): string | undefined {
  if (token.unit !== undefined) return token.unit;
  const same = [...given, ...own.filter(({ end }) => end <= token.start)];
  const units = new Set(same.flatMap(({ value, unit: code }) => (value === token.value ? [code] : [])));
  return units.size === 1 ? [...units][0] : undefined;
}

const isToldAnywhere = (token: NumberToken, given: readonly Stated[], own: readonly Stated[]): boolean =>
  [...given, ...own].some(({ value }) => value === token.value);

const celsius = /°\s?C\b|℃|celsius|centigrade|摄氏/iu;
const fahrenheit = /°\s?F\b|℉|fahrenheit|华氏/iu;
const scale =
  /(?<![\d.])(?:1\.8|9\s?[/⁄÷]\s?5|5\s?[/⁄÷]\s?9|0\.5[56]\d*)(?!\d)|nine fifths|five ninths|九分之五|五分之九/i;
const shift =
  /(?:\badd(?:ing|ed|s)?|\bplus|\bminus|\bsubtract(?:ing|ed|s)?|\btak(?:e|ing) (?:away|off)|\bless|[+−-]|加上?|减去?)\s*(?<shift>\d{2})(?![\d.]|\s?[°℃℉%])/giu;

/** Shifts other than 32, and temperatures that the calculation before does not turn over rightly. */
function heatFaults(
  text: string,
  tokens: readonly Token[],
  given: readonly Stated[],
  stem: string,
): readonly UnitFault[] {
  const whole = `${stem} ${text}`;
  if (!celsius.test(whole) || !fahrenheit.test(whole)) return [];
  const faults: UnitFault[] = [];
  for (const match of text.matchAll(shift)) {
    const by = Number(match.groups?.shift);
    if (by < 25 || by > 40 || by === 32) continue;
    const around = text.slice(Math.max(0, match.index - 110), match.index + match[0].length + 60);
    if (!scale.test(around) || /rough|approximat|rule of thumb|粗略|大约/i.test(around)) continue;
    const isWord = /\p{L}/u.test(match[0]);
    if (!isWord && !scale.test(text.slice(Math.max(0, match.index - 16), match.index + 24))) continue;
    faults.push({
      start: match.index,
      end: match.index + match[0].length,
      says: `between °C and °F the shift is 32, not ${by}`,
    });
  }
  return [...faults, ...turnedHeat(text, tokens, given)];
}

const isHeat = (code: string): boolean => code === "Cel" || code === "[degF]";

function turnedHeat(text: string, tokens: readonly Token[], given: readonly Stated[]): readonly UnitFault[] {
  const own = quantitiesOf(text).filter(({ unit: code }) => isHeat(code));
  const told = [...given.filter(({ unit: code }) => isHeat(code)), ...own];
  const results = equalitiesIn(tokens).flatMap(({ left, right }) =>
    left !== undefined && right?.expression.kind === "number" && left.expression.kind !== "number"
      ? [{ start: left.start, token: right.expression.token }]
      : [],
  );
  return own.flatMap((one): UnitFault[] => {
    if (given.some(({ value, unit: code }) => value === one.value && code === one.unit)) return [];
    const others = told.filter(({ unit: code }) => code !== one.unit);
    const from = results.find(
      ({ token }) =>
        Math.abs(token.value - one.value) <= 0.5 * 10 ** -one.decimals &&
        token.end <= one.end &&
        one.start - token.end < 80,
    );
    if (from === undefined || others.length === 0) return [];
    const isRight = others.some(
      ({ unit: code, value }) => Math.abs((convert(code, value, one.unit) as number) - one.value) <= 0.6,
    );
    if (isRight) return [];
    const first = others[0] as Stated;
    const exact = convert(first.unit, first.value, one.unit) as number;
    const says = `${first.digits} ${unitText(first.unit)} is ${exact.toFixed(1)} ${unitText(one.unit)}, not ${one.digits}`;
    return [{ start: from.start, end: one.end, says }];
  });
}
