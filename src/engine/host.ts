/**
 * What the engine's process does with a call: plans the work, shares it out to the workers, joins the results.
 *
 * It holds the training state in shared memory. A training step has three parts: gradients of all micro-batches,
 * their sum with its norm, and the update; nothing is changed before the norm is known to be finite.
 */
import { invariant, UsageError } from "../base/errors.ts";
import { readConfig, readTraining, readWeights, writeModel, writeTraining } from "./checkpoint.ts";
import type {
  EngineSettings,
  EngineStats,
  GenerateRequest,
  Generation,
  OptimizerStep,
  TrainSequenceArrays,
  TrainStats,
} from "./client.ts";
import { checkConfig, type ModelConfig } from "./config.ts";
import { type Limits, limitsFor, requireMemory } from "./limits.ts";
import { lossOf } from "./loss.ts";
import { type MicroBatch, pack } from "./pack.ts";
import { initialise, parameterCount, parametersOf } from "./parameters.ts";
import { type Pool, startPool } from "./pool.ts";
import type { Call } from "./protocol.ts";
import type { SharedState, TrainMicroBatch } from "./tasks.ts";

/** Answers calls; `abort` asks the generation with this id to stop. */
export interface Host {
  answer(id: number, call: Call, stream: (tokens: readonly number[]) => void): Promise<unknown>;
  abort(id: number): void;
}

interface Model {
  readonly config: ModelConfig;
  readonly limits: Limits;
  readonly state: SharedState;
  steps: number;
  version: number;
}

/** Starts the workers. */
export function createHost(settings: EngineSettings): Host {
  const pool = startPool(settings.threads);
  const stops = new Map<number, Int32Array>();
  const aborted = new Set<number>();
  let model: Model | undefined;

  const adopt = async (config: ModelConfig, steps: number): Promise<Model> => {
    requireMemory(config, pool.size, settings.memoryBytes);
    const size = parameterCount(parametersOf(config));
    const shared = (): Float32Array => new Float32Array(new SharedArrayBuffer(size * 4));
    const state: SharedState = {
      weights: shared(),
      mean: shared(),
      variance: shared(),
      gradients: Array.from({ length: pool.size }, shared),
    };
    await onAll(pool, (index) => pool.run(index, { kind: "model", config, state }));
    const limits = limitsFor(config, pool.size, settings.memoryBytes);
    return { config, limits, state, steps, version: 0 };
  };
  const ready = (): Model => {
    if (model === undefined) throw new UsageError("engine: there is no model yet; create or load one first");
    return model;
  };

  return {
    abort(id) {
      aborted.add(id);
      const stop = stops.get(id);
      if (stop !== undefined) Atomics.store(stop, 0, 1);
    },
    async answer(id, call, stream) {
      switch (call.method) {
        case "create": {
          const fresh = await adopt(checkConfig(call.config, "engine"), 0);
          initialise(fresh.state.weights, parametersOf(call.config), call.init, call.seed);
          model = fresh;
          return;
        }
        case "load": {
          const config = await readConfig(call.folder);
          const fresh = await adopt(config, 0);
          await readWeights(call.folder, config, fresh.state.weights);
          model = fresh;
          return config;
        }
        case "save":
          return writeModel(call.folder, ready().config, ready().state.weights);
        case "saveTraining": {
          const { config, steps, state } = ready();
          return writeTraining(call.file, { config, steps }, state);
        }
        case "loadTraining": {
          let fresh: Model | undefined;
          await readTraining(call.file, async ({ config, steps }) => {
            fresh = await adopt(config, steps);
            return fresh.state;
          });
          model = fresh;
          return;
        }
        case "train":
          return train(pool, ready(), call.batch, call.step);
        case "score":
          return score(pool, ready(), call.sequences);
        case "generate": {
          const stop = new Int32Array(new SharedArrayBuffer(4));
          stops.set(id, stop);
          if (aborted.has(id)) stop[0] = 1;
          try {
            return await generate(pool, ready(), call.requests, call.stream ? stream : undefined, stop);
          } finally {
            stops.delete(id);
            aborted.delete(id);
          }
        }
        case "stats": {
          const stats: EngineStats = {
            peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
            parameters: model?.state.weights.length ?? 0,
            steps: model?.steps ?? 0,
          };
          return stats;
        }
        default:
          return call satisfies never;
      }
    },
  };
}

function onAll<T>(pool: Pool, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: pool.size }, (_, index) => work(index)));
}

