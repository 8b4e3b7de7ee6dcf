/**
 * Doses by the day and by the dose, told one for the other: 15 mg/kg per dose every 6 hours as "300 mg a day" of a
 * child of 20 kg, 300 mg/kg/day in four doses as "6,000 mg per dose". And amounts in a volume taken for the whole:
 * "154 mmol/L" of a bag of 500 mL as "154 mmol".
 *
 * What the question prescribes is worked out both ways by its own frequency and weight; a text is wrong where it tells
 * the one with the words of the other, and only if the two differ.
 */

import { type UnitFault, unitText } from "./kinds.ts";
import { hanValue, quantitiesOf, type Stated } from "./spelled-quantities.ts";
import { convert } from "./ucum.ts";
import type { Given } from "./unit-context.ts";

interface Regimen {
  readonly unit: string;
  readonly dose: number;
  readonly day: number;
}

const count: Readonly<Record<string, number>> = {
  once: 1,
  two: 2,
  twice: 2,
  thrice: 3,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  twelve: 12,
  bid: 2,
  tid: 3,
  qid: 4,
};
const number = "(\\d{1,2}|once|two|three|four|five|six|eight|twelve|[一二两三四五六])";
const numberOf = (said: string): number => Number(said) || count[said.toLowerCase()] || hanValue(said) || 0;

const frequencies: readonly (readonly [pattern: RegExp, of: (match: RegExpExecArray) => number])[] = [
  [
    new RegExp(`\\b(?:every|q)\\s?${number}\\s?-?(?:hours?|hourly|hrs?|h)\\b`, "i"),
    (m) => 24 / numberOf(m[1] as string),
  ],
  [/\b(twice|thrice)\b/i, (m) => numberOf(m[1] as string)],
  [
    new RegExp(`\\b${number} times (?:a|per|each|every)? ?(?:day|daily)`, "i"),
    (m) => numberOf(m[1] as string),
  ],
  [
    new RegExp(
      `\\b(?:in|into|as|over) ${number} (?:equal(?:ly)? |evenly )?(?:divided |split |separate )?(?:doses|portions|parts)`,
      "i",
    ),
    (m) => numberOf(m[1] as string),
  ],
  [new RegExp(`\\bdivided (?:in(?:to)? |every |by )?${number}`, "i"), (m) => numberOf(m[1] as string)],
  [/\b(bid|tid|qid)\b|\b([btq])\.i\.d\./i, (m) => count[(m[1] ?? `${m[2]}id`).toLowerCase()] ?? 0],
  [
    new RegExp(`每(?:日|天)${number}次|一(?:日|天)${number}次|分${number}次|每日分${number}`),
    (m) => numberOf((m[1] ?? m[2] ?? m[3] ?? m[4]) as string),
  ],
  [new RegExp(`每(?:隔)?${number}(?:个)?(?:小时|h)`), (m) => 24 / numberOf(m[1] as string)],
];

function frequencyOf(text: string): number {
  for (const [pattern, of] of frequencies) {
    const match = pattern.exec(text);
    const found = match === null ? 0 : of(match);
    if (found > 0) return found;
  }
  return 0;
}

const perDay =
  /^\s*(?:\/|per |a |each )?\s*(?:day|daily|24 ?h\w*)\b|^\s*(?:\/|每)(?:日|天)(?![一二两三四五六\d])|^\s*(?:in|over) (?:a day|24 hours|one day)/i;
const perDose =
  /^[\s,]*(?:\/\s?|per |a |each |every |for (?:each|every|one) |at (?:a|each|every) |in (?:each|every|one) )(?:single )?(?:dose|time|injection|administration|infusion|push|syringe|bolus|tablet)\b|^[\s,]*(?:by mouth |orally |IV |IM |PO |intravenously |i\.v\. )*(?:every|q)\s?\d{1,2}\s?-?h|^[\s,]*(?:by mouth |orally |IV |IM |PO )*(?:twice|three times|four times|thrice|[btq]\.?i\.?d)|^\s*(?:\/次|每次|一次|每日[二两三四2-6]次)/i;
