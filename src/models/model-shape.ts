/**
 * The shape of a model that a recipe names, without fetching it: from its own files where they are here (a folder, a
 * run, a .gguf file, the Hub's cache), else from the table of known models.
 */
import { UsageError } from "../base/errors.ts";
import { silentLog } from "../base/log.ts";
import { readConfig } from "../engine/checkpoint.ts";
import type { ModelConfig } from "../engine/config.ts";
import { parameterCount, parametersOf } from "../engine/parameters.ts";
import { fromHub } from "./hub.ts";
import { hubSettings } from "./hub-settings.ts";
import { knownShape } from "./known-shapes.ts";
import { checkModelPath, localModelPath } from "./model-path.ts";

/** What is known of a model before it is opened. */
export interface ModelShape {
  readonly config: ModelConfig;
  readonly parameters: number;
  /** The file or folder that was read, or the model of the table that it was taken for. */
  readonly from: string;
  /** Bytes that would be fetched first, two a weight as models are published; 0 of one that is here. */
  readonly downloadBytes: number;
}

/**
 * The shape of the model at `where`; `what` names the setting.
 * @throws UsageError where there is no such model, or nothing tells its shape.
 */
export async function modelShape(where: string, what: string): Promise<ModelShape> {
  const local = await localPath(where, what);
  if (local !== undefined) return shapeOf(await readConfig(local), local, 0);
  const known = knownShape(where);
  if (known === undefined)
    throw new UsageError(
      `${what} ${where}: this model is not here and its size is not known from its name; name a folder or .gguf file that is here`,
    );
  return shapeOf(known.config, `table of known models: ${known.name}`, 2);
}

/** A shape with the number of its weights. */
export function shapeOf(config: ModelConfig, from: string, downloadPerWeight: number): ModelShape {
  const parameters = parameterCount(parametersOf(config));
  return { config, parameters, from, downloadBytes: downloadPerWeight * parameters };
}

/** Where the model lies on this machine; undefined of one of the Hub that the cache does not have. */
async function localPath(where: string, what: string): Promise<string | undefined> {
  checkModelPath(where, what);
  if (!where.startsWith("hf:")) return localModelPath(where, what);
  const settings = await hubSettings(process.env);
  try {
    return await fromHub(where, { ...settings, offline: true }, silentLog);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
