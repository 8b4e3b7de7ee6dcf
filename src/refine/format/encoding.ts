/**
 * Rules about characters: what a text looks like after it was read in the wrong encoding, or cut in the middle of a
 * character.
 *
 * UTF-8 read as Windows-1252 or Latin-1 turns each character outside ASCII into a lead ("Ã", "â") and its
 * continuations, so such a run is recognised by what its bytes would be and not by a list of words. UTF-8 read as
 * GBK, Mac Roman and GBK read as Latin-1 are recognised by the runs that they are known for.
 */
import type { Question } from "../../records/question.ts";
import { findIn, textsOf } from "./rule.ts";

/** The characters that Windows-1252 and Latin-1 give the bytes 0x80 to 0xBF. */
const tail = "\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
const foreign = new RegExp(
  [
    // Replacement character, noncharacters, halves of a surrogate pair, private use.
    "[\\ufffd\\ufffe\\uffff]|\\p{Cs}|\\p{Co}",
    // Control characters other than tab and line ends, C1 included.
    "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]",
    // Two bytes: accents and signs (C2, C3), Greek (CE, CF); three: typography and Chinese; four: emoji.
    `[ÂÃ][${tail}]|[ÎÏ][${tail}]`,
    `[âãäåæçèé][${tail}]{2}|â€|ð[${tail}]{2}`,
    // GBK read as Latin-1: no language has four such letters in a row.
    "[\\u00a1-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u00ff]{4}",
    // UTF-8 read as GBK, and memory that was never written.
    "锟斤|斤拷|烫烫|屯屯屯|葺葺|鈥[\\p{Script=Han}\\s?]|脙[漏篓]|茂驴陆",
    // UTF-8 read as Mac Roman.
    "‚Ä[\\p{L}¶¢™∂]|√[^\\s\\da-zA-Zπα-ω(\\[{]|¬[∞±∑µΩ]",
  ].join("|"),
  "u",
);
/** Escapes that were never read, and a letter that became a question mark: "Sj?gren". */
const escaped =
  /\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|(?:%[89a-fA-F][\da-fA-F]){2}|=[C-F][\dA-F]=[89AB][\dA-F]|\p{Ll}\?\p{Ll}|\?{3}/u;
const beyondAscii = /[^\t\n\r -~]/;

/** Traces of a wrong encoding. */
export function brokenEncoding(question: Question): string | undefined {
  const signs = findIn(question, escaped);
  return signs ?? (isPlain(question) ? undefined : findIn(question, foreign));
}

const hidden = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;
const mixed = /\p{Script=Latin}[\p{Script=Cyrillic}]|[\p{Script=Cyrillic}]\p{Script=Latin}/u;

/** Characters that nobody sees, or letters of another alphabet inside a word: texts that look equal are not. */
export function hiddenCharacters(question: Question): string | undefined {
  return isPlain(question) ? undefined : (findIn(question, hidden) ?? findIn(question, mixed));
}

/** Most questions hold nothing but ASCII and need no further look. */
function isPlain(question: Question): boolean {
  return !textsOf(question).some((text) => beyondAscii.test(text));
}
