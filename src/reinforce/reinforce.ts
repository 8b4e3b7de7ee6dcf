/**
 * Stage `reinforce` (paper §3.3): GRPO with verifiable rewards in two stages. Stage 1 learns from Easy and Moderate
 * questions until the reward is on a plateau; stage 2 mines what still fails and learns from it with more rollouts.
 * The controls answer what the paper leaves open: whether anything else bought with the same tokens does as well.
 */
import { join } from "node:path";
import { writeJson } from "../base/files.ts";
import { loadJsonl } from "../base/jsonl.ts";
import type { Counts } from "../base/stage.ts";
import type { SeriesOutcome } from "../models/training-loop.ts";
import { questionSchema } from "../records/question.ts";
import type { ReinforceContext } from "./context.ts";
import { runControl } from "./controls.ts";
import { describeCurriculum } from "./curriculum.ts";
import { deliverGroups, joinFiles } from "./kept-groups.ts";
import { deliverModel } from "./phases.ts";
import { pathsOf } from "./pools.ts";
import { ledgerFolder, runStage1, runStage2 } from "./stages.ts";
import { coldstartTokens } from "./taught.ts";
import { alarmsFolder } from "./watch/watched.ts";

/**
 * Writes `stage1/model`, `stage2/model`, a folder a control, `mining.jsonl` (the ledger), `curriculum.json`,
 * `groups.jsonl`, `alarms.jsonl` and `tokens.json`.
 */
export async function runReinforce(context: ReinforceContext): Promise<Counts> {
  const { settings, folder, log } = context;
  const paths = pathsOf(await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema));
  const stage1 = await runStage1(context, paths);
  const stage2 = await runStage2(context, paths);
  const curriculum = describeCurriculum(settings, stage1, stage2);
  for (const line of curriculum.words) log.info(line);
  const { rounds, validations } = stage2.state;
  const models: Record<string, SeriesTokens> = {
    stage1: tokensOf(stage1),
    stage2: tokensOf(stage2, sumOf(validations)),
  };
  const coldstart = settings.controls.includes("withoutColdstart")
    ? { coldstart: await coldstartTokens(context) }
    : {};
  const spent = {
    coldstart: coldstart.coldstart?.trained ?? 0,
    stage1: spentBy(models["stage1"]!, settings.stage1.steps, 0),
    stage2: spentBy(
      models["stage2"]!,
      settings.stage2.rounds * settings.stage2.stepsPerRound,
      sumOf(rounds) + sumOf(validations),
    ),
  };
  for (const control of settings.controls)
    models[control] = tokensOf(await runControl(context, control, paths, spent));
  for (const name of Object.keys(models)) await deliverModel(context, name);
  await deliverGroups(context);
  await joinFiles(ledgerFolder(context), join(folder, "mining.jsonl"));
  await joinFiles(alarmsFolder(context), join(folder, "alarms.jsonl"));
  await writeJson(join(folder, "curriculum.json"), curriculum);
  await writeJson(join(folder, "tokens.json"), { ...coldstart, ...models });
  return {
    paths: paths.length,
    stage1Steps: stage1.steps,
    stage2Steps: stage2.steps,
    rounds: rounds.length,
    hardPaths: Object.keys(stage2.state.mining?.hard ?? {}).length,
    controls: settings.controls.length,
  };
}

interface SeriesTokens {
  readonly steps: number;
  readonly trained: number;
  readonly sampled: number;
}

/** Tokens of a series; those of its validations are sampled ones. */
function tokensOf({ steps, tokens }: SeriesOutcome<unknown>, validated = 0): SeriesTokens {
  return { steps, trained: tokens.trained, sampled: tokens.sampled + validated };
}

function spentBy({ steps, trained, sampled }: SeriesTokens, plannedSteps: number, apart: number) {
  const tokens = trained + sampled;
  return { steps, plannedSteps, tokens, stepTokens: tokens - apart };
}

function sumOf(looks: readonly { readonly tokens: number }[]): number {
  return looks.reduce((total, { tokens }) => total + tokens, 0);
}
