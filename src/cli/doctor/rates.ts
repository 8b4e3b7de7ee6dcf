/**
 * How fast the engine would train a model and answer with it here.
 *
 * A small model is bound by calls and not by arithmetic, so it is made and timed: a few steps of the recipe's own sizes.
 * A large one would take too long, so its rates follow from operations (6 a weight and token trained, 4 with an adapter,
 * 2 sampled or read) and the measured rate of matrix products; the shares of it that are reached are docs/engine.md's.
 */
import { type Engine, startEngine, type TrainSequence } from "../../engine/client.ts";
import type { ModelConfig } from "../../engine/config.ts";
import type { EngineSection } from "../../recipe/sections/engine.ts";
import { engineSettings } from "../../recipe/sections/engine.ts";

export interface Rates {
  /** Tokens a second of a training step. */
  readonly train: number;
  /** Tokens a second that many sequences together are written at. */
  readonly sample: number;
  /** Tokens a second that prompts are read at. */
  readonly read: number;
  /** Largest memory of the engine's process while it was timed; undefined of a model that was not. */
  readonly engineBytes?: number;
  readonly how: string;
}

/** Sizes that a small model is timed with. */
export interface Shapes {
  readonly stepTokens: number;
  readonly rowTokens: number;
  readonly sequences: number;
  readonly prompt: number;
  readonly reply: number;
}

/** Up to so many weights a model is timed; the engine runs those a worker a thread. */
export const TIMED_WEIGHTS = 24e6;

const TRAIN_SHARE = 0.77;
const SAMPLE_SHARE = 0.66;
/** Bytes a second at which weights are read from memory, which bounds the writing of a few sequences. */
const MEMORY_RATE = 25e9;
const LONG_ENOUGH = 500;
const STEP = { lr: 1e-6, beta1: 0.9, beta2: 0.99, eps: 1e-8, weightDecay: 0, clipNorm: 1 };

/** Rates from operations. */
export function ratesByOperations(
  parameters: number,
  productRate: number,
  training: { readonly isAdapter: boolean; readonly recompute: boolean },
  sequences: number,
): Rates {
  const perToken = (training.isAdapter ? 4 : 6) + (training.recompute ? 2 : 0);
  const arithmetic = (2 * parameters) / (productRate * SAMPLE_SHARE);
  const reading = (4 * parameters) / MEMORY_RATE / Math.max(1, sequences);
  return {
    train: (productRate * TRAIN_SHARE) / (perToken * parameters),
    sample: 1 / Math.max(arithmetic, reading),
    read: (productRate * TRAIN_SHARE) / (2 * parameters),
    how: `${perToken} operations a weight and token at ${TRAIN_SHARE} of the rate of products, 2 at ${SAMPLE_SHARE} when sampling`,
  };
}

/** Rates of a small model, timed in a process of its own; the first of each kind compiles and is not counted. */
export async function timedRates(
  config: ModelConfig,
  section: EngineSection,
  shapes: Shapes,
): Promise<Rates> {
  await using engine = await startEngine(engineSettings(section));
  await engine.create(config, { embeddingStd: 0.02, outputScale: 1 }, 1);
  if (section.lora !== undefined) await engine.adapt(section.lora, 1);
  const rows = sequencesOf(Math.ceil(shapes.stepTokens / shapes.rowTokens), shapes.rowTokens, 1, config);
  const train = await bestRate(shapes.stepTokens, () => engine.train(rows, STEP));
  const { sequences, prompt, reply } = shapes;
  const sample = await bestRate(sequences * reply, () => generate(engine, shapes, config));
  const replies = sequencesOf(sequences, prompt + reply, prompt, config);
  await engine.train(replies, STEP);
  const read = await bestRate(sequences * (prompt + reply), () =>
    engine.score(replies.map(({ tokens }) => tokens)),
  );
  const { peakMemoryBytes } = await engine.stats();
  return { train, sample, read, engineBytes: peakMemoryBytes, how: "timed on a model of this shape" };
}

/** The best rate of some turns after a first one: three, or fewer where they take long. */
async function bestRate(tokens: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const startedAt = performance.now();
  let best = 0;
  for (let turn = 0; turn < 3 && performance.now() - startedAt < LONG_ENOUGH; turn++) {
    const from = performance.now();
    await work();
    best = Math.max(best, tokens / ((performance.now() - from) / 1000));
  }
  return best;
}

function sequencesOf(count: number, length: number, from: number, config: ModelConfig): TrainSequence[] {
  return Array.from({ length: count }, (_, row) => ({
    tokens: tokensOf(row, length, config),
    weights: Array.from({ length }, (_, at) => (at < from ? 0 : 1 / length)),
  }));
}

/** Different tokens in every row, all of the vocabulary. */
function tokensOf(row: number, length: number, { vocabSize }: ModelConfig): number[] {
  return Array.from({ length }, (_, at) => (7 * row + 3 * at) % vocabSize);
}

/** No token stops a reply, so that each has the wanted length. */
async function generate(engine: Engine, { sequences, prompt, reply }: Shapes, config: ModelConfig) {
  return await engine.generate(
    Array.from({ length: sequences }, (_, row) => ({
      prompt: tokensOf(row % 32, prompt, config),
      maxTokens: reply,
      temperature: 1,
      seed: row,
      stopTokens: [],
    })),
  );
}
