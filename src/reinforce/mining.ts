/**
 * Hard-sample mining (paper §3.3, stage 2): the policy answers the whole training pool, the paths that it gets wrong
 * again and again are hard, and a step mixes hard paths with a replay of the rest.
 *
 * Repeated failures come first and Difficult ones first among them: a hard path is drawn in proportion to its wrong
 * replies, to the rounds in which it failed so far, and to `difficultWeight` where it is of the Difficult tier.
 * Validation questions are not in the pool.
 */
import { groupBy } from "../base/collections.ts";
import type { Random } from "../base/random.ts";
import { wilsonInterval } from "../base/wilson.ts";
import type { EmbeddedModel } from "../models/embedded.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import type { MinedQuestion } from "../records/mining.ts";
import type { Question } from "../records/question.ts";
import { isCorrect } from "./grpo.ts";
import { drawUniformly, drawWeighted, oneWordingEach, type PathQuestions } from "./pools.ts";
import { sampleGroups } from "./rollouts.ts";

type Stage2 = ReinforceSection["stage2"];

/** The outcome of one round, plain data: it is carried from step to step. */
export interface Mining {
  readonly round: number;
  /** Optimizer steps before it. */
  readonly step: number;
  readonly paths: number;
  /** Weight of each hard path when paths are drawn. */
  readonly hard: Readonly<Record<string, number>>;
  /** Rounds in which a path failed, of those that ever did. */
  readonly failedRounds: Readonly<Record<string, number>>;
  /** Paths by number of right replies. */
  readonly rightCounts: readonly number[];
  readonly tokens: number;
}

/** A question as it was asked when mining, and whether each reply was right. */
export interface Outcomes {
  readonly path: PathQuestions;
  readonly question: Question;
  readonly outcomes: readonly boolean[];
}

/** Asks every path a few times with a few of its questions. */
export async function askPool(
  model: EmbeddedModel,
  paths: readonly PathQuestions[],
  settings: ReinforceSection,
  options: {
    readonly step: number;
    readonly seed: string;
    readonly random: Random;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly asked: readonly Outcomes[]; readonly tokens: number; readonly seconds: number }> {
  const { miningWordings, miningSamples } = settings.stage2;
  const chosen = paths.flatMap((path) =>
    options.random.sample(path.questions, miningWordings).map((question) => ({ path, question })),
  );
  const { groups, tokens, seconds } = await sampleGroups(
    model,
    chosen.map(({ question }) => question),
    {
      settings,
      groupSize: miningSamples,
      seed: options.seed,
      policyVersion: options.step,
      signal: options.signal,
    },
  );
  const asked = chosen.map((one, index) => ({ ...one, outcomes: groups[index]!.rollouts.map(isCorrect) }));
  return { asked, tokens, seconds };
}

/** Which paths are hard by their outcomes, and the ledger's lines that say why, in order of the paths. */
export function mineHardSamples(
  asked: readonly Outcomes[],
  settings: Stage2,
  at: { readonly step: number; readonly tokens: number },
  before?: Mining,
): { readonly mining: Mining; readonly ledger: readonly MinedQuestion[] } {
  const round = (before?.round ?? 0) + 1;
  const failedRounds: Record<string, number> = { ...before?.failedRounds };
  const rightCounts = Array.from({ length: settings.miningWordings * settings.miningSamples + 1 }, () => 0);
  const judged = [...groupBy(asked, ({ path }) => path.key)].map(([key, own]) => {
    const outcomes = own.flatMap((one) => one.outcomes);
    const right = outcomes.filter(Boolean).length;
    rightCounts[right]! += 1;
    const wrong = outcomes.length - right;
    const isHard = wrong > 0 && right <= settings.hardAtMost * outcomes.length;
    if (isHard) failedRounds[key] = (failedRounds[key] ?? 0) + 1;
    const { tier } = own[0]!.path;
    const weight = isHard
      ? wrong * failedRounds[key]! * (tier === "difficult" ? settings.difficultWeight : 1)
      : 0;
    return { key, own, right, samples: outcomes.length, weight };
  });
  const hard = judged.filter(({ weight }) => weight > 0);
  const ranked = [...hard].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  const ranks = new Map(ranked.map(({ key }, index) => [key, index + 1]));
  const ledger = judged.flatMap(({ key, own, right, samples, weight }) =>
    own.map(({ path, question, outcomes }): MinedQuestion => {
      const rank = ranks.get(key) ?? null;
      const failed = failedRounds[key] ?? 0;
      const why =
        rank === null
          ? `right in ${right} of ${samples}, hard is at most ${settings.hardAtMost}: left to replay`
          : `right in ${right} of ${samples}, failed in ${failed} of ${round} rounds, ${path.tier}: weight ${weight}`;
      return {
        round,
        step: at.step,
        question: question.id,
        path: key,
        tier: path.tier,
        outcomes: [...outcomes],
        pathPassRate: right / samples,
        ...pathInterval(right, samples),
        failedRounds: failed,
        rank,
        why,
      };
    }),
  );
  const mining = {
    round,
    step: at.step,
    paths: judged.length,
    hard: Object.fromEntries(hard.map(({ key, weight }) => [key, weight])),
    failedRounds,
    rightCounts,
    tokens: at.tokens,
  };
  return { mining, ledger };
}

function pathInterval(
  right: number,
  samples: number,
): { readonly pathLow: number; readonly pathHigh: number } {
  const { low, high } = wilsonInterval(right, samples);
  return { pathLow: low, pathHigh: high };
}

/** Questions of a stage 2 step: hard paths by weight, and a replay of the others. */
export function drawHardAndReplay(
  paths: readonly PathQuestions[],
  mining: Pick<Mining, "hard">,
  settings: Pick<Stage2, "questionsPerStep" | "replayShare">,
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
