/**
 * Gradients of GRPO: TRL's own trainer against src/reinforce/grpo.ts and the engine, form by form.
 *
 *   npx tsx interop/trl.ts PYTHON
 *
 * TRL (trl_gradients.py) samples from a model that the engine wrote and takes the gradients of three updates on the
 * same completions; the engine gets the same weights, tokens, rewards and log-probabilities of the reference. The
 * gradients may differ by 1e-5 of their norm. TRL's `dr_grpo` divides by the longest completion allowed where Eq. 1
 * does not; that factor is exact and applied here. The first update is Eq. 1's form without a ratio, the later ones
 * have ratios of which some are clipped.
 *
 * The engine hands out no gradient. AdamW with no memory and an eps that dwarfs the gradient moves the weights by
 * lr/eps times the gradient; that factor is so large that rounding of the weights is nothing beside it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OptimizerStep, startEngine } from "../src/engine/client.ts";
import type { ModelConfig } from "../src/engine/config.ts";
import { openSafetensors } from "../src/engine/safetensors.ts";
import type { Group } from "../src/records/rollout.ts";
import { type AdvantageForm, groupOf, type LossNorm, objective } from "../src/reinforce/grpo.ts";

const LIMIT = 1e-5;
const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/trl.ts PYTHON");
const script = fileURLToPath(new URL("./trl_gradients.py", import.meta.url));
const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 61,
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
  eosTokenIds: [1, 2, 3, 4, 5],
  // No padding token: transformers keeps the row of one out of the embedding's gradient, and here any token is sampled.
};
const FACTOR = 1e4;
const exposing: OptimizerStep = {
  lr: FACTOR * 1e8,
  beta1: 0,
  beta2: 0,
  eps: 1e8,
  weightDecay: 0,
  clipNorm: 0,
};
const maxTokens = 16;
const clip = { low: 0.1, high: 0.14 };

/** TRL's name of each loss, the form it is here, and what its gradient is to be multiplied by. */
const losses: readonly (readonly [lossType: string, norm: LossNorm, factor: number])[] = [
  ["dr_grpo", "sequenceSum", maxTokens],
  ["dr_grpo", "drGrpo", 1],
  ["grpo", "sequenceMean", 1],
  ["dapo", "tokenMean", 1],
];
const scales: Readonly<Record<AdvantageForm, string>> = { mean: "none", meanAndDeviation: "group" };
const cases = losses.flatMap(([lossType, norm, factor]) =>
  (["mean", "meanAndDeviation"] as const).flatMap((form) =>
    [0, 0.04].map((kl) => ({ lossType, norm, factor, form, kl })),
  ),
);
type Case = (typeof cases)[number];
/** Of TRL's run: two of our forms can share one. */
const nameOf = ({ lossType, form, kl }: Case): string => `${lossType}-${scales[form]}-${kl}`;

const root = mkdtempSync(join(tmpdir(), "trl-interop-"));
await using engine = await startEngine({ threads: 2 });
for (const [seed, name] of ["model", "reference"].entries()) {
  mkdirSync(join(root, name));
  await engine.create(config, { embeddingStd: 0.2, outputScale: 1 }, 5 + seed);
  await engine.save(join(root, name));
}
const asked = cases.map((own) => [
  nameOf(own),
  {
    lossType: own.lossType,
    scaleRewards: scales[own.form],
    kl: own.kl,
    maxTokens,
    ...clip,
    // Far enough for some ratios to leave the clip range on either side.
    lr: own.lossType === "dr_grpo" ? 0.6 : 0.1,
  },
]);
writeFileSync(join(root, "cases.json"), JSON.stringify(Object.fromEntries(asked)));
process.stdout.write(
  execFileSync(python, ["-W", "ignore", script, root], { stdio: ["ignore", "pipe", "inherit"] }),
);
let worst = 0;
for (const own of cases)
  for (const update of [1, 2, 3]) worst = Math.max(worst, await compare(own, update));
rmSync(root, { recursive: true });
if (!(worst <= LIMIT)) throw new Error(`the engine and TRL disagree by more than ${LIMIT}`);

