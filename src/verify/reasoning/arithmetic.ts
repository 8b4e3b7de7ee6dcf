/**
 * Arithmetic in a text of reasoning, recomputed (paper §3.2).
 *
 * What is judged: equalities with something calculated on one side ("140 − (100 + 24) = 16"), and arithmetic said in
 * words (said-arithmetic.ts). What is not: anything with a symbol or an unknown word in it. People write loosely, so
 * an equality holds if it holds under one of the ways it is commonly meant: percentages as fractions or as points,
 * "1.75 m²" as a square, a value carried on from an earlier result with more digits than were printed, units that
 * convert, and running results ("140 − 100 = 40 − 24 = 16").
 */
import type { Check } from "../../records/check.ts";
import { type Equality, equalitiesIn, type Side } from "./chains.ts";
import { asMathjs, calculates, type Expression, numbersIn, type Reading } from "./expression.ts";
import { plainText, trimmed } from "./notation.ts";
import { type NumberToken, type Token, tokensOf } from "./numerals.ts";
import { evaluateWithUnits } from "./quantities.ts";
import type { Reasoning } from "./reasoning.ts";
import { recompute } from "./recompute.ts";
import { asPrinted, lastDigit, standsFor } from "./rounding.ts";
import { saidArithmetic } from "./said-arithmetic.ts";

const name = "arithmetic";

/** Results printed earlier that were rounded: their later use may carry digits that were not printed. */
type Carried = Map<string, number>;

/** Recomputes every calculation in the text; one failed check for each that is wrong. */
export function checkArithmetic(reasoning: Reasoning): readonly Check[] {
  const text = plainText(reasoning.text);
  if (!/\d/.test(text)) return [{ name, passed: true, found: "no arithmetic" }];
  const tokens = tokensOf(text);
  const faults: Check[] = [];
  const carried: Carried = new Map();
  let judged = 0;
  for (const equality of equalitiesIn(tokens)) {
    const verdict = judge(equality, tokens, carried);
    if (verdict === undefined) continue;
    judged++;
    if (verdict.holds) continue;
    const { left, right } = equality as Required<Equality>;
    const span = trimmed(text, left.start, right.end);
    const said = reasoning.text.slice(...span);
    faults.push({
      name,
      passed: false,
      found: `"${said}": ${reasoning.text.slice(left.start, left.end).trim()} is ${verdict.shouldBe}, not ${reasoning.text.slice(right.start, right.end).trim()}`,
      evidence: said,
      span,
    });
  }
  for (const said of saidArithmetic(text)) {
    judged++;
    if (said.holds) continue;
    const span = trimmed(text, said.start, said.end);
    // The same words may also have been read as an equality.
    if (
      faults.some((fault) => fault.span !== undefined && fault.span[0] < span[1] && span[0] < fault.span[1])
    )
      continue;
    const quoted = reasoning.text.slice(...span);
    faults.push({ name, passed: false, found: `"${quoted}": ${said.shouldBe}`, evidence: quoted, span });
  }
  if (faults.length > 0) return faults;
  return [
    {
      name,
      passed: true,
      found: judged === 0 ? "no arithmetic" : `${judged} ${judged === 1 ? "result" : "results"} recomputed`,
    },
  ];
}

interface Verdict {
  readonly holds: boolean;
  readonly shouldBe: string;
}

/** Nothing where the equality is no calculation or cannot be judged. */
function judge(equality: Equality, tokens: readonly Token[], carried: Carried): Verdict | undefined {
  const { left, right } = equality;
  if (left === undefined || right === undefined) return undefined;
  const isLeft = calculates(left.expression);
  const isRight = calculates(right.expression);
  if (!isLeft && !isRight) {
    if (isSharePlain(left, right)) return compare(equality, left, right, carried);
    return isRestated(equality, left, right, tokens) ? restated(left, right) : undefined;
  }
  if (isRangeTalk(left) || isRangeTalk(right)) return undefined;
  if (!isLeft && isSaidAgain(equality, left, right, tokens)) return undefined;
  if (equality.loose && !isPlainlyArithmetic(isLeft ? left : right, isLeft ? right : left, tokens))
    return undefined;
  if (!isPlainlyArithmetic(left, right, tokens) && !isLeft && equality.loose) return undefined;
  const verdict = compare(equality, left, right, carried);
  if (verdict === undefined || verdict.holds) return verdict;
  // "Step 2 - 140 - 124 = 16": a dash before the calculation is no minus.
  for (const shorter of equality.shorter)
    if (compare(equality, shorter, right, carried)?.holds) return { holds: true, shouldBe: "" };
  return verdict;
}

