/**
 * Newton's method for a logit with an L2 penalty: its negative log-likelihood is convex, so that one minimum is the only
 * one. Both fits of weights use it (consistency-fit.ts, leak-fit.ts).
 */

/** Adds the derivatives of the cases at `weights`; of the second ones, only those with column ≤ row are read. */
export type Derivatives = (
  weights: Readonly<Float64Array>,
  gradient: Float64Array,
  curvature: readonly Float64Array[],
) => void;

/** The weights at which penalty/2·|w|² plus the function with these derivatives is least. @throws Error after 50 rounds */
export function newton(from: readonly number[], penalty: number, add: Derivatives): number[] {
  const weights = Float64Array.from(from);
  for (let round = 0; round < 50; round += 1) {
    const gradient = weights.map((weight) => penalty * weight);
    const curvature = from.map((_, at) => new Float64Array(from.length).fill(penalty, at, at + 1));
    add(weights, gradient, curvature);
    const step = solve(curvature, gradient);
    step.forEach((change, at) => {
      weights[at] = (weights[at] as number) - change;
    });
    if (Math.hypot(...step) < 1e-6) return [...weights];
  }
  throw new Error("Newton's method did not converge in 50 rounds");
}

/** x of A·x = b by Cholesky's decomposition, A symmetric and positive definite; A is overwritten. */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  lower.forEach((line, i) => {
    for (let j = 0; j <= i; j += 1) {
      const other = lower[j] as Float64Array;
      let sum = line[j] as number;
      for (let k = 0; k < j; k += 1) sum -= (line[k] as number) * (other[k] as number);
      line[j] = i === j ? Math.sqrt(sum) : sum / (other[j] as number);
    }
  });
  const at = (i: number, j: number): number => (lower[i] as Float64Array)[j] as number;
  const x = right.slice();
  for (let i = 0; i < x.length; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] as number) - at(i, k) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < x.length; k += 1) x[i] = (x[i] as number) - at(k, i) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  return x;
}
