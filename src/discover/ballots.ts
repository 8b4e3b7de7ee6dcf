/**
 * Types of things that have no page: every field and section that names one casts a vote, and the heaviest type wins
 * before any relation is read.
 *
 * Invariant: the outcome does not depend on which page came first; ties go to the type that was named first.
 */
import type { EntityType } from "../records/entity.ts";
import { foldName } from "./names.ts";

export interface Ballots {
  /** One vote that `name` is of a type. */
  cast(name: string, type: EntityType, weight: number, reason: string): void;
  /** Names whose votes reach the least weight, in the order they were first named. */
  results(): Iterable<{ readonly name: string; readonly type: EntityType; readonly reasons: readonly string[] }>;
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
  return {
    cast(name, type, weight, reason) {
      const key = foldName(name);
      let count = counts.get(key);
      if (count === undefined) {
        count = { name: name.charAt(0).toUpperCase() + name.slice(1), types: new Map() };
        counts.set(key, count);
      }
      const known = count.types.get(type);
      if (known) known.weight += weight;
      else count.types.set(type, { weight, reason });
    },
    *results() {
      for (const { name, types } of counts.values()) {
        let best: EntityType | undefined;
        let total = 0;
        for (const [type, { weight }] of types) {
          total += weight;
          if (best === undefined || weight > (types.get(best)?.weight ?? 0)) best = type;
        }
        if (best !== undefined && total >= LEAST)
          yield { name, type: best, reasons: [types.get(best)?.reason ?? ""] };
      }
    },
  };
}
