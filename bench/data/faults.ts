/**
 * Ten known faults, planted in questions of a run and sent through refine as it is: how many are caught, by which
 * check, and how often a clean question is stopped (paper §3.1: what the refinement is for).
 *
 * Caught is: left out by a check, held back for a person, matched with an evaluation set; of personal data also that
 * the value is gone from what comes out. What the split or the mixing leaves out is never counted as caught, and
 * neither is a repeat of another training question. Copies are refined without a validator, so that only the search
 * for copies can find them.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { writeJson } from "../../src/base/files.ts";
import { loadJsonl } from "../../src/base/jsonl.ts";
import { seededRandom } from "../../src/base/random.ts";
import { wilsonInterval } from "../../src/base/wilson.ts";
import { loadBenchmark } from "../../src/curate/benchmark.ts";
import { openGraph } from "../../src/graph/store.ts";
import { graphValidator } from "../../src/models/graph-validator/graph-validator.ts";
import { refineSection } from "../../src/recipe/sections/refine.ts";
import {
  isSynthetic,
  type Question,
  questionSchema,
  type SyntheticQuestion,
} from "../../src/records/question.ts";
import { type PurifyTools, purify, type Refined } from "../../src/refine/purify.ts";
import { plantFaults } from "./plant.ts";
import { type Fault, faults, type Planted } from "./planted.ts";

const HELP = `npm run bench -- faults --run DIR [flags]
  --run DIR     a run with discover/ and synthesize/questions.jsonl
  --sets DIR    whole public sets; ../shared/benchmarks/whole when left out
  --each N      questions a fault; 50 when left out
  --clean N     clean questions; 1000 when left out
  --seed N      1 when left out
  --missed      prints what was not caught, and the clean questions that were stopped
  --json FILE   the figures and every missed question`;

const sets = [
  ["pubmedqa", ""],
  ["medqa", "phrases_no_exclude_test.jsonl"],
  ["mmluProBiology", "mmlu-pro_biology.jsonl"],
  ["mmluProHealth", "mmlu-pro_health.jsonl"],
] as const;

/** Steps of refine that say something of a question; the others only share questions out. */
const judging = new Set(["format", "review", "contamination"]);

/** Nothing is thinned or held out, so that what goes in and is sound comes out. */
const settings = refineSection.parse({
  shares: { train: 1, dev: 0, test: 0 },
  trainWordings: 1_000_000,
});

interface Outcome {
  readonly planted: Planted;
  /** Check that caught it; absent when it went through. */
  readonly by?: string;
}

interface FaultRow {
  readonly fault: Fault;
  readonly planted: number;
  readonly caught: number;
  readonly low: number;
  readonly high: number;
  readonly by: Readonly<Record<string, number>>;
}

/** Plants, refines, prints the table. @throws UsageError for flags and folders. */
export async function benchFaults(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help || flags.run === undefined) {
    console.log(HELP);
    return;
  }
  const seed = count("--seed", flags.seed);
  const graph = await openGraph(join(flags.run, "discover"));
  const questions = onePerPath(
    (await loadJsonl(join(flags.run, "synthesize", "questions.jsonl"), questionSchema)).filter(isSynthetic),
    seed,
  );
  const protectedSets = await readSets(flags.sets);
  const benchmark = [...protectedSets.values()].flat();
  const random = seededRandom(seed, "faults");
  const { planted, clean } = plantFaults(
    { questions, graph, benchmark },
    count("--each", flags.each),
    random,
  );
  const sound = random.fork("clean").sample(clean, count("--clean", flags.clean));
  const tools = { validator: graphValidator(graph), graph };
  const refine = (some: readonly Question[], using: PurifyTools): Promise<Refined> =>
    purify({ questions: some, protectedSets, decisions: [] }, using, settings, seed);

  const isCopy = ({ fault }: Planted): boolean => fault === "benchmarkCopy" || fault === "paraphrasedCopy";
  const [copies, others] = [planted.filter(isCopy), planted.filter((one) => !isCopy(one))];
  const outcomes = [
    ...outcomesOf(
      others,
      await refine(
        others.map(({ question }) => question),
        tools,
      ),
    ),
    ...outcomesOf(
      copies,
      await refine(
        copies.map(({ question }) => question),
        {},
      ),
    ),
  ];
  const rows = faults.map((fault) => rowOf(fault, outcomes));
  const alarms = alarmsOf(sound, await refine(sound, tools));
  console.log(render(rows, sound.length, alarms));
  const missed = outcomes.filter(({ by }) => by === undefined).map((one) => one.planted);
  if (flags.missed) printMissed(missed, alarms);
  if (flags.json !== undefined) await writeJson(flags.json, { rows, clean: sound.length, alarms, missed });
}

/** One question of each path, which one by the seed. */
function onePerPath(questions: readonly SyntheticQuestion[], seed: number): SyntheticQuestion[] {
  const order = seededRandom(seed, "faults", "paths").shuffle(questions);
  return [...new Map(order.map((question) => [question.origin.pathKey, question])).values()];
}

