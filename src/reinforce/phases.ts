/**
 * A phase of reinforcement: starts from a model folder, runs one series of steps, ends in a model folder. Finished
 * phases lie in the scratch folder, so a killed stage repeats none of them.
 */
import { existsSync } from "node:fs";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeJson, writeWhole } from "../base/files.ts";
import type { StageContext } from "../base/stage.ts";
import { type EmbeddedModel, openForTraining, replyText, saveTrained } from "../models/embedded.ts";
import type { Tokenizer } from "../models/tokenizer.ts";
import { runSeries, type Series, type SeriesOutcome } from "../models/training-loop.ts";
import type { ColdstartSection } from "../recipe/sections/coldstart.ts";
import type { EngineSection } from "../recipe/sections/engine.ts";
import type { ReinforceSection } from "../recipe/sections/reinforce.ts";
import type { Group } from "../records/rollout.ts";

/** The cold start's settings are those of the control that fine-tunes on all trajectories. */
type ReinforceSettings = ReinforceSection & {
  readonly engine: EngineSection;
  readonly coldstart: ColdstartSection;
};
export type ReinforceContext = StageContext<ReinforceSettings>;

/** Runs a phase unless an earlier start of this stage finished it. */
export async function runPhase<State>(
  context: ReinforceContext,
  name: string,
  from: string,
  seriesFor: (model: EmbeddedModel) => Omit<Series<State>, "name" | "saveEvery">,
): Promise<SeriesOutcome<State>> {
  const folder = join(context.scratch, name);
  const done = join(folder, "done.json");
  if (existsSync(done)) return (await readJson(done)) as SeriesOutcome<State>;
  await using model = await openForTraining(from, context.settings.engine, context.seed);
  const series = { ...seriesFor(model), name: `reinforce/${name}`, saveEvery: context.settings.saveEvery };
  const outcome = await runSeries(model.engine, series, context, join(folder, "training"));
  await saveTrained(model, context.settings.engine, from, modelOf(context, name));
  await writeJson(done, outcome);
  return outcome;
}

/** Where the model of a finished phase lies until the stage is done. */
export function modelOf(context: ReinforceContext, name: string): string {
  return join(context.scratch, name, "model");
}

/** Copies a phase's model to the stage's outputs. */
export async function deliverModel(context: ReinforceContext, name: string): Promise<void> {
  await cp(modelOf(context, name), join(context.folder, name, "model"), { recursive: true });
}

/** Keeps a few groups of a step for people to read; a repeated step writes the same file again. */
export async function keepGroups(
  context: ReinforceContext,
  tokenizer: Tokenizer,
  series: string,
  step: number,
  groups: readonly Group[],
): Promise<void> {
  const lines = groups.slice(0, context.settings.keepGroups).map((group, place) => {
    const rollouts = group.rollouts.map(({ reward, finish, tokens }, i) => ({
      id: `${series}/${step}/${place}/${i}`,
      reply: replyText(tokenizer, { tokens }),
      finish,
      reward,
      advantage: group.advantages[i],
    }));
    return `${JSON.stringify({ series, step, question: group.question, rollouts })}\n`;
  });
  const file = join(context.scratch, "groups", `${series}-${String(step).padStart(6, "0")}.jsonl`);
  if (lines.length > 0) await writeWhole(file, lines.join(""));
}

/** All kept groups in order of series and step, as the stage's `groups.jsonl`. */
export async function deliverGroups(context: ReinforceContext): Promise<void> {
  const folder = join(context.scratch, "groups");
  const files = existsSync(folder)
    ? (await readdir(folder)).filter((file) => file.endsWith(".jsonl")).sort()
    : [];
  const parts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  await writeWhole(join(context.folder, "groups.jsonl"), parts.join(""));
}
