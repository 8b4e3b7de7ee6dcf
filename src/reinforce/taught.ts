/** Examples with written reasoning, for the controls that fine-tune instead of reinforcing. */
import { join } from "node:path";
import { mean } from "../base/collections.ts";
import { UsageError } from "../base/errors.ts";
import { loadJsonl } from "../base/jsonl.ts";
import type { Random } from "../base/random.ts";
import { openGraph } from "../graph/store.ts";
import { canBeTaught, graphTeacher } from "../models/graph-teacher.ts";
import { renderQuestion } from "../models/prompt.ts";
import { type Example, exampleTokens } from "../models/supervised.ts";
import { openTokenizer } from "../models/tokenizer.ts";
import { graphTeacherOf } from "../recipe/sections/coldstart.ts";
import { isSynthetic, questionSchema } from "../records/question.ts";
import { trajectorySchema } from "../records/trajectory.ts";
import type { ReinforceContext } from "./context.ts";
import { oneWordingEach, type PathQuestions } from "./pools.ts";

/** Draws so many examples. */
export type ExampleSource = (count: number, random: Random) => readonly Example[];

/** The graph teacher's trajectory for any wording of any training path, each path at most once in a draw. */
export async function examplesOfAllPaths(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<ExampleSource> {
  const teachable = paths
    .map((path) => ({ ...path, questions: path.questions.filter(isSynthetic).filter(canBeTaught) }))
    .filter(({ questions }) => questions.length > 0);
  if (teachable.length === 0)
    throw new UsageError(
      "reinforce.controls has fullSft, and the graph can write reasoning for no training question (it teaches English questions that were made from it); leave fullSft out",
    );
  const teacher = graphTeacher(
    await openGraph(context.input("discover")),
    graphTeacherOf(context.settings.coldstart.teacher),
  );
  return (count, random) =>
    oneWordingEach(random.sample(teachable, count), random)
      .filter(isSynthetic)
      .map((question) => ({ prompt: renderQuestion(question), reply: teacher(question, random).reply }));
}

/** The cold start's own trajectories, each at most once in a draw. */
export async function coldstartExamples(context: ReinforceContext): Promise<ExampleSource> {
  const examples = await loadColdstart(context);
  return (count, random) => random.sample(examples, count);
}

/** Steps and tokens of the cold start's training: trajectories that were not held out, as often as it passed over them. */
export async function coldstartTokens(
  context: ReinforceContext,
): Promise<{ readonly steps: number; readonly trained: number; readonly sampled: number }> {
  const { passes, batch, heldOutShare } = context.settings.coldstart;
  const examples = await loadColdstart(context);
  const tokenizer = await openTokenizer(join(context.input("coldstart"), "model"));
  const length = mean(examples.map((example) => exampleTokens(tokenizer, example).tokens.length));
  const learned = Math.round(examples.length * (1 - heldOutShare));
  const steps = Math.ceil((learned * passes) / batch);
  return { steps, trained: Math.round(length * learned * passes), sampled: 0 };
}

async function loadColdstart(context: ReinforceContext): Promise<readonly Example[]> {
  const file = join(context.input("coldstart"), "trajectories.jsonl");
  const questions = await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema);
  const prompts = new Map(questions.map((question) => [question.id, renderQuestion(question)]));
  const examples = (await loadJsonl(file, trajectorySchema)).flatMap(({ question, reply }) => {
    const prompt = prompts.get(question);
    return prompt === undefined ? [] : [{ prompt, reply }];
  });
  if (examples.length === 0)
    throw new UsageError(
      `${file}: no trajectory of a training question is here; run the cold start again, or leave sftContinued and withoutColdstart out of reinforce.controls`,
    );
  return examples;
}
