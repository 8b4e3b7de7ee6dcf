/**
 * Sampling: tokens a second by the number of completions asked for together, beside transformers' `generate`.
 *
 * Eight completions share a prompt where there are eight. Each batch is run to full length and, where there are
 * several, ending at stop tokens, where only tokens up to the end count. The weights are fresh, so any token is about as likely as another: one in
 * 32 is made a stop token, and a completion has 32 tokens on average unless it is cut.
 */
import { join } from "node:path";
import { seededRandom } from "../../src/base/random.ts";
import type { Engine, GenerateRequest } from "../../src/engine/client.ts";
import { writeModel } from "./models.ts";
import { drawRows, small } from "./shapes.ts";
import { type Bench, ownSide, pythonSide } from "./sides.ts";
import { memoryRow, type Row, takeTurns } from "./turns.ts";

const GROUP = 8;

/** Two rows for each batch and the memory of all. */
export async function benchRollouts(bench: Bench): Promise<Row[]> {
  const { threads, rounds, quick, scratch, progress } = bench;
  const part = "rollouts";
  const batches = quick ? [1, 16] : [1, 16, 64, 256];
  const newTokens = quick ? 16 : 64;
  const random = seededRandom(2, "bench");
  // Prompts of one length, which spares transformers the padding.
  const prompts = drawRows(random, Math.ceil(batches.at(-1)! / GROUP), 52, small.config).flatMap((prompt) =>
    Array.from({ length: GROUP }, () => prompt),
  );
  const stopTokens = Array.from({ length: small.config.vocabSize / 32 }, (_, i) => 32 * i + 5);
  const model = join(scratch, "rollouts");
  await writeModel(model, small.config, threads);
  let seed = 0;
  const sample = async (engine: Engine, count: number, stop: readonly number[]): Promise<number> => {
    const requests = prompts.slice(0, count).map(
      (prompt): GenerateRequest => ({
        prompt,
        maxTokens: newTokens,
        temperature: 1,
        seed: seed++,
        stopTokens: stop,
      }),
    );
    const generations = await engine.generate(requests);
    return generations.reduce((sum, { tokens }) => sum + tokens.length, 0);
  };
  const sides = [
    await ownSide(threads, model, (engine) =>
      Object.fromEntries(
        batches.flatMap((count) => [
          [`full ${count}`, () => sample(engine, count, [])],
          [`ending ${count}`, () => sample(engine, count, stopTokens)],
        ]),
      ),
    ),
    await pythonSide(bench, "transformers", "torch_side.py", {
      model,
      threads,
      prompts,
      newTokens,
      stopTokens,
    }),
  ];
  const rows: Row[] = [];
  for (const count of batches) {
    for (const [work, label] of [
      ["full", "full length"],
      ["ending", "ending"],
    ] as const) {
      // One completion alone ends nobody's waiting; how long it happens to be would be all that is measured.
      if (work === "ending" && count === 1) continue;
      const what = `${small.name}, ${count} at once, ${label}`;
      progress(`${part}, ${what}`);
      const figures = await takeTurns(sides, `${work} ${count}`, rounds);
      rows.push({ part, what, unit: "tokens/s", figures });
    }
  }
  rows.push(await memoryRow(part, `${small.name}, all of these`, sides));
  for (const side of sides) if ("run" in side) await side.close();
  return rows;
}
