// A prompt that leaves no room for a reply is answered as cut off, and its neighbours are answered all the same.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startEngine } from "../src/engine/client.ts";
import { embeddedSampler, openEmbedded } from "../src/models/embedded.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-embedded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a prompt beyond the context counts as cut off, others are answered", async () => {
  const pairs = trainBytePairs(["fever and cough suggest influenza"], 270);
  await writeTokenizer(folder, pairs, { lowercase: true, maxLength: 48 });
  const tokenizer = await openTokenizer(folder);
  await using engine = await startEngine({ threads: 1 });
  const config = {
    architecture: "qwen2" as const,
    vocabSize: tokenizer.vocabularySize,
    hiddenSize: 16,
    intermediateSize: 32,
    numHiddenLayers: 1,
    numAttentionHeads: 2,
    numKeyValueHeads: 1,
    headDim: 8,
    maxPositionEmbeddings: 48,
    ropeTheta: 10000,
    rmsNormEps: 1e-6,
    tieWordEmbeddings: true,
  };
  await engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, 1);
  await engine.save(folder);
  await using model = await openEmbedded(folder, { threads: 1, memoryGb: 1 });
  const ask = (id: string, prompt: string) => ({ id, prompt, maxTokens: 8, temperature: 0, seed: 1 });
  const replies = await embeddedSampler(model, "tiny").answer([
    ask("long", "fever and cough ".repeat(30)),
    ask("short", "fever"),
  ]);
  expect(replies[0]).toEqual({ id: "long", text: "", finish: "length", tokens: 0 });
  expect(replies[1]).toMatchObject({ id: "short" });
  expect(replies[1]!.tokens).toBeGreaterThan(0);
});
