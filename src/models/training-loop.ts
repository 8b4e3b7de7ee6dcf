/**
 * Optimizer steps that survive a kill, for every stage that trains: each step says what to learn from, the loop
 * applies it, records the metrics, and keeps a checkpoint of weights, moments and state that the next start goes
 * on from.
 *
 * Invariant: a step depends on the weights, its number and the carried state only, so a series that was killed, or
 * stopped between two steps, and resumed ends in the same bytes as one that was not.
 */
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Interrupted, type StopCause } from "../base/errors.ts";
import { readJson, writeJson } from "../base/files.ts";
import type { StageContext } from "../base/stage.ts";
import type { Engine, OptimizerStep, TrainSequence } from "../engine/client.ts";
import type { OptimizerSection } from "../recipe/sections/optimizer.ts";
import { optimizerStep } from "./schedule.ts";

export interface StepPlan<State> {
  /** What the optimizer learns from; none: the step changes no weights. */
  readonly sequences: readonly TrainSequence[];
  /** How often they are learned from, and the bounds of the importance ratio; default: once, without ratios. */
  readonly updates?: {
    readonly count: number;
    readonly clip?: { readonly low: number; readonly high: number } | undefined;
  };
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
  /**
   * After the update of step `step` and before its checkpoint, which holds the state given back. Metrics written here
   * under the series' name, or one below it, with this `step` are as safe from a kill as the step's own. It may heed
   * the signal: it is called again then, with the same weights and state, when the series goes on.
   */
  afterStep?(step: number, state: State, engine: Engine): Promise<State>;
  /**
   * Judges each step after its update, before `afterStep`: hears its metrics, names without the stage, and what the
   * clock says of it.
   */
  watch?(step: number, metrics: Readonly<Record<string, number>>, state: State): Promise<StepVerdict<State>>;
  /** Ends the series before `steps`, judged after each step by the number of steps done. */
  isDone?(step: number, state: State, tokens: TokenTotals): boolean;
}

/** What a watch makes of a step. */
interface StepVerdict<State> {
  readonly state: State;
  /** More metrics of the step, names without the stage. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** The alarm that ends the series here, as an interrupt ends it; none: it goes on. */
  readonly stop?: string;
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
  /** The lines of the last step, where a stop came into what follows its update: that is done again first. */
  readonly cut?: StepLines;
}

/** What is written of a step before `afterStep`. */
interface StepLines {
  readonly metrics: Readonly<Record<string, number>>;
  readonly clock: Readonly<Record<string, number>>;
}

/**
 * Runs a series to its end on the weights the engine holds; `folder` keeps its checkpoints. Where a pause is asked for
 * it waits between two steps, with a checkpoint.
 * @throws Interrupted when it was stopped, by the signal or by `watch`; a checkpoint of the last step is there then.
 */
