/** Settings of `refine`: filter, label verification, anonymisation, duplicates, tiers, mixing, split (paper §3.1). */
import { z } from "zod";
import { endpointSection } from "./endpoint.ts";

const share = (at: number, meaning: string): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).default(at).describe(`${meaning} Not given in the paper.`);

const duplicatesSection = z
  .strictObject({
    minhash: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe(
        "Jaccard similarity of words and word pairs from which two questions repeat each other. Not given in the paper.",
      ),
    containment: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe(
        "Score from which a question counts as copied: the share of the other stem that it holds, weighed by what each word tells, with the options as further evidence. Not given in the paper.",
      ),
    ngram: z
      .int()
      .min(5)
      .default(13)
      .describe(
        "Words in a row that two texts may not share (GPT-3's decontamination: 13). Not given in the paper.",
      ),
    heldOut: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe(
        "Jaccard similarity of word pairs and options from which a held-out question repeats a training one. Not given in the paper.",
      ),
  })
  .prefault({});

const mixSection = z
  .strictObject({
    sources: z
      .record(z.string(), z.number().min(0))
      .default({})
      .describe(
        "Share of each source in the training questions: synthetic, or the name of a curated set; one that is not named has none, all of every source when empty. Not given in the paper.",
      ),
    types: z
      .record(z.string(), z.number().min(0))
      .default({})
      .describe(
        "Weight of question types or curated sets; half the weight keeps half of the questions, those that are not named weigh 1. Not given in the paper.",
      ),
    languages: z
      .record(z.string(), z.number().min(0))
      .default({})
      .describe("Weight of languages, in the same way. Not given in the paper."),
    tiers: z
      .partialRecord(z.enum(["easy", "moderate", "difficult"]), z.number().min(0))
      .optional()
      .describe(
        "Shares of the tiers in the training questions; one that is not named has none, as they fall when absent. Not given in the paper.",
      ),
    most: z
      .int()
      .positive()
      .optional()
      .describe(
        "Most training questions; where it is given it comes before the shares. Not given in the paper.",
      ),
  })
  .prefault({});

export const refineSection = z
  .strictObject({
    curated: z
      .array(z.string())
      .default([])
      .describe(
        "Curated sets that are refined for training beside the made questions; every other set that curate read is protected: nothing like it is trained on. Not given in the paper.",
      ),
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
    validator: endpointSection
      .optional()
      .describe(
        "Model that verifies labels; without it the graph is asked, by reading the question's words (§3.1: GPT-OSS-120B).",
      ),
    grader: endpointSection
      .optional()
      .describe(
        "Model that grades difficulty by the paper's criteria; without it hops, rarity, closeness of options and length decide.",
      ),
    reviewers: z
      .int()
      .min(1)
      .max(2)
      .default(1)
      .describe(
        "People who must decide alike on a flagged question before it is settled (§3.1: manual review, without a number).",
      ),
    anonymise: z
      .boolean()
      .default(true)
      .describe(
        "Replace what could identify a person (§3.1), by rules for the 18 classes of HIPAA Safe Harbor.",
      ),
    duplicates: duplicatesSection.describe("When two questions count as the same."),
    mix: mixSection.describe("What share of the training questions comes from where."),
    shares: z
      .strictObject({
        train: z
          .number()
          .positive()
          .default(0.65)
          .describe("Share of paths for training. Not given in the paper."),
        dev: share(0.1, "Share of paths for tuning."),
        test: share(0.25, "Share of paths held out."),
        unseen: share(
          0,
          "Share of entities of which no path is trained on; their questions are a held-out set of their own.",
        ),
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
  })
  .prefault({})
  .superRefine(({ keepAtLeast, trials }, context) => {
    if (keepAtLeast > trials)
      context.addIssue({
        code: "custom",
        path: ["keepAtLeast"],
        message: `is ${keepAtLeast}; it must be at most trials ${trials}, or no label could be kept`,
      });
  });

export type RefineSection = z.infer<typeof refineSection>;
