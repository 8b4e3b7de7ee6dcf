/** A model of a shape with fresh weights, in a folder that every side reads. */
import { mkdirSync, rmSync } from "node:fs";
import { startEngine } from "../../src/engine/client.ts";
import type { ModelConfig } from "../../src/engine/config.ts";

/** Writes it, by an engine of its own: what that one needed is not the memory of the one that is measured. */
export async function writeModel(folder: string, config: ModelConfig, threads: number): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await using engine = await startEngine({ threads });
  await engine.create(config, { embeddingStd: 0.02, outputScale: 0.2 }, 1);
  await engine.save(folder);
}
