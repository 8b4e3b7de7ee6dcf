/**
 * The engine's process from outside: many calls at once, slow listeners, its death in every manner, and the death of
 * its parent. Real processes throughout; faults come from a script that Node loads into them before anything else.
 */
import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Bug, UsageError } from "../base/errors.ts";
import { type Engine, type GenerateRequest, type OptimizerStep, startEngine } from "./client.ts";
import type { ModelConfig } from "./config.ts";
import type { Call, Reply } from "./protocol.ts";

const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 61,
  hiddenSize: 16,
  intermediateSize: 24,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
  numKeyValueHeads: 1,
  headDim: 8,
  maxPositionEmbeddings: 8192,
  ropeTheta: 10000,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
};
const init = { embeddingStd: 0.08, outputScale: 0.2 };
const step: OptimizerStep = { lr: 1e-3, beta1: 0.9, beta2: 0.98, eps: 1e-8, weightDecay: 0, clipNorm: 1 };
const batch = [{ tokens: [3, 5, 8, 13], weights: [0, 1, 1, 1] }];
const request: GenerateRequest = { prompt: [3, 5], maxTokens: 4, temperature: 1, seed: 1, stopTokens: [] };
const long: GenerateRequest = { ...request, maxTokens: 4000 };

/** Which process is whose is read from /proc. */
const linux = process.platform === "linux";

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-process-"));
  engine = await startEngine({ threads: 1 });
  await engine.create(config, init, 1);
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("calls made at once are answered in their order", async () => {
  const settled: number[] = [];
  const calls = Array.from({ length: 200 }, (_, i) =>
    engine.train(batch, step).finally(() => settled.push(i)),
  );
  const stats = engine.stats();
  const losses = (await Promise.all(calls)).map(({ loss }) => loss);
  expect(settled).toEqual(losses.map((_, i) => i));
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  expect((await stats).steps).toBe(200);
});

test("calls that wait take no memory of their own", async () => {
  const tokens = Array.from({ length: 500_000 }, () => 3);
  const stop = new AbortController();
  const before = process.memoryUsage().external;
  const busy = started(long, stop.signal);
  const calls = Array.from({ length: 60 }, () =>
    engine.score([tokens]).catch((error: Error) => error.message),
  );
  await busy.going;
  // One call is 2 MB on its way, all of them 120.
  expect(process.memoryUsage().external - before).toBeLessThan(10e6);
  stop.abort();
  await expect(busy.done).rejects.toThrow(/abort/);
  for (const call of calls) expect(await call).toMatch(/500000 tokens; the model takes 8192/);
});

test("a call that waits is aborted at once, one that was sent as soon as it is reached", async () => {
  const ended: string[] = [];
  const stop = ["at work", "sent", "waiting"].map(() => new AbortController());
  const first = started(long, stop[0]!.signal);
  const calls = [
    first.done,
    ...stop.slice(1).map(({ signal }) => engine.generate([request], undefined, signal)),
  ].map((call, i) => call.catch((error: Error) => ended.push(`${error.name} ${i}`)));
  await first.going;
  stop[1]!.abort();
  stop[2]!.abort();
  await calls[2];
  expect(ended).toEqual(["AbortError 2"]);
  stop[0]!.abort();
  await Promise.all(calls);
  expect(ended).toEqual(["AbortError 2", "AbortError 0", "AbortError 1"]);
  expect(await engine.generate([request])).toHaveLength(1);
});

test("a mistake in a call's arguments or in its listener ends that call only", async () => {
  const before = engine.generate([request]);
  const unsendable = { ...step, lr: (() => 1) as unknown as number };
  await expect(engine.train(batch, unsendable)).rejects.toThrow(/could not be cloned/);
  await expect(engine.train([{} as (typeof batch)[0]], step)).rejects.toThrow(TypeError);
  const thrown = new Error("the listener's own");
  const listening = engine.generate([long], () => {
    throw thrown;
  });
  await expect(listening).rejects.toBe(thrown);
  expect(await engine.generate([request])).toEqual(await before);
});

