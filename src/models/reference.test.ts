// Two real engines: one samples and is trained, the other keeps scoring as the first one did in the beginning.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEngine } from "../engine/client.ts";
import { tinyConfig } from "../engine/fixtures/tiny-config.ts";
import { engineSection } from "../recipe/sections/engine.ts";
import type { Group } from "../records/rollout.ts";
import { openReference } from "./reference.ts";

const config = tinyConfig({ vocabSize: 40, numHiddenLayers: 2, maxPositionEmbeddings: 64, eosTokenIds: [1] });
const step = { lr: 1e-2, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 1 };

test("the reference scores replies as the policy did that it was opened from, also after that one has moved", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-reference-"));
  await using policy = await startEngine({ threads: 1 });
  await policy.create(config, { embeddingStd: 0.3, outputScale: 0.2 }, 3);
  await policy.save(folder);
  const prompts = [
    [3, 4, 5],
    [7, 8, 9, 10, 11, 12, 13, 14, 15],
  ];
  const groups = await Promise.all(
    prompts.map(async (prompt, q): Promise<Group> => {
      const requests = [4, 9, 1].map((maxTokens, i) => ({
        prompt,
        maxTokens,
        temperature: 1,
        seed: `${q}/${i}`,
        stopTokens: [1],
      }));
      const rollouts = (await policy.generate(requests)).map((generation) => ({
        ...generation,
        question: String(q),
        policyVersion: 0,
        prompt,
        reply: "",
        reward: { correct: 0, format: 0, total: 0, checks: [] },
      }));
      return { question: String(q), rollouts, advantages: [0, 0, 0] };
    }),
  );
  {
    await using reference = await openReference(folder, engineSection.parse({ threads: 1 }));
    const tokens = [3, 4, 5, 6, 7, 8, 9];
    await policy.train([{ tokens, weights: tokens.map(() => 1) }], step);
    const found = await reference.score(groups);
    for (const [g, { rollouts }] of groups.entries())
      for (const [i, { logProbs }] of rollouts.entries()) {
        expect(found[g]![i]).toHaveLength(logProbs.length);
        for (const [t, value] of logProbs.entries()) expect(found[g]![i]![t]).toBeCloseTo(value, 4);
      }
    expect(await reference.score([])).toEqual([]);
  }
  await expect(openReference(join(folder, "nowhere"), engineSection.parse({}))).rejects.toThrow(
    /not a model folder/,
  );
  await rm(folder, { recursive: true });
});
