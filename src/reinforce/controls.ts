/**
 * What the stages are read against: other ways to spend the same tokens. Each control starts where its rival starts
 * and ends at the step that reaches the rival's tokens, trained and sampled, mining and validation included.
 */
import { join } from "node:path";
import { type Random, seededRandom } from "../base/random.ts";
import type { EmbeddedModel } from "../models/embedded.ts";
import { supervisedBatch } from "../models/supervised.ts";
import type { SeriesOutcome, TokenTotals } from "../models/training-loop.ts";
import type { ControlName } from "../recipe/sections/reinforce.ts";
import type { Question } from "../records/question.ts";
import type { ReinforceContext } from "./context.ts";
import { grpoStep, modelOf, type Phase, runPhase, startModel } from "./phases.ts";
import { drawByTier, drawUniformly, type PathQuestions } from "./pools.ts";
import { coldstartExamples, type ExampleSource, examplesOfAllPaths } from "./taught.ts";

/** What a stage took: the rival of a control. */
interface SpentStage {
  readonly steps: number;
  /** Steps that its learning rate was laid out over; it may have ended before them. */
  readonly plannedSteps: number;
  /** All tokens, trained and sampled: what its rivals get. */
  readonly tokens: number;
  /** Those of its steps alone, without mining and validation: how far a rival's go is estimated from them. */
  readonly stepTokens: number;
}

export interface Spent {
  readonly coldstart: number;
  readonly stage1: SpentStage;
  readonly stage2: SpentStage;
}

interface ControlPlan {
  /** Folder of the model that it starts from. */
  readonly from: string;
  /** The stage whose share of its planned learning rate it gets too. */
  readonly rival: "stage1" | "stage2";
  readonly tokens: number;
  readonly learns: "rollouts" | "trajectories";
}

/** Runs one control to its number of tokens. */
export async function runControl(
  context: ReinforceContext,
  control: ControlName,
  paths: readonly PathQuestions[],
  spent: Spent,
): Promise<SeriesOutcome<null>> {
  const plan = planOf(context, control, spent);
  return plan.learns === "trajectories"
    ? await fineTune(context, control, plan, paths)
    : await reinforceOn(context, control, plan, paths, spent);
}

function planOf(context: ReinforceContext, control: ControlName, spent: Spent): ControlPlan {
  const stage1 = modelOf(context, "stage1");
  const start = startModel(context);
  const both = spent.stage1.tokens + spent.stage2.tokens;
  switch (control) {
    case "stage1Continued":
    case "uniform":
    case "randomSamples":
      return { from: stage1, rival: "stage2", tokens: spent.stage2.tokens, learns: "rollouts" };
    case "untieredStage1":
      return { from: start, rival: "stage1", tokens: spent.stage1.tokens, learns: "rollouts" };
    case "withoutColdstart": {
      const from = join(context.input("pretrain"), "model");
      return { from, rival: "stage1", tokens: spent.coldstart + spent.stage1.tokens, learns: "rollouts" };
    }
    case "sftContinued":
      return { from: start, rival: "stage2", tokens: both, learns: "trajectories" };
    case "fullSft":
      return { from: stage1, rival: "stage2", tokens: spent.stage2.tokens, learns: "trajectories" };
    default:
      return control satisfies never;
  }
}

/** GRPO on the questions that the control draws. */
async function reinforceOn(
  context: ReinforceContext,
  control: ControlName,
  { from, rival, tokens }: ControlPlan,
  paths: readonly PathQuestions[],
  spent: Spent,
): Promise<SeriesOutcome<null>> {
  const { settings, seed } = context;
  const { stage1, stage2 } = settings;
  const isLikeStage2 = control === "randomSamples";
  const { groupSize, questionsPerStep } = isLikeStage2 ? stage2 : stage1;
  const isTiered = control === "stage1Continued" || control === "withoutColdstart";
  const draw = (random: Random): Question[] =>
    isTiered
      ? drawByTier(paths, questionsPerStep, stage1.easyShare, random)
      : drawUniformly(paths, questionsPerStep, random);
  const alike = spent[isLikeStage2 ? "stage2" : "stage1"];
  const { plannedSteps, steps } = spent[rival];
  return await runPhase(context, control, from, (phase) => ({
    ...until(tokens, alike.stepTokens / alike.steps, plannedSteps / steps),
    optimizer: settings.optimizer,
    start: null,
    plan: async (step) => {
      const random = seededRandom(seed, "reinforce", control, String(step));
      const plan = await grpoStep(phase, { name: control, step, groupSize }, draw(random));
      return { ...plan, state: null };
    },
  }));
}

/** Supervised fine-tuning with the cold start's settings. */
async function fineTune(
  context: ReinforceContext,
  control: ControlName,
  { from, tokens }: ControlPlan,
  paths: readonly PathQuestions[],
): Promise<SeriesOutcome<null>> {
  const { batch, optimizer } = context.settings.coldstart;
  const source =
    control === "fullSft" ? await examplesOfAllPaths(context, paths) : await coldstartExamples(context);
  return await runPhase(context, control, from, ({ model }: Phase) => ({
    ...until(tokens, batch * meanTokens(model, source), 1),
    optimizer,
    start: null,
    plan: async (step) => {
      const random = seededRandom(context.seed, "reinforce", control, String(step));
      const sequences = supervisedBatch(model.tokenizer, source(batch, random));
      return { sequences, metrics: {}, state: null };
    },
  }));
}

/**
 * A series that ends at its tokens. How many steps they last is an estimate, which the learning rate is laid out over,
 * stretched as much as the rival's was beyond its end: a stage that stopped early did not reach its low rates either.
 */
export function until(limit: number, tokensPerStep: number, stretch: number) {
  const estimate = Math.max(1, Math.ceil(limit / tokensPerStep));
  return {
    // A bound that is never met: steps that shrink as replies do take more of them, and tokens end the series.
    steps: 100 * estimate,
    scheduleSteps: Math.round(estimate * stretch),
    isDone: (_step: number, _state: null, tokens: TokenTotals) => tokens.trained + tokens.sampled >= limit,
  };
}

/** Mean length of examples, by a draw of a few. */
function meanTokens(model: EmbeddedModel, source: ExampleSource): number {
  const some = source(64, seededRandom(0, "length"));
  const lengths = supervisedBatch(model.tokenizer, some).map(({ tokens }) => tokens.length);
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}