async function readSets(folder: string): Promise<Map<string, readonly Question[]>> {
  if (!existsSync(folder)) throw new UsageError(`--sets ${folder}: it is not there`);
  const found = new Map<string, readonly Question[]>();
  for (const [name, file] of sets) found.set(name, (await loadBenchmark(name, join(folder, file))).questions);
  return found;
}

/** What became of each planted question; refine may give it a new id, but keeps where it comes from. */
function outcomesOf(planted: readonly Planted[], refined: Refined): Outcome[] {
  const leftOut = new Map(refined.flow.leftOut.map((one) => [one.id, one]));
  const out = new Map(
    Object.values(refined.splits)
      .flat()
      .map((question) => [question.origin, question]),
  );
  const held = new Map(refined.queue.map(({ question }) => [question.origin, question]));
  return planted.map((one) => {
    const { origin } = one.question;
    const now = out.get(origin) ?? held.get(origin);
    if (one.values !== undefined) {
      const texts = now && JSON.stringify([now.stem, now.context ?? "", now.options]);
      if (texts !== undefined && one.values.some((value) => texts.includes(value))) return { planted: one };
      if (texts !== undefined) return { planted: one, by: "anonymise" };
    }
    const left = leftOut.get(now?.id ?? one.question.id);
    return left && judging.has(left.step)
      ? { planted: one, by: `${left.step}: ${left.rule}` }
      : { planted: one };
  });
}

function rowOf(fault: Fault, outcomes: readonly Outcome[]): FaultRow {
  const own = outcomes.filter(({ planted }) => planted.fault === fault);
  const by: Record<string, number> = {};
  for (const one of own) if (one.by !== undefined) by[one.by] = (by[one.by] ?? 0) + 1;
  const caught = own.filter((one) => one.by !== undefined).length;
  const interval = own.length === 0 ? { low: 0, high: 1 } : wilsonInterval(caught, own.length);
  return { fault, planted: own.length, caught, ...interval, by };
}

interface Alarm {
  readonly question: Question;
  readonly by: string;
  readonly reason: string;
}

/** Clean questions that did not come out as they went in. */
function alarmsOf(sound: readonly Question[], refined: Refined): Alarm[] {
  const out = new Map(
    Object.values(refined.splits)
      .flat()
      .map((question) => [question.origin, question]),
  );
  const held = new Map(refined.queue.map(({ question }) => [question.origin, question]));
  const leftOut = new Map(refined.flow.leftOut.map((one) => [one.id, one]));
  return sound.flatMap((question) => {
    const now = out.get(question.origin);
    if (now !== undefined && now.id === question.id) return [];
    if (now !== undefined) return [{ question, by: "anonymise", reason: now.stem }];
    const left = leftOut.get(held.get(question.origin)?.id ?? question.id);
    return [{ question, by: left ? `${left.step}: ${left.rule}` : "gone", reason: left?.reason ?? "" }];
  });
}

function render(rows: readonly FaultRow[], clean: number, alarms: readonly Alarm[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const lines = rows.map(({ fault, planted, caught, low, high, by }) => {
    const ways = Object.entries(by)
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`);
    return [
      fault,
      String(planted),
      String(caught),
      planted === 0 ? "" : percent(caught / planted),
      planted === 0 ? "" : `${percent(low)} to ${percent(high)}`,
      ways.join(", "),
    ];
  });
  const table = aligned([["fault", "planted", "caught", "rate", "95 % interval", "by"], ...lines]);
  const counts = new Map<string, number>();
  for (const { by } of alarms) counts.set(by, (counts.get(by) ?? 0) + 1);
  const { low, high } = wilsonInterval(alarms.length, Math.max(1, clean));
  const ways = [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name} ${n}`);
  const stopped = `clean questions stopped or changed: ${alarms.length} of ${clean}, ${percent(alarms.length / Math.max(1, clean))} (${percent(low)} to ${percent(high)})`;
  return `${table}\n\n${stopped}${ways.length > 0 ? `; ${ways.join(", ")}` : ""}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function printMissed(missed: readonly Planted[], alarms: readonly Alarm[]): void {
  const optionsOf = ({ options, gold }: Question): string =>
    Object.entries(options)
      .map(([letter, text]) => `${gold.includes(letter) ? "*" : ""}${letter} ${text}`)
      .join(" | ");
  for (const { fault, how, question } of missed)
    console.log(`\nmissed ${fault}: ${how}\n  ${question.stem}\n  ${optionsOf(question)}`);
  for (const { question, by, reason } of alarms)
    console.log(`\nalarm ${by}: ${reason}\n  ${question.stem}\n  ${optionsOf(question)}`);
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        run: { type: "string" },
        sets: { type: "string", default: "../shared/benchmarks/whole" },
        each: { type: "string", default: "50" },
        clean: { type: "string", default: "1000" },
        seed: { type: "string", default: "1" },
        missed: { type: "boolean", default: false },
        json: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`bench faults: ${messageOf(error)}\n${HELP}`, { cause: error });
  }
}

function count(flag: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`bench faults: ${flag} ${text} is no number\n${HELP}`);
  return Number(text);
}
