/**
 * Stems in nearly the same words, by MinHash and locality-sensitive hashing, each candidate verified by exact Jaccard.
 *
 * Candidates come from the shingles that are no template's: among thousands of cases told alike nearly all would be
 * candidates of each other. The score is the Jaccard similarity of all shingles.
 */
import type { Corpus } from "./corpus.ts";
import { bandIndex, jaccardOf, SIGNATURE, signatureOf } from "./minhash.ts";

/** Two stems of one template are near only if their other words are alike too. */
const TELLING = 0.5;

export interface NearIndex {
  add(place: number): void;
  /** Calls `visit` with each added place whose stem is at least `threshold` like this one, and how much. */
  visit(place: number, threshold: number, visit: (other: number, score: number) => void): void;
}

/** An index of at most `most` stems of the corpus. */
export function nearIndex(corpus: Corpus, most: number): NearIndex {
  const bands = bandIndex(Math.max(1, most));
  const signature = new Uint32Array(SIGNATURE);
  const keysOf = (place: number): Uint32Array => {
    const telling = corpus.tellingShingles.at(place);
    return telling.length > 0 ? telling : corpus.shinglesOf(place);
  };
  return {
    add(place) {
      const keys = keysOf(place);
      if (keys.length > 0) bands.add(place, signatureOf(keys, signature));
    },
    visit(place, threshold, visit) {
      const keys = keysOf(place);
      if (keys.length === 0) return;
      let all: Uint32Array | undefined;
      bands.visit(signatureOf(keys, signature), (other) => {
        if (jaccardOf(keys, keysOf(other)) < TELLING) return;
        all ??= corpus.shinglesOf(place);
        const score = jaccardOf(all, corpus.shinglesOf(other));
        if (score >= threshold) visit(other, score);
      });
    },
  };
}
