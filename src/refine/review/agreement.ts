/**
 * How far two reviewers agree: raw share, Cohen's kappa (1960) and Gwet's AC1 (2008), which stays meaningful where
 * nearly everything is accepted and kappa falls to nothing.
 *
 * Invariant: the first decision of each reviewer counts, as what they change after seeing each other says nothing of
 * agreement. Two corrections agree when they name the same letters; two edits agree that the words must change.
 */
import { groupBy } from "../../base/collections.ts";
import type { Decision } from "../../records/decision.ts";
import { outcomeOf, reviewerKey } from "./settle.ts";

export interface PairAgreement {
  readonly reviewers: readonly [string, string];
  /** What both decided on. */
  readonly items: number;
  readonly alike: number;
  /** Share of the items on which they agree. */
  readonly raw: number;
  /** Absent where chance alone would make them agree on everything: both always said the same one thing. */
  readonly kappa?: number;
  readonly ac1: number;
}

interface Agreement {
  /** Items on which two people or more decided. */
  readonly items: number;
  /** Every two reviewers who decided on an item in common, in order of name. */
  readonly pairs: readonly PairAgreement[];
}

/** Agreement of every two reviewers; give it decisions on questions or on matches, not both. */
export function agreement(decisions: readonly Decision[]): Agreement {
  // Each under the name as first written.
  const byReviewer = new Map(
    [...groupBy(decisions, ({ reviewer }) => reviewerKey(reviewer)).values()].map((own) => [
      own[0]!.reviewer,
      firstWords(own),
    ]),
  );
  const names = [...byReviewer.keys()].sort();
  const pairs = names.flatMap((first, at) =>
    names.slice(at + 1).flatMap((second) => {
      const theirs = byReviewer.get(second)!;
      const both = [...byReviewer.get(first)!].flatMap(([target, word]): [string, string][] => {
        const other = theirs.get(target);
        return other === undefined ? [] : [[word, other]];
      });
      return both.length === 0 ? [] : [{ reviewers: [first, second] as const, ...measure(both) }];
    }),
  );
  const voices = groupBy(decisions, ({ target }) => target);
  const shared = [...voices.values()].filter(
    (all) => new Set(all.map(({ reviewer }) => reviewerKey(reviewer))).size > 1,
  );
  return { items: shared.length, pairs };
}

/** What a reviewer first said of each target. */
function firstWords(own: readonly Decision[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const decision of own)
    if (!words.has(decision.target))
      words.set(decision.target, outcomeOf(decision).replace(/^edit .*/u, "edit"));
  return words;
}

function measure(both: readonly (readonly [string, string])[]): Omit<PairAgreement, "reviewers"> {
  const items = both.length;
  const alike = both.filter(([one, other]) => one === other).length;
  const raw = alike / items;
  const words = [...new Set(both.flat())];
  const share = (side: 0 | 1, word: string): number =>
    both.filter((pair) => pair[side] === word).length / items;
  let chance = 0;
  let spread = 0;
  for (const word of words) {
    const [one, other] = [share(0, word), share(1, word)];
    chance += one * other;
    spread += ((one + other) / 2) * (1 - (one + other) / 2);
  }
  const byChance = words.length < 2 ? 0 : spread / (words.length - 1);
  return {
    items,
    alike,
    raw,
    ...(words.length < 2 ? {} : { kappa: (raw - chance) / (1 - chance) }),
    ac1: (raw - byChance) / (1 - byChance),
  };
}
