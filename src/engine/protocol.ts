/**
 * The messages between a program and its engine process. Calls carry an id; replies repeat it.
 *
 * Token ids, settings and numbers cross; weights and caches never do.
 */
import { Bug, codeOf, messageOf, UsageError } from "../base/errors.ts";
import type {
  GenerateRequest,
  InitSettings,
  OptimizerStep,
  SaveFormat,
  TrainSequenceArrays,
} from "./client.ts";
import type { ModelConfig } from "./config.ts";
import type { LoraSettings } from "./lora.ts";

export type Call =
  | {
      readonly method: "create";
      readonly config: ModelConfig;
      readonly init: InitSettings;
      readonly seed: number;
    }
  | { readonly method: "load"; readonly path: string }
  | { readonly method: "adapt"; readonly lora: LoraSettings; readonly seed: number }
  | { readonly method: "save"; readonly folder: string; readonly format: SaveFormat }
  | { readonly method: "saveAdapter"; readonly folder: string; readonly base: string }
  | { readonly method: "loadAdapter"; readonly folder: string }
  | { readonly method: "saveTraining"; readonly file: string }
  | { readonly method: "loadTraining"; readonly file: string }
  | {
      readonly method: "train";
      readonly batch: readonly TrainSequenceArrays[];
      readonly step: OptimizerStep;
    }
  | {
      readonly method: "score";
      readonly sequences: readonly Int32Array[];
      readonly from?: readonly number[];
    }
  | { readonly method: "generate"; readonly requests: readonly GenerateRequest[]; readonly stream: boolean }
  | { readonly method: "stats" };

/** A call as it crosses, or the wish to stop the one with this id, or one request of it. */
export type Message = (Call | { readonly method: "abort"; readonly request?: number }) & {
  readonly id: number;
};

/** What went wrong, told apart as in base/errors.ts. */
export interface Failure {
  readonly kind: "usage" | "bug" | "other";
  readonly message: string;
  readonly stack?: string;
  /** The operating system's code, so that a full disk is known as such on the other side. */
  readonly code?: string;
}

/**
 * The value of a call and the optimizer steps behind the model then, its failure, or a piece of its stream (request
 * index and token, alternating). Number 0 is no call: its value says that the process is ready, its failure is the
 * last word of a process that cannot go on.
 */
export type Reply =
  | { readonly id: number; readonly value: unknown; readonly steps: number }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly tokens: readonly number[] };

/** An error as it crosses a channel. */
export function failureOf(error: unknown): Failure {
  const kind = error instanceof UsageError ? "usage" : error instanceof Bug ? "bug" : "other";
  const stack = error instanceof Error ? error.stack : undefined;
  const code = codeOf(error);
  return {
    kind,
    message: messageOf(error),
    ...(stack === undefined ? {} : { stack }),
    ...(code === undefined ? {} : { code }),
  };
}

/** The error again, on the other side. */
export function revive(failure: Failure): Error {
  if (failure.kind === "usage") return new UsageError(failure.message);
  const error = failure.kind === "bug" ? new Bug(failure.message) : new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  if (failure.code !== undefined) Object.assign(error, { code: failure.code });
  return error;
}
