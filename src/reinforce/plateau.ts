/**
 * When stage 1 ends (paper §3.3: "until performance plateaus"; the paper gives no rule).
 *
 * Rule: over the last `window` steps the mean reward rises by less than `slope` a step (least squares) and does not
 * fall by more than its own noise, and the reward is sparse: at least `tiedShare` of the groups have no spread and
 * teach nothing. It is believed once it has held for `patience` steps in a row. The slope is noisy: at 32 questions a
 * step and a window of 20 its standard error was 0.0015 to 0.0023, so what it tells is "no longer rising clearly".
 */
import { mean } from "../base/collections.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";

type PlateauRule = ReinforceSection["plateau"];

/** What the rule looks at, a number a step, and for how many steps in a row it has held; plain data. */
export interface RewardHistory {
  readonly reward: readonly number[];
  readonly tied: readonly number[];
  readonly held: number;
}

export const noHistory: RewardHistory = { reward: [], tied: [], held: 0 };

/** The history with one more step, no longer than the rule needs; `steps` is how many there are with it. */
export function remember(
  history: RewardHistory,
  rule: PlateauRule,
  steps: number,
  { reward, tied }: { readonly reward: number; readonly tied: number },
): RewardHistory {
  const longer = {
    reward: [...history.reward, reward].slice(-rule.window),
    tied: [...history.tied, tied].slice(-rule.window),
  };
  const isFull = steps >= rule.minSteps && longer.reward.length >= rule.window;
  const { slope, sparsity } = plateauFigures(longer);
  const isFlat = slope < rule.slope && slope > -2 * slopeError(longer.reward);
  const holds = isFull && (isFlat || slope === 0) && sparsity >= rule.tiedShare;
  return { ...longer, held: holds ? history.held + 1 : 0 };
}

/** The two figures that the rule compares with its limits: rise of the reward a step, and share of groups without spread. */
export function plateauFigures({ reward, tied }: Pick<RewardHistory, "reward" | "tied">): {
  readonly slope: number;
  readonly sparsity: number;
} {
  return { slope: slopeOf(reward), sparsity: mean(tied) };
}

/** True when the rule has held for long enough. */
export function isPlateau(history: RewardHistory, rule: PlateauRule): boolean {
  return history.held >= rule.patience;
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

/** Standard error of that slope, from what the line leaves over. */
export function slopeError(values: readonly number[]): number {
  const n = values.length;
  if (n < 3) return Number.POSITIVE_INFINITY;
  const slope = slopeOf(values);
  const centre = (n - 1) / 2;
  const average = mean(values);
  const squares = values.reduce((sum, y, x) => sum + (y - average - slope * (x - centre)) ** 2, 0);
  const spread = values.reduce((sum, _, x) => sum + (x - centre) ** 2, 0);
  return Math.sqrt(squares / (n - 2) / spread);
}
