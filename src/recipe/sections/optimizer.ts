/** Settings of AdamW and its learning rate, the same keys in every stage that trains. */
import { z } from "zod";

export const optimizerSection = z.strictObject({
  lr: z.number().positive().describe("peak learning rate; not given in the paper"),
  beta1: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .describe("AdamW: decay of the first moment; not given in the paper"),
  beta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.98)
    .describe("AdamW: decay of the second moment; not given in the paper"),
  eps: z.number().positive().default(1e-8).describe("AdamW: added to the root of the second moment"),
  weightDecay: z.number().min(0).default(0.05).describe("AdamW: decoupled decay, not on norms and biases"),
  clipNorm: z.number().positive().default(1).describe("largest global norm of the gradient"),
  warmupSteps: z.int().min(0).default(0).describe("steps over which the rate rises from 0"),
  decay: z
    .enum(["constant", "linear", "flatThenLinear"])
    .default("linear")
    .describe("how the rate falls: not at all, from the start, or over the second half"),
  finalLrShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.02)
    .describe("rate of the last step as a share of the peak"),
});

export type OptimizerSection = z.infer<typeof optimizerSection>;
