/**
 * Training data that `fleming export trl` and `fleming export verl` write, read by what they are written for
 * (handover.py): datasets and pandas read every file; TRL's SFTTrainer, set up by the README's own command, comes to
 * our tokens and learns those that we learn; so does verl's way of rendering message by message, which is followed
 * here because verl has no CPU build; GRPOTrainer takes a step with the exported reward, which gives ours.
 *
 *   npx tsx interop/handover.ts PYTHON
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { silentLog } from "../src/base/log.ts";
import { exportCommand } from "../src/cli/export.ts";
import { writeTaughtRun } from "../src/cli/fixtures/taught-run.ts";
import type { Output } from "../src/cli/output.ts";
import { startEngine } from "../src/engine/client.ts";
import { renderQuestion, renderReply } from "../src/models/prompt.ts";
import { exampleTokens, supervisedSequences } from "../src/models/supervised.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { rewardOf } from "../src/verify/reward.ts";

const python = process.argv[2];
if (python === undefined) throw new Error("usage: npx tsx interop/handover.ts PYTHON");
const script = fileURLToPath(new URL("./handover.py", import.meta.url));
const program = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "handover-interop-"));
const { run, train, trajectories } = await writeTaughtRun(join(root, "run"));
const base = join(run, "pretrain", "model");
const tokenizer = await openTokenizer(base);
{
  await using engine = await startEngine({ threads: 1 });
  await engine.create(
    tinyConfig({ vocabSize: tokenizer.vocabularySize, eosTokenIds: [tokenizer.endToken], padTokenId: tokenizer.boundaryToken }),
    { embeddingStd: 0.05, outputScale: 0.5 },
    1,
  );
  await engine.save(base);
}
const output: Output = { log: silentLog, print: () => {}, write: () => {}, json: () => {} };
for (const form of ["trl", "verl"])
  await exportCommand(form, { run, out: join(root, form), type: "f32" }, output);

const byId = new Map(train.map((question) => [question.id, question]));
const examples = trajectories.flatMap(({ id, question, reply }) => {
  const asked = byId.get(question);
  if (asked === undefined) return [];
  const [sequence] = supervisedSequences([exampleTokens(tokenizer, { prompt: renderQuestion(asked), reply })]);
  return [[id, { tokens: sequence!.tokens, learned: [...sequence!.weights].map((w) => (w === 0 ? 0 : 1)) }]];
});
const questions = train.map((question) => {
  const [right, wrong] = [question.gold.join(", "), "C"];
  const replies = [
    renderReply("so it is.", right),
    renderReply("so it is.", wrong),
    `<answer> ${right}</answer>`,
    `It is ${right}.`,
    "",
    `<think> 为什么\n"quoted" \\ </think><answer> ${right}</answer>`,
  ];
  return [question.id, replies.map((reply) => ({ reply, ...rewardOf({ question, reply, finish: "stop" }) }))];
});
writeFileSync(
  join(root, "expected.json"),
  JSON.stringify({ examples: Object.fromEntries(examples), questions: Object.fromEntries(questions) }),
);
process.stdout.write(
  execFileSync(python, ["-W", "ignore", script, root], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, FLEMING: `${process.execPath} --import ${import.meta.resolve("tsx")} ${program}` },
  }),
);
rmSync(root, { recursive: true });
