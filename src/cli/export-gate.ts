/**
 * What every export of questions is held against before a file is written.
 *
 * Invariant: what is not decided is not exported silently: with open matches, or with decisions that refine has not
 * read yet, it is refused, or else allowed by name and said in what is written.
 */
import { existsSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../base/files.ts";
import { hashInput } from "../base/hash.ts";
import { decisionsFile } from "../refine/review/decisions.ts";
import { readQueue } from "../refine/review/queue.ts";

export interface QuestionFlags {
  readonly run: string;
  readonly out: string;
  readonly allowOpen?: boolean;
  readonly json?: boolean;
}

/**
 * What is pending in a run and allowed all the same, in words.
 * @throws UsageError when something is pending and not allowed, or when `out` is no place for an export.
 */
export async function checkExport(
  run: string,
  { out, allowOpen }: Pick<QuestionFlags, "out" | "allowOpen">,
): Promise<readonly string[]> {
  if (await isWithin(out, run))
    throw new UsageError(
      `--out ${out}: it is the run folder or inside it, whose files the stages write; give a folder elsewhere`,
    );
  const pending = await pendingIn(run);
  if (pending.length > 0 && !allowOpen)
    throw new UsageError(
      `${run}: not exported, ${pending.join("; ")}; decide with "fleming review" and run "fleming refine" again, ` +
        "or export all the same with --allow-open, which what is written will say",
    );
  if (existsSync(out) && !statSync(out).isDirectory())
    throw new UsageError(`--out ${out}: a folder is written, and a file is there; give another path`);
  return pending;
}

/** Whether a path, which need not be there yet, is a folder or inside it, links followed. */
async function isWithin(path: string, folder: string): Promise<boolean> {
  let there = resolve(path);
  while (!existsSync(there)) there = dirname(there);
  const full = join(await realpath(there), relative(there, resolve(path)));
  const way = relative(await realpath(folder), full);
  return way === "" || !(isAbsolute(way) || way.split(sep)[0] === "..");
}

/** What is still to be decided or to be applied, in words. */
async function pendingIn(run: string): Promise<string[]> {
  const { items } = await readQueue(run);
  const open = items.filter(
    (item) =>
      item.kind === "match" && item.match.kind === "contamination" && item.settlement.status !== "decided",
  ).length;
  return [
    ...(open > 0
      ? [
          `${open === 1 ? "1 match" : `${open} matches`} with evaluation sets ${open === 1 ? "is" : "are"} not decided`,
        ]
      : []),
    ...((await isStale(run)) ? ["decisions were made that the questions do not follow yet"] : []),
  ];
}

const recordSchema = z.object({ inputs: z.record(z.string(), z.string()) });

/** Whether decisions were made after refine read them. */
async function isStale(run: string): Promise<boolean> {
  const record = recordSchema.safeParse(await readJson(join(run, "refine", "stage.json")));
  const file = join(run, decisionsFile);
  const now = existsSync(file) ? await hashInput(file) : undefined;
  return record.success && record.data.inputs[decisionsFile] !== now;
}
