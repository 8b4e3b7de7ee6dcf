// Alarms of real reinforcement with the engine: a healthy run, a broken reward, a template that is not the model's own,
// tags that are lost, and a learning rate that is 100 times too high. The model is small and knows its form and facts.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fleming, type Outcome } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-alarms-"));
const recipe = join(folder, "alarms.yaml");
const taught = join(folder, "taught");

/** Facts that every answer needs are in the base's corpus, and every path has a trajectory: it starts at a reward of 0.85. */
const text = `
name: alarms
discover: { source: samples/encyclopedia/pages, licence: CC BY 4.0 }
synthesize: { style: plain, world: closed, types: [nameToTest, nameToDrug], maxPaths: 60, wordings: 6 }
pretrain:
  vocabulary: 2048
  model: { width: 64, layers: 2, heads: 2, kvHeads: 1, feedForward: 128 }
  corpus: { predicates: [DIAGNOSED_BY, TREATED_WITH], proseShare: 0, drugShare: 0.05, questionShare: 0.3 }
  optimizer: { lr: 0.005 }
  steps: 150
  rowsPerStep: 8
coldstart:
  pathShare: 1
  wordingsPerPath: 4
  optimizer: { lr: 0.003 }
  passes: 8
  batch: 16
  teacher: { citeFindings: false, exploreShare: 0 }
  heldOutShare: 0
reinforce:
  maxTokens: 32
  stage1: { steps: 12, questionsPerStep: 8, groupSize: 4 }
  stage2: { rounds: 1, stepsPerRound: 1, questionsPerStep: 4, groupSize: 4, miningWordings: 1, validationQuestions: 0 }
`;

interface Raised {
  readonly step: number;
  readonly name: string;
  readonly message: string;
}

beforeAll(async () => {
  writeFileSync(recipe, text);
  const stages = "stages=[discover,synthesize,refine,pretrain,coldstart]";
  const { code, stderr } = await fleming(["run", recipe, "--run", taught, "--set", stages]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("coldstart: done")]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reinforces a copy of the run, with its cold start's model altered, and reads the alarms of stage 1. */
async function reinforce(
  name: string,
  settings: readonly string[],
  alter: (model: string) => void = () => {},
): Promise<{
  readonly outcome: Outcome;
  readonly raised: readonly Raised[];
  readonly rewards: readonly number[];
}> {
  const run = join(folder, name);
  cpSync(taught, run, { recursive: true });
  alter(join(run, "coldstart/model"));
  const sets = settings.flatMap((setting) => ["--set", setting]);
  const outcome = await fleming(["reinforce", recipe, "--run", run, ...sets]);
  const steps = linesOf(join(run, "metrics.jsonl")).filter((line) => line["series"] === "reinforce/stage1");
  // A run that an alarm stopped has no outputs yet.
  const alarms = join(run, outcome.code === 0 ? "reinforce" : "scratch/reinforce/alarms");
  const file =
    outcome.code === 0
      ? "alarms.jsonl"
      : `reinforce-stage1-${String(steps.length - 1).padStart(6, "0")}.jsonl`;
  const raised = linesOf(join(alarms, file)).filter((line) => line["series"] === "reinforce/stage1");
  return {
    outcome,
    raised: raised as unknown as Raised[],
    rewards: steps.map((step) => step["reinforce/rewardMean"] as number),
  };
}

function linesOf(file: string): Record<string, unknown>[] {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function edit(file: string, change: (content: Record<string, unknown>) => void): void {
  const content = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  change(content);
  writeFileSync(file, JSON.stringify(content, null, 2));
}

const said = (raised: readonly Raised[]): string[] => raised.map(({ step, name }) => `${step} ${name}`);

test("a healthy run raises none", async () => {
  const { outcome, raised, rewards } = await reinforce("healthy", []);
  expect([outcome.code, raised]).toEqual([0, []]);
  expect(outcome.stderr).not.toContain("warning");
  expect(rewards[0]).toBeGreaterThan(0.5);
  expect(rewards.at(-1)).toBeGreaterThan(0.5);
});

test("a reward that pays nothing is told from answers that are wrong", async () => {
  const { raised } = await reinforce("nothing", ["reinforce.reward={ correct: 0, format: 0 }"]);
  expect(said(raised)).toEqual(["9 zeroReward"]);
  expect(raised[0]?.message).toMatch(/\d\d are right and were paid nothing.*the reward is broken/u);
});

test("a reward that does not look at the answer is named", async () => {
  const { raised } = await reinforce("blind", ["reinforce.reward.correct=0"]);
  expect(said(raised)).toEqual(["9 blindReward"]);
  expect(raised[0]?.message).toContain("reward.correct is 0, so only the form is paid");
});

test("another model's template is named before the first update, and the form that it costs", async () => {
  const { raised, outcome } = await reinforce("template", [], (model) =>
    edit(join(model, "tokenizer_config.json"), (config) => {
      config["chat_template"] =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}" +
        "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
    }),
  );
  expect(said(raised)).toEqual(["0 template", "9 formatMissing"]);
  expect(raised[0]?.message).toContain('"<|im_start|>user\\nWhich test?');
  expect(outcome.stderr).toContain("the prompt's template is not the one that the model was trained with");
});

test("tags that are lost when tokens become text are named before the first update", async () => {
  const { raised } = await reinforce("tags", [], (model) =>
    edit(join(model, "tokenizer.json"), (definition) => {
      for (const token of definition["added_tokens"] as { special: boolean }[]) token.special = true;
    }),
  );
  expect(said(raised)).toEqual(["0 template", "9 zeroReward"]);
  expect(raised[0]?.message).toContain("loses <think>, </think>, <answer>, </answer>");
  expect(raised[1]?.message).toMatch(/\d\d have no tags/u);
});

test("a learning rate 100 times too high is a divergence, which can stop the run", async () => {
  const settings = ["reinforce.optimizer.lr=0.03", "reinforce.alarms.stop=[divergence]"];
  const { outcome, raised, rewards } = await reinforce("rate", settings);
  expect([outcome.code, raised.map(({ name }) => name)]).toEqual([1, ["divergence"]]);
  expect(raised[0]?.message).toContain("the learning rate of 0.03 is probably too high");
  expect(rewards.length).toBeLessThan(10);
  expect(outcome.stderr).toMatch(/stopped at step \d, with a checkpoint of it, by the alarm divergence/u);
});
