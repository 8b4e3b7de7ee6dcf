/**
 * Alarms that name the cause when reinforcement goes wrong (paper: none): pure functions over what a series carries.
 *
 * An alarm is raised once. While its state lasts it is silent, and it can be raised again when the state has been left
 * for a window. A divergence keeps its symptoms silent (a reward of zero, replies without end): they have its cause.
 */
import { type AlarmName, alarmNames } from "../../recipe/sections/alarms.ts";
import { logProbMismatch, nonFinite } from "./number-rules.ts";
import { divergence, entropyCollapse, lengthRunaway } from "./policy-rules.ts";
import { blindReward, formatMissing, formatOnly, zeroReward } from "./reward-rules.ts";
import type { Rule, WatchSettings } from "./rule.ts";
import { type ObservedStep, remember, type WatchState } from "./state.ts";

export interface Alarm {
  readonly name: AlarmName;
  /** The cause, with figures, and what to do. */
  readonly message: string;
  /** Counted from 0, as in the metrics; words say one more. */
  readonly step: number;
}

const rules: Readonly<Record<AlarmName, Rule>> = {
  nonFinite,
  template: ({ observed }) => observed.template,
  divergence,
  logProbMismatch,
  zeroReward,
  formatMissing,
  formatOnly,
  blindReward,
  entropyCollapse,
  lengthRunaway,
};

const symptoms: ReadonlySet<AlarmName> = new Set([
  "zeroReward",
  "formatMissing",
  "formatOnly",
  "blindReward",
  "entropyCollapse",
  "lengthRunaway",
]);

/** Takes in a finished step: the state that the next one goes on from, and the alarms that this one raises. */
export function observe(
  state: WatchState,
  observed: ObservedStep,
  settings: WatchSettings,
): { readonly state: WatchState; readonly alarms: readonly Alarm[] } {
  const { step } = observed;
  const { window } = settings.alarms;
  const seen = remember(state, observed, window);
  const raised: Partial<Record<AlarmName, number>> = { ...state.raised };
  const alarms: Alarm[] = [];
  const isOn = (name: AlarmName): boolean => {
    const last = raised[name];
    return last !== undefined && step - last <= window;
  };
  for (const name of alarmNames) {
    if (symptoms.has(name) && isOn("divergence")) continue;
    const message = rules[name]({ state: seen, observed, settings });
    if (message === undefined) continue;
    if (!isOn(name)) alarms.push({ name, message, step });
    raised[name] = step;
  }
  return { state: { ...seen, raised }, alarms };
}
