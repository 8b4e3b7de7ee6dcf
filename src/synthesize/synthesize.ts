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
import { nearest } from "../base/nearest.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { entityNames } from "../graph/naming.ts";
import { openGraph } from "../graph/store.ts";
import type { RewordSection, SynthesizeSection } from "../recipe/sections/synthesize.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import { entityLinker } from "../verify/entity-linker.ts";
import type { CoverageReport } from "./coverage.ts";
import { growQuestions } from "./grow.ts";
import { rewordQuestions } from "./reword.ts";
import { questionTypes } from "./types.ts";
import { nameIn } from "./wording/zh-phrases.ts";

/** Reads discover's graph and writes the questions. */
export async function runSynthesize(context: StageContext<SynthesizeSection>): Promise<Counts> {
  checkTypes(context.settings.types);
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
  const { reword } = context.settings;
  const worded =
    reword === undefined ? questions() : await reworded([...questions()], graph, reword, context);
  await writeJsonl(join(context.folder, "questions.jsonl"), worded);
  if (coverage === undefined || coverage.questions === 0)
    throw new UsageError(
      "synthesize: the graph gave no question; it needs diseases with symptoms, tests, drugs or other relations " +
        "(see synthesize/rejects.jsonl for the paths that were dropped, and set synthesize.minPathsPerType to 0)",
    );
  await writeJson(join(context.folder, "coverage.json"), coverage);
  const { paths, questions: made, rarePaths, types } = coverage;
  return { paths, questions: made, rarePaths, types: Object.keys(types).length };
}

/** A recipe cannot know the question types, so a misspelt one is found here, before the graph is read. */
function checkTypes(types: readonly string[]): void {
  const known = questionTypes.map(({ name }) => name);
  const lines = types
    .filter((type) => !known.includes(type))
    .map((type) => {
      const meant = nearest(type, known);
      const hint = meant === undefined ? `known types: ${known.join(", ")}` : `did you mean "${meant}"?`;
      return `synthesize.types: unknown question type "${type}"; ${hint}`;
    });
  if (lines.length > 0) throw new UsageError([...new Set(lines)].join("\n"));
}

/** The questions with a model's words for some stems; all of them at once, since no two may get the same stem. */
async function reworded(
  questions: readonly SyntheticQuestion[],
  graph: KnowledgeGraph,
  settings: RewordSection,
  context: StageContext<SynthesizeSection>,
): Promise<SyntheticQuestion[]> {
  const nameOf = entityNames(graph);
  const namesOf = (id: string): readonly string[] => {
    const entity = graph.entities.get(id);
    const zh = entity && nameIn(entity, "zh");
    return [
      id,
      nameOf(id),
      ...(entity?.aliases ?? []),
      ...Object.values(entity?.labels ?? {}),
      ...(zh ? [zh] : []),
    ];
  };
  return await rewordQuestions(questions, namesOf, settings, {
    seed: context.seed,
    kept: context.kept,
    linker: entityLinker(graph),
    signal: context.signal,
    reject: context.reject,
    notice: (text) => context.log.warn(text),
    progress: (done, total) => context.log.progress("rewordings", done, total),
    unfinished: context.unfinished,
  });
}
