/**
 * A run folder like one that the pipeline leaves, made without training: questions on made-up conditions, models
 * that know a share of the paths, curves of the usual shape. Everything is drawn from a seed.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeJson } from "../src/base/files.ts";
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import { writeJsonl } from "../src/base/jsonl.ts";
import { appendMetric } from "../src/base/metrics.ts";
import { type Random, seededRandom } from "../src/base/random.ts";
import type { StageContext } from "../src/base/stage.ts";
import { runEvaluate } from "../src/evaluate/evaluate.ts";
import type { OpenModel } from "../src/evaluate/models.ts";
import type { Reply } from "../src/models/sampler.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";
import { evaluateSection } from "../src/recipe/sections/evaluate.ts";
import { questionId, type SyntheticQuestion } from "../src/records/question.ts";
import { resultsSchema } from "../src/records/results.ts";
import { madeBenchmarks } from "./report-benchmarks.ts";

/** Share of paths that a row knows: of common and of rare conditions, and how often its reply has no answer. */
export interface Skill {
  readonly common: number;
  readonly rare: number;
  readonly unreadable: number;
}

/** Rows in the order of the usual story. */
export const usualSkills: Readonly<Record<string, Skill>> = {
  base: { common: 0.42, rare: 0.3, unreadable: 0.15 },
  coldstart: { common: 0.6, rare: 0.5, unreadable: 0.03 },
  stage1: { common: 0.75, rare: 0.6, unreadable: 0.01 },
  stage2: { common: 0.76, rare: 0.76, unreadable: 0.005 },
  stage1Continued: { common: 0.8, rare: 0.6, unreadable: 0.01 },
  uniform: { common: 0.77, rare: 0.75, unreadable: 0.005 },
  fullSft: { common: 0.9, rare: 0.87, unreadable: 0 },
};

const types = ["diagnosis", "symptomsToTest", "symptomsToDrug", "nameToMechanism", "drugSideEffect"];
const licence = "CC-BY-SA-4.0";

function questionOf(path: number, wording: number, random: Random): SyntheticQuestion {
  const type = types[path % types.length]!;
  const isRare = path % 10 < 3;
  const condition = `${isRare ? "Rare c" : "C"}ondition ${Math.floor(path / types.length)}`;
  const names = random.shuffle(["tremor test", "night fever", "pale stools", "stiff gait"]);
  const options = Object.fromEntries([..."ABCD"].map((letter, i) => [letter, names[i]!]));
  const gold = "ABCD"[names.indexOf("tremor test")]!;
  const hops = 1 + (path % 3);
  const steps = ["HAS_SYMPTOM", "DIAGNOSED_BY", "HAS_SIDE_EFFECT"].slice(0, hops).map((predicate, i) => ({
    relation: `r-${Math.floor(path / types.length)}-${i}`,
    head: condition,
    predicate,
    tail: i === hops - 1 ? "Tremor test" : `Finding ${i}`,
  }));
  const stem = `A patient has a stiff neck & sign <${wording}> of path ${path}. Which test confirms it?`;
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: [gold],
    language: "en",
    tier: hops === 1 ? "easy" : isRare ? "difficult" : "moderate",
    origin: {
      kind: "synthetic",
      type,
      pathKey: `${type}:${path}`,
      subject: condition,
      hops,
      facts: [],
      path: steps,
      masked: "Tremor test",
      optionEntities: options,
      distractors: Object.fromEntries(
        Object.entries(options)
          .filter(([letter]) => letter !== gold)
          .map(([letter, entity]) => [letter, { entity, reason: `${entity} belongs to another condition` }]),
      ),
      isRare,
    },
    evidence: steps.map(({ head, predicate, tail }, i) => ({
      kind: "page" as const,
      page: head,
      pageId: 1000 + path,
      revision: 9_000_000 + path,
      section: i === 0 ? "infobox:symptoms" : "Diagnosis",
      start: 120 * (i + 1),
      end: 120 * (i + 1) + 60,
      quote: `| ${predicate.toLowerCase()} = [[${tail}|'''the ${tail}''']] is \`characteristic\` of ${head}`,
      licence,
    })),
    licence,
  };
}