test.skipIf(!linux)("steps of a call join one piece while the reader is busy", async () => {
  const child = fork(new URL("./process.ts", import.meta.url), [JSON.stringify({ threads: 1 })], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const pieces: (readonly number[])[] = [];
  const ask = (id: number, call: Call): Promise<unknown> =>
    new Promise((resolve) => {
      const hear = (reply: Reply): void => {
        if (reply.id !== id) return;
        if ("tokens" in reply) pieces.push(reply.tokens);
        else {
          child.off("message", hear);
          resolve("value" in reply ? reply.value : reply.failure);
        }
      };
      child.on("message", hear);
      child.send({ id, ...call });
    });
  await ask(1, { method: "create", config, init, seed: 1 });
  const made = ask(2, { method: "generate", requests: [long], stream: true });
  blockUntilIdle(child.pid!);
  const [completion] = (await made) as { tokens: number[] }[];
  expect(pieces.flatMap((piece) => piece.filter((_, i) => i % 2 === 1))).toEqual(completion!.tokens);
  // What the channel holds by itself goes out step by step; all that comes after is one piece.
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeGreaterThan(long.maxTokens);
  const gone = once(child, "exit");
  child.disconnect();
  await gone;
});

test.skipIf(!linux)("an interrupt is the parent's to heed", async () => {
  const [pid] = enginesOf(process.pid);
  const work = engine.generate([request]);
  process.kill(pid!, "SIGINT");
  process.kill(pid!, "SIGTERM");
  await work;
  expect(await engine.generate([request])).toEqual(await work);
});

test.skipIf(!linux)("the death of its process is one error for all calls", async () => {
  for (const [signal, type, advice] of [
    ["SIGKILL", UsageError, "the system probably ran out of memory: lower engine.memoryGb"],
    ["SIGSEGV", Bug, "it goes on from its last checkpoint; if it ends there once more, report this text"],
  ] as const) {
    const others = enginesOf(process.pid);
    await using doomed = await startEngine({ threads: 1 });
    await doomed.create(config, init, 1);
    for (let i = 0; i < 3; i++) await doomed.train(batch, step);
    const calls = [doomed.generate([long]), ...Array.from({ length: 5 }, () => doomed.train(batch, step))];
    const pid = enginesOf(process.pid).find((found) => !others.includes(found));
    process.kill(pid!, signal);
    const errors = await Promise.all(calls.map((call) => call.catch((error: Error) => error)));
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(type);
    expect((errors[0] as Error).message).toContain(
      `engine: its process ended in generate after step 3 (${signal})`,
    );
    expect((errors[0] as Error).message).toContain(advice);
    await expect(doomed.score([[1, 2]])).rejects.toBe(errors[0]);
  }
});

test("a process without memory says so with its own last lines", async () => {
  const fault = `const held = []; for (;;) held.push(new Array(1e5).fill(held.length));`;
  await using doomed = await startFaulty("process", fault, "--max-old-space-size=40");
  const error = await doomed.generate([long]).catch((reason: Error) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(
    /in generate .*ran out of memory.*; the last it wrote:\n[\s\S]*JavaScript heap out of memory/,
  );
}, 60_000);

test("a worker thread that ends by itself ends all calls with one error", async () => {
  for (const [fault, expected] of [
    [`throw new Error("outside any task");`, /in generate \(worker thread 0 ended: outside any task\)/],
    [`process.exit(3);`, /in generate \(worker thread 0 ended: exit code 3\)/],
  ] as const) {
    await using doomed = await startFaulty("worker", fault);
    const calls = [doomed.generate([long]), doomed.train(batch, step), doomed.stats()];
    const errors = await Promise.all(calls.map((call) => call.catch((error: Error) => error)));
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(Bug);
    expect((errors[0] as Error).message).toMatch(expected);
  }
});

test("a process that cannot start is one error", async () => {
  await expect(startFaulty("start", `throw new Error("a broken installation");`)).rejects.toThrow(
    /its process ended as it started \(exit code 1\)[\s\S]*a broken installation/,
  );
});

test("closing ends what is under way, once, and later calls say so", async () => {
  const closing = await startEngine({ threads: 1 });
  await closing.create(config, init, 1);
  const calls = [closing.generate([long]), closing.stats(), closing.stats()];
  const both = [closing[Symbol.asyncDispose](), closing[Symbol.asyncDispose]()];
  for (const call of calls) await expect(call).rejects.toThrow("engine: it was closed");
  await Promise.all(both);
  await expect(closing.stats()).rejects.toThrow("engine: it was closed");
  await closing[Symbol.asyncDispose]();
});

test.skipIf(!linux)("a death while closing is a closing", async () => {
  const others = enginesOf(process.pid);
  const closing = await startEngine({ threads: 1 });
  const [pid] = enginesOf(process.pid).filter((found) => !others.includes(found));
  const call = closing.stats();
  const closed = closing[Symbol.asyncDispose]();
  process.kill(pid!, "SIGKILL");
  await expect(call).rejects.toThrow("engine: it was closed");
  await closed;
});

test.skipIf(!linux)(
  "no engine outlives a parent that was killed, whatever it was at",
  async () => {
    const load = `setTimeout(say, 200); await engine.load(${JSON.stringify(fifoModel())});`;
    const left = await Promise.all([
      orphansOf({ work: `await engine.generate([${JSON.stringify(long)}], say);` }),
      // Nobody writes to this file, so it is read for ever.
      orphansOf({ work: load }),
      // Busy for ever, as it is for seconds while the weights of a large model are drawn.
      orphansOf({ work: "say(); await engine.stats();", fault: faultFile("process", "for (;;);") }),
      orphansOf({ delayMs: 0 }),
      orphansOf({ delayMs: 200 }),
    ]);
    expect(left).toEqual([[], [], [], [], []]);
  },
  60_000,
);

/** A generation, and the moment when it is going. */
function started(
  wanted: GenerateRequest,
  signal: AbortSignal,
): { readonly going: Promise<void>; readonly done: Promise<unknown> } {
  let done: Promise<unknown> = Promise.resolve();
  const going = new Promise<void>((resolve) => {
    done = engine.generate([wanted], () => resolve(), signal);
  });
  return { going, done };
}

/** Starts an engine with a model in which `fault` happens once the first call after this is made. */
async function startFaulty(where: Where, fault: string, ...options: readonly string[]): Promise<Engine> {
  const before = process.env["NODE_OPTIONS"];
  const file = faultFile(where, fault);
  process.env["NODE_OPTIONS"] = [before, "--require", file, ...options].filter(Boolean).join(" ");
  try {
    const faulty = await startEngine({ threads: 1 });
    await faulty.create(config, init, 1);
    writeFileSync(triggerOf(file), "");
    return faulty;
  } finally {
    if (before === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = before;
  }
}

type Where = "start" | "process" | "worker";

const triggerOf = (file: string): string => `${file}.now`;

/** A script to be loaded first: it lets `fault` happen in an engine's process or its worker, when its trigger exists. */
function faultFile(where: Where, fault: string): string {
  const file = join(folder, `fault-${readdirSync(folder).length}.cjs`);
  const here = where === "worker" ? "workerData?.index === 0" : "isMainThread";
  const isEngine = `process.argv[1]?.includes("engine/process")`;
  const later = `setInterval(() => { if (existsSync(${JSON.stringify(triggerOf(file))})) { ${fault} } }, 20);`;
  writeFileSync(
    file,
    `const { existsSync } = require("node:fs");
    const { isMainThread, workerData } = require("node:worker_threads");
    if (${here} && (!isMainThread || ${isEngine})) { ${where === "start" ? fault : later} }`,
  );
  return file;
}

/** A model folder whose configuration is a pipe without a writer. */
function fifoModel(): string {
  const model = join(folder, "pipe");
  mkdirSync(model);
  execFileSync("sh", ["-c", `mkfifo "$1"`, "sh", join(model, "config.json")]);
  return model;
}

/**
 * Kills a parent, at its first word while it does `work`, or `delayMs` after it forked. The engines that are
 * still there some seconds later.
 */
async function orphansOf(when: {
  readonly work?: string;
  readonly fault?: string;
  readonly delayMs?: number;
}): Promise<readonly number[]> {
  const { work = "", fault, delayMs } = when;
  const script = join(folder, `parent-${readdirSync(folder).length}.mts`);
  const client = new URL("./client.ts", import.meta.url).href;
  const settings = [config, init, 1].map((value) => JSON.stringify(value)).join(", ");
  writeFileSync(
    script,
    `import { writeSync } from "node:fs";
    import { startEngine } from ${JSON.stringify(client)};
    const say = () => { writeSync(1, "x"); };
    const starting = startEngine({ threads: 1 });
    ${delayMs === undefined ? "" : "say();"}
    const engine = await starting;
    await engine.create(${settings});
    ${work}
    await new Promise(() => {});`,
  );
  const parent = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...(fault === undefined ? {} : { NODE_OPTIONS: `--require ${fault}` }) },
  });
  const ended = once(parent, "exit");
  await once(parent.stdout, "data");
  if (fault !== undefined) {
    writeFileSync(triggerOf(fault), "");
    await after(200);
  }
  if (delayMs !== undefined) await after(delayMs);
  const children = enginesOf(parent.pid!);
  expect(children).toHaveLength(1);
  parent.kill("SIGKILL");
  await ended;
  for (let waited = 0; children.some(isAlive) && waited < 5000; waited += 50) await after(50);
  const left = children.filter(isAlive);
  for (const child of left) process.kill(child, "SIGKILL");
  return left;
}

/** The engine processes that a process has forked. */
function enginesOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  return listed.map(Number).filter((child) => {
    const command = `/proc/${child}/cmdline`;
    return existsSync(command) && readFileSync(command, "utf8").includes("engine/process");
  });
}

function isAlive(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  // A zombie has ended; who is to collect it is not the engine's business.
  return existsSync(stat) && !readFileSync(stat, "utf8").includes(") Z ");
}

/** Holds this thread, and with it the reading end of the channel, until the other process has nothing left to do. */
function blockUntilIdle(pid: number): void {
  const ticks = (): number => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const start = ticks();
  for (let idle = 0, last = start; idle < 5; ) {
    Atomics.wait(pause, 0, 0, 100);
    const now = ticks();
    idle = now - last <= 1 && now > start + 10 ? idle + 1 : 0;
    last = now;
  }
}
