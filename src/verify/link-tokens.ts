/**
 * The words of a text as the entity linker compares them, each with its place: without case, width, accents, plural
 * or British spelling; Han text a character at a time.
 */
import { foldWidth } from "./text.ts";

export interface Token {
  readonly word: string;
  /** The same with a comma before it where a comma, stop or bracket is: "fever, rash" is not the name "fever rash". */
  readonly inside: string;
  readonly start: number;
  readonly end: number;
}

const han = /\p{Script=Han}/u;
const pieces =
  /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+(?:'(?!\p{Script=Han})\p{L}+)*|[,;:?!()[\]。、]|\.(?=\s|$)|\s-+\s/gu;

/** Words as the key of a name. */
export function keyOf(tokens: readonly Token[]): string {
  return tokens.map((token, at) => (at === 0 ? token.word : token.inside)).join(" ");
}

/** The words of a text in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let isApart = false;
  for (const found of foldWidth(text).matchAll(pieces)) {
    const [piece] = found;
    const start = found.index;
    if (/^[\p{L}\p{N}]/u.test(piece)) {
      const word = han.test(piece) ? piece : comparable(piece);
      tokens.push({ word, inside: isApart ? `,${word}` : word, start, end: start + piece.length });
      isApart = false;
    } else if (piece !== "." || !isAbbreviated(tokens.at(-1), start)) isApart = true;
  }
  return tokens;
}

/** "E. coli", "St. John": one or two letters before the dot. */
function isAbbreviated(last: Token | undefined, at: number): boolean {
  return last !== undefined && last.end === at && last.end - last.start <= 2;
}

const greek: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  κ: "kappa",
  ω: "omega",
  µ: "mu",
  μ: "mu",
};

/** Spellings that differ between countries; what stands for both is no word by itself. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/aem/gu, "em"],
  [/oed/gu, "ed"],
  [/rrhoe/gu, "rrhe"],
  [/oesoph/gu, "esoph"],
  [/paed/gu, "ped"],
  [/anaes/gu, "anes"],
  [/gynaec/gu, "gynec"],
  [/tumour/gu, "tumor"],
  [/sulph/gu, "sulf"],
  [/fibre/gu, "fiber"],
  [/coeli/gu, "celi"],
  [/foet/gu, "fet"],
];

function comparable(piece: string): string {
  let word = piece.toLowerCase();
  if (!/^[a-z0-9]*$/u.test(word))
    word = word
      .normalize("NFKD")
      .replace(/\p{M}+|'s?$|'/gu, "")
      .replace(/[α-ωµ]/gu, (letter) => greek[letter] ?? letter);
  if (word.length > 5) for (const [from, to] of spellings) word = word.replace(from, to);
  return singular(word);
}

function singular(word: string): string {
  // "disease", "diseases", "diagnosis" and "diagnoses" lose their ends alike.
  if (word.length > 5 && /s(?:e|es|is)$/u.test(word)) return word.replace(/(?:e|es|is)$/u, "");
  if (word.length < 4 || !word.endsWith("s")) return word;
  if (/(?:ss|us|is)$/u.test(word)) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
