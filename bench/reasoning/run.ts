/**
 * How well the checks of reasoning catch what is planted: `npm run bench -- reasoning`.
 *
 * The graph is made of the sample encyclopedia by discover, in seconds. The bench refuses to run when a clean claim is
 * not an edge of it or a planted contradiction contradicts none. What is missed or stopped wrongly is listed for the
 * open half only: rules may be written with sight of it, and the held half stays a measurement.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { openGraph } from "../../src/graph/store.ts";
import {
  coldstartSection,
  type ReasoningCheckName,
  reasoningChecks,
} from "../../src/recipe/sections/coldstart.ts";
import { reasoningChecker } from "../../src/verify/reasoning/check-reasoning.ts";
import { readGuidelines } from "../../src/verify/reasoning/guidelines.ts";
import { discoveredGraph } from "../discovered-graph.ts";
import { type FreshRow, judgeFresh } from "./fresh.ts";
import { type FaultKind, faultKinds } from "./planted.ts";
import { type HalfScore, isCaught, type JudgedSet, judge, scoreOf } from "./score.ts";
import { plantedSet } from "./set.ts";
import { faultsOfClaims, faultsOfTexts, GUIDELINES, guidelineTopics } from "./truth.ts";

const HELP = `npm run bench -- reasoning [flags]
  --show KIND    what was missed of a kind of fault, or what a check stopped wrongly; the open half only
                 (${[...faultKinds, ...reasoningChecks].join(", ")})
  --graph DIR    a graph of the sample encyclopedia that is already made
  --json         the figures as one object on the last line`;

const SAMPLES = resolve(import.meta.dirname, "../../samples/encyclopedia");

/** Judges the planted set and prints the tables. @throws UsageError for flags and for a set that is not true */
export async function benchReasoning(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) {
    console.log(HELP);
    return;
  }
  const set = plantedSet();
  const sample = { source: join(SAMPLES, "pages"), labels: join(SAMPLES, "labels.tsv") };
  const graph = await (flags.graph === undefined ? discoveredGraph(sample) : openGraph(flags.graph));
  const untrue = [...faultsOfTexts(set), ...faultsOfClaims(set, graph, await guidelineTopics())];
  if (untrue.length > 0) throw new UsageError(`bench reasoning: the set is not true\n${untrue.join("\n")}`);
  const { reject, maxWords } = coldstartSection.parse(undefined).checks;
  const check = reasoningChecker({ graph, guidelines: await readGuidelines([GUIDELINES]), maxWords });
  const started = performance.now();
  const judged = judge(set, check);
  const seconds = (performance.now() - started) / 1000;
  if (flags.show !== undefined) {
    show(judged, flags.show);
    return;
  }
  const scores = {
    all: scoreOf(judged, reject),
    open: scoreOf(judged, reject, ({ held }) => !held),
    held: scoreOf(judged, reject, ({ held }) => held),
  };
  const texts = set.clean.length + set.planted.length;
  console.log(
    `${set.planted.length} planted and ${set.clean.length} clean texts, ${Math.round(texts / seconds)} texts/s`,
  );
  for (const [half, score] of Object.entries(scores)) console.log(`\n${half}\n${render(score)}`);
  const fresh = judgeFresh();
  console.log(`\nfresh wordings, by writers who had not seen the checks\n${renderFresh(fresh)}`);
  if (flags.json) console.log(JSON.stringify({ ...scores, fresh }));
}

interface Portion {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

function render({ kinds, numbers, checks, alarms, rejected }: HalfScore): string {
  const lines = kinds.map(({ kind, recall, stopped, by }) => [
    kind,
    ...shareCells(recall),
    String(stopped),
    Object.entries(by)
      .map(([name, times]) => `${name} ${times}`)
      .join(", "),
  ]);
  const faults = aligned([
    ["fault", "caught", "recall", "95 % interval", "stopped by any", "caught by"],
    ...lines,
    ["sum + formula", ...shareCells(numbers), "", ""],
  ]);
  const names = aligned([
    ["check", "right", "precision", "95 % interval", "clean stopped", "share"],
    ...checks.map(({ name, precision, alarms: own }) => [
      name,
      ...shareCells(precision),
      `${own.count}/${own.of}`,
      percent(own.count / Math.max(1, own.of)),
    ]),
  ]);
  return `${faults}\n\n${names}\n\nclean texts stopped by any check: ${shareCells(alarms).join("  ")}\nclean texts stopped by a check that rejects by default: ${shareCells(rejected).join("  ")}`;
}

function renderFresh(rows: readonly FreshRow[]): string {
  return aligned([
    ["", "open: found", "clean stopped", "held: found", "share", "clean stopped", "share"],
    ...rows.map(({ name, open, held }) => [
      name,
      `${open.found}/${open.faults}`,
      `${open.stopped}/${open.clean}`,
      `${held.found}/${held.faults}`,
      percent(held.found / held.faults),
      `${held.stopped}/${held.clean}`,
      percent(held.stopped / held.clean),
    ]),
  ]);
}

function shareCells({ count, of, low, high }: Portion): string[] {
  return [
    `${count}/${of}`,
    of === 0 ? "" : percent(count / of),
    of === 0 ? "" : `${percent(low)} to ${percent(high)}`,
  ];
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Prints what was missed of a kind of fault, or stopped wrongly by a check, in the open half. */
function show({ clean, planted }: JudgedSet, what: FaultKind | ReasoningCheckName): void {
  const open = planted.filter(({ one }) => !one.held && one.kind === what);
  for (const text of open.filter((one) => !isCaught(one)))
    console.log(
      `missed ${text.one.id} (${text.one.how}): ${JSON.stringify(text.one.words)} · answer ${text.one.letters.join("")}\n${indented(text.one.text)}\n`,
    );
  for (const { one, failing } of clean.filter(({ one: { held } }) => !held))
    for (const { found, span } of failing.filter(({ name }) => name === what))
      console.log(
        `alarm ${one.id}: ${found}${span === undefined ? "" : ` · ${JSON.stringify(one.text.slice(...span))}`}\n${indented(one.text)}\n`,
      );
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        show: { type: "string" },
        graph: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { show: what, ...rest } = values;
    const kinds: readonly string[] = [...faultKinds, ...reasoningChecks];
    if (what !== undefined && !kinds.includes(what)) throw new UsageError(`--show ${what}: no such kind`);
    return { ...rest, show: what as FaultKind | ReasoningCheckName | undefined };
  } catch (error) {
    throw new UsageError(`bench reasoning: ${messageOf(error)}\n${HELP}`, { cause: error });
  }
}
