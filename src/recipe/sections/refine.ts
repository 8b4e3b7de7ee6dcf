/** Settings of `refine`: format filter, label verification, tiers and the split (paper §3.1). */
import { z } from "zod";

export const refineSection = z
  .strictObject({
    trials: z
      .int()
      .min(1)
      .default(5)
      .describe(
        "Times a question is answered for label verification, options in another order each time (§3.1: 5).",
      ),
    keepAtLeast: z
      .int()
      .min(1)
      .default(1)
      .describe(
        "Right trials that a label needs; with fewer the question goes to manual review (§3.1: never right).",
      ),
    shares: z
      .strictObject({
        train: z
          .number()
          .positive()
          .default(0.65)
          .describe("Share of paths for training. Not given in the paper."),
        dev: z.number().min(0).default(0.1).describe("Share of paths for tuning. Not given in the paper."),
        test: z.number().min(0).default(0.25).describe("Share of paths held out. Not given in the paper."),
      })
      .prefault({})
      .describe("How reasoning paths are shared out; within each question type. Not given in the paper."),
    trainWordings: z
      .int()
      .min(1)
      .default(12)
      .describe("Most questions kept of a training path. Not given in the paper."),
    testWordings: z
      .int()
      .min(1)
      .default(4)
      .describe("Most questions kept of a dev or test path. Not given in the paper."),
    oneHopTestWordings: z
      .int()
      .min(1)
      .default(1)
      .describe("The same for a question that is one hop from the name. Not given in the paper."),
    nearDuplicate: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe(
        "Share of common word pairs above which a held-out question counts as a training one. Not given in the paper.",
      ),
  })
  .prefault({});

export type RefineSection = z.infer<typeof refineSection>;
