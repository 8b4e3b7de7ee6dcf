/**
 * The mining ledger (paper §3.3, stage 2): what every question of the training pool was answered with in every round,
 * and why its path was chosen or not. Outcomes are kept one by one and not as a mean, so that any rule can be read off.
 */
import { z } from "zod";
import { tierSchema } from "./question.ts";

export const minedQuestionSchema = z.strictObject({
  round: z.int().min(1),
  /** Optimizer steps of stage 2 before the round. */
  step: z.int().nonnegative(),
  question: z.string(),
  path: z.string(),
  tier: tierSchema,
  /** Whether each of the k replies was right, in order. */
  outcomes: z.array(z.boolean()).min(1),
  /**
   * Share of right replies over all questions of the path in this round, with its Wilson interval, 95%, which takes
   * replies to one question as unrelated.
   */
  pathPassRate: z.number().min(0).max(1),
  pathLow: z.number(),
  pathHigh: z.number(),
  /** Rounds so far, this one included, in which the path was a failure. */
  failedRounds: z.int().nonnegative(),
  /** Place of the path among those mined, 1 first; null where it is left to replay. */
  rank: z.int().min(1).nullable(),
  /** What it was answered with and the weight that it is drawn with, or why it is not, in words. */
  why: z.string(),
});

export type MinedQuestion = z.infer<typeof minedQuestionSchema>;
