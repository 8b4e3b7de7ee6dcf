// A base model from the Hub: fetched, run through the pretrain stage, opened, and ended by each of its end tokens.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { silentLog } from "../src/base/log.ts";
import type { StageContext } from "../src/base/stage.ts";
import { startEngine } from "../src/engine/client.ts";
import { openEmbedded } from "../src/models/embedded.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { type PretrainSettings, runPretrain } from "../src/pretrain/pretrain.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";
import { pretrainSection } from "../src/recipe/sections/pretrain.ts";
import { startFakeHub } from "./hub-server.ts";

const root = mkdtempSync(join(tmpdir(), "fleming-base-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

test("a model of the Hub becomes the base model of a run, as files and with all its end tokens", async () => {
  const made = mkdtempSync(join(root, "made-"));
  await writeTokenizer(made, trainBytePairs(["fever and cough"], 262), { lowercase: true, maxLength: 64 });
  const { vocabularySize: vocabSize, endToken } = await openTokenizer(made);
  {
    await using engine = await startEngine({ threads: 1 });
    const config = {
      architecture: "qwen3" as const,
      vocabSize,
      hiddenSize: 16,
      intermediateSize: 24,
      numHiddenLayers: 2,
      numAttentionHeads: 2,
      numKeyValueHeads: 1,
      headDim: 8,
      maxPositionEmbeddings: 64,
      ropeTheta: 10000,
      rmsNormEps: 1e-6,
      tieWordEmbeddings: true,
      eosTokenIds: [endToken],
    };
    await engine.create(config, { embeddingStd: 0.1, outputScale: 1 }, 5);
    await engine.save(made, { dtype: "BF16", shardBytes: 8000 });
  }
  const other = (endToken + 1) % vocabSize;
  writeFileSync(join(made, "generation_config.json"), JSON.stringify({ eos_token_id: [endToken, other] }));

  await using hub = await startFakeHub();
  const commit = "a".repeat(40);
  const files = Object.fromEntries(readdirSync(made).map((name) => [name, readFileSync(join(made, name))]));
  hub.repositories.set("acme/tiny", { commit, revisions: ["main"], files });
  vi.stubEnv("HF_ENDPOINT", hub.endpoint);
  vi.stubEnv("HF_HOME", join(root, "home"));

  const folder = mkdtempSync(join(root, "stage-"));
  const engine = engineSection.parse({ threads: 1 });
  const settings: PretrainSettings = { ...pretrainSection.parse({ base: "hf:acme/tiny" }), engine };
  const said: string[] = [];
  const log = { ...silentLog, info: (text: string) => void said.push(text) };
  const context = { settings, folder, log } as StageContext<PretrainSettings>;
  const { parameters } = await runPretrain(context);
  expect(parameters).toBeGreaterThan(vocabSize * 16);
  expect(said).toEqual([`hf:acme/tiny at commit ${commit}`]);
  expect(JSON.parse(readFileSync(join(folder, "base.json"), "utf8"))).toEqual({
    base: "hf:acme/tiny",
    commit,
  });
  const model = join(folder, "model");
  expect(readdirSync(model).sort()).toEqual(readdirSync(made).sort());
  expect(readdirSync(model).every((name) => lstatSync(join(model, name)).isFile())).toBe(true);

  await using opened = await openEmbedded(model, engine);
  expect(opened.stopTokens).toEqual([endToken, other]);
  const prompt = [1, 2, 3];
  const free = { prompt, maxTokens: 20, temperature: 1, seed: "a", stopTokens: [] };
  const [whole] = await opened.engine.generate([free]);
  const third = whole!.tokens[2]!;
  const [cut] = await opened.engine.generate([{ ...free, stopTokens: [endToken, third] }]);
  expect(cut!.finish).toBe("stop");
  expect(cut!.tokens.length).toBeLessThanOrEqual(3);
});