/** A row of TRL's batch. */
interface Row {
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  readonly reward: number;
  readonly advantage: number;
  readonly oldLogProbs: readonly number[];
  readonly refLogProbs: readonly number[];
}

async function compare(own: Case, update: number): Promise<number> {
  const folder = join(root, `${nameOf(own)}-${update}`);
  const batch = JSON.parse(readFileSync(join(folder, "batch.json"), "utf8")) as Row[];
  const { groups, reference } = groupsOf(batch, own.form);
  await engine.load(folder);
  const before = await tensorsOf(join(folder, "model.safetensors"));
  const clipped = update > 1;
  const sequences = objective(
    groups,
    { lossNorm: own.norm, maxTokens, kl: own.kl, groupsWithoutSpread: "count" },
    reference,
  );
  const { clippedShare, kl } = await engine.train(
    sequences,
    clipped ? { ...exposing, clipRatio: clip } : exposing,
  );
  mkdirSync(join(folder, "after"), { recursive: true });
  await engine.save(join(folder, "after"));
  const after = await tensorsOf(join(folder, "after", "model.safetensors"));
  const gradient = await tensorsOf(join(folder, "gradient.safetensors"));
  let difference = 0;
  let size = 0;
  for (const [name, values] of gradient) {
    for (const [i, value] of values.entries()) {
      const expected = value * own.factor;
      const found = ((before.get(name)![i] as number) - (after.get(name)![i] as number)) / FACTOR;
      difference += (found - expected) ** 2;
      size += expected ** 2;
    }
  }
  const share = Math.sqrt(difference / size);
  const ratios = clipped ? `, ${((clippedShare ?? 0) * 100).toFixed(0)} % clipped` : "";
  const held = kl === undefined ? "no KL" : `KL ${kl.toFixed(2)}`;
  console.log(
    `${own.lossType.padEnd(7)} = ${own.norm.padEnd(12)} ${own.form.padEnd(16)} ${held.padEnd(7)} ` +
      `${`update ${update}${ratios}`.padEnd(22)} gradients differ by ${share.toExponential(1)} of their norm`,
  );
  if (clipped && !(clippedShare! > 0.02 && clippedShare! < 0.9)) throw new Error(`${folder}: nothing to clip`);
  if (own.kl > 0 && !(kl! > 0.02)) throw new Error(`${folder}: nothing to hold`);
  return share;
}

/** The groups of the batch with our advantages, which must be TRL's, and what the reference says of each. */
function groupsOf(batch: readonly Row[], form: AdvantageForm) {
  const questions = [...new Set(batch.map((row) => row.prompt.join(" ")))];
  const rowsOf = questions.map((question) => batch.filter((row) => row.prompt.join(" ") === question));
  const groups = questions.map((question, q): Group => {
    const rows = rowsOf[q]!;
    const rollouts = rows.map(({ prompt, tokens, reward, oldLogProbs }) => ({
      question,
      policyVersion: 0,
      prompt,
      tokens,
      logProbs: Float32Array.from(oldLogProbs),
      entropy: 0,
      finish: "stop" as const,
      reply: "",
      reward: { correct: 0, format: 0, total: reward, checks: [] },
    }));
    const group = groupOf(question, rollouts, form);
    for (const [i, { advantage }] of rows.entries()) {
      const own = group.advantages[i]!;
      if (Math.abs(advantage - own) > LIMIT)
        throw new Error(`${form}: the advantage is ${own} here and ${advantage} in TRL`);
    }
    return group;
  });
  const reference = rowsOf.map((rows) => rows.map(({ refLogProbs }) => Float32Array.from(refLogProbs)));
  return { groups, reference };
}

/** Every tensor of a file. */
async function tensorsOf(path: string): Promise<Map<string, Float32Array>> {
  await using file = await openSafetensors(path);
  const found = new Map<string, Float32Array>();
  for (const [name, tensor] of file.tensors) {
    const values = new Float32Array(tensor.shape.reduce((product, length) => product * length, 1));
    await file.read(tensor, values);
    found.set(name, values);
  }
  return found;
}
