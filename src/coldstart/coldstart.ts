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
  /** Why questions got none, one word each. */
  readonly causes: readonly string[];
  /** Whether some replies could not be had yet. */
  readonly isMissing: boolean;
}

/**
 * Has trajectories written and learned. While replies of the teacher are missing nothing is learned: a model of a part
 * of them would have to be made again, and all that is trained on it.
 */
export async function runColdstart(context: StageContext<ColdstartSettings>): Promise<Counts> {
  const { settings, folder, scratch } = context;
  checkTeacher(settings);
  const graph = await openGraph(context.input("discover"));
  const questions = await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema);
  const { teacher } = settings;
  const { chosen, trajectories, counts, causes, isMissing } = isLanguageTeacher(teacher)
    ? await distilled(graph, teacher, questions, context)
    : walked(graph, teacher, questions, context);
  await writeJsonl(join(folder, "trajectories.jsonl"), trajectories);
  if (isMissing) {
    context.unfinished();
    return counts;
  }
  if (trajectories.length === 0) throw noneLeft(chosen.length, causes, scratch);
  const byId = new Map(chosen.map((question) => [question.id, question]));
  const examples = trajectories.map(({ question: id, reply }) => {
    const question = byId.get(id)!;
    return { prompt: renderQuestion(question), reply, question: id, path: pathOf(question) };
  });
  return { ...counts, ...(await fineTune(examples, context)) };
}

/** The end of a cold start that has nothing to learn from; until a stage is done its rejects lie in its scratch folder. */
function noneLeft(questions: number, causes: readonly string[], scratch: string): UsageError {
  if (questions === 0)
    return new UsageError(
      "coldstart: refine/train.jsonl has no question for the teacher; the graph teaches questions made from it (synthesize), a language model curated ones too",
    );
  const counts = [...new Set(causes)]
    .map((cause) => ({ cause, count: causes.filter((one) => one === cause).length }))
    .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1));
  return new UsageError(
    `coldstart: no trajectory passed: ${counts.map(({ cause, count }) => `${count} ${cause}`).join(", ")} ` +
      `(of ${questions} ${questions === 1 ? "question" : "questions"}); ${join(scratch, "rejects.jsonl")} has the reason of each; ` +
      "take another teacher or give it more room (maxTokens), or reject less (coldstart.checks.reject)",
  );
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
  const causes: string[] = [];
  const trajectories = writeTrajectories(chosen, graphTeacher(graph, teacher), random, (item, reason) => {
    causes.push(reason.slice(0, reason.indexOf(":")));
    reject(item, reason);
  });
  const backtracking = trajectories.filter((t) => t.turns.some((turn) => turn.kind === "backtrack")).length;
  const paths = new Set(chosen.map(pathOf)).size;
  return {
    chosen,
    trajectories,
    counts: { trajectories: trajectories.length, paths, backtracking },
    causes,
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
  const { trajectories, failures, counts, missing } = await askTeacher(teacher, chosen, check, context);
  const causes = failures.map(({ cause }) => cause);
  return { chosen, trajectories, counts, causes, isMissing: missing.length > 0 };
}
