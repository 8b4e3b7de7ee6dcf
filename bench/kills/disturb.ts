/** Kills and interrupts a run at moments drawn from a seed, starts it again each time, and compares what it ends with. */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Random, seededRandom } from "../../src/base/random.ts";
import { reproducibleFiles } from "../../test/program.ts";
import type { Command } from "../evaluate/exam-process.ts";
import type { Program } from "./program.ts";
import {
  lasted,
  reached,
  reachedSaving,
  type Step,
  type Stretch,
  savedSteps,
  stepsOf,
  timed,
} from "./timeline.ts";
import { type Place, placeOf } from "./where.ts";

/** Shares of the kills that fall into the start of the program, and into the writing of the next checkpoint. */
const AT_START = 0.1;
const AT_SAVING = 0.15;
/** Stretches longer than so many median ones are hit as often as these. */
const LONGEST = 5;

export interface Variant {
  readonly name: string;
  /** The stages that are disturbed, and settings of them. */
  readonly stages: readonly string[];
  readonly settings: readonly string[];
}

interface Stop extends Place {
  readonly signal: "SIGKILL" | "SIGINT";
  /** Seconds after the start. */
  readonly seconds: number;
  /** Of an interrupt: its exit code and whether nothing of what it had done is lost. */
  readonly code?: number | null;
  readonly isSaved?: boolean;
}

export interface Disturbed {
  readonly variant: string;
  readonly stops: readonly Stop[];
  /** Runs from the copy to the end. */
  readonly runs: number;
  /** Files that were compared in each, and those that were not the same. */
  readonly files: number;
  readonly different: readonly string[];
  /** Steps of the undisturbed run and its seconds; seconds of all disturbed starts. */
  readonly steps: number;
  readonly undisturbedSeconds: number;
  readonly seconds: number;
}

export interface DisturbOptions {
  readonly program: Program;
  readonly recipe: string;
  /** A run with every stage before the first that is disturbed; left as it is. */
  readonly prepared: string;
  /** Where runs are made; the undisturbed one is left there. */
  readonly folder: string;
  readonly kills: number;
  readonly interrupts: number;
  readonly seed: number;
  readonly progress: (line: string) => void;
}

