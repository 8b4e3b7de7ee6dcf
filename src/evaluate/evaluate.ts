/**
 * Stage `evaluate` (paper §4): every row of the ablation answers the same held-out questions, and the last policy
 * answers the curated benchmarks. Writes `scores/<row>.jsonl`, one line a question, and `results.json`.
 *
 * Invariant: every number of `results.json` can be counted again from the scores. A row whose model is not there is
 * left out and said so; it is never an accuracy of 0.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { writeJson } from "../base/files.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { embeddedSampler, openEmbedded, scoreContinuations } from "../models/embedded.ts";
import type { Sampler } from "../models/sampler.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { EvaluateSection } from "../recipe/sections/evaluate.ts";
import { type Question, questionSchema } from "../records/question.ts";
import type { BenchmarkResult, ResultRow, Results } from "../records/results.ts";
import type { Score } from "../records/score.ts";
import { forceChoices, type ScoreContinuations } from "./forced-choice.ts";
import { evaluateQuestions } from "./questions.ts";
import { pairsOf, type RowPlan, rowPlans } from "./rows.ts";
import { macroAverage } from "./statistics.ts";
import { clusterOf, summariseBenchmark, summarisePair, summariseRow } from "./summarise.ts";

export type EvaluateSettings = EvaluateSection & { readonly engine: EngineSection };
export type EvaluateContext = StageContext<EvaluateSettings>;

/** A model that was opened to be asked; without log-probabilities there is no forced choice. */
export interface OpenedModel extends AsyncDisposable {
  readonly sampler: Sampler;
  readonly scoreContinuations?: ScoreContinuations;
}

/** Opens the model of a folder under a row's name. */
export type OpenModel = (folder: string, name: string) => Promise<OpenedModel>;

/** Opens models in the embedded engine. */
export function openInEngine(section: EngineSection): OpenModel {
  return async (folder, name) => {
    const model = await openEmbedded(folder, section);
    return {
      sampler: embeddedSampler(model, name),
      scoreContinuations: (prompts) => scoreContinuations(model, prompts),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    };
  };
}

/** Evaluates every row that the run has; reads pretrain, coldstart, reinforce, refine, and curate for benchmarks. */
export async function runEvaluate(
  context: EvaluateContext,
  openModel: OpenModel = openInEngine(context.settings.engine),
): Promise<Counts> {
  const { settings, seed, folder, log } = context;
  const testFile = join(context.input("refine"), "test.jsonl");
  const questions = await loadJsonl(testFile, questionSchema);
  if (questions.length === 0)
    throw new UsageError(
      `${testFile}: no questions; evaluation needs at least one, make more with synthesize`,
    );
  await mkdir(join(folder, "scores"), { recursive: true });
  const sampling = { seed, resamples: settings.resamples };
  const { present, absent } = findRows(context);
  for (const { label, reason } of absent) log.info(`row "${label}" is left out: ${reason}`);
  const scored = new Map<string, readonly Score[]>();
  const rows: ResultRow[] = [];
  for (const plan of present) {
    const scores = await scoreRow(context, plan, questions, openModel);
    await writeJsonl(join(folder, "scores", `${plan.row}.jsonl`), scores);
    scored.set(plan.row, scores);
    const { row, label, kind } = plan;
    rows.push(summariseRow({ row, label, kind }, questions, scores, sampling));
  }
  const pairs = pairsOf(rows).map((pair) =>
    summarisePair(pair, questions, scored.get(pair.from)!, scored.get(pair.to)!, sampling),
  );
  const last = present.filter(({ kind }) => kind === "step").at(-1);
  const benchmarks = last === undefined ? [] : await scoreBenchmarks(context, last, openModel);
  const results: Results = {
    questions: questions.length,
    paths: new Set(questions.map(clusterOf)).size,
    rows,
    pairs,
    absent,
    benchmarkRow: benchmarks.length > 0 ? (last?.row ?? null) : null,
    benchmarks,
    macro: macroAverage(benchmarks.map(({ accuracy }) => accuracy)),
  };
  await writeJson(join(folder, "results.json"), results);
  const separated = pairs.filter((pair) => pair.separated).length;
  return { questions: questions.length, rows: rows.length, pairs: pairs.length, separated };
}

function findRows(context: EvaluateContext): { present: RowPlan[]; absent: Results["absent"] } {
  const present: RowPlan[] = [];
  const absent: Results["absent"] = [];
  for (const plan of rowPlans) {
    const { row, label, stage, folder } = plan;
    if (plan.kind === "control" && !context.settings.controls) continue;
    if (existsSync(folderOf(context, plan))) present.push(plan);
    else absent.push({ row, label, reason: `${stage}/${folder} is not there` });
  }
  if (!present.some(({ kind }) => kind === "step"))
    throw new UsageError(
      "evaluate: no model of this run is there; run pretrain, coldstart or reinforce first",
    );
  return { present, absent };
}

function folderOf(context: EvaluateContext, plan: RowPlan): string {
  return join(context.input(plan.stage), plan.folder);
}

async function scoreRow(
  context: EvaluateContext,
  plan: RowPlan,
  questions: readonly Question[],
  openModel: OpenModel,
): Promise<Score[]> {
  const { settings, seed, log, signal } = context;
  const scratchFile = join(context.scratch, `${plan.row}.scores`);
  await using model = await openModel(folderOf(context, plan), plan.row);
  if (plan.method === "reply") {
    const ask = { ...settings, mode: "strict" as const };
    return await evaluateQuestions({
      questions,
      sampler: model.sampler,
      settings: ask,
      seed,
      scratchFile,
      log,
      signal,
    });
  }
  const score = model.scoreContinuations;
  if (score === undefined)
    throw new UsageError(
      `${plan.label}: this model gives no log-probabilities, which forced choice needs; set evaluate.controls to false`,
    );
  const { batch } = settings;
  return await forceChoices({
    questions,
    name: plan.row,
    scoreContinuations: score,
    batch,
    scratchFile,
    log,
    signal,
  });
}

const problemSchema = z.object({ place: z.int().nonnegative() });

async function scoreBenchmarks(
  context: EvaluateContext,
  plan: RowPlan,
  openModel: OpenModel,
): Promise<BenchmarkResult[]> {
  const { settings, seed, folder, log, signal } = context;
  if (settings.benchmarks.length === 0) return [];
  await using model = await openModel(folderOf(context, plan), plan.row);
  const results: BenchmarkResult[] = [];
  for (const name of settings.benchmarks) {
    const source = join(context.input("curate"), name);
    if (!existsSync(source))
      throw new UsageError(
        `evaluate.benchmarks: "${name}" is not among the curated sets; add it to curate.sets`,
      );
    const questions = await loadJsonl(join(source, "questions.jsonl"), questionSchema);
    const problems = await loadJsonl(join(source, "problems.jsonl"), problemSchema);
    const scores = await evaluateQuestions({
      questions,
      sampler: model.sampler,
      settings: { ...settings, mode: "strict" },
      seed,
      scratchFile: join(context.scratch, `benchmark-${name}.scores`),
      log: log.named(name),
      signal,
    });
    await writeJsonl(join(folder, "scores", `benchmark-${name}.jsonl`), scores);
    const places = new Set(problems.map(({ place }) => place));
    const sampling = { seed, resamples: settings.resamples };
    results.push(summariseBenchmark(name, questions, scores, places, sampling));
  }
  return results;
}
