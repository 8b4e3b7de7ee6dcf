/**
 * What is measured: the shapes of the models, token ids to feed them, and how much arithmetic a training step is.
 */
import type { Random } from "../../src/base/random.ts";
import type { OptimizerStep } from "../../src/engine/client.ts";
import type { ModelConfig } from "../../src/engine/config.ts";

/** A model and the batch it is trained on. */
export interface BenchShape {
  readonly name: string;
  readonly config: ModelConfig;
  readonly rows: number;
  readonly time: number;
}

const common = { maxPositionEmbeddings: 2048, ropeTheta: 10000, tieWordEmbeddings: true } as const;

/** The size that a recipe here trains from scratch. */
export const small: BenchShape = {
  name: "6 M",
  config: {
    ...common,
    architecture: "qwen2",
    vocabSize: 4096,
    hiddenSize: 256,
    intermediateSize: 768,
    numHiddenLayers: 6,
    numAttentionHeads: 8,
    numKeyValueHeads: 2,
    headDim: 32,
    rmsNormEps: 1e-6,
  },
  rows: 16,
  time: 256,
};

/** SmolLM2-135M. */
export const large: BenchShape = {
  name: "135 M",
  config: {
    ...common,
    architecture: "llama",
    vocabSize: 49152,
    hiddenSize: 576,
    intermediateSize: 1536,
    numHiddenLayers: 30,
    numAttentionHeads: 9,
    numKeyValueHeads: 3,
    headDim: 64,
    rmsNormEps: 1e-5,
  },
  rows: 4,
  time: 256,
};

/** How both sides update. */
export const update: OptimizerStep = {
  lr: 1e-5,
  beta1: 0.9,
  beta2: 0.98,
  eps: 1e-8,
  weightDecay: 0.05,
  clipNorm: 1,
};

/**
 * Floating-point operations of a training step for each token: 6 for each weight of a matrix that the token is
 * multiplied with (forward once, backward twice; the output matrix counts, looking up the embedding does not), and
 * 6 · layers · heads · headDim · time for attention: two products of 2 · heads · headDim operations with each of the
 * time/2 tokens before it, three times.
 */
export function flopsPerToken({ config, time }: BenchShape): number {
  const {
    hiddenSize: width,
    numAttentionHeads: heads,
    numKeyValueHeads: shared,
    headDim,
    intermediateSize,
  } = config;
  const attention = width * headDim * (heads + shared + shared + heads);
  const layers = config.numHiddenLayers * (attention + 3 * width * intermediateSize);
  const matrices = layers + width * config.vocabSize;
  return 6 * matrices + 6 * config.numHiddenLayers * heads * headDim * time;
}

/** Rows of token ids that are drawn evenly, the first few left out, which are for control. */
export function drawRows(random: Random, rows: number, time: number, { vocabSize }: ModelConfig): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: time }, () => RESERVED + random.integer(vocabSize - RESERVED)),
  );
}

/** Ids below this are in no prompt. */
const RESERVED = 16;
