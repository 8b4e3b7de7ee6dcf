/** What every alarm is given, and how its figures are written. */
import type { ReinforceSection } from "../../recipe/sections/reinforce.ts";
import type { Figures, ObservedStep, WatchState } from "./state.ts";

/** The settings that alarms are read against. */
export type WatchSettings = Pick<ReinforceSection, "alarms" | "maxTokens" | "reward"> & {
  readonly optimizer: Pick<ReinforceSection["optimizer"], "lr">;
};

/** The state with the newest step in it, and that step. */
interface View {
  readonly state: WatchState;
  readonly observed: ObservedStep;
  readonly settings: WatchSettings;
}

/** The cause in words with figures where an alarm's state holds. */
export type Rule = (view: View) => string | undefined;

/** The last steps once there are as many as the window. */
export function lastWindow(
  { recent }: WatchState,
  { alarms: { window } }: WatchSettings,
): readonly Figures[] | undefined {
  return recent.length < window ? undefined : recent.slice(-window);
}

/** Sum of a count over steps. */
export function many(
  steps: readonly Figures[],
  name: "paid" | "right" | "rollouts" | "groups" | "paidRight" | "paidWrong",
): number {
  return steps.reduce((sum, figures) => sum + figures[name], 0);
}

/** "97 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}

/** Two significant digits, more where a number has a longer whole part: "0.57", "0.0021", "64", "1,240". */
export function short(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(2)));
}
