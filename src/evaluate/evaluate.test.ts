import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { writeJsonl } from "../base/jsonl.ts";
import { seededRandom } from "../base/random.ts";
import type { Reply } from "../models/sampler.ts";
import { engineSection } from "../recipe/sections/engine.ts";
import { evaluateSection } from "../recipe/sections/evaluate.ts";
import { type Question, questionId } from "../records/question.ts";
import { type Results, resultsSchema } from "../records/results.ts";
import type { EvaluateContext } from "./context.ts";
import { runEvaluate } from "./evaluate.ts";
import type { OpenModel } from "./models.ts";

let run = "";
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), "evaluate-"));
});
afterEach(() => rm(run, { recursive: true, force: true }));

const options = { A: "iron", B: "zinc", C: "copper", D: "lead" };

function question(path: number, wording: number): Question {
  const stem = `path ${path}, wording ${wording}: which metal?`;
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: ["A"],
    language: "en",
    tier: path % 4 === 0 ? "easy" : path % 4 === 1 ? "difficult" : "moderate",
    origin: {
      kind: "synthetic",
      type: path % 2 === 0 ? "diagnosis" : "symptomsToTest",
      pathKey: `path ${path}`,
      subject: "metal",
      hops: 1,
      facts: [],
      path: [{ relation: "r", head: "metal", predicate: "CAUSED_BY", tail: "iron" }],
      masked: "iron",
      optionEntities: options,
      distractors: {},
      isRare: path % 3 === 0,
    },
    evidence: [{ kind: "dataset", dataset: "toy", split: "test", row: path, quote: "", licence: "CC0-1.0" }],
    licence: "CC0-1.0",
  };
}

const questions = Array.from({ length: 120 }, (_, i) => question(Math.floor(i / 3), i % 3));
const skill: Record<string, number> = { base: 0.3, coldstart: 0.6, stage1: 0.75, uniform: 0.75 };

/** A model that knows a path with the probability of its row and then gets all its wordings right. */
const openToy: OpenModel = async (_folder, name) => ({
  sampler: {
    name,
    async answer(requests) {
      return requests.map(({ id, prompt }): Reply => {
        const path = /path \d+/.exec(prompt)![0];
        const knows = seededRandom(1, path).next() < skill[name]!;
        return { id, text: `<answer>${knows ? "A" : "B"}</answer>`, finish: "stop", tokens: 4 };
      });
    },
  },
  scoreContinuations: async (prompts) => prompts.map(() => [-1, -2, -3, -4]),
  [Symbol.asyncDispose]: async () => {},
});

async function contextFor(name: string, models: readonly string[]): Promise<EvaluateContext> {
  const base = join(run, name);
  for (const folder of ["refine", "pretrain", "coldstart", "reinforce", ...models])
    await mkdir(join(base, folder), { recursive: true });
  await writeJsonl(join(base, "refine", "test.jsonl"), questions);
  const settings = { ...evaluateSection.parse({ resamples: 400 }), engine: engineSection.parse({}) };
  return stageContext(base, settings, { seed: 3 });
}

const allModels = ["pretrain/model", "coldstart/model", "reinforce/stage1/model", "reinforce/uniform/model"];

async function resultsOf(context: EvaluateContext): Promise<Results> {
  return resultsSchema.parse(JSON.parse(await readFile(join(context.folder, "results.json"), "utf8")));
}

test("rows, pairs and slices come from the models that are there, the others are named", async () => {
  const context = await contextFor("whole", allModels);
  const counts = await runEvaluate(context, openToy);
  const results = await resultsOf(context);
  expect(counts).toMatchObject({ questions: 120, rows: 5 });
  expect(results.rows.map(({ row }) => row)).toEqual([
    "base",
    "baseForcedChoice",
    "coldstart",
    "stage1",
    "uniform",
  ]);
  // Controls that nobody asked for are not missed.
  expect(results.absent.map(({ row }) => row)).toEqual(["stage2"]);
  expect(results.pairs.map(({ from, to }) => `${from} ${to}`)).toEqual([
    "base coldstart",
    "coldstart stage1",
    "baseForcedChoice coldstart",
    "stage1 uniform",
  ]);
  for (const row of results.rows) {
    expect(row.correct + row.wrong + row.truncated + row.refused + row.empty + row.unparsed).toBe(row.n);
    expect(row.clusters).toBe(40);
    expect(row.clusterHigh - row.clusterLow).toBeGreaterThanOrEqual(0);
    const tiers = Object.values(row.slices.byTier).reduce((sum, { n }) => sum + n, 0);
    expect(tiers).toBe(120);
    expect(row.slices.rare!.n + row.slices.common!.n).toBe(120);
    expect(Object.keys(row.slices.byTier)).toEqual(["easy", "moderate", "difficult"]);
  }
  const gain = results.pairs[0]!;
  expect(gain.difference).toBeCloseTo(results.rows[2]!.accuracy - results.rows[0]!.accuracy, 12);
  expect(gain.separated).toBe(true);
  const same = results.pairs[3]!;
  expect(same).toMatchObject({ difference: 0, separated: false, mcnemarP: 1, lost: 0, gained: 0 });
  // All wordings of a path go together, so the clustered interval of 40 paths is wider than Wilson's of 120 questions.
  const base = results.rows[0]!;
  expect(base.clusterHigh - base.clusterLow).toBeGreaterThan(1.3 * (base.high - base.low));
});

