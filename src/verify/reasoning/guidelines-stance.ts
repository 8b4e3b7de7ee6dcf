/**
 * What a clause of a recommendation says beside what it is about: for or against, in which line of treatment, how
 * much, how long, at which threshold.
 *
 * Invariant: a quantity is compared only with one of the same dimension, in that dimension's own unit.
 */
import { foldWidth } from "../text.ts";

export interface Quantity {
  readonly dimension: string;
  /** Bounds in the dimension's unit; equal for a single figure. */
  readonly from: number;
  readonly to: number;
}

export interface Stance {
  /** 1 for, −1 against, 0 where neither is said. */
  readonly polarity: -1 | 0 | 1;
  /** 1 for first-line, 2 for second-line or later. */
  readonly line?: 1 | 2;
  readonly quantities: readonly Quantity[];
}

const against =
  /\b(?:not|never|no longer|n't|cannot|neither|nor)\b(?! only)(?:\W+\w+){0,3}?\W+(?:recommend|indicat|advis|give|given|use|used|offer|offered|start|prescrib|suggest|safe|effective|appropriate|suitable|be|treat|routine|need|necessary|require|administer|benefit|support|continue|preferred)|\b(?:avoid|contraindicat|unsafe|ineffective|harmful|withh[eo]ld|discourag|stop(?:ped|s|ping)?\b|discontinu|inappropriate|inadvisable|dangerous|unsuitable|against|no (?:role|place|benefit|indication|evidence)|do not|don't|should not|must not|refrain|unnecessary|obsolete)|(?:不推荐|不建议|避免|禁用|禁忌|不宜|不应|不得|停用|无效|忌用)/i;
const towards =
  /\b(?:recommend|indicat|advis|should|must|offer|give|given|start|prescrib|use|used|prefer|first[- ]line|first[- ]choice|first (?:step|treatment|therapy|drug)|drug of choice|taken?|may be|can be|continued|treatment of choice|safe|effective|appropriate|suitable|is treated|are treated|treat with|required?|need|continue|choose|second[- ]line|acceptable|benefi|helpful|standard|safely)|(?:推荐|建议|首选|应当?|可用|宜|使用|有效|安全)/i;

const delays =
  /\b(?:delay|defer|postpon|waits?\b|waiting|waited|withh[eo]ld|held back|hold off)|推迟|延迟|等待/i;
const denials = /\b(?:not|never|no|without|n't|cannot|neither|nor)\b|n't\b|不|勿/i;

const first =
  /\b(?:first|1st)[- ](?:line|choice|step|treatment|therapy|drug)|\b(?:drug|treatment|therapy|agent) of (?:first )?choice|\binitial (?:treatment|therapy|choice|agent)|首选|一线/i;
const later =
  /\b(?:second|third|fourth|2nd|3rd)[- ](?:line|choice|step)|\blast (?:resort|line)|\b(?:reserved?|fallback|rescue|alternative) (?:for|treatment|therapy|agent|option)|二线|三线|次选|备选/i;

/** Units: what they measure, and how many of that measure's own unit one is. */
const units: readonly (readonly [pattern: string, dimension: string, factor: number])[] = [
  ["mg\\/kg(?:\\/(?:day|d))?", "mg/kg", 1],
  ["(?:mcg|µg|μg|ug|micrograms?)\\/kg", "mg/kg", 0.001],
  ["mg\\/dl", "mg/dL", 1],
  ["g\\/dl", "mg/dL", 1000],
  ["g\\/l", "mg/dL", 100],
  ["[mµμ]mol\\/l|mmol\\/mol|meq\\/l|miu\\/l|iu\\/ml|ng\\/ml|pg\\/ml|ng\\/l", "", 1],
  ["ml\\/min(?:\\/1\\.73 ?m[2²])?", "mL/min", 1],
  ["mm ?hg", "mmHg", 1],
  ["mcg|µg|μg|ug|micrograms?", "mg", 0.001],
  ["mg|milligrams?|毫克", "mg", 1],
  ["g|grams?|克", "mg", 1000],
  ["iu|units?", "unit", 1],
  ["ml|millilitres?|milliliters?|毫升", "mL", 1],
  ["l|litres?|liters?", "mL", 1000],
  ["kg\\/m2|kg\\/m²", "kg/m2", 1],
  ["minutes?|mins?|分钟", "hour", 1 / 60],
  ["hours?|hrs?|h|小时", "hour", 1],
  ["days?|天|日", "day", 1],
  ["weeks?|wks?|周|星期", "day", 7],
  ["months?|个?月", "month", 1],
  ["years?|yrs?|年|岁", "month", 12],
  ["%|percent|per cent", "%", 1],
  ["mm|millimetres?|millimeters?", "mm", 1],
  ["cm|centimetres?|centimeters?", "mm", 10],
  ["°c|degrees? c(?:elsius)?", "°C", 1],
  ["bpm|beats? per minute|beats\\/min", "bpm", 1],
];
const unit = units.map(([pattern]) => pattern).join("|");
const figure = "\\d+(?:,\\d{3})*(?:\\.\\d+)?";
const amount = new RegExp(
  `(at least |minimum of |more than |over |above |≥ ?|> ?|>= ?|up to |at most |less than |below |under |no more than |≤ ?|< ?|<= ?)?(?<![\\p{Script=Latin}\\d.-])(${figure})(?:(?: ?(?:-|to|or|and) ?)(${figure}))?[ -]?(${unit})(?![\\p{L}\\d/])`,
  "giu",
);
const numberWords: readonly (readonly [RegExp, string])[] = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "fourteen",
].map((word, at) => [
  new RegExp(`\\b${word}(?=[ -](?:\\w+ )?(?:days?|weeks?|months?|years?|hours?)\\b)`, "gi"),
  String(at === 12 ? 14 : at + 1),
]);

