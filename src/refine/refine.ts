/**
 * Stage `refine` (paper §3.1): format filter, label verification in five trials, difficulty tiers, and the split by
 * reasoning path. Writes `train.jsonl`, `dev.jsonl`, `test.jsonl`, `checks.jsonl` and `review.jsonl`.
 *
 * Departure from the paper: made questions are verified by an answerer that reads their text and walks the graph, by
 * another path than the generator's, and not by a language model.
 */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { openGraph } from "../graph/store.ts";
import { graphValidator } from "../models/graph-validator.ts";
import type { RefineSection } from "../recipe/sections/refine.ts";
import { questionSchema } from "../records/question.ts";
import { purify } from "./purify.ts";
import { splitNames } from "./split.ts";

/** Reads synthesize's questions and writes the splits. */
export async function runRefine(context: StageContext<RefineSection>): Promise<Counts> {
  const { settings, seed, folder } = context;
  const graph = await openGraph(context.input("discover"));
  const questions = await loadJsonl(join(context.input("synthesize"), "questions.jsonl"), questionSchema);
  const refined = await purify(questions, graphValidator(graph), settings, seed, {
    reject: context.reject,
    progress: (done, total) => context.log.progress("label checks", done, total),
    signal: context.signal,
  });
  if (refined.splits.train.length === 0)
    throw new UsageError(
      `refine: none of ${questions.length} questions is left for training; see refine/rejects.jsonl and refine/review.jsonl`,
    );
  for (const name of splitNames) await writeJsonl(join(folder, `${name}.jsonl`), refined.splits[name]);
  await writeJsonl(join(folder, "checks.jsonl"), refined.checks);
  await writeJsonl(join(folder, "review.jsonl"), refined.review);
  const { train, dev, test } = refined.splits;
  const { checked, agreed, disputed } = refined.labels;
  return {
    train: train.length,
    dev: dev.length,
    test: test.length,
    labelsChecked: checked,
    labelsAgreed: agreed,
    labelsDisputed: disputed,
    review: refined.review.length,
  };
}
