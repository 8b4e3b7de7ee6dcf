/** Settings of `synthesize`: reasoning paths from the graph and questions along them (paper §3.1). */
import { z } from "zod";

export const synthesizeSection = z
  .strictObject({
    maxPaths: z
      .int()
      .positive()
      .default(100_000)
      .describe(
        "Most reasoning paths that are used; subjects are taken rare ones first. Not given in the paper.",
      ),
    rareShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe(
        "Share of draws of a subject that are from the rare ones while any are left. Not given in the paper.",
      ),
    minPathsPerType: z
      .int()
      .min(0)
      .default(20)
      .describe("A question type with fewer paths than this is left out. Not given in the paper."),
    minConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.7)
      .describe(
        "Relations trusted less, such as words of a box without a link, are not walked or told; they still rule out distractors. Not given in the paper.",
      ),
    types: z
      .array(z.string())
      .default([])
      .describe(
        "Question types to make, such as diagnosis or symptomsToTest; an empty list takes all. Not given in the paper.",
      ),
    wordings: z
      .int()
      .min(1)
      .max(64)
      .default(12)
      .describe(
        "Most questions made along one path: other symptoms, distractors, words. Not given in the paper.",
      ),
    options: z.int().min(2).max(21).default(4).describe("Options of a question. Not given in the paper."),
    symptomsLeast: z
      .int()
      .min(2)
      .default(3)
      .describe(
        "Fewest symptoms told; a disease that has fewer shows all, two at least. Not given in the paper.",
      ),
    symptomsMost: z.int().min(2).default(4).describe("Most symptoms told. Not given in the paper."),
    neighbours: z
      .int()
      .min(4)
      .default(24)
      .describe(
        "How many diseases most like the subject distractors are drawn from. Not given in the paper.",
      ),
  })
  .prefault({});

export type SynthesizeSection = z.infer<typeof synthesizeSection>;
