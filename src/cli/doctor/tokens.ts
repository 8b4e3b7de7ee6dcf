/**
 * How many tokens the training stages read, write and learn from, by the recipe's own counts of steps, questions and
 * rollouts. All steps are taken to be run: a plateau or a patience that ends a stage earlier makes it cheaper.
 */
import type { Recipe } from "../../recipe/schema.ts";
import type { ControlName } from "../../recipe/sections/reinforce.ts";
import { hasLanguageTeacher, type Lengths } from "./lengths.ts";
import type { Workload } from "./workload.ts";

export interface Tokens {
  /** Learned from: a prompt once for all of its rollouts, as they are packed. */
  readonly trained: number;
  readonly sampled: number;
  /** Prompts that are read to sample from, and what is only scored. */
  readonly read: number;
}

/** Groups without spread have no gradient and are left out of the update; of the quickstart's about a quarter are. */
const TIED = 0.25;
/** Of a language model's questions, those that end in a trajectory. */
const KEPT_TRAJECTORIES = 0.9;

/** Sums, part by part. */
export function addTokens(...all: readonly Tokens[]): Tokens {
  const sum = (pick: (one: Tokens) => number): number => all.reduce((total, one) => total + pick(one), 0);
  return { trained: sum((t) => t.trained), sampled: sum((t) => t.sampled), read: sum((t) => t.read) };
}

/** Questions that the teacher is asked, and the trajectories that are learned. */
export function trajectories(
  recipe: Recipe,
  { train, paths, made }: Workload,
): { asked: number; kept: number } {
  const { pathShare, wordingsPerPath } = recipe.coldstart;
  const wordings = Math.min(wordingsPerPath, paths === 0 ? 0 : Math.max(1, made / paths));
  const walked = train.madePaths * pathShare * wordings;
  if (!hasLanguageTeacher(recipe)) return { asked: 0, kept: Math.round(walked) };
  const asked = Math.round(walked + train.curated * pathShare);
  return { asked, kept: Math.round(asked * KEPT_TRAJECTORIES) };
}

/** The cold start's fine-tuning. */
export function coldstartTokens(recipe: Recipe, workload: Workload, lengths: Lengths): Tokens {
  const { passes, heldOutShare } = recipe.coldstart;
  const { kept } = trajectories(recipe, workload);
  const learned = kept * (1 - heldOutShare) * passes;
  return { trained: learned * (lengths.prompt + lengths.reply), sampled: 0, read: 0 };
}

/** Reinforcement, phase by phase. */
export function reinforceTokens(recipe: Recipe, workload: Workload, lengths: Lengths): Map<string, Tokens> {
  const { stage1, stage2, controls } = recipe.reinforce;
  const steps = grpo(recipe, lengths);
  const { madePaths, curated } = workload.train;
  const asked =
    madePaths * Math.min(stage2.miningWordings, workload.made / Math.max(1, workload.paths)) + curated || 0;
  const mined: Tokens = {
    trained: 0,
    sampled: stage2.rounds * asked * stage2.miningSamples * lengths.reply,
    read: stage2.rounds * asked * lengths.prompt,
  };
  const held = Math.min(stage2.validationQuestions, workload.dev) * (stage2.rounds + 1);
  const validated: Tokens = { trained: 0, sampled: held * lengths.reply, read: held * lengths.prompt };
  const first = steps(stage1.steps, stage1);
  const second = addTokens(steps(stage2.rounds * stage2.stepsPerRound, stage2), mined, validated);
  const phases = new Map<string, Tokens>([
    ["stage 1", first],
    ["stage 2", second],
  ]);
  for (const control of controls)
    phases.set(control, controlTokens(control, { first, second }, recipe, workload, lengths));
  return phases;
}

/** Tokens of so many GRPO steps. */
function grpo({ reinforce }: Recipe, { prompt, reply }: Lengths) {
  const { kl, updatesPerBatch } = reinforce;
  return (
    steps: number,
    { questionsPerStep, groupSize }: { questionsPerStep: number; groupSize: number },
  ): Tokens => {
    const questions = steps * questionsPerStep;
    const whole = questions * (prompt + groupSize * reply);
    return {
      trained: whole * (kl > 0 ? 1 : 1 - TIED) * updatesPerBatch,
      sampled: questions * groupSize * reply,
      read: questions * prompt + (kl > 0 ? whole : 0),
    };
  };
}

/** A control spends what its rival spent, learned and written together; fine-tuning all of it on learning. */
function controlTokens(
  control: ControlName,
  { first, second }: { readonly first: Tokens; readonly second: Tokens },
  recipe: Recipe,
  workload: Workload,
  lengths: Lengths,
): Tokens {
  const learning = ({ trained, sampled }: Tokens): Tokens => ({
    trained: trained + sampled,
    sampled: 0,
    read: 0,
  });
  switch (control) {
    case "stage1Continued":
    case "uniform":
    case "randomSamples":
      return second;
    case "untieredStage1":
      return first;
    case "withoutColdstart":
      return addTokens(first, coldstartTokens(recipe, workload, lengths));
    case "sftContinued":
      return learning(addTokens(first, second));
    case "fullSft":
      return learning(second);
    default:
      return control satisfies never;
  }
}
