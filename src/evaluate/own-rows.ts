/** The rows of a run's ablation (paper Table 4) on its own held-out questions, and their paired differences. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import { type Question, questionSchema } from "../records/question.ts";
import type { ResultRow, Results } from "../records/results.ts";
import type { Score } from "../records/score.ts";
import { askAll, judgedFor, plainAsks } from "./ask.ts";
import { clusterOf } from "./cluster.ts";
import type { EvaluateContext } from "./context.ts";
import { forceChoices } from "./forced-choice.ts";
import type { OpenModel } from "./models.ts";
import { pairsOf, type RowPlan, rowPlans } from "./rows.ts";
import { scoresFolder } from "./sample-log.ts";
import { summarisePair, summariseRow } from "./summarise.ts";

export interface OwnRows {
  readonly results: Pick<Results, "questions" | "paths" | "rows" | "pairs" | "absent">;
  /** The models of the pipeline that are there, in its order. */
  readonly steps: readonly { readonly row: string; readonly label: string; readonly folder: string }[];
}

/** Scores every row that the run has; none where it has no models of its own. */
export async function scoreOwnRows(context: EvaluateContext, openModel: OpenModel): Promise<OwnRows> {
  const { settings, seed, folder, log } = context;
  const { present, absent } = findRows(context);
  const steps = present
    .filter(({ kind }) => kind === "step")
    .map((plan) => ({ row: plan.row, label: plan.label, folder: folderOf(context, plan) }));
  const none = { questions: 0, paths: 0, rows: [], pairs: [], absent: [] };
  if (steps.length === 0) return { results: none, steps };
  const testFile = join(context.input("refine"), "test.jsonl");
  const questions = await questionsOf(testFile);
  if (questions.length === 0)
    throw new UsageError(
      `${testFile}: no questions; evaluation needs at least one, make more with synthesize`,
    );
  const unseen = await questionsOf(join(context.input("refine"), "unseen.jsonl"));
  await mkdir(join(folder, scoresFolder), { recursive: true });
  const sampling = { seed, resamples: settings.resamples };
  for (const { label, reason } of absent) log.info(`row "${label}" is left out: ${reason}`);
  const scored = new Map<string, readonly Score[]>();
  const rows: ResultRow[] = [];
  for (const plan of present) {
    const scores = await scoreRow(context, plan, [...questions, ...unseen], openModel);
    const [seen, others] = [scores.slice(0, questions.length), scores.slice(questions.length)];
    await writeJsonl(join(folder, scoresFolder, `${plan.row}.jsonl`), seen);
    scored.set(plan.row, seen);
    const { row, label, kind } = plan;
    rows.push(
      summariseRow(
        { row, label, kind },
        { questions, scores: seen },
        { questions: unseen, scores: others },
        sampling,
      ),
    );
  }
  const pairs = pairsOf(rows).map((pair) =>
    summarisePair(pair, questions, scored.get(pair.from)!, scored.get(pair.to)!, sampling),
  );
  const paths = new Set(questions.map(clusterOf)).size;
  return { results: { questions: questions.length, paths, rows, pairs, absent }, steps };
}

async function questionsOf(file: string): Promise<Question[]> {
  return existsSync(file) ? await loadJsonl(file, questionSchema) : [];
}

/** The rows that the run has, and steps of the pipeline that it has not; a control is there where it was asked for. */
function findRows(context: EvaluateContext): { present: RowPlan[]; absent: Results["absent"] } {
  const present: RowPlan[] = [];
  const absent: Results["absent"] = [];
  for (const plan of rowPlans) {
    const { row, label, stage, folder } = plan;
    if (plan.kind === "control" && !context.settings.controls) continue;
    if (existsSync(folderOf(context, plan))) present.push(plan);
    else if (plan.kind === "step") absent.push({ row, label, reason: `${stage}/${folder} is not there` });
  }
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
    const { sampler } = model;
    const asks = plainAsks(questions, seed);
    const { scores } = await askAll({ asks, sampler, settings: ask, scratchFile, log, signal });
    return questions.map((question) => judgedFor(question, scores.get(question.id)!));
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