/** "… = 2050 mg ≈ 2000 mg": a result within a chain, said again in the same unit. */
function isRestated(equality: Equality, left: Side, right: Side, tokens: readonly Token[]): boolean {
  // Signs only: "a total of 5, a total of 6" says two things.
  const [before, relation] = [tokens[left.tokens[0] - 1], tokens[equality.at] as Token];
  if (equality.loose || before?.kind !== "relation") return false;
  if (before.end - before.start > 2 || relation.end - relation.start > 2) return false;
  const [a, b] = [left.expression, right.expression];
  return a.kind === "number" && b.kind === "number" && a.token.unit === b.token.unit && a.token.value > 0;
}

/** People round such a result to what can be given; a tenth is let through. */
function restated(left: Side, right: Side): Verdict {
  const [a, b] = [numbersIn(left.expression)[0], numbersIn(right.expression)[0]] as const;
  const isNear = a !== undefined && b !== undefined && Math.abs(a.value - b.value) <= 0.1 * a.value;
  return { holds: isNear, shouldBe: a?.digits ?? "" };
}

/** "0.25 = 25%": the one case in which two plain numbers are compared. */
function isSharePlain(left: Side, right: Side): boolean {
  if (left.expression.kind !== "number" || right.expression.kind !== "number") return false;
  const [share, percent] = [left.expression.token, right.expression.token];
  return (
    share.unit === undefined &&
    share.decimals > 0 &&
    share.value < 1 &&
    percent.unit === "%" &&
    percent.value >= 1
  );
}

/** "times 0.8 that gives 0.8 × 1.1 = 0.88": the number before the words is one of those calculated with. */
function isSaidAgain(equality: Equality, left: Side, right: Side, tokens: readonly Token[]): boolean {
  const [relation, next] = [tokens[equality.at] as Token, tokens[right.tokens[1]]];
  if (relation.end - relation.start <= 2 || next?.kind !== "relation") return false;
  const [said] = numbersIn(left.expression);
  return numbersIn(right.expression).some(({ value }) => value === said?.value);
}

/** A lone glued pair "12-24", or a range beside symbols, says nothing that can be recomputed. */
function isRangeTalk(side: Side): boolean {
  const { expression } = side;
  return expression.kind === "number" && /^0\d/.test(expression.token.digits);
}

/** Whether "is" between these sides can only be arithmetic. */
function isPlainlyArithmetic(side: Side, other: Side, tokens: readonly Token[]): boolean {
  let isSigned = false;
  let isDivision = false;
  for (let i = side.tokens[0]; i < side.tokens[1]; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "call") isSigned = true;
    if (token.kind !== "operator" || token.sign === "±") continue;
    if (token.plain) isSigned = true;
    if (token.sign === "-" && token.spaced) isSigned = true;
    if (token.sign === "/") isDivision = true;
  }
  if (side.expression.kind === "group") isSigned = true;
  if (isSigned) return true;
  return isDivision && other.expression.kind === "number" && other.expression.token.unit === "%";
}

