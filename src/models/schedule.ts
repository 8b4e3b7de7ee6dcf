/** The learning rate of each step: a rise from nothing, then constant, a line down, half a cosine down, or flat and then a line down. */
import type { OptimizerStep } from "../engine/client.ts";
import type { OptimizerSection } from "../recipe/sections/optimizer.ts";

/** Settings of optimizer step `step` (from 0) of `steps`. */
export function optimizerStep(settings: OptimizerSection, step: number, steps: number): OptimizerStep {
  const { beta1, beta2, eps, weightDecay, clipNorm } = settings;
  return { lr: learningRate(settings, step, steps), beta1, beta2, eps, weightDecay, clipNorm };
}

/** Learning rate of step `step` (from 0) of `steps`. */
export function learningRate(settings: OptimizerSection, step: number, steps: number): number {
  const { lr, warmupSteps, decay, finalLrShare } = settings;
  if (step < warmupSteps) return (lr * (step + 1)) / (warmupSteps + 1);
  const start = decay === "flatThenLinear" ? Math.max(warmupSteps, Math.floor(steps / 2)) : warmupSteps;
  if (decay === "constant" || step < start) return lr;
  const progress = Math.min(1, (step - start) / Math.max(1, steps - 1 - start));
  const fallen = decay === "cosine" ? (1 - Math.cos(Math.PI * progress)) / 2 : progress;
  return lr * (1 - (1 - finalLrShare) * fallen);
}
