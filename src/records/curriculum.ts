/** What decided the course of the two stages of reinforcement (paper §3.3), as `curriculum.json` holds it. */
import { z } from "zod";

const count = z.int().nonnegative();

export const curriculumSchema = z.strictObject({
  stage1: z.strictObject({
    steps: count,
    /** Whether the plateau rule ended the stage; otherwise its steps were used up. */
    isPlateau: z.boolean(),
    /** Rise of the mean reward a step, and share of groups without spread, over the last window. */
    slope: z.number(),
    sparsity: z.number(),
    rule: z.record(z.string(), z.number()),
  }),
  stage2: z.strictObject({
    steps: count,
    rounds: z.array(
      z.strictObject({
        round: count,
        /** Optimizer steps of the stage before it. */
        step: count,
        paths: count,
        hard: count,
        /** Paths by number of right replies. */
        rightCounts: z.array(count),
        tokens: count,
      }),
    ),
    /** Looks at the validation questions, the first before any round. */
    validations: z.array(
      z.strictObject({
        step: count,
        count,
        n: count,
        share: z.number(),
        low: z.number(),
        high: z.number(),
      }),
    ),
    /** Index of the look whose model was kept; null without validation. */
    best: count.nullable(),
    /** Whether validation ended the rounds. */
    isStopped: z.boolean(),
  }),
  /** The same for people, a sentence each. */
  words: z.array(z.string()),
});

export type Curriculum = z.infer<typeof curriculumSchema>;
