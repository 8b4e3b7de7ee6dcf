/**
 * How well discover reads: the sample encyclopedia and the pages written for the purpose go through the stage, and
 * what it says of the pages labelled by hand is compared with the labels (gold/README.md).
 * Every third page is kept back: it is measured apart, and its mistakes are never shown.
 *
 * Departure from a user's run: every place of a relation is kept, so that none of a gold page is crowded out.
 */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../src/base/errors.ts";
import { discoveredGraph } from "../discovered-graph.ts";
import { readGold } from "./gold.ts";
import { renderMistakes, renderScore, scoreForJson } from "./render.ts";
import { scoreGraph } from "./score.ts";

const HELP = `npm run bench -- discover [flags]
  --errors [FILE]   every mistake with its quote, printed or written to a file; none of the pages kept back
  --json            the figures as one object on the last line`;

const GOLD = resolve(import.meta.dirname, "gold");
const SAMPLES = resolve(import.meta.dirname, "../../samples/encyclopedia/pages");

/** Reads the pages, prints how well they were read, and one line of JSON where asked. @throws UsageError for flags. */
export async function measureDiscover(args: readonly string[]): Promise<void> {
  const { errors, json, help, file } = readFlags(args);
  if (help) {
    console.log(HELP);
    return;
  }
  const folders = [join(GOLD, "pages"), SAMPLES];
  const gold = await readGold(GOLD, folders);
  const graph = await discoveredGraph({ source: folders, maxEvidence: 1_000_000 });
  const score = scoreGraph(graph, gold);
  const held = scoreGraph(
    graph,
    gold.filter(({ isHeld }) => isHeld),
  );
  const { mistakes } = scoreGraph(
    graph,
    gold.filter(({ isHeld }) => !isHeld),
  );
  console.log(renderScore(score, held));
  if (file !== undefined) await writeFile(file, renderMistakes(mistakes));
  else if (errors) console.log(`\n${renderMistakes(mistakes)}`);
  if (json) console.log(JSON.stringify({ all: scoreForJson(score), held: scoreForJson(held) }));
}

function readFlags(args: readonly string[]): {
  errors: boolean;
  json: boolean;
  help: boolean;
  file?: string;
} {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { errors: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean" } },
      allowPositionals: true,
    });
    const [file, surplus] = positionals;
    if (surplus !== undefined || (file !== undefined && values.errors !== true))
      throw new UsageError(`"${surplus ?? file}" is not expected`);
    return {
      errors: values.errors === true,
      json: values.json === true,
      help: values.help === true,
      ...(file === undefined ? {} : { file }),
    };
  } catch (error) {
    throw new UsageError(`bench discover: ${messageOf(error)}\n${HELP}`, { cause: error });
  }
}
