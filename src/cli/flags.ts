/** Flags that several verbs share, and the recipe they ask for. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../base/errors.ts";
import { loadRecipe } from "../recipe/load.ts";
import type { Recipe } from "../recipe/schema.ts";

export interface CommonFlags {
  readonly run?: string;
  readonly set: readonly string[];
  readonly seed?: string;
  readonly json?: boolean;
}

/** The recipe of the quickstart, as shipped. */
const quickstart = fileURLToPath(new URL("../../recipes/quickstart.yaml", import.meta.url));

/** The recipe that the arguments and flags ask for. */
export async function recipeOf(files: readonly string[], flags: CommonFlags): Promise<Recipe> {
  const seed = flags.seed === undefined ? [] : [`seed=${wholeNumber(flags.seed, "--seed")}`];
  return await loadRecipe(files.length > 0 ? files : [quickstart], [...flags.set, ...seed]);
}

/**
 * The run folder: as named, or after the recipe; of a recipe with several seeds, the folder in it of the one that is run.
 * @throws UsageError where there are several and none was chosen
 */
export function runFolderOf({ name, seed, seeds }: Recipe, flags: CommonFlags): string {
  const folder = flags.run ?? join("runs", name);
  if (seeds === undefined) return folder;
  if (flags.seed === undefined)
    throw new UsageError(
      `recipe "${name}" has seeds ${seeds.join(", ")}; say which with --seed, or give \`fleming run\`, which runs them all`,
    );
  return seedFolder(folder, seed);
}

/** The run folder of one of several seeds. */
export function seedFolder(folder: string, seed: number): string {
  return join(folder, `seed-${seed}`);
}

/** A run folder that must be there already. */
export function existingRun(folder: string): string {
  if (!existsSync(join(folder, "run.json")))
    throw new UsageError(
      `${folder}: no run is here (run.json is missing); make one with "fleming run", or give --run`,
    );
  return folder;
}

/** A path in a recipe: as it is from the current folder, or else from the folder of the program. */
export function resolveSource(path: string): string {
  if (existsSync(path)) return path;
  const shipped = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  return existsSync(shipped) ? shipped : path;
}

/** A whole number of at least 0 from a flag. */
export function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0)
    throw new UsageError(`${flag} is "${text}"; a whole number of at least 0 is expected`);
  return value;
}

/** A number of at least 0 from a flag. */
export function amount(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new UsageError(`${flag} is "${text}"; a number of at least 0 is expected`);
  return value;
}
