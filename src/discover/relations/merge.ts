/**
 * Readings of the same triple become one relation; what treats and what is treated mirror each other.
 *
 * Invariant: the evidence of a relation is what was read, in the order of the pages, without repeats.
 */
import { shortHash } from "../../base/hash.ts";
import type { EntityType } from "../../records/entity.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import type { Reading } from "./read.ts";

/** Collects readings; `maxEvidence` bounds what is kept of each relation. */
export interface Collector {
  add(reading: Reading): void;
  /** Relations of at least a confidence, in order of head, predicate and tail. */
  relations(minimumConfidence: number): Relation[];
}

/** Opens a collector. */
export function collectRelations(maxEvidence: number): Collector {
  const found = new Map<string, { -readonly [K in keyof Relation]: Relation[K] }>();
  return {
    add({ head, predicate, tail, method, confidence, evidence }) {
      const key = `${head}\u001f${predicate}\u001f${tail}`;
      const known = found.get(key);
      if (known === undefined) {
        const id = `r-${shortHash([head, predicate, tail])}`;
        found.set(key, { id, head, predicate, tail, method, confidence, evidence: [evidence] });
        return;
      }
      const isRepeat = known.evidence.some(
        (one) => one.page === evidence.page && one.start === evidence.start && one.end === evidence.end,
      );
      if (isRepeat) return;
      // Independent places support each other, but never to certainty.
      known.confidence = Math.min(0.99, 1 - (1 - known.confidence) * (1 - confidence));
      if (known.evidence.length < maxEvidence) known.evidence.push(evidence);
    },
    relations(minimumConfidence) {
      return (
        [...found.values()]
          .filter((one) => one.confidence >= minimumConfidence)
          // What a page lists as a symptom is not its telling finding as well, however often it is named.
          .filter(
            (one) =>
              one.predicate !== "HAS_FINDING" || !found.has(`${one.head}\u001fHAS_SYMPTOM\u001f${one.tail}`),
          )
          .map((one) => ({ ...one, confidence: Math.round(one.confidence * 1e4) / 1e4 }))
          .sort(
            (a, b) => compare(a.head, b.head) || compare(a.predicate, b.predicate) || compare(a.tail, b.tail),
          )
      );
    },
  };
}

/** The same fact from the other side, where a reading has one. */
export function mirrored(
  reading: Reading,
  typeOf: (id: string) => EntityType | undefined,
): Reading | undefined {
  const other = otherSide(reading.predicate, typeOf(reading.head), typeOf(reading.tail));
  return other && { ...reading, head: reading.tail, tail: reading.head, predicate: other };
}

function otherSide(
  predicate: Predicate,
  head: EntityType | undefined,
  tail: EntityType | undefined,
): Predicate | undefined {
  const isDrug = (type: EntityType | undefined): boolean => type === "drug" || type === "drug class";
  if (predicate === "TREATS" && tail === "disease") return "TREATED_WITH";
  if (predicate === "TREATED_WITH" && head === "disease" && isDrug(tail)) return "TREATS";
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
