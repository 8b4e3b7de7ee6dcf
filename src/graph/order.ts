/**
 * Relations of one head and predicate, the chief one first: a page names its chief test or drug in the box and again in
 * the text, and before others.
 */
import type { Relation } from "../records/relation.ts";

/** Sorts the more certain relation first, of equals the one that is named earlier. */
export function byCertainty(a: Relation, b: Relation): number {
  return b.confidence - a.confidence || (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0);
}
