/**
 * Stage `synthesize` (paper §3.1): reasoning paths from the graph, rare subjects first, and multiple-choice questions
 * along them with the answer masked. Writes `questions.jsonl` and `coverage.json`.
 *
 * Departure from the paper: the words come from a grammar and not from a language model, so that a question says
 * exactly what its path says and its one right answer can be checked on the whole graph; a model may reword it.
 */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { writeJson } from "../base/files.ts";
import { writeJsonl } from "../base/jsonl.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import { openGraph } from "../graph/store.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import type { CoverageReport } from "./coverage.ts";
import { growQuestions } from "./grow.ts";

/** Reads discover's graph and writes the questions. */
export async function runSynthesize(context: StageContext<SynthesizeSection>): Promise<Counts> {
  const graph = await openGraph(context.input("discover"));
  let coverage: CoverageReport | undefined;
  const growing = growQuestions(graph, context.settings, context.seed, {
    reject: context.reject,
    progress: (done, total) => context.log.progress("subjects", done, total),
    signal: context.signal,
  });
  function* questions(): Generator<SyntheticQuestion> {
    coverage = yield* growing;
  }
  await writeJsonl(join(context.folder, "questions.jsonl"), questions());
  if (coverage === undefined || coverage.questions === 0)
    throw new UsageError(
      "synthesize: the graph gave no question; it needs diseases with symptoms, tests, drugs or other relations " +
        "(see synthesize/rejects.jsonl for the paths that were dropped, and set synthesize.minPathsPerType to 0)",
    );
  await writeJson(join(context.folder, "coverage.json"), coverage);
  const { paths, questions: made, rarePaths, types } = coverage;
  return { paths, questions: made, rarePaths, types: Object.keys(types).length };
}
