/**
 * `npm run bench -- data`: the data stages at size. One part a file; each prints its own lines.
 */
import { parseArgs } from "node:util";
import { UsageError } from "../../src/base/errors.ts";
import { openGraph } from "../../src/graph/store.ts";
import { refineSection } from "../../src/recipe/sections/refine.ts";
import { benchAllPairs, benchDuplicates, benchRepeats, plant, setsIn } from "./duplicates.ts";
import { benchQuestions } from "./questions.ts";

const HELP = `npm run bench -- data [flags]
  --questions N   questions to make; 200000 when left out
  --made SHARE    share of them that are made ones, the others are vignettes of a public set; 0.8 when left out
  --sets DIR      folder with the public sets' files; ../shared/benchmarks/whole when left out
  --graph DIR     folder of a graph, to time how long it takes to load; left out without it
  --seed N        seed of the questions; 1 when left out
  --skip-peer     leaves out comparing every pair of a sample`;

/** Runs every part. */
export async function benchData(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      questions: { type: "string", default: "200000" },
      made: { type: "string", default: "0.8" },
      sets: { type: "string", default: "../shared/benchmarks/whole" },
      graph: { type: "string" },
      seed: { type: "string", default: "1" },
      "skip-peer": { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [count, made, seed] = [Number(values.questions), Number(values.made), Number(values.seed)];
  if (!Number.isInteger(count) || count < 1 || !(made >= 0 && made <= 1) || !Number.isInteger(seed))
    throw new UsageError(
      `--questions ${values.questions} --made ${values.made} --seed ${values.seed}: expected a whole number, a share from 0 to 1 and a whole number\n${HELP}`,
    );
  const settings = refineSection.parse({}).duplicates;
  const sets = await setsIn(values.sets);
  if (sets.size === 0)
    throw new UsageError(`${values.sets}: no file of a public set is there; give their folder by --sets`);

  if (values.graph !== undefined) await benchGraph(values.graph);

  const planted = plant(benchQuestions(count, made, seed), sets, seed);
  console.log(`${planted.questions.length} questions, ${Math.round(made * 100)} % made`);
  benchDuplicates(planted, sets, settings);
  benchRepeats(planted.questions, settings);
  if (!values["skip-peer"]) benchAllPairs(planted.questions, settings);
}

/** Loads a graph as every stage above it does. */
async function benchGraph(folder: string): Promise<void> {
  const started = performance.now();
  const graph = await openGraph(folder);
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  console.log(
    `graph           ${seconds.toFixed(1)} s for ${graph.entities.size} entities and ${graph.relations.size} relations, peak memory ${peak.toFixed(2)} GiB`,
  );
}
