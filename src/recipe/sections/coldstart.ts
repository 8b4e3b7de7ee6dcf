/** Settings of the chain-of-thought cold start (paper §3.2). */
import { z } from "zod";
import { optimizerSection } from "./optimizer.ts";

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
      .strictObject({
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
      })
      .prefault({}),
    passes: z.int().min(1).default(5).describe("passes over the trajectories; not given in the paper"),
    batch: z.int().min(1).default(32).describe("trajectories in a step"),
    optimizer: optimizerSection({ lr: 1e-3, warmupSteps: 5, decay: "linear" }),
    saveEvery: z
      .int()
      .min(1)
      .default(40)
      .describe("steps between checkpoints that a killed run goes on from"),
  })
  .prefault({});

export type ColdstartSection = z.infer<typeof coldstartSection>;

export type TeacherSection = ColdstartSection["teacher"];
