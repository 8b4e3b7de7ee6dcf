/**
 * What stage 2 is read against: other ways to spend its tokens, each from the end of stage 1 and each stopped at the
 * step that reaches the number of tokens (trained and sampled, mining included) that stage 2 took.
 */
import { seededRandom } from "../base/random.ts";
import { openGraph } from "../graph/store.ts";
import type { EmbeddedModel } from "../models/embedded.ts";
import { graphTeacher } from "../models/graph-teacher.ts";
import { renderQuestion } from "../models/prompt.ts";
import { type Example, supervisedBatch } from "../models/supervised.ts";
import type { SeriesOutcome, TokenTotals } from "../models/training-loop.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import { isSynthetic, type Question } from "../records/question.ts";
import { modelOf, type ReinforceContext, runPhase } from "./phases.ts";
import { drawByTier, drawUniformly, oneWordingEach, type PathQuestions } from "./pools.ts";
import { grpoStep } from "./stages.ts";

export type Control = ReinforceSection["controls"][number];

/** Runs one control with the tokens that stage 2 took. */
export async function runControl(
  context: ReinforceContext,
  control: Control,
  paths: readonly PathQuestions[],
  budget: { readonly stage1: SeriesOutcome<unknown>; readonly stage2: SeriesOutcome<unknown> },
): Promise<SeriesOutcome<null>> {
  const { settings, seed } = context;
  const limit = sum(budget.stage2.tokens);
  // How many steps the tokens last is an estimate, which the learning rate is laid out over; the tokens decide.
  const until = (estimate: number) => ({
    steps: 2 * Math.max(1, Math.ceil(estimate)),
    scheduleSteps: Math.max(1, Math.ceil(estimate)),
    isDone: (_step: number, _state: null, tokens: TokenTotals) => sum(tokens) >= limit,
  });
  const random = (step: number) => seededRandom(seed, "reinforce", control, String(step));
  const start = modelOf(context, "stage1");
  if (control === "fullSft") {
    const examplesAt = await trajectorySource(context, paths);
    const perStep = settings.coldstart.batch * examplesAt.meanCharacters;
    return await runPhase(context, control, start, (model) => ({
      ...until(limit / tokensOf(model, perStep, examplesAt.sample)),
      optimizer: settings.coldstart.optimizer,
      start: null,
      plan: async (step) => ({
        sequences: supervisedBatch(model.tokenizer, examplesAt.draw(settings.coldstart.batch, random(step))),
        metrics: {},
        state: null,
      }),
    }));
  }
  const { stage1 } = settings;
  const draw = (step: number): Question[] =>
    control === "uniform"
      ? drawUniformly(paths, stage1.questionsPerStep, random(step))
      : drawByTier(paths, stage1.questionsPerStep, stage1.easyShare, random(step));
  return await runPhase(context, control, start, (model) => ({
    ...until((limit * budget.stage1.steps) / sum(budget.stage1.tokens)),
    optimizer: settings.optimizer,
    start: null,
    plan: (step) =>
      grpoStep(context, model, { series: control, step, groupSize: stage1.groupSize }, draw(step), null),
  }));
}

interface TrajectorySource {
  draw(count: number, random: ReturnType<typeof seededRandom>): Example[];
  readonly sample: Example;
  readonly meanCharacters: number;
}

/** The teacher's trajectory for any wording of any training path. */
async function trajectorySource(
  context: ReinforceContext,
  paths: readonly PathQuestions[],
): Promise<TrajectorySource> {
  const graph = await openGraph(context.input("discover"));
  const teacher = graphTeacher(graph, context.settings.coldstart.teacher);
  const draw: TrajectorySource["draw"] = (count, random) =>
    oneWordingEach(random.sample(paths, count), random)
      .filter(isSynthetic)
      .map((question) => ({
        prompt: renderQuestion(question),
        reply: teacher(question, random).reply,
      }));
  const some = draw(64, seededRandom(context.seed, "reinforce", "fullSft", "length"));
  const characters = some.reduce((total, { prompt, reply }) => total + prompt.length + reply.length, 0);
  return { draw, sample: some[0]!, meanCharacters: characters / some.length };
}

/** About how many tokens a number of characters is, by the rate of one example. */
function tokensOf(model: EmbeddedModel, characters: number, sample: Example): number {
  const text = sample.prompt + sample.reply;
  return (characters * model.tokenizer.encode(text).length) / text.length;
}

function sum(tokens: TokenTotals): number {
  return tokens.trained + tokens.sampled;
}
