/**
 * Runs one stage into a run folder: skips it when nothing it depends on changed, gives it an empty folder and a
 * scratch folder that survives kills, and puts the finished folder in its place.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { boundary, Interrupted, invariant, UsageError } from "./errors.ts";
import { readJson, replaceFolder, writeJson, writeWhole } from "./files.ts";
import { hashFile, hashJson, listFiles } from "./hash.ts";
import type { Log } from "./log.ts";
import { appendMetric, rewindMetrics } from "./metrics.ts";
import { rejectLog } from "./rejects.ts";
import type { RunFolder } from "./run-folder.ts";
import type { Counts, Hold, RunStage } from "./stage.ts";

const recordSchema = z.strictObject({
  stage: z.string(),
  /** Hash of settings, seed, code and inputs: when it is the same, the stage is not run again; "unfinished" is never the same. */
  key: z.string(),
  code: z.string(),
  settings: z.unknown(),
  inputs: z.record(z.string(), z.string()),
  counts: z.record(z.string(), z.number()),
  rejected: z.int().nonnegative(),
  /** SHA-256 and size of every output. */
  outputs: z.record(z.string(), z.strictObject({ sha256: z.string(), bytes: z.int().nonnegative() })),
});

type StageRecord = z.infer<typeof recordSchema>;

export interface StageJob<Settings> {
  readonly name: string;
  readonly settings: Settings;
  /** The settings that its outputs depend on; all of them when absent. */
  readonly keySettings?: unknown;
  readonly run: RunStage<Settings>;
  /** Names of the stages whose outputs it reads. */
  readonly reads: readonly string[];
  /** Names of stages that it reads where they have been run. */
  readonly mayRead?: readonly string[];
  /** Hashes of inputs from outside the run folder, by name. */
  readonly outside: Readonly<Record<string, string>>;
  /** Hash of the code that the stage's outputs depend on. */
  readonly code: string;
}

export interface StageOutcome {
  readonly name: string;
  readonly seconds: number;
  readonly skipped: boolean;
  /** False when the outside world ended it early: its outputs stand, and the next run goes on from them. */
  readonly finished: boolean;
  readonly counts: Counts;
}

