/** Words that give an answer away: of the stem in an option, or of one option in another. */
import { containsWords, normaliseText } from "../verify/text.ts";

/** Whether one text is the other or a part of it in whole words; both in the form in which texts are compared. */
export function overlap(one: string, other: string): boolean {
  return containsWords(one, other) || containsWords(other, one);
}

/** Words that many names have and that say little of any. */
const commonWords = new Set(
  "disease syndrome disorder acute chronic primary secondary type test pain loss blood level levels high severe mild with from deficiency failure infection cell cells skin heart liver kidney lung bone muscle system abnormal increased decreased reduced elevated".split(
    " ",
  ),
);

/** The telling words of a name. */
export function tellingWords(name: string): string[] {
  return normaliseText(name)
    .split(" ")
    .filter((word) => word.length >= 4 && !commonWords.has(word));
}

/**
 * Letters that two words must have alike, the one from its beginning: thyroid in hypothyroidism. Fewer are looked at
 * where a reader knows Latin: corticosteroid in hydrocortisone.
 */
export const plainStem = 6;
export const readerStem = 5;

/** Whether a symbol begins with the initials of a name: VWF of von Willebrand factor or disease. */
export function isFromInitials(symbol: string, name: string): boolean {
  const tokens = symbol.split(/[/ -]/).filter((token) => /^[A-Z][A-Z0-9]{1,7}$/.test(token));
  if (tokens.length === 0) return false;
  const initials = name
    .split(/[ -]/)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join("");
  return initials.length >= 2 && tokens.some((token) => token.startsWith(initials.slice(0, 2)));
}

/** Whether a telling word of one name gives a telling word of another away. */
export function haveWordInCommon(one: readonly string[], other: readonly string[], letters: number): boolean {
  return one.some((a) => other.some((b) => isWithin(a, b, letters) || isWithin(b, a, letters)));
}

function isWithin(whole: string, part: string, letters: number): boolean {
  const stem = part.slice(0, letters);
  return stem.length < letters ? whole === part : whole.includes(stem);
}

/** The same for names of pathogens, which lend diseases a part of their own: leprosy of Mycobacterium leprae. */
export const latinStem = 4;
