/**
 * `fleming run` of a recipe with `seeds`: one whole run a seed, each in a folder of its own, then the ablation over all
 * of them (paper Table 4, under several seeds). What is done already is not run again, so seeds may also be run one by
 * one with --seed, at the same time or on other machines, and be set side by side afterwards.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../base/files.ts";
import { resultsSchema } from "../records/results.ts";
import { writeAblation } from "../report/ablation.ts";
import { decimal, percent, points } from "../report/format.ts";
import { type SeedResults, type SeedSummary, seedVerdict, summariseSeeds } from "../report/seeds.ts";
import { seedFolder } from "./flags.ts";
import { type Output, table } from "./output.ts";

/**
 * Runs every seed with `runOne`, which says whether it is done, and sets those that are side by side in
 * `<folder>/report`; whether all are.
 */
export async function runSeeds(
  { name, seeds }: { readonly name: string; readonly seeds: readonly number[] },
  folder: string,
  output: Output,
  options: {
    readonly json?: boolean | undefined;
    runOne(seed: number, output: Output): Promise<boolean>;
  },
): Promise<boolean> {
  const startedAt = performance.now();
  const runs: SeedResults[] = [];
  for (const seed of seeds) {
    const log = output.log.named(`seed ${seed}`);
    // What a seed has to say stands in its own report; here it would only be in the way.
    const quiet = { ...output, log, print: () => {}, json: () => {} };
    const isDone = await options.runOne(seed, quiet);
    const file = join(seedFolder(folder, seed), "evaluate", "results.json");
    if (isDone && existsSync(file)) runs.push({ seed, results: resultsSchema.parse(await readJson(file)) });
    else log.warn(`is left out of the tables: ${isDone ? `${file} is not there` : "it ended early"}`);
  }
  const areDone = runs.length === seeds.length;
  if (runs.length === 0) return areDone;
  const report = join(folder, "report");
  await writeAblation(runs, report, name);
  const summary = summariseSeeds(runs);
  if (options.json) {
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    output.json({ run: folder, seconds, report, ...summary });
  } else printSummary(summary, report, output);
  return areDone;
}

function printSummary({ seeds, rows, pairs }: SeedSummary, report: string, { print }: Output): void {
  const accuracy = (value: number | undefined): string => (value === undefined ? "–" : percent(value));
  print(
    table([
      ["row", ...seeds.map((seed) => `seed ${seed}`), "mean", "deviation"],
      ...rows.map((row) => [
        row.label,
        ...row.accuracies.map(accuracy),
        percent(row.mean),
        row.deviation === undefined ? "–" : decimal(100 * row.deviation, 1),
      ]),
    ]),
  );
  print(
    `\n${table([
      ["from → to", "mean", "verdict"],
      ...pairs.map((pair) => [pair.label, points(pair.mean), seedVerdict(pair)]),
    ])}`,
  );
  print(`\nreport   ${join(report, "ablation.html")}`);
}
