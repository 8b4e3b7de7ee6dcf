/**
 * How each place of a sentence is stated: outright, as seldom, not at all, or for one predicate alone.
 *
 * Invariant: what a sentence denies is never read, but for the predicate that the denial itself states.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import {
  deniedEach,
  deniedStretches,
  isAffirmed,
  type Stretch,
  statedByDenial,
  withoutSeldom,
} from "./negation.ts";
import { type Head, isDrug } from "./types-by-place.ts";

/** How a place of a sentence is stated. */
interface Affirmation {
  readonly isDenied: boolean;
  readonly only?: Predicate;
  readonly isSeldom?: true;
}

/** Whether a place of a sentence is affirmed: outright, as seldom, or for the one predicate that a denial states. */
export function affirmations(
  masked: string,
  denied: readonly Stretch[],
  head: Head,
): (at: number) => Affirmation {
  if (denied.length === 0) return () => affirmed;
  const beyondSeldom = deniedStretches(withoutSeldom(masked));
  const stated = statedByDenial(masked, isDrug(head.type));
  return (at) => {
    if (isAffirmed(denied, at)) return affirmed;
    for (const { predicate, denied: left } of stated)
      if (isAffirmed(left, at)) return { isDenied: false, only: predicate };
    return isAffirmed(beyondSeldom, at) ? { isDenied: false, isSeldom: true } : { isDenied: true };
  };
}

const affirmed: Affirmation = { isDenied: false };

/** Predicates of a kind of page that have words of their own that speak against them. */
function guardedOf(head: EntityType): readonly Predicate[] {
  switch (head) {
    case "drug":
    case "drug class":
      return ["TREATS", "CONTRAINDICATED_IN", "INTERACTS_WITH"];
    case "disease":
    case "symptom":
    case "sign":
      return ["TREATED_WITH", "PREVENTED_BY", "DIAGNOSED_BY"];
    default:
      return [];
  }
}

/** The predicates that the words of the clause at a place speak against. */
export function deniedPredicates(masked: string, head: Head): (at: number) => readonly Predicate[] {
  const stretches = deniedEach(masked, guardedOf(head.type), head.id);
  return (at) => stretches.filter(({ denied }) => !isAffirmed(denied, at)).map(({ predicate }) => predicate);
}
