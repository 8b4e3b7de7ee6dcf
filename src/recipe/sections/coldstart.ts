/** Settings of the chain-of-thought cold start (paper §3.2). */
import { z } from "zod";
import { budgetSection, modelPathField, servedModelFields } from "./model.ts";
import { optimizerSection } from "./optimizer.ts";

/** What can be checked in a text of reasoning, by the names its checks have. */
export const reasoningChecks = [
  "arithmetic",
  "formula",
  "units",
  "claims",
  "guidelines",
  "leak",
  "consistency",
  "uncertainty",
  "brevity",
  "locality",
  "repetition",
  "language",
] as const;

export type ReasoningCheckName = (typeof reasoningChecks)[number];

const graphTeacher = z.strictObject({
  citeFindings: z
    .boolean()
    .default(true)
    .describe(
      "repeat the findings before naming what they suggest; a model of a million parameters copies lists badly",
    ),
  exploreShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe(
      "share of trajectories that weigh a more common condition and step back from it (§3.2: backtracking, path exploration)",
    ),
});

const localTeacher = z.strictObject({
  path: modelPathField,
  maxTokens: z.int().min(1).default(1024).describe("longest reply, thinking included; the paper gives none"),
});

const servedTeacher = z.strictObject(servedModelFields);

export const coldstartSection = z
  .strictObject({
    pathShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.15)
      .describe(
        "share of training paths for which a trajectory is written: gold reasoning is scarce; not given in the paper",
      ),
    wordingsPerPath: z.int().min(1).default(3).describe("questions of a path that get a trajectory"),
    teacher: z
      .union([graphTeacher, localTeacher, servedTeacher])
      .prefault({})
      .describe(
        "who writes trajectories: the knowledge graph, a model on this machine (path), or one behind an address (url, name); §3.2 has a strong language model",
      ),
    selection: z
      .strictObject({
        mode: z
          .enum(["hybrid", "passAtK", "labelConditioned"])
          .default("hybrid")
          .describe(
            "of a language model's replies: passAtK keeps right ones that were written without the answer, labelConditioned gives the answer (§3.2), hybrid gives it only where no free reply is right",
          ),
        samples: z
          .int()
          .min(1)
          .max(256)
          .default(4)
          .describe("free replies to a question, k; not given in the paper"),
        temperature: z
          .number()
          .min(0)
          .default(0.7)
          .describe("sampling temperature of the teacher; not given in the paper"),
      })
      .prefault({}),
    refinement: z
      .strictObject({
        turns: z
          .int()
          .min(0)
          .max(16)
          .default(3)
          .describe(
            "most turns after a draft that fails a check: backtracking, path exploration or self-correction (§3.2); 0 takes drafts as they are",
          ),
      })
      .prefault({}),
    checks: z
      .strictObject({
        reject: z
          .array(z.enum(reasoningChecks))
          .default(reasoningChecks.filter((name) => name !== "uncertainty" && name !== "locality"))
          .describe("checks that a trajectory must pass; the others are recorded; not given in the paper"),
        guidelines: z
          .array(z.string())
          .default([])
          .describe("files of guideline snippets that claims are held against; not given in the paper"),
        maxWords: z
          .int()
          .min(1)
          .default(600)
          .describe("longest thinking, in words (characters in Chinese); not given in the paper"),
      })
      .prefault({})
      .describe("what is checked in a language model's reasoning (§3.2: verifiable filters)"),
    budget: budgetSection
      .optional()
      .describe(
        "what the teacher may cost in this run, kept replies included; when it is spent the stage ends early, and goes on with a larger one; not given in the paper",
      ),
    passes: z.int().min(1).default(5).describe("passes over the trajectories; not given in the paper"),
    batch: z.int().min(1).default(32).describe("trajectories in a step"),
    optimizer: optimizerSection({ lr: 1e-3, warmupSteps: 5, decay: "linear" }),
    heldOutShare: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.05)
      .describe(
        "share of the questions whose trajectories are held out; the checkpoint with the lowest loss on them is kept; 0 learns from all and keeps the last; not given in the paper",
      ),
    heldOutEvery: z
      .int()
      .min(1)
      .default(20)
      .describe("steps between two looks at the held-out loss; not given in the paper"),
    saveEvery: z
      .int()
      .min(1)
      .default(40)
      .describe("steps between checkpoints that a killed run goes on from"),
  })
  .prefault({});

export type ColdstartSection = z.infer<typeof coldstartSection>;

/** The settings of the graph teacher: those given, or its defaults where a language model teaches. */
export function graphTeacherOf(teacher: ColdstartSection["teacher"]): GraphTeacherSection {
  return "citeFindings" in teacher ? teacher : graphTeacher.parse({});
}

export type GraphTeacherSection = z.infer<typeof graphTeacher>;
export type LocalTeacherSection = z.infer<typeof localTeacher>;
export type ServedTeacherSection = z.infer<typeof servedTeacher>;
