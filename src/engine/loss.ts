/**
 * What a training step minimises: −Σ over picked tokens of w · log p, or of the clipped ratio.
 *
 * The ratio form is min(w · r, w · clip(r, 1 − low, 1 + high)) with r = exp(log p − old log p): the clipped
 * surrogate of PPO and GRPO (paper §3.3, Eq. 1). How w is made from advantages and lengths is the caller's business; the
 * engine does not normalise.
 */
import { input, type Tensor } from "./graph.ts";
import { clip, exp, minimum, mul, negate, sub, sum } from "./ops/elementwise.ts";

/** The scalar loss of picked log-probabilities; its further inputs are named here. */
export function objective(logProbs: Tensor, ratio: boolean): Tensor {
  const weights = input("weights", ["picked"]);
  if (!ratio) return negate(sum(mul(weights, logProbs)));
  const r = exp(sub(logProbs, input("oldLogProbs", ["picked"])));
  const held = clip(r, input("ratioLow", []), input("ratioHigh", []));
  return negate(sum(minimum(mul(weights, r), mul(weights, held))));
}

/** The same terms in JavaScript's double precision, for the figures that a step reports. */
export function lossOf(
  logProbs: Float32Array,
  weights: Float32Array,
  ratio?: { readonly old: Float32Array; readonly low: number; readonly high: number },
): { readonly loss: number; readonly clipped: number } {
  let loss = 0;
  let clipped = 0;
  for (let i = 0; i < logProbs.length; i++) {
    const w = weights[i]!;
    if (ratio === undefined) loss -= w * logProbs[i]!;
    else {
      const r = Math.exp(logProbs[i]! - ratio.old[i]!);
      const held = Math.min(Math.max(r, ratio.low), ratio.high);
      loss -= Math.min(w * r, w * held);
      if (w * held < w * r) clipped++;
    }
  }
  return { loss, clipped };
}
