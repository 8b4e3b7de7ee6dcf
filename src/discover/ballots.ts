/**
 * Types of things that have no page: every field and section that names one casts a vote, and the heaviest type wins
 * before any relation is read.
 *
 * Invariant: the outcome does not depend on which page came first; ties go to the type that was named first.
 */
import type { EntityType } from "../records/entity.ts";
import { isGeneral } from "./name-shapes.ts";
import { nameKey } from "./names.ts";
import type { Candidate } from "./reading/survey-record.ts";

export interface Ballots {
  /** One vote that `name` is of a type. */
  cast(name: string, type: EntityType, weight: number, reason: string): void;
  /**
   * Things that a page may well name. They count only where none of the things that the page names `clearly` turns out
   * to be of their type.
   */
  suggest(clearly: readonly string[], likely: readonly Candidate[]): void;
  /** Names whose votes reach the least weight, in the order they were first named. */
  results(typeOfPage: (name: string) => EntityType | undefined): Iterable<Candidate>;
}

interface Count {
  readonly name: string;
  readonly types: Map<EntityType, { weight: number; readonly reason: string }>;
}

/** The least weight at which a name becomes an entity. */
const LEAST = 1;

/** Opens an empty count. */
export function openBallots(): Ballots {
  const counts = new Map<string, Count>();
  const pages: { readonly clearly: readonly string[]; readonly likely: readonly Candidate[] }[] = [];
  const cast = (name: string, type: EntityType, weight: number, reason: string): void => {
    if (isGeneral(name)) return;
    const key = nameKey(name);
    let count = counts.get(key);
    if (count === undefined) {
      count = { name: name.charAt(0).toUpperCase() + name.slice(1), types: new Map() };
      counts.set(key, count);
    }
    const known = count.types.get(type);
    if (known) known.weight += weight;
    else count.types.set(type, { weight, reason });
  };
  return {
    cast,
    suggest(clearly, likely) {
      if (likely.length > 0) pages.push({ clearly, likely });
    },
    *results(typeOfPage) {
      const typeOf = (name: string): EntityType | undefined =>
        typeOfPage(name) ?? winner(counts.get(nameKey(name)))?.type;
      const seconds: Candidate[] = [];
      for (const { clearly, likely } of pages) {
        const has = new Set(clearly.map(typeOf));
        for (const { type, name } of likely) if (typeOf(name) === type) has.add(type);
        for (const one of likely) {
          if (!has.has(one.type) && typeOf(one.name) === undefined) seconds.push(one);
        }
      }
      for (const { name, type, reason } of seconds) cast(name, type, LEAST, reason);
      for (const count of counts.values()) {
        const won = winner(count);
        if (won) yield { name: count.name, ...won };
      }
    },
  };
}

function winner(count: Count | undefined): { type: EntityType; reason: string } | undefined {
  let best: { type: EntityType; weight: number; reason: string } | undefined;
  let total = 0;
  for (const [type, { weight, reason }] of count?.types ?? []) {
    total += weight;
    if (best === undefined || weight > best.weight) best = { type, weight, reason };
  }
  return total >= LEAST ? best : undefined;
}
