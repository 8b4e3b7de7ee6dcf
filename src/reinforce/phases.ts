/**
 * A phase of reinforcement: starts from a model folder, runs one series of GRPO steps, ends in a model folder.
 * Finished phases lie in the scratch folder, so a killed stage repeats none of them.
 */
import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeJson } from "../base/files.ts";
import { type EmbeddedModel, openForTraining, saveTrained } from "../models/embedded.ts";
import { openReference, type Reference } from "../models/reference.ts";
import { openTokenizer, type Tokenizer } from "../models/tokenizer.ts";
import { runSeries, type SeriesOutcome, type StepPlan } from "../models/training-loop.ts";
import type { Question } from "../records/question.ts";
import type { ReinforceContext } from "./context.ts";
import { objective } from "./grpo.ts";
import { keepGroups } from "./kept-groups.ts";
import { describeGroups, sampleGroups } from "./rollouts.ts";
import { templateFault } from "./watch/template.ts";
import { chanceOf, type Sampled, type Watchable, watched } from "./watch/watched.ts";

/** What the steps of a phase work with. */
export interface Phase {
  readonly context: ReinforceContext;
  readonly model: EmbeddedModel;
  /** The policy that the phase began with, where the objective has a KL term. */
  readonly reference?: Reference;
}

/**
 * Runs a phase unless an earlier start of this stage finished it. Its model is the weights at the end, or the folder
 * that `modelAtEnd` names.
 */
export async function runPhase<State>(
  context: ReinforceContext,
  name: string,
  from: string,
  seriesFor: (phase: Phase) => Omit<Watchable<State>, "name" | "saveEvery">,
  modelAtEnd?: (state: State) => string | undefined,
): Promise<SeriesOutcome<State>> {
  const { engine, kl, saveEvery } = context.settings;
  const folder = join(context.scratch, name);
  const done = join(folder, "done.json");
  if (existsSync(done)) return (await readJson(done)) as SeriesOutcome<State>;
  await using model = await openForTraining(from, engine, context.seed);
  await using reference = kl > 0 ? await openReference(from, engine) : undefined;
  const phase: Phase = { context, model, ...(reference === undefined ? {} : { reference }) };
  const template = from === startModel(context) ? await templateFaultOf(context, model.tokenizer) : undefined;
  const series = watched(context, { ...seriesFor(phase), name: `reinforce/${name}`, saveEvery, template });
  const { state, ...figures } = await runSeries(model.engine, series, context, join(folder, "training"));
  const outcome = { ...figures, state: state.own };
  const other = modelAtEnd?.(state.own);
  if (other === undefined) await saveTrained(model, engine, from, modelOf(context, name));
  else await cp(other, modelOf(context, name), { recursive: true });
  await writeJson(done, outcome);
  await rm(join(folder, "training"), { recursive: true, force: true });
  return outcome;
}

/** The cold start asked with the base's tokenizer; what a later phase starts from has learned under the one it has. */
async function templateFaultOf(context: ReinforceContext, own: Tokenizer): Promise<string | undefined> {
  return templateFault(own, await openTokenizer(join(context.input("pretrain"), "model")));
}

/** What a GRPO step found, beside its plan: what the plateau is judged by. */
type GrpoStep = Omit<StepPlan<unknown>, "state"> &
  Sampled & { readonly tied: number; readonly reward: number };

/** One GRPO step on given questions: sample, reward, and hand the objective to the optimizer. */
export async function grpoStep(
  { context, model, reference }: Phase,
  at: { readonly name: string; readonly step: number; readonly groupSize: number },
  questions: readonly Question[],
): Promise<GrpoStep> {
  const { settings, seed } = context;
  const { name, step, groupSize } = at;
  const { groups, tokens, seconds } = await sampleGroups(model, questions, {
    settings,
    groupSize,
    seed: `${seed}/reinforce/${name}/${step}`,
    policyVersion: step,
  });
  await keepGroups(context, name, step, groups);
  const metrics = describeGroups(groups);
  const { clip, updatesPerBatch: count } = settings;
  return {
    sequences: objective(groups, settings, await reference?.score(groups)),
    updates: { count, ...(clip === undefined ? {} : { clip }) },
    metrics,
    sampled: { tokens, seconds },
    groups,
    chance: chanceOf(questions),
    tied: metrics["tiedRight"]! + metrics["tiedWrong"]!,
    reward: metrics["rewardMean"]!,
  };
}

/** The model that stage 1 begins with. */
export function startModel(context: ReinforceContext): string {
  return join(context.input(context.settings.from), "model");
}

/** Where the model of a finished phase lies until the stage is done. */
export function modelOf(context: ReinforceContext, name: string): string {
  return join(context.scratch, name, "model");
}

/** Copies a phase's model to the stage's outputs. */
export async function deliverModel(context: ReinforceContext, name: string): Promise<void> {
  await cp(modelOf(context, name), join(context.folder, name, "model"), { recursive: true });
}
