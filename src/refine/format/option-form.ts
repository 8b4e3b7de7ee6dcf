/**
 * Forms in which two options are compared.
 *
 * `sameForm` takes away what no reader sees as a difference: width, spaces, punctuation between words, capitals of
 * ordinary words. It keeps what bears meaning: signs ("Rh-", "-.09"), numbers, symbols, and the capitals of alleles
 * ("Bb × bb") and of symbols of mixed case ("IgG").
 *
 * `nearForm` also takes away articles, plurals and spellings ("anaemia"), turns "X of the Y" to "Y X", and reads a
 * list of equal members as a set. Words that are not equal but alike ("hypokalemia", "hyperkalemia") stay apart: no
 * distance between letters is ever measured.
 */
import { foldWidth } from "../../verify/text.ts";

const token =
  /(?<![\p{L}\p{N}])[-+±] ?(?=\.?\d)|(?:\d|\.(?=\d))(?:[\d.,/:]*\d)?|\p{Script=Han}|\p{L}[\p{L}\p{M}]*|(?<=[\p{L}\p{N})\]])[-+]+(?![\p{L}\p{N}])|(?<=\d)-(?=\d)|[^\s\p{L}\p{N}\p{M},;:.!?"'`()[\]/\\，。；：、？！（）【】《》「」·-]/gu;
const allele = /^(?:(?:([a-z])\1)+|[a-z])$/i;
const mixedCase = /\p{Ll}.*\p{Lu}|\p{Lu}{2}.*\p{Ll}/u;
const small = new Set("an as at be by do go he i if in is it my no of on or so to up us we".split(" "));

/** Two options with one form are the same to every reader. */
export function sameForm(text: string): string {
  return tokensOf(text).join(" ");
}

/** Words, numbers and symbols of an option, in their order. */
function tokensOf(text: string): string[] {
  const found = foldWidth(text).normalize("NFC").match(token) ?? [];
  return found.map((one) => (bearsCase(one) ? one : one.toLowerCase().trim()));
}

/** Whether capitals are part of what a token says. */
function bearsCase(one: string): boolean {
  if (small.has(one.toLowerCase())) return false;
  return one.length <= 2 || allele.test(one) || mixedCase.test(one);
}

/** Between these the order of the words is part of what is said. */
const directed =
  /\b(?:to|from|than|before|after|then|into|by|with|without|over|under|versus|vs|not|no|but|followed|precedes?|causes?|caused|due|because|if|while|when|in|on|for|per|increas\w*|decreas\w*|rais\w*|lower\w*|high\w*|low|left|right)\b/i;

/** Two options with one form differ in nothing that a reader would choose by. */
export function nearForm(text: string): string {
  return wordsOf(text).join(" ");
}

/** The near form of a list whose members have no order; undefined where the order may matter. */
export function setForm(text: string): string | undefined {
  if (/\d|;|[→>=+×^]/.test(text) || directed.test(text)) return undefined;
  const members = text.split(/,|，|、|\band\b|\bor\b|和|及|或/i).map(nearForm);
  return members.length < 2 ? undefined : members.filter(Boolean).sort().join(" | ");
}

function wordsOf(text: string): string[] {
  const words = tokensOf(text)
    .filter((word, i, all) => !isArticle(word, i, all[i + 1]))
    .map(singular);
  const of = words.indexOf("of");
  // "carcinoma of the lung" is "lung carcinoma"; with two such words the order is left as it is.
  if (of <= 0 || words.lastIndexOf("of") !== of || of === words.length - 1) return words;
  return [...words.slice(of + 1), ...words.slice(0, of)];
}

/** A capital "A" is an article before a first word only: elsewhere it is a base, an allele or a vitamin. */
function isArticle(word: string, at: number, next: string | undefined): boolean {
  if (word === "the" || word === "an") return true;
  return (word === "a" || (word === "A" && at === 0)) && next !== undefined && /^\p{L}{2}/u.test(next);
}

/** The singular of an English word and one of its spellings, roughly: both sides of a comparison go through it. */
function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const spelt = word
    .replace(/[ao]e(?=[a-z])/g, "e")
    .replace(/our(?=s?$)/, "or")
    .replace(/is(?=(?:e[sd]?|ing|ation)$)/, "iz");
  if (/(?:ss|us|is)$/.test(spelt)) return spelt;
  if (/[^aeiou]ies$/.test(spelt)) return `${spelt.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|zz)es$/.test(spelt)) return spelt.slice(0, -2);
  return spelt.replace(/s$/, "");
}