/** The context of the report stage on a run made here. */
export function reportContext(base: string): StageContext<{ title: string; smoothing: number }> {
  const settings = { title: "Fleming run report", smoothing: 9 };
  return stageContext(base, settings, { seed: 11, folder: join(base, "report") });
}

export const identity = { recipe: "quickstart", seed: 11, version: "0.1.0" };

/** Writes a run whose rows have the given skills; rows without a skill are absent. */
export async function writeRun(
  base: string,
  skills: Readonly<Record<string, Skill>> = usualSkills,
): Promise<void> {
  await rm(base, { recursive: true, force: true });
  const random = seededRandom(5, "report fixture");
  const paths = Array.from({ length: 300 }, (_, path) =>
    Array.from({ length: 3 }, (_, wording) => questionOf(path, wording, random)),
  );
  const isTest = (path: number): boolean => seededRandom(5, "split", String(path)).next() < 0.35;
  const train = paths.filter((_, path) => !isTest(path));
  const test = paths.filter((_, path) => isTest(path)).flat();
  const models = Object.keys(skills).map((row) =>
    row === "base" ? "pretrain/model" : row === "coldstart" ? "coldstart/model" : `reinforce/${row}/model`,
  );
  for (const folder of [
    "refine",
    "scratch",
    "report",
    "evaluate",
    "discover",
    "synthesize",
    "curate",
    ...models,
  ])
    await mkdir(join(base, folder), { recursive: true });
  await writeJsonl(join(base, "refine/train.jsonl"), train.flat());
  await writeJsonl(join(base, "refine/test.jsonl"), test);
  await writeJsonl(join(base, "refine/review.jsonl"), [{ id: "q-1" }, { id: "q-2" }]);
  if ("coldstart" in skills) await writeJsonl(join(base, "coldstart/trajectories.jsonl"), taught(train));
  if ("stage1" in skills) await writeReinforcement(base, skills);
  await writeSupervised(base);
  await writeStages(base);
  const settings = { ...evaluateSection.parse({ resamples: 500 }), engine: engineSection.parse({}) };
  const context = stageContext(base, settings, { seed: 11, folder: join(base, "evaluate") });
  await runEvaluate(context, modelsOf(skills));
}

function taught(train: readonly (readonly SyntheticQuestion[])[]) {
  return train.slice(0, Math.round(train.length * 0.15)).flatMap((wordings) =>
    wordings.map((question) => ({
      id: `t-${question.id}`,
      question: question.id,
      teacher: "graph",
      method: "graph",
      turns: [{ kind: "draft", text: "It is the tremor test.", checks: [] }],
      labelConditioned: true,
      reply: "<think> It is the tremor test.</think><answer> tremor test</answer>",
      answer: "tremor test",
    })),
  );
}

function modelsOf(skills: Readonly<Record<string, Skill>>): OpenModel {
  return async (_folder, name) => {
    const { common, rare, unreadable } = skills[name] ?? skills["base"]!;
    const knows = (prompt: string): boolean => {
      const path = /path (\d+)/u.exec(prompt)![1]!;
      const share = Number(path) % 10 < 3 ? rare : common;
      return seededRandom(2, path).next() * 0.7 + seededRandom(2, prompt).next() * 0.3 < share;
    };
    const reply = (id: string, prompt: string): Reply => {
      const tokens = 20 + seededRandom(3, name, prompt).integer(9);
      const fate = seededRandom(4, name, prompt).next();
      if (fate < unreadable / 2)
        return { id, text: "<think> the stiff neck and", finish: "length", tokens: 64 };
      if (fate < unreadable) return { id, text: "It could be anything.", finish: "stop", tokens };
      const answer = knows(prompt) ? "tremor test" : "night fever";
      const text = `<think> A stiff neck points to it; the *test* is the ${answer}.</think><answer> ${answer}</answer>`;
      return { id, text, finish: "stop", tokens };
    };
    return {
      sampler: { name, answer: async (requests) => requests.map(({ id, prompt }) => reply(id, prompt)) },
      scoreContinuations: async (prompts) =>
        prompts.map(({ prompt, continuations }) =>
          continuations.map((text, i) => -10 - i + (text.includes("tremor") === knows(prompt) ? 5 : 0)),
        ),
      [Symbol.asyncDispose]: async () => {},
    };
  };
}

