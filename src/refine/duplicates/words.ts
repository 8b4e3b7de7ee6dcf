/**
 * A text as the words that are compared: letters and digits without case, accents and width. A Han character is a word
 * of its own, since Chinese has no gaps between words.
 *
 * Invariant: a decimal, a range over a slash or a date is one number, so that a changed number changes one word.
 */
import { foldWidth } from "../../verify/text.ts";

/** Words that say nothing of what a text is about: function words, and the set phrases of exam questions. */
const empty = new Set(
  `a an the and or but nor not no if than then so as of in on at by to for from with without within into onto over
  under after before during since until while about between among against through per via up down out off is are was
  were be been being am do does did done has have had having can could may might will would shall should must this
  that these those there here it its he she his her hers him they them their theirs we our us you your i me my who
  whom whose which what when where why how all any both each every either neither one some most more much many such
  other others another same only also very too just least less best following follows statement statements true false
  correct incorrect except likely probable patient patients year years old man woman boy girl male female presents
  present presented presenting presentation history shows show reveals physician because due examination s t
  的 了 是 在 有 和 与 及 或 为 以 于 中 者 其 该 此 下 列 哪 项 种 个 男 女 岁 患 最 可 能 不 正 确 错 误 应 首 选`.split(
    /\s+/u,
  ),
);

/** Whether a word says nothing of what a text is about. */
export function isEmptyWord(word: string): boolean {
  return empty.has(word);
}

/** Whether a word is a number, with whatever unit is written onto it ("37", "98.6", "3rd"). */
export function isNumberWord(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** Whether a word is one Han character. */
export function isHan(word: string): boolean {
  return isHanCode(word.charCodeAt(0));
}

/** CJK ideographs with extension A, and the first half of any character beyond the basic plane. */
function isHanCode(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xd800 && code <= 0xdbff);
}

const beyondAscii = /[^\0-\x7f]/;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** The words of a text in their order. */
export function wordsOf(text: string): string[] {
  let lower = text.toLowerCase();
  if (beyondAscii.test(lower))
    lower = foldWidth(lower)
      .normalize("NFD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase();
  const words: string[] = [];
  let start = -1;
  for (let i = 0; i <= lower.length; i++) {
    const code = i < lower.length ? lower.charCodeAt(i) : 32;
    if (isHanCode(code)) {
      if (start >= 0) words.push(lower.slice(start, i));
      start = -1;
      const size = code >= 0xd800 && code <= 0xdbff ? 2 : 1;
      words.push(lower.slice(i, i + size));
      i += size - 1;
    } else if (isPartOfWord(code) || joinsDigits(lower, i, code)) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      words.push(lower.slice(start, i));
      start = -1;
    }
  }
  return words;
}

function isPartOfWord(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return letterOrDigit.test(String.fromCharCode(code));
}

/** The sign inside "1.5", "12,000" and "120/80". */
function joinsDigits(text: string, at: number, code: number): boolean {
  if (code !== 46 && code !== 44 && code !== 47) return false;
  return isDigitCode(text.charCodeAt(at - 1)) && isDigitCode(text.charCodeAt(at + 1));
}

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}
