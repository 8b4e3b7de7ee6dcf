/**
 * Group Relative Policy Optimization as the paper writes it (§3.3, Eq. 1–3).
 *
 * Departures that others make and the paper does not, each a setting and none the default: dividing the advantage by
 * the group's deviation, dividing the loss by length. There is no KL term and no clipping: every group is sampled
 * from the very weights that it updates, so the ratio of Eq. 1's usual form is 1 throughout.
 *
 * The engine maximises Σ w_t log π(token_t); everything here comes down to those weights.
 */
import { mean } from "../base/collections.ts";
import type { TrainSequence } from "../engine/client.ts";
import type { Group, Rollout } from "../records/rollout.ts";

export type AdvantageForm = "mean" | "meanAndDeviation";
export type LossNorm = "sequenceSum" | "sequenceMean" | "tokenMean";

/** Eq. 2: A_i = r_i − mean(r_1 … r_k); the other form divides by the group's deviation (over k − 1, as TRL and verl). */
export function advantages(rewards: readonly number[], form: AdvantageForm): number[] {
  const baseline = mean(rewards);
  const centred = rewards.map((reward) => reward - baseline);
  if (form === "mean") return centred;
  const deviation = Math.sqrt(centred.reduce((sum, a) => sum + a * a, 0) / (rewards.length - 1));
  return centred.map((a) => a / (deviation + 1e-4));
}

/** A question's rollouts as the unit of Eq. 3. */
export function groupOf(question: string, rollouts: readonly Rollout[], form: AdvantageForm): Group {
  return {
    question,
    rollouts,
    advantages: advantages(
      rollouts.map((rollout) => rollout.reward.total),
      form,
    ),
  };
}

/** True when all rollouts earned the same: every advantage is 0 and the group teaches nothing. */
export function isTied(group: Group): boolean {
  return group.advantages.every((advantage) => Math.abs(advantage) < 1e-9);
}

/**
 * Eq. 1 and 3: the objective (1/k) Σ_i A_i log π(y_i | x), averaged over the questions of a step, as one coefficient
 * a token. log π(y_i | x) is the sum over the tokens of y_i. Tied groups are left out, which changes nothing but the
 * time, since their coefficients are 0; they still count as questions.
 */
export function objective(groups: readonly Group[], norm: LossNorm): TrainSequence[] {
  const allTokens = groups
    .flatMap((group) => group.rollouts)
    .reduce((sum, rollout) => sum + rollout.tokens.length, 0);
  return groups
    .filter((group) => !isTied(group))
    .flatMap((group) =>
      group.rollouts.map((rollout, i) => {
        const share = shareOf(norm, {
          rollout,
          k: group.rollouts.length,
          questions: groups.length,
          allTokens,
        });
        return sequenceOf(`${group.question}/${i}`, rollout, group.advantages[i]! * share);
      }),
    );
}

interface Place {
  readonly rollout: Rollout;
  readonly k: number;
  readonly questions: number;
  readonly allTokens: number;
}

function shareOf(norm: LossNorm, { rollout, k, questions, allTokens }: Place): number {
  switch (norm) {
    case "sequenceSum":
      return 1 / (k * questions);
    case "sequenceMean":
      return 1 / (k * questions * rollout.tokens.length);
    case "tokenMean":
      return 1 / allTokens;
    default:
      return norm satisfies never;
  }
}

function sequenceOf(id: string, rollout: Rollout, coefficient: number): TrainSequence {
  const start = rollout.prompt.length;
  const tokens = [...rollout.prompt, ...rollout.tokens];
  const weights = new Float32Array(tokens.length).fill(coefficient, start);
  const oldLogProbs = new Float32Array(tokens.length);
  oldLogProbs.set(rollout.logProbs, start);
  return { id, tokens, weights, oldLogProbs };
}
