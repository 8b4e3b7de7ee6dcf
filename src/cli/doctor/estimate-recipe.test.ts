// Estimates by hand, against runs that were recorded, and of every recipe that is shipped. Rates are given, not timed.
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRecipe } from "../../recipe/load.ts";
import { isWanted } from "../run.ts";
import { stageNames } from "../stage-names.ts";
import { estimateRecipe } from "./estimate-recipe.ts";
import { lengthsOf } from "./lengths.ts";
import type { Machine } from "./machine.ts";
import { probe } from "./problems.ts";
import { ratesByOperations } from "./rates.ts";
import { coldstartTokens, reinforceTokens, trajectories } from "./tokens.ts";
import type { Workload } from "./workload.ts";

/** The two cores of docs/engine.md with nothing else to do. */
const machine: Machine = {
  processor: "two cores of an AMD EPYC",
  cores: 2,
  load: 0,
  memoryBytes: 24 * 2 ** 30,
  availableBytes: 20 * 2 ** 30,
  diskBytes: 50e9,
  node: "20.20.2",
  threads: 2,
  productRate: 164e9,
  processorShare: 1,
};
/** Of the quickstart's model there, from the clock of a recorded run. */
const recorded = async () => ({ train: 14_000, sample: 30_000, read: 40_000, how: "recorded" });

async function estimateOf(file: string, set: readonly string[] = []) {
  const recipe = await loadRecipe([file], set);
  const wanted = stageNames.map(({ name }) => name).filter((name) => isWanted(name, recipe));
  return await estimateRecipe(recipe, wanted, machine, recorded);
}

/** A small recipe whose teacher is behind an address. */
function servedRecipe(teacher: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "fleming-doctor-")), "served.yaml");
  writeFileSync(file, `name: served\ncoldstart:\n  teacher: { name: m, ${teacher} }\n`);
  return file;
}

const within = (factor: number, estimated: number, measured: number): void => {
  expect(Math.max(estimated / measured, measured / estimated)).toBeLessThan(factor);
};

test("rates of a large model follow from operations", () => {
  const rates = ratesByOperations(1e9, 100e9, { isAdapter: false, recompute: false }, 64);
  expect(rates.train).toBeCloseTo(77e9 / 6e9);
  expect(rates.sample).toBeCloseTo(66e9 / 2e9);
  expect(ratesByOperations(1e9, 100e9, { isAdapter: true, recompute: true }, 64).train).toBeCloseTo(
    77e9 / 6e9,
  );
  // One reply at a time waits for four billion bytes of weights.
  expect(ratesByOperations(1e9, 100e9, { isAdapter: false, recompute: false }, 1).sample).toBeCloseTo(
    25e9 / 4e9,
  );
});

test("tokens of the training stages are the sums by hand", async () => {
  const recipe = await loadRecipe(
    ["recipes/tiny.yaml"],
    ["coldstart.pathShare=0.5", "coldstart.heldOutShare=0", "reinforce.controls=[uniform]"],
  );
  const workload: Workload = {
    ...{ sourceBytes: 0, livePages: 0, relations: 0, curated: 0, read: 0, benchmark: 0 },
    ...{ paths: 40, made: 120, dev: 5, test: 9, train: { madePaths: 20, curated: 0, questions: 60 } },
  };
  const lengths = lengthsOf(recipe);
  expect(lengths).toMatchObject({ prompt: 31, reply: 22 });
  // Half of 20 paths, three wordings each, two passes.
  expect(trajectories(recipe, workload)).toEqual({ asked: 0, kept: 30 });
  expect(coldstartTokens(recipe, workload, lengths)).toEqual({ trained: 30 * 2 * 53, sampled: 0, read: 0 });
  const phases = reinforceTokens(recipe, workload, lengths);
  // 6 steps of 8 questions in groups of 4, a quarter of the groups without spread.
  expect(phases.get("stage 1")).toEqual({
    trained: 0.75 * 48 * (31 + 4 * 22),
    sampled: 48 * 4 * 22,
    read: 48 * 31,
  });
  // 2 rounds of 2 steps of 6 in groups of 4; 20 paths mined with 1 wording and 2 samples; 5 dev questions, 3 looks.
  expect(phases.get("stage 2")).toEqual({
    trained: 0.75 * 24 * (31 + 4 * 22),
    sampled: 24 * 4 * 22 + 2 * 20 * 2 * 22 + 15 * 22,
    read: 24 * 31 + 2 * 20 * 31 + 15 * 31,
  });
  expect(phases.get("uniform")).toEqual(phases.get("stage 2"));
});

