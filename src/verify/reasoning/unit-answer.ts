/**
 * The unit of the answer: what the option that was chosen, or the question's last sentence, wants it in.
 *
 * A result with the number of the chosen option in another unit is wrong ("31.4 mg/dL" for "31.4 mL/min"), unless the
 * text also has the number in the right unit for its own. Numbers of the question said again in another unit are wrong
 * too where they are no round ones.
 */
import { equalitiesIn } from "./chains.ts";
import { calculates } from "./expression.ts";
import { kindOf, type UnitFault, unitText } from "./kinds.ts";
import { plainText } from "./notation.ts";
import { type NumberToken, type Token, tokensOf } from "./numerals.ts";
import { type NamedReading, readingsIn } from "./readings.ts";
import type { Reasoning } from "./reasoning.ts";
import { standsFor } from "./rounding.ts";
import { askedByName, isOutside } from "./unit-expected.ts";
import { apart, differInTime, measureOf } from "./unit-measure.ts";
import { unitAt } from "./unit-words.ts";

interface Asked {
  /** The number of the option chosen. */
  readonly number?: NumberToken;
  /** In one of these the answer is wanted. */
  readonly units: readonly string[];
  /** Their sizes count, or only what they measure. */
  readonly isExact: boolean;
}

/** What the question and the option chosen want. */
export function askedOf({ question, letters }: Reasoning): Asked {
  const text = plainText(question.stem).trim();
  const sentence = text.slice(text.search(/[^.?!。？！；\n]*(?:\.\d[^.?!。？！；\n]*)*[.?!。？！]?$/u));
  const chosen = letters.length === 1 ? question.options[letters[0] as string] : undefined;
  const numbers = chosen === undefined ? [] : tokensOf(plainText(chosen)).filter(isNumber);
  const number = numbers.length === 1 ? numbers[0] : undefined;
  if (number?.unit !== undefined && !/^\{[^}]*\}$/.test(number.unit))
    return { number, units: [number.unit], isExact: true };
  const said = unitSaid(sentence);
  const rest = number === undefined ? {} : { number };
  if (said !== undefined) return { ...rest, units: [said], isExact: true };
  return { ...rest, units: askedByName(sentence), isExact: false };
}

const isNumber = (token: Token): token is NumberToken => token.kind === "number";

