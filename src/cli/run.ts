/** `fleming run` and `fleming <stage>`: stages of a recipe, those that are already done left alone. */
import { join } from "node:path";
import { duration } from "../base/log.ts";
import { openRun } from "../base/run-folder.ts";
import { runStage, type StageOutcome } from "../base/run-stage.ts";
import type { Recipe } from "../recipe/schema.ts";
import { type CommonFlags, recipeOf, runFolderOf } from "./flags.ts";
import type { Output } from "./output.ts";
import { printResults, resultsOf } from "./results.ts";
import { listenToSignals } from "./signals.ts";
import { type StageName, stageNames } from "./stage-names.ts";
import { checkStages, stageJob } from "./stages.ts";
import { version } from "./version.ts";

/** Exit code where a stage could not do all of its work: neither done nor a mistake. */
const ENDED_EARLY = 75;

/** Every stage of a recipe in the paper's order, then the table of results. */
export async function runCommand(
  files: readonly string[],
  flags: CommonFlags,
  output: Output,
): Promise<void> {
  const recipe = await recipeOf(files, flags);
  const { seeds } = recipe;
  if (seeds === undefined || flags.seed !== undefined) {
    if (!(await runRecipe(recipe, flags, output))) process.exitCode = ENDED_EARLY;
    return;
  }
  const { runSeeds } = await import("./run-seeds.ts");
  const folder = flags.run ?? join("runs", recipe.name);
  const areDone = await runSeeds({ name: recipe.name, seeds }, folder, output, {
    json: flags.json,
    async runOne(seed, quiet) {
      const own = { ...flags, seed: String(seed) };
      return await runRecipe(await recipeOf(files, own), own, quiet);
    },
  });
  if (!areDone) process.exitCode = ENDED_EARLY;
}

/** Every stage that the recipe wants; whether each is done. */
async function runRecipe(recipe: Recipe, flags: CommonFlags, output: Output): Promise<boolean> {
  const names = stageNames.map(({ name }) => name).filter((name) => isWanted(name, recipe));
  return await runStages(names, recipe, flags, output);
}

/** One stage of a recipe; the stages it reads must have been run. */
export async function stageCommand(
  name: StageName,
  files: readonly string[],
  flags: CommonFlags,
  output: Output,
): Promise<void> {
  if (!(await runStages([name], await recipeOf(files, flags), flags, output))) process.exitCode = ENDED_EARLY;
}

/** Curation is part of a run only when the recipe names a set, unless the recipe says which stages are. */
export function isWanted(name: StageName, { stages, curate }: Recipe): boolean {
  if (stages !== undefined) return stages.includes(name);
  return name !== "curate" || Object.keys(curate.sets).length > 0;
}

/** Runs stages one after another; whether each is done. */
async function runStages(
  names: readonly StageName[],
  recipe: Recipe,
  flags: CommonFlags,
  { log, print, json }: Output,
): Promise<boolean> {
  const folder = runFolderOf(recipe, flags);
  const startedAt = performance.now();
  for (const warning of await checkStages(names, { folder, recipe })) log.warn(warning);
  using signals = listenToSignals(log);
  await using run = await openRun(folder, {
    recipe: recipe.name,
    seed: recipe.seed,
    version,
    settings: recipe,
  });
  const outcomes: StageOutcome[] = [];
  const { signal, hold } = signals;
  for (const name of names) {
    await hold.over();
    signal.throwIfAborted();
    const job = await stageJob(name, { folder, recipe });
    const outcome = await runStage(run, job, log, signal, hold).catch((error: unknown) => {
      throw signals.meaningOf(error);
    });
    outcomes.push(outcome);
    log.info(describe(outcome));
    if (outcome.finished) continue;
    log.warn(`${name} ended early; what is there stands, the same command goes on from there`);
    // It trains once all its trajectories are there; until then there is no model to go on with.
    if (name === "coldstart") break;
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const stages = outcomes.map(({ name, seconds: taken, counts, skipped, finished }) => ({
    name,
    seconds: taken,
    counts,
    skipped,
    finished,
  }));
  const results = await resultsOf(folder, names);
  if (flags.json) json({ run: folder, seconds, stages, ...results });
  else {
    printResults(results, print);
    if (names.includes("report")) print(closing(folder, (results.ablation ?? []).length > 0));
  }
  return outcomes.every(({ finished }) => finished);
}

function describe({ name, seconds, skipped, finished, counts }: StageOutcome): string {
  const figures = Object.entries(counts)
    .filter(([key, value]) => key !== "rejected" || value > 0)
    .map(([key, value]) => `${shown(value)} ${words(key)}`);
  const state = skipped ? "already done" : `${finished ? "done" : "ended early"} in ${duration(seconds)}`;
  return `${name}: ${state}; ${figures.join(", ")}`;
}

/** A figure with its thousands apart; a small amount keeps two digits that are not 0. */
function shown(value: number): string {
  const isSmall = Math.abs(value) < 0.01;
  return value.toLocaleString("en", isSmall ? { maximumSignificantDigits: 2 } : {});
}

/** "stage1Steps" → "stage1 steps". */
function words(key: string): string {
  return key.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

function closing(folder: string, hasModel: boolean): string {
  const report = `\nreport   ${join(folder, "report", "report.html")}`;
  if (!hasModel) return `${report}\nreplies  npx fleming evaluate show --run ${folder}`;
  return [
    report,
    `ask it   npx fleming ask "A patient has fever, night sweats and weight loss. What is the diagnosis?" --model ${folder}`,
    `trace    npx fleming trace <question id> --run ${folder}`,
  ].join("\n");
}
