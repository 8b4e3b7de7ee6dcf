/** Settings of the embedded engine, shared by every stage that trains or samples with it. */
import { z } from "zod";

/** The matrices that an adapter can change, under Hugging Face's names. */
const adapterTarget = z.enum(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]);

export const engineSection = z
  .strictObject({
    threads: z.int().min(1).max(256).default(2).describe("CPU threads of the engine; not given in the paper"),
    memoryGb: z
      .number()
      .positive()
      .default(2)
      .describe("memory that one training step may take; larger batches are cut into micro-batches"),
    recompute: z
      .boolean()
      .default(false)
      .describe(
        "compute activations inside a layer again on the way back instead of keeping them: about a third more work, far less memory",
      ),
    lora: z
      .strictObject({
        rank: z.int().min(1).default(16).describe("inner size of the adapter's two factors"),
        alpha: z.number().positive().default(32).describe("their product is multiplied by alpha / rank"),
        targets: z
          .array(adapterTarget)
          .min(1)
          .default([...adapterTarget.options])
          .describe("matrices of a block that the adapter changes"),
      })
      .optional()
      .describe(
        "cold start and reinforcement train a low-rank adapter instead of all weights (the paper trains all); each stage's model has it merged in, and apart in model/adapter",
      ),
  })
  .prefault({});

export type EngineSection = z.infer<typeof engineSection>;

/** The engine's own settings from a recipe's. */
export function engineSettings(section: EngineSection): {
  readonly threads: number;
  readonly memoryBytes: number;
  readonly recompute: boolean;
} {
  const { threads, memoryGb, recompute } = section;
  return { threads, memoryBytes: memoryGb * 2 ** 30, recompute };
}
