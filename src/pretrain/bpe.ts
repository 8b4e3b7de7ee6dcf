/**
 * Byte-level byte-pair encoding, trained on a corpus and written as a tokenizer.json that Hugging Face's libraries
 * load (Sennrich et al. 2016; byte alphabet as in GPT-2).
 *
 * Invariant: equal counts give equal merges: ties go to the pair that sorts first.
 *
 * The vocabulary of a small model is lower-cased (a choice of the recipe): at 2,000 tokens "Fatigue" and "fatigue"
 * would otherwise be two unrelated words, and a model of a million parameters has to learn both.
 */

/** How text is cut before merging: an option label with its line break is one piece, then words, digits, marks. */
export const splitPattern =
  "\\n[A-Ua-u]\\.|'(?:[sdmt]|ll|ve|re)(?!\\p{L})|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+(?:(?!\\n[A-Ua-u]\\.)[\\r\\n])*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

export interface BytePairs {
  /** Token text in byte letters → id, the 256 bytes first, then merges in order. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly merges: readonly (readonly [string, string])[];
}

/** Learns merges from texts until the vocabulary has `size` tokens or no pair occurs twice. */
export function trainBytePairs(texts: Iterable<string>, size: number): BytePairs {
  const words = [...countWords(texts)].map(([word, count]) => ({ parts: byteLetters(word), count }));
  const vocabulary = new Map(byteAlphabet().map((letter, id) => [letter, id]));
  const merges: [string, string][] = [];
  const pairs = new Map<string, { count: number; words: Set<number> }>();
  const note = (index: number, sign: 1 | -1): void => {
    const { parts, count } = words[index]!;
    for (let i = 0; i + 1 < parts.length; i++) {
      const key = `${parts[i]} ${parts[i + 1]}`;
      const entry = pairs.get(key) ?? { count: 0, words: new Set<number>() };
      entry.count += sign * count;
      if (sign > 0) entry.words.add(index);
      if (entry.count > 0) pairs.set(key, entry);
      else pairs.delete(key);
    }
  };
  for (const index of words.keys()) note(index, 1);
  while (vocabulary.size < size) {
    const best = mostFrequent(pairs);
    if (best === undefined) break;
    const [left, right] = best.split(" ") as [string, string];
    const touched = [...pairs.get(best)!.words];
    for (const index of touched) {
      note(index, -1);
      words[index]!.parts = mergePair(words[index]!.parts, left, right);
      note(index, 1);
    }
    merges.push([left, right]);
    if (!vocabulary.has(left + right)) vocabulary.set(left + right, vocabulary.size);
  }
  return { vocabulary, merges };
}

function mostFrequent(pairs: ReadonlyMap<string, { readonly count: number }>): string | undefined {
  let best: string | undefined;
  let bestCount = 1;
  for (const [key, { count }] of pairs)
    if (count > bestCount || (count === bestCount && best !== undefined && key < best)) {
      best = key;
      bestCount = count;
    }
  return best;
}

function mergePair(parts: readonly string[], left: string, right: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === left && parts[i + 1] === right) {
      out.push(left + right);
      i += 1;
    } else out.push(parts[i]!);
  }
  return out;
}

/** Pieces of the texts with how often each occurs; a piece at the start of a text gets the leading space it lacks. */
function countWords(texts: Iterable<string>): Map<string, number> {
  const pattern = new RegExp(splitPattern, "gu");
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [piece] of withLeadingSpace(text).matchAll(pattern))
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

function withLeadingSpace(text: string): string {
  return /^\s/u.test(text) ? text : ` ${text}`;
}

/** The 256 letters that stand for bytes: printable ones for themselves, the others from U+0100 on. */
function byteAlphabet(): string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
}

const alphabet = byteAlphabet();

function byteLetters(text: string): string[] {
  return [...Buffer.from(text, "utf8")].map((byte) => alphabet[byte]!);
}
