/** Alarms on the arithmetic: numbers that are none, and two programs of the engine that do not agree. */
import { lastWindow, type Rule, short } from "./rule.ts";

/**
 * Difference of a token's log-probability when it was sampled and when it was trained on that is no rounding. Both
 * come from the same weights; measured are 2e-5 and less, and a ratio wrong by a hundredth starts to bias the gradient.
 */
const TOLERANCE = 0.01;

/** A metric that is NaN or infinite; raised at once, since nothing after it can be trusted. */
export const nonFinite: Rule = ({ observed, state }) => {
  const bad = Object.entries(observed.metrics).filter(([, value]) => !Number.isFinite(value));
  if (bad.length === 0) return undefined;
  const before = state.recent.at(-2);
  const last =
    before?.gradNorm === undefined || before.gradNorm === null
      ? ""
      : `; the gradient's norm was ${short(before.gradNorm)} a step before`;
  return (
    `not a number: ${bad.map(([name, value]) => `${name} is ${value}`).join(", ")}${last}; ` +
    "go back to the last checkpoint with a lower learning rate, or look for a reward or advantage without bound"
  );
};

/** Sampling and training compute different probabilities with the same weights. */
export const logProbMismatch: Rule = ({ state, settings }) => {
  const steps = lastWindow(state, settings);
  const found = (steps ?? []).flatMap(({ logProbDifference }) => logProbDifference ?? []);
  if (steps === undefined || found.length < Math.ceil(steps.length / 2)) return undefined;
  const least = Math.min(...found);
  if (least <= TOLERANCE) return undefined;
  return (
    `sampling and training disagree: the log-probability of a sampled token differs by ${short(least)} to ` +
    `${short(Math.max(...found))} in the last ${steps.length} steps, where rounding makes 0.0001; the rollouts come from ` +
    "another policy than the one that is trained: other weights, another template or another temperature"
  );
};
