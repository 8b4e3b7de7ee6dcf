/**
 * Numeric expressions as people write them: "140 (Na) − [Cl 100 + HCO3 24]", "70 kg / (1.75 m)²", "0.8(4.0 − 2.0)",
 * "sum of 100 and 24".
 *
 * Units and labels beside numbers are let through and kept on the numbers; anything else makes the text no
 * expression, which is not judged. A range ("5-10 mg/kg") keeps both its ends.
 */
import type { NumberToken, Token } from "./numerals.ts";

export type Expression =
  | { readonly kind: "number"; readonly token: NumberToken }
  | { readonly kind: "range"; readonly low: NumberToken; readonly high: NumberToken }
  | {
      readonly kind: "binary";
      readonly sign: "+" | "-" | "*" | "/" | "^" | "±";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "negative"; readonly of: Expression }
  | { readonly kind: "group"; readonly of: Expression; readonly unit?: string }
  | { readonly kind: "call"; readonly name: string; readonly of: Expression };

export interface Parsed {
  readonly expression: Expression;
  /** Index of the token after it. */
  readonly next: number;
}

// Words that never label a number within a calculation: they begin or end something.
const parting =
  /^(?:and|or|but|if|then|when|while|because|since|as|at|by|from|to|with|without|within|after|before|than|versus|vs|per|patients?'|has|had|have|having|with|his|her|their|our|thus|hence|so|therefore|however|yes|no|not|to|until|till|again|also|respectively|compared|in|on|for|who|whose|which|where|into|under|over|between|among|those|these|we|he|she|they|it|i|you|can|may|might|suggests?|indicates?|means?|shows?|due|should|could|will|would|do|does|did|a|an|与|和|或|从|到|至|由|在|有|而|但|若|如|则|比)$/i;

const isLabel = (token: Token | undefined): boolean => token?.kind === "word" && !parting.test(token.text);

/** Whether the brackets opened at `index` hold a label ("(Na)", "(age ≥ 75)") and where the token after them is. */
function labelInBrackets(tokens: readonly Token[], index: number): number | undefined {
  if (tokens[index]?.kind !== "open") return undefined;
  let words = 0;
  for (let i = index + 1; i < tokens.length && i < index + 12; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "close") return words > 0 ? i + 1 : undefined;
    if (token.kind === "open") return undefined;
    if (token.kind === "word") words++;
  }
  return undefined;
}

/** Steps over labels after a number where an operator, relation or bracket follows them. */
function afterLabels(tokens: readonly Token[], index: number): number {
  let next = index;
  let words = 0;
  while (words < 5) {
    if (isLabel(tokens[next])) {
      next++;
      words++;
      // "packs/day", "doses per day"
      const by = tokens[next];
      const isBy =
        (by?.kind === "operator" && by.sign === "/" && !by.spaced) ||
        (by?.kind === "word" && by.text === "per");
      if (isBy && isLabel(tokens[next + 1])) next += 2;
    } else {
      const closed = labelInBrackets(tokens, next);
      if (closed === undefined) break;
      next = closed;
      words++;
    }
  }
  const kind = tokens[next]?.kind;
  return kind === "operator" || kind === "relation" || kind === "close" ? next : index;
}

/** Parses the longest expression that begins at token `index`. */
export function parseExpression(tokens: readonly Token[], index: number): Parsed | undefined {
  const sum = parseSum(tokens, index);
  if (sum === undefined) return undefined;
  const sign = tokens[sum.next];
  if (sign?.kind === "operator" && sign.sign === "±") {
    const by = parseOperand(tokens, sum.next + 1);
    if (by !== undefined)
      return {
        expression: { kind: "binary", sign: "±", left: sum.expression, right: by.expression },
        next: by.next,
      };
  }
  return sum;
}

function parseSum(tokens: readonly Token[], index: number, isInside = false): Parsed | undefined {
  let left = parseProduct(tokens, index, isInside);
  while (left !== undefined) {
    const sign = tokens[left.next];
    if (sign?.kind !== "operator" || (sign.sign !== "+" && sign.sign !== "-")) return left;
    const right = parseProduct(tokens, left.next + 1, true);
    if (right === undefined) return left;
    left = {
      expression: { kind: "binary", sign: sign.sign, left: left.expression, right: right.expression },
      next: right.next,
    };
  }
  return undefined;
}

