/**
 * Whether a run of the training stages that is killed again and again ends in the bytes of one that was left alone.
 *
 *   npm run bench -- kills [--times 50] [--interrupts 6] [--seed 1] [--recipe FILE] [--only NAME]
 *
 * Two variants of a small recipe: Eq. 1 as printed, through cold start, both stages and the controls; and clipped
 * ratios with a KL term, several updates and an adapter, through reinforcement. Each is run undisturbed and then with
 * so many kills (SIGKILL to the whole process group) and interrupts (SIGINT) between its start and its end. Compared
 * is every file but the ledger and the clock.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { type Disturbed, disturb, type Variant } from "./disturb.ts";
import { frozenProgram } from "./program.ts";
import { parts } from "./where.ts";

const variants: readonly Variant[] = [
  { name: "printed", stages: ["coldstart", "reinforce"], settings: [] },
  {
    name: "clipped",
    stages: ["reinforce"],
    settings: [
      "reinforce.clip={ low: 0.2, high: 0.28 }",
      "reinforce.kl=0.05",
      "reinforce.updatesPerBatch=2",
      "reinforce.advantage=meanAndDeviation",
      "reinforce.lossNorm=tokenMean",
      "reinforce.groupsWithoutSpread=drop",
      "engine.lora={ rank: 4, alpha: 8 }",
      "reinforce.controls=[]",
    ],
  },
];

const HELP = `npm run bench -- kills [flags]
  --times N        kills of each variant; 50 when left out
  --interrupts N   interrupts of each, among the kills; 6 when left out
  --seed N         seed of the moments; 1 when left out
  --recipe FILE    recipe; bench/kills/kills.yaml when left out
  --only NAME      one of ${variants.map(({ name }) => name).join(", ")}`;

const FLAGS = {
  help: { type: "boolean", default: false },
  times: { type: "string", default: "50" },
  interrupts: { type: "string", default: "6" },
  seed: { type: "string", default: "1" },
  recipe: { type: "string", default: join(import.meta.dirname, "kills.yaml") },
  only: { type: "string" },
} as const;

/** Kills, compares and prints; the exit code is 1 where a byte differs or an interrupt lost a step. */
export async function benchKills(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) {
    console.log(HELP);
    return;
  }
  const chosen = variants.filter(({ name }) => flags.only === undefined || flags.only === name);
  if (chosen.length === 0) throw new UsageError(`--only: there is no variant "${flags.only}"; see --help`);
  const folder = mkdtempSync(join(tmpdir(), "bench-kills-"));
  const recipe = resolve(flags.recipe);
  const program = frozenProgram(join(folder, "program"));
  const progress = (line: string): void => console.log(line);
  const prepared = join(folder, "prepared");
  const base = ["discover", "synthesize", "refine", "pretrain"];
  await program.run(["run", recipe, "--run", prepared, "--set", `stages=[${base.join(",")}]`]);
  const outcomes: Disturbed[] = [];
  for (const variant of chosen) {
    if (!variant.stages.includes("coldstart"))
      await program.run(["run", recipe, "--run", prepared, "--set", "stages=[coldstart]"]);
    outcomes.push(
      await disturb(variant, {
        ...{ program, recipe, prepared, folder, progress },
        kills: count("--times", flags.times),
        interrupts: count("--interrupts", flags.interrupts),
        seed: count("--seed", flags.seed),
      }),
    );
  }
  console.log(`\n${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.version}\n`);
  for (const outcome of outcomes) console.log(`${summaryOf(outcome)}\n`);
  console.log(JSON.stringify({ seed: Number(flags.seed), outcomes }));
  const isWell = outcomes.every(
    ({ different, stops }) => different.length === 0 && stops.every(({ isSaved }) => isSaved !== false),
  );
  if (isWell) rmSync(folder, { recursive: true });
  else {
    console.log(`\nThe runs are kept in ${folder}`);
    process.exitCode = 1;
  }
}

function summaryOf({ variant, stops, different, files, ...rest }: Disturbed): string {
  const kills = stops.filter(({ signal }) => signal === "SIGKILL");
  const interrupts = stops.filter(({ signal }) => signal === "SIGINT");
  const saved = interrupts.filter(({ isSaved }) => isSaved).length;
  const series = [...new Set(stops.map((stop) => stop.series))];
  const rows = series.map((name) => {
    const own = stops.filter((stop) => stop.series === name);
    const found = parts.map((part) => ({ part, times: own.filter((stop) => stop.part === part).length }));
    const shown = found.filter(({ times }) => times > 0).map(({ part, times }) => `${part} ${times}`);
    const steps = new Set(own.map(({ step }) => step)).size;
    return `  ${name || "elsewhere"}: ${own.length} at ${steps} different steps (${shown.join(", ")})`;
  });
  return [
    `${variant}: ${kills.length} kills and ${interrupts.length} interrupts (${saved} lost nothing) in ${rest.runs} run${rest.runs > 1 ? "s" : ""} of ${rest.steps} steps`,
    ...rows,
    `  ${rest.undisturbedSeconds.toFixed(1)} s undisturbed, ${rest.seconds.toFixed(0)} s disturbed`,
    different.length === 0
      ? `  all ${files} files equal to the byte`
      : `  ${different.length} of ${files} files differ: ${different.join(", ")}`,
  ].join("\n");
}

/** The flags as given; one that is not known is the caller's mistake. */
function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`bench kills: ${messageOf(error)}; see --help`);
  }
}

function count(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`${flag}: "${text}" is not a whole number`);
  return value;
}
