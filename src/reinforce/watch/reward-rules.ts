/** Alarms on what is paid: a reward flat at zero, form without knowledge, a reward that does not look at the answer. */
import { mean } from "../../base/collections.ts";
import { lastWindow, many, percent, type Rule, short } from "./rule.ts";
import { reasonWords, type UnpaidReason } from "./zero-reasons.ts";

/** Share of paid rollouts up to which a reward is flat at zero: one in a hundred teaches next to nothing. */
const PAID = 0.01;
/**
 * Share of replies of the right form below which a policy does not write it. Over ten steps, healthy series of a cold
 * start have 18 % and more, and those asked with a template that is not theirs 3 % and less.
 */
const FORMLESS = 0.05;
/** Share of replies of the right form from which the form is learned. */
const SATURATED = 0.9;
/** Standard errors above chance up to which answers are at chance; a group counts once, as its replies are alike. */
const ERRORS = 2;
/** Share of chance below which guessing cannot be the cause. */
const FAR_BELOW = 0.5;
/** Right and wrong replies that must each be there before what they are paid is compared. */
const COMPARED = 20;
/** Share of its price that a right answer must at least bring. */
const PRICE = 0.5;

/** Nobody is paid: says why, by the reasons of the last hundred zeros. */
export const zeroReward: Rule = ({ state, settings }) => {
  const steps = lastWindow(state, settings);
  if (steps === undefined) return undefined;
  if (steps.some(({ paid, rollouts }) => rollouts === 0 || paid > PAID * rollouts)) return undefined;
  const paid = many(steps, "paid");
  const all = many(steps, "rollouts");
  const counts = countsOf(state.zeros);
  // One right reply that earns nothing tells more than all the wrong ones.
  const isBroken = state.zeros.includes("unpaid");
  const main = isBroken ? "unpaid" : (counts[0]?.[0] ?? "unpaid");
  const parts = counts.map(([reason, count]) => `${count} ${reasonWords[reason]}`).join(", ");
  return (
    `the reward is flat at zero: ${paid} of ${all} rollouts of the last ${steps.length} steps were paid; ` +
    `of the last ${state.zeros.length} unpaid ${parts}; ${adviceFor(main, settings.maxTokens)}`
  );
};

/** Answers are paid and the form that was taught is never written: reinforcement then unlearns the thinking. */
export const formatMissing: Rule = (view) => {
  const steps = lastWindow(view.state, view.settings);
  if (steps === undefined || zeroReward(view) !== undefined) return undefined;
  const formats = steps.flatMap((figures) => figures.format ?? []);
  if (formats.length < steps.length || mean(formats) >= FORMLESS) return undefined;
  const correct = many(steps, "right") / Math.max(1, many(steps, "rollouts"));
  return (
    `the form is never written: over the last ${steps.length} steps ${percent(mean(formats))} of the replies have it and ` +
    `${percent(correct)} the right answer, which is paid without it; the prompt's template does not fit the model, or ` +
    "its cold start is too short"
  );
};

/** The form is right nearly always and answers are guessed. */
export const formatOnly: Rule = ({ state, settings }) => {
  const steps = lastWindow(state, settings);
  if (steps === undefined) return undefined;
  const format = mean(steps.flatMap((figures) => figures.format ?? []));
  const correct = many(steps, "right") / Math.max(1, many(steps, "rollouts"));
  const chance = mean(steps.map((figures) => figures.chance));
  const error = Math.sqrt((chance * (1 - chance)) / Math.max(1, many(steps, "groups")));
  if (format < SATURATED || correct > chance + ERRORS * error) return undefined;
  const shown = `${percent(format)} of the replies have the right form and ${percent(correct)} the right answer, which guessing gets in ${percent(chance)}`;
  const advice =
    correct < FAR_BELOW * chance
      ? "so few cannot be guesses: the gold answers do not belong to the questions, or right ones are read as wrong"
      : "the form is paid without knowledge: lower reward.format, ask easier questions or start from a better cold start";
  return `only the form is learned: over the last ${steps.length} steps ${shown}; ${advice}`;
};

/** Right answers earn no more than wrong ones. */
export const blindReward: Rule = (view) => {
  const { state, settings } = view;
  const steps = lastWindow(state, settings);
  if (steps === undefined || zeroReward(view) !== undefined) return undefined;
  const right = many(steps, "right");
  const wrong = many(steps, "rollouts") - right;
  if (right < COMPARED || wrong < COMPARED) return undefined;
  const paidRight = many(steps, "paidRight") / right;
  const paidWrong = many(steps, "paidWrong") / wrong;
  const price = settings.reward.correct;
  if (price > 0 && paidRight - paidWrong >= PRICE * price) return undefined;
  const cause =
    price > 0
      ? `reward.correct promises ${short(price)} more; what is paid does not follow from the checks`
      : "reward.correct is 0, so only the form is paid";
  return `the reward does not look at the answer: over the last ${steps.length} steps right replies earned ${short(paidRight)} and wrong ones ${short(paidWrong)} in the mean; ${cause}`;
};

/** Reasons by how often they occur; ties in the order of the list. */
function countsOf(reasons: readonly UnpaidReason[]): [UnpaidReason, number][] {
  return (Object.keys(reasonWords) as UnpaidReason[])
    .map((reason): [UnpaidReason, number] => [reason, reasons.filter((one) => one === reason).length])
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
}

function adviceFor(main: UnpaidReason, maxTokens: number): string {
  switch (main) {
    case "unpaid":
      return "the reward is broken: its checks find right answers and it pays nothing for them (reward.correct, reward.format)";
    case "empty":
      return "the first token ends the reply: the prompt's template does not fit the model";
    case "cutWithoutTags":
      return `replies reach maxTokens (${maxTokens}) before they take the form: it is too small for them, or the model does not end its replies (a template that is not its own, no cold start)`;
    case "noTags":
      return "the form never arrives: the prompt's template does not fit the model, tags are lost when tokens become text, or it needs a cold start";
    case "truncated":
      return `maxTokens (${maxTokens}) is too small for its thinking, or it has not learned to end it`;
    case "tagOrder":
    case "textAfter":
      return "the model half knows the form: its template has other tags, or it needs a longer cold start";
    case "severalAnswers":
      return "the model hedges: it needs a cold start with one answer a reply";
    case "noOption":
      return "answers are not taken from the options: look at how the prompt shows them";
    case "wrongLetter":
    case "notInThinking":
      return "answers are read and none is right: the questions are too hard for this model, or their gold answers are wrong";
    default:
      return main satisfies never;
  }
}
