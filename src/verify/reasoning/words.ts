/**
 * The words of a text of reasoning with their places: in Chinese its characters. Shared by the checks that count and
 * compare words.
 */

export interface Word {
  /** In lower case. */
  readonly text: string;
  /** Place of its first character in the whole text, and of the one after its last. */
  readonly start: number;
  readonly end: number;
}

const letter = "(?:(?!\\p{Script=Han})[\\p{L}\\p{N}])";
const word = new RegExp(`\\p{Script=Han}|${letter}+(?:['’-]${letter}+)*`, "gu");

/** The words of a text in order, without punctuation. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(word), (match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The share of Chinese characters among the characters and words of other scripts, 0 to 1; 0 of no words. */
export function hanShare(text: string): number {
  const words = text.match(word) ?? [];
  const han = words.filter((found) => /^\p{Script=Han}/u.test(found)).length;
  return words.length === 0 ? 0 : han / words.length;
}
