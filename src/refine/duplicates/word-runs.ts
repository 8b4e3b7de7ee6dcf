/**
 * Words in a row that two texts share, after GPT-3's decontamination by 13-grams (Brown et al. 2020, appendix C); in
 * Chinese characters in a row.
 *
 * Departures: a run that stands in many protected stems is a set phrase and is passed over, as it is there; and runs must
 * cover a share of the protected stem, since vital signs and normal values alone can be 13 words in a row.
 */
import { NOTHING } from "./corpus.ts";
import type { FlatLists } from "./flat-lists.ts";

/** A run of words that stands in more protected stems than this is a set phrase. */
const SET_PHRASE = 16;
/** Base of the rolling hash, odd. */
const BASE = 0x01000193;

export interface RunIndex {
  /**
   * Calls `visit` for each protected text that shares a run, in ascending order, with 1 at each of its words that stands in
   * a shared run.
   */
  visit(words: Uint32Array, visit: (place: number, marks: Uint8Array) => void): void;
}

/** An index of all runs of `length` words of the first `many` texts. */
export function runIndex(texts: FlatLists, many: number, length: number): RunIndex {
  let total = 0;
  for (let place = 0; place < many; place++) total += Math.max(0, texts.at(place).length - length + 1);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, total * 2)));
  const heads = new Int32Array(size).fill(-1);
  // One entry for each place of each text; entries of one hash are chained, the newest first.
  const hashes = new Int32Array(total);
  const places = new Uint32Array(total);
  const offsets = new Uint32Array(total);
  const next = new Int32Array(total);
  const counts = new Map<number, number>();
  let count = 0;
  for (let place = 0; place < many; place++)
    eachRun(texts.at(place), length, (hash, offset) => {
      hashes[count] = hash;
      places[count] = place;
      offsets[count] = offset;
      next[count] = heads[hash & (size - 1)] as number;
      heads[hash & (size - 1)] = count;
      count += 1;
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    });

  const marks = new Map<number, Uint8Array>();
  return {
    visit(words, visit) {
      eachRun(words, length, (hash, offset) => {
        const often = counts.get(hash);
        if (often === undefined || often > SET_PHRASE) return;
        for (let at = heads[hash & (size - 1)] as number; at >= 0; at = next[at] as number) {
          if (hashes[at] !== hash) continue;
          const place = places[at] as number;
          const other = texts.at(place);
          const start = offsets[at] as number;
          if (!isSame(words, offset, other, start, length)) continue;
          let own = marks.get(place);
          if (own === undefined) {
            own = new Uint8Array(other.length);
            marks.set(place, own);
          }
          own.fill(1, start, start + length);
        }
      });
      if (marks.size === 0) return;
      const found = [...marks].sort(([a], [b]) => a - b);
      marks.clear();
      for (const [place, own] of found) visit(place, own);
    },
  };
}

/** The hash of each run by a rolling polynomial, modulo 2^32. */
function eachRun(words: Uint32Array, length: number, visit: (hash: number, offset: number) => void): void {
  let oldest = 1;
  for (let i = 1; i < length; i++) oldest = Math.imul(oldest, BASE);
  let hash = 0;
  let run = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    if (word === NOTHING) {
      hash = 0;
      run = 0;
      continue;
    }
    if (run === length) {
      hash = (hash - Math.imul((words[i - length] as number) + 1, oldest)) | 0;
      run -= 1;
    }
    hash = (Math.imul(hash, BASE) + word + 1) | 0;
    run += 1;
    if (run === length) visit(hash, i - length + 1);
  }
}

function isSame(
  one: Uint32Array,
  from: number,
  other: Uint32Array,
  otherFrom: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (one[from + i] !== other[otherFrom + i]) return false;
  return true;
}
