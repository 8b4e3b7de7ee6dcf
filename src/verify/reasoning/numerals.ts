/**
 * The numbers of a text, with their units, and the signs and words that calculate with them.
 *
 * Dates, clock times, ratios ("1:80"), versions, citations and names with digits (B12, CD4, IL-6, COVID-19) are no
 * numbers here. A hyphen between two glued numbers ("3-5") may be a range: the parser decides.
 */
import { FRACTION_BAR } from "./notation.ts";
import { unitAt } from "./unit-words.ts";

export interface NumberToken {
  readonly kind: "number";
  readonly value: number;
  /** Digits after the point. */
  readonly decimals: number;
  /** The digits as printed. */
  readonly digits: string;
  /** UCUM code, "%" among them. */
  readonly unit?: string;
  readonly start: number;
  /** The place after the number and its unit. */
  readonly end: number;
  /** The place after the digits. */
  readonly digitsEnd: number;
}

interface SignToken {
  readonly kind: "operator";
  readonly sign: "+" | "-" | "*" | "/" | "^" | "±";
  /** Said by a sign or word that can be nothing but arithmetic: ×, ÷, "plus", a spaced "+". */
  readonly plain: boolean;
  /** Spaces on both sides. */
  readonly spaced: boolean;
  readonly start: number;
  readonly end: number;
}

interface RelationToken {
  readonly kind: "relation";
  /** "≈", "is about". */
  readonly about: boolean;
  /** "is", "was": could as well say something else. */
  readonly loose: boolean;
  readonly start: number;
  readonly end: number;
}

interface PlainToken {
  readonly kind: "open" | "close" | "stop" | "word" | "call" | "about";
  readonly text: string;
  /** Of closing brackets: "(140 - 124) mEq/L". */
  readonly unit?: string;
  readonly start: number;
  readonly end: number;
}

export type Token = NumberToken | SignToken | RelationToken | PlainToken;

const digitsAt =
  /(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE]-?\d{1,2}(?![\p{L}\d]))?/uy;
// Two-digit years are left to arithmetic: "48-12-10" can be one.
const opaque =
  /(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d\d|\d+(?::\d+)+(?:\.\d+)?|\d+(?:\.\d+){2,})(?![\d\p{L}])/uy;
const wordAt =
  /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:'[a-z]+)?(?:(?<=\d)\.\d+)?(?:-[\p{L}\p{N}]+)*(?:[+-](?=[\s)\]},;:]|$))?[⁺⁻₀-₉²³]*/uy;
