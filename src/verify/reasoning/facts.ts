/**
 * What the question and the reasoning tell of the patient, as the inputs of clinical formulas.
 *
 * A quantity told twice with two values has two: a formula is then judged wrong only if no combination gives the
 * result. Values without a unit are taken in the unit in which their number is usual.
 */
import { type NamedReading, readingsIn } from "./readings.ts";
import { convert } from "./ucum.ts";

/** Values by name of the input, each list without repeats. */
export type Facts = ReadonlyMap<string, readonly number[]>;

interface Special {
  readonly key: string;
  readonly pattern: RegExp;
  readonly value: (groups: Readonly<Record<string, string | undefined>>) => number | undefined;
}

const num = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.replaceAll(",", ""));
const n = (name: string): string => String.raw`(?<${name}>\d+(?:,\d{3})*(?:\.\d+)?)`;
const of = String.raw`(?:[\s:=,(]|(?:is|was|of|at|are|level|value|about|approximately|=|为|是|约)(?![\p{L}]))*`;
const special = (
  key: string,
  source: string,
  value: Special["value"] = ({ a }) => num(a),
  flags = "giu",
): Special => ({
  key,
  pattern: new RegExp(source, flags),
  value,
});
const words: Readonly<Record<string, number>> = {
  half: 0.5,
  "a half": 0.5,
  "half a": 0.5,
  one: 1,
  a: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  "one and a half": 1.5,
};
const counted = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (words[text.toLowerCase()] ?? num(text));

