/**
 * What the decisions on a question or a match come to (paper §3.1, manual review): the last word of each reviewer
 * counts, as many of them as are required must say the same, and those who say the same must be more than half.
 *
 * Invariant: an item with too few voices is open, one with voices that do not settle it is disagreed; neither changes
 * anything. Departure: the paper does not say how many people look at a question, so the recipe does.
 */
import { groupBy } from "../../base/collections.ts";
import { hashJson } from "../../base/hash.ts";
import type { Decision } from "../../records/decision.ts";

export interface Settlement {
  readonly status: "open" | "decided" | "disagreed";
  /** The last decision of each reviewer, in the order in which they first spoke. */
  readonly votes: readonly Decision[];
  /** Of a decided item: the latest of the decisions that agree. */
  readonly decision?: Decision;
}

/** What has been settled, by question or match. */
export type Settlements = ReadonlyMap<string, Settlement>;

/** The outcome per target, of decisions in the order in which they were made. */
export function settledDecisions(
  decisions: readonly Decision[],
  { reviewers }: { readonly reviewers: number },
): Settlements {
  const byTarget = groupBy(decisions, ({ target }) => target);
  return new Map([...byTarget].map(([target, all]) => [target, settle(all, reviewers)]));
}

function settle(decisions: readonly Decision[], reviewers: number): Settlement {
  const votes = lastOfEach(decisions);
  const [most] = [...groupBy(votes, outcomeOf).values()].sort((a, b) => b.length - a.length);
  const agreeing = most?.length ?? 0;
  if (agreeing >= reviewers && 2 * agreeing > votes.length)
    return { status: "decided", votes, decision: most!.at(-1)! };
  return { status: agreeing < votes.length ? "disagreed" : "open", votes };
}

/** The last decision of each reviewer. */
function lastOfEach(decisions: readonly Decision[]): Decision[] {
  return [...groupBy(decisions, ({ reviewer }) => reviewerKey(reviewer)).values()].map((own) => own.at(-1)!);
}

/** What tells reviewers apart: their names without regard to capitals and spaces around them. */
export function reviewerKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

/** What a decision does, without who, when and why: equal for two decisions that do the same. */
export function outcomeOf(decision: Decision): string {
  switch (decision.action) {
    case "accept":
    case "drop":
    case "notSame":
      return decision.action;
    case "correct":
      return `correct ${lettersOf(decision.gold)}`;
    case "edit":
      // New letters alone are a correction, however they were written down.
      return decision.stem === undefined && decision.options === undefined
        ? `correct ${lettersOf(decision.gold ?? [])}`
        : `edit ${hashJson([decision.stem, decision.options, decision.gold && lettersOf(decision.gold)])}`;
    default:
      return decision satisfies never;
  }
}

function lettersOf(gold: readonly string[]): string {
  return [...new Set(gold)].sort().join("");
}

/** The matches that people found to be no repetition. */
export function falseMatches(settlements: Settlements): ReadonlySet<string> {
  return new Set(
    [...settlements].flatMap(([target, { decision }]) => (decision?.action === "notSame" ? [target] : [])),
  );
}
