/** What the engine's process asks of its worker threads, and what they answer. */
import type { GenerateRequest, OptimizerStep, SaveFormat } from "./client.ts";
import type { GenerateLimits } from "./generate.ts";
import type { MicroBatch } from "./pack.ts";
import type { Failure } from "./protocol.ts";
import type { SessionSettings } from "./session.ts";

/**
 * The state of training in memory that all workers see. What is trained (all weights, or an adapter's factors) has
 * `weights`, two moments, and one gradient region for each worker that computes.
 */
export interface SharedState {
  /** All weights of the model as loaded; the same array as `weights` where all of them are trained. */
  readonly base: Float32Array;
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly gradients: readonly Float32Array[];
}

/** A micro-batch with the coefficients of its picks; with a KL term all of a step have both of its arrays. */
export interface TrainMicroBatch {
  readonly batch: MicroBatch;
  readonly weights: Float32Array;
  readonly oldLogProbs?: Float32Array;
  readonly klWeights?: Float32Array;
  readonly refLogProbs?: Float32Array;
}

/** `version` counts changes of the weights; a worker copies them when it sees a new one. */
export type Task =
  | {
      readonly kind: "model";
      readonly settings: SessionSettings;
      readonly state: SharedState;
    }
  | {
      readonly kind: "train";
      readonly version: number;
      readonly batches: readonly TrainMicroBatch[];
      readonly ratio: { readonly low: number; readonly high: number } | undefined;
    }
  | { readonly kind: "score"; readonly version: number; readonly batches: readonly MicroBatch[] }
  | {
      readonly kind: "generate";
      readonly version: number;
      readonly requests: readonly { readonly index: number; readonly request: GenerateRequest }[];
      readonly limits: GenerateLimits;
      readonly stream: boolean;
      /** Shared flags, not 0 once the caller wants to stop: one for the call, then one for each of its requests. */
      readonly stop: SharedArrayBuffer;
    }
  | { readonly kind: "save"; readonly version: number; readonly folder: string; readonly format: SaveFormat }
  | { readonly kind: "reduce"; readonly regions: number; readonly from: number; readonly to: number }
  | {
      readonly kind: "update";
      readonly scale: number;
      readonly step: OptimizerStep;
      readonly count: number;
      readonly from: number;
      readonly to: number;
    };

export type TaskReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly tokens: readonly number[] };
