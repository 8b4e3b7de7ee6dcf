/**
 * Stage `coldstart` (paper §3.2): a teacher writes trajectories for a part of the training questions, each turn with
 * its checks, and the base model learns them by supervised fine-tuning on completions. Writes `trajectories.jsonl`
 * and the policy, `model/`.
 *
 * Departure from the paper: the default teacher is the knowledge graph and not a language model, so that a reward,
 * a trajectory and a fact lead back to the same sentence.
 */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import { seededRandom } from "../base/random.ts";
import type { Counts, StageContext } from "../base/stage.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { openGraph } from "../graph/store.ts";
import { graphTeacher } from "../models/graph-teacher.ts";
import { renderQuestion } from "../models/prompt.ts";
import type { ColdstartSection, GraphTeacherSection } from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import { type Question, questionSchema } from "../records/question.ts";
import type { Trajectory } from "../records/trajectory.ts";
import { reasoningChecker } from "../verify/reasoning/check-reasoning.ts";
import { readGuidelines } from "../verify/reasoning/guidelines.ts";
import { chooseCurated, chooseSynthetic, pathOf } from "./choose.ts";
import { fineTune } from "./fine-tune.ts";
import { askTeacher, checkTeacher, isLanguageTeacher, type LanguageTeacher } from "./language-teacher.ts";
import { writeTrajectories } from "./trajectories.ts";

export type ColdstartSettings = ColdstartSection & {
  readonly engine: EngineSection;
  /** Whether what the graph does not say is false, as for the questions made from it. */
  readonly world: SynthesizeSection["world"];
};

/** What a teacher wrote. */
interface Written {
  readonly chosen: readonly Question[];
  readonly trajectories: readonly Trajectory[];
  readonly counts: Counts;
  /** Whether some replies could not be had yet. */
  readonly isMissing: boolean;
}

/**
 * Has trajectories written and learned. While replies of the teacher are missing nothing is learned: a model of a part
 * of them would have to be made again, and all that is trained on it.
 */
export async function runColdstart(context: StageContext<ColdstartSettings>): Promise<Counts> {
  const { settings, folder } = context;
  checkTeacher(settings);
  const graph = await openGraph(context.input("discover"));
  const questions = await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema);
  const { teacher } = settings;
  const { chosen, trajectories, counts, isMissing } = isLanguageTeacher(teacher)
    ? await distilled(graph, teacher, questions, context)
    : walked(graph, teacher, questions, context);
  await writeJsonl(join(folder, "trajectories.jsonl"), trajectories);
  if (isMissing) {
    context.unfinished();
    return counts;
  }
  if (trajectories.length === 0)
    throw new UsageError("coldstart: no trajectory passed its checks; look at coldstart/rejects.jsonl");
  const byId = new Map(chosen.map((question) => [question.id, question]));
  const examples = trajectories.map(({ question: id, reply }) => {
    const question = byId.get(id)!;
    return { prompt: renderQuestion(question), reply, question: id, path: pathOf(question) };
  });
  return { ...counts, ...(await fineTune(examples, context)) };
}

/** Trajectories walked over the graph. */
function walked(
  graph: KnowledgeGraph,
  teacher: GraphTeacherSection,
  questions: readonly Question[],
  { settings, seed, reject }: StageContext<ColdstartSettings>,
): Written {
  const chosen = chooseSynthetic(questions, settings, seed);
  const random = seededRandom(seed, "coldstart", "teacher");
  const trajectories = writeTrajectories(chosen, graphTeacher(graph, teacher), random, reject);
  const backtracking = trajectories.filter((t) => t.turns.some((turn) => turn.kind === "backtrack")).length;
  const paths = new Set(chosen.map(pathOf)).size;
  return {
    chosen,
    trajectories,
    counts: { trajectories: trajectories.length, paths, backtracking },
    isMissing: false,
  };
}

/** Trajectories written by a language model, for questions of the graph and curated ones. */
async function distilled(
  graph: KnowledgeGraph,
  teacher: LanguageTeacher,
  questions: readonly Question[],
  context: StageContext<ColdstartSettings>,
): Promise<Written> {
  const { settings, seed } = context;
  const both = [...chooseSynthetic(questions, settings, seed), ...chooseCurated(questions, settings, seed)];
  const chosen = [...new Map(both.map((question) => [question.id, question])).values()];
  const { guidelines: files, maxWords } = settings.checks;
  const guidelines = await readGuidelines(files);
  const check = reasoningChecker({ graph, world: settings.world, guidelines, maxWords });
  const { trajectories, counts, missing } = await askTeacher(teacher, chosen, check, context);
  return { chosen, trajectories, counts, isMissing: missing.length > 0 };
}
