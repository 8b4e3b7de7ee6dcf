// A real engine of one layer on thirty short examples: killed at many places and resumed, against one run in one go.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { hashFile, listFiles } from "../base/hash.ts";
import { silentLog } from "../base/log.ts";
import { appendMetric, readMetrics, rewindMetrics } from "../base/metrics.ts";
import { seededRandom } from "../base/random.ts";
import type { StageContext } from "../base/stage.ts";
import { startEngine } from "../engine/client.ts";
import { tinyConfig } from "../engine/fixtures/tiny-config.ts";
import { openEmbedded, openForTraining, saveTrained, scoreContinuations } from "../models/embedded.ts";
import { writeByteTokenizer } from "../models/fixtures/byte-tokenizer.ts";
import { batchOrder, splitHeldOut, supervisedBatch } from "../models/supervised.ts";
import { openTokenizer } from "../models/tokenizer.ts";
import { runSeries } from "../models/training-loop.ts";
import { coldstartSection } from "../recipe/sections/coldstart.ts";
import { engineSection } from "../recipe/sections/engine.ts";
import { fineTune, type QuestionExample } from "./fine-tune.ts";

const root = mkdtempSync(join(tmpdir(), "fleming-fine-tune-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const base = join(root, "base");
const words = ["fever", "cough", "rash", "pain", "gout", "asthma", "insulin", "heparin", "aspirin", "rest"];
const random = seededRandom(3, "examples");
const seed = 5;
const plain: QuestionExample[] = Array.from({ length: 30 }, (_, at) => ({
  question: `q-${at}`,
  path: `path ${Math.floor(at / 3)}`,
  prompt: `${random.pick(words)}, ${random.pick(words)}?`,
  reply: "<think>aaaa</think><answer>a</answer>",
}));
const split = (examples: readonly QuestionExample[]) =>
  splitHeldOut(examples, ({ path }) => path!, 0.1, seededRandom(seed, "coldstart", "heldOut"));
const aside = new Set(split(plain).heldOut.map(({ path }) => path));
/** What is held out is only half foretold by the rest: the surer the model, the higher its loss there. */
const examples = plain.map((example) =>
  aside.has(example.path) ? { ...example, reply: "<think>abab</think><answer>b</answer>" } : example,
);
// 27 learned in batches of 9, 8 times: 24 steps.
const section = {
  passes: 8,
  batch: 9,
  heldOutShare: 0.1,
  heldOutEvery: 3,
  saveEvery: 5,
  optimizer: { lr: 0.03, warmupSteps: 2, decay: "constant" },
};
type Settings = Parameters<typeof fineTune>[1]["settings"];
const settingsOf = (changes: object = {}, engine: object = {}): Settings => ({
  ...coldstartSection.parse({ ...section, ...changes }),
  engine: engineSection.parse({ threads: 1, ...engine }),
});

beforeAll(async () => {
  await writeByteTokenizer(base);
  const { vocabularySize: vocabSize, endToken } = await openTokenizer(base);
  await using engine = await startEngine({ threads: 1 });
  await engine.create(
    tinyConfig({
      vocabSize,
      hiddenSize: 16,
      intermediateSize: 24,
      headDim: 8,
      maxPositionEmbeddings: 128,
      eosTokenIds: [endToken],
    }),
    { embeddingStd: 0.05, outputScale: 0.5 },
    7,
  );
  await engine.save(base);
});

interface Place {
  readonly context: StageContext<Settings>;
  readonly folder: string;
  readonly metrics: string;
  readonly said: string[];
  readonly rejected: [string, string][];
  /** Each start of the stage is given an empty folder, and the scratch of the one before. */
  again(
    kill?: (step: number, values: Readonly<Record<string, number>>) => boolean,
  ): Promise<Place["context"]>;
}

function place(settings: Settings): Place {
  const own = mkdtempSync(join(root, "run-"));
  const metrics = join(own, "metrics.jsonl");
  const said: string[] = [];
  const rejected: [string, string][] = [];
  const contextOf = (kill: Parameters<Place["again"]>[0]): StageContext<Settings> =>
    stageContext(own, settings, {
      seed,
      input: (stage) => {
        expect(stage).toBe("pretrain");
        return join(own, "pretrain");
      },
      log: { ...silentLog, info: (text) => void said.push(text), warn: (text) => void said.push(text) },
      metric: async (series, step, values) => {
        if (kill?.(step, values)) throw new Error("killed");
        await appendMetric(metrics, series, step, values);
      },
      rewind: (series, step) => rewindMetrics(metrics, series, step),
      reject: (item, reason) => void rejected.push([item, reason]),
    });
  return {
    context: contextOf(undefined),
    folder: join(own, "out"),
    metrics,
    said,
    rejected,
    async again(kill) {
      rmSync(join(own, "out"), { recursive: true, force: true });
      if (!existsSync(join(own, "pretrain"))) {
        await mkdir(join(own, "pretrain"));
        const { cpSync } = await import("node:fs");
        cpSync(base, join(own, "pretrain", "model"), { recursive: true });
      }
      return contextOf(kill);
    },
  };
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const files = await listFiles(folder);
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await hashFile(join(folder, file))] as const)),
  );
}

