/**
 * Stage `evaluate` (paper §4): every row of the ablation answers the same held-out questions, and models, the run's
 * own and others, answer the curated benchmarks. Writes `scores/<row>.jsonl` and `samples/<model>/<set>.jsonl`, one
 * line a reply, and `results.json`.
 *
 * Invariant: every number of `results.json` can be counted again from those lines. A model that is not there, or a
 * benchmark that was not answered to its end, is left out and said so; it is never an accuracy of 0.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeJson } from "../base/files.ts";
import { writeJsonl } from "../base/jsonl.ts";
import type { Counts } from "../base/stage.ts";
import type { Purse } from "../models/budget.ts";
import type { ModelResult, Results } from "../records/results.ts";
import { type AnsweredSet, answerSets } from "./benchmarks.ts";
import type { EvaluateContext } from "./context.ts";
import { modelPairsOf, summariseModelPair } from "./model-pairs.ts";
import { summariseBenchmark, summariseModel } from "./model-results.ts";
import {
  checkModels,
  type ModelPlan,
  type OpenModel,
  openInEngine,
  openRunPurse,
  otherModelPlans,
  ownModelPlan,
} from "./models.ts";
import { type OwnRows, scoreOwnRows } from "./own-rows.ts";
import { samplesFolder } from "./sample-log.ts";
import { type BenchmarkSet, readBenchmarkSets, trainedSets } from "./sets.ts";

/** Evaluates the rows of the run and the models of the recipe; what was run before it is read where it is there. */
export async function runEvaluate(
  context: EvaluateContext,
  openModel: OpenModel = openInEngine(context.settings.engine, context.log),
): Promise<Counts> {
  const { settings, folder } = context;
  checkModels(settings);
  const trained = await trainedSets(context.input("refine"));
  const sets = await readBenchmarkSets(context.input("curate"), settings.benchmarks, trained);
  for (const { name } of sets.filter(({ trainedOn }) => trainedOn))
    context.log.warn(`${name}: this run was trained on it (refine.curated), so its score says little`);
  const own = await scoreOwnRows(context, openModel);
  const purse = await openRunPurse(settings, context.kept);
  const plans = modelPlans(context, own, openModel, purse);
  if (own.results.rows.length === 0 && (plans.length === 0 || sets.length === 0))
    throw new UsageError(
      "evaluate: nothing to evaluate; run refine and pretrain, coldstart or reinforce first, or name evaluate.models and evaluate.benchmarks",
    );
  const { models, answered, incomplete } = await answerBenchmarks(context, plans, sets);
  const results: Results = {
    ...own.results,
    models,
    modelPairs: modelPairsOf(models).map((pair) =>
      summariseModelPair(
        pair,
        answered.get(pair.from)!,
        answered.get(pair.to)!,
        settings.resamples,
        context.seed,
      ),
    ),
    incomplete,
  };
  await writeJson(join(folder, "results.json"), results);
  const { rows, pairs, questions } = results;
  return {
    ...(questions > 0 ? { questions } : {}),
    rows: rows.length,
    pairs: pairs.length,
    separated: pairs.filter((pair) => pair.separated).length,
    ...(sets.length > 0 ? { benchmarks: sets.length, models: models.length } : {}),
    ...(incomplete.length > 0 ? { incomplete: incomplete.length } : {}),
  };
}

function modelPlans(context: EvaluateContext, own: OwnRows, openModel: OpenModel, purse: Purse): ModelPlan[] {
  const { settings, log, kept } = context;
  const steps = own.steps;
  const chosen = { none: [], last: steps.slice(-1), all: steps }[settings.ownModels];
  return [
    ...chosen.map(({ row, label, folder }) =>
      ownModelPlan({ name: row, label }, settings, () => openModel(folder, row)),
    ),
    ...otherModelPlans({ settings, kept, purse, openModel, log }),
  ];
}

/** Every model's answers to every set, with what they come to. */
async function answerBenchmarks(
  context: EvaluateContext,
  plans: readonly ModelPlan[],
  sets: readonly BenchmarkSet[],
): Promise<{
  models: ModelResult[];
  answered: Map<string, readonly AnsweredSet[]>;
  incomplete: Results["incomplete"];
}> {
  const { settings, seed, folder, log } = context;
  const models: ModelResult[] = [];
  const answered = new Map<string, readonly AnsweredSet[]>();
  const incomplete: Results["incomplete"] = [];
  if (sets.length === 0) return { models, answered, incomplete };
  const double = plans.find(({ name }, at) => plans.findIndex((plan) => plan.name === name) !== at);
  if (double !== undefined)
    throw new UsageError(
      `evaluate.models: "${double.name}" is a row of the run; give the model another name`,
    );
  const greedy = settings.samples > 1 ? plans.filter(({ temperature }) => temperature === 0) : [];
  if (greedy.length > 0)
    log.warn(
      `${greedy.map(({ name }) => name).join(", ")}: evaluate.samples is ${settings.samples}, but at temperature 0 a model says the same each time, so pass@k and majority@k will tell no more than one reply does; set a temperature`,
    );
  for (const plan of plans) {
    const { complete, missing } = await answerSets(context, plan, sets);
    await mkdir(join(folder, samplesFolder, plan.name), { recursive: true });
    for (const { set, replies } of complete)
      await writeJsonl(join(folder, samplesFolder, plan.name, `${set.name}.jsonl`), replies.flat());
    const sampling = { seed, resamples: settings.resamples };
    const columns = complete.map((one) => summariseBenchmark(plan.name, one, sampling));
    models.push(summariseModel(plan, complete, columns, sampling));
    answered.set(plan.name, complete);
    incomplete.push(...missing.map((one) => ({ model: plan.name, ...one })));
  }
  if (incomplete.length > 0) context.unfinished();
  return { models, answered, incomplete };
}
