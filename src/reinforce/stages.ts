/** The two stages of reinforcement (paper §3.3) as series of optimizer steps. */
import { join } from "node:path";
import { seededRandom } from "../base/random.ts";
import type { EmbeddedModel } from "../models/embedded.ts";
import type { SeriesOutcome, StepPlan } from "../models/training-loop.ts";
import type { Question } from "../records/question.ts";
import { objective } from "./grpo.ts";
import { drawHardAndReplay, type Mining, mineHardSamples } from "./mining.ts";
import { keepGroups, modelOf, type ReinforceContext, runPhase } from "./phases.ts";
import { isPlateau, noHistory, type RewardHistory, remember } from "./plateau.ts";
import { drawByTier, type PathQuestions } from "./pools.ts";
import { describeGroups, sampleGroups } from "./rollouts.ts";

/** One GRPO step on given questions: sample, reward, and hand the objective to the optimizer. */
export async function grpoStep<State>(
  context: ReinforceContext,
  model: EmbeddedModel,
  at: { readonly series: string; readonly step: number; readonly groupSize: number },
  questions: readonly Question[],
  state: State,
): Promise<StepPlan<State> & { readonly tied: number; readonly reward: number }> {
  const { settings, seed } = context;
  const { series, step, groupSize } = at;
  const sampled = await sampleGroups(model, questions, {
    settings,
    groupSize,
    seed: `${seed}/reinforce/${series}/${step}`,
    policyVersion: step,
  });
  await keepGroups(context, model.tokenizer, series, step, sampled.groups);
  const metrics = describeGroups(sampled.groups);
  return {
    sequences: objective(sampled.groups, settings.lossNorm),
    metrics,
    sampled: { tokens: sampled.tokens, seconds: sampled.seconds },
    state,
    tied: metrics["tiedRight"]! + metrics["tiedWrong"]!,
    reward: metrics["rewardMean"]!,
  };
}

/** Stage 1: Easy and Moderate questions until the reward is on a plateau. */
export async function runStage1(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<SeriesOutcome<RewardHistory>> {
  const { settings, seed } = context;
  const { stage1, plateau } = settings;
  return await runPhase(context, "stage1", join(context.input("coldstart"), "model"), (model) => ({
    steps: stage1.steps,
    optimizer: settings.optimizer,
    start: noHistory,
    async plan(step, history) {
      const random = seededRandom(seed, "reinforce", "stage1", String(step));
      const questions = drawByTier(paths, stage1.questionsPerStep, stage1.easyShare, random);
      const at = { series: "stage1", step, groupSize: stage1.groupSize };
      const plan = await grpoStep(context, model, at, questions, history);
      return { ...plan, state: remember(history, plateau.window, plan.reward, plan.tied) };
    },
    isDone: (step, history) => isPlateau(history, step, plateau),
  }));
}

/** Stage 2: mine the whole pool, train on what fails, mine again. */
export async function runStage2(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<SeriesOutcome<readonly Mining[]>> {
  const { settings, seed } = context;
  const { stage2 } = settings;
  return await runPhase(context, "stage2", modelOf(context, "stage1"), (model) => ({
    steps: stage2.rounds * stage2.stepsPerRound,
    optimizer: settings.optimizer,
    start: [] as readonly Mining[],
    async plan(step, earlier) {
      const random = seededRandom(seed, "reinforce", "stage2", String(step));
      const isRoundStart = step % stage2.stepsPerRound === 0;
      const mined = isRoundStart
        ? await mineHardSamples(model, paths, settings, {
            step,
            seed: `${seed}/reinforce/mining/${step}`,
            random: random.fork("mining"),
          })
        : undefined;
      const minings = mined === undefined ? earlier : [...earlier, mined.mining];
      const questions = drawHardAndReplay(paths, minings.at(-1)!, stage2, random);
      const at = { series: "stage2", step, groupSize: stage2.groupSize };
      const plan = await grpoStep(context, model, at, questions, minings);
      if (mined === undefined) return plan;
      const sampled = {
        tokens: plan.sampled!.tokens + mined.mining.tokens,
        seconds: plan.sampled!.seconds + mined.seconds,
      };
      return {
        ...plan,
        sampled,
        metrics: { ...plan.metrics, hardPaths: Object.keys(mined.mining.hard).length },
      };
    },
  }));
}
