/**
 * How far a run is, by the lines of its metrics: each says that a step is over. Moments of kills are drawn over the
 * time that the undisturbed run took and told by the step they fall into, so that a machine that is slower at one time
 * than at another moves no kill to another place.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "../evaluate/exam-process.ts";

/** A step of a series that is over. */
export interface Step {
  readonly series: string;
  readonly step: number;
}

/** The work between the ends of two steps; none: the start and the end of the run. */
export interface Stretch {
  readonly after: Step | undefined;
  readonly until: Step | undefined;
  readonly milliseconds: number;
}

const POLL_MS = 3;

/** The steps in a run's metrics, in order of their lines; series of other stages left out. */
export function stepsOf(run: string, stages: readonly string[]): Step[] {
  const file = join(run, "metrics.jsonl");
  if (!existsSync(file)) return [];
  const steps = new Map<string, Step>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const found = /^\{"series":"([^"]+)","step":(\d+)[,}]/u.exec(line);
    if (found === null || !stages.includes(found[1]!.split("/")[0]!)) continue;
    const step = { series: found[1]!, step: Number(found[2]) };
    steps.set(nameOf(step), step);
  }
  return [...steps.values()];
}

function nameOf(step: Step | undefined): string {
  return step === undefined ? "" : `${step.series} ${step.step}`;
}

/** Steps of a series that a start goes on from: those of its checkpoint, or all where the series is done. */
export function savedSteps(run: string, series: string): number {
  const folder = join(run, "scratch", series);
  if (!existsSync(folder) || existsSync(join(folder, "done.json"))) return Number.POSITIVE_INFINITY;
  const progress = join(folder, "training", "progress.json");
  if (!existsSync(progress)) return 0;
  return (JSON.parse(readFileSync(progress, "utf8")) as { step: number }).step;
}

/** Runs a command to its end: its stretches, the milliseconds until it first said something, and its exit code. */
export async function timed(
  command: Command,
  run: string,
  stages: readonly string[],
): Promise<{
  readonly stretches: readonly Stretch[];
  readonly startMs: number;
  readonly code: number | null;
}> {
  const from = performance.now();
  const stretches: Stretch[] = [];
  let last = from;
  let startMs = 0;
  command.child.stderr!.once("data", () => {
    startMs = performance.now() - from;
  });
  let code: number | null | undefined;
  void command.ended.then((ended) => {
    code = ended.code;
  });
  const close = (until: Step | undefined): void => {
    const now = performance.now();
    stretches.push({ after: stretches.at(-1)?.until, until, milliseconds: now - last });
    last = now;
  };
  while (code === undefined) {
    for (const step of stepsOf(run, stages).slice(stretches.length)) close(step);
    await sleep(POLL_MS);
  }
  close(undefined);
  return { stretches, startMs, code };
}

/** A run that was started and is watched until it is time. */
export interface Watched {
  readonly command: Command;
  readonly run: string;
  readonly stages: readonly string[];
}

/**
 * Waits until the step before a stretch is over and some time of the stretch, at most to its end; false where the
 * command ended before. The steps that a checkpoint does not have are done again and waited for.
 */
export async function reached(
  { command, run, stages }: Watched,
  { after, until, milliseconds }: Stretch,
): Promise<boolean> {
  const metrics = join(run, "metrics.jsonl");
  const before = stepsOf(run, stages);
  const series = before.at(-1)?.series ?? "";
  const saved = savedSteps(run, series);
  const kept = before.filter((step) => step.series !== series || step.step < saved);
  const file = statSync(metrics).ino;
  let isRewound = kept.length === before.length;
  let said = "";
  command.child.stderr!.on("data", (piece) => {
    said += String(piece);
  });
  let isOver = false;
  void command.ended.then(() => {
    isOver = true;
  });
  const has = (step: Step | undefined): boolean => {
    return step === undefined || stepsOf(run, stages).some((one) => nameOf(one) === nameOf(step));
  };
  const isAtWork = (): boolean => {
    isRewound ||= statSync(metrics).ino !== file;
    return said !== "" && isRewound;
  };
  while (!isOver && !(isAtWork() && has(after))) await sleep(POLL_MS);
  const from = performance.now();
  while (!isOver && performance.now() - from < milliseconds && !(until !== undefined && has(until)))
    await sleep(POLL_MS);
  return !isOver;
}

/** Waits for the next checkpoint that begins to be written; false where the command ended before. */
export async function reachedSaving({ command, run }: Watched, all: readonly Step[]): Promise<boolean> {
  const startedAt = Date.now();
  const folders = [...new Set(all.map(({ series }) => join(run, "scratch", series, "training")))];
  let isOver = false;
  void command.ended.then(() => {
    isOver = true;
  });
  const isSaving = (): boolean =>
    folders.some(
      (folder) =>
        existsSync(folder) &&
        readdirSync(folder).some(
          (name) =>
            name.endsWith(".part") &&
            (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) >= startedAt,
        ),
    );
  while (!isOver && !isSaving()) await sleep(1);
  return !isOver;
}

/** Waits; false where the command ended before. */
export async function lasted({ command }: Watched, milliseconds: number): Promise<boolean> {
  const ended = command.ended.then(() => false);
  return await Promise.race([sleep(milliseconds, true), ended]);
}