const specials: readonly Special[] = [
  special(
    "age",
    String.raw`(?<![\d.])${n("a")}[\s-]*(?:years?[\s-]*old|y\/?o\b|yo\b|-year-old|years of age)`,
  ),
  special("age", String.raw`(?:\baged?${of}|年龄${of})${n("a")}(?![\d.]|\s*(?:weeks?|months?|days?|kg|mg))`),
  special("age", String.raw`${n("a")}\s*岁`),
  special(
    "weight",
    String.raw`(?<![\d.])${n("a")}[\s-]?kg\s+(?:[\p{L}-]+\s+){0,2}(?:man|woman|patient|male|female|adult|person|child|boy|girl|infant|body)`,
  ),
  special("height", String.raw`(?<![\d.])${n("a")}\s?cm\s+(?:\([^()]*\)\s*)?(?:tall|in height)`),
  special(
    "height",
    String.raw`(?<![\d.])(?<a>[12]\.\d+)\s?m\s+(?:tall|in height)`,
    ({ a }) => Number(a) * 100,
  ),
  special(
    "height",
    String.raw`(?<a>[4-7])\s?(?:ft|feet|foot|')\s*(?<b>\d{1,2})?\s?(?:in(?:ches)?|"|'')?`,
    ({ a, b }) => (Number(a) * 12 + Number(b ?? 0)) * 2.54,
  ),
  special("fio2", String.raw`\b(?:on|breathing|in|at)\s+(?:room|ambient) air|room air`, () => 0.21),
  special(
    "fio2",
    String.raw`(?:FiO2|FiO₂|FIO2|fraction of inspired oxygen)${of}(?<a>\d+(?:\.\d+)?)\s*(?<u>%)?`,
    ({ a, u }) => (u === "%" || Number(a) > 1 ? Number(a) / 100 : Number(a)),
  ),
  special("urineSodium", String.raw`(?:urin\w+ (?:sodium|Na\+?)|UNa|U_?Na|尿钠)${of}${n("a")}`),
  special("urineCreatinine", String.raw`(?:urin\w+ (?:creatinine|Cr)|UCr|U_?Cr|尿肌酐)${of}${n("a")}`),
  special(
    "qt",
    String.raw`(?:\bQT(?! ?c)(?: interval)?)${of}${n("a")}\s*(?:ms|msec|milliseconds)?(?!\s*s\b)`,
    ({ a }) => (Number(a) < 2 ? Number(a) * 1000 : Number(a)),
    "gu",
  ),
  special(
    "qt",
    String.raw`(?:\bQT(?! ?c)(?: interval)?)${of}(?<a>0?\.\d+)\s*s`,
    ({ a }) => Number(a) * 1000,
    "gu",
  ),
  special(
    "rr",
    String.raw`(?:\bRR interval|\bR-R(?: interval)?)${of}${n("a")}\s*(?:ms|s|sec|seconds)?`,
    ({ a }) => (Number(a) > 10 ? Number(a) / 1000 : Number(a)),
    "gu",
  ),
  special(
    "packsPerDay",
    String.raw`(?<a>\d+(?:\.\d+)?|one and a half|half a|a half|half|one|two|three|four|a)\s+packs?(?:\s+of cigarettes)?\s+(?:a|per|each|every|\/)\s*day`,
    ({ a }) => counted(a),
  ),
  special("packsPerDay", String.raw`(?<a>\d+(?:\.\d+)?)\s*(?:ppd|packs?\/day|PPD)`),
  special(
    "packsPerDay",
    String.raw`(?<a>\d+)\s+cigarettes\s+(?:a|per|each|every|\/)?\s*(?:day|daily)`,
    ({ a }) => Number(a) / 20,
  ),
  special("packsPerDay", String.raw`(?:每天|每日)\s*(?:吸烟)?\s*(?<a>\d+)\s*支`, ({ a }) => Number(a) / 20),
  special("packsPerDay", String.raw`(?:每天|每日)\s*(?:吸烟)?\s*(?<a>\d+(?:\.\d+)?)\s*包`),
  special(
    "smokedYears",
    String.raw`(?:smok\w*|pack|cigarettes?|ppd)[^.]{0,50}?\b(?:for|over|x|×|during)\s+(?:the\s+(?:past|last)\s+|about\s+)?(?<a>\d+)\s+years`,
  ),
  special("smokedYears", String.raw`(?:吸烟|烟)[^。]{0,20}?(?<a>\d+)\s*年`),
  special("truePositives", `(?:true[- ]positives?|真阳性)${of}${n("a")}`),
  special("falsePositives", `(?:false[- ]positives?|假阳性)${of}${n("a")}`),
  special("trueNegatives", `(?:true[- ]negatives?|真阴性)${of}${n("a")}`),
  special("falseNegatives", `(?:false[- ]negatives?|假阴性)${of}${n("a")}`),
  special("truePositives", String.raw`\bTPs?\s*[=:(]\s*${n("a")}`, undefined, "gu"),
  special("truePositives", String.raw`${n("a")}\s+true[- ]positives?`),
  special("falsePositives", String.raw`\bFPs?\s*[=:(]\s*${n("a")}`, undefined, "gu"),
  special("falsePositives", String.raw`${n("a")}\s+false[- ]positives?`),
  special("trueNegatives", String.raw`\bTNs?\s*[=:(]\s*${n("a")}`, undefined, "gu"),
  special("trueNegatives", String.raw`${n("a")}\s+true[- ]negatives?`),
  special("falseNegatives", String.raw`\bFNs?\s*[=:(]\s*${n("a")}`, undefined, "gu"),
  special("falseNegatives", String.raw`${n("a")}\s+false[- ]negatives?`),
  special(
    "riskReduction",
    String.raw`(?:absolute risk reduction|\bARR)(?:\s*\(ARR\))?${of}(?<a>\d+(?:\.\d+)?)\s*(?<u>%)?`,
    ({ a, u }) => (u === "%" ? Number(a) / 100 : Number(a) < 1 ? Number(a) : undefined),
  ),
  special("measuredOsmolality", `(?:measured (?:serum |plasma )?osmola[lr]ity)${of}${n("a")}`),
  special("measuredOsmolality", `(?:serum|plasma) osmola[lr]ity${of}${n("a")}`),
  special(
    "ascitesAlbumin",
    String.raw`(?:ascit\w+(?: fluid)? albumin|albumin in (?:the )?ascit\w+(?: fluid)?)${of}${n("a")}`,
  ),
  special("serumAlbumin", `serum albumin${of}${n("a")}`),
  special("intracranialPressure", String.raw`(?:intracranial pressure|\bICP)(?: \(ICP\))?${of}${n("a")}`),
  special("ironBinding", String.raw`(?:total iron[- ]binding capacity|TIBC)(?: \(TIBC\))?${of}${n("a")}`),
  special("serumIron", String.raw`(?:serum iron|\biron(?! binding|-binding))${of}${n("a")}`),
  special(
    "gcsEye",
    String.raw`\b(?:E\s?=?\s?|eye(?: opening)?(?: response)?(?: \(E\))?[\s:=of]*)(?<a>[1-4])(?=[\s,;)VvM+]|$)`,
    ({ a }) => Number(a),
    "gu",
  ),
  special(
    "gcsVerbal",
    String.raw`(?:(?<=[\s,;(\d+])V\s?=?\s?|[Vv]erbal(?: response)?(?: \(V\))?[\s:=of]*)(?<a>[1-5])(?=[\s,;)M+]|$)`,
    ({ a }) => Number(a),
    "gu",
  ),
  special(
    "gcsMotor",
    String.raw`(?:(?<=[\s,;(\d+])M\s?=?\s?|[Mm]otor(?: response)?(?: \(M\))?[\s:=of]*)(?<a>[1-6])(?=[\s,;).]|$)`,
    ({ a }) => Number(a),
    "gu",
  ),
];

