/**
 * `fleming run` of a recipe with `seeds`: one whole run a seed, each in a folder of its own, then the ablation over all
 * of them (paper Table 4, under several seeds). What is done already is not run again, so seeds may also be run one by
 * one with --seed, at the same time or on other machines, and be set side by side afterwards.
 */
import { join } from "node:path";
import { readJson } from "../base/files.ts";
import { resultsSchema } from "../records/results.ts";
import { writeAblation } from "../report/ablation.ts";
import { decimal, percent, points } from "../report/format.ts";
import { type SeedResults, seedVerdict, summariseSeeds } from "../report/seeds.ts";
import { seedFolder } from "./flags.ts";
import { type Output, table } from "./output.ts";

/** Runs every seed with `runOne` and sets the results side by side in `<folder>/report`. */
export async function runSeeds(
  { name, seeds }: { readonly name: string; readonly seeds: readonly number[] },
  folder: string,
  output: Output,
  options: {
    readonly json?: boolean | undefined;
    runOne(seed: number, run: string, output: Output): Promise<void>;
  },
): Promise<void> {
  const startedAt = performance.now();
  const runs: SeedResults[] = [];
  for (const seed of seeds) {
    const run = seedFolder(folder, seed);
    // What a seed has to say stands in its own report; here it would only be in the way.
    const quiet = { ...output, log: output.log.named(`seed ${seed}`), print: () => {}, json: () => {} };
    await options.runOne(seed, run, quiet);
    const results = resultsSchema.parse(await readJson(join(run, "evaluate", "results.json")));
    runs.push({ seed, results });
  }
  const report = join(folder, "report");
  await writeAblation(runs, report, name);
  const summary = summariseSeeds(runs);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  if (options.json) return output.json({ run: folder, seconds, report, ...summary });
  const accuracy = (value: number | undefined): string => (value === undefined ? "–" : percent(value));
  output.print(
    table([
      ["row", ...summary.seeds.map((seed) => `seed ${seed}`), "mean", "deviation"],
      ...summary.rows.map((row) => [
        row.label,
        ...row.accuracies.map(accuracy),
        percent(row.mean),
        row.deviation === undefined ? "–" : decimal(100 * row.deviation, 1),
      ]),
    ]),
  );
  output.print(
    table([
      ["from → to", "mean", "verdict"],
      ...summary.pairs.map((pair) => [pair.label, points(pair.mean), seedVerdict(pair)]),
    ]),
  );
  output.print(`\nreport   ${join(report, "ablation.html")}`);
}
