/** Settings of two-stage reinforcement (paper §3.3, Eq. 1–3). */
import { z } from "zod";
import { alarmsSection } from "./alarms.ts";
import { optimizerSection } from "./optimizer.ts";

/** What stage 2 is read against: other ways to spend its tokens, or those of the stage before. */
const controlNames = [
  "stage1Continued",
  "uniform",
  "randomSamples",
  "untieredStage1",
  "withoutColdstart",
  "sftContinued",
  "fullSft",
] as const;

export type ControlName = (typeof controlNames)[number];

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
    from: z
      .enum(["coldstart", "pretrain"])
      .default("coldstart")
      .describe("whose model stage 1 begins with (§4.1.3: the 32B model has no cold start)"),
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
      .enum(["sequenceSum", "sequenceMean", "tokenMean", "drGrpo"])
      .default("sequenceSum")
      .describe(
        "Eq. 1 sums over the tokens of a rollout and averages over rollouts; sequenceMean (GRPO) divides each by its length, tokenMean (DAPO) by all tokens of the step, drGrpo by maxTokens",
      ),
    clip: z
      .strictObject({
        low: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.2)
          .describe("the ratio counts down to 1 − low; not given in the paper"),
        high: z
          .number()
          .gt(0)
          .default(0.2)
          .describe("the ratio counts up to 1 + high; not given in the paper"),
      })
      .optional()
      .describe(
        "PPO's clipped importance ratio; none: Eq. 1 as printed, exact while every batch is learned from once",
      ),
    kl: z
      .number()
      .min(0)
      .default(0)
      .describe(
        "weight β of the KL divergence from the policy that the phase began with; Eq. 1 of the paper has none",
      ),
    updatesPerBatch: z
      .int()
      .min(1)
      .max(16)
      .default(1)
      .describe("optimizer steps on the rollouts of a step; more than 1 takes clip; not given in the paper"),
    groupsWithoutSpread: z
      .enum(["count", "drop", "dropByAnswer"])
      .default("count")
      .describe(
        "groups whose rewards are all the same teach nothing: count them among the step's questions, drop them so that the others weigh more, or drop also those whose answers are all right or all wrong and only the form differs; not given in the paper",
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
        patience: z
          .int()
          .min(1)
          .default(3)
          .describe("steps in a row after which the rule is believed; not given in the paper"),
      })
      .prefault({})
      .describe("when stage 1 ends (§3.3 names the plateau, not the rule)"),
    stage2: z
      .strictObject({
        rounds: z
          .int()
          .min(1)
          .default(4)
          .describe("most times that the pool is evaluated and hard samples are mined anew (§3.3: iterated)"),
        stepsPerRound: z.int().min(1).default(46).describe("optimizer steps after each mining"),
        patience: z
          .int()
          .min(1)
          .default(2)
          .describe(
            "rounds without a better validation accuracy after which stage 2 ends; the model of the best round is kept; not given in the paper",
          ),
        validationQuestions: z
          .int()
          .min(0)
          .default(600)
          .describe(
            "validation questions answered before each round and at the end, which are never mined; 0: all rounds are run and the last is kept; not given in the paper",
          ),
        questionsPerStep: sampling.questionsPerStep.default(21),
        groupSize: sampling.groupSize.default(12),
        miningWordings: z.int().min(1).default(2).describe("questions of each path asked when mining"),
        miningSamples: z.int().min(1).default(2).describe("replies to each of them"),
        hardAtMost: z
          .number()
          .min(0)
          .max(1)
          .default(0.5)
          .describe("share of right replies up to which a path is a repeated failure"),
        difficultWeight: z
          .number()
          .min(1)
          .default(2)
          .describe(
            "how much more often a hard path is drawn when it is of the Difficult tier; not given in the paper",
          ),
        replayShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.25)
          .describe("share of questions drawn from the paths that are not hard"),
      })
      .prefault({}),
    controls: z
      .array(z.enum(controlNames))
      .default([])
      .describe(
        "what the ablation is read against, each at the tokens of the stage it stands beside: from the end of stage 1 its own mix (stage1Continued), the whole pool (uniform), stage 2 with random instead of mined questions (randomSamples), SFT on trajectories of all paths (fullSft); from the cold start stage 1 without tiers (untieredStage1) and SFT on the same trajectories (sftContinued); stage 1 from the base (withoutColdstart)",
      ),
    alarms: alarmsSection,
    saveEvery: z
      .int()
      .min(1)
      .default(10)
      .describe("steps between checkpoints that a killed run goes on from"),
    keepGroups: z.int().min(0).default(2).describe("groups of each step kept for reading in groups.jsonl"),
  })
  .prefault({})
  .superRefine(({ updatesPerBatch, clip, from, controls }, context) => {
    const taught = controls.filter((name) => name === "sftContinued" || name === "withoutColdstart");
    if (from === "pretrain" && taught.length > 0)
      context.addIssue({
        code: "custom",
        path: ["controls"],
        message: `has ${taught.join(" and ")}, which ${taught.length === 1 ? "stands" : "stand"} beside a cold start; with from: pretrain there is none, so leave them out`,
      });
    if (updatesPerBatch > 1 && clip === undefined)
      context.addIssue({
        code: "custom",
        path: ["updatesPerBatch"],
        message: `is ${updatesPerBatch} without clip; from the second update on the rollouts are of another policy, so give clip: { low: 0.2, high: 0.2 } or set it to 1`,
      });
  });

export type ReinforceSection = z.infer<typeof reinforceSection>;
