/** Sampling groups of replies from the current policy and rewarding them (paper §3.3). */
import { mean } from "../base/collections.ts";
import { type EmbeddedModel, promptTokens, replyText } from "../models/embedded.ts";
import { renderQuestion } from "../models/prompt.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import type { Question } from "../records/question.ts";
import type { Group, Rollout } from "../records/rollout.ts";
import { rewardOf } from "../verify/reward.ts";
import { groupOf, isCorrect, isTied } from "./grpo.ts";

export interface SampledGroups {
  readonly groups: readonly Group[];
  /** Tokens sampled and seconds spent on them. */
  readonly tokens: number;
  readonly seconds: number;
}

/** k replies to each question; the seed of each is made of `seed`, the question and its number in the group. */
export async function sampleGroups(
  model: EmbeddedModel,
  questions: readonly Question[],
  options: {
    readonly settings: ReinforceSection;
    readonly groupSize: number;
    readonly seed: string;
    readonly policyVersion: number;
    /** When it aborts the sampling ends with its reason. */
    readonly signal?: AbortSignal;
  },
): Promise<SampledGroups> {
  const { settings, groupSize, seed, policyVersion } = options;
  const { engine, tokenizer } = model;
  const startedAt = performance.now();
  const asked = questions.flatMap((question, place) => {
    const prompt = promptTokens(tokenizer, renderQuestion(question));
    return Array.from({ length: groupSize }, (_, i) => ({
      question,
      prompt,
      seed: `${seed}/${place}/${question.id}/${i}`,
    }));
  });
  const generations = await engine.generate(
    asked.map(({ prompt, seed: own }) => ({
      prompt,
      seed: own,
      maxTokens: settings.maxTokens,
      temperature: settings.temperature,
      stopTokens: model.stopTokens,
    })),
    undefined,
    options.signal,
  );
  const rollouts = generations.map((generation, index): Rollout => {
    const { question, prompt } = asked[index]!;
    const { tokens, logProbs, entropy, finish } = generation;
    const reply = replyText(tokenizer, generation);
    const reward = rewardOf({ question, reply, finish }, settings.reward);
    return { question: question.id, policyVersion, prompt, tokens, logProbs, entropy, finish, reply, reward };
  });
  const groups = questions.map((question, place) =>
    groupOf(question.id, rollouts.slice(place * groupSize, (place + 1) * groupSize), settings.advantage),
  );
  const tokens = generations.reduce((sum, generation) => sum + generation.tokens.length, 0);
  return { groups, tokens, seconds: (performance.now() - startedAt) / 1000 };
}

/** What a step's groups say, under the names of the metrics. */
export function describeGroups(groups: readonly Group[]): Record<string, number> {
  const rollouts = groups.flatMap((group) => group.rollouts);
  const tied = groups.filter(isTied);
  const isRight = (group: Group): boolean => group.rollouts.every((rollout) => isCorrect(rollout));
  const right = tied.filter(isRight).length;
  return {
    rewardMean: mean(rollouts.map((rollout) => rollout.reward.total)),
    rewardStd: mean(groups.map((group) => deviation(group.rollouts.map((rollout) => rollout.reward.total)))),
    correctMean: mean(rollouts.map((rollout) => (isCorrect(rollout) ? 1 : 0))),
    formatMean: mean(rollouts.map((rollout) => (isFormed(rollout) ? 1 : 0))),
    tiedRight: right / groups.length,
    tiedWrong: (tied.length - right) / groups.length,
    entropy: mean(rollouts.map((rollout) => rollout.entropy)),
    promptTokens: mean(rollouts.map((rollout) => rollout.prompt.length)),
    completionTokens: mean(rollouts.map((rollout) => rollout.tokens.length)),
    truncated: mean(rollouts.map((rollout) => (rollout.finish === "length" ? 1 : 0))),
  };
}

/** Whether the form is right, whatever is paid for it. */
function isFormed({ reward }: Rollout): boolean {
  return reward.checks.every((check) => check.passed || check.name === "correct");
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}