function compare(equality: Equality, left: Side, right: Side, carried: Carried): Verdict | undefined {
  const isLeft = calculates(left.expression);
  // The side that is a plain number is the printed one.
  const [exact, printed] =
    isLeft || !calculates(right.expression)
      ? [left.expression, right.expression]
      : [right.expression, left.expression];
  if (holds(exact, printed, equality.about, carried)) {
    remember(exact, printed, carried);
    return { holds: true, shouldBe: "" };
  }
  const running = firstOperand(right.expression);
  if (isLeft && running !== undefined && holds(left.expression, running, equality.about, carried))
    return { holds: true, shouldBe: "" };
  const should = shouldBe(exact, printed);
  return should === undefined ? undefined : { holds: false, shouldBe: should };
}

/** "= 40 − 24 = 16" after "140 − 100": the running result stands first. */
function firstOperand(expression: Expression): Expression | undefined {
  if (expression.kind !== "binary") return undefined;
  return expression.left.kind === "binary" ? firstOperand(expression.left) : expression.left;
}

function holds(exact: Expression, printed: Expression, isAbout: boolean, carried: Carried): boolean {
  for (const reading of readingsOf(exact, printed)) {
    const left = valueUnder(exact, reading);
    const right = valueUnder(printed, reading);
    if (left === undefined || right === undefined) continue;
    if (agree(left, right, exact, printed, reading, isAbout, carried)) return true;
  }
  return holdsWithUnits(exact, printed, isAbout);
}

function agree(
  left: number,
  right: number,
  exact: Expression,
  printed: Expression,
  reading: Reading,
  isAbout: boolean,
  carried: Carried,
): boolean {
  const slack = slackOf(exact, left, reading, carried);
  if (calculates(printed)) {
    const tolerance = slack + slackOf(printed, right, reading, carried, true);
    return (
      Math.abs(left - right) <=
      Math.max(tolerance, 1e-6 * Math.abs(left), isAbout ? 0.02 * Math.abs(left) : 0)
    );
  }
  const token = printedToken(printed, reading);
  if (token === undefined) return Math.abs(left - right) <= slack + 1e-9 * Math.abs(left);
  const scale = token.unit === "%" && reading.percent === "fraction" ? 100 : 1;
  const sign = printed.kind === "negative" ? -1 : 1;
  return standsFor(
    { value: sign * token.value, decimals: token.decimals },
    left * scale,
    isAbout,
    slack * scale,
  );
}

function printedToken(printed: Expression, reading: Reading): NumberToken | undefined {
  if (printed.kind === "number") return printed.token;
  if (printed.kind === "range") return reading.end === "high" ? printed.high : printed.low;
  return printed.kind === "negative" || printed.kind === "group"
    ? printedToken(printed.of, reading)
    : undefined;
}

/** What the digits that were not printed of the numbers calculated with can make of the result. */
function slackOf(of: Expression, value: number, reading: Reading, carried: Carried, all = false): number {
  let slack = 0;
  for (const token of numbersIn(of)) {
    const half = carried.get(token.digits) ?? (all && token.decimals > 0 ? lastDigit(token) / 2 : 0);
    if (half === 0) continue;
    const moved = valueUnder(of, {
      ...reading,
      instead: (each) => (each === token ? token.value + half : undefined),
    });
    if (moved !== undefined) slack += Math.abs(moved - value);
  }
  return slack;
}

function remember(exact: Expression, printed: Expression, carried: Carried): void {
  if (printed.kind !== "number" || !calculates(exact)) return;
  const { token } = printed;
  const value = valueUnder(exact, { percent: "fraction" });
  const scale = token.unit === "%" ? 100 : 1;
  if (value !== undefined && Math.abs(value * scale - token.value) > 1e-9 * Math.abs(value * scale))
    carried.set(token.digits, Math.max(lastDigit(token) / 2, Math.abs(value * scale - token.value)));
}

function valueUnder(expression: Expression, reading: Reading): number | undefined {
  return recompute(asMathjs(expression, reading));
}

