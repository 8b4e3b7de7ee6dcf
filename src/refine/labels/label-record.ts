/**
 * What the trials of one label say (paper §3.1). A trial without an answer is counted by why there is none and never
 * as a wrong one.
 */
import { z } from "zod";
import { checkSchema } from "../../records/check.ts";

export const outcomes = [
  /** The letters of the label. */
  "right",
  /** Other letters. */
  "wrong",
  /** Cut off before an answer. */
  "truncated",
  /** The model, or the service before it, would not answer. */
  "refused",
  /** A whole reply without an answer, or with several. */
  "unreadable",
  /** The validator says that it cannot tell, and why. */
  "abstained",
] as const;

export type Outcome = (typeof outcomes)[number];

export const verdicts = [
  /** As many trials as asked for reach the label. */
  "reached",
  /** Some do, but fewer: to manual review. */
  "seldomReached",
  /** There were answers, none of them the label: to manual review. */
  "neverReached",
  /** No trial gave an answer: nothing is known of the label. */
  "unanswered",
] as const;

export type Verdict = (typeof verdicts)[number];

const trialSchema = z.strictObject({
  outcome: z.enum(outcomes),
  /** Letters of the question as it is stored; empty without an answer. */
  letters: z.array(z.string()),
  /** The same letters as they were shown in this trial. */
  shown: z.array(z.string()),
  /** The end of what was said, 2,000 characters at most. */
  reply: z.string(),
});

export type Trial = z.infer<typeof trialSchema>;

export const labelCheckSchema = z.strictObject({
  trials: z.array(trialSchema),
  /** Trials that are right. */
  correct: z.int().nonnegative(),
  /** How often each answer was given, by its letters as stored, in their order. */
  answers: z.record(z.string(), z.int().positive()),
  verdict: z.enum(verdicts),
  /** Passed when the verdict is "reached". */
  check: checkSchema,
});

export type LabelCheck = z.infer<typeof labelCheckSchema>;
