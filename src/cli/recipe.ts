/** `fleming recipe check|explain`. */
import { explainRecipe, recipeJsonSchema } from "../recipe/explain.ts";
import { type CommonFlags, recipeOf, runFolderOf } from "./flags.ts";
import type { Output } from "./output.ts";

/** Validates recipes and says so; a mistake is thrown with its place. */
export async function recipeCheck(
  files: readonly string[],
  flags: CommonFlags,
  output: Output,
): Promise<void> {
  const recipe = await recipeOf(files, flags);
  if (flags.json) output.json({ valid: true, recipe });
  else output.print(`${recipe.name}: valid; seed ${recipe.seed}, run folder ${runFolderOf(recipe, flags)}`);
}

/** Prints every key of a recipe with its default and meaning. */
export async function recipeExplain(
  section: string | undefined,
  flags: { readonly json?: boolean; readonly schema?: boolean },
  output: Output,
): Promise<void> {
  if (flags.schema) return output.print(JSON.stringify(recipeJsonSchema(), null, 2));
  const keys = explainRecipe(section);
  if (flags.json) return output.json(keys);
  for (const { key, type, default: standard, meaning } of keys)
    output.print(
      `${key}  (${type}; default ${standard === undefined ? "none" : JSON.stringify(standard)})\n    ${meaning}`,
    );
}