const dayBefore =
  /(?:\b(?:daily|per day|a day|24 hours|24-hour|day's)(?: \p{L}+){0,3}(?: (?:is|of|at|to|comes to|becomes|amounts to|=))?|[每一全][日天]的?(?:总?剂?量|总共|合计|共|给|用)?(?:就?为|就?是)?|日总?剂?量(?:为|是)?)\s*[:=]?\s*$/iu;
const doseBefore =
  /(?:\b(?:each|every|per|single|individual) (?:dose|injection|time|administration|infusion)(?: \p{L}+){0,2}(?: (?:is|of|at|=|,))?|每次(?:剂量|给|用|量)?(?:为|是)?|单次(?:剂量|量)?(?:为|是)?)\s*[:=]?\s*$/iu;

/** Doses by the day told by the dose, or the other way round. */
export function doseTimeFaults(text: string, given: Given): readonly UnitFault[] {
  const regimens = regimensOf(given);
  if (regimens.length === 0) return [];
  return quantitiesOf(text).flatMap((one): UnitFault[] => {
    const isUnitDay = /\/d$/.test(one.unit);
    const base = one.unit.replace(/\/d$/, "");
    const after = text.slice(one.end, one.end + 50);
    const before = text.slice(Math.max(0, one.start - 50), one.start);
    const isDay = isUnitDay || perDay.test(after) || (dayBefore.test(before) && !perDose.test(after));
    const isDose = !isDay && (perDose.test(after) || doseBefore.test(before));
    if (!isDay && !isDose) return [];
    if (isUnitDay && /^\s*(?:in|divided|分)/i.test(after) && !isDay) return [];
    const values = regimens.flatMap(({ unit, dose, day }) => {
      const by = convert(unit, 1, base);
      return by === undefined ? [] : [{ dose: dose * by, day: day * by }];
    });
    const isAt = (value: number): boolean => Math.abs(value - one.value) <= 0.005 * one.value;
    const wrong = values.find(({ dose, day }) => (isDay ? isAt(dose) : isAt(day)));
    if (wrong === undefined || values.some(({ dose, day }) => (isDay ? isAt(day) : isAt(dose)))) return [];
    const says = isDay
      ? `${one.digits} ${unitText(base)} is one dose; the day's are ${Number(wrong.day.toPrecision(4))}`
      : `${one.digits} ${unitText(base)} is the dose of a day; one dose is ${Number(wrong.dose.toPrecision(4))}`;
    return [
      {
        start: one.start,
        end: one.end + (isUnitDay ? 0 : (/^[^.,;。]{0,12}/.exec(after)?.[0].length ?? 0)),
        says,
      },
    ];
  });
}

const substance = /^(?:mg|g|ug|\[iU\]|k\[iU\]|mmol|meq|mL)$/;

/** What the question prescribes more than once a day, by the dose and by the day, with and without the weight. */
function regimensOf({ text, quantities }: Given): readonly Regimen[] {
  const weights = quantities.filter(({ unit, value }) => unit === "kg" && value < 300);
  const weight = new Set(weights.map(({ value }) => value)).size === 1 ? weights[0]?.value : undefined;
  return quantities.flatMap((one): Regimen[] => {
    const parts = one.unit.split("/");
    if (
      !substance.test(parts[0] as string) ||
      parts.some((part) => /^(?:h|min|mL|L|dL|m2)$/.test(part) && part !== parts[0])
    )
      return [];
    const rest = text.slice(one.end, one.end + 90).split(/[.?。？]\s/)[0] as string;
    const often = frequencyOf(rest);
    if (often < 1.5 || often > 12) return [];
    const isDay = parts.includes("d") || perDay.test(rest);
    const isDivided = /divided|split|分/.test(rest);
    const [dose, day] = isDay || isDivided ? [one.value / often, one.value] : [one.value, one.value * often];
    const unit = parts.filter((part) => part !== "d").join("/");
    const plain = { unit, dose, day };
    if (!parts.includes("kg")) return [plain];
    if (weight === undefined) return [plain];
    return [plain, { unit: parts[0] as string, dose: dose * weight, day: day * weight }];
  });
}

const volumes: Readonly<Record<string, string>> = { L: "L", dL: "dL", mL: "mL" };
const forEach =
  /^\s*(?:\/|per\b|in (?:each|every|a|one|1)\b|for (?:each|every)\b|(?:each|every|a) (?:L|lit|mL|mil|dL|dec)|each\b|of\s\w+\s(?:per|in (?:each|every|a|one))\b|[×x*÷])/i;
const ofEach =
  /(?:\b(?:each|every|per|a|one|1)\s?(?:L|mL|dL|lit(?:er|re)|millilit(?:er|re)|decilit(?:er|re))\b[^.;。]{0,40}|每(?:升|毫升|分升|L|mL|dL)[^。;；]{0,12}|100 mL[^.;。]{0,30})$/iu;
const dismissed =
  /\b(?:if|not|n't|wrong|mistak\w*|forget\w*|trap|distractor|mix\w*)\b[^.。]{0,40}$|(?:若|如果|不是|错|误)[^。]{0,15}$/i;

/** "154 mmol" for a bag of 500 mL that holds 154 mmol/L, where the option chosen takes it so. */
export function wholeFaults(text: string, given: Given): readonly UnitFault[] {
  const { chosen, quantities } = given;
  if (chosen === undefined) return [];
  const of = quantities.find((each) => {
    const [amount, volume, ...more] = each.unit.split("/");
    if (more.length > 0 || volume === undefined || volumes[volume] === undefined) return false;
    const isOf = convert(amount as string, each.value, chosen.unit);
    if (isOf === undefined || Math.abs(isOf - chosen.value) > 0.001 * chosen.value) return false;
    return quantities.some((one) => {
      const size = convert(one.unit, one.value, volume);
      return size !== undefined && Math.abs(size - 1) > 0.05;
    });
  });
  if (of === undefined) return [];
  return quantitiesOf(text).flatMap((one: Stated): UnitFault[] => {
    if (one.value !== of.value || convert(one.unit, 1, chosen.unit) === undefined) return [];
    const before = text.slice(Math.max(0, one.start - 60), one.start);
    if (forEach.test(text.slice(one.end, one.end + 30)) || ofEach.test(before) || dismissed.test(before))
      return [];
    const says = `${of.digits} ${unitText(of.unit)} is what one ${unitText(of.unit.split("/")[1] as string)} holds, not all of it`;
    return [{ start: one.start, end: one.end, says }];
  });
}
