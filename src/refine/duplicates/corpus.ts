/**
 * Questions as numbers: what the detectors compare. Words are numbered in the order in which they are met; nothing of a
 * question's text stays in memory but these.
 *
 * A "unit" is a content word, or two Han characters in a row; words that say nothing and numbers are no units, so that
 * another age or dose changes none. What a unit tells is ln(1 + N / questions that hold it), in nats, and nothing where it
 * stands in more than a tenth of them, and in more than 50: such are the words of templates.
 */
import type { Question } from "../../records/question.ts";
import { normaliseText } from "../../verify/text.ts";
import { asSet, type FlatLists, flatLists } from "./flat-lists.ts";
import { mix, mixTwo } from "./hash.ts";
import { isEmptyWord, isHan, isNumberWord, wordsOf } from "./words.ts";

/** Stands between two texts and for what has no number; equal to nothing. */
export const NOTHING = 0xffffffff;

/** A template's unit stands in more than this many questions, and in more than this share of them. */
const COMMON = 50;
const COMMON_SHARE = 0.1;

/** Numbers for strings. */
type Numbering = Map<string, number>;

export interface Corpus {
  /** Words in their order, as far as they were kept; `NOTHING` between context and stem. */
  readonly words: FlatLists;
  /** Unit that begins at each word of the stem, or `NOTHING`. */
  readonly wordUnits: FlatLists;
  /** Units of the stem, ascending. */
  readonly units: FlatLists;
  /** Content words of the context, ascending; empty where there is none. */
  readonly contexts: FlatLists;
  /** Hashes of the stem's units and of its pairs of adjacent units, ascending. */
  shinglesOf(place: number): Uint32Array;
  /** The same of those units that belong to no template. */
  readonly tellingShingles: FlatLists;
  /** Numbers of the options' normalised texts, ascending. */
  readonly options: FlatLists;
  /** Nats that each number of a unit tells. */
  readonly unitInfo: Float64Array;
  readonly optionInfo: Float64Array;
}

export interface CorpusReader {
  /** Adds a question and gives the words of its stem; `keep` says whose words are kept in their order. */
  add(question: Question, keep: "nothing" | "stem" | "context and stem"): readonly string[];
  finish(): Corpus;
}

/** Reads questions one after the other. */
export function corpusReader(): CorpusReader {
  const numbers: Numbering = new Map();
  const optionNumbers: Numbering = new Map();
  const unitCounts: number[] = [];
  const optionCounts: number[] = [];
  const corpus = {
    words: flatLists(),
    wordUnits: flatLists(),
    units: flatLists(),
    contexts: flatLists(),
    tellingShingles: flatLists(),
    options: flatLists(),
  };
  const numbersOf = (words: readonly string[]): number[] => words.map((word) => numberOf(numbers, word));
  return {
    add(question, keep) {
      const stem = wordsOf(question.stem);
      const starts = stem.map((word, i) => {
        const unit = unitAt(word, stem[i + 1]);
        return unit === undefined ? NOTHING : numberOf(numbers, unit);
      });
      const units = starts.filter((unit) => unit !== NOTHING);
      const context = question.context === undefined ? [] : wordsOf(question.context);
      const words = keep === "nothing" ? [] : numbersOf(stem);
      if (keep === "context and stem" && context.length > 0) words.unshift(...numbersOf(context), NOTHING);
      corpus.words.add(words);
      corpus.contexts.add(
        asSet(numbersOf(context.filter((word) => !isEmptyWord(word) && !isNumberWord(word)))),
      );
      corpus.wordUnits.add(starts);

      const unitSet = asSet(units);
      for (const unit of unitSet) unitCounts[unit] = (unitCounts[unit] ?? 0) + 1;
      corpus.units.add(unitSet);
      const options = asSet(
        Object.values(question.options).map((text) => numberOf(optionNumbers, normaliseText(text))),
      );
      for (const option of options) optionCounts[option] = (optionCounts[option] ?? 0) + 1;
      corpus.options.add(options);
      return stem;
    },
    finish() {
      const count = corpus.units.count();
      const most = Math.max(COMMON, count * COMMON_SHARE);
      const unitsInOrder = (place: number): Uint32Array =>
        corpus.wordUnits.at(place).filter((unit) => unit !== NOTHING);
      for (let place = 0; place < count; place++)
        corpus.tellingShingles.add(
          shinglesOf(unitsInOrder(place).filter((unit) => (unitCounts[unit] as number) <= most)),
        );
      return {
        ...corpus,
        shinglesOf: (place) => shinglesOf(unitsInOrder(place)),
        unitInfo: informationOf(unitCounts, numbers.size, count, most),
        optionInfo: informationOf(optionCounts, optionNumbers.size, count, count),
      };
    },
  };
}

/** Hashes of each unit and of each two that follow each other. */
function shinglesOf(units: Uint32Array): Uint32Array {
  const shingles: number[] = [];
  for (let i = 0; i < units.length; i++) {
    shingles.push(mix(units[i] as number));
    if (i > 0) shingles.push(mixTwo(units[i - 1] as number, units[i] as number));
  }
  return asSet(shingles);
}

/** ln(1 + documents / count) of each number; 0 of what is counted nowhere (a word that is no unit) or too often. */
function informationOf(
  counts: readonly number[],
  size: number,
  documents: number,
  most: number,
): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    const count = counts[i] ?? 0;
    return count === 0 || count > most ? 0 : Math.log(1 + documents / count);
  });
}

function numberOf(numbers: Numbering, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(key, next);
  return next;
}

/** The unit that begins at a word: itself, or with the next Han character. */
function unitAt(word: string, next: string | undefined): string | undefined {
  if (!isHan(word)) return isNumberWord(word) || isEmptyWord(word) ? undefined : word;
  if (next === undefined || !isHan(next) || (isEmptyWord(word) && isEmptyWord(next))) return undefined;
  return word + next;
}

/** Sum of what the members of a set tell, in nats. */
export function tells(set: Uint32Array, information: Float64Array): number {
  let sum = 0;
  for (const member of set) sum += information[member] as number;
  return sum;
}

/** Sum of what the common members of two sets tell, in nats. */
export function tellsInCommon(one: Uint32Array, other: Uint32Array, information: Float64Array): number {
  let sum = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const a = one[i] as number;
    const b = other[j] as number;
    if (a === b) sum += information[a] as number;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return sum;
}
