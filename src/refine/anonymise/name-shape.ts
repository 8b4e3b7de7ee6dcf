/**
 * Runs of capitalised words that have the shape of a person's name, with what stands around them.
 *
 * Invariant: a run never holds a word of `neverNames` except as the family name after a listed given name.
 */
import { eponyms, neverNames, termHeads } from "./medical-names.ts";
import { doubtfulNames, familyNames, givenNames } from "./name-lists.ts";

/** A run of name-shaped words; `left` and `right` are what stands close before and after, `far` a longer left. */
export interface Run {
  readonly words: readonly string[];
  readonly starts: readonly number[];
  readonly end: number;
  readonly left: string;
  readonly far: string;
  readonly right: string;
}

const word =
  "(?:(?:O'|D'|L'|Mc|Mac)?\\p{Lu}\\p{Ll}+(?:\\p{Lu}\\p{Ll}+)?(?:-\\p{Lu}\\p{Ll}+){0,2}|\\p{Lu}(?:\\.\\p{Lu}(?=\\.))?)(?![\\p{L}\\p{N}])";
const runs = new RegExp(
  `(?=\\p{Lu})(?<![\\p{L}\\p{N}'/_.+-])${word}(?:(?:\\.? (?:(?:van|von|de|der|den|del|della|da|dos|la|bin|ibn|al|el|ter) ){0,2}|(?<=\\.\\p{Lu})\\. )${word}){0,4}`,
  "gu",
);
const pieces = new RegExp(word, "gu");

/** All name-shaped runs of a text whose widths are folded. */
export function nameRuns(text: string): readonly Run[] {
  const out: Run[] = [];
  for (const match of text.matchAll(runs)) {
    let words: string[] = [];
    let starts: number[] = [];
    const close = (): void => {
      if (words.length > 0) out.push(runAt(text, words, starts));
      words = [];
      starts = [];
    };
    let last = match.index;
    for (const piece of match[0].matchAll(pieces)) {
      const start = match.index + piece.index;
      // A full stop after a whole word ends the sentence; after an initial it belongs to the name.
      if (words.length > 0 && text.slice(last, start).includes(".") && (words.at(-1) as string).length > 1)
        close();
      last = start + piece[0].length;
      if (neverNames.has(piece[0]) && !isFamilyAfterGiven(words, piece[0]) && !isAfterTitle(text, start))
        close();
      else {
        words.push(piece[0]);
        starts.push(start);
      }
    }
    close();
  }
  return out;
}

/** "Mr. White", "Dr. Young"; the title itself ends in the run before. */
function isAfterTitle(text: string, start: number): boolean {
  return /\b(?:Dr|Mr|Mrs|Ms)\.? $/.test(text.slice(Math.max(0, start - 5), start));
}

function isFamilyAfterGiven(before: readonly string[], last: string): boolean {
  const given = before.at(-1);
  return given !== undefined && givenNames.has(given) && (familyNames.has(last) || last.length === 1);
}

function runAt(text: string, words: readonly string[], starts: readonly number[]): Run {
  const first = starts[0] as number;
  const last = words.at(-1) as string;
  let end = (starts.at(-1) as number) + last.length;
  // The stop after an initial goes with it unless it ends the sentence as well.
  if (last.length === 1 && text[end] === "." && /^\.(?:[,;:)'?]| [a-z(])/.test(text.slice(end, end + 3)))
    end++;
  return {
    words,
    starts,
    end,
    left: text.slice(Math.max(0, first - 40), first),
    far: text.slice(Math.max(0, first - 130), first),
    right: text.slice(end, end + 40),
  };
}

/** The run without its first words. */
export function fromWord(run: Run, from: number, text: string): Run {
  return from === 0 ? run : runAt(text, run.words.slice(from), run.starts.slice(from));
}

/** Whether a listed given name, those that are also words included. */
export function isGiven(candidate: string | undefined): boolean {
  return candidate !== undefined && (givenNames.has(candidate) || doubtfulNames.has(candidate));
}

/** Whether a listed given name that is hardly ever anything else. */
export function isPlainGiven(candidate: string | undefined): boolean {
  return candidate !== undefined && givenNames.has(candidate.split("-")[0] as string);
}

/** Whether a word of a name may be looked for elsewhere in the item without its context. */
export function isNameWord(candidate: string): boolean {
  if (/^[\u4e00-\u9fff]+$/.test(candidate)) return candidate.length >= 2;
  return candidate.length >= 3 && !doubtfulNames.has(candidate) && !neverNames.has(candidate);
}

const headAfter = new RegExp(`^(?:'s|')?(?:[ -])(?:[a-z]+-)?(?:${termHeads})\\b|^-\\p{Lu}`, "u");
const hyphenBefore = /[\p{L}\p{N}]-$/u;

/** Whether the words at a place are part of a medical term: "Graves disease", "Lou Gehrig's disease". */
export function isPartOfTerm(text: string, start: number, end: number): boolean {
  return (
    headAfter.test(text.slice(end, end + 40)) || hyphenBefore.test(text.slice(Math.max(0, start - 2), start))
  );
}

/** Whether a word is an eponym that also stands alone. */
export function isEponym(candidate: string): boolean {
  return eponyms.has(candidate.replace(/-.*/, ""));
}
