/**
 * Results that a text claims for a formula by name: "the anion gap is 16", "CrCl = (140 − 72) × … = 46 mL/min",
 * "corrected calcium of 9.6".
 *
 * The result is the last number of the chain of equalities that begins at the name. Comparisons, reference ranges,
 * targets and hypotheses are no claims.
 */
import { equalitiesIn } from "./chains.ts";
import { calculates, type Expression } from "./expression.ts";
import type { NumberToken, Token } from "./numerals.ts";

export interface Claim {
  readonly number: NumberToken;
  /** The sign before the number. */
  readonly sign: 1 | -1;
  /** Of "24–28" the other end, of "26 ± 2" what is added. */
  readonly high?: NumberToken;
  readonly spread?: NumberToken;
  readonly about: boolean;
  readonly start: number;
  readonly end: number;
}

const unsaid =
  /(?:normal|reference|typical|usual|upper limit (?:of|for)|lower limit (?:of|for)|cut-?off|threshold|target|goal|baseline|previous|prior|expected|predicted|if (?:the|his|her|an?)|when (?:the|an?)|desired|acceptable|maximum|minimum|change in|rise in|increase in|decrease in|正常|目标|若|如果)[\s,]*(?:\p{L}+\s+){0,1}$/iu;
const beside =
  /^\s*(?:or (?:more|less|greater|higher|lower|above|below)|and (?:above|below|over)|以上|以下)/i;
const filler =
  /^(?:is|was|of|at|the|a|an|be|to|as|then|therefore|thus|so|now|here|calculated|computed|estimated|calculates|works|out|comes|found|equals|about|approximately|value|result|level|patient|patient's|this|his|her|their|for|in|by|using|formula|equation|gives|would|will|should|can|我们|为|是|约|计算|公式|with|from|calculation|determined|obtained|because|which)$/i;

/** The claim that follows a name ending at `nameEnd`, in these tokens of the text. */
export function claimAfter(
  text: string,
  tokens: readonly Token[],
  nameStart: number,
  nameEnd: number,
  isExpectedName: boolean,
): Claim | undefined {
  const before = text.slice(Math.max(0, nameStart - 40), nameStart);
  if (!isExpectedName && unsaid.test(before.slice(before.search(/[^.;\n。]*$/)))) return undefined;
  const first = tokens.findIndex((token) => token.start >= nameEnd);
  if (first < 0) return undefined;
  let at = first;
  // To the first number or relation, over words that state a value.
  for (let steps = 0; ; at++, steps++) {
    const token = tokens[at];
    if (token === undefined || steps > 16) return undefined;
    if (token.kind === "number" || token.kind === "relation") break;
    if (token.kind === "stop") {
      if (!/^[:,;；|]$/.test(token.text)) return undefined;
      continue;
    }
    if (token.kind === "word" && !filler.test(token.text)) {
      const isEarly =
        steps < 6 &&
        !/^(?:normal|elevated|low|high|increased|not|no|above|below|over|under|more|less|greater|if|and|or|last|previous|prior|ago|before|initial|initially|usually|typically)$/i.test(
          token.text,
        );
      if (!isEarly) return undefined;
    }
  }
  const start = tokens[at] as Token;
  const gap = text.slice(nameEnd, start.start);
  if (/[.。]\s|\n\s*\n|[<>≤≥]/.test(gap)) return undefined;
  const claim = chainFrom(text, tokens, at) ?? directNumber(text, tokens, at, gap);
  if (claim === undefined || beside.test(text.slice(claim.end, claim.end + 20))) return undefined;
  return { ...claim, start: nameStart };
}

/** "of 16", ": 16 mEq/L", "(16)": a number that no calculation follows. */
function directNumber(text: string, tokens: readonly Token[], at: number, gap: string): Claim | undefined {
  const number = tokens[at];
  if (
    number?.kind !== "number" ||
    !/(?:\bof|\bat|:|\(|为|是|约|^)\s*(?:about|approximately|~|≈|-)?\s*$/i.test(gap)
  )
    return undefined;
  const next = tokens[at + 1];
  const isJoined =
    next?.kind === "operator" && (next.sign !== "-" || !next.spaced || tokens[at + 2]?.kind === "number");
  if (isJoined || next?.kind === "open") {
    if (next?.kind !== "open" || tokens[at + 2]?.kind === "number") return undefined;
  }
  const sign = /-\s*$/.test(gap) && /[-]$/.test(text.slice(0, number.start)) ? -1 : 1;
  return { number, sign, about: /about|approx|~|≈|约/i.test(gap), start: number.start, end: number.end };
}

/** The last plain number of the chain whose first relation is at or after token `at`. */
function chainFrom(text: string, tokens: readonly Token[], at: number): Claim | undefined {
  let last: Claim | undefined;
  let from = at;
  for (const equality of equalitiesIn(tokens)) {
    if (equality.at < from) continue;
    const relation = tokens[equality.at] as Token;
    // A number that the relation does not calculate with is a result of its own.
    const begins = tokens[at] as Token;
    if (
      last === undefined &&
      begins.kind === "number" &&
      (equality.left === undefined || equality.left.start > begins.start)
    )
      return undefined;
    const previous = last?.end ?? (tokens[at] as Token).start;
    const between = text.slice(previous, relation.start);
    if (/[.。](?:\s|$)|\n\s*\n/.test(between.replace(/\d\.\d/g, ""))) break;
    if (last !== undefined && /[,;；]/.test(between)) break;
    if (between.length > 160) break;
    from = equality.at + 1;
    if (equality.right === undefined) continue;
    const claim = plainClaim(equality.right.expression);
    if (claim === undefined) continue;
    last = {
      ...claim,
      about: (relation.kind === "relation" && relation.about) || tokens[equality.at + 1]?.kind === "about",
      start: equality.right.start,
      end: equality.right.end,
    };
  }
  return last;
}

function plainClaim(expression: Expression): Pick<Claim, "number" | "sign" | "high" | "spread"> | undefined {
  if (expression.kind === "number") return { number: expression.token, sign: 1 };
  if (expression.kind === "range") return { number: expression.low, high: expression.high, sign: 1 };
  if (expression.kind === "group") return plainClaim(expression.of);
  if (expression.kind === "negative") {
    const of = plainClaim(expression.of);
    return of && { ...of, sign: -1 };
  }
  if (expression.kind === "binary" && expression.sign === "±" && !calculates(expression.left)) {
    const of = plainClaim(expression.left);
    const by = plainClaim(expression.right);
    return of && by && { ...of, spread: by.number };
  }
  return undefined;
}