/** Micro-batch i goes to worker i mod size. */
function share<T>(items: readonly T[], pool: Pool): readonly (readonly T[])[] {
  return Array.from({ length: pool.size }, (_, index) => items.filter((_item, i) => i % pool.size === index));
}

function checkTokens(tokens: ArrayLike<number>, config: ModelConfig, what: string): void {
  for (let t = 0; t < tokens.length; t++) {
    const token = tokens[t]!;
    if (!Number.isInteger(token) || token < 0 || token >= config.vocabSize) {
      throw new UsageError(
        `engine: ${what} has token ${token}; the vocabulary is 0 to ${config.vocabSize - 1}`,
      );
    }
  }
  if (tokens.length > config.maxPositionEmbeddings) {
    throw new UsageError(
      `engine: ${what} has ${tokens.length} tokens; the model takes ${config.maxPositionEmbeddings}`,
    );
  }
}

async function train(
  pool: Pool,
  model: Model,
  batch: readonly TrainSequenceArrays[],
  step: OptimizerStep,
): Promise<TrainStats> {
  const where = `engine: training step ${model.steps + 1}`;
  for (const [i, { tokens, weights, oldLogProbs }] of batch.entries()) {
    checkTokens(tokens, model.config, `sequence ${i}`);
    if (weights.length !== tokens.length) {
      throw new UsageError(
        `${where}: sequence ${i} has ${tokens.length} tokens and ${weights.length} weights`,
      );
    }
    if (step.clipRatio !== undefined && oldLogProbs?.length !== tokens.length) {
      throw new UsageError(`${where}: sequence ${i} needs oldLogProbs for every token with clipRatio`);
    }
  }
  const micro = pack(batch, { microTokens: model.limits.microTokens, workers: pool.size });
  if (micro.length === 0)
    throw new UsageError(`${where}: every weight is 0, so there is nothing to learn from`);
  const ratio = step.clipRatio;
  const planned = micro.map((one): TrainMicroBatch => {
    const gather = (pick: (sequence: TrainSequenceArrays) => Float32Array): Float32Array =>
      Float32Array.from(one.sequence, (sequence, i) => pick(batch[sequence]!)[one.index[i]!]!);
    return {
      batch: one,
      weights: gather(({ weights }) => weights),
      ...(ratio === undefined ? {} : { oldLogProbs: gather(({ oldLogProbs }) => oldLogProbs!) }),
    };
  });
  const shares = share(planned, pool);
  const busy = shares.filter((own) => own.length > 0).length;
  const found = (await Promise.all(
    shares
      .slice(0, busy)
      .map((batches, index) => pool.run(index, { kind: "train", version: model.version, batches, ratio })),
  )) as Float32Array[][];

  const logProbs = batch.map(({ tokens }) => new Float32Array(tokens.length));
  let loss = 0;
  let clipped = 0;
  for (const [i, { batch: one, weights, oldLogProbs }] of planned.entries()) {
    const values = found[i % pool.size]![Math.floor(i / pool.size)]!;
    scatter(values, one, logProbs);
    const terms = lossOf(
      values,
      weights,
      ratio === undefined || oldLogProbs === undefined
        ? undefined
        : { old: oldLogProbs, low: 1 - ratio.low, high: 1 + ratio.high },
    );
    loss += terms.loss;
    clipped += terms.clipped;
  }
  const ranges = rangesOf(model.state.weights.length, pool.size);
  const squares = (await onAll(pool, (index) =>
    pool.run(index, { kind: "reduce", regions: busy, ...ranges[index]! }),
  )) as number[];
  const gradNorm = Math.sqrt(squares.reduce((sum, value) => sum + value, 0));
  if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) {
    throw new UsageError(
      `${where}: the loss is ${loss} and the gradient's norm ${gradNorm}; the weights were left as they are; ` +
        "lower the learning rate or look at the batch",
    );
  }
  const limit = step.clipNorm > 0 ? step.clipNorm : Number.POSITIVE_INFINITY;
  // The small constant is PyTorch's (clip_grad_norm_), kept so that both clip alike.
  const scale = Math.min(1, limit / (gradNorm + 1e-6));
  const count = model.steps + 1;
  await onAll(pool, (index) => pool.run(index, { kind: "update", scale, step, count, ...ranges[index]! }));
  model.steps = count;
  model.version++;
  const weightedTokens = micro.reduce((sum, { picks }) => sum + picks.length, 0);
  return {
    loss,
    gradNorm,
    tokens: batch.reduce((sum, { tokens }) => sum + tokens.length, 0),
    weightedTokens,
    logProbs,
    ...(ratio === undefined ? {} : { clippedShare: clipped / weightedTokens }),
  };
}

