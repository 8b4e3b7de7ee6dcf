// The engine as a sampler: prompts that leave no room, and texts that end a reply.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEngine } from "../src/engine/client.ts";
import { type EmbeddedModel, embeddedSampler, openEmbedded } from "../src/models/embedded.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-embedded-"));
afterAll(async () => {
  await model?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
const ask = (id: string, prompt: string) => ({ id, prompt, maxTokens: 8, temperature: 0, seed: 1 });

let model: EmbeddedModel;
beforeAll(async () => {
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
  model = await openEmbedded(folder, { threads: 1, memoryGb: 1, recompute: false });
});

test("a prompt beyond the context counts as cut off, others are answered", async () => {
  const replies = await embeddedSampler(model, "tiny").answer([
    ask("long", "fever and cough ".repeat(30)),
    ask("short", "fever"),
  ]);
  expect(replies[0]).toEqual({ id: "long", text: "", finish: "length", tokens: 0 });
  expect(replies[1]).toMatchObject({ id: "short" });
  expect(replies[1]!.tokens).toBeGreaterThan(0);
});

test("a stop text ends the reply before it, for the request that names it", async () => {
  const sampler = embeddedSampler(model, "tiny");
  const drawn = (id: string) => ({ ...ask(id, "fever"), temperature: 1, maxTokens: 24 });
  const [whole] = await sampler.answer([drawn("whole")]);
  const mark = whole!.text.slice(3, 5);
  expect(mark.length).toBe(2);
  const [cut, free] = await sampler.answer([{ ...drawn("cut"), stop: ["§", mark] }, drawn("free")]);
  expect(cut!.text).toBe(whole!.text.slice(0, whole!.text.indexOf(mark)).trim());
  expect(cut!.finish).toBe("stop");
  expect(cut!.tokens).toBeLessThan(whole!.tokens);
  expect({ ...free, id: "" }).toEqual({ ...whole, id: "" });
});
