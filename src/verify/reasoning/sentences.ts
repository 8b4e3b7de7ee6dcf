/**
 * A text of reasoning as sentences, each with its place. Shared by the checks that read what a sentence says.
 *
 * A full stop ends a sentence only before a space or the end, and not after an initial or a short form ("E. coli",
 * "vs. TB", "e.g. warfarin"); a line break and the Chinese stops always do.
 */

export interface Sentence {
  readonly text: string;
  /** Place of the first character in the whole text. */
  readonly start: number;
}

const shortForm = /(?:^|[\s(])(?:[A-Z]|dr|mr|mrs|ms|vs|st|no|approx|e\.g|i\.e|cf|spp?|subsp|fig|ca|etc)$/i;
const stop = /[.!?]["')\]*]*(?=\s|$)|[。！？；]|\n+/g;

/** The sentences of a text in order; blank ones are left out. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  const push = (end: number): void => {
    const piece = text.slice(from, end);
    const lead = piece.length - piece.trimStart().length;
    if (piece.trim() !== "") sentences.push({ text: piece.trim(), start: from + lead });
    from = end;
  };
  for (const found of text.matchAll(stop)) {
    const before = text.slice(Math.max(from, found.index - 8), found.index);
    const isShort = found[0].startsWith(".") && shortForm.test(before) && !/^etc$/i.test(before.trim());
    if (!isShort) push(found.index + found[0].length);
  }
  push(text.length);
  return sentences;
}
