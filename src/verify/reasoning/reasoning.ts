/**
 * What the checks of a text of reasoning are given (paper §3.2: verifiable filters). They see the text, the question
 * and the answer that was given, and never which answer is right.
 *
 * Every check is a function from `Reasoning` to checks of its own name: one that passed, with what was looked at
 * ("3 results recomputed"), or one for each fault, with the words at fault in `found` and their place in `span`.
 */
import type { Check } from "../../records/check.ts";
import type { Question } from "../../records/question.ts";

export interface Reasoning {
  /** The thinking without its tags. */
  readonly text: string;
  readonly question: Pick<Question, "stem" | "context" | "options" | "language">;
  /** Letters of the answer given; empty where none could be read. */
  readonly letters: readonly string[];
}

export type ReasoningCheck = (reasoning: Reasoning) => readonly Check[];
