/**
 * Measurements that are made by hand, not by the tests.
 *
 *   npm run bench -- engine [--help]            speed and memory beside PyTorch, transformers and TRL
 *   npm run bench -- discover [--help]          precision and recall of the graph on pages labelled by hand
 *   npm run bench -- discover-scale [--help]    a dump of 500,000 generated pages: speed, memory, kills
 *   npm run bench -- artefacts QUESTIONS.jsonl  what questions give away to an answerer that knows no medicine
 *   npm run bench -- faults --run DIR           ten faults planted in questions: what refine catches, and false alarms
 *   npm run bench -- phi [--asq FILE]           recall and precision of anonymisation on labelled texts
 *   npm run bench -- data [--help]              duplicates and contamination of 200,000 questions: speed, memory, misses
 *   npm run bench -- evaluate-planted [--help]  the evaluate stage at an endpoint with known accuracy, faults and kills
 *   npm run bench -- reasoning [--help]         400 faults planted in reasoning: what the checks catch, and false alarms
 *   npm run bench -- consistency-fit            weights of the consistency check, fitted anew
 *   npm run bench -- leak-fit                   weights of the leak check, fitted anew
 *   npm run bench -- kills [--help]             training that is killed again and again ends in the same bytes
 *   npm run bench -- evaluate-overhead          requests a second of the program itself, on one core
 */
import { UsageError } from "../src/base/errors.ts";

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  engine: async (args) => (await import("./engine/run.ts")).benchEngine(args),
  discover: async (args) => (await import("./discover/quality.ts")).measureDiscover(args),
  "discover-scale": async (args) => (await import("./discover/scale.ts")).benchDiscoverScale(args),
  artefacts: async (args) => (await import("./data/artefacts.ts")).printArtefacts(args),
  faults: async (args) => (await import("./data/faults.ts")).benchFaults(args),
  phi: async (args) => (await import("./data/phi.ts")).measurePhi(args),
  data: async (args) => (await import("./data/run.ts")).benchData(args),
  "evaluate-planted": async (args) => (await import("./evaluate/planted.ts")).benchPlanted(args),
  reasoning: async (args) => (await import("./reasoning/run.ts")).benchReasoning(args),
  "consistency-fit": async () =>
    console.log(JSON.stringify((await import("./reasoning/consistency-fit.ts")).fitConsistency(), null, 2)),
  "leak-fit": async () =>
    console.log(JSON.stringify((await import("./reasoning/leak-fit.ts")).fitLeak(), null, 2)),
  kills: async (args) => (await import("./kills/run.ts")).benchKills(args),
  "evaluate-overhead": async (args) => (await import("./evaluate/overhead.ts")).benchOverhead(args),
};

const [what = "", ...rest] = process.argv.slice(2);
const bench = benches[what];
try {
  if (bench === undefined)
    throw new UsageError(`usage: npm run bench -- ${Object.keys(benches).join(" | ")}`);
  await bench(rest);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