test("where no reply is right the clustered interval is not without width", async () => {
  const context = await contextFor("none", ["pretrain/model"]);
  const wrong: OpenModel = async (folder, name) => ({
    ...(await openToy(folder, name)),
    sampler: {
      name,
      answer: async (requests) =>
        requests.map(({ id }): Reply => ({ id, text: "<answer>B</answer>", finish: "stop", tokens: 4 })),
    },
  });
  await runEvaluate(context, wrong);
  const [base] = (await resultsOf(context)).rows;
  expect(base).toMatchObject({ correct: 0, clusters: 40, clusterLow: 0 });
  // Wilson's upper bound of 0 in 40, z² / (40 + z²), since the wordings of a path count once.
  expect(base!.clusterHigh).toBeCloseTo(1.96 ** 2 / (40 + 1.96 ** 2), 4);
});

test("an evaluation that was killed ends in the same bytes", async () => {
  const undisturbed = await contextFor("undisturbed", allModels);
  await runEvaluate(undisturbed, openToy);
  const killed = await contextFor("killed", allModels);
  let replies = 0;
  const dying: OpenModel = async (folder, name) => {
    const model = await openToy(folder, name);
    return {
      ...model,
      sampler: {
        name,
        answer: (requests, options) => {
          replies += requests.length;
          if (replies > 200) throw new Error("killed");
          return model.sampler.answer(requests, options);
        },
      },
    };
  };
  await expect(runEvaluate(killed, dying)).rejects.toThrow("killed");
  await runEvaluate(killed, openToy);
  for (const file of ["results.json", "scores/base.jsonl", "scores/coldstart.jsonl", "scores/uniform.jsonl"])
    expect(await readFile(join(killed.folder, file), "utf8")).toBe(
      await readFile(join(undisturbed.folder, file), "utf8"),
    );
});

test("curated sets are answered by the last policy, with and without known problems", async () => {
  const context = await contextFor("benchmarks", ["pretrain/model", "curate/toy"]);
  await writeJsonl(join(run, "benchmarks/curate/toy/questions.jsonl"), [
    ...questions.slice(0, 9),
    questions[0],
  ]);
  await writeJsonl(join(run, "benchmarks/curate/toy/problems.jsonl"), [
    { place: 9, kind: "repeat", reason: "repeats question 1", excluded: true },
    { place: 3, kind: "anchored", reason: "names a letter", excluded: false },
  ]);
  await writeFile(
    join(run, "benchmarks/curate/sets.json"),
    JSON.stringify({ toy: { title: "Toy", split: "test", language: "en", column: "MedQA" } }),
  );
  await runEvaluate({ ...context, settings: { ...context.settings, benchmarks: ["toy"] } }, openToy);
  const results = await resultsOf(context);
  expect(results.models).toHaveLength(1);
  const [base] = results.models;
  expect(base).toMatchObject({ name: "base", kind: "step", reader: "strict", tokens: { written: 36 } });
  const column = base!.benchmarks[0]!;
  expect(column).toMatchObject({
    name: "toy",
    column: "MedQA",
    n: 10,
    clean: { n: 9 },
    problems: { repeat: 1 },
  });
  expect(base!.macro?.value).toBeCloseTo(column.accuracy, 12);
});

test("a run without test questions or models is the user's to mend", async () => {
  const context = await contextFor("empty", []);
  await expect(runEvaluate(context, openToy)).rejects.toThrow("nothing to evaluate");
  const untested = await contextFor("untested", allModels);
  await writeFile(join(run, "untested/refine/test.jsonl"), "");
  await expect(runEvaluate(untested, openToy)).rejects.toThrow("no questions");
});
