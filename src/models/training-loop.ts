/**
 * Optimizer steps that survive a kill, for every stage that trains: each step says what to learn from, the loop
 * applies it, records the metrics, and keeps a checkpoint of weights, moments and state that the next start goes
 * on from.
 *
 * Invariant: a step depends on the weights, its number and the carried state only, so a series that was killed and
 * resumed ends in the same bytes as one that was not.
 */
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import type { StageContext } from "../base/stage.ts";
import type { Engine, TrainSequence } from "../engine/client.ts";
import type { OptimizerSection } from "../recipe/sections/optimizer.ts";
import { optimizerStep } from "./schedule.ts";

export interface StepPlan<State> {
  /** What the optimizer learns from; none: the step changes no weights. */
  readonly sequences: readonly TrainSequence[];
  /** Metrics known before the update, names without the stage. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Tokens sampled to make the step and the seconds that took. */
  readonly sampled?: { readonly tokens: number; readonly seconds: number };
  /** Carried to the next step; plain data. */
  readonly state: State;
}

export interface Series<State> {
  /** Name in the metrics: "pretrain", "reinforce/stage1". */
  readonly name: string;
  /** Most steps. */
  readonly steps: number;
  /** Steps that the learning rate is laid out over; after them it stays where it is. Default: `steps`. */
  readonly scheduleSteps?: number;
  readonly saveEvery: number;
  readonly optimizer: OptimizerSection;
  readonly start: State;
  plan(step: number, state: State): Promise<StepPlan<State>>;
  /** Ends the series before `steps`, judged after each step. */
  isDone?(step: number, state: State, tokens: TokenTotals): boolean;
}

export interface SeriesOutcome<State> {
  readonly steps: number;
  readonly state: State;
  readonly tokens: TokenTotals;
}

/** Tokens of a whole series: what "equal tokens" is measured by. */
export interface TokenTotals {
  readonly trained: number;
  readonly sampled: number;
}

interface Progress<State> {
  readonly step: number;
  readonly state: State;
  readonly tokens: TokenTotals;
  readonly file: string;
}

/** Runs a series to its end on the weights the engine holds; `folder` keeps its checkpoints. */
export async function runSeries<State>(
  engine: Engine,
  series: Series<State>,
  context: Pick<StageContext<unknown>, "metric" | "clock" | "rewind" | "log" | "signal">,
  folder: string,
): Promise<SeriesOutcome<State>> {
  await mkdir(folder, { recursive: true });
  const prefix = series.name.split("/")[0]!;
  const saved = await readProgress<State>(folder);
  let { step, state, tokens } = saved ?? { step: 0, state: series.start, tokens: { trained: 0, sampled: 0 } };
  if (saved !== undefined) {
    await engine.loadTraining(join(folder, saved.file));
    context.log.info(`${series.name} goes on from step ${step}`);
  }
  await context.rewind(series.name, step);
  while (step < series.steps && !(step > 0 && series.isDone?.(step, state, tokens))) {
    if (context.signal.aborted)
      throw new UsageError(`${series.name}: stopped at step ${step}; run the same command to go on`);
    const plan = await series.plan(step, state);
    const startedAt = performance.now();
    const done =
      plan.sequences.length > 0
        ? await engine.train(
            plan.sequences,
            optimizerStep(series.optimizer, step, series.scheduleSteps ?? series.steps),
          )
        : undefined;
    const seconds = (performance.now() - startedAt) / 1000;
    const update: Record<string, number> =
      done === undefined ? {} : { loss: done.loss, gradNorm: done.gradNorm, trainedTokens: done.tokens };
    const drift = done === undefined ? undefined : logProbDifference(plan.sequences, done.logProbs);
    if (drift !== undefined) update["logProbDifference"] = drift;
    await context.metric(series.name, step, named(prefix, { ...plan.metrics, ...update }));
    const rates = {
      ...(done === undefined ? {} : { trainTokensPerSecond: done.tokens / Math.max(1e-6, seconds) }),
      ...(plan.sampled === undefined
        ? {}
        : { sampleTokensPerSecond: plan.sampled.tokens / Math.max(1e-6, plan.sampled.seconds) }),
    };
    await context.clock(series.name, step, named(prefix, rates));
    tokens = {
      trained: tokens.trained + (done?.tokens ?? 0),
      sampled: tokens.sampled + (plan.sampled?.tokens ?? 0),
    };
    state = plan.state;
    step += 1;
    context.log.progress(series.name, step, series.steps, describe({ ...plan.metrics, ...update }));
    if (step % series.saveEvery === 0)
      await saveProgress(engine, folder, { step, state, tokens, file: `training-${step}.bin` });
  }
  return { steps: step, state, tokens };
}

async function readProgress<State>(folder: string): Promise<Progress<State> | undefined> {
  const file = join(folder, "progress.json");
  return existsSync(file) ? ((await readJson(file)) as Progress<State>) : undefined;
}

async function saveProgress<State>(engine: Engine, folder: string, progress: Progress<State>): Promise<void> {
  const old = await readProgress<State>(folder);
  await engine.saveTraining(join(folder, progress.file));
  await writeJson(join(folder, "progress.json"), progress);
  if (old !== undefined && old.file !== progress.file) await rm(join(folder, old.file), { force: true });
}

/**
 * Largest difference between the log-probability of a token when it was sampled and when it was trained on. Both come
 * from the same weights, so anything beyond rounding means that two programs of the engine disagree.
 */
function logProbDifference(
  sequences: readonly TrainSequence[],
  logProbs: readonly Float32Array[],
): number | undefined {
  let largest: number | undefined;
  for (const [index, { oldLogProbs, weights }] of sequences.entries()) {
    if (oldLogProbs === undefined) continue;
    for (let t = 1; t < weights.length; t++)
      if (weights[t] !== 0)
        largest = Math.max(largest ?? 0, Math.abs(logProbs[index]![t]! - oldLogProbs[t]!));
  }
  return largest;
}

function named(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}/${name}`, value]));
}

function describe(values: Readonly<Record<string, number>>): string {
  const shown = ["loss", "rewardMean", "correctMean", "tiedRight", "tiedWrong", "entropy"].filter(
    (name) => name in values,
  );
  return shown.map((name) => `${name} ${values[name]!.toFixed(3)}`).join("  ");
}