/** Runs a stage unless its folder already holds the outcome of the very same work. */
export async function runStage<Settings>(
  run: RunFolder,
  job: StageJob<Settings>,
  log: Log,
  signal: AbortSignal,
  hold?: Hold,
): Promise<StageOutcome> {
  const { name } = job;
  const target = join(run.path, name);
  const inputs: Record<string, string> = { ...job.outside };
  for (const stage of job.reads)
    inputs[stage] = hashJson((await requireRecord(run.path, stage, name)).outputs);
  for (const stage of job.mayRead ?? []) {
    const record = await readRecord(run.path, stage);
    if (record !== undefined) inputs[stage] = hashJson(record.outputs);
  }
  const settings = job.keySettings ?? job.settings;
  const key = hashJson({ settings, seed: run.manifest.seed, code: job.code, inputs });
  const done = await readRecord(run.path, name);
  if (done?.key === key && (await isWhole(target, done))) {
    await clearAfter(run.path, name, key);
    return {
      name,
      seconds: 0,
      skipped: true,
      finished: true,
      counts: { ...done.counts, rejected: done.rejected },
    };
  }

  const startedAt = Date.now();
  const folder = join(run.path, `${name}.part`);
  const scratch = await scratchFor(join(run.path, "scratch", name), key);
  const isFresh = (await listFiles(scratch)).length <= 1;
  const metrics = join(run.path, "metrics.jsonl");
  const clock = join(run.path, "clock.jsonl");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (isFresh) await Promise.all([metrics, clock].map((path) => rewindMetrics(path, name, 0)));
  await run.ledger.append("stage started", { stage: name, key, resumed: !isFresh });
  const rejects = await rejectLog(name, join(scratch, "rejects.jsonl"));
  let isFinished = true;
  const counts = await boundary(name, () =>
    job.run({
      settings: job.settings,
      seed: run.manifest.seed,
      folder,
      scratch,
      kept: join(run.path, "kept", name),
      input(stage) {
        const isDeclared = job.reads.includes(stage) || job.mayRead?.includes(stage);
        invariant(isDeclared, `stage "${name}" does not declare that it reads "${stage}"`);
        return join(run.path, stage);
      },
      log: log.named(name),
      metric: (series, step, values) => appendMetric(metrics, series, step, values),
      clock: (series, step, values) => appendMetric(clock, series, step, values),
      rewind: async (series, step) => {
        for (const path of [metrics, clock]) await rewindMetrics(path, series, step);
      },
      reject: rejects.add,
      unfinished: () => {
        isFinished = false;
      },
      signal,
      ...(hold === undefined ? {} : { hold }),
    }),
  ).catch(async (error: unknown) => {
    if (signal.aborted || error instanceof Interrupted)
      await run.ledger.append("stage stopped", { stage: name, key });
    throw error;
  });
  log.panel([]);
  const rejected = await rejects.writeTo(join(folder, "rejects.jsonl"));
  const record: StageRecord = {
    stage: name,
    key: isFinished ? key : "unfinished",
    code: job.code,
    settings: job.settings,
    inputs,
    counts: { ...counts },
    rejected,
    outputs: await describeOutputs(folder),
  };
  await boundary(name, () => writeJson(join(folder, "stage.json"), record));
  await replaceFolder(folder, target);
  await rm(scratch, { recursive: true, force: true });
  const seconds = (Date.now() - startedAt) / 1000;
  await run.ledger.append("stage finished", {
    stage: name,
    key,
    outputs: hashJson(record.outputs),
    seconds,
    counts,
  });
  return { name, seconds, skipped: false, finished: isFinished, counts: { ...counts, rejected } };
}

/** What a stage's folder says of itself; undefined where the stage has not been run. */
async function readRecord(run: string, stage: string): Promise<StageRecord | undefined> {
  const file = join(run, stage, "stage.json");
  if (!existsSync(file)) return undefined;
  const parsed = recordSchema.safeParse(await readJson(file));
  if (!parsed.success) throw new UsageError(`${file}: not the record of a stage; remove ${join(run, stage)}`);
  return parsed.data;
}

async function requireRecord(run: string, stage: string, reader: string): Promise<StageRecord> {
  const record = await readRecord(run, stage);
  if (record === undefined)
    throw new UsageError(
      `${run}: "${reader}" reads the outputs of "${stage}", which has not been run; run it first`,
    );
  return record;
}

async function isWhole(folder: string, record: StageRecord): Promise<boolean> {
  for (const [file, { bytes }] of Object.entries(record.outputs)) {
    const size = await stat(join(folder, file)).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== bytes) return false;
  }
  return true;
}

async function describeOutputs(folder: string): Promise<StageRecord["outputs"]> {
  const outputs: Record<string, { sha256: string; bytes: number }> = {};
  for (const file of await listFiles(folder)) {
    const path = join(folder, file);
    outputs[file] = { sha256: await hashFile(path), bytes: (await stat(path)).size };
  }
  return outputs;
}

/** Removes what a kill between the end of a stage and its last line has left; scratch of other work stays. */
async function clearAfter(run: string, name: string, key: string): Promise<void> {
  const scratch = join(run, "scratch", name);
  const owner = await readFile(join(scratch, "key"), "utf8").catch(() => undefined);
  if (owner === key || owner === undefined) await rm(scratch, { recursive: true, force: true });
  await rm(join(run, `${name}.old`), { recursive: true, force: true });
}

/** The scratch folder of a stage, emptied when it belongs to other work. */
async function scratchFor(folder: string, key: string): Promise<string> {
  const marker = join(folder, "key");
  const found = await readFile(marker, "utf8").catch(() => "");
  if (found !== key) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeWhole(marker, key);
  }
  return folder;
}
