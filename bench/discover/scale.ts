/**
 * Discover at the size of an encyclopedia: a made-up multistream dump is read by the real command, and what it took and
 * gave is measured: seconds, memory, share of decompression, every quote, precision and recall of a sample, answers of
 * `fleming graph`, tables after kills, and the speed of one core beside another reader.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { readMetrics } from "../../src/base/metrics.ts";
import { otherLoad } from "../engine/load.ts";
import { checkQuotes, countGraph, judgeSample, namesToAsk } from "./scale-check.ts";
import { type Dump, ensureDump } from "./scale-dump.ts";
import { killTest } from "./scale-kill.ts";
import { type Watched, watch } from "./scale-process.ts";
import { renderScale, type ScaleReport } from "./scale-report.ts";
import { measureSpeed, median } from "./scale-speed.ts";

const HELP = `npm run bench -- discover-scale [flags]
  --medical N     pages about medical entities; 100000 when left out
  --other N       other pages, redirects included; 400000 when left out
  --seed N        seed of the pages and of the kills; 1 when left out
  --folder DIR    where the dump is kept and runs are made; a folder under the system's temporary one when left out
  --workers N     threads of the stage; as many as there are cores when left out
  --kills N       how often the second run is killed; 5 when left out, 0 for no second run
  --sample N      every N-th page is held against what it was written to say; 20 when left out
  --skip-speed    leaves out the speed of one core
  --only-speed    measures nothing else
  --built         runs dist/cli/main.js as it stands and not the sources
  --json FILE     writes the figures as JSON, too`;

const FLAGS = {
  help: { type: "boolean", default: false },
  medical: { type: "string", default: "100000" },
  other: { type: "string", default: "400000" },
  seed: { type: "string", default: "1" },
  folder: { type: "string", default: join(tmpdir(), "fleming-scale") },
  workers: { type: "string" },
  kills: { type: "string", default: "5" },
  sample: { type: "string", default: "20" },
  "skip-speed": { type: "boolean", default: false },
  "only-speed": { type: "boolean", default: false },
  built: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

/** Makes or finds the dump, runs everything, prints a table. */
export async function benchDiscoverScale(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) {
    console.log(HELP);
    return;
  }
  const seed = count("--seed", flags.seed);
  const progress = (line: string): void => console.error(line);
  const machine = `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, Node ${process.version}`;
  const load = await otherLoad();
  const speed = flags["skip-speed"] ? undefined : await measureSpeed(seed);
  const report: ScaleReport = flags["only-speed"]
    ? { machine, otherLoad: load, speed }
    : {
        machine,
        otherLoad: load,
        speed,
        large: await measureLarge({
          size: { medical: count("--medical", flags.medical), other: count("--other", flags.other), seed },
          folder: flags.folder,
          workers: flags.workers,
          kills: count("--kills", flags.kills),
          sample: Math.max(1, count("--sample", flags.sample)),
          program: flags.built ? ["dist/cli/main.js"] : ["--import", "tsx", "src/cli/main.ts"],
          progress,
        }),
      };
  console.log(renderScale(report));
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(report, null, 2)}\n`);
}

export interface LargeOptions {
  readonly size: { readonly medical: number; readonly other: number; readonly seed: number };
  readonly folder: string;
  readonly workers: string | undefined;
  readonly kills: number;
  readonly sample: number;
  /** Arguments of Node that start the command line. */
  readonly program: readonly string[];
  readonly progress: (line: string) => void;
}

/** The dump through the real command, and everything that is asked of its outcome. */
export async function measureLarge(options: LargeOptions): Promise<NonNullable<ScaleReport["large"]>> {
  const { size, folder, program, progress } = options;
  mkdirSync(folder, { recursive: true });
  const dump = await ensureDump(folder, size, progress);
  const recipe = join(folder, "scale.json");
  writeFileSync(recipe, JSON.stringify(recipeFor(dump, options), null, 2));
  const run = join(folder, "run");
  rmSync(run, { recursive: true, force: true });
  const command = (target: string): string[] => [...program, "discover", recipe, "--run", target, "--json"];
  progress("discover …");
  const watched = await watch(command(run));
  if (watched.code !== 0)
    throw new UsageError(
      `discover failed: ${watched.lines
        .slice(-5)
        .map(({ text }) => text)
        .join("\n")}`,
    );
  const graph = join(run, "discover");
  progress("checking quotes …");
  const quotes = await checkQuotes(graph);
  const sample = await judgeSample(graph, size, options.sample);
  progress("asking the graph …");
  const answers = await timeAnswers(program, run, graph);
  const kills =
    options.kills === 0
      ? undefined
      : await killTest({
          command,
          undisturbed: run,
          run: join(folder, "killed"),
          seconds: watched.seconds,
          kills: options.kills,
          seed: size.seed,
          progress,
        });
  return {
    dump,
    ...(await countGraph(graph)),
    seconds: watched.seconds,
    cpuSeconds: watched.cpuSeconds,
    peakBytes: watched.peakBytes,
    highWaterBytes: watched.highWaterBytes,
    reading: await readingOf(run),
    phases: phasesOf(watched),
    quotes,
    sample,
    answers,
    ...(kills === undefined ? {} : { kills }),
  };
}

/** A recipe is YAML, and JSON is YAML. */
function recipeFor(dump: Dump, { size, workers }: LargeOptions): unknown {
  const discover = {
    source: dump.path,
    licence: "CC0-1.0",
    ...(workers === undefined ? {} : { workers: count("--workers", workers) }),
  };
  return { name: "scale", seed: size.seed, discover };
}

/** What the stage's clock tells of its threads. */
async function readingOf(run: string): Promise<NonNullable<ScaleReport["large"]>["reading"]> {
  const out = { pages: 0, bytes: 0, threadSeconds: 0, decompressSeconds: 0 };
  const file = join(run, "clock.jsonl");
  if (!existsSync(file)) return out;
  for (const line of await readMetrics(file)) {
    if (line.series !== "discover/read") continue;
    out.pages += line["pages"] ?? 0;
    out.bytes += line["bytes"] ?? 0;
    out.threadSeconds += line["seconds"] ?? 0;
    out.decompressSeconds += line["decompressSeconds"] ?? 0;
  }
  return out;
}

/** Where the phases end, by what the stage says to people. */
function phasesOf({ lines, seconds }: Watched): Record<string, number> {
  const lastOf = (pattern: RegExp): number | undefined =>
    lines.findLast(({ text }) => pattern.test(text))?.at;
  const ends: readonly (readonly [string, number | undefined])[] = [
    ["reading pages", lastOf(/\bpages \d+/)],
    ["joining names", lastOf(/pages are medical entities/)],
    ["resolving relations", lastOf(/\brelations \d+/)],
    ["writing tables", seconds],
  ];
  const out: Record<string, number> = {};
  let before = 0;
  for (const [name, end] of ends) {
    if (end === undefined) continue;
    out[name] = end - before;
    before = end;
  }
  return out;
}

/** Wall time of the graph's answers, start of the program included: median of three, or why there was none. */
async function timeAnswers(
  program: readonly string[],
  run: string,
  graph: string,
): Promise<Record<string, number | string>> {
  const { busiest, middling, other } = await namesToAsk(graph);
  const asked = {
    stats: ["stats"],
    "show (most relations)": ["show", busiest],
    "show (middling)": ["show", middling],
    path: ["path", middling, other],
  };
  const out: Record<string, number | string> = {};
  for (const [name, args] of Object.entries(asked)) {
    const seconds: number[] = [];
    let failure: string | undefined;
    for (let round = 0; round < ANSWERS; round++) {
      const { code, seconds: taken, lines } = await watch([...program, "graph", ...args, "--run", run]);
      if (code !== 0) failure = lines.find(({ text }) => text.trim() !== "")?.text ?? `exit ${code}`;
      seconds.push(taken);
    }
    out[name] = failure === undefined ? median(seconds) : `failed: ${failure}`;
  }
  return out;
}

const ANSWERS = 3;

/** The flags as given; one that is not known is the caller's mistake. */
function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`bench discover-scale: ${messageOf(error)}; see --help`);
  }
}

function count(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new UsageError(`${flag}: "${text}" is not a whole number of at least 0`);
  return value;
}
