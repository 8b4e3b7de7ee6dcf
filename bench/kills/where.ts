/** Where a kill fell, told afterwards by the files that it left: series, step, and what of the step was under way. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Step, savedSteps } from "./timeline.ts";

export const parts = [
  "starting",
  "mining",
  "sampling",
  "training",
  "validating",
  "saving",
  "delivering",
  "between stages",
] as const;

export interface Place {
  readonly series: string;
  /** Steps of the series that were over. */
  readonly step: number;
  readonly part: (typeof parts)[number];
}

/** What is known of a run that was killed. */
export interface Killed {
  readonly run: string;
  /** Steps that are over. */
  readonly steps: readonly Step[];
  /** Steps that were over when it was started. */
  readonly before: readonly Step[];
  /** Steps of an undisturbed run. */
  readonly all: readonly Step[];
  /** When it was started, of the clock that files have. */
  readonly startedAt: number;
  readonly stderr: string;
  readonly stepsPerRound: number;
}

export function placeOf(killed: Killed): Place {
  const { run, steps, all } = killed;
  const names = [...new Set(all.map(({ series }) => series))];
  const stage = ["coldstart", "reinforce"].find((name) => existsSync(join(run, "scratch", name)));
  const series = names.find((name) => name.split("/")[0] === stage && !isDone(run, name));
  if (stage === undefined) return { series: "", step: 0, part: "between stages" };
  if (series === undefined) return { series: stage, step: 0, part: "delivering" };
  const step = steps.filter((one) => one.series === series).length;
  return { series, step, part: partOf(killed, series, step) };
}

function partOf(killed: Killed, series: string, step: number): Place["part"] {
  const { run, before, all, startedAt, stderr, stepsPerRound } = killed;
  const folder = folderOf(run, series);
  const fresh = (file: string): boolean => existsSync(file) && statSync(file).mtimeMs >= startedAt;
  const name = series.split("/").at(-1)!;
  const scratch = join(run, "scratch", series.split("/")[0]!);
  const groups = join(scratch, "groups", `${name}-${String(step).padStart(6, "0")}.jsonl`);
  const isUnderWay =
    stderr.includes("goes on from step") ||
    step > before.filter((one) => one.series === series).length ||
    hasFresh(folder, startedAt);
  if (step >= all.filter((one) => one.series === series).length) return "saving";
  const checkpoint = join(folder, "training", `training-${step}.bin`);
  if (savedSteps(run, series) !== step && (fresh(checkpoint) || fresh(`${checkpoint}.part`))) return "saving";
  if (fresh(groups)) return "training";
  if (name === "stage2" && step % stepsPerRound === 0) {
    const round = join(scratch, "ledger", `round-${String(step / stepsPerRound + 1).padStart(3, "0")}.jsonl`);
    if (fresh(round)) return "sampling";
    if (!isUnderWay) return "starting";
    return step > 0 && !isValidated(run, series, step - 1) ? "validating" : "mining";
  }
  if (!isUnderWay) return "starting";
  return series === "coldstart" || name.toLowerCase().includes("sft") ? "training" : "sampling";
}

function folderOf(run: string, series: string): string {
  return join(run, "scratch", series);
}

function isDone(run: string, series: string): boolean {
  return existsSync(join(folderOf(run, series), "done.json"));
}

/** Whether something of the series was made since; its first sign of life is the folder of its checkpoints. */
function hasFresh(folder: string, startedAt: number): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => {
    const { mtimeMs, birthtimeMs } = statSync(join(entry.parentPath, entry.name));
    return (entry.isFile() ? mtimeMs : birthtimeMs) >= startedAt;
  });
}

function isValidated(run: string, series: string, step: number): boolean {
  const lines = readFileSync(join(run, "metrics.jsonl"), "utf8").split("\n");
  const start = `{"series":"${series}","step":${step},`;
  return lines.some((line) => line.startsWith(start) && line.includes("validation"));
}
