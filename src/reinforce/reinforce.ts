/**
 * Stage `reinforce` (paper §3.3): GRPO with verifiable rewards in two stages. Stage 1 learns from Easy and Moderate
 * questions until the reward is on a plateau; stage 2 mines what still fails and learns from it with more rollouts.
 * The controls answer what the paper leaves open: whether anything else bought with the same tokens does as well.
 */
import { join } from "node:path";
import { writeJson } from "../base/files.ts";
import { loadJsonl, writeJsonl } from "../base/jsonl.ts";
import type { Counts } from "../base/stage.ts";
import { questionSchema } from "../records/question.ts";
import { runControl } from "./controls.ts";
import { deliverGroups, deliverModel, type ReinforceContext } from "./phases.ts";
import { pathsOf } from "./pools.ts";
import { runStage1, runStage2 } from "./stages.ts";

/** Writes `stage1/model`, `stage2/model`, a folder a control, `mining.jsonl`, `groups.jsonl` and `tokens.json`. */
export async function runReinforce(context: ReinforceContext): Promise<Counts> {
  const paths = pathsOf(await loadJsonl(join(context.input("refine"), "train.jsonl"), questionSchema));
  const stage1 = await runStage1(context, paths);
  const reason =
    stage1.steps < context.settings.stage1.steps ? "the reward is on a plateau" : "its steps are used up";
  context.log.info(`stage 1 ends after ${stage1.steps} steps: ${reason}`);
  const stage2 = await runStage2(context, paths);
  const outcomes = { stage1: summary(stage1), stage2: summary(stage2) } as Record<
    string,
    ReturnType<typeof summary>
  >;
  for (const control of context.settings.controls)
    outcomes[control] = summary(await runControl(context, control, paths, { stage1, stage2 }));
  for (const name of Object.keys(outcomes)) await deliverModel(context, name);
  await deliverGroups(context);
  await writeJsonl(join(context.folder, "mining.jsonl"), stage2.state);
  await writeJson(join(context.folder, "tokens.json"), outcomes);
  return {
    paths: paths.length,
    stage1Steps: stage1.steps,
    stage2Steps: stage2.steps,
    hardPaths: Object.keys(stage2.state.at(-1)?.hard ?? {}).length,
    controls: context.settings.controls.length,
  };
}

function summary({
  steps,
  tokens,
}: {
  readonly steps: number;
  readonly tokens: { readonly trained: number; readonly sampled: number };
}) {
  return { steps, ...tokens };
}
