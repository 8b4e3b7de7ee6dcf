// The cold start with a language model behind a server as its teacher: thinking in every place, a server that fails in
// every way, a budget, and kills. Nothing that was answered is asked for again.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../src/base/log.ts";
import { type ChatBody, type FakeEndpoint, startFakeEndpoint } from "./openai-server.ts";
import { questions, say, teacherRun } from "./teacher-run.ts";

let run = "";
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), "coldstart-teacher-"));
});
afterEach(() => rm(run, { recursive: true, force: true }));

/** A server that counts how often each request got a whole reply. */
async function teacherServer(
  onReply: (count: number) => void = () => {},
): Promise<FakeEndpoint & { readonly replies: Map<string, number> }> {
  const replies = new Map<string, number>();
  let count = 0;
  const server = await startFakeEndpoint((body: ChatBody) => {
    const key = JSON.stringify([body.messages, body.seed]);
    replies.set(key, (replies.get(key) ?? 0) + 1);
    onReply(++count);
    return say(body);
  });
  return Object.assign(server, { replies });
}

const methodsOf = (trajectories: readonly { question: string; method: string }[]): Record<number, string> =>
  Object.fromEntries(
    trajectories.map(({ question, method }) => [questions.findIndex(({ id }) => id === question), method]),
  );

test("every way of thinking, of failing and of being repaired ends in a trajectory or a reason", async () => {
  await using server = await teacherServer();
  const { written, missing } = await teacherRun(run, { url: server.url });
  expect(missing).toEqual([]);
  expect(methodsOf(written.trajectories)).toEqual({
    0: "passAtK",
    1: "passAtK",
    2: "refined",
    3: "refined",
    4: "labelConditioned",
    9: "passAtK",
    10: "passAtK",
    11: "passAtK",
  });
  expect(written.trajectories[0]!.reply).toBe(
    "<think> The findings of stem 0 are weighed one after another, and of the options one fits best. " +
      "So the answer is right 0.</think><answer> right 0</answer>",
  );
  expect(written.rejected.map(([item]) => questions.findIndex(({ id }) => id === item))).toEqual([
    5, 6, 7, 8,
  ]);
  expect(written.counts).toMatchObject({
    questions: 12,
    trajectories: 8,
    passAt1: 0.5,
    passAtK: 0.5,
    passAtKKept: 5,
    refined: 2,
    labelConditioned: 1,
    labelConditionedShare: 0.125,
    failedEmpty: 1,
    failedTruncated: 1,
    failedRefused: 1,
    replies: server.asked.length,
    tokensRead: 100 * server.asked.length,
    tokensWritten: 20 * server.asked.length,
    money: (server.asked.length * 300) / 1e6,
  });
  expect([...server.replies.values()].every((times) => times === 1)).toBe(true);
});

test("a faulty server loses nothing and repeats nothing", async () => {
  await using sound = await teacherServer();
  const { written: wanted } = await teacherRun(join(run, "sound"), { url: sound.url });
  await using server = await teacherServer();
  Object.assign(server.trouble, {
    refusals: 3,
    refusal: 429,
    retryAfter: "0",
    cuts: 2,
    garbage: 2,
    stalls: 1,
    drops: 0.08,
    hiddenErrors: 1,
  });
  const said: string[] = [];
  const log = { ...silentLog, info: (text: string): void => void said.push(text) };
  const faulty = { url: server.url, timeout: 1, concurrency: 3 };
  const { written, missing } = await teacherRun(join(run, "faulty"), faulty, {}, { log });
  // In one line a round, of which the first has most.
  const [first] = said.filter((text) => text.startsWith("teacher: attempts without a reply: "));
  for (const words of ["3 HTTP 429", "1 timed out", "cut or unreadable"]) expect(first).toContain(words);
  expect(missing).toEqual([]);
  expect(written).toEqual(wanted);
  expect(server.trouble).toMatchObject({ refusals: 0, cuts: 0, garbage: 0, stalls: 0, hiddenErrors: 0 });
  expect(server.asked.some(({ status }) => status === 429)).toBe(true);
  expect(server.asked.some(({ status }) => status === 0)).toBe(true);
  // Only the two replies that were cut off on their way were made again.
  const repeated = [...server.replies.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(repeated).toBe(2);
  const asked = server.asked.length;
  await teacherRun(join(run, "faulty"), { url: server.url });
  expect(server.asked).toHaveLength(asked);
});

test("a spent budget ends early with what stands; a larger one asks for the rest alone", async () => {
  await using sound = await teacherServer();
  const { written: wanted } = await teacherRun(join(run, "sound"), { url: sound.url });
  await using server = await teacherServer();
  const said: string[] = [];
  const note = (text: string): void => void said.push(text);
  const log = { ...silentLog, info: note, warn: note };
  const at = join(run, "poor");
  const poor = await teacherRun(
    at,
    { url: server.url, concurrency: 2 },
    { budget: { requests: 21 } },
    { log },
  );
  expect(server.asked).toHaveLength(21);
  expect(said[0]).toMatch(
    /^free replies: 24 requests, about \d+ tokens to read, at most 4800 to write, money at most 0\.05$/u,
  );
  expect(said.join("\n")).toContain("with a larger coldstart.budget the same command goes on");
  expect(poor.missing.length).toBeGreaterThan(0);
  expect(poor.written.counts).toMatchObject({ missing: poor.missing.length, replies: 21 });
  const settled = new Set(poor.missing);
  for (const one of poor.written.trajectories) expect(settled.has(one.question)).toBe(false);
  await teacherRun(at, { url: server.url }, { budget: { requests: 21 } });
  expect(server.asked, "the same budget again buys nothing").toHaveLength(21);
  const rich = await teacherRun(at, { url: server.url });
  expect(rich.written).toEqual(wanted);
  expect([...server.replies.values()].every((times) => times === 1)).toBe(true);
});

test("after kill -9 no answered request is asked again, and the end is the same", async () => {
  await using sound = await teacherServer();
  const { written: wanted } = await teacherRun(join(run, "sound"), { url: sound.url });
  const killAt = [5, 13, 27];
  let child: ReturnType<typeof start> | undefined;
  await using server = await teacherServer((count) => {
    // This reply goes to nobody; all before it lie in the journal, as they were asked for one after another.
    if (killAt.includes(count)) child!.process.kill("SIGKILL");
  });
  const at = join(run, "killed");
  const start = () => {
    const process_ = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("./teacher-child.ts", import.meta.url)), at, server.url, "1"],
      { cwd: resolve(import.meta.dirname, ".."), stdio: "inherit" },
    );
    return { process: process_, code: new Promise((done) => process_.on("close", done)) };
  };
  for (const _ of killAt) {
    child = start();
    expect(await child.code).toBeNull();
  }
  child = start();
  expect(await child.code).toBe(0);
  expect(JSON.parse(await readFile(join(at, "written.json"), "utf8"))).toEqual(wanted);
  const repeated = [...server.replies.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(repeated).toBe(killAt.length);
}, 30_000);

test("a mistake in the teacher is told before anything is asked", async () => {
  await expect(teacherRun(run, { url: "localhost:1" })).rejects.toThrow(
    /^coldstart\.teacher: "localhost:1" is no address/u,
  );
  await using server = await teacherServer();
  await expect(
    teacherRun(run, { url: server.url, price: undefined }, { budget: { money: 1 } }),
  ).rejects.toThrow(/^coldstart\.teacher has no price, so coldstart\.budget\.money cannot limit it/u);
  expect(server.asked).toHaveLength(0);
});
