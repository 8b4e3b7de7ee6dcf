/** What the engine's process asks of its worker threads, and what they answer. */
import type { GenerateRequest, OptimizerStep } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import type { GenerateLimits } from "./generate.ts";
import type { MicroBatch } from "./pack.ts";
import type { Failure } from "./protocol.ts";

/** The state of training in memory that all workers see, and one gradient region per worker. */
export interface SharedState {
  readonly weights: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly gradients: readonly Float32Array[];
}

/** A micro-batch with the coefficients of its picks. */
export interface TrainMicroBatch {
  readonly batch: MicroBatch;
  readonly weights: Float32Array;
  readonly oldLogProbs?: Float32Array;
}

/** `version` counts changes of the weights; a worker copies them when it sees a new one. */
export type Task =
  | { readonly kind: "model"; readonly config: ModelConfig; readonly state: SharedState }
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
      /** Shared flag: not 0 once the caller wants to stop. */
      readonly stop: SharedArrayBuffer;
    }
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
