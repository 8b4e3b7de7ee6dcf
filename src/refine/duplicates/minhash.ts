/**
 * MinHash signatures and locality-sensitive hashing (Broder, "On the resemblance and containment of documents", 1997;
 * Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", §3.4).
 *
 * Two sets of Jaccard similarity s agree in a place of the signature with probability s, and are candidates of each other
 * with probability 1 − (1 − s^rows)^bands: 0.998 at 0.8, 0.40 at 0.5, 0.04 at 0.3. A candidate is then compared exactly.
 */
import { countInCommon } from "./flat-lists.ts";
import { mix } from "./hash.ts";

const BANDS = 16;
const ROWS = 5;
/** Numbers of a signature. */
export const SIGNATURE = BANDS * ROWS;

const seeds = Uint32Array.from({ length: SIGNATURE }, (_, i) => mix(Math.imul(i + 1, 0x9e3779b9)));

/** The least mixed member under each of 80 seeds, [SIGNATURE]; all 2^32 − 1 of an empty set. */
export function signatureOf(set: ArrayLike<number>, out = new Uint32Array(SIGNATURE)): Uint32Array {
  for (let s = 0; s < SIGNATURE; s++) {
    const seed = seeds[s] as number;
    let least = 0xffffffff;
    for (let i = 0; i < set.length; i++) {
      // The finaliser of hash.ts written out: this is the innermost loop, 80 times a member.
      let h = (set[i] as number) ^ seed;
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h = (h ^ (h >>> 16)) >>> 0;
      if (h < least) least = h;
    }
    out[s] = least;
  }
  return out;
}

/** Share of places in which two signatures agree: an estimate of the Jaccard similarity, ± 0.11 at two deviations. */
export function estimateJaccard(one: Uint32Array, other: Uint32Array): number {
  let same = 0;
  for (let i = 0; i < SIGNATURE; i++) if (one[i] === other[i]) same += 1;
  return same / SIGNATURE;
}

/** |A ∩ B| / |A ∪ B| of two ascending sets; 1 of two empty ones. */
export function jaccardOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const common = countInCommon(one, other);
  const all = one.length + other.length - common;
  return all === 0 ? 1 : common / all;
}

export interface BandIndex {
  add(place: number, signature: Uint32Array): void;
  /** Calls `visit` once for each place that shares a band. */
  visit(signature: Uint32Array, visit: (place: number) => void): void;
}

/** An index of at most `most` signatures by their bands. */
export function bandIndex(most: number): BandIndex {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * BANDS)));
  const heads = new Int32Array(size).fill(-1);
  const keys = new Uint32Array(most * BANDS);
  const places = new Uint32Array(most * BANDS);
  const next = new Int32Array(most * BANDS);
  let count = 0;
  // Number of the visit that met a place last.
  let visits = 0;
  let met = new Uint32Array(1024);
  const keyOf = (signature: Uint32Array, band: number): number => {
    let key = band;
    for (let row = 0; row < ROWS; row++)
      key = mix(Math.imul(key, 31) + (signature[band * ROWS + row] as number));
    return key;
  };
  return {
    add(place, signature) {
      if (place >= met.length) {
        const wider = new Uint32Array(place * 2);
        wider.set(met);
        met = wider;
      }
      for (let band = 0; band < BANDS; band++) {
        const key = keyOf(signature, band);
        keys[count] = key;
        places[count] = place;
        next[count] = heads[key & (size - 1)] as number;
        heads[key & (size - 1)] = count;
        count += 1;
      }
    },
    visit(signature, visit) {
      visits += 1;
      for (let band = 0; band < BANDS; band++) {
        const key = keyOf(signature, band);
        for (let at = heads[key & (size - 1)] as number; at >= 0; at = next[at] as number)
          if (keys[at] === key && met[places[at] as number] !== visits) {
            met[places[at] as number] = visits;
            visit(places[at] as number);
          }
      }
    },
  };
}
