/** Settings of AdamW and its learning rate: the same keys in every stage that trains, each stage with its own defaults. */
import { z } from "zod";

const decays = ["constant", "linear", "cosine", "flatThenLinear"] as const;

interface Defaults {
  readonly lr: number;
  readonly beta2?: number;
  readonly weightDecay?: number;
  readonly warmupSteps: number;
  readonly decay: (typeof decays)[number];
  readonly finalLrShare?: number;
}

/** The section with a stage's defaults; none of them is given in the paper. */
export function optimizerSection(defaults: Defaults) {
  const { lr, beta2 = 0.98, weightDecay = 0.05, warmupSteps, decay, finalLrShare = 0.02 } = defaults;
  return z
    .strictObject({
      lr: z.number().positive().default(lr).describe("peak learning rate; not given in the paper"),
      beta1: z.number().min(0).lt(1).default(0.9).describe("AdamW: decay of the first moment"),
      beta2: z.number().min(0).lt(1).default(beta2).describe("AdamW: decay of the second moment"),
      eps: z.number().positive().default(1e-8).describe("AdamW: added to the root of the second moment"),
      weightDecay: z
        .number()
        .min(0)
        .default(weightDecay)
        .describe("AdamW: decoupled decay, not on norms and biases"),
      clipNorm: z.number().positive().default(1).describe("largest global norm of the gradient"),
      warmupSteps: z.int().min(0).default(warmupSteps).describe("steps over which the rate rises from 0"),
      decay: z
        .enum(decays)
        .default(decay)
        .describe(
          "how the rate falls: not at all, from the start by a line or half a cosine, or by a line over the second half",
        ),
      finalLrShare: z
        .number()
        .min(0)
        .max(1)
        .default(finalLrShare)
        .describe("rate of the last step as a share of the peak"),
    })
    .prefault({});
}

export type OptimizerSection = z.infer<ReturnType<typeof optimizerSection>>;
