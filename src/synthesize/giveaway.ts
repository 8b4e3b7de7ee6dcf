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

/** The telling words of a name, cut to what word forms have in common. */
export function tellingWords(name: string): string[] {
  return normaliseText(name)
    .split(" ")
    .filter((word) => word.length >= 4 && !commonWords.has(word))
    .map((word) => word.slice(0, 6));
}
