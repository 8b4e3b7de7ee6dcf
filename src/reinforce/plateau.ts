/**
 * When stage 1 ends (paper §3.3: "until performance plateaus"; the paper gives no rule).
 *
 * Rule: over the last `window` steps the mean reward rises by less than `slope` a step (least squares), and the
 * reward is sparse: at least `tiedShare` of the groups have no spread and teach nothing.
 */
import { mean } from "../base/collections.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";

/** What the rule looks at, a number a step. */
export interface RewardHistory {
  readonly reward: readonly number[];
  readonly tied: readonly number[];
}

export const noHistory: RewardHistory = { reward: [], tied: [] };

/** The history with one more step, no longer than the rule needs. */
export function remember(
  history: RewardHistory,
  window: number,
  reward: number,
  tied: number,
): RewardHistory {
  return { reward: [...history.reward, reward].slice(-window), tied: [...history.tied, tied].slice(-window) };
}

/** True when the rule holds after `step` steps. */
export function isPlateau(history: RewardHistory, step: number, rule: ReinforceSection["plateau"]): boolean {
  if (step < rule.minSteps || history.reward.length < rule.window) return false;
  return slopeOf(history.reward) < rule.slope && mean(history.tied) >= rule.tiedShare;
}

/** Slope of the least-squares line through values at 0, 1, 2 … */
export function slopeOf(values: readonly number[]): number {
  const centre = (values.length - 1) / 2;
  const average = mean(values);
  let above = 0;
  let below = 0;
  for (const [x, y] of values.entries()) {
    above += (x - centre) * (y - average);
    below += (x - centre) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