/** The ways in which these two sides can be meant. */
function* readingsOf(exact: Expression, printed: Expression): Generator<Reading> {
  const numbers = [...numbersIn(exact), ...numbersIn(printed)];
  const hasPercent = numbers.some((token) => token.unit === "%");
  const percents: Reading["percent"][] = !hasPercent
    ? ["fraction"]
    : numbersIn(exact).some((token) => token.unit === "%") || !isShare(exact)
      ? ["fraction", "points"]
      : ["fraction"];
  const isRange = hasEnds(exact) || hasEnds(printed);
  for (const percent of percents) {
    if (isRange) {
      // Both ends have to hold; where only one side has them, the middle or the nearer end is meant.
      if (bothEndsHold(exact, printed, percent)) yield { percent, end: "low" };
      if (!hasEnds(exact) || !hasEnds(printed)) yield { percent };
      yield* hasSpread(exact) || hasSpread(printed) ? [{ percent }] : [];
      continue;
    }
    yield { percent };
    if (numbers.some((token) => token.unit === "m2")) yield { percent, squares: true };
    if (hasCall(exact, "log")) yield { percent, natural: true };
  }
}

/** "12/48": a quotient of at most one with no factor of 100 beside it is a fraction, never points. */
function isShare(exact: Expression): boolean {
  const value = valueUnder(exact, { percent: "fraction" });
  return (
    exact.kind === "binary" &&
    exact.sign === "/" &&
    value !== undefined &&
    Math.abs(value) <= 1 &&
    !numbersIn(exact).some((token) => token.value === 100 && numbersIn(exact).length > 2)
  );
}

function bothEndsHold(exact: Expression, printed: Expression, percent: Reading["percent"]): boolean {
  return (["low", "high"] as const).every((end) => {
    const left = valueUnder(exact, { percent, end });
    const right = valueUnder(printed, { percent, end });
    if (left === undefined || right === undefined) return false;
    const token = printedToken(printed, { percent, end });
    const scale = token?.unit === "%" && percent === "fraction" ? 100 : 1;
    if (token === undefined) return Math.abs(left - right) <= 0.51;
    return standsFor(token, left * scale, true);
  });
}

function hasEnds(expression: Expression): boolean {
  if (expression.kind === "range") return true;
  if (expression.kind === "binary")
    return expression.sign === "±" || hasEnds(expression.left) || hasEnds(expression.right);
  return expression.kind !== "number" && hasEnds(expression.of);
}

function hasSpread(expression: Expression): boolean {
  return expression.kind === "binary" && expression.sign === "±";
}

function hasCall(expression: Expression, called: string): boolean {
  if (expression.kind === "call") return expression.name === called || hasCall(expression.of, called);
  if (expression.kind === "binary")
    return hasCall(expression.left, called) || hasCall(expression.right, called);
  return (expression.kind === "group" || expression.kind === "negative") && hasCall(expression.of, called);
}

function holdsWithUnits(exact: Expression, printed: Expression, isAbout: boolean): boolean {
  if (printed.kind !== "number" || printed.token.unit === undefined) return false;
  const value = evaluateWithUnits(exact, printed.token.unit);
  return value !== undefined && standsFor(printed.token, value, isAbout, Math.abs(value) * 1e-6);
}

/** The result as it should have been printed. */
function shouldBe(exact: Expression, printed: Expression): string | undefined {
  const token = printedToken(printed, { percent: "fraction" });
  if (hasEnds(exact)) {
    const low = valueUnder(exact, { percent: "fraction", end: "low" });
    const high = valueUnder(exact, { percent: "fraction", end: "high" });
    if (low === undefined || high === undefined || hasEnds(printed) === false) return undefined;
    return `${asPrinted(low, { value: low, decimals: 1 })} to ${asPrinted(high, { value: high, decimals: 1 })}`;
  }
  if (hasEnds(printed)) return undefined;
  const aware = token?.unit === undefined ? undefined : evaluateWithUnits(exact, token.unit);
  const value = aware ?? valueUnder(exact, { percent: "fraction" });
  if (value === undefined) return undefined;
  if (token?.unit === "%" && isShare(exact)) return `${asPrinted(value * 100, token)}%`;
  return asPrinted(value, token ?? { value, decimals: 2 });
}
