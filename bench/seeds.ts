/**
 * The record of a recipe under several seeds: rows, paired differences, and in how many seeds each is separated.
 *
 *   npx tsx bench/seeds.ts docs/results.md runs/seed-11 runs/seed-12 runs/seed-13
 *
 * Reads run.json and evaluate/results.json of each run; computes nothing that those files do not hold.
 */
import { join } from "node:path";
import { readJson, writeWhole } from "../src/base/files.ts";
import { readManifest } from "../src/base/run-folder.ts";
import { resultsSchema } from "../src/records/results.ts";
import { renderMarkdown } from "../src/report/markdown.ts";
import { describeSeeds, summariseSeeds } from "../src/report/seeds.ts";

const [target, ...runs] = process.argv.slice(2);
if (target === undefined || runs.length < 2)
  throw new Error("give the file to write and at least two run folders");
const seeds = await Promise.all(
  runs.map(async (run) => {
    const manifest = await readManifest(run);
    if (manifest === undefined) throw new Error(`${run}: no run is here`);
    return {
      seed: manifest.seed,
      results: resultsSchema.parse(await readJson(join(run, "evaluate", "results.json"))),
    };
  }),
);
const title = `The quickstart under seeds ${seeds.map(({ seed }) => seed).join(", ")}`;
await writeWhole(target, renderMarkdown(title, describeSeeds(summariseSeeds(seeds))));
