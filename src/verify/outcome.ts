/**
 * Which of the six ends a reply came to (paper §4): right, wrong, or why it has no answer. Evaluation and the cold start
 * count by the same ends.
 */
import type { Outcome, Score } from "../records/score.ts";
import type { Answer } from "./answer.ts";
import { isRefusal } from "./refusal.ts";

/** The end of a reply that was read. Thinking that was never closed was cut off, whatever the server says. */
export function outcomeOf(
  { letters, method }: { readonly letters: readonly string[]; readonly method: Answer["method"] },
  finish: Score["finish"],
  correct: boolean,
  text: string,
): Outcome {
  if (letters.length > 0) return correct ? "right" : "wrong";
  if (finish === "refused" || (finish === "stop" && isRefusal(text))) return "refused";
  if (finish === "length" || method === "unfinished") return "truncated";
  return finish === "empty" || method === "empty" ? "empty" : "unparsed";
}
