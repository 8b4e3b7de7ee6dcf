/**
 * A training step and scoring across the workers: packs, shares out, joins, updates.
 *
 * A step has three parts: gradients of all micro-batches, their sum with its norm, and the update; nothing is
 * changed before the norm is known to be finite.
 */
import { UsageError } from "../base/errors.ts";
import type { OptimizerStep, TrainSequenceArrays, TrainStats } from "./client.ts";
import type { Held } from "./held.ts";
import { lossOf } from "./loss.ts";
import { type MicroBatch, pack } from "./pack.ts";
import { onAll, type Pool } from "./pool.ts";
import { checkTokens, dealt, rangesOf } from "./share.ts";
import type { TrainMicroBatch } from "./tasks.ts";

/** One optimizer step on a batch. */
export async function train(
  pool: Pool,
  model: Held,
  batch: readonly TrainSequenceArrays[],
  step: OptimizerStep,
): Promise<TrainStats> {
  const { lanes, config } = model;
  const where = `engine: training step ${model.steps + 1}`;
  for (const [i, { tokens, weights, oldLogProbs }] of batch.entries()) {
    checkTokens(tokens, config, `sequence ${i}`);
    if (weights.length !== tokens.length) {
      throw new UsageError(
        `${where}: sequence ${i} has ${tokens.length} tokens and ${weights.length} weights`,
      );
    }
    if (step.clipRatio !== undefined && oldLogProbs?.length !== tokens.length) {
      throw new UsageError(`${where}: sequence ${i} needs oldLogProbs for every token with clipRatio`);
    }
  }
  const micro = pack(batch, { microTokens: model.limits.microTokens, workers: lanes });
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
  const shares = dealt(planned, lanes);
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
    const values = found[i % lanes]![Math.floor(i / lanes)]!;
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
      `${where}: the loss is ${loss} and the gradient's norm ${gradNorm}; ${suspects(batch, logProbs)}; ` +
        `the weights were left as they are; ${lastSaved(model)}; lower the learning rate or look at the batch`,
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

/** The sequences that a number beyond range came from, or all where none stands out. */
function suspects(batch: readonly TrainSequenceArrays[], logProbs: readonly Float32Array[]): string {
  const names = batch.map(({ id }, i) => id ?? `#${i}`);
  const broken = names.filter((_, i) => {
    const finite = (values: Float32Array): boolean => values.every((value) => Number.isFinite(value));
    return !finite(batch[i]!.weights) || !finite(logProbs[i]!);
  });
  const list = broken.length > 0 ? broken : names;
  const shown = list.slice(0, 8).join(", ") + (list.length > 8 ? ` and ${list.length - 8} more` : "");
  return broken.length > 0 ? `not finite in sequences ${shown}` : `the batch was ${shown}`;
}

function lastSaved({ saved }: Held): string {
  return saved === undefined
    ? "no training state was saved yet"
    : `the last training state saved is ${saved}`;
}

/** Puts the log-probabilities of picks at their sequence and index. */
function scatter(values: Float32Array, batch: MicroBatch, into: readonly Float32Array[]): void {
  for (let i = 0; i < values.length; i++) into[batch.sequence[i]!]![batch.index[i]!] = values[i]!;
}

/** The log-probability of every token but the first of each sequence. */
export async function score(
  pool: Pool,
  model: Held,
  sequences: readonly Int32Array[],
): Promise<readonly Float32Array[]> {
  for (const [i, tokens] of sequences.entries()) checkTokens(tokens, model.config, `sequence ${i}`);
  const micro = pack(
    sequences.map((tokens) => ({ tokens })),
    { microTokens: model.limits.microTokens, workers: model.lanes },
  );
  const found = (await Promise.all(
    dealt(micro, model.lanes).map((batches, index) =>
      pool.run(index, { kind: "score", version: model.version, batches }),
    ),
  )) as Float32Array[][];
  const scores = sequences.map((tokens) => new Float32Array(tokens.length));
  for (const [i, one] of micro.entries())
    scatter(found[i % model.lanes]![Math.floor(i / model.lanes)]!, one, scores);
  return scores;
}
