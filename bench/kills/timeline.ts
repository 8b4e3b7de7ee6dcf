/**
 * How far a run is, by the lines of its metrics: each says that a step is over. Moments of kills are drawn over the
 * time that the undisturbed run took and told by the step they fall into, so that a machine that is slower at one time
 * than at another moves no kill to another place.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "../evaluate/exam-process.ts";

/** A step of a series that is over. */
export interface Step {
  readonly series: string;
  readonly step: number;
}

/** The work up to the end of a step, or to the end of the run. */
export interface Stretch {
  /** The step that ended before it; none at the beginning. */
  readonly after: Step | undefined;
  readonly milliseconds: number;
}

const POLL_MS = 4;

/** The steps in a run's metrics, in order of their lines; series of other stages left out. */
export function stepsOf(run: string, stages: readonly string[]): Step[] {
  const file = join(run, "metrics.jsonl");
  if (!existsSync(file)) return [];
  const steps: Step[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const found = /^\{"series":"([^"]+)","step":(\d+)[,}]/u.exec(line);
    if (found === null || !stages.includes(found[1]!.split("/")[0]!)) continue;
    const step = { series: found[1]!, step: Number(found[2]) };
    if (!steps.some((other) => isSame(other, step))) steps.push(step);
  }
  return steps;
}

export function isSame(a: Step | undefined, b: Step | undefined): boolean {
  return a?.series === b?.series && a?.step === b?.step;
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
  let after: Step | undefined;
  let startMs: number | undefined;
  command.child.stderr!.once("data", () => {
    startMs = performance.now() - from;
  });
  let code: number | null | undefined;
  void command.ended.then((ended) => {
    code = ended.code;
  });
  const close = (next: Step | undefined): void => {
    const now = performance.now();
    stretches.push({ after, milliseconds: now - last });
    [after, last] = [next, now];
  };
  while (code === undefined) {
    for (const step of stepsOf(run, stages).slice(stretches.length)) close(step);
    await sleep(POLL_MS);
  }
  close(undefined);
  return { stretches, startMs: startMs ?? 0, code };
}

/** Waits until a step is over, the command is at work, and some time more; false where it ended before. */
export async function reached(
  command: Command,
  run: string,
  stages: readonly string[],
  { after, moreMs }: { readonly after: Step | undefined; readonly moreMs: number },
): Promise<boolean> {
  let isOver = false;
  let isAtWork = false;
  void command.ended.then(() => {
    isOver = true;
  });
  command.child.stderr!.once("data", () => {
    isAtWork = true;
  });
  const holds = (): boolean =>
    isAtWork && (after === undefined || stepsOf(run, stages).some((step) => isSame(step, after)));
  while (!isOver && !holds()) await sleep(POLL_MS);
  return !isOver && (await lasted(command, moreMs));
}

/** Waits; false where the command ended before. */
export async function lasted(command: Command, milliseconds: number): Promise<boolean> {
  const ended = command.ended.then(() => false);
  return await Promise.race([sleep(milliseconds, true), ended]);
}
