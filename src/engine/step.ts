/**
 * A training step and scoring across the workers: packs, shares out, joins, updates.
 *
 * A step has three parts: gradients of all micro-batches, their sum with its norm, and the update; nothing is
 * changed before the norm is known to be finite.
 */
import { UsageError } from "../base/errors.ts";
import type { OptimizerStep, TrainSequenceArrays, TrainStats } from "./client.ts";
import type { Held } from "./held.ts";
import { requireMemory } from "./limits.ts";
import { trainedParameters } from "./lora.ts";
import { lossOf } from "./loss.ts";
import { type MicroBatch, pack } from "./pack.ts";
import { allOf, onAll, type Pool } from "./pool.ts";
import { checkTokens, dealt, rangesOf } from "./share.ts";
import type { TrainMicroBatch } from "./tasks.ts";

/** One optimizer step on a batch. */
export async function train(
  pool: Pool,
  model: Held,
  batch: readonly TrainSequenceArrays[],
  step: OptimizerStep,
): Promise<TrainStats> {
  const where = `engine: training step ${model.steps + 1}`;
  const { config, lora, lanes, memoryBytes } = model;
  const trained = trainedParameters(config, lora);
  requireMemory(config, { threads: pool.size, lanes, memoryBytes, trained });
  checkBatch(batch, model, step, where);
  const planned = plan(batch, model, step);
  if (planned.length === 0)
    throw new UsageError(`${where}: every weight is 0, so there is nothing to learn from`);
  const shares = dealt(planned, lanes).filter((own) => own.length > 0);
  const { version } = model;
  const found = (await allOf(
    shares.map((batches, index) =>
      pool.run(index, { kind: "train", version, batches, ratio: step.clipRatio }),
    ),
  )) as Float32Array[][];
  const { loss, clipped, kl, logProbs } = joined(batch, planned, found, step);

  const ranges = rangesOf(model.state.weights.length, pool.size);
  const squares = (await onAll(pool, (index) =>
    pool.run(index, { kind: "reduce", regions: shares.length, ...ranges[index]! }),
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
  const weightedTokens = planned.reduce((sum, { weights }) => sum + weights.length, 0);
  return {
    loss,
    gradNorm,
    tokens: batch.reduce((sum, { tokens }) => sum + tokens.length, 0),
    weightedTokens,
    logProbs,
    ...(step.clipRatio === undefined ? {} : { clippedShare: clipped / weightedTokens }),
    ...(kl === undefined ? {} : { kl }),
  };
}

function checkBatch(
  batch: readonly TrainSequenceArrays[],
  { config }: Held,
  step: OptimizerStep,
  where: string,
): void {
  const { lr, beta1, beta2, eps, weightDecay, clipNorm, clipRatio } = step;
  const settings = { lr, weightDecay, clipNorm, beta1, beta2, eps };
  for (const [name, value] of Object.entries(settings)) {
    const share = name.startsWith("beta");
    if (!(value >= 0) || (share && value >= 1) || (value === Number.POSITIVE_INFINITY && name !== "clipNorm"))
      throw new UsageError(
        `${where}: ${name} is ${value}; expected ${share ? "0 up to 1" : "a number from 0"}`,
      );
  }
  const held = hasReference(batch);
  for (const [i, { tokens, weights, oldLogProbs, klWeights, refLogProbs }] of batch.entries()) {
    checkTokens(tokens, config, `sequence ${i}`);
    if (weights.length !== tokens.length) {
      throw new UsageError(
        `${where}: sequence ${i} has ${tokens.length} tokens and ${weights.length} weights`,
      );
    }
    if (clipRatio !== undefined && oldLogProbs?.length !== tokens.length) {
      throw new UsageError(`${where}: sequence ${i} needs oldLogProbs for every token with clipRatio`);
    }
    if (!held) continue;
    if (klWeights?.length !== tokens.length || refLogProbs?.length !== tokens.length) {
      throw new UsageError(
        `${where}: sequence ${i} has ${tokens.length} tokens, ${klWeights?.length ?? 0} klWeights and ` +
          `${refLogProbs?.length ?? 0} refLogProbs; expected as many of each, or none in the whole batch`,
      );
    }
  }
}

/** The micro-batches of a batch, each with the coefficients of its picks. */
function plan(
  batch: readonly TrainSequenceArrays[],
  { limits, lanes }: Held,
  { clipRatio }: OptimizerStep,
): readonly TrainMicroBatch[] {
  const held = hasReference(batch);
  const wanted = held ? batch.map(eitherWeight) : batch;
  return pack(wanted, { microTokens: limits.microTokens, workers: lanes }).map((one) => {
    const gather = (pick: (sequence: TrainSequenceArrays) => Float32Array): Float32Array =>
      Float32Array.from(one.sequence, (sequence, i) => pick(batch[sequence]!)[one.index[i]!]!);
    return {
      batch: one,
      weights: gather(({ weights }) => weights),
      ...(clipRatio === undefined ? {} : { oldLogProbs: gather(({ oldLogProbs }) => oldLogProbs!) }),
      ...(held
        ? {
            klWeights: gather(({ klWeights }) => klWeights!),
            refLogProbs: gather(({ refLogProbs }) => refLogProbs!),
          }
        : {}),
    };
  });
}

/** Whether the step has a KL term: then all of its sequences have what it needs. */
function hasReference(batch: readonly TrainSequenceArrays[]): boolean {
  return batch.some(({ klWeights }) => klWeights !== undefined);
}

/** For packing: a token may count for its divergence alone. */
function eitherWeight({ tokens, weights, klWeights }: TrainSequenceArrays): TrainSequenceArrays {
  return { tokens, weights: weights.map((weight, t) => (weight !== 0 || klWeights![t] !== 0 ? 1 : 0)) };
}

interface Joined {
  readonly loss: number;
  readonly clipped: number;
  readonly kl: number | undefined;
  readonly logProbs: readonly Float32Array[];
}

/** The figures of a step from what the workers found, worker by worker. */
function joined(
  batch: readonly TrainSequenceArrays[],
  planned: readonly TrainMicroBatch[],
  found: readonly (readonly Float32Array[])[],
  { clipRatio }: OptimizerStep,
): Joined {
  const logProbs = batch.map(({ tokens }) => new Float32Array(tokens.length));
  let loss = 0;
  let clipped = 0;
  let divergence = 0;
  let heldTokens = 0;
  for (const [i, { batch: one, weights, oldLogProbs, klWeights, refLogProbs }] of planned.entries()) {
    const values = found[i % found.length]![Math.floor(i / found.length)]!;
    scatter(values, one, logProbs);
    const ratio =
      clipRatio === undefined || oldLogProbs === undefined
        ? undefined
        : { old: oldLogProbs, low: 1 - clipRatio.low, high: 1 + clipRatio.high };
    const kl =
      klWeights === undefined || refLogProbs === undefined
        ? undefined
        : { weights: klWeights, reference: refLogProbs };
    const terms = lossOf(values, { weights, ratio, kl });
    loss += terms.loss;
    clipped += terms.clipped;
    divergence += terms.kl;
    heldTokens += klWeights?.reduce((count, v) => count + (v === 0 ? 0 : 1), 0) ?? 0;
  }
  return { loss, clipped, logProbs, kl: heldTokens === 0 ? undefined : divergence / heldTokens };
}

/** The sequences that a number beyond range came from, or all where none stands out. */
function suspects(batch: readonly TrainSequenceArrays[], logProbs: readonly Float32Array[]): string {
  const names = batch.map(({ id }, i) => id ?? `#${i}`);
  const broken = names.filter((_, i) => {
    const finite = (values: Float32Array): boolean => values.every((value) => Number.isFinite(value));
    const { weights, klWeights = weights, refLogProbs = weights } = batch[i]!;
    return ![weights, klWeights, refLogProbs, logProbs[i]!].every(finite);
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

/** The log-probability of every token but the first of each sequence, or of those from `from` on. */
export async function score(
  pool: Pool,
  model: Held,
  sequences: readonly Int32Array[],
  from?: readonly number[],
): Promise<readonly Float32Array[]> {
  for (const [i, tokens] of sequences.entries()) checkTokens(tokens, model.config, `sequence ${i}`);
  const micro = pack(
    sequences.map((tokens, i) => {
      const start = from?.[i];
      return start === undefined
        ? { tokens }
        : { tokens, weights: Float32Array.from(tokens, (_, t) => (t < start ? 0 : 1)) };
    }),
    { microTokens: model.limits.microTokens, workers: model.lanes },
  );
  const found = (await allOf(
    dealt(micro, model.lanes).map((batches, index) =>
      pool.run(index, { kind: "score", version: model.version, batches }),
    ),
  )) as Float32Array[][];
  const scores = sequences.map((tokens) => new Float32Array(tokens.length));
  for (const [i, one] of micro.entries())
    scatter(found[i % model.lanes]![Math.floor(i / model.lanes)]!, one, scores);
  return scores;
}
