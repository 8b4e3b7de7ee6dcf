// Every stage from the command line at its smallest, what it leaves behind, and a run that is killed again and again.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLedger } from "../src/base/ledger.ts";
import { seededRandom } from "../src/base/random.ts";
import { openGraph } from "../src/graph/store.ts";
import { isSynthetic, questionSchema } from "../src/records/question.ts";
import { predicateSchema } from "../src/records/relation.ts";
import { fleming, reproducibleFiles, start } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-pipeline-"));
const run = join(folder, "undisturbed");
const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(join(run, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  const outcome = await fleming(["run", "recipes/tiny.yaml", "--run", run, "--json"]);
  expect(outcome.stderr).toContain("report: done");
  expect(outcome.code).toBe(0);
  const summary = JSON.parse(outcome.stdout.trimEnd().split("\n").at(-1)!);
  expect(summary.stages.map((stage: { name: string }) => stage.name)).toContain("reinforce");
  expect(summary.ablation.map((row: { row: string }) => row.row)).toEqual(
    expect.arrayContaining(["base", "coldstart", "stage1", "stage2", "uniform", "fullSft"]),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a finished run is left alone", async () => {
  const before = reproducibleFiles(run);
  const again = await fleming(["run", "recipes/tiny.yaml", "--run", run]);
  expect(again.stderr.match(/already done/gu)).toHaveLength(9);
  expect(reproducibleFiles(run)).toEqual(before);
});

test("every quote of the graph equals the text of its page", async () => {
  const { stdout } = await fleming(["graph", "stats", "--run", run, "--json"]);
  const { evidence, relations } = JSON.parse(stdout);
  expect(relations).toBeGreaterThan(1000);
  expect(evidence.exact).toBe(evidence.checked);
});

test("every question has one right option on the whole graph, found again from its path's predicates", async () => {
  const graph = await openGraph(join(run, "discover"));
  const questions = ["train", "dev", "test"].flatMap((split) =>
    lines(`refine/${split}.jsonl`)
      .map((line) => questionSchema.parse(line))
      .filter(isSynthetic),
  );
  expect(questions.length).toBeGreaterThan(300);
  for (const { id, gold, origin } of questions) {
    const { facts, subject, optionEntities, path } = origin;
    const shown = facts.filter(({ say }) => say === "has").map(({ entity }) => entity);
    const fits = [...graph.entities.keys()].filter((entity) =>
      shown.every((symptom) => graph.find(entity, "HAS_SYMPTOM", symptom) !== undefined),
    );
    if (shown.length > 0) expect(fits, id).toEqual([subject]);
    const predicates = path
      .map((step) => predicateSchema.parse(step.predicate))
      .filter((p) => p !== "HAS_SYMPTOM");
    let reached = new Set([subject]);
    for (const predicate of predicates)
      reached = new Set(
        [...reached].flatMap((entity) => graph.out(entity, predicate).map(({ tail }) => tail)),
      );
    const right = Object.keys(optionEntities).filter((letter) => reached.has(optionEntities[letter]!));
    expect(right, id).toEqual(gold);
  }
});

test("a question, a trajectory and a reward are traced to a page and a revision", async () => {
  const question = lines("refine/train.jsonl")[0]!;
  const trajectory = lines("coldstart/trajectories.jsonl")[0]!;
  const rollout = (lines("reinforce/groups.jsonl")[0]!["rollouts"] as { id: string }[])[0]!;
  for (const id of [question["id"], trajectory["id"], rollout.id] as string[]) {
    const { stdout, code } = await fleming(["trace", id, "--run", run]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/revision \d+/u);
    expect(stdout).toContain("why the other options are wrong");
  }
});

test("the metrics hold what a step of reinforcement must tell", () => {
  const step = lines("metrics.jsonl").find((line) => line["series"] === "reinforce/stage1")!;
  const names = [
    "rewardMean",
    "rewardStd",
    "tiedRight",
    "tiedWrong",
    "entropy",
    "completionTokens",
    "truncated",
  ];
  expect(Object.keys(step)).toEqual(expect.arrayContaining(names.map((name) => `reinforce/${name}`)));
});

test("the ledger is whole and tells of every stage", async () => {
  const entries = await readLedger(join(run, "ledger.jsonl"));
  const finished = entries
    .filter((entry) => entry.event === "stage finished")
    .map((entry) => entry.details["stage"]);
  expect(finished).toEqual([
    "discover",
    "curate",
    "synthesize",
    "refine",
    "pretrain",
    "coldstart",
    "reinforce",
    "evaluate",
    "report",
  ]);
});

test("ask prints thinking and answer apart, with the safety notice", async () => {
  const { stdout, code } = await fleming([
    "ask",
    "Which test confirms asthma?",
    "--model",
    run,
    "--max-tokens",
    "8",
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain("For research only");
});

test("a run of another recipe in the same folder is refused", async () => {
  const outcome = await fleming(["run", "recipes/tiny.yaml", "--run", run, "--set", "name=other"]);
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toContain('holds a run of the recipe "tiny", not of "other"');
});

test("killed with SIGKILL at 10 random moments, runs end in the same bytes", async () => {
  const random = seededRandom(Number(process.env["FLEMING_KILL_SEED"] ?? 20));
  const expected = reproducibleFiles(run);
  for (let kills = 0, runs = 0; kills < 10; runs++) {
    const killed = join(folder, `killed-${runs}`);
    let isDone = false;
    while (!isDone) {
      const { child, outcome } = start(["run", "recipes/tiny.yaml", "--run", killed]);
      const pause = 700 + random.integer(2600);
      const timer = kills < 10 ? setTimeout(() => process.kill(-child.pid!, "SIGKILL"), pause) : undefined;
      const { code } = await outcome;
      clearTimeout(timer);
      isDone = code === 0;
      if (!isDone) kills += 1;
      expect(kills, "a run that was left alone did not end well").toBeLessThanOrEqual(10);
    }
    expect(reproducibleFiles(killed)).toEqual(expected);
  }
});
