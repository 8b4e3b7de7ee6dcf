/**
 * Stage `coldstart` (paper §3.2): a teacher writes trajectories for a part of the training questions, each turn with
 * its checks, and the base model learns them by supervised fine-tuning on completions.
 *
 * Departure from the paper: the default teacher is the knowledge graph and not a language model, so that a reward,
 * a trajectory and a fact lead back to the same sentence.
 */
import { join } from "node:path";
import { groupBy } from "../base/collections.ts";
import { UsageError } from "../base/errors.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import { seededRandom } from "../base/random.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { openGraph } from "../graph/store.ts";
import { openForTraining, saveTrained } from "../models/embedded.ts";
import { graphTeacher } from "../models/graph-teacher.ts";
import { renderQuestion } from "../models/prompt.ts";
import { batchOrder, type Example, supervisedBatch } from "../models/supervised.ts";
import { runSeries } from "../models/training-loop.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import { isSynthetic, type Question, questionSchema, type SyntheticQuestion } from "../records/question.ts";
import type { Trajectory } from "../records/trajectory.ts";
import { writeTrajectories } from "./trajectories.ts";

export type ColdstartSettings = ColdstartSection & { readonly engine: EngineSection };

/** Writes `trajectories.jsonl` and the policy after supervised fine-tuning, `model/`. */
export async function runColdstart(context: StageContext<ColdstartSettings>): Promise<Counts> {
  const { settings, folder, seed } = context;
  const graph = await openGraph(context.input("discover"));
  const questions = await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema);
  const chosen = chooseQuestions(questions, settings, seed);
  const trajectories = writeTrajectories(
    chosen,
    graphTeacher(graph, settings.teacher),
    seededRandom(seed, "coldstart", "teacher"),
    context.reject,
  );
  if (trajectories.length === 0)
    throw new UsageError("coldstart: no trajectory passed its checks; look at coldstart/rejects.jsonl");
  await writeJsonl(join(folder, "trajectories.jsonl"), trajectories);
  const steps = await fineTune(chosen, trajectories, context);
  const backtracking = trajectories.filter((t) => t.turns.some((turn) => turn.kind === "backtrack")).length;
  const paths = new Set(chosen.map((question) => question.origin.pathKey)).size;
  return { trajectories: trajectories.length, paths, backtracking, steps };
}

/** Questions of a random part of the training paths, a few wordings of each. */
function chooseQuestions(
  questions: readonly Question[],
  settings: ColdstartSettings,
  seed: number,
): SyntheticQuestion[] {
  const byPath = groupBy(questions.filter(isSynthetic), (question) => question.origin.pathKey);
  const random = seededRandom(seed, "coldstart", "paths");
  const count = Math.max(1, Math.round(byPath.size * settings.pathShare));
  const paths = random.sample([...byPath.keys()].sort(), count);
  return paths.flatMap((path) => random.sample(byPath.get(path)!, settings.wordingsPerPath));
}

async function fineTune(
  questions: readonly SyntheticQuestion[],
  trajectories: readonly Trajectory[],
  context: StageContext<ColdstartSettings>,
): Promise<number> {
  const { settings, folder, seed } = context;
  const base = join(context.input("pretrain"), "model");
  const target = join(folder, "model");
  await using model = await openForTraining(base, settings.engine, seed);
  const prompts = new Map(questions.map((question) => [question.id, renderQuestion(question)]));
  const examples = trajectories.map((t): Example => ({ prompt: prompts.get(t.question)!, reply: t.reply }));
  const order = batchOrder(
    examples.length,
    settings.batch,
    settings.passes,
    seededRandom(seed, "coldstart", "order"),
  );
  const outcome = await runSeries(
    model.engine,
    {
      name: "coldstart",
      steps: order.length,
      saveEvery: settings.saveEvery,
      optimizer: settings.optimizer,
      start: null,
      plan: async (step) => ({
        sequences: supervisedBatch(
          model.tokenizer,
          order[step]!.map((index) => examples[index]!),
        ),
        metrics: {},
        state: null,
      }),
    },
    context,
    join(context.scratch, "training"),
  );
  await saveTrained(model, settings.engine, base, target);
  return outcome.steps;
}
