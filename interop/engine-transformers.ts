/**
 * Writes a random model of each architecture with the engine and has transformers load it (engine_transformers.py).
 *
 *   npx tsx interop/engine-transformers.ts PYTHON
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../src/base/random.ts";
import { startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/engine-transformers.ts PYTHON");
const script = fileURLToPath(new URL("./engine_transformers.py", import.meta.url));
const random = seededRandom(2, "interop");
const tokens = [300, 57, 5].map((length) => Array.from({ length }, () => random.integer(211)));
const root = mkdtempSync(join(tmpdir(), "engine-interop-"));
const engine = await startEngine({ threads: 2 });
for (const architecture of ["qwen2", "qwen3", "llama"] as const) {
  const config: ModelConfig = {
    architecture,
    vocabSize: 211,
    hiddenSize: 96,
    intermediateSize: 160,
    numHiddenLayers: 3,
    numAttentionHeads: 6,
    numKeyValueHeads: 2,
    headDim: architecture === "qwen3" ? 32 : 16,
    maxPositionEmbeddings: 512,
    ropeTheta: 50000,
    rmsNormEps: 1e-5,
    tieWordEmbeddings: architecture !== "llama",
    eosTokenIds: [1, 2],
    padTokenId: 0,
  };
  const folder = join(root, architecture);
  mkdirSync(folder);
  await engine.create(config, { embeddingStd: 0.5, outputScale: 1 }, 3);
  await engine.save(folder);
  const logProbs = (await engine.score(tokens)).map((values) => [...values]);
  const file = join(root, `${architecture}.json`);
  writeFileSync(file, JSON.stringify({ tokens, logProbs }));
  process.stdout.write(execFileSync(python, [script, folder, file], { stdio: ["ignore", "pipe", "inherit"] }));
}
await engine[Symbol.asyncDispose]();
rmSync(root, { recursive: true });