const gluedWord = /(?![xX]\s*[\d(])[\p{Script=Latin}\p{Script=Greek}][\p{L}\p{N}]*/uy;
const relationSigns = /(?:==?|≈|≅|≃|≒|∼=|~=|≡)/uy;
const about =
  /(?:about|approximately|approx\.?|roughly|around|nearly|almost|circa|some|just (?:over|under|above|below)|~|∼|大约|约为|约|将近|近)(?![\p{Script=Latin}])/iuy;

/** Relations said in words; those in the second list say many other things too. */
const relationWords =
  /(?:[,，；]\s*)?(?:(?:which|that|this|it|and|so|thus|hence|we get|then)\s+){0,2}(?:is equal to|are equal to|equals?|(?:is |are )?equivalent to|is the same as|corresponds? to|corresponding to|converts? to|converting to|translates? to|equates? to|gives?|giving|gave|yields?|yielding|makes|making|comes? (?:out )?to|coming to|works? out (?:to be|to|as|at)|working out to|amounts? to|totals?|totall?ing|adds? up to|sums? to|results? in|resulting in|we get|evaluates? to|computes? to|simplifies to|for a total of|to (?:give|get|yield|make)|or a total of|a total of)(?![\p{L}])/iuy;
const looseWords =
  /(?:[,，；]\s*)?(?:(?:which|that|this|it)\s+)?(?:is|are|was|were|would be|will be|should be|has to be|must be|i\.e\.,?|ie,?|that is,?|or(?=\s+(?:about\s+|approximately\s+)?\d+(?:\.\d+)?\s?%))(?![\p{L}])/iuy;
const hanRelations =
  /(?:[,，；]\s*)?(?:约等于|等于|得到|得出|(?<![获取觉使值难懂记求])得|共计|合计|总计|结果为|结果是|即为|即)(?=\s*(?:大约|约|近)?\s*[\d.(-])/uy;
const hanLoose = /(?:约为|为|是)(?=\s*(?:大约|约|近)?\s*[\d.(-])/uy;
const hanSigns: readonly (readonly [RegExp, SignToken["sign"]])[] = [
  [/(?:加上|(?<![增参更附叠])加)(?=\s*[\d(]|\p{Script=Han}{1,6}\s*\d)/uy, "+"],
  [/(?:减去|(?<![缩锐削])减)(?=\s*[\d(]|\p{Script=Han}{1,6}\s*\d)/uy, "-"],
  [/(?:乘以|乘)(?=\s*[\d(]|\p{Script=Han}{1,6}\s*\d)/uy, "*"],
  [/(?:除以)(?=\s*[\d(]|\p{Script=Han}{1,6}\s*\d)/uy, "/"],
  [/的(?=\s*\d+(?:\.\d+)?\s*%)/uy, "*"],
];
const wordSigns: readonly (readonly [RegExp, SignToken["sign"]])[] = [
  [/plus(?![\p{L}])/iuy, "+"],
  [/minus(?![\p{L}])/iuy, "-"],
  [/(?:times|multiplied by)(?=\s+(?:[\d(]|the |a )|\s+\p{L}+\s+\d)/iuy, "*"],
  [/(?:divided by)(?![\p{L}])/iuy, "/"],
  [/(?:to the power of|raised to(?: the power of)?)(?![\p{L}])/iuy, "^"],
];
const fractions: readonly (readonly [RegExp, number, string])[] = [
  [/half(?: of)?(?= (?:the |of )?\d)/iuy, 0.5, "0.5"],
  [/(?:one|a)[- ](?:third)(?: of)(?= (?:the )?\d)/iuy, 1 / 3, "(1/3)"],
  [/two[- ]thirds(?: of)(?= (?:the )?\d)/iuy, 2 / 3, "(2/3)"],
  [/(?:one|a)[- ](?:quarter|fourth)(?: of)(?= (?:the )?\d)/iuy, 0.25, "0.25"],
  [/three[- ](?:quarters|fourths)(?: of)(?= (?:the )?\d)/iuy, 0.75, "0.75"],
  [/(?:one|a)[- ](?:fifth)(?: of)(?= (?:the )?\d)/iuy, 0.2, "0.2"],
  [/(?:one|a)[- ](?:tenth)(?: of)(?= (?:the )?\d)/iuy, 0.1, "0.1"],
  [/(?:twice|double)(?= (?:the )?\d)/iuy, 2, "2"],
  [/(?:triple|thrice|three times)(?= (?:the )?\d)/iuy, 3, "3"],
];
const callAt = /(?:sqrt|cbrt|√|∛|log10|log₁₀|log|lg|ln)(?=\s?\(|\s?\d)/uy;
const ofAt = /(?:out of|of|in)(?=\s+(?:the\s+)?\d)/iuy;
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The number at `at` with its unit, if one begins there. */
export function numberAt(text: string, at: number): NumberToken | undefined {
  const digits = matchAt(digitsAt, text, at)?.[0];
  if (digits === undefined) return undefined;
  const end = at + digits.length;
  const value = Number(digits.replaceAll(",", ""));
  const unit = unitAt(text, end, value);
  const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
  const base = { kind: "number", value, decimals, digits, start: at, digitsEnd: end } as const;
  return unit === undefined ? { ...base, end } : { ...base, unit: unit.code, end: unit.end };
}

/** Reads plain text (see notation.ts) into tokens; anything that ends a calculation is a "stop". */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (token: Token): void => {
    tokens.push(token);
    at = token.end;
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (char === "\n") {
      // A line that begins with a sign of equality goes on with the line before; "- " and "+ " begin items of a list.
      const next = /^\s*(?:[=≈×÷])/.test(text.slice(at, at + 12));
      if (!next) push({ kind: "stop", text: char, start: at, end: at + 1 });
      else at++;
      continue;
    }
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at, tokens.at(-1));
    if (token === undefined) at++;
    else if (Array.isArray(token)) for (const each of token) push(each);
    else push(token as Token);
  }
  return tokens;
}

function tokenAt(text: string, at: number, before: Token | undefined): Token | Token[] | undefined {
  const char = text[at] as string;
  const plain = (kind: PlainToken["kind"], length: number): PlainToken => ({
    kind,
    text: text.slice(at, at + length),
    start: at,
    end: at + length,
  });
  const sign = (which: SignToken["sign"], length: number, isPlain: boolean): SignToken => ({
    kind: "operator",
    sign: which,
    plain: isPlain,
    spaced: /\s/.test(text[at - 1] ?? " ") && /\s/.test(text[at + length] ?? " "),
    start: at,
    end: at + length,
  });
  if (/[-*+•·]/.test(char) && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 20), at))) {
    // A dash, star or dot at the head of a line is that of a list, unless it is the sign of a number.
    if (char !== "-" || !/[\d.]/.test(text[at + 1] ?? "")) return plain("stop", 1);
  }
  const isNumberBefore = before?.kind === "number" || before?.kind === "close";

  if (/[\d.]/.test(char)) {
    const whole = matchAt(opaque, text, at);
    if (whole !== null) return plain("stop", whole[0].length);
    const number = numberAt(text, at);
    if (number === undefined) return plain("stop", 1);
    // "2pq", "12th", "3D": no number to calculate with.
    const glued = number.unit === undefined ? matchAt(gluedWord, text, number.end) : null;
    return glued === null ? number : plain("word", number.end - at + glued[0].length);
  }
  switch (char) {
    case "(":
    case "[":
    case "{":
      return plain("open", 1);
    case ")":
    case "]":
    case "}": {
      const unit = unitAt(text, at + 1);
      return unit === undefined
        ? plain("close", 1)
        : { ...plain("close", 1), unit: unit.code, end: unit.end };
    }
    case FRACTION_BAR:
      return [plain("close", 1), { ...sign("/", 1, true), start: at + 1, end: at + 1 }];
    case "\ue001":
      return [plain("close", 1), { ...plain("close", 1), start: at + 1, end: at + 1 }];
    case "×":
    case "⋅":
    case "∙":
    case "∗":
      return sign("*", 1, true);
    case "·":
    case "•":
      return isNumberBefore || before?.kind === "word" ? sign("*", 1, true) : plain("stop", 1);
    case "*":
      return text[at + 1] === "*" ? sign("^", 2, true) : sign("*", 1, true);
    case "÷":
    case "∕":
    case "⁄":
      return sign("/", 1, true);
    case "/":
      return sign("/", 1, /\s/.test(text[at - 1] ?? "") && /\s/.test(text[at + 1] ?? ""));
    case "^":
      return sign("^", 1, true);
    case "±":
      return sign("±", 1, false);
    case "+":
      if (/^\+\/?-/.test(text.slice(at, at + 3))) return sign("±", text[at + 1] === "/" ? 3 : 2, false);
      return sign("+", 1, true);
    case "-":
      return sign("-", 1, false);
    case "<":
    case ">":
    case "≤":
    case "≥":
    case "≠":
    case "→":
    case "⇒":
      return plain("stop", 1);
  }
  if (superscripts.includes(char) && isNumberBefore) {
    let length = 1;
    while (superscripts.includes(text[at + length] ?? "x")) length++;
    const value = Number([...text.slice(at, at + length)].map((d) => superscripts.indexOf(d)).join(""));
    return [
      { ...sign("^", 0, true), end: at },
      {
        kind: "number",
        value,
        decimals: 0,
        digits: String(value),
        start: at,
        end: unitAt(text, at + length)?.end ?? at + length,
        digitsEnd: at + length,
      },
    ];
  }
  if (
    /[xX]/.test(char) &&
    /^[xX]\s*[\d(]/.test(text.slice(at, at + 4)) &&
    before !== undefined &&
    before.kind !== "stop"
  )
    return sign("*", 1, true);
  const relation = matchAt(relationSigns, text, at);
  if (relation !== null)
    return relationToken(text, at, relation[0].length, /[≈≅≃≒∼~]/.test(relation[0]), false);
  const isComma = char === "," || char === "；";
  if (!isComma && !/[\p{L}~∼√∛]/u.test(char)) return plain("stop", 1);
  // Most words are neither sign nor relation: the first word of every phrase tells.
  const plainWord = /[A-Za-z]/.test(char) ? matchAt(wordAt, text, at) : null;
  if (plainWord !== null && !keywords.has(headOf(plainWord[0]))) return plain("word", plainWord[0].length);
  const call = matchAt(callAt, text, at);
  if (call !== null) return plain("call", call[0].length);
  const words = matchAt(relationWords, text, at) ?? matchAt(hanRelations, text, at);
  if (words !== null && !isHeading(text, at, words[0]))
    return relationToken(text, at, words[0].length, false, false);
  const loose = matchAt(looseWords, text, at) ?? matchAt(hanLoose, text, at);
  if (loose !== null) return relationToken(text, at, loose[0].length, loose[0].startsWith("约"), true);
  const hedge = matchAt(about, text, at);
  if (hedge !== null) return plain("about", hedge[0].length);
  for (const [pattern, value, digits] of fractions) {
    const found = matchAt(pattern, text, at);
    if (found === null) continue;
    const end = at + found[0].length;
    return [
      { kind: "number", value, decimals: 0, digits, start: at, end, digitsEnd: end },
      { kind: "operator", sign: "*", plain: true, spaced: true, start: end, end },
    ];
  }
  if (isNumberBefore || before?.kind === "word") {
    for (const [pattern, which] of [...wordSigns, ...hanSigns]) {
      const found = matchAt(pattern, text, at);
      if (found !== null) return sign(which, found[0].length, true);
    }
    const squared = matchAt(/(squared|cubed)(?![\p{L}])/iuy, text, at);
    if (squared !== null && isNumberBefore) {
      const end = at + squared[0].length;
      const value = /^s/i.test(squared[0]) ? 2 : 3;
      return [
        { kind: "operator", sign: "^", plain: true, spaced: true, start: at, end: at },
        { kind: "number", value, decimals: 0, digits: String(value), start: at, end, digitsEnd: end },
      ];
    }
  }
  const of = isNumberBefore ? matchAt(ofAt, text, at) : null;
  if (of !== null && before?.kind === "number" && (of[0] !== "in" || before.value === 1)) {
    // "25% of 80" multiplies, "12 of 48" divides.
    return { ...sign(before.unit === "%" ? "*" : "/", of[0].length, before.unit === "%"), spaced: true };
  }
  if (/\p{Script=Han}/u.test(char)) return plain("word", 1);
  const word = matchAt(wordAt, text, at);
  if (word !== null) return plain("word", word[0].length);
  return plain("stop", 1);
}

/** The first word of every phrase above. */
const keywords = new Set(
  (
    "which that this it and so thus hence we then is are was were would will should has must i ie or equal equals " +
    "equivalent corresponds correspond corresponding converts convert converting translates translate equates equate " +
    "gives give giving gave yields yield yielding makes making comes come coming works work working amounts amount " +
    "totals total totaling totalling adds add sums sum results result resulting evaluates evaluate computes compute " +
    "simplifies for to a an about approximately approx roughly around nearly almost circa some just half one two three " +
    "twice double triple thrice plus minus times multiplied divided raised squared cubed of out in sqrt cbrt log log10 lg ln"
  ).split(" "),
);

const headOf = (word: string): string => /^[a-z]+(?:10)?/.exec(word.toLowerCase())?.[0] ?? "";

/** "500 mL, in all 1000 + 500 = 1500": a total before its own calculation is equal to nothing that came before. */
function isHeading(text: string, at: number, words: string): boolean {
  if (!/total|合计|共计|总计/i.test(words) || !/^[,，；]/.test(words)) return false;
  const after = text.slice(at + words.length, at + words.length + 40);
  return /^\s*\(?[\d.,]+(?:\s?[^\d\s.,;+×*=]{1,10})?\s*[+×*]/.test(after);
}

/** A relation takes the "about" that follows it. */
function relationToken(
  text: string,
  start: number,
  length: number,
  isAbout: boolean,
  loose: boolean,
): RelationToken {
  let end = start + length;
  while (/[ \n]/.test(text[end] ?? "")) end++;
  const hedge = matchAt(about, text, end);
  if (hedge !== null) return { kind: "relation", about: true, loose, start, end: end + hedge[0].length };
  return { kind: "relation", about: isAbout, loose, start, end: start + length };
}
