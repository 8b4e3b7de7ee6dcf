/** Settings of the embedded engine, shared by every stage that trains or samples with it. */
import { z } from "zod";

export const engineSection = z
  .strictObject({
    threads: z.int().min(1).max(256).default(2).describe("CPU threads of the engine; not given in the paper"),
    memoryGb: z
      .number()
      .positive()
      .default(2)
      .describe("memory that one training step may take; larger batches are cut into micro-batches"),
  })
  .prefault({});

export type EngineSection = z.infer<typeof engineSection>;

/** The engine's own settings from a recipe's. */
export function engineSettings(section: EngineSection): {
  readonly threads: number;
  readonly memoryBytes: number;
} {
  return { threads: section.threads, memoryBytes: section.memoryGb * 2 ** 30 };
}
