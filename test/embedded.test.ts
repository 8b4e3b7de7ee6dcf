// The engine as a sampler: prompts that leave no room, texts that end a reply, replies as they are printed; and what an
// adapter calls its base.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replyPrinter } from "../src/cli/ask.ts";
import { startEngine } from "../src/engine/client.ts";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import {
  baseName,
  type EmbeddedModel,
  embeddedSampler,
  openEmbedded,
  stopListener,
} from "../src/models/embedded.ts";
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
  const config = tinyConfig({
    vocabSize: tokenizer.vocabularySize,
    hiddenSize: 16,
    intermediateSize: 32,
    headDim: 8,
    maxPositionEmbeddings: 48,
  });
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

test("a reply is told when it ends, and not when all of its batch have", async () => {
  const requests = [20, 3, 8].map((maxTokens, i) => ({
    ...ask(`r${i}`, "fever and"),
    maxTokens,
    temperature: 1,
    seed: i,
  }));
  const told: unknown[] = [];
  const replies = await embeddedSampler(model, "tiny").answer(requests, {
    onReply: (reply) => void told.push(reply),
  });
  expect(told).toHaveLength(3);
  expect([...replies].sort((a, b) => a.tokens - b.tokens)).toEqual(told);
  expect(await embeddedSampler(model, "tiny").answer(requests)).toEqual(replies);
  const prompt = model.tokenizer.encode(model.tokenizer.renderChat([{ role: "user", content: "fever and" }]));
  expect(replies.map(({ promptTokens }) => promptTokens)).toEqual([1, 1, 1].map(() => prompt.length));
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

test("a stop text of characters that are several tokens each is found", () => {
  const { tokenizer } = model;
  const mark = "咳嗽和发热提示流感";
  const tokens = tokenizer.encode(`fever ${mark}`);
  expect(tokens.length).toBeGreaterThan(mark.length + 8);
  const listen = stopListener(tokenizer, [["§", mark]])!;
  expect(tokens.map((token) => listen(0, token) === true)).toEqual(
    tokens.map((_, at) => at === tokens.length - 1),
  );
});

test("an empty stop text is refused", async () => {
  const asked = { ...ask("q7", "fever"), stop: ["."] };
  await expect(embeddedSampler(model, "tiny").answer([asked, { ...asked, stop: [".", ""] }])).rejects.toThrow(
    'tiny: request "q7" has an empty stop text',
  );
});

test("a reply that grows by bytes is printed by characters, and at its end whatever it holds", () => {
  const { tokenizer } = model;
  const reply = "<think>发热 → flu</think><answer>流感, p < 5 \u{1f912}</answer> \ufffd";
  const pieces: string[] = [];
  const printer = replyPrinter({ write: (text) => void pieces.push(text) });
  const tokens = tokenizer.encode(reply);
  for (const [at] of tokens.entries()) printer.show(tokenizer.decode(tokens.slice(0, at + 1)));
  expect(pieces.join("")).toBe("Thinking\n  发热 → flu\n\nAnswer\n  流感, p < 5 \u{1f912}");
  printer.finish(reply);
  expect(pieces.join("")).toBe("Thinking\n  发热 → flu\n\nAnswer\n  流感, p < 5 \u{1f912} \ufffd\n");
  const half = replyPrinter({ write: (text) => void pieces.push(text) });
  pieces.length = 0;
  half.show("p <");
  half.finish("p < 5");
  expect(pieces.join("")).toBe("Answer\n  p < 5\n");
});

test("an adapter's base is named by its place in the run, wherever the run lies", () => {
  const run = join(folder, "scratch", "run");
  mkdirSync(run, { recursive: true });
  expect(baseName(join(run, "coldstart/model"))).toBe("coldstart/model");
  writeFileSync(join(run, "run.json"), "{}");
  expect(baseName(join(run, "coldstart/model"))).toBe("coldstart/model");
  expect(baseName(join(run, "reinforce/stage1/model"))).toBe("reinforce/stage1/model");
  expect(baseName(join(run, "scratch/reinforce/stage1/model"))).toBe("reinforce/stage1/model");
});
