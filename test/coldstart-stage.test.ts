// The whole stage with a language model behind a server as its teacher: nothing is learned while replies are missing,
// and a policy comes of it when they are there.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import { loadJsonl, writeJsonl } from "../src/base/jsonl.ts";
import { silentLog } from "../src/base/log.ts";
import { openRun } from "../src/base/run-folder.ts";
import { runStage } from "../src/base/run-stage.ts";
import type { StageContext } from "../src/base/stage.ts";
import { runColdstart } from "../src/coldstart/coldstart.ts";
import { startEngine } from "../src/engine/client.ts";
import { tinyConfig } from "../src/engine/fixtures/tiny-config.ts";
import { clinicGraph } from "../src/graph/fixtures/clinic.ts";
import { writeGraph } from "../src/graph/store.ts";
import { openTokenizer } from "../src/models/tokenizer.ts";
import { trainBytePairs } from "../src/pretrain/bpe.ts";
import { writeTokenizer } from "../src/pretrain/tokenizer-files.ts";
import { coldstartSection } from "../src/recipe/sections/coldstart.ts";
import { engineSection } from "../src/recipe/sections/engine.ts";
import { curatedQuestion } from "../src/records/fixtures/curated-question.ts";
import { trajectorySchema } from "../src/records/trajectory.ts";
import { lastTurn, startFakeEndpoint } from "./openai-server.ts";

const run = mkdtempSync(join(tmpdir(), "fleming-coldstart-stage-"));
afterAll(() => rmSync(run, { recursive: true, force: true }));

const questions = Array.from({ length: 4 }, (_, i) =>
  curatedQuestion({
    stem: `A patient, number ${i}, has joint pain and tophus. Which drug is used?`,
    options: ["heparin", "colchicine"],
    gold: "B",
    row: i,
  }),
);

beforeAll(async () => {
  const graph = clinicGraph();
  await writeGraph(join(run, "discover"), graph.entities.values(), graph.relations.values());
  await mkdir(join(run, "refine"), { recursive: true });
  await writeJsonl(join(run, "refine/train.jsonl"), questions);
  const model = join(run, "pretrain/model");
  await writeTokenizer(model, trainBytePairs(["fever and cough"], 270), { lowercase: true, maxLength: 1024 });
  const { vocabularySize: vocabSize } = await openTokenizer(model);
  await using engine = await startEngine({ threads: 1 });
  const config = tinyConfig({
    vocabSize,
    hiddenSize: 8,
    intermediateSize: 16,
    numAttentionHeads: 1,
    headDim: 8,
    maxPositionEmbeddings: 1024,
  });
  await engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, 1);
  await engine.save(model);
});

test("where no trajectory passes the error counts why, and names a file that has each reason", async () => {
  await using server = await startFakeEndpoint((body) =>
    lastTurn(body).includes("number 0")
      ? ""
      : "Joint pain may have many causes, so much is sure.\n<answer>A</answer>",
  );
  const section = coldstartSection.parse({
    pathShare: 1,
    selection: { samples: 1, mode: "passAtK" },
    teacher: { url: server.url, name: "tiny-clinician", keyVariable: "FLEMING_TEST_NO_KEY" },
  });
  const settings = {
    ...section,
    engine: engineSection.parse({ threads: 1, memoryGb: 1 }),
    world: "open" as const,
  };
  const folder = await openRun(join(run, "none"), { recipe: "none", seed: 1, version: "0", settings: {} });
  const at = (stage: string): string => join(run, stage);
  const stage = {
    name: "coldstart",
    settings,
    run: (context: StageContext<typeof settings>) => runColdstart({ ...context, input: at }),
    reads: [],
    outside: {},
    code: "code",
  };
  const error = await runStage(folder, stage, silentLog, new AbortController().signal).catch(
    (one: Error) => one,
  );
  await folder[Symbol.asyncDispose]();
  const message = String((error as Error).message);
  expect(message).toContain("no trajectory passed: 3 wrong, 1 empty (of 4 questions)");
  const file = /; (\S+rejects\.jsonl) has the reason of each/u.exec(message)![1]!;
  const rejects = readFileSync(file, "utf8").trim().split("\n");
  expect(rejects).toHaveLength(4);
  expect(rejects[0]).toContain("free replies right");
}, 30_000);

test("the stage waits for missing replies before it learns, and then learns what was kept", async () => {
  await using server = await startFakeEndpoint((body) => {
    const i = /number (\d)/u.exec(lastTurn(body))![1];
    return `Joint pain with tophus suggests gout in patient ${i}. It may be treated with colchicine.\n<answer>B</answer>`;
  });
  const settings = (budget: object) => ({
    ...coldstartSection.parse({
      pathShare: 1,
      passes: 1,
      batch: 4,
      heldOutShare: 0,
      selection: { samples: 2 },
      teacher: { url: server.url, name: "tiny-clinician", keyVariable: "FLEMING_TEST_NO_KEY" },
      ...budget,
    }),
    engine: engineSection.parse({ threads: 1, memoryGb: 1 }),
    world: "open" as const,
  });
  let early = 0;
  const poor = stageContext(run, settings({ budget: { requests: 5 } }), { unfinished: () => void early++ });
  expect(await runColdstart(poor)).toMatchObject({ questions: 4, missing: 2, trajectories: 2 });
  expect(early).toBe(1);
  expect(existsSync(join(poor.folder, "model"))).toBe(false);
  expect(await loadJsonl(join(poor.folder, "trajectories.jsonl"), trajectorySchema)).toHaveLength(2);

  const rich = stageContext(run, settings({}), { unfinished: () => void early++ });
  const counts = await runColdstart(rich);
  expect(early).toBe(1);
  expect(server.asked).toHaveLength(8);
  expect(counts).toMatchObject({ questions: 4, replies: 8, trajectories: 4, passAt1: 1, steps: 1 });
  expect(existsSync(join(rich.folder, "model/model.safetensors"))).toBe(true);
  const trajectories = await loadJsonl(join(rich.folder, "trajectories.jsonl"), trajectorySchema);
  expect(trajectories.map(({ method, labelConditioned }) => [method, labelConditioned])).toEqual(
    Array.from({ length: 4 }, () => ["passAtK", false]),
  );
}, 30_000);
