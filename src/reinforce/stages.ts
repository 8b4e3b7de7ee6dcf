/** The two stages of reinforcement (paper §3.3) as series of optimizer steps. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeJsonl } from "../base/jsonl.ts";
import { seededRandom } from "../base/random.ts";
import { saveTrained } from "../models/embedded.ts";
import type { SeriesOutcome } from "../models/training-loop.ts";
import type { ReinforceContext } from "./context.ts";
import { askPool, drawHardAndReplay, type Mining, mineHardSamples } from "./mining.ts";
import { grpoStep, modelOf, runPhase, startModel } from "./phases.ts";
import { isPlateau, noHistory, plateauFigures, type RewardHistory, remember } from "./plateau.ts";
import { drawByTier, type PathQuestions } from "./pools.ts";
import { bestOf, hasStopped, type Validation, validate, validationQuestions } from "./validation.ts";

/** Stage 1: Easy and Moderate questions until the reward is on a plateau. */
export async function runStage1(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<SeriesOutcome<RewardHistory>> {
  const { settings, seed } = context;
  const { stage1, plateau } = settings;
  const name = "stage1";
  return await runPhase(context, name, startModel(context), (phase) => ({
    steps: stage1.steps,
    optimizer: settings.optimizer,
    start: noHistory,
    async plan(step, history) {
      const random = seededRandom(seed, "reinforce", name, String(step));
      const questions = drawByTier(paths, stage1.questionsPerStep, stage1.easyShare, random);
      const plan = await grpoStep(phase, { name, step, groupSize: stage1.groupSize }, questions);
      const state = remember(history, plateau, step + 1, plan);
      const { slope, sparsity } = plateauFigures(state);
      const figures = { plateauSlope: slope, plateauSparsity: sparsity, plateauHeld: state.held };
      return { ...plan, metrics: { ...plan.metrics, ...figures }, state };
    },
    isDone: (_step, history) => isPlateau(history, plateau),
  }));
}

interface MinedRound extends Pick<Mining, "round" | "step" | "paths" | "rightCounts" | "tokens"> {
  readonly hard: number;
}

/** What stage 2 carries from step to step. */
export interface Stage2State {
  readonly mining: Mining | null;
  /** What each round found, without the paths by name. */
  readonly rounds: readonly MinedRound[];
  readonly validations: readonly Validation[];
}

/** Stage 2: mine the whole pool, train on what fails, mine again, until validation stops improving. */
export async function runStage2(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<SeriesOutcome<Stage2State>> {
  const { settings, seed, scratch, signal } = context;
  const { stage2 } = settings;
  const name = "stage2";
  const from = modelOf(context, "stage1");
  const held = await validationQuestions(context);
  const best = join(scratch, name, "best");
  const start: Stage2State = { mining: null, rounds: [], validations: [] };
  return await runPhase(
    context,
    name,
    from,
    (phase) => ({
      steps: stage2.rounds * stage2.stepsPerRound,
      optimizer: settings.optimizer,
      start,
      async plan(step, before) {
        const random = seededRandom(seed, "reinforce", name, String(step));
        const at = { name, step, groupSize: stage2.groupSize };
        const { model } = phase;
        if (step % stage2.stepsPerRound !== 0) {
          const questions = drawHardAndReplay(paths, before.mining!, stage2, random);
          return { ...(await grpoStep(phase, at, questions)), state: before };
        }
        const validations =
          step > 0 || held.length === 0
            ? before.validations
            : [await validate(model, held, { maxTokens: settings.maxTokens, step, signal })];
        const pool = await askPool(model, paths, settings, {
          step,
          seed: `${seed}/reinforce/mining/${step}`,
          random: random.fork("mining"),
          signal,
        });
        const { mining, ledger } = mineHardSamples(
          pool.asked,
          stage2,
          { step, tokens: pool.tokens },
          before.mining ?? undefined,
        );
        const file = `round-${String(mining.round).padStart(3, "0")}.jsonl`;
        await mkdir(ledgerFolder(context), { recursive: true });
        await writeJsonl(join(ledgerFolder(context), file), ledger);
        const plan = await grpoStep(phase, at, drawHardAndReplay(paths, mining, stage2, random));
        const { round, paths: asked, rightCounts, tokens } = mining;
        const hard = Object.keys(mining.hard).length;
        return {
          ...plan,
          sampled: {
            tokens: plan.sampled!.tokens + pool.tokens,
            seconds: plan.sampled!.seconds + pool.seconds,
          },
          metrics: { ...plan.metrics, hardPaths: hard },
          state: {
            mining,
            rounds: [...before.rounds, { round, step, paths: asked, rightCounts, tokens, hard }],
            validations,
          },
        };
      },
      async afterStep(step, state) {
        const steps = step + 1;
        if (steps % stage2.stepsPerRound !== 0 || held.length === 0) return state;
        const look = await validate(phase.model, held, {
          maxTokens: settings.maxTokens,
          step: steps,
          signal,
        });
        const validations = [...state.validations, look];
        await context.metric(`reinforce/${name}`, step, { "reinforce/validation": look.right / look.n });
        if (bestOf(validations) === validations.length - 1)
          await saveTrained(phase.model, settings.engine, from, best);
        return { ...state, validations };
      },
      isDone: (step, { validations }) =>
        step % stage2.stepsPerRound === 0 && hasStopped(validations, stage2.patience),
    }),
    ({ validations }) => {
      if (validations.length === 0) return undefined;
      return bestOf(validations) === 0 ? from : best;
    },
  );
}

/** Where the ledgers of the rounds lie until the stage is done; a repeated round writes the same file again. */
export function ledgerFolder({ scratch }: Pick<ReinforceContext, "scratch">): string {
  return join(scratch, "ledger");
}
