/**
 * `npm run bench -- data`: the data stages at size. One part a file; each prints its own lines.
 */
import { parseArgs } from "node:util";
import { UsageError } from "../../src/base/errors.ts";
import { openGraph } from "../../src/graph/store.ts";
import { refineSection } from "../../src/recipe/sections/refine.ts";
import { synthesizeSection } from "../../src/recipe/sections/synthesize.ts";
import { growQuestions } from "../../src/synthesize/grow.ts";
import { benchAllPairs, benchDuplicates, benchRepeats, plant, setsIn } from "./duplicates.ts";
import { benchQuestions } from "./questions.ts";

const HELP = `npm run bench -- data [flags]
  --questions N   questions to make; 200000 when left out
  --made SHARE    share of them that are made ones, the others are vignettes of a public set; 0.8 when left out
  --sets DIR      folder with the public sets' files; ../shared/benchmarks/whole when left out
  --graph DIR     folder of a graph, to time how long it takes to load and how fast questions are made of it
  --grown N       questions to make of that graph; 100000 when left out
  --only-graph    leaves out all but the graph
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
      grown: { type: "string", default: "100000" },
      "only-graph": { type: "boolean", default: false },
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
  if (values.graph !== undefined) {
    const grown = Number(values.grown);
    if (!Number.isInteger(grown) || grown < 1)
      throw new UsageError(`--grown ${values.grown}: expected a whole number of at least 1\n${HELP}`);
    await benchGraph(values.graph, grown, seed);
  }
  if (values["only-graph"]) return;
  const settings = refineSection.parse({}).duplicates;
  const sets = await setsIn(values.sets);
  if (sets.size === 0)
    throw new UsageError(`${values.sets}: no file of a public set is there; give their folder by --sets`);

  const planted = plant(benchQuestions(count, made, seed), sets, seed);
  console.log(`${planted.questions.length} questions, ${Math.round(made * 100)} % made`);
  benchDuplicates(planted, sets, settings);
  benchRepeats(planted.questions, settings);
  if (!values["skip-peer"]) benchAllPairs(planted.questions, settings);
}

/** Loads a graph as every stage above it does, and makes questions of it as `synthesize` does, down to their lines. */
async function benchGraph(folder: string, count: number, seed: number): Promise<void> {
  const started = performance.now();
  const graph = await openGraph(folder);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `graph           ${seconds.toFixed(1)} s for ${graph.entities.size} entities and ${graph.relations.size} relations, ${peakMemory()}`,
  );
  for (const [world, wordings] of [
    ["open", 4],
    ["open", 12],
    ["closed", 12],
  ] as const) {
    const settings = synthesizeSection.parse({
      world,
      wordings,
      maxQuestions: count,
      maxPaths: Math.ceil((count / wordings) * 1.5),
    });
    const begun = performance.now();
    let [made, bytes, planned] = [0, 0, 0];
    const growing = growQuestions(graph, settings, seed, {
      progress: () => {
        planned ||= performance.now() - begun;
      },
    });
    for (const question of growing) {
      made += 1;
      bytes += JSON.stringify(question).length;
    }
    const took = (performance.now() - begun) / 1000;
    console.log(
      `questions       ${(made / took).toFixed(0)}/s: ${made} in ${took.toFixed(1)} s, ${world} world, ${wordings} a path, ${(planned / 1000).toFixed(1)} s of it for planning; ${(bytes / 2 ** 20).toFixed(0)} MiB, ${peakMemory()}`,
    );
  }
}

function peakMemory(): string {
  return `peak memory ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`;
}
