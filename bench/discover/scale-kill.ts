/**
 * Kills a run again and again and compares what it ends with.
 *
 * The moments are drawn from a seed over the time that the undisturbed run took, and every start goes on where the one
 * before was killed, so that all phases of the stage are hit; the last start is left alone.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/base/random.ts";
import { hashOutputs } from "./scale-check.ts";
import { watch } from "./scale-process.ts";

export interface KillReport {
  /** Seconds into each start at which it was killed; those that had ended by then are not counted. */
  readonly kills: readonly number[];
  readonly identical: boolean;
  /** Outputs that are not the same, or are on one side only. */
  readonly different: readonly string[];
  /** Seconds of all starts together. */
  readonly seconds: number;
}

export interface KillOptions {
  /** Arguments of Node that run the stage into a run folder. */
  readonly command: (run: string) => readonly string[];
  /** The undisturbed run and the one to kill. */
  readonly undisturbed: string;
  readonly run: string;
  /** Seconds that the undisturbed run took. */
  readonly seconds: number;
  readonly kills: number;
  readonly seed: number;
  readonly progress: (line: string) => void;
}

/** Runs, kills and restarts; then compares the outputs. */
export async function killTest(options: KillOptions): Promise<KillReport> {
  const { command, run, undisturbed, seconds, seed, progress } = options;
  rmSync(run, { recursive: true, force: true });
  const random = seededRandom(seed, "kills");
  const moments = Array.from({ length: options.kills }, () => random.next() * seconds).sort((a, b) => a - b);
  const kills: number[] = [];
  let total = 0;
  let before = 0;
  for (const moment of moments) {
    // What was done before a kill is mostly kept, so the next start runs for the time between two moments.
    const after = Math.max(LEAST_SECONDS, moment - before);
    before = moment;
    const { code, seconds: taken } = await watch(command(run), after * 1000);
    total += taken;
    if (code === undefined) kills.push(taken);
    else if (code !== 0) throw new Error(`a start after a kill ended with exit code ${code}`);
    progress(`killed after ${taken.toFixed(1)} s`);
  }
  const last = await watch(command(run));
  total += last.seconds;
  if (last.code !== 0)
    throw new Error(
      `the last start failed: ${last.lines
        .slice(-5)
        .map(({ text }) => text)
        .join(" · ")}`,
    );
  const [whole, killed] = await Promise.all(
    [undisturbed, run].map((folder) => hashOutputs(join(folder, "discover"))),
  );
  const names = new Set([...Object.keys(whole ?? {}), ...Object.keys(killed ?? {})]);
  const different = [...names].filter((name) => whole?.[name] !== killed?.[name]).sort();
  return { kills, identical: different.length === 0, different, seconds: total };
}

/** A start that is killed sooner has hardly loaded its code. */
const LEAST_SECONDS = 0.5;
