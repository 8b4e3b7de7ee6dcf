/**
 * AdamW over a range of the flat state: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², and
 * w ← w − lr·λ·w − lr · (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε), the order of operations of PyTorch.
 *
 * Weight decay is decoupled and applies to matrices only (Loshchilov and Hutter, "Decoupled Weight Decay
 * Regularization", 2019). Each element is independent, so ranges may be updated by different workers.
 */
import type { OptimizerStep } from "./client.ts";
import type { Parameter } from "./parameters.ts";

/** The state of training, flat, in the order of the parameters. */
export interface TrainingState {
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Updates elements [from, to) at optimizer step number `count` (from 1); the gradient is scaled first. */
export function adamw(
  { weights, mean, variance }: TrainingState,
  gradient: Float32Array,
  gradientScale: number,
  step: OptimizerStep,
  count: number,
  parameters: readonly Parameter[],
  from: number,
  to: number,
): void {
  const { lr, beta1, beta2, eps } = step;
  const stepSize = lr / (1 - beta1 ** count);
  const root = Math.sqrt(1 - beta2 ** count);
  for (const { role, offset, size } of parameters) {
    const keep = role === "norm" || role === "bias" ? 1 : 1 - lr * step.weightDecay;
    const end = Math.min(to, offset + size);
    for (let i = Math.max(from, offset); i < end; i++) {
      const g = gradient[i]! * gradientScale;
      const m = beta1 * mean[i]! + (1 - beta1) * g;
      const v = beta2 * variance[i]! + (1 - beta2) * g * g;
      mean[i] = m;
      variance[i] = v;
      weights[i] = weights[i]! * keep - (stepSize * m) / (Math.sqrt(v) / root + eps);
    }
  }
}