/** Runs a variant undisturbed, then disturbed as often as it takes for all the kills. */
export async function disturb(variant: Variant, options: DisturbOptions): Promise<Disturbed> {
  const { program, recipe, prepared, folder, seed, progress } = options;
  const { stages } = variant;
  const args = (run: string): string[] => [
    ...["run", recipe, "--run", run, "--set", `stages=[${stages.join(",")}]`],
    ...variant.settings.flatMap((setting) => ["--set", setting]),
  ];
  const undisturbed = join(folder, `${variant.name}-undisturbed`);
  cpSync(prepared, undisturbed, { recursive: true });
  const before = performance.now();
  const whole = await timed(program.start(args(undisturbed)), undisturbed, stages);
  const undisturbedSeconds = (performance.now() - before) / 1000;
  if (whole.code !== 0) throw new Error(`${variant.name}: the undisturbed run ended with ${whole.code}`);
  const expected = reproducibleFiles(undisturbed);
  const all = stepsOf(undisturbed, stages);
  progress(`${variant.name}: undisturbed in ${undisturbedSeconds.toFixed(1)} s, ${all.length} steps`);

  const manifest = JSON.parse(readFileSync(join(undisturbed, "run.json"), "utf8")) as {
    settings: { reinforce: { stage2: { stepsPerRound: number } } };
  };
  const { stepsPerRound } = manifest.settings.reinforce.stage2;
  const random = seededRandom(seed, "kills", variant.name);
  const signals = random.shuffle([
    ...Array.from({ length: options.kills }, () => "SIGKILL" as const),
    ...Array.from({ length: options.interrupts }, () => "SIGINT" as const),
  ]);
  const stops: Stop[] = [];
  const different = new Set<string>();
  const startedAt = performance.now();
  let runs = 0;
  while (stops.length < signals.length || runs === 0) {
    runs += 1;
    const run = join(folder, `${variant.name}-${runs}`);
    cpSync(prepared, run, { recursive: true });
    const left = signals.length - stops.length;
    const moments = Array.from({ length: left }, () => random.next()).sort((a, b) => a - b);
    for (const moment of moments) {
      const signal = signals[stops.length]!;
      const stop = await stopOnce(
        { run, signal, moment, random, start: () => program.start(args(run)) },
        { ...whole, stages, all, stepsPerRound },
      );
      if (stop === undefined) break;
      stops.push(stop);
      progress(lineOf(stop, stops.length));
    }
    await program.run(args(run));
    const found = reproducibleFiles(run);
    const here = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter(
      (file) => found[file] !== expected[file],
    );
    for (const file of here) different.add(file);
    progress(`${variant.name}: run ${runs} ended after ${stops.length} stops; ${here.length} files differ`);
    if (here.length === 0) rmSync(run, { recursive: true });
    else break;
  }
  return {
    variant: variant.name,
    stops,
    runs,
    files: Object.keys(expected).length,
    different: [...different].sort(),
    steps: all.length,
    undisturbedSeconds,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** What is known of the undisturbed run. */
interface Whole {
  readonly stretches: readonly Stretch[];
  readonly startMs: number;
  readonly stages: readonly string[];
  readonly all: readonly Step[];
  readonly stepsPerRound: number;
}

interface Strike {
  readonly run: string;
  readonly signal: Stop["signal"];
  /** From 0, the start of the run, to 1, its end. */
  readonly moment: number;
  readonly random: Random;
  readonly start: () => Command;
}

/** Starts a run and stops it at a moment; undefined where it ended before. */
async function stopOnce(
  { run, signal, moment, random, start }: Strike,
  { stretches, startMs, stages, all, stepsPerRound }: Whole,
): Promise<Stop | undefined> {
  const before = stepsOf(run, stages);
  const startedAt = Date.now();
  const from = performance.now();
  const command = start();
  const watched = { command, run, stages };
  const kind = random.next();
  const isHit =
    kind < AT_START
      ? await lasted(watched, startMs * (0.3 + 0.7 * random.next()))
      : (await reached(watched, stretchAt(stretches, moment))) &&
        (kind > AT_START + AT_SAVING || (await reachedSaving(watched, all)));
  const seconds = (performance.now() - from) / 1000;
  if (isHit) command.signal(signal);
  const { code, stderr } = await command.ended;
  if (code === 0) return undefined;
  // Without a code it ended by the signal itself: every kill, and an interrupt of a program that is still loading.
  if (!isHit || (code !== null && (signal === "SIGKILL" || code !== 130)))
    throw new Error(`a start ended with exit code ${code}\n${stderr.slice(-2000)}`);
  const steps = stepsOf(run, stages);
  const place = placeOf({ run, steps, before, all, startedAt, stderr, stepsPerRound });
  if (signal === "SIGKILL") return { ...place, signal, seconds };
  // Before it goes on from its checkpoint, a start has nothing that could be lost.
  const isKept = place.part === "starting" || isSaved(run, place.series, steps);
  return { ...place, signal, seconds, code, isSaved: isKept };
}

/**
 * The stretch that a moment falls into, with the time of it that is over by then. A stretch that takes long, as the
 * start does, is hit no more often than one of so many median lengths.
 */
function stretchAt(stretches: readonly Stretch[], moment: number): Stretch {
  const lengths = stretches.map(({ milliseconds }) => milliseconds);
  const most = LONGEST * [...lengths].sort((a, b) => a - b)[Math.floor(lengths.length / 2)]!;
  const weights = lengths.map((length) => Math.min(length, most));
  let left = moment * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, stretch] of stretches.entries()) {
    const weight = weights[index]!;
    if (left <= weight) return { ...stretch, milliseconds: (stretch.milliseconds * left) / weight };
    left -= weight;
  }
  return { ...stretches.at(-1)!, milliseconds: 0 };
}

/** Whether the checkpoint of a series has its last step. */
function isSaved(run: string, series: string, steps: readonly Step[]): boolean {
  return savedSteps(run, series) >= steps.filter((step) => step.series === series).length;
}

function lineOf({ signal, series, step, part, seconds, code, isSaved: saved }: Stop, number: number): string {
  const outcome = signal === "SIGINT" ? `, exit code ${code}, ${saved ? "saved" : "not saved"}` : "";
  return `${String(number).padStart(4)}  ${signal}  ${series} after ${step} steps, ${part}, ${seconds.toFixed(1)} s${outcome}`;
}