function rangesOf(size: number, parts: number): readonly { readonly from: number; readonly to: number }[] {
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((i * size) / parts),
    to: Math.floor(((i + 1) * size) / parts),
  }));
}

/** Puts the log-probabilities of picks at their sequence and index. */
function scatter(values: Float32Array, batch: MicroBatch, into: readonly Float32Array[]): void {
  for (let i = 0; i < values.length; i++) into[batch.sequence[i]!]![batch.index[i]!] = values[i]!;
}

async function score(
  pool: Pool,
  model: Model,
  sequences: readonly Int32Array[],
): Promise<readonly Float32Array[]> {
  for (const [i, tokens] of sequences.entries()) checkTokens(tokens, model.config, `sequence ${i}`);
  const micro = pack(
    sequences.map((tokens) => ({ tokens })),
    { microTokens: model.limits.microTokens, workers: pool.size },
  );
  const found = (await Promise.all(
    share(micro, pool).map((batches, index) =>
      pool.run(index, { kind: "score", version: model.version, batches }),
    ),
  )) as Float32Array[][];
  const scores = sequences.map((tokens) => new Float32Array(tokens.length));
  for (const [i, one] of micro.entries())
    scatter(found[i % pool.size]![Math.floor(i / pool.size)]!, one, scores);
  return scores;
}

async function generate(
  pool: Pool,
  model: Model,
  requests: readonly GenerateRequest[],
  stream: ((tokens: readonly number[]) => void) | undefined,
  stop: Int32Array,
): Promise<readonly Generation[]> {
  for (const [i, request] of requests.entries()) checkRequest(request, model.config, `request ${i}`);
  // Requests with one prompt stay together, so that it is computed once; each worker gets its fair share.
  const indexed = requests.map((request, index) => ({ index, request, key: request.prompt.join(",") }));
  const places = new Map<string, number>();
  for (const { key } of indexed) if (!places.has(key)) places.set(key, places.size);
  const ordered = [...indexed].sort((a, b) => places.get(a.key)! - places.get(b.key)! || a.index - b.index);
  const ranges = rangesOf(ordered.length, pool.size);
  const parts = (await onAll(pool, (worker) =>
    pool.run(
      worker,
      {
        kind: "generate",
        version: model.version,
        requests: ordered
          .slice(ranges[worker]!.from, ranges[worker]!.to)
          .map(({ index, request }) => ({ index, request })),
        limits: model.limits,
        stream: stream !== undefined,
        stop: stop.buffer as SharedArrayBuffer,
      },
      stream,
    ),
  )) as ReadonlyMap<number, Generation>[];
  if (Atomics.load(stop, 0) !== 0) throw new UsageError("engine: generation was stopped");
  return requests.map((_, index) => {
    const generation = parts.map((part) => part.get(index)).find((found) => found !== undefined);
    invariant(generation !== undefined, `request ${index} was lost`);
    return generation;
  });
}

function checkRequest(request: GenerateRequest, config: ModelConfig, what: string): void {
  const { prompt, maxTokens, temperature, topK, topP } = request;
  const refuse = (name: string, value: unknown, expected: string): never => {
    throw new UsageError(`engine: ${what}: ${name} is ${value}; expected ${expected}`);
  };
  if (prompt.length === 0) refuse("prompt", "empty", "at least one token");
  checkTokens(prompt, config, what);
  if (!Number.isInteger(maxTokens) || maxTokens < 1)
    refuse("maxTokens", maxTokens, "an integer of at least 1");
  if (prompt.length + maxTokens > config.maxPositionEmbeddings) {
    refuse(
      "maxTokens",
      maxTokens,
      `at most ${config.maxPositionEmbeddings - prompt.length} after this prompt`,
    );
  }
  if (!Number.isFinite(temperature) || temperature < 0) refuse("temperature", temperature, "0 or more");
  if (topK !== undefined && (!Number.isInteger(topK) || topK < 1))
    refuse("topK", topK, "an integer of at least 1");
  if (topP !== undefined && !(topP > 0 && topP <= 1)) refuse("topP", topP, "more than 0, at most 1");
}
