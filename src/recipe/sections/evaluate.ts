/** Settings of the evaluate stage (paper §4). */
import { z } from "zod";

export const evaluateSection = z
  .strictObject({
    maxTokens: z
      .int()
      .min(1)
      .default(64)
      .describe("longest reply; longer ones are cut and counted as truncated; not given in the paper"),
    temperature: z
      .number()
      .min(0)
      .default(0)
      .describe("0 takes the most probable token; not given in the paper"),
    batch: z.int().min(1).default(64).describe("questions asked at a time; finished ones survive a kill"),
    resamples: z
      .int()
      .min(200)
      .default(2000)
      .describe("draws of the bootstrap over reasoning paths; the paper gives no intervals"),
    controls: z
      .boolean()
      .default(true)
      .describe("evaluate the controls of the reinforce stage, and the base model by forced choice"),
    benchmarks: z
      .array(z.string())
      .default([])
      .describe("curated sets that the last policy answers, by name (§4.1: nine of them)"),
  })
  .prefault({});

export type EvaluateSection = z.infer<typeof evaluateSection>;
