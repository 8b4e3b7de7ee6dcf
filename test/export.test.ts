// A model through `fleming export`: folder to GGUF file to folder, with its tokenizer, and the mistakes one can make.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../src/base/log.ts";
import { startEngine } from "../src/engine/client.ts";
import { exportFolder, exportGguf } from "../src/engine/export.ts";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { modelPath } from "../src/models/model-path.ts";
import { copyTokenizer, openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { fleming } from "./program.ts";

const root = mkdtempSync(join(tmpdir(), "fleming-export-"));
afterAll(() => rmSync(root, { recursive: true }));
const [folder, file, again] = [join(root, "run/pretrain/model"), join(root, "m.gguf"), join(root, "again")];

beforeAll(async () => {
  const pairs = trainBytePairs(["What is it?\nA. fever\nB. cough\nWhat is it?\nA. cough\nB. fever"], 270);
  await writeTokenizer(folder, pairs, { lowercase: true, maxLength: 48 });
  const tokenizer = await openTokenizer(folder);
  await using engine = await startEngine({ threads: 1 });
  const config = tinyConfig({
    architecture: "llama",
    vocabSize: tokenizer.vocabularySize,
    maxPositionEmbeddings: 48,
    eosTokenIds: [tokenizer.endToken],
    padTokenId: tokenizer.boundaryToken,
  });
  await engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, 1);
  await engine.save(folder);
});

const contents = (path: string, name: string): string => readFileSync(join(path, name), "latin1");

test("the newest model of a run becomes a file, and the file the same folder", async () => {
  const written = await fleming(["export", "gguf", "--model", join(root, "run"), "--out", file]);
  expect(written.stderr).toContain('the nearest, "qwen2", is named');
  expect([written.code, written.stdout]).toEqual([0, `${folder} → ${file} (gguf, f32)\n`]);
  const back = await fleming(["export", "hf", "--model", file, "--out", again, "--json"]);
  expect(back.code).toBe(0);
  expect(JSON.parse(back.stdout)).toEqual({ form: "hf", type: "f32", model: file, out: again, notes: [] });
  expect(contents(again, "model.safetensors") === contents(folder, "model.safetensors")).toBe(true);
  expect(contents(again, "tokenizer.json")).toBe(contents(folder, "tokenizer.json"));
  const text = "What is it?\nA. Fever\nB. cough<|end|>";
  expect((await openTokenizer(file)).encode(text)).toEqual((await openTokenizer(folder)).encode(text));
});

test("a file is known by its ending in any case", async () => {
  const upper = join(root, "M.GGUF");
  cpSync(file, upper);
  expect(await modelPath(upper, silentLog, "--model")).toBe(upper);
});

test("rows that q8_0 cannot hold are told", async () => {
  const args = ["export", "gguf", "--model", folder, "--out", join(root, "q.gguf"), "--type", "q8_0"];
  const { code, stderr } = await fleming(args);
  expect(code).toBe(0);
  expect(stderr).toContain(
    "1 of the weights, blk.0.ffn_down.weight first, have rows that no multiple of 32 fills, and are f16",
  );
});

test("a template of its own that an older model left does not outlive it", async () => {
  writeFileSync(join(again, "chat_template.jinja"), "{{ old }}");
  await copyTokenizer(folder, again);
  expect(existsSync(join(again, "chat_template.jinja"))).toBe(false);
  writeFileSync(join(again, "chat_template.jinja"), "{{ old }}");
  await copyTokenizer(file, again);
  expect(existsSync(join(again, "chat_template.jinja"))).toBe(false);
});

test("what loading refuses is refused, with the same words and before anything is written", async () => {
  const odd = join(root, "odd");
  cpSync(folder, odd, { recursive: true });
  // Bytes 8 on are the header, which grows by one tensor of no length.
  const weights = readFileSync(join(odd, "model.safetensors"));
  const length = Number(weights.readBigUInt64LE(0));
  const header = JSON.parse(weights.subarray(8, 8 + length).toString());
  const end = weights.length - 8 - length;
  const more = {
    "model.layers.0.mlp.gate_proj.g_idx": { dtype: "F32", shape: [0], data_offsets: [end, end] },
  };
  const text = Buffer.from(JSON.stringify({ ...header, ...more }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(join(odd, "model.safetensors"), Buffer.concat([size, text, weights.subarray(8 + length)]));
  const [out, why] = [join(root, "never"), '"model.layers.0.mlp.gate_proj.g_idx" (F32) has no place'];
  const settings = { type: "F32", name: "odd", entries: [] } as const;
  await expect(exportGguf(odd, `${out}.gguf`, settings)).rejects.toThrow(why);
  await expect(exportFolder(odd, out, {})).rejects.toThrow(why);
  await using engine = await startEngine({ threads: 1 });
  await expect(engine.load(odd)).rejects.toThrow(why);
  expect([existsSync(out), existsSync(`${out}.gguf`)]).toEqual([false, false]);
});

test("a config.json that asks for more than any memory is told from the files' shapes", async () => {
  const odd = join(root, "huge");
  cpSync(folder, odd, { recursive: true });
  const config = JSON.parse(contents(odd, "config.json"));
  writeFileSync(join(odd, "config.json"), JSON.stringify({ ...config, vocab_size: 2 ** 31 - 1 }));
  await expect(exportFolder(odd, join(root, "never"), {})).rejects.toThrow(
    `"model.embed_tokens.weight" is [${config.vocab_size}, 32]; config.json makes it [${2 ** 31 - 1}, 32]`,
  );
});

test.each([
  [["gguf", "--out", "m.bin"], "a file is written; its name has to end in .gguf"],
  [["hf", "--out", "m.gguf"], "a folder is written; its name cannot end in .gguf"],
  [["hf", "--out", "x", "--type", "q8_0"], "--type q8_0: expected one of f32, bf16"],
  [["onnx", "--out", "x"], 'export "onnx": expected hf (a model folder), gguf (one file), dataset'],
  [["hf", "--out", folder], "this is the model itself; give another path"],
])("export %j is one clear error", async (args, message) => {
  const { code, stderr } = await fleming(["export", ...args, "--model", folder]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
