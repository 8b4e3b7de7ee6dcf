/**
 * Group Relative Policy Optimization as the paper writes it (§3.3), and as others do.
 *
 *   Eq. 2   A_i = r_i − mean(r_1 … r_k)                             advantages
 *   Eq. 1   (1/k) Σ_i A_i log π(y_i | x), log π(y_i | x) = Σ_t log π(y_it | x, y_i<t)
 *   Eq. 3   the mean of Eq. 1 over the questions of a step          objective
 *
 * Each departure is a setting, none the default: advantages divided by the group's deviation, the share of a token
 * by the reply's length (sequenceMean), by all tokens of the step (tokenMean) or by the longest reply allowed
 * (drGrpo), − β Σ_t KL_t from a reference with the same share, groups without spread left out. The engine maximises
 * Σ w_t log π(token_t) − Σ v_t KL_t, or with a clip Σ min(w_t ρ_t, w_t clip(ρ_t)) with ρ = π / π_old (engine/loss.ts);
 * everything here comes down to w and v. With ρ = 1, as in the first update on a batch, both have the same gradient.
 */
import { mean } from "../base/collections.ts";
import { invariant } from "../base/errors.ts";
import type { TrainSequence } from "../engine/client.ts";
import type { Group, Rollout } from "../records/rollout.ts";

export type AdvantageForm = "mean" | "meanAndDeviation";
export type LossNorm = "sequenceSum" | "sequenceMean" | "tokenMean" | "drGrpo";

export interface ObjectiveSettings {
  readonly lossNorm: LossNorm;
  /** Longest reply allowed, in tokens. */
  readonly maxTokens: number;
  /** β, the weight of the KL divergence from the reference; 0: none. */
  readonly kl: number;
  readonly groupsWithoutSpread: "count" | "drop" | "dropByAnswer";
}

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

/**
 * Eq. 1 and 3 as coefficients of tokens, for groups with their advantages; groups that are left out count neither as
 * questions nor by their tokens. With a KL term `reference` has the log-probabilities of each rollout's tokens under
 * the reference policy, group by group.
 */
export function objective(
  groups: readonly Group[],
  settings: ObjectiveSettings,
  reference?: readonly (readonly Float32Array[])[],
): TrainSequence[] {
  const { lossNorm, maxTokens, kl, groupsWithoutSpread: rule } = settings;
  invariant(
    kl === 0 || reference?.length === groups.length,
    "a KL term needs the reference's log-probabilities",
  );
  const counted = groups
    .map((group, g) => ({ group, reference: reference?.[g] }))
    .filter(({ group }) => !isLeftOut(group, rule));
  const allTokens = counted
    .flatMap(({ group }) => group.rollouts)
    .reduce((sum, rollout) => sum + rollout.tokens.length, 0);
  return (
    counted
      // Without a KL term all coefficients of a tied group are 0: leaving it out saves its time.
      .filter(({ group }) => kl > 0 || !isTied(group))
      .flatMap(({ group, reference: own }) =>
        group.rollouts.map((rollout, i) => {
          const questions = counted.length;
          const place = {
            length: rollout.tokens.length,
            k: group.rollouts.length,
            questions,
            allTokens,
            maxTokens,
          };
          const share = shareOf(lossNorm, place);
          return {
            ...sequenceOf(`${group.question}/${i}`, rollout, group.advantages[i]! * share),
            ...(kl > 0 ? divergenceOf(rollout, own![i]!, kl * share) : {}),
          };
        }),
      )
  );
}

/** True when all rollouts earned the same: every advantage is 0 and the rewards teach nothing. */
export function isTied(group: Group): boolean {
  return group.advantages.every((advantage) => Math.abs(advantage) < 1e-9);
}

/** Whether the reward's own check found the answer right. */
export function isCorrect(rollout: Rollout): boolean {
  return rollout.reward.checks.some((check) => check.name === "correct" && check.passed);
}

function isLeftOut(group: Group, rule: ObjectiveSettings["groupsWithoutSpread"]): boolean {
  if (rule === "count") return false;
  const right = group.rollouts.filter(isCorrect).length;
  return isTied(group) || (rule === "dropByAnswer" && (right === 0 || right === group.rollouts.length));
}

interface Place {
  readonly length: number;
  readonly k: number;
  readonly questions: number;
  readonly allTokens: number;
  readonly maxTokens: number;
}

function shareOf(norm: LossNorm, { length, k, questions, allTokens, maxTokens }: Place): number {
  switch (norm) {
    case "sequenceSum":
      return 1 / (k * questions);
    case "sequenceMean":
      return 1 / (k * questions * length);
    case "tokenMean":
      return 1 / allTokens;
    case "drGrpo":
      return 1 / (k * questions * maxTokens);
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

function divergenceOf(
  { prompt, tokens }: Rollout,
  reference: Float32Array,
  coefficient: number,
): Pick<TrainSequence, "klWeights" | "refLogProbs"> {
  const length = prompt.length + tokens.length;
  const refLogProbs = new Float32Array(length);
  refLogProbs.set(reference, prompt.length);
  return { klWeights: new Float32Array(length).fill(coefficient, prompt.length), refLogProbs };
}
