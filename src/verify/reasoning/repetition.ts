/**
 * Reasoning that goes round in circles: a sentence said three times, a loop at the end, a large share of word
 * sequences said before, one character or syllable over and over. Names of diseases and drugs come back in any text, so
 * only whole sentences and sequences of four words (eight characters in Chinese) count.
 */
import type { Check } from "../../records/check.ts";
import type { Reasoning } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";
import { hanShare, type Word, wordsOf } from "./words.ts";

/** A sentence of fewer words may come back ("Wait.", "No fever."). */
const SHORTEST = { words: 5, characters: 8 };
/** How often a sentence may be said. */
const MOST_SAID = 2;
/** Where fewer words are repeated in a loop it may be a list. */
const LEAST_LOOPED = 16;
const LONGEST_LOOP = 80;
/** Share of sequences that were said before, above what abstracts and careful eliminations reach. */
const MOST_REPEATED = 0.35;
const LEAST_SEQUENCES = 60;
/** One character, or a few, over and over; rules of dashes and long numbers are none. */
const stutter = /([^\s\d\-=_.*#~|+…·—─])\1{9,}|(\p{L}{2,8}?|\p{L}{1,8}[ ,，、]+)\2{7,}/u;

/** Finds sentences, loops and characters that are repeated beyond what reasoning needs. */
export function checkRepetition({ text }: Reasoning): readonly Check[] {
  const words = wordsOf(text);
  const faults = [...saidAgain(text), ...looped(words), ...stuttered(text), ...overlapping(text, words)];
  if (faults.length > 0) return faults;
  return [{ name: "repetition", passed: true, found: `no loop in ${words.length} words` }];
}

/** Sentences that are said more than twice, each once, at the first time too many. */
function saidAgain(text: string): Check[] {
  const times = new Map<string, number>();
  return splitSentences(text).flatMap(({ text: said, start }) => {
    const words = wordsOf(said);
    const least = hanShare(said) > 0.5 ? SHORTEST.characters : SHORTEST.words;
    if (words.length < least) return [];
    const key = words.map((word) => word.text).join(" ");
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    if (count !== MOST_SAID + 1) return [];
    return [fault(`"${said.slice(0, 80)}" is said ${count} times or more`, [start, start + said.length])];
  });
}

/** A text that ends in the same words at least three times in a row. */
function looped(words: readonly Word[]): Check[] {
  const at = (back: number): string | undefined => words[words.length - 1 - back]?.text;
  for (let period = 1; period <= LONGEST_LOOP && period * 3 <= words.length; period++) {
    let same = 0;
    while (same + period < words.length && at(same) === at(same + period)) same += 1;
    const looping = same + period;
    const rounds = Math.floor(looping / period);
    if (rounds < (period < 4 ? 6 : 3) || looping < LEAST_LOOPED) continue;
    const from = words[words.length - looping] as Word;
    const unit = words.slice(-period).map((word) => word.text);
    return [
      fault(`it ends in a loop of ${rounds} times "${unit.join(" ").slice(0, 60)}"`, [
        from.start,
        (words.at(-1) as Word).end,
      ]),
    ];
  }
  return [];
}

function stuttered(text: string): Check[] {
  const found = stutter.exec(text);
  if (!found) return [];
  const unit = (found[1] ?? found[2] ?? "").trim();
  return [fault(`"${unit}" over and over`, [found.index, found.index + found[0].length])];
}

/** The share of word sequences that stood earlier in the text already. */
function overlapping(text: string, words: readonly Word[]): Check[] {
  const size = hanShare(text) > 0.5 ? 8 : 4;
  const total = words.length - size + 1;
  if (total < LEAST_SEQUENCES) return [];
  const seen = new Set<string>();
  let first: Word | undefined;
  let again = 0;
  for (let i = 0; i < total; i++) {
    const sequence = words
      .slice(i, i + size)
      .map((word) => word.text)
      .join(" ");
    if (seen.has(sequence)) {
      again += 1;
      first ??= words[i];
    }
    seen.add(sequence);
  }
  const share = again / total;
  if (share <= MOST_REPEATED) return [];
  const found = `${Math.round(100 * share)} % of sequences of ${size} words were said before`;
  return [fault(found, [first?.start ?? 0, text.length])];
}

function fault(found: string, span: readonly [number, number]): Check {
  return { name: "repetition", passed: false, found, span };
}
