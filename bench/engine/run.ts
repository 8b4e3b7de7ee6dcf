/**
 * Speed and memory of the engine, measured in one run on one machine beside PyTorch, transformers and TRL where a
 * Python has them.
 *
 * The sides take turns; every figure is a median with the smallest and the largest round. Peak memory is that of a
 * process that was fresh for the shape. A machine that others use gives no figures: with fewer cores than busy threads
 * PyTorch's threads wait for one another, and what is measured then is that.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { benchCheckpoint } from "./checkpoint.ts";
import { benchGemm } from "./gemm.ts";
import { benchGrpoStep } from "./grpo-step.ts";
import { otherLoad } from "./load.ts";
import { benchRollouts } from "./rollouts.ts";
import { type Bench, findPython } from "./sides.ts";
import { renderRows } from "./table.ts";
import { benchTraining } from "./training.ts";
import type { Row } from "./turns.ts";

const PARTS = ["gemm", "training", "rollouts", "grpo", "checkpoint"] as const;
const MEASURES: Readonly<Record<(typeof PARTS)[number], (bench: Bench) => Promise<Row[]>>> = {
  gemm: benchGemm,
  training: benchTraining,
  rollouts: benchRollouts,
  grpo: benchGrpoStep,
  checkpoint: benchCheckpoint,
};
/** Cores that others may keep busy without a word. */
const QUIET = 0.1;
const HELP = `npm run bench -- engine [flags]
  --only PART,PART   some of ${PARTS.join(", ")}; all when left out
  --python PATH      an interpreter with torch, transformers and trl; else FLEMING_PYTHON, .venv or python3
  --threads N        cores for each side; all when left out
  --rounds N         rounds to take the median of; 5 when left out
  --quick            one round of little work, to see that it runs
  --json FILE        writes the JSON to a file, too`;

const FLAGS = {
  help: { type: "boolean", default: false },
  only: { type: "string" },
  python: { type: "string" },
  threads: { type: "string", default: String(availableParallelism()) },
  rounds: { type: "string" },
  quick: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

/** Measures, prints a table and one line of JSON, and writes the JSON where asked. */
export async function benchEngine(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) {
    console.log(HELP);
    return;
  }
  const only = flags.only?.split(",") ?? [...PARTS];
  const unknown = only.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new UsageError(`--only: "${unknown}" is not one of ${PARTS.join(", ")}`);
  const bench: Bench = {
    threads: count("--threads", flags.threads),
    rounds: count("--rounds", flags.rounds ?? (flags.quick ? "1" : "5")),
    quick: flags.quick,
    python: findPython(flags.python),
    scratch: mkdtempSync(join(tmpdir(), "bench-engine-")),
    progress: (line) => console.error(line),
  };
  const rows: Row[] = [];
  let load = 0;
  try {
    for (const part of PARTS) {
      if (!only.includes(part)) continue;
      load = Math.max(load, await otherLoad());
      rows.push(...(await MEASURES[part](bench)));
    }
  } finally {
    rmSync(bench.scratch, { recursive: true });
  }
  const machine = {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const { threads, rounds } = bench;
  console.log(
    `${machine.processor}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}; ` +
      `${threads} threads; median of ${rounds} (smallest–largest), and the first side as a multiple of each other\n`,
  );
  console.log(renderRows(rows));
  if (load > QUIET) {
    console.log(`\nNot to be kept: other programs kept up to ${load.toFixed(1)} cores busy.`);
  }
  const record = { machine, threads, rounds, otherLoad: load, rows };
  console.log(`\n${JSON.stringify(record)}`);
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(record, null, 2)}\n`);
}

/** The flags as given; one that is not known is the caller's mistake. */
function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`bench engine: ${messageOf(error)}; see --help`);
  }
}

function count(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`${flag}: "${text}" is not a whole number above 0`);
  return value;
}
