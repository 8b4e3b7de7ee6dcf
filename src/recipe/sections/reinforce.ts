/** Settings of two-stage reinforcement (paper §3.3, Eq. 1–3). */
import { z } from "zod";
import { optimizerSection } from "./optimizer.ts";

const sampling = {
  questionsPerStep: z.int().min(1).describe("questions sampled in a step; not given in the paper"),
  groupSize: z
    .int()
    .describe("rollouts of a question, k of Eq. 2; not given in the paper")
    .superRefine((k, context) => {
      if (k < 2)
        context.addIssue({
          code: "custom",
          message: `is ${k}; GRPO compares answers within a group, so it must be at least 2`,
        });
    }),
};

export const reinforceSection = z
  .strictObject({
    temperature: z
      .number()
      .positive()
      .default(1)
      .describe("sampling temperature of rollouts; not given in the paper"),
    maxTokens: z
      .int()
      .min(4)
      .default(64)
      .describe("longest reply of a rollout; longer ones are cut and count as truncated"),
    reward: z
      .strictObject({
        correct: z.number().min(0).default(1).describe("reward of a right answer (§3.3: correctness)"),
        format: z.number().min(0).default(0.1).describe("reward of the required form (§3.3: format)"),
      })
      .prefault({}),
    advantage: z
      .enum(["mean", "meanAndDeviation"])
      .default("mean")
      .describe("Eq. 2 subtracts the group's mean only; the other form also divides by its deviation"),
    lossNorm: z
      .enum(["sequenceSum", "sequenceMean", "tokenMean"])
      .default("sequenceSum")
      .describe(
        "Eq. 1 sums over the tokens of a rollout and averages over rollouts; the others divide by its length or by all tokens",
      ),
    optimizer: optimizerSection({
      lr: 3e-4,
      beta2: 0.99,
      weightDecay: 0,
      warmupSteps: 5,
      decay: "linear",
      finalLrShare: 0.1,
    }),
    stage1: z
      .strictObject({
        steps: z
          .int()
          .min(1)
          .default(100)
          .describe("most optimizer steps; the plateau rule may end the stage earlier"),
        questionsPerStep: sampling.questionsPerStep.default(32),
        groupSize: sampling.groupSize.default(8),
        easyShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.2)
          .describe("share of Easy questions; the rest is Moderate (§3.3: stage 1 on Easy and Moderate)"),
      })
      .prefault({}),
    plateau: z
      .strictObject({
        window: z.int().min(2).default(20).describe("steps over which the reward is looked at"),
        minSteps: z.int().min(1).default(60).describe("no plateau is called before this step"),
        slope: z
          .number()
          .min(0)
          .default(0.0005)
          .describe("rise of the mean reward a step below which it counts as flat"),
        tiedShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.3)
          .describe("share of groups without spread from which the reward counts as sparse"),
      })
      .prefault({})
      .describe("when stage 1 ends (§3.3 names the plateau, not the rule)"),
    stage2: z
      .strictObject({
        rounds: z
          .int()
          .min(1)
          .default(2)
          .describe("times that the pool is evaluated and hard samples are mined anew (§3.3: iterated)"),
        stepsPerRound: z.int().min(1).default(28).describe("optimizer steps after each mining"),
        questionsPerStep: sampling.questionsPerStep.default(24),
        groupSize: sampling.groupSize.default(16),
        miningWordings: z.int().min(1).default(2).describe("questions of each path asked when mining"),
        miningSamples: z.int().min(1).default(2).describe("replies to each of them"),
        hardAtMost: z
          .number()
          .min(0)
          .max(1)
          .default(0.5)
          .describe("share of right replies up to which a path is a repeated failure"),
        replayShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.25)
          .describe("share of questions drawn from the paths that are not hard"),
      })
      .prefault({}),
    controls: z
      .array(z.enum(["stage1Continued", "uniform", "fullSft"]))
      .default([])
      .describe(
        "continuations from the end of stage 1 at stage 2's number of tokens, and supervised fine-tuning, with the settings of coldstart, on trajectories of every training path: what the ablation is read against",
      ),
    saveEvery: z
      .int()
      .min(1)
      .default(10)
      .describe("steps between checkpoints that a killed run goes on from"),
    keepGroups: z.int().min(0).default(2).describe("groups of each step kept for reading in groups.jsonl"),
  })
  .prefault({});

export type ReinforceSection = z.infer<typeof reinforceSection>;
