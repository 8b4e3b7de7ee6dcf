// A real engine of two layers: twelve steps in one go, against the same steps killed half-way and resumed.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Interrupted } from "../base/errors.ts";
import { readJson } from "../base/files.ts";
import { type Log, silentLog } from "../base/log.ts";
import { appendMetric, readMetrics, rewindMetrics } from "../base/metrics.ts";
import { seededRandom } from "../base/random.ts";
import type { Hold } from "../base/stage.ts";
import { type Engine, startEngine } from "../engine/client.ts";
import { tinyConfig } from "../engine/fixtures/tiny-config.ts";
import { runSeries, type Series, type SeriesOutcome } from "./training-loop.ts";

const config = tinyConfig({ vocabSize: 40, numHiddenLayers: 2, maxPositionEmbeddings: 64, eosTokenIds: [1] });

const basics = {
  name: "try/one",
  steps: 12,
  saveEvery: 5,
  optimizer: {
    lr: 3e-3,
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    warmupSteps: 3,
    decay: "linear",
    finalLrShare: 0.02,
  },
} as const;

/** What a step learns from depends on its number and on the carried state, as in reinforcement. */
const series: Series<readonly number[]> = {
  ...basics,
  start: [],
  async plan(step, state) {
    const random = seededRandom(4, "try", String(step), state.join());
    const sequences = [9, 14, 6].map((length) => {
      const tokens = Array.from({ length }, () => random.integer(40));
      return { tokens, weights: tokens.map(() => 1 / 30) };
    });
    const sampled = { tokens: 5 + step, seconds: 1 };
    return { sequences, metrics: { carried: state.length }, sampled, state: [...state, random.integer(100)] };
  },
};