/** Everything told in these plain texts (see notation.ts) that a formula may take. */
export function factsOf(texts: readonly string[]): Facts {
  const facts = new Map<string, number[]>();
  const add = (key: string, value: number | undefined): void => {
    if (value === undefined || !Number.isFinite(value)) return;
    const values = facts.get(key) ?? [];
    if (!values.some((each) => Math.abs(each - value) < 1e-9)) values.push(value);
    facts.set(key, values);
  };
  for (const text of texts) {
    for (const reading of readingsIn(text)) if (!isCalculated(text, reading.end)) addReading(reading, add);
    for (const { key, pattern, value } of specials) {
      for (const match of text.matchAll(pattern)) {
        const end = match.index + match[0].length;
        // "TP = 0.9 × 100 = 90" tells 90.
        if (!isCalculated(text, end)) add(key, value(match.groups ?? {}));
        else if (match.groups?.["u"] === undefined)
          add(key, value({ ...match.groups, a: resultAfter(text, end) }));
      }
    }
    for (const sex of sexesIn(text)) add("female", sex);
  }
  for (const rate of facts.get("heartRate") ?? [])
    if (rate > 0 && !facts.has("rr")) add("rrOfRate", 60 / rate);
  const intervals = facts.get("rr") ?? facts.get("rrOfRate");
  if (intervals !== undefined) facts.set("rr", intervals);
  return facts;
}

const goesOn = /^\s*(?:[×x*÷∙·]|\/(?=\s*[\d(√])|[+-](?=\s+[\d(]|\d|\())/;

/** Whether the number that ends at `end` is the first of a calculation. */
function isCalculated(text: string, end: number): boolean {
  return goesOn.test(text.slice(end, end + 12)) && resultAfter(text, end) !== undefined;
}

/** The last number of the equalities that follow. */
function resultAfter(text: string, end: number): string | undefined {
  return /^(?:[^=≈.\n;,]|\.\d|,\d){1,60}(?:[=≈](?:[^=≈.\n;,]|\.\d|,\d){1,40})*[=≈]\s*(\d+(?:\.\d+)?)/.exec(
    text.slice(end, end + 200),
  )?.[1];
}

function addReading(reading: NamedReading, add: (key: string, value: number | undefined) => void): void {
  const { quantity, kind, unit, value, second } = reading;
  if (kind === "range" || reading.isUrine || reading.isOther) return;
  if (quantity.key === "bloodPressure") {
    if (second !== undefined) {
      add("systolic", value);
      add("diastolic", second.value);
    } else if (/mean|MAP|平均/i.test(reading.name)) add("meanPressure", value);
    else if (/systolic|SBP|收缩/i.test(reading.name)) add("systolic", value);
    else if (/diastolic|DBP|舒张/i.test(reading.name)) add("diastolic", value);
    return;
  }
  if (second !== undefined) return;
  const canonical = quantity.units[0].unit;
  if (unit !== undefined) {
    add(quantity.key, convert(unit, value, canonical, quantity.substance));
    return;
  }
  for (const {
    unit: usual,
    usual: [low, high],
  } of quantity.units)
    if (value >= low && value <= high)
      add(quantity.key, convert(usual, value, canonical, quantity.substance));
}

/** 1 for each mention of a woman, 0 for each of a man; of the patient, not of the kin. */
function sexesIn(text: string): readonly (0 | 1)[] {
  const patient =
    /(?:year[s-]*[- ]old|y\/?o|month-old|岁)[\s,]*(?:[\p{L}-]+\s+){0,4}?(?<sex>man|woman|male|female|boy|girl|gentleman|lady|男|女)/iu.exec(
      text,
    )?.groups?.["sex"];
  const sex =
    patient ??
    /\b(?:the|this|a|an|elderly|adult|pregnant)\s+(?:[\p{L}-]+\s+){0,1}(?<sex>man|woman|male|female|boy|girl)\b/iu.exec(
      text,
    )?.groups?.["sex"] ??
    /\b(?:sex|gender)[\s:=]+(?<sex>male|female)/iu.exec(text)?.groups?.["sex"] ??
    /(?<sex>男|女)(?:性|士)?/u.exec(text)?.groups?.["sex"] ??
    /\b(?<sex>she|her|he|his)\b/iu.exec(text)?.groups?.["sex"];
  if (sex === undefined) return [];
  return [/^(?:woman|female|girl|lady|女|she|her)$/i.test(sex) ? 1 : 0];
}
