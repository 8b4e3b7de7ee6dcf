/**
 * What the alarms remember of a series: the figures of its last steps, those of its first, the best it has been, and
 * why the last rewards were zero.
 *
 * Invariant: plain JSON that reads back as it was written (no NaN, no −0, no undefined), because a checkpoint carries
 * it: a run that was killed raises the alarms of one that was not.
 */
import { mean } from "../../base/collections.ts";
import type { AlarmName } from "../../recipe/sections/alarms.ts";
import type { Group } from "../../records/rollout.ts";
import { type UnpaidReason, unpaidReason } from "./zero-reasons.ts";

/** A step as the alarms see it. */
export interface ObservedStep {
  readonly step: number;
  /** Metrics of the step by their names without the stage; a figure that is not there is not judged. */
  readonly metrics: Readonly<Record<string, number>>;
  /** All groups that were sampled, those without spread too. */
  readonly groups: readonly Group[];
  /** Share of right answers that guessing gets on the step's questions. */
  readonly chance: number;
  /** What is wrong with the template that the series is asked with, where something is. */
  readonly template?: string | undefined;
}

/** Figures of one step; null where there is no finite number. */
export interface Figures {
  readonly step: number;
  readonly rollouts: number;
  readonly groups: number;
  readonly chance: number;
  /** Rollouts with a reward above 0. */
  readonly paid: number;
  /** Rollouts with a right answer, and the rewards of those and of the others added up. */
  readonly right: number;
  readonly paidRight: number;
  readonly paidWrong: number;
  readonly reward: number | null;
  readonly format: number | null;
  readonly entropy: number | null;
  readonly length: number | null;
  readonly truncated: number | null;
  /** Share of groups without spread. */
  readonly tied: number | null;
  readonly loss: number | null;
  readonly gradNorm: number | null;
  readonly logProbDifference: number | null;
  readonly kl: number | null;
}

export interface WatchState {
  /** The first step, sampled before any update; its loss and gradient are those of the first step that had some. */
  readonly first: Figures | null;
  /** The last steps, newest last; as many as the window. */
  readonly recent: readonly Figures[];
  /** Highest mean reward of up to three steps in a row and the last of them. */
  readonly best: { readonly reward: number; readonly step: number } | null;
  /** Reasons of the last zero rewards, newest last. */
  readonly zeros: readonly UnpaidReason[];
  /** Step at which the state of each raised alarm was last seen. */
  readonly raised: Readonly<Partial<Record<AlarmName, number>>>;
}

export const noWatch: WatchState = { first: null, recent: [], best: null, zeros: [], raised: {} };

/** As many zero rewards as are told apart by reason. */
const ZEROS = 100;
/** Steps whose mean reward is compared: one alone is noise where groups are few. */
export const SMOOTHED = 3;

/** The state with one more step in it; which alarms it raises is another matter. */
export function remember(state: WatchState, observed: ObservedStep, window: number): WatchState {
  const figures = figuresOf(observed);
  const recent = [...state.recent, figures].slice(-Math.max(window, SMOOTHED));
  const reward = latest(recent, "reward");
  const isBest = reward !== null && (state.best === null || reward > state.best.reward);
  return {
    first: firstOf(state.first, figures),
    recent,
    best: isBest ? { reward, step: observed.step } : state.best,
    zeros: [...state.zeros, ...zerosOf(observed.groups)].slice(-ZEROS),
    raised: state.raised,
  };
}

/** Mean of a figure over the newest steps; null where none of them has it. */
export function latest(
  recent: readonly Figures[],
  name: "reward" | "entropy" | "length" | "truncated" | "gradNorm" | "loss" | "kl",
  steps = SMOOTHED,
): number | null {
  const values = recent.slice(-steps).flatMap((figures) => figures[name] ?? []);
  return values.length === 0 ? null : mean(values);
}

function firstOf(first: Figures | null, figures: Figures): Figures {
  if (first === null) return figures;
  if (first.gradNorm !== null) return first;
  return { ...first, gradNorm: figures.gradNorm, loss: figures.loss };
}

function zerosOf(groups: readonly Group[]): UnpaidReason[] {
  const rollouts = groups.flatMap((group) => group.rollouts);
  return rollouts
    .filter(({ reward }) => reward.total === 0)
    .flatMap((rollout) => unpaidReason(rollout) ?? []);
}

function figuresOf({ step, metrics, groups, chance }: ObservedStep): Figures {
  const figure = (name: string): number | null => {
    const value = metrics[name];
    return value === undefined || !Number.isFinite(value) ? null : value + 0;
  };
  const rollouts = groups.flatMap((group) => group.rollouts);
  const isRight = ({ reward }: (typeof rollouts)[number]): boolean =>
    reward.checks.some((check) => check.name === "correct" && check.passed);
  const totals = (some: typeof rollouts): number =>
    some.reduce((sum, { reward }) => sum + (Number.isFinite(reward.total) ? reward.total : 0), 0);
  const right = rollouts.filter(isRight);
  const tied = [figure("tiedRight"), figure("tiedWrong")].flatMap((share) => share ?? []);
  return {
    step,
    rollouts: rollouts.length,
    groups: groups.length,
    chance,
    paid: rollouts.filter(({ reward }) => reward.total > 0).length,
    right: right.length,
    paidRight: totals(right),
    paidWrong: totals(rollouts.filter((rollout) => !isRight(rollout))),
    reward: figure("rewardMean"),
    format: figure("formatMean"),
    entropy: figure("entropy"),
    length: figure("completionTokens"),
    truncated: figure("truncated"),
    tied: tied.length === 0 ? null : tied.reduce((sum, share) => sum + share, 0),
    loss: figure("loss"),
    gradNorm: figure("gradNorm"),
    logProbDifference: figure("logProbDifference"),
    kl: figure("kl"),
  };
}
