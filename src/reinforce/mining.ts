/**
 * Hard-sample mining (paper §3.3, stage 2): the policy answers the whole training pool, paths that it gets wrong
 * again and again are hard, and a step mixes hard paths, drawn by how often they failed, with a replay of the rest.
 */
import type { Random } from "../base/random.ts";
import type { EmbeddedModel } from "../models/embedded.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import type { Question } from "../records/question.ts";
import { drawUniformly, drawWeighted, oneWordingEach, type PathQuestions } from "./pools.ts";
import { isCorrect, sampleGroups } from "./rollouts.ts";

/** The outcome of one mining, plain data: it is carried from step to step and written to `mining.jsonl`. */
export interface Mining {
  readonly step: number;
  readonly paths: number;
  /** Paths whose share of right replies is at most `hardAtMost`: key → number of wrong replies. */
  readonly hard: Readonly<Record<string, number>>;
  /** Paths by number of right replies. */
  readonly rightCounts: readonly number[];
  readonly tokens: number;
}

/** Asks every path a few times and picks out the repeated failures. */
export async function mineHardSamples(
  model: EmbeddedModel,
  paths: readonly PathQuestions[],
  settings: ReinforceSection,
  options: { readonly step: number; readonly seed: string; readonly random: Random },
): Promise<{ readonly mining: Mining; readonly seconds: number }> {
  const { miningWordings, miningSamples, hardAtMost } = settings.stage2;
  const asked = paths.flatMap((path) =>
    options.random.sample(path.questions, miningWordings).map((question) => ({ key: path.key, question })),
  );
  const { groups, tokens, seconds } = await sampleGroups(
    model,
    asked.map(({ question }) => question),
    {
      settings,
      groupSize: miningSamples,
      seed: options.seed,
      policyVersion: options.step,
    },
  );
  const tally = new Map<string, { right: number; wrong: number }>();
  for (const [index, group] of groups.entries()) {
    const { key } = asked[index]!;
    const counts = tally.get(key) ?? { right: 0, wrong: 0 };
    for (const rollout of group.rollouts) counts[isCorrect(rollout) ? "right" : "wrong"] += 1;
    tally.set(key, counts);
  }
  const isHard = ({ right, wrong }: { right: number; wrong: number }): boolean =>
    right <= hardAtMost * (right + wrong);
  const hard = [...tally]
    .filter(([, counts]) => isHard(counts))
    .map(([key, { wrong }]): [string, number] => [key, wrong]);
  const rightCounts = Array.from({ length: miningWordings * miningSamples + 1 }, () => 0);
  for (const { right } of tally.values()) rightCounts[right]! += 1;
  return {
    mining: { step: options.step, paths: tally.size, hard: Object.fromEntries(hard), rightCounts, tokens },
    seconds,
  };
}

/** Questions of a stage 2 step: hard paths by number of failures, and a replay of the others. */
export function drawHardAndReplay(
  paths: readonly PathQuestions[],
  mining: Mining,
  settings: ReinforceSection["stage2"],
  random: Random,
): Question[] {
  const hard = paths.filter((path) => path.key in mining.hard);
  const rest = paths.filter((path) => !(path.key in mining.hard));
  const replay = rest.length === 0 ? 0 : Math.round(settings.questionsPerStep * settings.replayShare);
  const drawn = drawWeighted(
    hard,
    (path) => mining.hard[path.key]!,
    settings.questionsPerStep - replay,
    random,
  );
  return [
    ...oneWordingEach(drawn, random),
    ...drawUniformly(rest, settings.questionsPerStep - drawn.length, random),
  ];
}
