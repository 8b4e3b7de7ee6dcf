/** Alarms on how the policy behaves: it no longer explores, its replies grow to the limit, it is torn apart. */
import { mean } from "../../base/collections.ts";
import { lastWindow, percent, type Rule, short } from "./rule.ts";
import { type Figures, latest, SMOOTHED } from "./state.ts";

/**
 * Entropy that counts as none, in nats a token and as a share of the first step's. A quickstart that goes well ends
 * at 0.10 to 0.14 of 0.29: a policy that knows its answers is sharper, not without choice.
 */
const LOW_ENTROPY = { nats: 0.05, share: 0.2 } as const;
/** Below this nothing is left to explore wherever it began; groups without spread must say the same. */
const NO_ENTROPY = { nats: 0.002, tied: 0.9 } as const;
/** Share of cut replies, or of maxTokens that replies take after growing by a factor, that is too much. */
const LONG = { truncated: 0.5, ofLimit: 0.8, growth: 1.5 } as const;
/** Growth of the share of cut replies that is a change of the policy and not noise. */
const CUT_MORE = 0.25;

/** Every reply is the same as the others of its group, because the policy has no choice left. */
export const entropyCollapse: Rule = ({ state, settings }) => {
  const steps = lastWindow(state, settings);
  const first = state.first?.entropy;
  if (steps === undefined || typeof first !== "number") return undefined;
  const entropies = steps.flatMap(({ entropy }) => entropy ?? []);
  if (entropies.length < steps.length) return undefined;
  const entropy = mean(entropies);
  const tied = mean(steps.map((figures) => figures.tied ?? 0));
  const hasFallen = entropy < LOW_ENTROPY.nats && entropy < LOW_ENTROPY.share * first;
  if (!hasFallen && !(entropy < NO_ENTROPY.nats && tied >= NO_ENTROPY.tied)) return undefined;
  return (
    `entropy has collapsed: ${short(entropy)} nats a token over the last ${steps.length} steps, ${short(first)} at the ` +
    `first; ${percent(tied)} of the groups have no spread, so there is little left to learn from; ` +
    "raise temperature, lower the learning rate, or end the stage earlier"
  );
};

/** Replies reach for the limit of tokens. */
export const lengthRunaway: Rule = ({ state, settings }) => {
  const steps = lastWindow(state, settings);
  const { first } = state;
  if (steps === undefined || first === null) return undefined;
  const length = latest(steps, "length", steps.length);
  const truncated = latest(steps, "truncated", steps.length) ?? 0;
  if (length === null || first.length === null) return undefined;
  const { maxTokens } = settings;
  const hasGrown = length >= LONG.ofLimit * maxTokens && length >= LONG.growth * first.length;
  if (truncated < LONG.truncated && !hasGrown) return undefined;
  const before = first.truncated ?? 0;
  const shown = `${short(length)} tokens a reply and ${percent(truncated)} cut off at maxTokens (${maxTokens}) over the last ${steps.length} steps, ${short(first.length)} and ${percent(before)} at the first`;
  return before >= LONG.truncated
    ? `replies do not end: ${shown}; maxTokens is too small, or the model has not learned to stop`
    : `replies run away in length: ${shown}; lower the learning rate, add a kl weight, or look at what long replies are paid for`;
};

/** The updates are too large for the policy: what it had learned is lost while its replies, entropy or gradient jump. */
export const divergence: Rule = ({ state, settings }) => {
  const { recent, best, first } = state;
  if (best === null || first === null || recent.length < SMOOTHED) return undefined;
  const reward = latest(recent, "reward");
  if (reward === null) return undefined;
  const signs = signsOf(first, recent);
  const full = settings.reward.correct + settings.reward.format;
  const isBelow = (share: number, before: number): boolean =>
    before >= EARNED * full && reward < share * before;
  const begin = first.reward ?? 0;
  const lost =
    (isBelow(MOSTLY_LOST, best.reward) ? 2 : isBelow(HALF_LOST, best.reward) ? 1 : 0) +
    (isBelow(HALF_LOST, begin) ? 1 : 0);
  // Where there was little reward to lose, entropy that rises without any gain says the same.
  const isInVain = reward <= begin && signs.some(({ rose }) => rose);
  if (signs.length === 0 || signs.length + Math.max(lost, isInVain ? 1 : 0) < ENOUGH) return undefined;
  const { lr } = settings.optimizer;
  return (
    `training has diverged: reward ${short(best.reward)} at step ${best.step + 1}, ${short(reward)} over the last ${SMOOTHED}; ` +
    `${signs.map(({ text }) => text).join("; ")}; the learning rate of ${lr} is probably too high: ` +
    `go back to a model from before and take ${Number((lr / 10).toPrecision(2))}`
  );
};

/** Share of the best reward below which it is half or mostly lost. */
const HALF_LOST = 0.5;
const MOSTLY_LOST = 0.2;
/** Share of the full reward that the best must have reached before losing it means anything. */
const EARNED = 0.05;
/** Signs that make a divergence. A reward half lost counts as one, mostly lost as two, below half its start as one more. */
const ENOUGH = 3;
/**
 * Factors on the first step's figures. In the quickstart length and entropy stay within 1.7 and the gradient within
 * 3.3; at 10, 30 and 100 times its learning rate length and entropy have doubled after 12 steps, 3 steps and one.
 */
const FACTOR = { length: 2, entropyUp: 2, entropyDown: 0.25, gradient: 10 } as const;
/** Divergence from the reference, nats a token, that no longer is a change of habit; β keeps it far below 0.1. */
const KL = 1;

interface Sign {
  readonly text: string;
  /** Whether it is a rise of entropy, which learning does not bring about. */
  readonly rose: boolean;
}

function signsOf(first: Figures, recent: readonly Figures[]): Sign[] {
  const signs: Sign[] = [];
  const length = latest(recent, "length");
  const truncated = latest(recent, "truncated");
  const entropy = latest(recent, "entropy");
  const gradNorm = latest(recent, "gradNorm");
  const loss = latest(recent, "loss");
  const kl = latest(recent, "kl");
  const from = (before: number, now: number, unit = ""): string =>
    `went from ${short(before)} to ${short(now)}${unit}`;
  if (length !== null && first.length !== null && isFactor(length / first.length, FACTOR.length))
    signs.push({ text: `replies ${from(first.length, length, " tokens")}`, rose: false });
  else if (truncated !== null && first.truncated !== null && truncated >= first.truncated + CUT_MORE)
    signs.push({
      text: `replies cut off ${from(100 * first.truncated, 100 * truncated, " %")}`,
      rose: false,
    });
  if (entropy !== null && first.entropy !== null && first.entropy > 0) {
    const ratio = entropy / first.entropy;
    if (ratio >= FACTOR.entropyUp || ratio <= FACTOR.entropyDown)
      signs.push({
        text: `entropy ${from(first.entropy, entropy, " nats a token")}`,
        rose: ratio > 1,
      });
  }
  if (gradNorm !== null && first.gradNorm !== null && gradNorm >= FACTOR.gradient * first.gradNorm)
    signs.push({ text: `the gradient's norm ${from(first.gradNorm, gradNorm)}`, rose: false });
  else if (loss !== null && first.loss !== null && Math.abs(loss) >= FACTOR.gradient * Math.abs(first.loss))
    signs.push({ text: `the loss ${from(first.loss, loss)}`, rose: false });
  if (kl !== null && kl >= KL)
    signs.push({ text: `it lies ${short(kl)} nats a token from where it began`, rose: false });
  return signs;
}

function isFactor(ratio: number, factor: number): boolean {
  return ratio >= factor || ratio <= 1 / factor;
}
