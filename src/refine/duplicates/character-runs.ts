/**
 * Characters in a row that a stem shares with a short protected one, too short for a run of 13 words: eight characters, of
 * Chinese four. It sees through joined words, other endings and misspellings, where whole words differ.
 *
 * The share is weighed: a run that stands in many protected stems ("of the following") tells little.
 */
import { asSet } from "./flat-lists.ts";
import { isHan } from "./words.ts";

/** Characters of a run. */
const LENGTH = 8;
const HAN_LENGTH = 4;

export interface CharacterIndex {
  /**
   * Calls `visit` for each protected stem of whose runs the words hold a weighed share of at least `least`, in ascending
   * order.
   */
  visit(words: readonly string[], least: number, visit: (place: number, share: number) => void): void;
}

/** An index of short stems: `stems[i]` are the words of the stem that stands for place `places[i]`. */
export function characterIndex(
  stems: readonly (readonly string[])[],
  places: readonly number[],
): CharacterIndex {
  const postings = new Map<number, number[]>();
  const sets = stems.map((words) => asSet(runsOf(words, isHanText(words) ? HAN_LENGTH : LENGTH)));
  for (const [i, set] of sets.entries())
    for (const run of set) {
      const list = postings.get(run);
      if (list === undefined) postings.set(run, [i]);
      else list.push(i);
    }
  const tells = (run: number): number => Math.log(1 + stems.length / (postings.get(run) as number[]).length);
  const totals = sets.map((set) => set.reduce((sum, run) => sum + tells(run), 0));
  const shared = new Float64Array(stems.length);
  return {
    visit(words, least, visit) {
      const touched: number[] = [];
      const runs = runsOf(words, LENGTH);
      if (words.some(isHan)) runs.push(...runsOf(words, HAN_LENGTH));
      for (const run of asSet(runs)) {
        const list = postings.get(run);
        if (list === undefined) continue;
        const told = tells(run);
        for (const i of list) {
          if (shared[i] === 0) touched.push(i);
          shared[i]! += told;
        }
      }
      for (const i of touched.sort((a, b) => a - b)) {
        const share = Math.min(1, (shared[i] as number) / (totals[i] as number));
        shared[i] = 0;
        if (share >= least) visit(places[i] as number, share);
      }
    },
  };
}

function isHanText(words: readonly string[]): boolean {
  return words.filter(isHan).length * 2 > words.length;
}

/** Hashes of all runs of characters; words stand side by side without a gap. */
function runsOf(words: readonly string[], length: number): number[] {
  const text = words.join("");
  const runs: number[] = [];
  for (let i = 0; i + length <= text.length; i++) {
    let hash = length;
    for (let k = 0; k < length; k++) hash = Math.imul(hash ^ text.charCodeAt(i + k), 0x01000193);
    runs.push((hash ^ (hash >>> 15)) >>> 0);
  }
  return runs;
}
