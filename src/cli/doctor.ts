/**
 * `fleming doctor`: what this machine is and can run; with a recipe, what each of its stages would take in memory, time,
 * disk and money, what it could not do here and what it would need instead. Nothing is fetched and nothing is written.
 */
import { join } from "node:path";
import { duration } from "../base/log.ts";
import type { Recipe } from "../recipe/schema.ts";
import { capacities } from "./doctor/capacity.ts";
import { estimateRecipe } from "./doctor/estimate-recipe.ts";
import { lookAtMachine } from "./doctor/machine.ts";
import { probe } from "./doctor/problems.ts";
import { capacityText, estimateText, machineText } from "./doctor/show.ts";
import { type CommonFlags, recipeOf } from "./flags.ts";
import type { Output } from "./output.ts";
import { isWanted } from "./run.ts";
import { stageNames } from "./stage-names.ts";

interface DoctorFlags extends CommonFlags {
  readonly recipe?: readonly string[];
  readonly probe?: boolean;
}

const DEFAULT_THREADS = 2;

/** Looks at the machine and, where one is named, at a recipe. True where something in the recipe cannot run here. */
export async function doctorCommand(flags: DoctorFlags, output: Output): Promise<boolean> {
  const { recipe: files = [], run, json } = flags;
  const recipe: Recipe | undefined = files.length === 0 ? undefined : await recipeOf(files, flags);
  const folder = run ?? join("runs", recipe?.name ?? "");
  output.log.info("timing matrix products");
  const machine = await lookAtMachine(recipe?.engine.threads ?? DEFAULT_THREADS, folder);
  if (recipe === undefined) {
    const models = capacities(machine);
    if (json) output.json({ machine, models });
    else output.print(`${machineText(machine)}\n\n${capacityText(models)}`);
    return false;
  }
  const wanted = stageNames.map(({ name }) => name).filter((name) => isWanted(name, recipe));
  const startedAt = performance.now();
  const estimate = await estimateRecipe(recipe, wanted, machine);
  output.log.info(`estimated in ${duration((performance.now() - startedAt) / 1000)}`);
  const silent = flags.probe ? await probe(estimate.stages.flatMap(({ asked }) => asked)) : [];
  const whole = { ...estimate, problems: [...estimate.problems, ...silent] };
  if (json) output.json({ machine, ...whole });
  else output.print(`${machineText(machine)}\n\n${estimateText(whole, machine)}`);
  return !whole.runsHere;
}