// Seed 1 with three controls: 16 min 32 s on two cores; largest process of an earlier run 0.99 GB.
test("the quickstart's estimate is within a factor of 2 in time and 1.5 in memory of recorded runs", async () => {
  const { total, stages } = await estimateOf("recipes/quickstart.yaml", [
    "reinforce.controls=[stage1Continued,uniform,fullSft]",
  ]);
  within(2, total.seconds, 992);
  within(1.5, total.memoryBytes, 0.99e9);
  const seconds = Object.fromEntries(stages.map(({ stage, seconds }) => [stage, seconds]));
  // Of the ledger of that run.
  within(2, seconds["pretrain"]!, 275);
  within(2, seconds["coldstart"]!, 18.9);
  within(2, seconds["reinforce"]!, 622);
});

// The recipe says half a minute. Its model is smaller than the one that the rates are of.
test("tiny's estimate is within a factor of 2 of what its recipe says", async () => {
  within(2, (await estimateOf("recipes/tiny.yaml")).total.seconds, 30);
});

// docs/engine.md: "a quarter of an hour on two cores, with 5.1 GB at most".
test("smollm2's estimate is within the same factors of its recorded run", async () => {
  const { total } = await estimateOf("recipes/smollm2.yaml");
  within(2, total.seconds, 900);
  within(1.5, total.memoryBytes, 5.1e9);
});

test.each([
  ["quickstart", true],
  ["tiny", true],
  ["smollm2", true],
  ["ablation", true],
  ["questions", true],
  ["dump", false],
  ["wikipedia", false],
  ["benchmarks", false],
  ["7b", false],
  ["32b", false],
])("%s.yaml as shipped: runs here is %s", async (name, runsHere) => {
  const estimate = await estimateOf(`recipes/${name}.yaml`);
  expect(estimate.runsHere).toBe(runsHere);
  for (const { verdict, why } of estimate.stages)
    expect(verdict === "cannot" ? why.length : 1).toBeGreaterThan(0);
});

test("the 7B recipe trains elsewhere: the stages that cannot run say so and what they would need", async () => {
  const { stages, total } = await estimateOf("recipes/7b.yaml");
  const verdicts = Object.fromEntries(stages.map(({ stage, verdict }) => [stage, verdict]));
  expect(verdicts).toMatchObject({ synthesize: "here", coldstart: "cannot", reinforce: "cannot" });
  const reinforce = stages.find(({ stage }) => stage === "reinforce");
  expect(reinforce?.cluster?.gpus).toBe(4);
  expect(reinforce?.why[0]).toContain("7,615,616,512 parameters");
  expect(total.money).toBeNull();
});

test("the 32B recipe has no cold start and asks no teacher", async () => {
  const { stages } = await estimateOf("recipes/32b.yaml");
  expect(stages.map(({ stage }) => stage)).not.toContain("coldstart");
  expect(stages.flatMap(({ asked }) => asked).map(({ setting }) => setting)).not.toContain(
    "coldstart.teacher",
  );
});

test("prices become money, and a service on the open network without its key is a problem", async () => {
  const file = servedRecipe(
    "url: https://models.example/v1, keyVariable: FLEMING_TEST_NO_KEY, maxTokens: 200, price: { input: 1, output: 2 }",
  );
  const { total, problems, stages } = await estimateOf(file);
  const [asked] = stages.flatMap((stage) => stage.asked);
  expect(asked?.tokensWritten).toBe(100 * asked!.requests);
  expect(total.money).toBeCloseTo((asked!.tokensRead + 2 * asked!.tokensWritten) / 1e6);
  expect(problems).toEqual([
    expect.objectContaining({
      stage: "coldstart",
      blocks: true,
      text: expect.stringContaining("FLEMING_TEST_NO_KEY"),
    }),
  ]);
});

test("a server that is not there is warned of when it is probed, and blocks nothing", async () => {
  const listener = createServer();
  await new Promise<void>((settle) => listener.listen(0, "127.0.0.1", settle));
  const { port } = listener.address() as { port: number };
  await new Promise((settle) => listener.close(settle));
  const url = `http://127.0.0.1:${port}/v1`;
  const { stages, runsHere } = await estimateOf(servedRecipe(`url: ${url}`));
  expect(runsHere).toBe(true);
  const found = await probe(stages.flatMap(({ asked }) => asked));
  expect(found).toEqual([
    expect.objectContaining({ blocks: false, text: expect.stringContaining(`${url} does not answer`) }),
  ]);
});

test("a missing file and a model of unknown size are named with their settings", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fleming-doctor-"));
  const file = join(folder, "r.yaml");
  writeFileSync(file, "name: r\ndiscover: { labels: none.tsv }\npretrain: { base: hf:someone/unheard-of }\n");
  const { problems, stages, runsHere } = await estimateOf(file);
  expect(problems.map(({ text }) => text)).toEqual(['discover.labels: "none.tsv" does not exist']);
  expect(stages.find(({ stage }) => stage === "pretrain")).toMatchObject({
    verdict: "cannot",
    why: [expect.stringContaining("pretrain.base: hf:someone/unheard-of")],
  });
  expect(runsHere).toBe(false);
});