export async function runSeries<State>(
  engine: Engine,
  series: Series<State>,
  context: Pick<StageContext<unknown>, "metric" | "clock" | "rewind" | "log" | "signal" | "hold">,
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
  const cut = saved?.cut;
  await context.rewind(series.name, cut === undefined ? step : step - 1);
  let savedStep = step;
  const save = async (): Promise<void> => {
    if (step === savedStep) return;
    await saveProgress(engine, folder, { step, state, tokens, file: `training-${step}.bin` });
    savedStep = step;
  };
  const writeLines = async (at: number, { metrics, clock }: StepLines): Promise<void> => {
    await context.metric(series.name, at, metrics);
    await context.clock(series.name, at, clock);
  };
  const stop = async (alarm?: string): Promise<never> => {
    await save();
    const { reason } = context.signal;
    const by: StopCause =
      alarm !== undefined ? "alarm" : reason instanceof Interrupted ? reason.by : "SIGINT";
    throw new Interrupted(
      `${series.name}: stopped at step ${step}, with a checkpoint of it${alarm === undefined ? "" : `, by the alarm ${alarm}`}; run the same command to go on`,
      by,
    );
  };
  /** Ends step `step`; a stop that comes into it leaves a checkpoint from which it is ended first. */
  const endStep = async (lines: StepLines): Promise<void> => {
    try {
      state = (await series.afterStep?.(step, state, engine)) ?? state;
    } catch (error) {
      if (!isAbort(error, context.signal)) throw error;
      step += 1;
      const file = `training-${step}.bin`;
      if (step !== savedStep) await saveProgress(engine, folder, { step, state, tokens, file, cut: lines });
      savedStep = step;
      await stop();
    }
    step += 1;
  };
  if (cut !== undefined) {
    step -= 1;
    await writeLines(step, cut);
    await endStep(cut);
    // What the checkpoint has is not the end of the step.
    savedStep = step - 1;
  }
  const isOver = (): boolean =>
    step >= series.steps || (step > 0 && series.isDone?.(step, state, tokens) === true);
  const planned = series.scheduleSteps ?? series.steps;
  while (!isOver()) {
    if (context.hold?.isAsked() && !context.signal.aborted) {
      await save();
      context.log.info(`${series.name}: a checkpoint is kept at step ${step}`);
      await context.hold.over();
    }
    if (context.signal.aborted) await stop();
    let plan: StepPlan<State>;
    try {
      plan = await series.plan(step, state);
    } catch (error) {
      // A long plan may heed the signal too; its step is repeated then.
      if (isAbort(error, context.signal)) await stop();
      throw error;
    }
    const startedAt = performance.now();
    const optimizer = optimizerStep(series.optimizer, step, planned);
    const done = plan.sequences.length > 0 ? await learn(engine, plan, optimizer) : undefined;
    const seconds = (performance.now() - startedAt) / 1000;
    const update = done?.metrics ?? {};
    const metrics = { ...plan.metrics, ...update };
    const rates = {
      ...(done === undefined ? {} : { trainTokensPerSecond: done.tokens / Math.max(1e-6, seconds) }),
      ...(plan.sampled === undefined
        ? {}
        : { sampleTokensPerSecond: plan.sampled.tokens / Math.max(1e-6, plan.sampled.seconds) }),
    };
    const verdict = await series.watch?.(step, { ...metrics, ...rates }, plan.state);
    const lines = {
      metrics: named(prefix, { ...metrics, ...verdict?.metrics }),
      clock: named(prefix, rates),
    };
    await writeLines(step, lines);
    tokens = {
      trained: tokens.trained + (done?.tokens ?? 0),
      sampled: tokens.sampled + (plan.sampled?.tokens ?? 0),
    };
    state = verdict?.state ?? plan.state;
    await endStep(lines);
    // The last step ends the line wherever it comes; past the steps that were planned none knows which that is.
    const total = isOver() ? step : step < planned ? planned : undefined;
    context.log.progress(series.name, step, total, describe(metrics));
    if (step % series.saveEvery === 0) await save();
    if (verdict?.stop !== undefined) await stop(verdict.stop);
  }
  return { steps: step, state, tokens };
}

/** What the updates of one step came to. */
interface Learned {
  /** Tokens of all updates. */
  readonly tokens: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Learns from a plan's sequences as often as it says. Loss, norm and divergence are those of the first update, whose
 * weights sampled the sequences; the share that was clipped is the mean of all updates.
 */
async function learn(
  engine: Engine,
  { sequences, updates = { count: 1 } }: StepPlan<unknown>,
  optimizer: OptimizerStep,
): Promise<Learned> {
  const { count, clip } = updates;
  const settings = clip === undefined ? optimizer : { ...optimizer, clipRatio: clip };
  const first = await engine.train(sequences, settings);
  let { tokens, clippedShare } = first;
  for (let update = 1; update < count; update++) {
    const next = await engine.train(sequences, settings);
    tokens += next.tokens;
    if (clippedShare !== undefined) clippedShare += next.clippedShare ?? 0;
  }
  const drift = logProbDifference(sequences, first.logProbs);
  return {
    tokens,
    metrics: {
      loss: first.loss,
      gradNorm: first.gradNorm,
      trainedTokens: tokens,
      ...(drift === undefined ? {} : { logProbDifference: drift }),
      ...(clippedShare === undefined ? {} : { clippedShare: clippedShare / count }),
      ...(first.kl === undefined ? {} : { kl: first.kl }),
    },
  };
}

/** Whether work ended because the signal asked it to. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"))
  );
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
  for (const [index, { oldLogProbs, weights, klWeights }] of sequences.entries()) {
    if (oldLogProbs === undefined) continue;
    for (let t = 1; t < weights.length; t++)
      if (weights[t] !== 0 || (klWeights?.[t] ?? 0) !== 0)
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
