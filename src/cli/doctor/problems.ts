/** What is missing before a recipe can run: files, models, keys, addresses. Nothing is fetched; with a probe servers are asked. */
import { existsSync } from "node:fs";
import { messageOf, UsageError } from "../../base/errors.ts";
import { setNamed } from "../../curate/registry.ts";
import { findSetFiles } from "../../curate/set-files.ts";
import { checkedUrl } from "../../models/endpoint.ts";
import { checkModelPath } from "../../models/model-path.ts";
import type { Recipe } from "../../recipe/schema.ts";
import { resolveSource } from "../flags.ts";
import type { StageName } from "../stage-names.ts";
import type { Asked } from "./asked.ts";

export interface Problem {
  readonly stage: StageName;
  readonly text: string;
  /** Whether the stage cannot run as things are; else it is a warning. */
  readonly blocks: boolean;
}

/** Every problem of the stages that are wanted. */
export async function problemsOf(
  recipe: Recipe,
  wanted: readonly StageName[],
  asked: readonly Asked[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Problem[]> {
  const found: Problem[] = [];
  const missing = (stage: StageName, setting: string, path: string): void => {
    if (existsSync(resolveSource(path))) return;
    found.push({ stage, text: `${setting}: "${path}" does not exist`, blocks: true });
  };
  const { discover, coldstart } = recipe;
  for (const source of [discover.source].flat())
    if (!/^https?:/u.test(source)) missing("discover", "discover.source", source);
    else if (discover.api.userAgent === undefined)
      found.push({
        stage: "discover",
        text: "discover.api.userAgent is missing: a live wiki is asked only in a name with an address to write to",
        blocks: true,
      });
  for (const file of [discover.labels ?? []].flat()) missing("discover", "discover.labels", file);
  for (const [name, section] of Object.entries(recipe.curate.sets))
    found.push(...(await setProblems(name, section)));
  for (const file of coldstart.checks.guidelines) missing("coldstart", "coldstart.checks.guidelines", file);
  for (const { stage, setting, where } of modelsNamed(recipe))
    found.push(...refused(stage, () => checkModelPath(where, `${setting}:`)));
  for (const one of asked) found.push(...addressProblems(one, env));
  return found.filter(({ stage }) => wanted.includes(stage));
}

/** Asks each server once whether it is there; a server that is not is warned of, it may be started later. */
export async function probe(asked: readonly Asked[], timeoutMs = 5000): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const { stage, setting, url } of asked) {
    try {
      await fetch(`${url.replace(/\/+$/u, "")}/models`, { signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      found.push({ stage, text: `${setting}: ${url} does not answer (${causeOf(error)})`, blocks: false });
    }
  }
  return found;
}

/** Models of this machine or the Hub that the recipe names, with their settings. */
function modelsNamed({ pretrain, coldstart: { teacher }, evaluate }: Recipe) {
  const named: { stage: StageName; setting: string; where: string }[] = [];
  if (pretrain.base !== undefined)
    named.push({ stage: "pretrain", setting: "pretrain.base", where: pretrain.base });
  if ("path" in teacher)
    named.push({ stage: "coldstart", setting: "coldstart.teacher", where: teacher.path });
  for (const [name, model] of Object.entries(evaluate.models))
    if ("path" in model)
      named.push({ stage: "evaluate", setting: `evaluate.models.${name}`, where: model.path });
  return named;
}

async function setProblems(name: string, section: Recipe["curate"]["sets"][string]): Promise<Problem[]> {
  const {
    path,
    set = name,
    split,
    exclude,
  } = typeof section === "string" ? { path: section, split: undefined, exclude: undefined } : section;
  try {
    const paths = [path].flat().map(resolveSource);
    const gone = [...paths, ...(exclude === undefined ? [] : [resolveSource(exclude)])].find(
      (file) => !existsSync(file),
    );
    if (gone !== undefined)
      throw new UsageError(
        `"${gone}" does not exist; "fleming curate fetch ${set}${split === undefined ? "" : ` --split ${split}`} --to ${paths[0]}" gets it where it is published`,
      );
    await findSetFiles(setNamed(set), name, paths, split);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ stage: "curate", text: `curate.sets.${name}: ${error.message}`, blocks: true }];
  }
}

function addressProblems(
  { stage, setting, url, keyVariable }: Asked,
  env: Readonly<Record<string, string | undefined>>,
): Problem[] {
  const wrong = refused(stage, () => void checkedUrl(url, `${setting}.url: `));
  if (wrong.length > 0 || env[keyVariable]?.trim()) return wrong;
  // A server of one's own wants no key as a rule; a service on the open network does.
  if (isNear(new URL(url).hostname)) return [];
  return [
    {
      stage,
      text: `${setting}: ${keyVariable} is not set, which is to hold the key of ${url}`,
      blocks: true,
    },
  ];
}

function isNear(host: string): boolean {
  return (
    /^(?:localhost|\[::1\]|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/u.test(host) ||
    !host.includes(".")
  );
}

function refused(stage: StageName, check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ stage, text: error.message, blocks: true }];
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return messageOf(cause ?? error);
}