/** "in mmol/L", "how many kilograms", "(mL/h)", "多少毫升" */
function unitSaid(sentence: string): string | undefined {
  for (const match of sentence.matchAll(
    /\b(?:in|to|how many)(?=\s)|[(（]|(?:多少|几|换算成|换算为|折合为?|转换为|以)(?=\p{L})/giu,
  )) {
    const unit = unitAt(sentence, match.index + match[0].length);
    if (unit === undefined) continue;
    // "每分钟多少滴"
    const by = /每\s*$|每(\p{L}{1,2})\s*(?:的?滴速|需|输注|应)?\s*$/u.exec(
      sentence.slice(0, match.index),
    )?.[1];
    const per = by === undefined ? undefined : unitAt(by, 0)?.code;
    return per === undefined || unit.code.includes("/") ? unit.code : `${unit.code}/${per}`;
  }
  return undefined;
}

/** Where the number of the answer stands in a unit in which it is not wanted; `confirmed` are results that are right. */
export function answerFaults(
  text: string,
  tokens: readonly Token[],
  given: string,
  { number, units, isExact }: Asked,
  confirmed: ReadonlySet<number>,
): readonly UnitFault[] {
  if (number === undefined || units.length === 0 || number.value === 0) return [];
  const isWrong = (unit: string, end: number): boolean =>
    isExact ? isApart(unit, units[0] as string, text.slice(end, end + 40)) : isOutside(unit, units);
  const same = tokens.flatMap((token) =>
    isNumber(token) && token.unit !== undefined && isSameNumber(token, number) ? [token as Quantity] : [],
  );
  const wrong = same.filter(({ unit, end }) => isWrong(unit, end));
  if (wrong.length === 0) return [];
  const results = resultsIn(tokens);
  const right = same.filter(({ unit, end }) => !isWrong(unit, end));
  // Calculated or set equal: the number belongs to the right unit by its own.
  const own = right.find(({ start }) => results.get(start) !== undefined && results.get(start) !== "said");
  const told = tokensOf(given).filter(isNumber);
  return wrong.flatMap(({ unit, start, end, digits }) => {
    if (confirmed.has(start)) return [];
    const how = results.get(start);
    if (
      how !== "calculated" &&
      told.some(
        (each) =>
          each.value === number.value && (each.unit === undefined || apart(each.unit, unit) === undefined),
      )
    )
      return [];
    if (own !== undefined && (start < own.start || how === "calculated" || how === "equal")) return [];
    if (how !== "calculated") {
      const kind = kindOf(unit);
      // "= 6 mL. So draw up 6 L"
      const isResized =
        (own !== undefined && apart(unit, own.unit) === "size") ||
        (right.length === 0 && isExact && apart(unit, units[0] as string) === "size");
      if (isResized && !isOperand(tokens, start)) return [faultOf(unit, units, start, end)];
      if (
        (own === undefined && right.length > 0) ||
        kind === "time" ||
        kind === "share" ||
        isOperand(tokens, start)
      )
        return [];
      if (digits.replace(/^0\.?0*|\.|0+$/g, "").length < 2 && how === undefined) return [];
    }
    return [faultOf(unit, units, start, end)];
  });
}

function faultOf(unit: string, units: readonly string[], start: number, end: number): UnitFault {
  return {
    start,
    end,
    says: `the answer is asked for in ${units.map(unitText).join(" or ")}, not in ${unitText(unit)}`,
  };
}

/** "60 mg per day" answers "60 mg", and "24 mL each hour" answers "24 mL/h". */
function isApart(unit: string, due: string, after: string): boolean {
  if (apart(unit, due) === undefined) return false;
  const [said, wanted] = [measureOf(unit), measureOf(due)];
  if (said === undefined || wanted === undefined || !differInTime(said, wanted)) return true;
  const isLonger = unit.split("/").length > due.split("/").length;
  return !isLonger && !/^[^.。]*(?:day|daily|hour|minute|every|each|日|天|时|分)/i.test(after);
}

type Quantity = NumberToken & { unit: string };

function isSameNumber(token: NumberToken, of: NumberToken): boolean {
  if (token.value === of.value) return true;
  return token.decimals > of.decimals && standsFor(of, token.value);
}

function isOperand(tokens: readonly Token[], start: number): boolean {
  const at = tokens.findIndex((token) => token.start === start);
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  // "120 kcal, i.e. B" is set equal to nothing.
  const isEqual = after?.kind === "relation" && tokens[at + 2]?.kind !== "word";
  return before?.kind === "operator" || after?.kind === "operator" || isEqual;
}

/** How each number that follows a relation came to be, by its place. */
function resultsIn(tokens: readonly Token[]): ReadonlyMap<number, "calculated" | "equal" | "said"> {
  const found = new Map<number, "calculated" | "equal" | "said">();
  for (const { left, right, loose } of equalitiesIn(tokens)) {
    if (right === undefined || right.expression.kind !== "number") continue;
    const { start } = right.expression.token;
    const isCalculated = left !== undefined && calculates(left.expression);
    found.set(start, isCalculated ? "calculated" : loose || left === undefined ? "said" : "equal");
  }
  return found;
}

/** Numbers of the question that the text gives in a unit of another kind: "1.9 mL/min" for a creatinine of 1.9 mg/dL. */
export function restatedFaults(
  tokens: readonly Token[],
  readings: readonly NamedReading[],
  given: string,
): readonly UnitFault[] {
  return [...restatedReadings(readings, readingsIn(given)), ...restatedNumbers(tokens, given)];
}

function restatedReadings(
  mine: readonly NamedReading[],
  given: readonly NamedReading[],
): readonly UnitFault[] {
  return mine.flatMap(({ quantity, value, unit, second, start, end }) => {
    if (unit === undefined || second !== undefined) return [];
    const told = given.filter(
      (each) => each.quantity === quantity && each.value === value && each.unit !== undefined,
    );
    if (told.length === 0 || told.some((each) => apart(unit, each.unit as string) === undefined)) return [];
    return [
      {
        start,
        end,
        says: `the question gives it in ${unitText(told[0]?.unit as string)}, not in ${unitText(unit)}`,
      },
    ];
  });
}

function restatedNumbers(tokens: readonly Token[], given: string): readonly UnitFault[] {
  const told = tokensOf(given).filter(isNumber);
  const results = resultsIn(tokens);
  const quantities = tokens.filter(isNumber);
  return quantities.flatMap(({ value, unit, digits, start, end }) => {
    if (unit === undefined || results.has(start)) return [];
    const figures = digits.replace(/^0\.?0*|[.,]|0+$/g, "").length;
    if (figures < 2 || (figures < 3 && !digits.includes("."))) return [];
    const kind = kindOf(unit);
    if (kind === "time" || kind === "share") return [];
    const same = told.filter((each) => each.value === value);
    const [first] = same;
    if (first?.unit === undefined || same.some((each) => each.unit !== first.unit)) return [];
    // "2.2 lb" to the kilogram is "2.2 lb/kg".
    const [mine, due] = [unit, first.unit].map((code) => code.split("/").filter((part) => part !== ""));
    if (mine === undefined || due === undefined) return [];
    if (
      due.length === 1
        ? mine.includes(due[0] as string)
        : mine.length === 1 && due.includes(mine[0] as string)
    )
      return [];
    if (apart(unit, first.unit) !== "kind" || kindOf(first.unit) === "time" || first.unit === "%") return [];
    // Calculated to be so, or so more than once: a quantity of its own.
    const others = quantities.filter((each) => each.value === value && each.unit === unit);
    if (others.length > 1) return [];
    return [
      { start, end, says: `the question gives ${digits} ${unitText(first.unit)}, not ${unitText(unit)}` },
    ];
  });
}