/** The stance of a clause. */
export function stanceOf(clause: string): Stance {
  const text = foldWidth(clause).replace(/n't\b/gi, " not");
  const isAgainst = against.test(text);
  // "Should not be delayed" is in favour, "can wait" against.
  const polarity = delays.test(text)
    ? denials.test(text)
      ? 1
      : -1
    : isAgainst
      ? -1
      : towards.test(text)
        ? 1
        : 0;
  const line = first.test(text) ? 1 : later.test(text) ? 2 : undefined;
  return { polarity, quantities: quantitiesOf(text), ...(line === undefined ? {} : { line }) };
}

function quantitiesOf(text: string): Quantity[] {
  const digits = numberWords.reduce((said, [word, number]) => said.replace(word, number), text);
  const ages = [
    ...digits.matchAll(
      /\b(?:at|from|by|until|aged?) (?:the )?(?:age )?(?:of )?(\d{1,3})(?= years of age| years old|(?<=age (?:of )?\d{1,3})(?!\d|[.,]\d))/gi,
    ),
  ].map(([, age]): Quantity => ({ dimension: "age", from: Number(age), to: Number(age) }));
  const amounts = [...digits.matchAll(amount)].flatMap((match): Quantity[] => {
    const [, , low, high, name] = match as unknown as [
      string,
      string | undefined,
      string,
      string | undefined,
      string,
    ];
    const row = units.find(([pattern]) => new RegExp(`^(?:${pattern})$`, "i").test(name));
    if (row === undefined) return [];
    const dimension = row[1] === "" ? name.toLowerCase() : row[1];
    const amountIn = (said: string): number => Number(said.replaceAll(",", "")) * row[2];
    return [{ dimension, from: amountIn(low), to: amountIn(high ?? low) }];
  });
  return [...amounts, ...ages];
}

/** A quantity of the one that the other has otherwise, where both speak of the same dimension. */
export function differing(
  claimed: readonly Quantity[],
  told: readonly Quantity[],
): readonly [Quantity, Quantity] | undefined {
  for (const one of claimed) {
    const same = told.filter(({ dimension }) => dimension === one.dimension);
    const [other] = same;
    if (other === undefined) continue;
    const isTold = same.some(({ from, to }) => one.from <= to * 1.001 && one.to >= from * 0.999);
    if (!isTold) return [one, other];
  }
  return undefined;
}
