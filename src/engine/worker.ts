/**
 * One worker thread of the engine: its own sessions over its own copy of the weights.
 *
 * Workers share the training state through shared memory and divide the work by rows: each runs its micro-batches,
 * sums their gradients in order into its own region, and later reduces and updates its own range of the state.
 * Which worker does what is fixed by the plan, so sums have one order and results repeat bit for bit.
 */
import { parentPort, workerData } from "node:worker_threads";
import { adamw } from "./adamw.ts";
import type { OptimizerStep } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import { generateAll } from "./generate.ts";
import { type MicroBatch, maskOf } from "./pack.ts";
import { parametersOf } from "./parameters.ts";
import { failureOf } from "./protocol.ts";
import { type Feeds, floats, integers, ModelSessions } from "./session.ts";
import type { SharedState, Task, TaskReply, TrainMicroBatch } from "./tasks.ts";

interface WorkerData {
  readonly index: number;
}

interface Loaded {
  readonly config: ModelConfig;
  readonly state: SharedState;
  readonly sessions: ModelSessions;
}

const { index } = workerData as WorkerData;
let loaded: Loaded | undefined;
let seenVersion = -1;

parentPort?.on("message", ({ id, task }: { readonly id: number; readonly task: Task }) => {
  perform(id, task).then(
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
      loaded = {
        config: task.config,
        state: task.state,
        sessions: new ModelSessions(task.config, task.state.weights.length),
      };
      seenVersion = -1;
      return;
    case "train":
      return train(current(task.version), task.batches, task.ratio);
    case "score": {
      const model = current(task.version);
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
      const emit = (request: number, token: number): void => {
        if (task.stream) pending.push(request, token);
      };
      const stopped = (): boolean => {
        flush();
        return Atomics.load(stop, 0) !== 0;
      };
      const done = await generateAll(
        current(task.version).sessions,
        task.requests,
        task.limits,
        emit,
        stopped,
      );
      flush();
      return done;
    }
    case "reduce":
      return reduce(current(seenVersion).state, task.regions, task.from, task.to);
    case "update":
      return update(current(seenVersion), task.scale, task.step, task.count, task.from, task.to);
    default:
      return task satisfies never;
  }
}

/** The model with this worker's weights brought up to `version`. */
function current(version: number): Loaded {
  if (loaded === undefined) throw new Error("a worker was asked to work before it had a model");
  if (version !== seenVersion) {
    loaded.sessions.weights.set(loaded.state.weights);
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
  { config, state, sessions }: Loaded,
  batches: readonly TrainMicroBatch[],
  ratio: { readonly low: number; readonly high: number } | undefined,
): Promise<Float32Array[]> {
  const gradient = state.gradients[index] as Float32Array;
  const parameters = parametersOf(config);
  const all: Float32Array[] = [];
  for (const [position, { batch, weights, oldLogProbs }] of batches.entries()) {
    const feeds = feedsOf(batch);
    feeds["weights"] = floats(weights, [weights.length]);
    if (ratio !== undefined && oldLogProbs !== undefined) {
      feeds["oldLogProbs"] = floats(oldLogProbs, [oldLogProbs.length]);
      feeds["ratioLow"] = floats(Float32Array.of(1 - ratio.low), []);
      feeds["ratioHigh"] = floats(Float32Array.of(1 + ratio.high), []);
    }
    const results = await sessions.run(ratio === undefined ? "train" : "trainRatio", feeds, furthest(batch));
    for (const { name, offset, size } of parameters) {
      const part = results[`gradient:${name}`] as Float32Array;
      if (position === 0) gradient.set(part, offset);
      else for (let i = 0; i < size; i++) gradient[offset + i] = gradient[offset + i]! + part[i]!;
    }
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
  { config, state }: Loaded,
  scale: number,
  step: OptimizerStep,
  count: number,
  from: number,
  to: number,
): void {
  adamw(state, state.gradients[0] as Float32Array, scale, step, count, parametersOf(config), from, to);
}
