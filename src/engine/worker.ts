/**
 * One worker thread of the engine: its own sessions over its own copy of the weights.
 *
 * Workers share the training state through shared memory and divide the work by rows: each runs its micro-batches,
 * sums their gradients in order into its own region, and later reduces and updates its own range of the state.
 * Which worker does what is fixed by the plan, so sums have one order and results repeat bit for bit.
 */
import { parentPort, workerData } from "node:worker_threads";
import { adamw } from "./adamw.ts";
import { writeModel } from "./checkpoint.ts";
import type { OptimizerStep } from "./client.ts";
import { generateAll } from "./generate.ts";
import { addGradients } from "./gradient.ts";
import { trainedParameters } from "./lora.ts";
import { type Merger, openMerger } from "./merge.ts";
import { type MicroBatch, maskOf } from "./pack.ts";
import { trainProgramName } from "./programs.ts";
import { failureOf } from "./protocol.ts";
import { type Feeds, floats, integers, ModelSessions, type SessionSettings } from "./session.ts";
import type { SharedState, Task, TaskReply, TrainMicroBatch } from "./tasks.ts";

interface WorkerData {
  readonly index: number;
}

/** What all workers know of a model. */
interface Known {
  readonly settings: SessionSettings;
  readonly state: SharedState;
}

/** What a worker has that computes; one that only reduces and updates has none of it. */
interface Loaded extends Known {
  readonly sessions: ModelSessions;
  /** With an adapter: what merges it into this worker's weights. */
  readonly merger: Merger | undefined;
}

const { index } = workerData as WorkerData;
let shared: Known | undefined;
let loaded: Loaded | undefined;
let seenVersion = -1;

// One after another: a task that goes on after another worker's failure must not meet the next one.
let queue = Promise.resolve();
parentPort?.on("message", ({ id, task }: { readonly id: number; readonly task: Task }) => {
  queue = queue
    .then(() => perform(id, task))
    .then(
      (value) => reply({ id, value }),
      (error: unknown) => reply({ id, failure: failureOf(error) }),
    );
});

function reply(message: TaskReply): void {
  parentPort?.postMessage(message);
}

async function perform(id: number, task: Task): Promise<unknown> {
  switch (task.kind) {
    case "model":
      await loaded?.sessions.release();
      await loaded?.merger?.release();
      loaded = undefined;
      shared = { settings: task.settings, state: task.state };
      seenVersion = -1;
      return;
    case "train":
      return train(await current(task.version), task.batches, task.ratio);
    case "save": {
      const { sessions, settings } = await current(task.version);
      return writeModel(task.folder, settings.config, sessions.weights, task.format);
    }
    case "score": {
      const model = await current(task.version);
      const scores: Float32Array[] = [];
      for (const batch of task.batches) {
        const { logProbs } = await model.sessions.run("score", feedsOf(batch), furthest(batch));
        scores.push(logProbs as Float32Array);
      }
      return scores;
    }
    case "generate": {
      const stop = new Int32Array(task.stop);
      let pending: number[] = [];
      const flush = (): void => {
        if (pending.length > 0) reply({ id, tokens: pending });
        pending = [];
      };
      const emit = (request: number, token: number): boolean => {
        if (task.stream) pending.push(request, token);
        return Atomics.load(stop, 1 + request) !== 0;
      };
      const stopped = (): boolean => {
        flush();
        return Atomics.load(stop, 0) !== 0;
      };
      const done = await generateAll(
        (await current(task.version)).sessions,
        task.requests,
        task.limits,
        emit,
        stopped,
      );
      flush();
      return done;
    }
    case "reduce":
      return reduce(known().state, task.regions, task.from, task.to);
    case "update":
      return update(known(), task.scale, task.step, task.count, task.from, task.to);
    default:
      return task satisfies never;
  }
}

function known(): Known {
  if (shared === undefined) throw new Error("a worker was asked to work before it had a model");
  return shared;
}

/** The model with this worker's weights brought up to `version`; its own copy is made when first asked for. */
async function current(version: number): Promise<Loaded> {
  const { settings, state } = known();
  if (loaded === undefined) {
    const { config, lora, threads } = settings;
    const merger = lora === undefined ? undefined : await openMerger(config, lora, threads);
    loaded = { settings, state, sessions: new ModelSessions(settings), merger };
    if (merger !== undefined) loaded.sessions.weights.set(state.base);
  }
  if (version !== seenVersion) {
    const { sessions, merger } = loaded;
    await sessions.thaw();
    if (merger === undefined) sessions.weights.set(state.weights);
    else {
      sessions.adapter.set(state.weights);
      await merger.merge(state.base, sessions.adapter, sessions.weights);
    }
    seenVersion = version;
  }
  return loaded;
}

function feedsOf(batch: MicroBatch): Feeds {
  const { rows, time, tokens, positions, picks, targets } = batch;
  return {
    tokens: integers(tokens, [rows, time]),
    positions: integers(positions, [rows, time]),
    mask: floats(maskOf(batch), [rows, 1, 1, time, time]),
    picks: integers(picks, [picks.length]),
    targets: integers(targets, [picks.length]),
  };
}

function furthest({ positions }: MicroBatch): number {
  let most = 0;
  for (const position of positions) if (position > most) most = position;
  return most + 1;
}

async function train(
  { settings, state, sessions }: Loaded,
  batches: readonly TrainMicroBatch[],
  ratio: { readonly low: number; readonly high: number } | undefined,
): Promise<Float32Array[]> {
  const gradient = state.gradients[index] as Float32Array;
  const all: Float32Array[] = [];
  for (const [position, { batch, weights, oldLogProbs, klWeights, refLogProbs }] of batches.entries()) {
    const feeds = feedsOf(batch);
    feeds["weights"] = floats(weights, [weights.length]);
    if (ratio !== undefined && oldLogProbs !== undefined) {
      feeds["oldLogProbs"] = floats(oldLogProbs, [oldLogProbs.length]);
      feeds["ratioLow"] = floats(Float32Array.of(1 - ratio.low), []);
      feeds["ratioHigh"] = floats(Float32Array.of(1 + ratio.high), []);
    }
    if (klWeights !== undefined && refLogProbs !== undefined) {
      feeds["klWeights"] = floats(klWeights, [klWeights.length]);
      feeds["refLogProbs"] = floats(refLogProbs, [refLogProbs.length]);
    }
    const program = trainProgramName({ ratio: ratio !== undefined, kl: klWeights !== undefined });
    const results = await sessions.run(program, feeds, furthest(batch));
    addGradients(results, batch, settings.config, settings.lora, gradient, position === 0);
    all.push(results["logProbs"] as Float32Array);
  }
  return all;
}

/** Sums the workers' gradients over a range into the first region; the sum of squares of the result. */
function reduce({ gradients }: SharedState, regions: number, from: number, to: number): number {
  const first = gradients[0] as Float32Array;
  for (let region = 1; region < regions; region++) {
    const other = gradients[region] as Float32Array;
    for (let i = from; i < to; i++) first[i] = first[i]! + other[i]!;
  }
  let squares = 0;
  for (let i = from; i < to; i++) squares += first[i]! * first[i]!;
  return squares;
}

function update(
  { settings, state }: Known,
  scale: number,
  step: OptimizerStep,
  count: number,
  from: number,
  to: number,
): void {
  const parameters = trainedParameters(settings.config, settings.lora);
  adamw(state, state.gradients[0] as Float32Array, scale, step, count, parameters, from, to);
}
