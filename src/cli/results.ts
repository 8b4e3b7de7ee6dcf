/** The results of a run for the end of a command: the ablation table, or the benchmarks. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../base/files.ts";
import { type Results, resultsSchema } from "../records/results.ts";
import { table } from "./output.ts";

type Scored = Pick<Results["rows"][number], "n" | "correct" | "accuracy" | "low" | "high">;

/** What `--json` tells of results; empty where none were asked for. */
export interface ResultSummary {
  readonly ablation?: readonly ({ readonly row: string } & Scored)[];
  readonly benchmarks?: readonly ({
    readonly name: string;
    readonly truncated: number;
    readonly unparsed: number;
  } & Scored)[];
  readonly macro?: number | null;
  readonly pairs?: Results["pairs"];
}

/** The results of a run folder, if the stages that were run make some. */
export async function resultsOf(run: string, stages: readonly string[]): Promise<ResultSummary> {
  const file = join(run, "evaluate", "results.json");
  if (!stages.some((stage) => stage === "evaluate" || stage === "report") || !existsSync(file)) return {};
  const results = resultsSchema.parse(await readJson(file));
  return {
    ablation: results.rows.map((row) => ({ row: row.row, ...scored(row) })),
    pairs: results.pairs,
    benchmarks: results.benchmarks.map((row) => ({
      name: row.name,
      ...scored(row),
      truncated: row.truncated,
      unparsed: row.unparsed,
    })),
    macro: results.macro,
  };
}

function scored({ n, correct, accuracy, low, high }: Scored): Scored {
  return { n, correct, accuracy, low, high };
}

/** Prints the tables to a terminal. */
export function printResults(results: ResultSummary, print: (text: string) => void): void {
  const rows = (results.ablation ?? []).map((row) => [row.row, ...cells(row), pairText(results, row.row)]);
  if (rows.length > 0)
    print(
      `\n${table([["row", "n", "%", "95% Wilson", "against the row before (paired, clustered by path)"], ...rows])}`,
    );
  const benchmarks = (results.benchmarks ?? []).map((row) => [
    row.name,
    ...cells(row),
    `${row.truncated}`,
    `${row.unparsed}`,
  ]);
  if (benchmarks.length > 0)
    print(`\n${table([["benchmark", "n", "%", "95% Wilson", "truncated", "unparsed"], ...benchmarks])}`);
}

function cells({ n, accuracy, low, high }: Scored): string[] {
  return [String(n), percent(accuracy), `${percent(low)}–${percent(high)}`];
}

function pairText({ pairs = [] }: ResultSummary, row: string): string {
  const pair = pairs.find(({ to, kind }) => to === row && kind === "step");
  if (pair === undefined) return "";
  const sign = pair.difference < 0 ? "−" : "+";
  const width = `${percent(pair.low)} to ${percent(pair.high)}`;
  return `${sign}${percent(Math.abs(pair.difference))} (${width})${pair.separated ? "" : "  not separated"}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1).replace("-", "−");
}