function parseProduct(tokens: readonly Token[], index: number, isInside = false): Parsed | undefined {
  let left = parsePower(tokens, index, isInside);
  while (left !== undefined) {
    const token = tokens[left.next];
    let right: Parsed | undefined;
    let sign: "*" | "/" = "*";
    if (token?.kind === "operator" && (token.sign === "*" || token.sign === "/")) {
      sign = token.sign;
      right = parsePower(tokens, left.next + 1, true);
    } else if (token?.kind === "open" && isJoined(tokens, left.next))
      right = parsePower(tokens, left.next, true);
    if (right === undefined) return left;
    left = {
      expression: { kind: "binary", sign, left: left.expression, right: right.expression },
      next: right.next,
    };
  }
  return undefined;
}

/** "0.8 (4.0 − 2.0)" and ")(": brackets right behind a bare number or brackets multiply. */
function isJoined(tokens: readonly Token[], open: number): boolean {
  const before = tokens[open - 1];
  if (before === undefined || labelInBrackets(tokens, open) !== undefined) return false;
  const gap = (tokens[open] as Token).start - before.end;
  if (before.kind === "close") return gap <= 1;
  if (before.kind !== "number" || before.unit !== undefined) return false;
  const inner = tokens[open + 1];
  const last = parseSum(tokens, open + 1);
  if (inner === undefined || last === undefined || tokens[last.next]?.kind !== "close") return false;
  // "12 (25%)" and "16 (8)" state something beside the number; "2(140)" and "0.8 (4.0 - 2.0)" calculate.
  if (last.expression.kind === "number") return gap === 0 && last.expression.token.unit !== "%";
  return gap <= 1 && last.expression.kind === "binary";
}

function parsePower(tokens: readonly Token[], index: number, isInside = false): Parsed | undefined {
  const base = parseOperand(tokens, index, isInside);
  if (base === undefined) return undefined;
  const sign = tokens[base.next];
  if (sign?.kind !== "operator" || sign.sign !== "^") return base;
  const power = parsePower(tokens, base.next + 1, true);
  if (power === undefined) return undefined;
  const next = afterLabels(tokens, power.next);
  return {
    expression: { kind: "binary", sign: "^", left: base.expression, right: power.expression },
    next,
  };
}

function parseOperand(tokens: readonly Token[], start: number, isInside = true): Parsed | undefined {
  let index = start;
  const first = tokens[index];
  if (first === undefined) return undefined;
  if (first.kind === "operator" && first.sign === "-") {
    const of = tokens[index + 1];
    // The sign of a number stands right before it.
    if (of === undefined || of.start !== first.end || of.kind === "operator") return undefined;
    const operand = parseOperand(tokens, index + 1, isInside);
    return operand && { expression: { kind: "negative", of: operand.expression }, next: operand.next };
  }
  const said = first.kind === "word" ? parseSaid(tokens, index) : undefined;
  if (said !== undefined) return said;
  if (isInside) {
    // "− Cl 100", "− the bicarbonate of 24"
    let words = 0;
    while (words < 4 && (isLabel(tokens[index]) || (words > 0 && tokens[index]?.kind === "word"))) {
      index++;
      words++;
    }
    if (tokens[index]?.kind === "about") index++;
  }
  const token = tokens[index];
  if (token?.kind === "number") return parseNumber(tokens, index, token);
  if (token?.kind === "call") {
    const of = parseOperand(tokens, index + 1, false);
    return of && { expression: { kind: "call", name: token.text, of: of.expression }, next: of.next };
  }
  if (token?.kind !== "open") return undefined;
  const inner = parseSum(tokens, index + 1, true);
  if (inner === undefined || tokens[inner.next]?.kind !== "close") return undefined;
  const close = tokens[inner.next] as Token & { kind: "close" };
  const unit = close.unit === undefined ? {} : { unit: close.unit };
  return {
    expression: { kind: "group", of: inner.expression, ...unit },
    next: afterLabels(tokens, inner.next + 1),
  };
}

