/**
 * One GRPO step of the engine against torch (grpo.py): fixed groups of rollouts, the coefficients of Eq. 1 and 2 from
 * src/reinforce/grpo.ts, one AdamW step, and the weights before and after it.
 *
 *   npx tsx interop/grpo.ts PYTHON
 *
 * AdamW's first step is close to the sign of the gradient. So the step is taken twice from the same weights: as the
 * recipes take it, and with an eps so large that the update is the gradient but for a factor.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OptimizerStep, startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";
import type { Group } from "../src/records/rollout.ts";
import { groupOf, objective } from "../src/reinforce/grpo.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/grpo.ts PYTHON");
const script = fileURLToPath(new URL("./grpo.py", import.meta.url));
const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 89,
  hiddenSize: 48,
  intermediateSize: 80,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
  numKeyValueHeads: 2,
  headDim: 12,
  maxPositionEmbeddings: 128,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
  eosTokenIds: [1],
};
const adamw: OptimizerStep = { lr: 1e-3, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 0 };
const steps: Readonly<Record<string, OptimizerStep>> = {
  recipe: adamw,
  gradient: { ...adamw, lr: 10, eps: 100 },
};
/** Rewards of each question's four rollouts; the last question is tied and counts in the mean over questions. */
const rewards = [
  [1.1, 0.1, 0, 1.1],
  [0, 0, 0.1, 0],
  [1.1, 1.1, 1.1, 1.1],
];

const root = mkdtempSync(join(tmpdir(), "grpo-interop-"));
const before = join(root, "before");
mkdirSync(before);
const engine = await startEngine({ threads: 2 });
await engine.create(config, { embeddingStd: 0.2, outputScale: 1 }, 5);
await engine.save(before);
const groups = await Promise.all(rewards.map((values, q) => sampleGroup(q, values)));
const sequences = objective(groups, {
  lossNorm: "sequenceSum",
  maxTokens: 20,
  kl: 0,
  groupsWithoutSpread: "count",
});
const cases: Record<string, unknown> = {};
for (const [name, step] of Object.entries(steps)) {
  const after = join(root, name);
  mkdirSync(after);
  await engine.load(before);
  const { loss, gradNorm } = await engine.train(sequences, step);
  await engine.save(after);
  cases[name] = { step, loss, gradNorm };
}
const plain = groups.map(({ rollouts }) =>
  rollouts.map(({ prompt, tokens, reward }) => ({ prompt, tokens, reward: reward.total })),
);
writeFileSync(join(root, "cases.json"), JSON.stringify({ groups: plain, cases }));
await engine[Symbol.asyncDispose]();
process.stdout.write(execFileSync(python, [script, root], { stdio: ["ignore", "pipe", "inherit"] }));
rmSync(root, { recursive: true });

async function sampleGroup(q: number, values: readonly number[]): Promise<Group> {
  const prompt = Array.from({ length: 6 + 3 * q }, (_, i) => 2 + ((i * 7 + q * 11) % 80));
  const requests = values.map((_, i) => ({
    prompt,
    maxTokens: 4 + 5 * i,
    temperature: 1,
    seed: `${q}/${i}`,
    stopTokens: [1],
  }));
  const generations = await engine.generate(requests);
  const rollouts = generations.map((generation, i) => ({
    ...generation,
    question: String(q),
    policyVersion: 0,
    prompt,
    reply: "",
    reward: { correct: 0, format: 0, total: values[i]!, checks: [] },
  }));
  return groupOf(String(q), rollouts, "mean");
}
