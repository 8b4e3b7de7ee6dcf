/** The model that the engine's process holds, and how work on it is shared out. */
import type { ModelConfig } from "./config.ts";
import type { Limits } from "./limits.ts";
import type { LoraSettings } from "./lora.ts";
import type { SharedState } from "./tasks.ts";

export interface Held {
  readonly config: ModelConfig;
  readonly lora: LoraSettings | undefined;
  /** Workers that compute, each with its share of the threads; the others only help to reduce and update. */
  readonly lanes: number;
  readonly memoryBytes: number | undefined;
  readonly limits: Limits;
  readonly state: SharedState;
  /** Optimizer steps taken. */
  steps: number;
  /** Changes of the weights so far: a worker that has seen an older one brings its copy up to date. */
  version: number;
  /** The training state saved or loaded last. */
  saved: string | undefined;
}
