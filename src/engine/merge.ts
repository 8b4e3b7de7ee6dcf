/**
 * Writes a model with its adapter merged in: W′ = W + s · B · A for every matrix that the adapter changes.
 */
import type { ModelConfig } from "./config.ts";
import { input } from "./graph.ts";
import { adaptedMatrices, type LoraSettings } from "./lora.ts";
import { add } from "./ops/elementwise.ts";
import { matmul } from "./ops/matmul.ts";
import type { Parameter } from "./parameters.ts";
import { compile, floats } from "./session.ts";

/** A compiled merge. */
export interface Merger {
  /** `base` and `target` are laid out as `parametersOf`, `adapter` as `trainedParameters`. */
  merge(base: Float32Array, adapter: Float32Array, target: Float32Array): Promise<void>;
  release(): Promise<void>;
}

/** Compiles the merge; matrices are done one at a time, so that no second model is held. */
export async function openMerger(config: ModelConfig, lora: LoraSettings, threads: number): Promise<Merger> {
  const matrices = adaptedMatrices(config, lora);
  const product = matmul(input("up", ["out", lora.rank]), input("down", [lora.rank, "in"]), {
    alpha: lora.alpha / lora.rank,
  });
  const session = await compile({ merged: add(input("base", ["out", "in"]), product) }, { threads });
  return {
    async merge(base, adapter, target) {
      for (const { matrix, down, up } of matrices) {
        // Copies: the runtime does not read shared memory.
        const part = ({ offset, size, shape }: Parameter, from: Float32Array) =>
          floats(new Float32Array(from.subarray(offset, offset + size)), shape);
        const feeds = { base: part(matrix, base), down: part(down, adapter), up: part(up, adapter) };
        const { merged } = await session.run(feeds);
        target.set(merged!, matrix.offset);
      }
    },
    release: () => session.release(),
  };
}
