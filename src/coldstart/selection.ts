/**
 * Choosing among a teacher's replies to one question (paper §3.2): of those that are right and pass the checks the one
 * with fewest remarks, then the briefest, then the first. Where none passes, the best draft to go on from.
 */
import type { Outcome } from "../records/score.ts";
import type { Attempt } from "./attempt.ts";
import type { Verdict } from "./judge.ts";

export interface Candidate {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
}

export interface Selection {
  /** The reply that becomes a trajectory as it is. */
  readonly kept?: Candidate;
  /** The reply to be repaired, where none is kept and one has a text. */
  readonly draft?: Candidate;
}

/** Replies without an answer lead nowhere but may be cut-off ones that were on their way. */
const order: readonly Outcome[] = ["right", "wrong", "unparsed", "truncated"];

/** The best of the candidates, which stand in the order in which they were asked for. */
export function select(candidates: readonly Candidate[]): Selection {
  const passing = candidates.filter(({ verdict }) => verdict.failing.length === 0);
  const kept = first(passing, ({ verdict, attempt }) => [remarks(verdict), attempt.text.length]);
  if (kept !== undefined) return { kept };
  const drafts = candidates.filter(({ attempt }) => attempt.text !== "" && order.includes(attempt.outcome));
  const draft = first(drafts, ({ verdict, attempt }) => [
    order.indexOf(attempt.outcome),
    verdict.failing.length,
    remarks(verdict),
    attempt.text.length,
  ]);
  return draft === undefined ? {} : { draft };
}

function remarks({ checks }: Verdict): number {
  return checks.filter(({ passed }) => !passed).length;
}

/** The first of the items whose numbers, compared one after another, are least. */
function first<T>(items: readonly T[], numbersOf: (item: T) => readonly number[]): T | undefined {
  return items
    .map((item) => ({ item, numbers: numbersOf(item) }))
    .sort((a, b) => a.numbers.map((x, at) => x - b.numbers[at]!).find((gap) => gap !== 0) ?? 0)[0]?.item;
}