let engine: Engine;
let root: string;
beforeAll(async () => {
  engine = await startEngine({ threads: 1 });
  root = await mkdtemp(join(tmpdir(), "fleming-loop-"));
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

async function go<State>(
  name: string,
  what: Series<State>,
  signal = new AbortController().signal,
  hold?: Hold,
  log: Log = silentLog,
): Promise<SeriesOutcome<State>> {
  const files = [join(root, `${name}.metrics.jsonl`), join(root, `${name}.clock.jsonl`)] as const;
  const context = {
    metric: (of: string, step: number, values: Readonly<Record<string, number>>) =>
      appendMetric(files[0], of, step, values),
    clock: (of: string, step: number, values: Readonly<Record<string, number>>) =>
      appendMetric(files[1], of, step, values),
    rewind: async (of: string, step: number) => {
      for (const file of files) await rewindMetrics(file, of, step);
    },
    log,
    signal,
    ...(hold === undefined ? {} : { hold }),
  };
  return await runSeries(engine, what, context, join(root, name));
}

async function bytesOf(name: string): Promise<{ weights: string; metrics: string }> {
  const file = join(root, `${name}.bin`);
  await engine.saveTraining(file);
  const metrics = await readFile(join(root, `${name}.metrics.jsonl`), "utf8");
  return { weights: (await readFile(file)).toString("base64"), metrics };
}

const fresh = (seed: number): Promise<void> =>
  engine.create(config, { embeddingStd: 0.08, outputScale: 0.2 }, seed);

test("a series that dies or is stopped at step 7 and goes on ends in the bytes of an undisturbed one", async () => {
  await fresh(1);
  const whole = await go("whole", series);
  expect([whole.steps, whole.state.length]).toEqual([12, 12]);
  // 29 tokens in each of 12 steps; 5 + 6 + … + 16 sampled.
  expect(whole.tokens).toEqual({ trained: 348, sampled: 126 });
  const expected = await bytesOf("whole");

  await fresh(1);
  const dying: typeof series = {
    ...series,
    plan: (step, state) =>
      step === 7 ? Promise.reject(new Error("the power went")) : series.plan(step, state),
  };
  await expect(go("killed", dying)).rejects.toThrow("the power went");
  expect((await readMetrics(join(root, "killed.metrics.jsonl"))).map(({ step }) => step)).toHaveLength(7);
  // Other weights in the engine: what follows can only come from the checkpoint of step 5.
  await fresh(2);
  expect(await go("killed", series)).toEqual(whole);
  expect(await bytesOf("killed")).toEqual(expected);

  await fresh(1);
  const stop = new AbortController();
  const stopping: typeof series = {
    ...series,
    plan(step, state) {
      if (step === 6) stop.abort();
      return series.plan(step, state);
    },
  };
  await expect(go("stopped", stopping, stop.signal)).rejects.toThrow(
    "try/one: stopped at step 7, with a checkpoint of it; run the same command to go on",
  );
  await fresh(3);
  // From step 7, not from the regular checkpoint of step 5: nothing is planned anew.
  expect(await go("stopped", { ...series, plan: notBefore(7) })).toEqual(whole);
  expect(await bytesOf("stopped")).toEqual(expected);
});

/** The plan of `series`, refusing steps that must not be repeated. */
function notBefore(first: number): typeof series.plan {
  return (step, state) =>
    step < first ? Promise.reject(new Error(`step ${step} again`)) : series.plan(step, state);
}

test("a plan that gives up when the signal comes, and a watch that says stop, leave a checkpoint too", async () => {
  await fresh(1);
  await go("undisturbed", series);
  const expected = await bytesOf("undisturbed");

  await fresh(1);
  const stop = new AbortController();
  const heeding: typeof series = {
    ...series,
    plan(step, state) {
      if (step !== 4) return series.plan(step, state);
      stop.abort();
      return engine.generate([], undefined, stop.signal) as never;
    },
  };
  await expect(go("heeded", heeding, stop.signal)).rejects.toThrow("try/one: stopped at step 4, with a");
  await fresh(3);
  await go("heeded", { ...series, plan: notBefore(4) });
  expect((await bytesOf("heeded")).weights).toBe(expected.weights);

  await fresh(1);
  const heard: number[] = [];
  const watched: typeof series = {
    ...series,
    async watch(step, metrics, state) {
      expect(metrics).toMatchObject({ carried: step, trainedTokens: 29 });
      expect(Number.isFinite(metrics["loss"])).toBe(true);
      heard.push(step);
      return step === 7 ? { state, stop: "late" } : { state };
    },
  };
  await expect(go("watched", watched)).rejects.toThrow(
    "try/one: stopped at step 8, with a checkpoint of it, by the alarm late; run the same command to go on",
  );
  expect(heard).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await fresh(3);
  await go("watched", { ...watched, plan: notBefore(8) });
  expect(heard).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(await bytesOf("watched")).toEqual({
    weights: expected.weights,
    metrics: expected.metrics,
  });
});

test("a stop in what follows an update keeps the update, and what follows it is done again and once", async () => {
  const saveEvery = 50;
  let tries = 0;
  /** Finds something after every fourth step, and leaves it when the signal comes. */
  const finding = (name: string, stopped?: AbortController, times = 0): typeof series => ({
    ...series,
    saveEvery,
    async afterStep(step, state) {
      if (step % 4 !== 2) return state;
      if (step === 6 && stopped !== undefined && tries < times) {
        tries += 1;
        stopped.abort(new Interrupted("stopped", "SIGTERM"));
      }
      stopped?.signal.throwIfAborted();
      await appendMetric(join(root, `${name}.metrics.jsonl`), "try/one", step, { "try/found": state.length });
      return [...state, 1000 + step];
    },
  });
  await fresh(1);
  const whole = await go("found-whole", finding("found-whole"));
  const expected = await bytesOf("found-whole");
  for (let attempt = 0; attempt < 2; attempt++) {
    await fresh(attempt + 1);
    const stopped = new AbortController();
    const attempted = go("found-cut", finding("found-cut", stopped, attempt + 1), stopped.signal);
    await expect(attempted).rejects.toThrow("stopped at step 7, with a checkpoint of it");
  }
  // It dies behind the repeated line, before any other checkpoint.
  await fresh(8);
  const dying = { ...finding("found-cut"), plan: notBefore(7) };
  const plan: typeof series.plan = (step, state) =>
    step === 8 ? Promise.reject(new Error("the power went")) : dying.plan(step, state);
  await expect(go("found-cut", { ...dying, plan })).rejects.toThrow("the power went");
  await fresh(9);
  const resumed = await go("found-cut", { ...finding("found-cut"), plan: notBefore(7) });
  expect(resumed).toEqual(whole);
  expect(await bytesOf("found-cut")).toEqual(expected);
  const clock = await readMetrics(join(root, "found-cut.clock.jsonl"));
  expect(clock.map((line) => line.step)).toEqual(Array.from({ length: 12 }, (_, step) => step));
});

test("what a watch makes of a step is carried and written, and a series that pauses goes on as it was", async () => {
  await fresh(4);
  const counting: Series<readonly number[]> = {
    ...series,
    watch: async (step, _metrics, state) => ({ state: [...state, step], metrics: { odd: step % 2 } }),
  };
  const whole = await go("counted", counting);
  expect(whole.state).toHaveLength(24);
  const lines = await readMetrics(join(root, "counted.metrics.jsonl"));
  expect(lines.map((line) => line["try/odd"])).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);

  await fresh(4);
  let isAsked = false;
  const saved: unknown[] = [];
  const hold = {
    isAsked: () => isAsked,
    async over() {
      saved.push((await readJson(join(root, "paused/progress.json"))) as unknown);
      isAsked = false;
    },
  };
  const pausing: typeof counting = {
    ...counting,
    plan(step, state) {
      isAsked = step === 2;
      return counting.plan(step, state);
    },
  };
  expect(await go("paused", pausing, undefined, hold)).toEqual(whole);
  expect(saved).toMatchObject([{ step: 3 }]);
});

test("what is found after a step is carried, in its checkpoint too", async () => {
  await fresh(8);
  const seen: number[] = [];
  const looking = (dies: boolean): Series<readonly number[]> => ({
    ...basics,
    start: [],
    async plan(step, state) {
      if (dies && step === 6) throw new Error("the power went");
      return { ...(await series.plan(step, [])), state };
    },
    async afterStep(step, state, own) {
      seen.push(step);
      const [logProbs] = await own.score([[1, 2, 3]]);
      return [...state, logProbs![2]!];
    },
  });
  const { state } = await go("looked", looking(false));
  expect(new Set(state).size).toBe(12);
  await fresh(8);
  await expect(go("looked-again", looking(true))).rejects.toThrow("the power went");
  await fresh(9);
  expect((await go("looked-again", looking(false))).state).toEqual(state);
  // Steps 0 to 11; then 0 to 5, and from the checkpoint of step 5 on 5 to 11.
  expect(seen).toHaveLength(12 + 6 + 7);
});

test("a series ends early when it says so, and a step without sequences leaves the weights", async () => {
  await fresh(5);
  const before = await engine.score([[1, 2, 3, 4]]);
  const idle: Series<number> = {
    ...basics,
    start: 0,
    plan: async (_step, state) => ({ sequences: [], metrics: { seen: state }, state: state + 1 }),
    isDone: (_step, state) => state === 4,
  };
  expect(await go("idle", idle)).toEqual({ steps: 4, state: 4, tokens: { trained: 0, sampled: 0 } });
  expect(await engine.score([[1, 2, 3, 4]])).toEqual(before);
  const lines = await readMetrics(join(root, "idle.metrics.jsonl"));
  expect(lines.map((line) => line["try/seen"])).toEqual([0, 1, 2, 3]);
});

test("progress shows the steps that were planned, none past them, and the last one ends its line", async () => {
  await fresh(5);
  const said: string[] = [];
  const log: Log = { ...silentLog, progress: (_what, done, total) => said.push(`${done}/${total}`) };
  const openEnded: Series<number> = {
    ...basics,
    steps: 300,
    scheduleSteps: 3,
    start: 0,
    plan: async (_step, state) => ({ sequences: [], metrics: {}, state: state + 1 }),
    isDone: (_step, state) => state === 5,
  };
  await go("long", openEnded, undefined, undefined, log);
  expect(said).toEqual(["1/3", "2/3", "3/undefined", "4/undefined", "5/5"]);
  said.length = 0;
  await go("short", { ...openEnded, scheduleSteps: 9 }, undefined, undefined, log);
  expect(said.at(-1)).toBe("5/5");
});

test("what was sampled by the engine is trained with the same log-probabilities", async () => {
  await fresh(6);
  const prompt = [3, 4, 5];
  const [sample] = await engine.generate([
    { prompt, maxTokens: 12, temperature: 1, seed: 1, stopTokens: [1] },
  ]);
  const tokens = [...prompt, ...sample!.tokens];
  const weights = tokens.map((_, at) => (at < prompt.length ? 0 : 0.1));
  const oldLogProbs = new Float32Array(tokens.length);
  oldLogProbs.set(sample!.logProbs, prompt.length);
  const once: Series<null> = {
    ...basics,
    steps: 1,
    start: null,
    plan: async () => ({ sequences: [{ tokens, weights, oldLogProbs }], metrics: {}, state: null }),
  };
  await go("sampled", once);
  const [line] = await readMetrics(join(root, "sampled.metrics.jsonl"));
  expect(line!["try/logProbDifference"]).toBeLessThan(1e-4);
});

test("a batch learned from three times moves the ratios, is clipped, and is reported by its first update", async () => {
  await fresh(7);
  const prompt = [3, 4, 5];
  const samples = await engine.generate(
    Array.from({ length: 8 }, (_, seed) => ({
      prompt,
      maxTokens: 12,
      temperature: 1,
      seed,
      stopTokens: [1],
    })),
  );
  const sequences = samples.map((sample, i) => {
    const tokens = [...prompt, ...sample.tokens];
    const oldLogProbs = new Float32Array(tokens.length);
    oldLogProbs.set(sample.logProbs, prompt.length);
    const weights = tokens.map((_, at) => (at < prompt.length ? 0 : (i % 2 === 0 ? 1 : -1) / 30));
    return { tokens, weights, oldLogProbs };
  });
  const after = async (name: string, count: number, clip?: { low: number; high: number }) => {
    await fresh(7);
    const updates = { count, ...(clip === undefined ? {} : { clip }) };
    const once: Series<null> = {
      ...basics,
      optimizer: { ...basics.optimizer, lr: 0.02, warmupSteps: 0 },
      steps: 1,
      start: null,
      plan: async () => ({ sequences, updates, metrics: {}, state: null }),
    };
    const outcome = await go(name, once);
    const [line] = await readMetrics(join(root, `${name}.metrics.jsonl`));
    return { outcome, line: line!, weights: (await bytesOf(name)).weights };
  };
  const clip = { low: 0.1, high: 0.1 };
  const [plain, one, three] = [
    await after("plain", 1),
    await after("one", 1, clip),
    await after("three", 3, clip),
  ];
  expect(plain.line["try/clippedShare"]).toBeUndefined();
  expect(one.line["try/clippedShare"]).toBe(0);
  expect(three.line["try/clippedShare"]).toBeGreaterThan(0.05);
  expect(three.line["try/clippedShare"]).toBeLessThan(1);
  for (const name of ["try/loss", "try/gradNorm", "try/logProbDifference"])
    expect(three.line[name]).toBe(one.line[name]);
  expect(one.line["try/gradNorm"]! / plain.line["try/gradNorm"]!).toBeCloseTo(1, 3);
  expect(three.outcome.tokens.trained).toBe(3 * one.outcome.tokens.trained);
  expect(three.weights).not.toBe(one.weights);
});
