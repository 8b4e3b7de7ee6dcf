/**
 * Finds held-out questions that repeat a training question: the same words in stem and options, or nearly.
 *
 * Likeness is Jaccard over word pairs of context and stem and whole options, whatever their order. It is exact: words
 * and options are numbered, not hashed, and prefix filtering (only questions that share one of their rarest features
 * can be alike enough; Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins", 2006) skips no pair.
 */
import type { RefineSection } from "../../recipe/sections/refine.ts";
import type { Question } from "../../records/question.ts";
import { normaliseText } from "../../verify/text.ts";
import { jaccardOf } from "./minhash.ts";

/** Features are numbered in the order in which they are met. */
type Numbering = Map<string | number, number>;

/** A word pair is one number: place of the first word × this + place of the second. */
const PAIR = 2 ** 26;

/** Held-out question id → id of the first training question that is at least as alike as `settings.heldOut`. */
export function repeatsTraining(
  training: readonly Question[],
  heldOut: readonly Question[],
  settings: Pick<RefineSection["duplicates"], "heldOut">,
): Map<string, string> {
  const words: Numbering = new Map();
  const numbers: Numbering = new Map();
  const all = [...training, ...heldOut];
  const features = all.map((question) => featuresOf(question, words, numbers));
  const byRarity = rarityOrder(features, numbers.size);
  for (const own of features) {
    for (let i = 0; i < own.length; i++) own[i] = byRarity[own[i] as number] as number;
    own.sort();
  }
  const prefixOf = (own: Uint32Array): Uint32Array =>
    own.subarray(0, own.length - Math.ceil(settings.heldOut * own.length) + 1);

  const index = postings(features.slice(0, training.length).map(prefixOf), numbers.size);
  const seen = new Int32Array(training.length).fill(-1);
  const found = new Map<string, string>();
  for (const [at, { id }] of heldOut.entries()) {
    const own = features[training.length + at] as Uint32Array;
    let first = training.length;
    for (const feature of prefixOf(own)) {
      const end = index.from[feature + 1] as number;
      for (let i = index.from[feature] as number; i < end; i++) {
        const other = index.places[i] as number;
        if (other >= first) break;
        if (seen[other] === at) continue;
        seen[other] = at;
        if (jaccardOf(own, features[other] as Uint32Array) >= settings.heldOut) first = other;
      }
    }
    if (first < training.length) found.set(id, (training[first] as Question).id);
  }
  return found;
}

/** Numbers of the word pairs and options of a question, each once. */
function featuresOf(question: Question, words: Numbering, numbers: Numbering): Uint32Array {
  const stem = normaliseText(`${question.context ?? ""} ${question.stem}`).split(" ");
  const own = new Set<number>();
  for (let i = 0; i < stem.length; i++) {
    const pair = numberOf(words, stem[i] as string) * PAIR + numberOf(words, stem[i + 1] ?? "");
    own.add(numberOf(numbers, pair));
  }
  for (const text of Object.values(question.options)) own.add(numberOf(numbers, normaliseText(text)));
  return Uint32Array.from(own);
}

function numberOf(numbering: Numbering, key: string | number): number {
  const known = numbering.get(key);
  if (known !== undefined) return known;
  const next = numbering.size;
  numbering.set(key, next);
  return next;
}

/** New number of each feature: the rarer, the lower; of equally rare ones in the order of their first occurrence. */
function rarityOrder(features: readonly Uint32Array[], count: number): Uint32Array {
  const frequency = new Uint32Array(count);
  for (const own of features) for (const feature of own) frequency[feature]! += 1;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (frequency[a] as number) - (frequency[b] as number) || a - b,
  );
  const places = new Uint32Array(count);
  for (const [place, feature] of order.entries()) places[feature] = place;
  return places;
}

/** Which lists a feature stands in: `places` from `from[feature]` to `from[feature + 1]`, ascending. */
function postings(
  lists: readonly Uint32Array[],
  count: number,
): { readonly from: Uint32Array; readonly places: Uint32Array } {
  const from = new Uint32Array(count + 1);
  for (const list of lists) for (const feature of list) from[feature + 1]! += 1;
  for (let i = 0; i < count; i++) from[i + 1]! += from[i] as number;
  const places = new Uint32Array(from[count] as number);
  const next = from.slice(0, count);
  for (const [place, list] of lists.entries())
    for (const feature of list) {
      places[next[feature] as number] = place;
      next[feature]! += 1;
    }
  return { from, places };
}
