/**
 * Adapters against PEFT (peft_adapters.py), in both directions and in training, for tied and untied models.
 *
 *   npx tsx interop/peft.ts PYTHON
 *
 * PEFT writes an adapter, the engine reads it; the engine trains one, writes it alone and merged, PEFT reads both. Then
 * one step is taken on that adapter, whose factors are both far from zero, with an eps so large that AdamW's update
 * is the gradient but for a factor.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../src/base/random.ts";
import { type OptimizerStep, startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";
import type { LoraSettings } from "../src/engine/lora.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/peft.ts PYTHON");
const script = fileURLToPath(new URL("./peft_adapters.py", import.meta.url));
const vocabSize = 97;
const adapters: Readonly<Record<"qwen2" | "llama", LoraSettings>> = {
  qwen2: { rank: 4, alpha: 10, targets: ["q_proj", "v_proj", "o_proj", "gate_proj"] },
  llama: {
    rank: 3,
    alpha: 3,
    targets: ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
  },
};
const training: OptimizerStep = { lr: 0.02, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 0 };
const gradient: OptimizerStep = { ...training, lr: 1000, eps: 1e4 };

const random = seededRandom(4, "interop");
const tokens = [40, 23, 9].map((length) => Array.from({ length }, () => random.integer(vocabSize)));
const batch = tokens.map((sequence, i) => ({
  tokens: sequence,
  // Both signs, as advantages have; the first tokens of each are a prompt.
  weights: sequence.map((_, t) => (t < 4 ? 0 : (i % 2 === 0 ? 1 : -0.6) / sequence.length)),
}));
const root = mkdtempSync(join(tmpdir(), "peft-interop-"));
process.on("exit", () => rmSync(root, { recursive: true }));
const folder = (...names: readonly string[]): string => {
  const path = join(root, ...names);
  mkdirSync(path, { recursive: true });
  return path;
};
const runPython = (part: "write" | "check"): void => {
  process.stdout.write(execFileSync(python, [script, part, root], { stdio: ["ignore", "pipe", "inherit"] }));
};

await using engine = await startEngine({ threads: 2 });
const score = async (): Promise<number[][]> => (await engine.score(tokens)).map((values) => [...values]);
for (const architecture of ["qwen2", "llama"] as const) {
  const config: ModelConfig = {
    architecture,
    vocabSize,
    hiddenSize: 48,
    intermediateSize: 80,
    numHiddenLayers: 2,
    numAttentionHeads: 4,
    numKeyValueHeads: 2,
    headDim: 12,
    maxPositionEmbeddings: 128,
    ropeTheta: 10000,
    rmsNormEps: 1e-6,
    tieWordEmbeddings: architecture === "qwen2",
    eosTokenIds: [1],
  };
  await engine.create(config, { embeddingStd: 0.3, outputScale: 1 }, 5);
  await engine.save(folder(architecture, "base"));
}
runPython("write");
const cases: Record<string, unknown> = {};
for (const [architecture, lora] of Object.entries(adapters)) {
  const base = folder(architecture, "base");
  await engine.load(base);
  const theirs = { lora: await engine.loadAdapter(folder(architecture, "theirs")), logProbs: await score() };
  await engine.load(base);
  await engine.adapt(lora, 8);
  for (let i = 0; i < 5; i++) await engine.train(batch, training);
  await engine.saveAdapter(folder(architecture, "ours"), base);
  await engine.save(folder(architecture, "merged"));
  const ours = await score();
  await engine.load(base);
  await engine.loadAdapter(folder(architecture, "ours"));
  const { loss, gradNorm } = await engine.train(batch, gradient);
  await engine.saveAdapter(folder(architecture, "after"), base);
  cases[architecture] = { theirs, ours, step: { ...gradient, loss, gradNorm } };
}
writeFileSync(join(root, "cases.json"), JSON.stringify({ batch, cases }));
runPython("check");
