// Any model opened the same way: a folder of this machine keeps its replies under its weights.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../src/base/log.ts";
import { startEngine } from "../src/engine/client.ts";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { openPurse } from "../src/models/budget.ts";
import { checkModel, openLocal, openModel, openPurseOf } from "../src/models/open-model.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";

const folder = mkdtempSync(join(tmpdir(), "fleming-open-model-"));
const path = join(folder, "model");
const kept = join(folder, "kept");
const engine = engineSection.parse({ threads: 1, memoryGb: 1 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function makeModel(seed: number): Promise<void> {
  const pairs = trainBytePairs(["fever and cough suggest influenza"], 270);
  await writeTokenizer(path, pairs, { lowercase: true, maxLength: 48 });
  const { vocabularySize: vocabSize } = await openTokenizer(path);
  await using fresh = await startEngine({ threads: 1 });
  const config = tinyConfig({
    vocabSize,
    hiddenSize: 16,
    intermediateSize: 32,
    headDim: 8,
    maxPositionEmbeddings: 48,
  });
  await fresh.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, seed);
  await fresh.save(path);
}
beforeAll(() => makeModel(1));

const options = {
  name: "teacher",
  folder: kept,
  purse: openPurse(),
  budget: "coldstart.budget",
  log: silentLog,
};
const requests = ["fever", "cough", "fever and cough"].map((prompt, i) => ({
  id: `r${i}`,
  prompt,
  maxTokens: 8,
  temperature: 1,
  seed: i,
}));
const lines = (): number => readFileSync(join(kept, "replies.jsonl"), "utf8").trimEnd().split("\n").length;

test("replies of a model folder are kept, and asked for again when its weights change", async () => {
  const open = () => openModel({ path }, "coldstart.teacher", engine, options);
  let first: readonly unknown[];
  {
    await using model = await open();
    expect(model.sampler.unkept(requests)).toHaveLength(3);
    first = await model.sampler.answer(requests);
  }
  {
    await using model = await open();
    expect(model.sampler.unkept(requests)).toHaveLength(0);
    expect(await model.sampler.answer(requests)).toEqual(first);
  }
  expect(lines()).toBe(3);
  const purse = await openPurseOf({ requests: 4 }, [{ folder: kept }]);
  expect(purse.spent().requests).toBe(3);
  await makeModel(2);
  {
    await using model = await open();
    expect(model.sampler.unkept(requests)).toHaveLength(3);
  }
}, 30_000);

test("a .gguf file that cannot be read is told with what could read it; a path that is nothing is told at once", async () => {
  const file = join(folder, "odd.gguf");
  writeFileSync(file, "no model");
  await expect(openLocal(file, "teacher", engine, silentLog)).rejects.toThrow(/node-llama-cpp/u);
  const none = { name: "coldstart.budget", limits: undefined };
  expect(() => checkModel({ path: join(folder, "nowhere") }, "coldstart.teacher", none)).toThrow(
    /^coldstart\.teacher: .*nowhere: no model folder/u,
  );
});
