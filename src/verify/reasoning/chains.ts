/**
 * Equalities as they stand in a text: "AG = Na − (Cl + HCO3) = 140 − (100 + 24) = 16" is a chain of four sides, the
 * first two of which hold symbols and cannot be calculated.
 */
import { calculates, type Expression, parseExpression } from "./expression.ts";
import type { Token } from "./numerals.ts";

export interface Side {
  readonly expression: Expression;
  readonly start: number;
  readonly end: number;
  /** Indices of its tokens: first, and the one after the last. */
  readonly tokens: readonly [number, number];
}

export interface Equality {
  /** Absent where a side holds symbols or words. */
  readonly left?: Side;
  readonly right?: Side;
  readonly about: boolean;
  /** Related by "is" and the like. */
  readonly loose: boolean;
  /** Index of the relation's token. */
  readonly at: number;
  /** A left side that could begin later, after a dash: "Step 2 - 140 - 124 = 16". */
  readonly shorter: readonly Side[];
}

/** The equalities of a text with a number on at least one side, in order. */
export function equalitiesIn(tokens: readonly Token[]): readonly Equality[] {
  const found: Equality[] = [];
  let from = 0;
  tokens.forEach((token, at) => {
    if (token.kind === "stop" && !isInLabel(tokens, at)) from = at + 1;
    if (token.kind !== "relation") return;
    const [left, ...shorter] = leftSides(tokens, from, at);
    const right = rightSide(tokens, at + 1);
    if (left !== undefined || right !== undefined)
      found.push({
        ...(left && { left }),
        ...(right && { right }),
        about: token.about,
        loose: token.loose,
        at,
        shorter,
      });
    from = at + 1;
  });
  return found;
}

/** Within brackets with words and no equality: "2 (age ≥ 75)". */
function isInLabel(tokens: readonly Token[], at: number): boolean {
  if (!/^[<>≤≥,]$/.test((tokens[at] as Token & { text: string }).text)) return false;
  let open = at - 1;
  while (open >= at - 8 && tokens[open]?.kind === "word") open--;
  if (tokens[open]?.kind !== "open" || open === at - 1) return false;
  let close = at + 1;
  while (close < at + 8 && (tokens[close]?.kind === "word" || tokens[close]?.kind === "number")) close++;
  return tokens[close]?.kind === "close";
}

/** The longest expression that ends right before the relation; then those after a dash in it. */
function leftSides(tokens: readonly Token[], from: number, to: number): readonly Side[] {
  const sides: Side[] = [];
  for (let i = from; i < to; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "close" || token.kind === "about") continue;
    if (token.kind === "word" && !/^(?:sum|total|difference|product|ratio|quotient)$/i.test(token.text))
      continue;
    const before = tokens[i - 1];
    const isAfterSign = i > from && before?.kind === "operator";
    const isAfterDash = isAfterSign && before.sign === "-" && before.spaced;
    if (sides.length > 0 ? !isAfterDash : isAfterSign) continue;
    if (token.kind === "operator" && i > from && before?.kind !== "open" && before?.kind !== "word") continue;
    const parsed = parseExpression(tokens, i);
    if (parsed === undefined || parsed.next !== to) continue;
    const side = { expression: parsed.expression, ...placeOf(tokens, i, to), tokens: [i, to] as const };
    if (sides.length === 0 || calculates(side.expression)) sides.push(side);
    if (!hasSpacedDash(tokens, i, to)) break;
  }
  return sides;
}

function hasSpacedDash(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "operator" && token.sign === "-" && token.spaced) return true;
  }
  return false;
}

function rightSide(tokens: readonly Token[], from: number): Side | undefined {
  let start = from;
  for (let first = tokens[start]; first !== undefined && start < from + 3; first = tokens[++start])
    if (
      first.kind !== "about" &&
      !(first.kind === "word" && /^(?:now|only|just|then|therefore|thus|also)$/i.test(first.text))
    )
      break;
  const parsed = parseExpression(tokens, start);
  if (parsed === undefined) return undefined;
  const next = tokens[parsed.next];
  const last = tokens[parsed.next - 1] as Token;
  // "= 2 × Na + …" is symbolic; "16 - elevated" goes on in words, "1360 dyn·s/cm5" in a unit.
  if (
    next?.kind === "operator" &&
    last.kind !== "word" &&
    !(next.sign === "-" && tokens[parsed.next + 1]?.kind !== "number")
  )
    return undefined;
  if (next?.kind === "open" && next.start === last.end) return undefined;
  return {
    expression: parsed.expression,
    ...placeOf(tokens, start, parsed.next),
    tokens: [start, parsed.next],
  };
}

function placeOf(
  tokens: readonly Token[],
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  return { start: (tokens[from] as Token).start, end: (tokens[to - 1] as Token).end };
}
