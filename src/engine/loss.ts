/**
 * What a training step minimises: −Σ over picked tokens of w · log p, or of the clipped ratio; and, where the policy
 * is held to a reference, + Σ v · KL.
 *
 * The ratio form is min(w · r, w · clip(r, 1 − low, 1 + high)) with r = exp(log p − old log p): the clipped surrogate
 * of PPO and GRPO, which is the paper's Eq. 1 while r is 1. KL of a sampled token is estimated by
 * exp(d) − d − 1 with d = reference's log p − log p: never negative, 0 where both agree, and unbiased. How w and v are
 * made from advantages and lengths is the caller's business; the engine does not normalise.
 */
import { input, type Tensor } from "./graph.ts";
import { add, clip, exp, minimum, mul, negate, ones, sub, sum } from "./ops/elementwise.ts";

/** Which terms a step has: each is one more program and costs nothing where it is not asked for. */
export interface LossForm {
  readonly ratio: boolean;
  readonly kl: boolean;
}

/** The scalar loss of picked log-probabilities; its further inputs are named here. */
export function objective(logProbs: Tensor, { ratio, kl }: LossForm): Tensor {
  const loss = negate(sum(rewarded(logProbs, ratio)));
  if (!kl) return loss;
  const d = sub(input("refLogProbs", ["picked"]), logProbs);
  const divergence = sub(sub(exp(d), d), ones());
  return add(loss, sum(mul(input("klWeights", ["picked"]), divergence)));
}

function rewarded(logProbs: Tensor, ratio: boolean): Tensor {
  const weights = input("weights", ["picked"]);
  if (!ratio) return mul(weights, logProbs);
  const r = exp(sub(logProbs, input("oldLogProbs", ["picked"])));
  const held = clip(r, input("ratioLow", []), input("ratioHigh", []));
  return minimum(mul(weights, r), mul(weights, held));
}

/** What the loss of picked tokens depends on beside their log-probabilities. */
export interface LossTerms {
  readonly weights: Float32Array;
  readonly ratio?: { readonly old: Float32Array; readonly low: number; readonly high: number } | undefined;
  readonly kl?: { readonly weights: Float32Array; readonly reference: Float32Array } | undefined;
}

/** The same terms in JavaScript's double precision, for the figures that a step reports. */
export function lossOf(
  logProbs: Float32Array,
  { weights, ratio, kl }: LossTerms,
): { readonly loss: number; readonly clipped: number; readonly kl: number } {
  let loss = 0;
  let clipped = 0;
  let divergence = 0;
  for (let i = 0; i < logProbs.length; i++) {
    const w = weights[i]!;
    if (ratio === undefined) loss -= w * logProbs[i]!;
    else {
      const r = Math.exp(logProbs[i]! - ratio.old[i]!);
      const held = Math.min(Math.max(r, ratio.low), ratio.high);
      loss -= Math.min(w * r, w * held);
      if (w * held < w * r) clipped++;
    }
    if (kl === undefined) continue;
    const v = kl.weights[i]!;
    const d = kl.reference[i]! - logProbs[i]!;
    const own = Math.exp(d) - d - 1;
    loss += v * own;
    if (v !== 0) divergence += own;
  }
  return { loss, clipped, kl: divergence };
}