test("the checkpoint with the lowest held-out loss is kept; killed anywhere, the same bytes come out", async () => {
  const whole = place(settingsOf());
  const done = await fineTune(examples, await whole.again());
  const lines = await readMetrics(whole.metrics);
  const looks = lines.flatMap((line) =>
    line["coldstart/heldOutLoss"] === undefined
      ? []
      : [{ step: line.step, loss: line["coldstart/heldOutLoss"] }],
  );
  expect(looks.map(({ step }) => step)).toEqual(Array.from({ length: 9 }, (_, at) => 3 * at));
  const best = looks.slice(1).reduce((least, look) => (look.loss < least.loss ? look : least));
  expect(done).toEqual({ steps: 24, heldOut: 3, bestStep: best.step });
  // The case is one in which it matters: learned by heart, the last model is not the best.
  expect(best.step).toBeLessThan(24);
  expect(looks.at(-1)!.loss).toBeGreaterThan(best.loss + 0.1);
  expect(whole.said.at(-1)).toContain(`after ${best.step} steps, at the end`);

  // The model that lies there has this loss, found by another way: scores of the replies as continuations.
  const { heldOut } = split(examples);
  expect(new Set(heldOut.map(({ path }) => path)).size).toBe(1);
  {
    await using model = await openEmbedded(join(whole.folder, "model"), settingsOf().engine);
    const scores = await scoreContinuations(
      model,
      heldOut.map(({ prompt, reply }) => ({ prompt, continuations: [reply] })),
    );
    const tokens = heldOut.map(({ reply }) => model.tokenizer.encode(reply).length + 1);
    const mean = -scores.flat().reduce((a, b) => a + b, 0) / tokens.reduce((a, b) => a + b, 0);
    expect(mean).toBeCloseTo(best.loss, 4);
  }

  const killed = place(settingsOf());
  // After a best model was saved and before progress that names it; after that progress.
  const places = [6, 12];
  for (const at of places) {
    const context = await killed.again((step) => step === at);
    await expect(fineTune(examples, context)).rejects.toThrow("killed");
    const kept = readdirSync(join(context.scratch, "training")).filter((name) => name.startsWith("best-"));
    expect(kept.length).toBeLessThanOrEqual(3);
  }
  await expect(
    fineTune(
      examples,
      await killed.again((step, values) => step === 24 && "coldstart/heldOutLoss" in values),
    ),
  ).rejects.toThrow("killed");
  expect(await fineTune(examples, await killed.again())).toEqual(done);
  expect(await hashes(join(killed.folder, "model"))).toEqual(await hashes(join(whole.folder, "model")));
  expect(readFileSync(killed.metrics, "utf8")).toBe(readFileSync(whole.metrics, "utf8"));
});

test("with nothing held out the steps are those of every example in order, and the last weights are kept", async () => {
  const settings = settingsOf({ heldOutShare: 0, passes: 3 });
  const own = place(settings);
  expect(await fineTune(examples, await own.again())).toEqual({ steps: 10, heldOut: 0, bestStep: 10 });

  const other = place(settings);
  const context = await other.again();
  await using model = await openForTraining(base, settings.engine, context.seed);
  const order = batchOrder(30, 9, 3, seededRandom(context.seed, "coldstart", "order"));
  await runSeries(
    model.engine,
    {
      name: "coldstart",
      steps: order.length,
      saveEvery: settings.saveEvery,
      optimizer: settings.optimizer,
      start: null,
      plan: async (step) => ({
        sequences: supervisedBatch(
          model.tokenizer,
          order[step]!.map((index) => examples[index]!),
        ),
        metrics: {},
        state: null,
      }),
    },
    context,
    join(context.scratch, "training"),
  );
  await saveTrained(model, settings.engine, base, join(other.folder, "model"));
  expect(await hashes(join(own.folder, "model"))).toEqual(await hashes(join(other.folder, "model")));
  expect(readFileSync(own.metrics, "utf8")).toBe(readFileSync(other.metrics, "utf8"));
});

test("an adapter is trained the same way: the best one is merged and lies apart too", async () => {
  const own = place(settingsOf({ passes: 2 }, { lora: { rank: 2, alpha: 4 } }));
  const { bestStep } = await fineTune(examples, await own.again());
  expect(bestStep).toBeGreaterThan(0);
  const files = await listFiles(join(own.folder, "model"));
  expect(files).toContain("model.safetensors");
  expect(files.filter((file) => file.startsWith("adapter")).length).toBeGreaterThan(0);
});

test("what is longer than the model reads is rejected and not cut; with nothing left it is one clear error", async () => {
  const long: QuestionExample = {
    question: "q-long",
    path: "long",
    prompt: "why?",
    reply: "fever ".repeat(90),
  };
  const own = place(settingsOf({ passes: 1, heldOutShare: 0 }));
  const { steps } = await fineTune([long, ...examples], await own.again());
  expect(steps).toBe(4);
  expect(own.rejected).toEqual([
    [
      "q-long",
      expect.stringMatching(/^its trajectory has \d+ tokens with the question; the model reads 128$/u),
    ],
  ]);
  expect(own.said[0]).toContain("the first of 30 examples");
  await expect(fineTune([long], await own.again())).rejects.toThrow(
    /no trajectory fits into the 128 tokens/u,
  );
});
