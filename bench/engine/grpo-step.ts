/**
 * A whole step of reinforcement: sample groups of completions, reward them, update once, beside TRL's trainer with
 * the same model, prompts, group, lengths and reward.
 *
 * TRL's loss is `dr_grpo` with advantages r − mean(r), which is Eq. 1 and 2 but for a constant.
 */
import { join } from "node:path";
import { seededRandom } from "../../src/base/random.ts";
import type { Engine } from "../../src/engine/client.ts";
import { groupOf, objective } from "../../src/reinforce/grpo.ts";
import { writeModel } from "./models.ts";
import { drawRows, small, update } from "./shapes.ts";
import { type Bench, ownSide, pythonSide } from "./sides.ts";
import { memoryRow, type Row, takeTurns } from "./turns.ts";

const GROUP = 8;
/** The paper's loss. */
const equationOne = { lossNorm: "sequenceSum", maxTokens: 64, kl: 0, groupsWithoutSpread: "count" } as const;
/** The token that TRL's tokenizer ends a text with; at fresh weights hardly a completion meets it. */
const END = 1;

/** Steps a minute and the memory of both. */
export async function benchGrpoStep(bench: Bench): Promise<Row[]> {
  const { threads, rounds, quick, scratch, progress } = bench;
  const part = "GRPO step";
  const newTokens = quick ? 16 : 64;
  const prompts = drawRows(seededRandom(3, "bench"), quick ? 2 : 8, 52, small.config);
  const what = `${small.name}, ${prompts.length} × ${GROUP} rollouts of ${newTokens}`;
  progress(`${part}, ${what}`);
  const model = join(scratch, "grpo");
  await writeModel(model, small.config, threads);
  let step = 0;
  const sides = [
    await ownSide(threads, model, (engine) => ({
      step: async () => {
        await grpoStep(engine, prompts, newTokens, step++);
        return 1;
      },
    })),
    await pythonSide(bench, "TRL", "trl_side.py", {
      model,
      threads,
      prompts,
      group: GROUP,
      newTokens,
      update,
    }),
  ];
  const figures = await takeTurns(sides, "step", rounds);
  const speed: Row = { part, what, unit: "steps/s", figures };
  const memory = await memoryRow(part, what, sides);
  for (const side of sides) if ("run" in side) await side.close();
  return [speed, memory];
}

async function grpoStep(
  engine: Engine,
  prompts: readonly (readonly number[])[],
  newTokens: number,
  step: number,
): Promise<void> {
  const requests = prompts.flatMap((prompt, p) =>
    Array.from({ length: GROUP }, (_, i) => ({
      prompt,
      maxTokens: newTokens,
      temperature: 1,
      seed: `${step}/${p}/${i}`,
      stopTokens: [END],
    })),
  );
  const generations = await engine.generate(requests);
  const rollouts = generations.map((generation, i) => ({
    ...generation,
    question: String(Math.floor(i / GROUP)),
    policyVersion: step,
    prompt: requests[i]!.prompt,
    reply: "",
    reward: { correct: 0, format: 0, total: rewardOf(generation.tokens), checks: [] },
  }));
  const groups = prompts.map((_, p) =>
    groupOf(String(p), rollouts.slice(p * GROUP, (p + 1) * GROUP), "mean"),
  );
  await engine.train(objective(groups, equationOne), update);
}

/** Something that depends on the tokens and costs nothing; trl_side.py has the same. */
function rewardOf(tokens: readonly number[]): number {
  return (tokens.reduce((sum, token) => sum + token, 0) % 11) / 10;
}
