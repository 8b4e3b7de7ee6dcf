/**
 * Finds held-out questions that repeat a training question: the same words in stem and options, or nearly.
 *
 * Likeness is Jaccard over word pairs of the stem and words of the options, whatever their order. Prefix filtering
 * (only questions that share one of their rarest features can be alike enough) keeps it exact and fast.
 */
import type { Question } from "../records/question.ts";
import { normaliseText } from "../verify/text.ts";

/** Held-out question id → id of a training question that is at least as alike as the threshold. */
export function nearDuplicates(
  training: readonly Question[],
  heldOut: readonly Question[],
  threshold: number,
): Map<string, string> {
  const features = new Map([...training, ...heldOut].map((question) => [question.id, featuresOf(question)]));
  const frequency = new Map<string, number>();
  for (const set of features.values())
    for (const one of set) frequency.set(one, (frequency.get(one) ?? 0) + 1);
  const prefixOf = (id: string): string[] => {
    const all = [...(features.get(id) as Set<string>)].sort(
      (a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1),
    );
    return all.slice(0, all.length - Math.ceil(threshold * all.length) + 1);
  };
  const index = new Map<string, string[]>();
  for (const { id } of training)
    for (const feature of prefixOf(id)) {
      const list = index.get(feature);
      if (list) list.push(id);
      else index.set(feature, [id]);
    }
  const found = new Map<string, string>();
  for (const { id } of heldOut) {
    const own = features.get(id) as Set<string>;
    const candidates = new Set(prefixOf(id).flatMap((feature) => index.get(feature) ?? []));
    for (const other of candidates) {
      if (jaccard(own, features.get(other) as Set<string>) < threshold) continue;
      found.set(id, other);
      break;
    }
  }
  return found;
}

function featuresOf(question: Question): Set<string> {
  const words = normaliseText(`${question.context ?? ""} ${question.stem}`).split(" ");
  const pairs = words.map((word, at) => `${word} ${words[at + 1] ?? ""}`);
  return new Set([...pairs, ...Object.values(question.options).map((text) => `= ${normaliseText(text)}`)]);
}

/** Share of common members of two sets. */
export function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const member of one) if (other.has(member)) common += 1;
  const all = one.size + other.size - common;
  return all === 0 ? 1 : common / all;
}
