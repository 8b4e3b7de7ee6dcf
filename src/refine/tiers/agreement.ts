/**
 * Agreement of two ways to grade: the share of equal tiers, Cohen's kappa (Cohen 1960), and kappa with linear weights
 * (Cohen 1968), which counts a neighbouring tier as half a difference.
 */
import { type Tier, tierSchema } from "../../records/question.ts";

const tiers = tierSchema.options;

export interface Agreement {
  readonly questions: number;
  /** Share of questions with the same tier. */
  readonly same: number;
  /** Agreement beyond chance; null where one grader has only one tier for all, as chance then always agrees. */
  readonly kappa: number | null;
  readonly weightedKappa: number | null;
  /** Offline tier → tier of the model → questions. */
  readonly table: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Agreement over pairs of an offline tier and a model's. */
export function agreementOf(pairs: readonly (readonly [Tier, Tier])[]): Agreement | null {
  const n = pairs.length;
  if (n === 0) return null;
  const counts = tiers.map((one) =>
    tiers.map((other) => pairs.filter(([a, b]) => a === one && b === other).length),
  );
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = tiers.map((_, j) => counts.reduce((sum, row) => sum + (row[j] as number), 0));
  const kappaWith = (weight: (i: number, j: number) => number): number | null => {
    let observed = 0;
    let expected = 0;
    for (let i = 0; i < tiers.length; i++)
      for (let j = 0; j < tiers.length; j++) {
        observed += (weight(i, j) * (counts[i]?.[j] as number)) / n;
        expected += (weight(i, j) * (rows[i] as number) * (columns[j] as number)) / n ** 2;
      }
    return expected === 0 ? null : 1 - observed / expected;
  };
  return {
    questions: n,
    same: pairs.filter(([one, other]) => one === other).length / n,
    kappa: kappaWith((i, j) => (i === j ? 0 : 1)),
    weightedKappa: kappaWith((i, j) => Math.abs(i - j) / (tiers.length - 1)),
    table: Object.fromEntries(
      tiers.map((one, i) => [
        one,
        Object.fromEntries(tiers.map((other, j) => [other, counts[i]?.[j] as number])),
      ]),
    ),
  };
}
