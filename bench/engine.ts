/**
 * Speed of the engine beside PyTorch eager and transformers' generate, measured in one run on one machine.
 *
 *   npx tsx bench/engine.ts [--threads 2] [--rounds 5] [--python PATH] [--vocab 537] [--width 128] [--layers 4]
 *
 * Training on full rows (pretraining), an update on completions that share prompts (one step of reinforcement),
 * and rollouts of a policy that has been trained for `warmup` steps (0 = fresh weights), once to full length and
 * once ending at a stop token, where only tokens up to it count. Tokens are those the caller handed in or gets,
 * the same for both sides. Without --python only the engine is measured.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
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
    warmup: { type: "string", default: "120" },
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
// A language with about as much choice as a trained policy has: two of three tokens follow from the one before,
// every third is one of three. The last token of the vocabulary ends a text, after 24 tokens on average, so that
// completions differ in length as rollouts do.
const clusters = Math.floor((config.vocabSize - 1) / 3);
const stopToken = config.vocabSize - 1;
const next = (token: number): number => {
  if (token === stopToken) return 3 * random.integer(clusters);
  if (token % 3 < 2) return token + 1;
  return random.integer(8) === 0 ? stopToken : 3 * ((7 * token + 11 * random.integer(3)) % clusters);
};
const drawTokens = (count: number, before = 3 * random.integer(clusters)): number[] => {
  const tokens = [next(before)];
  while (tokens.length < count) tokens.push(next(tokens.at(-1) as number));
  return tokens;
};
const promptTokens = Number(flags.promptTokens);
const newTokens = Number(flags.newTokens);
const pretrain = Array.from({ length: 16 }, () => drawTokens(128));
const prompts = Array.from({ length: Number(flags.prompts) }, () => drawTokens(promptTokens));
const rollouts = prompts.flatMap((prompt) => Array.from({ length: Number(flags.group) }, () => prompt));
const completed = rollouts.map((prompt) => [...prompt, ...drawTokens(newTokens, prompt.at(-1))]);
const pretrainWeights = pretrain.map((tokens) => tokens.map(() => 1 / (16 * 127)));
const updateWeights = completed.map((tokens, i) =>
  tokens.map((_, t) => (t < promptTokens ? 0 : ((i % 3) - 0.7) / (completed.length * newTokens))),
);

const folder = mkdtempSync(join(tmpdir(), "bench-engine-"));
const engine = await startEngine({ threads });
await engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, 1);
for (let i = 0; i < Number(flags.warmup); i++) {
  const tokens = Array.from({ length: 16 }, () => drawTokens(128));
  await engine.train(
    tokens.map((own) => ({ tokens: own, weights: own.map(() => 1 / (16 * 127)) })),
    { ...step, lr: 5e-3 },
  );
}
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
const ending = await engine.generate(requests.map((request) => ({ ...request, stopTokens: [stopToken] })));
const entropy = ending.reduce((sum, generation) => sum + generation.entropy, 0) / ending.length;
const torch = flags.python === undefined ? undefined : await startTorch(flags.python);

interface Measure {
  readonly name: string;
  readonly tokens: number;
  readonly own: () => Promise<unknown>;
  /** The line that asks the other side for the same. */
  readonly ask: string;
}
const measures: readonly Measure[] = [
  {
    name: "training, 16 × 128",
    tokens: 16 * 128,
    own: () => engine.train(pretrainBatch, step),
    ask: "pretrain",
  },
  {
    name: "update on completions",
    tokens: completed.length * (promptTokens + newTokens),
    own: () => engine.train(updateBatch, step),
    ask: "update",
  },
  ...[64, rollouts.length].flatMap((rows) => [
    {
      name: `rollouts of ${rows}, full length`,
      tokens: rows * newTokens,
      own: () => engine.generate(requests.slice(0, rows)),
      ask: `rollout ${rows}`,
    },
    {
      name: `rollouts of ${rows}, ending`,
      // Both sides are given the mean number of tokens that a completion has up to its end.
      tokens: ending.slice(0, rows).reduce((sum, { tokens }) => sum + tokens.length, 0),
      own: () =>
        engine.generate(requests.slice(0, rows).map((request) => ({ ...request, stopTokens: [stopToken] }))),
      ask: `ending ${rows}`,
    },
  ]),
];

const { parameters } = await engine.stats();
console.log(
  `${(parameters / 1e6).toFixed(2)} M parameters, ${threads} threads; ` +
    `${promptTokens} prompt + ${newTokens} new tokens, ${flags.group} to a prompt, entropy ${entropy.toFixed(2)} nats; ` +
    `tokens/s, fastest of ${rounds}`,
);
console.log(`${"".padEnd(30)}   engine${torch === undefined ? "" : `    torch ${torch.version}`}`);
for (const { name, tokens, own, ask } of measures) {
  // The sides take turns, so that what else the machine does falls on both; the fastest round of each counts.
  let best = Number.POSITIVE_INFINITY;
  let other = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await own();
    const seconds = (performance.now() - start) / 1000;
    if (round > 0) best = Math.min(best, seconds);
    const theirs = (await torch?.ask(ask)) ?? Number.POSITIVE_INFINITY;
    if (round > 0) other = Math.min(other, theirs);
  }
  const compared =
    torch === undefined
      ? ""
      : `  ${(tokens / other).toFixed(0).padStart(8)}   ${(other / best).toFixed(2)} ×`;
  console.log(`${name.padEnd(30)} ${(tokens / best).toFixed(0).padStart(8)}${compared}`);
}
const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const own = mib((await engine.stats()).peakMemoryBytes);
console.log(`peak memory ${own}${torch === undefined ? "" : `, ${mib(torch.peakMemoryBytes())}`}`);
await engine[Symbol.asyncDispose]();
torch?.close();
rmSync(folder, { recursive: true });

/** The other side, asked line by line. */
async function startTorch(python: string): Promise<{
  readonly version: string;
  readonly ask: (line: string) => Promise<number>;
  readonly peakMemoryBytes: () => number;
  readonly close: () => void;
}> {
  const job = {
    folder,
    threads,
    pretrain: { tokens: pretrain, weights: pretrainWeights },
    update: { tokens: completed, weights: updateWeights },
    prompts: rollouts,
    newTokens,
    stopToken,
  };
  const file = join(folder, "job.json");
  writeFileSync(file, JSON.stringify(job));
  const script = fileURLToPath(new URL("./engine_torch.py", import.meta.url));
  const child = spawn(python, [script, file], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the Python side ended; run bench/engine_torch.py by hand to see why");
    return JSON.parse(value);
  };
  const { version } = await read();
  let peak = 0;
  return {
    version: String(version),
    peakMemoryBytes: () => peak,
    close: () => child.stdin.end(),
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { seconds, peakMemoryBytes } = await read();
      peak = Number(peakMemoryBytes);
      return Number(seconds);
    },
  };
}
