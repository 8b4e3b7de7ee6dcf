/**
 * Speed of the engine beside PyTorch eager and transformers' generate, measured in one run on one machine.
 *
 *   npx tsx bench/engine.ts [--threads 2] [--rounds 5] [--python PATH] [--vocab 537] [--width 128] [--layers 4]
 *
 * Three figures: training on full rows (pretraining), an update on completions that share prompts (one step of
 * reinforcement), and rollouts. Tokens are those the caller handed in, the same for both sides. Without --python
 * only the engine is measured.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../src/base/random.ts";
import { type GenerateRequest, type OptimizerStep, startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";

const { values: flags } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    python: { type: "string" },
    vocab: { type: "string", default: "537" },
    width: { type: "string", default: "128" },
    layers: { type: "string", default: "4" },
    prompts: { type: "string", default: "32" },
    group: { type: "string", default: "8" },
    promptTokens: { type: "string", default: "40" },
    newTokens: { type: "string", default: "40" },
  },
});
const threads = Number(flags.threads);
const rounds = Number(flags.rounds);
const width = Number(flags.width);
const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: Number(flags.vocab),
  hiddenSize: width,
  intermediateSize: (width * 21) / 8,
  numHiddenLayers: Number(flags.layers),
  numAttentionHeads: width / 32,
  numKeyValueHeads: width / 64,
  headDim: 32,
  maxPositionEmbeddings: 1024,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const step: OptimizerStep = {
  lr: 1e-4,
  beta1: 0.9,
  beta2: 0.98,
  eps: 1e-8,
  weightDecay: 0.05,
  clipNorm: 1,
};

const random = seededRandom(1, "bench");
const drawTokens = (count: number): number[] =>
  Array.from({ length: count }, () => random.integer(config.vocabSize));
const promptTokens = Number(flags.promptTokens);
const newTokens = Number(flags.newTokens);
const pretrain = Array.from({ length: 16 }, () => drawTokens(128));
const prompts = Array.from({ length: Number(flags.prompts) }, () => drawTokens(promptTokens));
const rollouts = prompts.flatMap((prompt) => Array.from({ length: Number(flags.group) }, () => prompt));
const completed = rollouts.map((prompt) => [...prompt, ...drawTokens(newTokens)]);
const pretrainWeights = pretrain.map((tokens) => tokens.map(() => 1 / (16 * 127)));
const updateWeights = completed.map((tokens, i) =>
  tokens.map((_, t) => (t < promptTokens ? 0 : ((i % 3) - 0.7) / (completed.length * newTokens))),
);

/** Seconds of the fastest of `rounds` runs after one that is not counted: what else the machine does only slows. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await work();
    if (round > 0) times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

const folder = mkdtempSync(join(tmpdir(), "bench-engine-"));
const engine = await startEngine({ threads });
await engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, 1);
await engine.save(folder);

const sequences = (tokens: readonly number[][], weights: readonly number[][]) =>
  tokens.map((own, i) => ({ tokens: own, weights: weights[i] as number[] }));
const requests = rollouts.map(
  (prompt, seed): GenerateRequest => ({
    prompt,
    maxTokens: newTokens,
    temperature: 1,
    seed,
    stopTokens: [],
  }),
);
const pretrainBatch = sequences(pretrain, pretrainWeights);
const updateBatch = sequences(completed, updateWeights);
const ours = {
  pretrain: (16 * 128) / (await fastest(() => engine.train(pretrainBatch, step))),
  update: (completed.length * (promptTokens + newTokens)) / (await fastest(() => engine.train(updateBatch, step))),
  rollout: (rollouts.length * newTokens) / (await fastest(() => engine.generate(requests))),
  ...(await engine.stats()),
};
await engine[Symbol.asyncDispose]();

console.log(
  `${(ours.parameters / 1e6).toFixed(2)} M parameters, ${threads} threads; ${rollouts.length} sequences, ` +
    `${promptTokens} prompt + ${newTokens} new tokens, ${flags.group} to a prompt`,
);
const line = (name: string, own: number, other?: number): void =>
  console.log(
    `${name.padEnd(34)} ${own.toFixed(0).padStart(8)} tokens/s` +
      (other === undefined ? "" : `   ${other.toFixed(0).padStart(8)}   ${(own / other).toFixed(2)} ×`),
  );

if (flags.python === undefined) {
  line("training, 16 × 128", ours.pretrain);
  line("update on completions", ours.update);
  line("rollouts", ours.rollout);
  console.log(`peak memory ${(ours.peakMemoryBytes / 2 ** 20).toFixed(0)} MiB`);
} else {
  const job = {
    folder,
    threads,
    rounds,
    pretrain: { tokens: pretrain, weights: pretrainWeights },
    update: { tokens: completed, weights: updateWeights },
    prompts: rollouts,
    newTokens,
  };
  const file = join(folder, "job.json");
  writeFileSync(file, JSON.stringify(job));
  const script = new URL("./engine_torch.py", import.meta.url).pathname;
  const torch = JSON.parse(
    execFileSync(flags.python, [script, file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  console.log(`${"".padEnd(34)}      engine              ${torch.versions}`);
  line("training, 16 × 128", ours.pretrain, torch.pretrain);
  line("update on completions", ours.update, torch.update);
  line("rollouts (transformers.generate)", ours.rollout, torch.rollout);
  const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  console.log(`peak memory ${mib(ours.peakMemoryBytes)} MiB, ${mib(torch.peakMemoryBytes)} MiB`);
}
rmSync(folder, { recursive: true });
