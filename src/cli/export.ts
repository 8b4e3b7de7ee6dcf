/**
 * `fleming export`: a model as a Hugging Face folder or as one GGUF file, with its tokenizer and chat template; the
 * questions of a run; or its training data for another trainer.
 */
import { mkdir } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { boundary, UsageError } from "../base/errors.ts";
import { readConfig } from "../engine/checkpoint.ts";
import { exportFolder, exportGguf } from "../engine/export.ts";
import { isGguf } from "../engine/gguf/read.ts";
import { tokenizerEntries } from "../models/gguf-tokenizer-entries.ts";
import { modelPath } from "../models/model-path.ts";
import { copyTokenizer, readTokenizerFiles } from "../models/tokenizer.ts";
import { exportDataset } from "./export-dataset.ts";
import { exportTraining } from "./export-training.ts";
import { trlForm } from "./export-trl.ts";
import { verlForm } from "./export-verl.ts";
import type { Output } from "./output.ts";

interface ExportFlags {
  readonly model?: string;
  readonly run?: string;
  readonly out: string;
  readonly type: string;
  readonly allowOpen?: boolean;
  readonly json?: boolean;
}

const folderTypes = { f32: "F32", bf16: "BF16" } as const;
const fileTypes = { f32: "F32", f16: "F16", bf16: "BF16", q8_0: "Q8_0" } as const;

/** Exports a model as `form`, "hf" or "gguf", or what a run made: "dataset", "verl" or "trl". */
export async function exportCommand(form: string, flags: ExportFlags, output: Output): Promise<void> {
  if (form === "dataset" || form === "verl" || form === "trl") {
    if (flags.model !== undefined)
      throw new UsageError(
        `export ${form}: questions are exported and no model; leave out --model, give --run`,
      );
    const ofRun = { ...flags, run: flags.run ?? "runs/quickstart" };
    if (form === "dataset") return await exportDataset(ofRun, output);
    return await exportTraining(form === "verl" ? verlForm : trlForm, ofRun, output);
  }
  if (form !== "hf" && form !== "gguf")
    throw new UsageError(
      `export "${form}": expected hf (a model folder), gguf (one file), dataset (the questions of a run), verl or trl ` +
        "(its training data for these trainers)",
    );
  if (flags.model === undefined)
    throw new UsageError(
      `export ${form}: --model is missing; give a model folder, a .gguf file, hf:owner/name of the Hub, or a run folder`,
    );
  const from = await modelPath(flags.model, output.log, "--model");
  if (resolve(from) === resolve(flags.out))
    throw new UsageError(`--out ${flags.out}: this is the model itself; give another path`);
  const notes = await boundary("export", () => (form === "hf" ? toFolder(from, flags) : toFile(from, flags)));
  for (const note of notes) output.log.warn(note);
  if (flags.json) output.json({ form, type: flags.type, model: from, out: flags.out, notes });
  else output.print(`${from} → ${flags.out} (${form}, ${flags.type})`);
}

async function toFolder(from: string, { out, type }: ExportFlags): Promise<readonly string[]> {
  const dtype = typeOf(type, folderTypes);
  if (isGguf(out)) throw new UsageError(`--out ${out}: a folder is written; its name cannot end in .gguf`);
  await readTokenizerFiles(from);
  await mkdir(out, { recursive: true });
  await exportFolder(from, out, { dtype });
  await copyTokenizer(from, out);
  return [];
}

async function toFile(from: string, { out, type }: ExportFlags): Promise<readonly string[]> {
  const written = typeOf(type, fileTypes);
  if (!isGguf(out)) throw new UsageError(`--out ${out}: a file is written; its name has to end in .gguf`);
  const { entries, notes } = tokenizerEntries(await readTokenizerFiles(from), await readConfig(from), from);
  await mkdir(dirname(out), { recursive: true });
  const name = basename(out, ".gguf");
  const { fellBack } = await exportGguf(from, out, { type: written, name, entries });
  if (fellBack.length === 0) return notes;
  const rows = `${fellBack.length} of the weights, ${fellBack[0]} first, have rows that no multiple of 32 fills, and are f16`;
  return [rows, ...notes];
}

function typeOf<T>(type: string, types: Readonly<Record<string, T>>): T {
  const found = Object.hasOwn(types, type) ? types[type] : undefined;
  if (found !== undefined) return found;
  throw new UsageError(`--type ${type}: expected one of ${Object.keys(types).join(", ")}`);
}
