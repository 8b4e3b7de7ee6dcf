/** A teacher's reply to a question, read by the one answer reader: its reasoning, its answer and the end it came to. */
import type { Reply } from "../models/sampler.ts";
import { mayHaveSeveral, type Question } from "../records/question.ts";
import type { Outcome } from "../records/score.ts";
import { readAnswer } from "../verify/answer.ts";
import { outcomeOf } from "../verify/outcome.ts";
import { sameLetters } from "../verify/reward.ts";
import { concluded, thinkingOf } from "./thinking.ts";

export interface Attempt {
  /** The reasoning without tags; it ends by naming the answer, where there is one. */
  readonly text: string;
  /** The reasoning as the teacher wrote it. */
  readonly own: string;
  readonly letters: readonly string[];
  readonly outcome: Outcome;
}

/** Reads a reply leniently: a teacher was not taught our form. */
export function readAttempt(question: Question, reply: Reply, wanted: "thought" | "said"): Attempt {
  const finish = reply.finish === "stop" && reply.text.trim() === "" ? "empty" : reply.finish;
  const answer = readAnswer(reply.text, {
    options: question.options,
    mode: "lenient",
    finish,
    multi: mayHaveSeveral(question),
    hasThought: reply.reasoning !== undefined,
  });
  const letters = [...answer.letters];
  const outcome = outcomeOf(answer, finish, sameLetters(letters, question.gold), reply.text);
  const own = outcome === "refused" || outcome === "empty" ? "" : thinkingOf(reply, answer, wanted);
  return { text: letters.length === 0 ? own : concluded(own, question, letters), own, letters, outcome };
}