function parseNumber(tokens: readonly Token[], index: number, low: NumberToken): Parsed {
  const dash = tokens[index + 1];
  const high = tokens[index + 2];
  // "3-5" glued and rising is a range; "140-124" is a difference.
  if (
    dash?.kind === "operator" &&
    dash.sign === "-" &&
    !dash.spaced &&
    high?.kind === "number" &&
    dash.start === low.end &&
    high.start === dash.end &&
    low.value < high.value
  )
    return { expression: { kind: "range", low, high }, next: afterLabels(tokens, index + 3) };
  return { expression: { kind: "number", token: low }, next: afterLabels(tokens, index + 1) };
}

/** "the sum of 100 and 24", "the difference between 140 and 124", "the ratio of 120 to 80". */
function parseSaid(tokens: readonly Token[], index: number): Parsed | undefined {
  let at = index;
  const word = (offset: number): string => {
    const token = tokens[at + offset];
    return token?.kind === "word" ? token.text.toLowerCase() : "";
  };
  if (word(0) === "the") at++;
  const sign = ({ sum: "+", total: "+", difference: "-", product: "*", ratio: "/", quotient: "/" } as const)[
    word(0)
  ];
  if (sign === undefined || !/^(?:of|between)$/.test(word(1))) return undefined;
  let left = parsePower(tokens, at + 2, true);
  while (left !== undefined) {
    const joint = tokens[left.next];
    if (joint?.kind !== "word" || !/^(?:and|to)$/i.test(joint.text)) break;
    const right = parsePower(tokens, left.next + 1, true);
    if (right === undefined) break;
    left = {
      expression: { kind: "binary", sign, left: left.expression, right: right.expression },
      next: right.next,
    };
  }
  if (left === undefined || left.expression.kind !== "binary") return undefined;
  return { expression: { kind: "group", of: left.expression }, next: left.next };
}

/** Whether anything is calculated in it. */
export function calculates(expression: Expression): boolean {
  switch (expression.kind) {
    case "binary":
    case "call":
      return true;
    case "group":
    case "negative":
      return calculates(expression.of);
    default:
      return false;
  }
}

/** Every number in it, in order. */
export function numbersIn(expression: Expression): readonly NumberToken[] {
  switch (expression.kind) {
    case "number":
      return [expression.token];
    case "range":
      return [expression.low, expression.high];
    case "binary":
      return [...numbersIn(expression.left), ...numbersIn(expression.right)];
    default:
      return numbersIn(expression.of);
  }
}

/** How an expression is read where people write loosely. */
export interface Reading {
  /** Which end of ranges and of "±"; 0 takes what is left of a "±". */
  readonly end?: "low" | "high";
  /** "25%" as 0.25, or as 25. */
  readonly percent: "fraction" | "points";
  /** "1.75 m²" as the square of 1.75. */
  readonly squares?: boolean;
  /** "log" as the natural one. */
  readonly natural?: boolean;
  /** The value of a number other than the printed one. */
  readonly instead?: (token: NumberToken) => number | undefined;
}

/** The expression in the syntax of mathjs, every number in brackets. */
export function asMathjs(expression: Expression, reading: Reading): string {
  switch (expression.kind) {
    case "number":
      return numberText(expression.token, reading);
    case "range":
      return numberText(reading.end === "high" ? expression.high : expression.low, reading);
    case "group":
      return `(${asMathjs(expression.of, reading)})`;
    case "negative":
      return `(-${asMathjs(expression.of, reading)})`;
    case "call": {
      const of = asMathjs(expression.of, reading);
      if (/sqrt|√/.test(expression.name)) return `sqrt(${of})`;
      if (/cbrt|∛/.test(expression.name)) return `cbrt(${of})`;
      return expression.name === "ln" || (reading.natural && expression.name === "log")
        ? `log(${of})`
        : `log10(${of})`;
    }
    case "binary": {
      const left = asMathjs(expression.left, reading);
      const right = asMathjs(expression.right, reading);
      if (expression.sign !== "±") return `${left}${expression.sign}${right}`;
      if (reading.end === undefined) return left;
      return `${left}${reading.end === "low" ? "-" : "+"}${right}`;
    }
  }
}

function numberText(token: NumberToken, reading: Reading): string {
  const value = reading.instead?.(token);
  let text = value === undefined ? token.digits.replaceAll(",", "") : String(value);
  if (token.unit === "%" && reading.percent === "fraction") text = `${text}/100`;
  if (reading.squares && token.unit === "m2") text = `(${text})^2`;
  return `(${text})`;
}
