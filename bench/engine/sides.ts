/**
 * The sides that are measured: the engine in its process, and Python programs that answer line by line.
 *
 * A Python side gets its job as a file, says `{"version": ...}` or `{"unavailable": ...}` when it is ready, and then
 * answers each line, the name of some work, with `{"seconds", "amount", "peakMemoryBytes"}` or `{"unavailable": ...}`.
 */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../src/base/errors.ts";
import { type Engine, startEngine } from "../../src/engine/client.ts";
import type { Absent, Side } from "./turns.ts";

/** What every part needs. */
export interface Bench {
  readonly threads: number;
  readonly rounds: number;
  readonly quick: boolean;
  /** An interpreter with PyTorch and transformers. */
  readonly python: string | undefined;
  /** A folder for whatever is to be handed over. */
  readonly scratch: string;
  /** Hears what is under way. */
  readonly progress: (line: string) => void;
}

/** A fresh engine on the model of a folder; each work returns the amount it did. */
export async function ownSide(
  threads: number,
  model: string,
  works: (engine: Engine) => Readonly<Record<string, () => Promise<number>>>,
): Promise<Side> {
  const engine = await startEngine({ threads });
  await engine.load(model);
  const named = works(engine);
  return {
    name: "engine",
    async run(work) {
      const start = performance.now();
      const amount = await named[work]!();
      return { amount, seconds: (performance.now() - start) / 1000 };
    },
    peakMemoryBytes: async () => (await engine.stats()).peakMemoryBytes,
    close: async () => engine[Symbol.asyncDispose](),
  };
}

/** What a Python side says. */
interface Answer {
  readonly seconds: number;
  readonly amount: number;
  readonly peakMemoryBytes: number;
  readonly unavailable?: string;
  readonly version?: string;
}

/** A Python side: `script` of bench/ with `job` as its settings. */
export async function pythonSide(
  { python, scratch }: Bench,
  name: string,
  script: string,
  job: unknown,
): Promise<Side | Absent> {
  if (python === undefined) return { name, unavailable: "no Python with PyTorch and transformers" };
  const file = join(scratch, `${name.replaceAll(/\W+/g, "-")}.json`);
  writeFileSync(file, JSON.stringify(job));
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn(python, ["-W", "ignore", path, file], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + text).slice(-4000);
  });
  // A side that is gone is seen when its answer is read.
  child.stdin.on("error", () => {});
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    await ended;
    return {
      seconds: 0,
      amount: 0,
      peakMemoryBytes: 0,
      unavailable: said.trim().split("\n").at(-1) ?? "it ended",
    };
  };
  const { unavailable, version } = await read();
  if (unavailable !== undefined) {
    child.stdin.end();
    return { name, unavailable };
  }
  let peak = 0;
  return {
    name: `${name} ${version}`,
    async run(work) {
      child.stdin.write(`${work}\n`);
      const answer = await read();
      if (answer.unavailable !== undefined) throw new Error(answer.unavailable);
      peak = answer.peakMemoryBytes;
      return answer;
    },
    peakMemoryBytes: () => peak,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The first interpreter that has what the sides need. */
export function findPython(given: string | undefined): string | undefined {
  const candidates =
    given === undefined ? [process.env["FLEMING_PYTHON"], ".venv/bin/python", "python3"] : [given];
  const has = (python: string): boolean =>
    spawnSync(python, ["-c", "import torch, transformers"], { stdio: "ignore" }).status === 0;
  const found = candidates.find((python) => python !== undefined && has(python));
  if (given !== undefined && found === undefined)
    throw new UsageError(`--python: ${given} cannot import torch and transformers`);
  return found;
}
