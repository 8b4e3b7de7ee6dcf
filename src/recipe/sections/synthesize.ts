/** Settings of `synthesize`: reasoning paths from the graph and questions along them (paper §3.1). */
import { z } from "zod";
import { endpointSection } from "./endpoint.ts";

const symptomsMostByDefault = 4;

export const synthesizeSection = z
  .strictObject({
    maxPaths: z
      .int()
      .positive()
      .default(100_000)
      .describe(
        "Most reasoning paths that are used; subjects are taken rare ones first. Not given in the paper.",
      ),
    maxQuestions: z
      .int()
      .positive()
      .default(1_000_000)
      .describe("Most questions that are made. Not given in the paper."),
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
      .default(5)
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
      .default(4)
      .describe(
        "Most questions made along one path: other findings, distractors, words. Not given in the paper.",
      ),
    style: z
      .enum(["clinical", "plain"])
      .default("clinical")
      .describe(
        "How stems are worded: vignettes with age, sex, time course and negative findings, or short sentences for a very small model. Not given in the paper.",
      ),
    world: z
      .enum(["open", "closed"])
      .default("open")
      .describe(
        "open: the graph does not know all, and what a reader could argue for is neither an answer nor a wrong option; closed: what the graph does not say is false, for a model that knows nothing but the graph. Not given in the paper.",
      ),
    languages: z
      .array(z.enum(["en", "zh"]))
      .min(1)
      .default(["en"])
      .describe(
        "Languages of the questions; zh where every entity of a question has a Chinese label. Not given in the paper.",
      ),
    options: z.int().min(2).max(10).default(4).describe("Options of a question. Not given in the paper."),
    symptomsLeast: z
      .int()
      .min(2)
      .default(3)
      .describe(
        "Fewest symptoms told; a disease that has fewer shows all, two at least. Not given in the paper.",
      ),
    symptomsMost: z
      .int()
      .min(2)
      .default(symptomsMostByDefault)
      .describe("Most symptoms told. Not given in the paper."),
    neighbours: z
      .int()
      .min(4)
      .default(24)
      .describe(
        "How many diseases most like the subject distractors are drawn from. Not given in the paper.",
      ),
    reword: endpointSection
      .extend({
        share: z
          .number()
          .gt(0)
          .max(1)
          .default(1)
          .describe("share of questions that the model is asked to reword; not given in the paper"),
      })
      .optional()
      .describe(
        "A model that rewords stems; a rewording is taken only when every fact is kept and none is added. Without it none is asked.",
      ),
  })
  .prefault({})
  .superRefine(({ symptomsLeast, symptomsMost }, context) => {
    if (symptomsLeast <= symptomsMost) return;
    // The place that is named must be one that a recipe wrote: of the two, the one that cannot be its default.
    const isMostWritten = symptomsMost < symptomsMostByDefault;
    context.addIssue({
      code: "custom",
      path: [isMostWritten ? "symptomsMost" : "symptomsLeast"],
      message: isMostWritten
        ? `is ${symptomsMost}; it must be at least symptomsLeast ${symptomsLeast}`
        : `is ${symptomsLeast}; it must be at most symptomsMost ${symptomsMost}`,
    });
  });

export type SynthesizeSection = z.infer<typeof synthesizeSection>;
export type RewordSection = NonNullable<SynthesizeSection["reword"]>;
