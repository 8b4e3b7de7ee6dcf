/**
 * What the checks of units know beside the text: the quantities of the question, and the words around a quantity.
 *
 * A number that a question gives without its unit ("heart rate 112", "BMI 31.2") has the unit in which the quantity is
 * counted.
 */
import { plainText } from "./notation.ts";
import { readingsIn } from "./readings.ts";
import type { Reasoning } from "./reasoning.ts";
import { quantitiesOf, type Stated } from "./spelled-quantities.ts";

export interface Given {
  readonly text: string;
  /** With their units, as written or understood. */
  readonly quantities: readonly Stated[];
  readonly options: readonly Stated[];
  /** The quantity of the option chosen, where it holds just one. */
  readonly chosen?: Stated;
}

/** The quantities of a question and its options. */
export function givenOf({ question, letters }: Reasoning): Given {
  const text = plainText(`${question.context ?? ""}\n${question.stem}`);
  const written = quantitiesOf(text);
  const understood = readingsIn(text).flatMap(
    ({ quantity, value, unit, second, kind, start, end }): Stated[] => {
      if (unit !== undefined || second !== undefined || kind === "range" || quantity.key === "age") return [];
      if (quantity.units.length > 1 && quantity.key !== "weight" && quantity.units[0].unit !== "mmol/L")
        return [];
      const [low, high] = quantity.units[0].usual;
      if (value < low || value > high) return [];
      const code = quantity.units[0].unit;
      const digits = String(value);
      const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
      return [
        { kind: "number", value, decimals, digits, unit: code, start, end, digitsEnd: end, isOne: false },
      ];
    },
  );
  const optionsOf = (option: string): readonly Stated[] => quantitiesOf(plainText(option));
  const chosen = letters.length === 1 ? question.options[letters[0] as string] : undefined;
  const one = chosen === undefined ? [] : optionsOf(chosen);
  return {
    text,
    quantities: [...written, ...understood.filter(({ end }) => !written.some((each) => each.end === end))],
    options: Object.values(question.options).flatMap(optionsOf),
    ...(one.length === 1 && { chosen: one[0] as Stated }),
  };
}

const telling =
  /\b(?:stems?|questions?|vignettes?|case|cases|scenario|prompt|told|tells?|giv(?:en|es)|say(?:s|ing)?|states?|stated|prescri\w+|order(?:s|ed)?|labell?(?:ed|s)?|report(?:s|ed)?|record(?:s|ed)?|measur\w+|reads?|chart|nurse|physician|doctor|patient(?:'s)?|woman|man|boy|girl|child|infant|his|her|hers|he|she|their|our|we|mentioned|quoted)\b|题|给出|给予|已知|病人|患者|本例|患儿|患|该|医嘱|其|他|她|处方|测得|报告|现用|原/iu;
const common =
  /^(?:that|this|with|from|have|been|were|what|which|dose|each|over|then|than|into|when|given|give|gives|take|takes|patient|hours?|minutes?|days?|daily|every|after|before|must|should|would|could|they|them|there|here|about|only|also|same|more|less|most|value|level|much|many|year|years|total|right|answer|option|times|four|three|twice|once)$/;

const sides = (text: string, start: number, end: number): readonly [string, string] => {
  const before = text.slice(Math.max(0, start - 70), start);
  const after = text.slice(end, end + 40);
  return [
    before.slice(Math.max(...[". ", "\n", "。", "? "].map((stop) => before.lastIndexOf(stop) + 1))),
    after.split(/[.。\n](?:\s|$)/)[0] as string,
  ];
};

/** The words that tell what a quantity is of: English words of four letters and pairs of Chinese signs. */
function wordsAround(text: string, start: number, end: number): ReadonlySet<string> {
  const around = sides(text, start, end).join(" ").toLowerCase();
  const words = [...around.matchAll(/[a-z][a-z-]{3,}/g)].map(([word]) => word.replace(/s$/, ""));
  const signs = [...around.matchAll(/(?=([\p{Script=Han}]{2}))/gu)].map((match) => match[1] as string);
  return new Set([...words, ...signs].filter((each) => !common.test(each)));
}

/** Whether a quantity of the text is told as the question's own: the same words stand about both, or it says so. */
export function isSaidOf(text: string, at: Stated, given: string, of: Stated): boolean {
  if (telling.test(sides(text, at.start, at.end).join(" "))) return true;
  const words = wordsAround(given, of.start, of.end);
  return [...wordsAround(text, at.start, at.end)].some((each) => words.has(each));
}

const bounds =
  /(?:[<>≤≥]|\b(?:above|below|over|under|beyond|exceed\w*|less than|more than|greater than|at least|at most|up to|normal|limits?|cut-?off|threshold|target|goal|maximum|minimum|range|usual\w*|typical\w*|standard|recommend\w*|generally|guidelines?|criteri\w+)\b|超过|高于|低于|大于|小于|不足|至少|以上|以下|正常|界值|阈值|目标|上限|下限|通常|常用|一般|指南|推荐)/iu;

/** Whether a quantity is a limit or a custom rather than what the question gives. */
export function isBound(text: string, { start, end }: Stated): boolean {
  const [before, after] = sides(text, start, end);
  return (
    bounds.test(before.slice(-40)) ||
    /^\s*(?:or (?:more|less|above|below|higher|lower|over)|以[上下内])/i.test(after)
  );
}