async function writeReinforcement(base: string, skills: Readonly<Record<string, Skill>>): Promise<void> {
  const metrics = join(base, "metrics.jsonl");
  const tokens: Record<string, { steps: number; trained: number; sampled: number }> = {};
  for (const series of Object.keys(skills).filter((row) => row !== "base" && row !== "coldstart")) {
    const steps = series === "stage1" ? 100 : 56;
    tokens[series] = { steps, trained: 893_112 - series.length, sampled: 671_005 };
    const random = seededRandom(6, series);
    const start = series === "stage1" ? 0.5 : 0.62;
    for (let step = 0; step < steps; step++) {
      const done = 1 - Math.exp(-step / 40);
      const noise = (size: number): number => (random.next() - 0.5) * size;
      const isSft = series === "fullSft";
      const reward = start + 0.25 * done + noise(0.1);
      await appendMetric(metrics, `reinforce/${series}`, step, {
        ...(isSft
          ? {}
          : {
              "reinforce/rewardMean": reward,
              "reinforce/rewardStd": 0.3 + noise(0.05),
              "reinforce/correctMean": reward - 0.08,
              "reinforce/formatMean": 0.85 + 0.1 * done + noise(0.03),
              "reinforce/tiedRight": 0.1 + 0.2 * done + noise(0.06),
              "reinforce/tiedWrong": 0.15 - 0.05 * done + noise(0.05),
              "reinforce/entropy": 0.34 - 0.07 * done + noise(0.02),
              "reinforce/promptTokens": 31 + noise(2),
              "reinforce/completionTokens": 24 - 2 * done + noise(1.5),
              "reinforce/truncated": 0.01 + noise(0.01),
              "reinforce/logProbDifference": 2e-5 + noise(1e-5),
            }),
        "reinforce/gradNorm": 1 + noise(0.5),
      });
    }
  }
  await writeJson(join(base, "reinforce/tokens.json"), tokens);
}

async function writeSupervised(base: string): Promise<void> {
  for (const [stage, steps] of [
    ["pretrain", 60],
    ["coldstart", 30],
  ] as const)
    for (let step = 0; step < steps; step++)
      await appendMetric(join(base, "metrics.jsonl"), stage, step, {
        [`${stage}/loss`]: 1 + 5 * Math.exp(-step / 12),
      });
}

async function writeStages(base: string): Promise<void> {
  const counts: Record<string, Record<string, number>> = {
    discover: { pages: 335, entities: 1204, relations: 2381 },
    synthesize: { paths: 300, questions: 900 },
    refine: { train: 570, test: 330, flagged: 2 },
  };
  for (const [stage, found] of Object.entries(counts))
    await writeJson(join(base, stage, "stage.json"), { counts: found, rejected: 3 });
  await writeJson(join(base, "synthesize/coverage.json"), {
    paths: 300,
    rareShare: 0.3,
    entities: { used: 640, all: 1204 },
    predicates: { HAS_SYMPTOM: { used: 410, all: 800 }, DIAGNOSED_BY: { used: 100, all: 140 } },
    dropped: { "two right answers": 4 },
  });
}

/** Adds made-up benchmark results to a run that `writeRun` wrote; without its own rows it is a run of benchmarks only. */
export async function writeBenchmarks(
  base: string,
  { names, keepRows = true }: { readonly names?: readonly string[]; readonly keepRows?: boolean } = {},
): Promise<void> {
  const file = join(base, "evaluate/results.json");
  const results = resultsSchema.parse(await readJson(file));
  const none = { questions: 0, paths: 0, rows: [], pairs: [], absent: [] };
  await writeJson(file, { ...results, ...(keepRows ? {} : none), ...madeBenchmarks(names) });
  await writeJson(join(base, "pretrain/stage.json"), { counts: { parameters: 2_100_000 }, rejected: 0 });
}
