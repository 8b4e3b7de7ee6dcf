// The watch around a series of plain steps: what it says, writes and carries, with files in a real folder.
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Log, silentLog } from "../../base/log.ts";
import { reinforceSection } from "../../recipe/sections/reinforce.ts";
import type { Group } from "../../records/rollout.ts";
import { rewardOf } from "../../verify/reward.ts";
import { alarmsFolder, chanceOf, type Watchable, watched } from "./watched.ts";

const question = { options: { A: "spirometry", B: "biopsy" }, gold: ["A"] };
const reply = "no idea";
const reward = rewardOf({ question, reply, finish: "stop" });
const rollout = {
  ...{ question: "q", policyVersion: 0, prompt: [], tokens: [1], logProbs: new Float32Array(1), entropy: 1 },
  ...{ finish: "stop" as const, reply, reward },
};
const groups: readonly Group[] = [{ question: "q", rollouts: [rollout, rollout], advantages: [0, 0] }];
const metrics = { rewardMean: 0, formatMean: 0, tiedWrong: 1, entropy: 1, completionTokens: 1, truncated: 0 };

const series: Watchable<readonly number[]> = {
  name: "reinforce/stage1",
  steps: 9,
  saveEvery: 5,
  optimizer: reinforceSection.parse({}).optimizer,
  start: [],
  plan: async (step, state) => ({ sequences: [], metrics, state: [...state, step], groups, chance: 0.5 }),
  afterStep: async (_step, state) => state.map((value) => value + 10),
  isDone: (_step, state) => state.length === 7,
};

async function watch(stop: readonly "zeroReward"[]) {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-watch-"));
  const settings = reinforceSection.parse({ alarms: { window: 3, stop } });
  const said: string[] = [];
  const panels: (readonly string[])[] = [];
  const log: Log = { ...silentLog, warn: (text) => said.push(text), panel: (lines) => panels.push(lines) };
  const context = { log, scratch, settings };
  return { scratch, said, panels, series: watched(context, series) };
}

test("an alarm is said, written among the metrics and kept, and its state travels with the series' own", async () => {
  const { scratch, said, panels, series: both } = await watch(["zeroReward"]);
  let state = both.start;
  const verdicts = [];
  for (let step = 0; step < 5; step++) {
    // As a checkpoint does between any two steps.
    const planned = await both.plan(step, JSON.parse(JSON.stringify(state)) as typeof state);
    const verdict = await both.watch!(step, { ...metrics, trainTokensPerSecond: 10 }, planned.state);
    verdicts.push([verdict.metrics, verdict.stop]);
    state = await both.afterStep!(step, verdict.state, undefined as never);
  }
  expect(verdicts).toEqual([
    [{}, undefined],
    [{}, undefined],
    [{ "alarm/zeroReward": 1 }, "zeroReward"],
    [{}, undefined],
    [{}, undefined],
  ]);
  expect(state.own).toEqual([50, 41, 32, 23, 14]);
  expect(both.isDone!(5, state, { trained: 0, sampled: 0 })).toBe(false);
  expect(said).toEqual([
    expect.stringMatching(/^reinforce\/stage1, step 3: the reward is flat at zero: 0 of 6 /u),
  ]);
  const files = readdirSync(alarmsFolder({ scratch }));
  expect(files).toEqual(["reinforce-stage1-000002.jsonl"]);
  expect(JSON.parse(readFileSync(join(alarmsFolder({ scratch }), files[0]!), "utf8"))).toEqual({
    ...{ series: "reinforce/stage1", step: 2, name: "zeroReward" },
    message: said[0]!.replace("reinforce/stage1, step 3: ", ""),
  });
  expect(panels).toHaveLength(5);
  expect(panels[4]!.slice(-3)).toEqual([
    expect.stringContaining("alarm     step 3, zeroReward: the reward is flat"),
    "  reply     no idea",
    "            paid nothing: the reply has no tags",
  ]);
});

test("without settings to stop an alarm only warns", async () => {
  const { series: both } = await watch([]);
  let state = both.start;
  for (let step = 0; step < 4; step++) {
    const verdict = await both.watch!(step, metrics, (await both.plan(step, state)).state);
    expect(verdict.stop).toBeUndefined();
    state = verdict.state;
  }
});

test("chance is one option of all, or one set of options where several may be right", () => {
  const options = { A: "a", B: "b", C: "c", D: "d" };
  expect(chanceOf([{ options, gold: ["A"] }])).toBe(0.25);
  expect(chanceOf([{ options, gold: ["A", "C"] }])).toBeCloseTo(1 / 15);
  expect(chanceOf([{ options, gold: ["A"] }, question])).toBeCloseTo(0.375);
});
