/**
 * Difficulty tiers (paper §3.1, which grades by a model's pass rate). Here a made question's tier comes from its path,
 * since no model exists yet when the curriculum is laid out: one hop from the name is easy, a contraindication that
 * must be found from symptoms is difficult, the rest moderate; a rare subject lifts a question one tier, and so does
 * a label that only some trials reached.
 *
 * Invariant: rarity and not the type makes most difficulty, so that nearly every type is in the tiers of stage 1: a
 * type that stage 1 never sees is unlearned there.
 */
import { type Question, type Tier, tierSchema } from "../records/question.ts";

const order = tierSchema.options;

/** The tier of a question whose label some or all trials reached. */
export function tierOf(question: Question, trials: { readonly correct: number; readonly all: number }): Tier {
  const isDisputed = trials.correct < trials.all;
  const { origin } = question;
  if (origin.kind === "curated") return isDisputed ? "difficult" : "moderate";
  const isFromSymptoms = origin.path.some((step) => step.predicate === "HAS_SYMPTOM");
  const hasCondition = /To(?:Avoid|Usable)$/.test(origin.type);
  const level = origin.hops === 1 && !isFromSymptoms ? 0 : isFromSymptoms && hasCondition ? 2 : 1;
  const lifted = level + (origin.isRare ? 1 : 0) + (isDisputed ? 1 : 0);
  return order[Math.min(order.length - 1, lifted)] as Tier;
}

/** Whether a question is one hop from a name: the share of these in a test set is kept small. */
export function isOneHop(question: Question): boolean {
  const { origin } = question;
  return (
    origin.kind === "synthetic" &&
    origin.hops === 1 &&
    origin.path.every((step) => step.predicate !== "HAS_SYMPTOM")
  );
}
