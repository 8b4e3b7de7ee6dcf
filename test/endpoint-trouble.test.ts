/** A model behind an OpenAI-compatible address that is busy, broken, locked, slow, or stopped, and what that costs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { UsageError } from "../src/base/errors.ts";
import { openPurse, withBudget } from "../src/models/budget.ts";
import { keptReplies } from "../src/models/reply-cache.ts";
import type { Missing } from "../src/models/sampler.ts";
import { ask, closeServers, form, good, KEY, open, patience, serve } from "./endpoint-client.ts";
import { lastTurn } from "./openai-server.ts";

afterEach(closeServers);

const never = new AbortController().signal;

test("a busy server is waited for as long as it asks", async () => {
  const server = await serve(() => "A");
  Object.assign(server.trouble, { refusals: 2, refusal: 429, retryAfter: "0.15" });
  const startedAt = performance.now();
  const [reply] = await open(server).answer([ask("one")]);
  expect(reply!.text).toBe("A");
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  expect(server.asked.map(({ status }) => status)).toEqual([429, 429, 200]);
});

test("a server that stays busy, or asks for a wait beyond patience, ends it with one clear message", async () => {
  const server = await serve(() => "A");
  Object.assign(server.trouble, { refusals: 1000, refusal: 429, retryAfter: "3600" });
  await expect(open(server).answer([ask("one")])).rejects.toThrow(
    /still turns requests away \(HTTP 429 .*after 0 s of waiting; it asks to wait 3600 s more; run the same command/u,
  );
  expect(server.asked.length).toBe(1);
  Object.assign(server.trouble, { refusal: 503, retryAfter: undefined });
  const endpoint = open(server, { patience: { ...patience, busyMs: 20 } });
  await expect(endpoint.answer([ask("one")])).rejects.toThrow(UsageError);
  server.trouble.words = JSON.stringify({ error: { message: "pay", code: "insufficient_quota" } });
  server.trouble.refusal = 429;
  await expect(open(server).answer([ask("one")])).rejects.toThrow(/nothing left to spend/u);
});

test("errors, cut connections, replies that never come and hidden errors are tried again", async () => {
  const server = await serve(() => "A");
  const endpoint = open(server, { patience: { ...patience, replyMs: 100 } });
  for (const trouble of [{ refusals: 2, refusal: 500 }, { cuts: 2 }, { stalls: 1 }, { hiddenErrors: 2 }]) {
    Object.assign(server.trouble, trouble);
    expect((await endpoint.answer([ask("one")]))[0]!.text).toBe("A");
  }
});

test("a server that stays broken rejects a form without finality, and after several in a row ends the stage", async () => {
  const server = await serve(() => good);
  Object.assign(server.trouble, { refusals: 1000, refusal: 500, words: "boom" });
  const endpoint = open(server);
  for (let i = 0; i < 4; i++)
    expect(await endpoint.structured(form, never)).toEqual({
      ok: false,
      reason: "no reply in 3 attempts: 500 boom",
      tokens: 0,
      isFinal: false,
    });
  await expect(endpoint.structured(form, never)).rejects.toThrow(
    /one request after another fails \(HTTP 500 boom\)/u,
  );
  await expect(open(server).answer([ask("q1")])).rejects.toThrow(/request "q1" got no reply in 3 attempts/u);
});

test("a wrong key is named by its variable and shown nowhere; a missing one is asked for", async () => {
  const server = await serve(() => "A");
  server.key = "the right one";
  const failure = await open(server, { key: KEY, keyVariable: "MY_KEY" })
    .answer([ask("one"), ask("two")])
    .catch((error: unknown) => error as Error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(String((failure as Error).message)).toMatch(/the key in MY_KEY is refused \(HTTP 401 /u);
  expect(String((failure as Error).message)).not.toContain(KEY);
  await expect(open(server).answer([ask("one")])).rejects.toThrow(
    /a key is wanted \(HTTP 401 .*and FLEMING_TEST_NO_KEY is not set/u,
  );
});

test("the key is read from its variable", async () => {
  const server = await serve(() => "A");
  server.key = KEY;
  process.env["FLEMING_TEST_KEY"] = KEY;
  try {
    expect((await open(server, { keyVariable: "FLEMING_TEST_KEY" }).answer([ask("one")]))[0]!.text).toBe("A");
  } finally {
    delete process.env["FLEMING_TEST_KEY"];
  }
});

test("an unknown model, a wrong address, nobody there, and no address at all: each says what to do", async () => {
  const server = await serve(() => "A");
  await expect(open(server, { model: "other" }).answer([ask("one")])).rejects.toThrow(
    /no model "other" there.*does not exist.*give a name that .*\/v1\/models lists/u,
  );
  await expect(open({ url: server.url.replace("/v1", "") }).answer([ask("one")])).rejects.toThrow(
    /no endpoint at this address \(HTTP 404 404 page not found\)|the address with its \/v1/u,
  );
  const { url } = server;
  await closeServers();
  await expect(open({ url }).answer([ask("one")])).rejects.toThrow(
    /cannot be reached \(connect ECONNREFUSED.*attempts: 3\); start the server/u,
  );
  expect(() => open({ url: "localhost:8000" })).toThrow('"localhost:8000" is no address of an endpoint');
});

test("an abort ends requests under way, waits and those that have not begun, with its own reason", async () => {
  const server = await serve(() => "A");
  const reason = new Error("stopped by the user");
  const abortIn = (ms: number): AbortSignal => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), ms);
    return stop.signal;
  };
  server.trouble.stalls = 2;
  const many = Array.from({ length: 10 }, (_, i) => ask(`r${i}`));
  await expect(open(server, { concurrency: 2 }).answer(many, { signal: abortIn(50) })).rejects.toBe(reason);
  expect(server.asked.length).toBe(2);
  Object.assign(server.trouble, { stalls: 0, refusals: 1, refusal: 429, retryAfter: "1.5" });
  const startedAt = performance.now();
  await expect(open(server).structured(form, abortIn(50))).rejects.toBe(reason);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  await expect(open(server).answer([], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("the first error ends the other requests", async () => {
  const server = await serve(() => "A");
  server.key = "x";
  await expect(
    open(server, { key: KEY, concurrency: 2 }).answer(Array.from({ length: 50 }, (_, i) => ask(`r${i}`))),
  ).rejects.toThrow(UsageError);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.asked.length).toBeLessThanOrEqual(4);
});

test("with onMissing a request that fails for good is left out, and the others go on", async () => {
  const server = await serve((body) =>
    lastTurn(body) === "r3" ? { content: "half", finish: "error" } : lastTurn(body),
  );
  const missing: Missing[] = [];
  const many = Array.from({ length: 12 }, (_, i) => ask(`r${i}`));
  const replies = await open(server).answer(many, { onMissing: (lost) => missing.push(lost) });
  expect(replies.map(({ id }) => id)).toEqual(many.map(({ id }) => id).filter((id) => id !== "r3"));
  expect(missing).toEqual([
    {
      id: "r3",
      cause: "failed",
      reason: expect.stringMatching(/"r3" got no reply in 3 attempts: the server broke the reply off/u),
    },
  ]);
});

test("with onMissing a request that is not taken is missing, and a server that takes none ends the call", async () => {
  const server = await serve(() => "A");
  const missing: string[] = [];
  const options = { onMissing: ({ id }: Missing): void => void missing.push(id) };
  const words = JSON.stringify({ error: { message: "Invalid character in input" } });
  Object.assign(server.trouble, { refusals: 1, refusal: 400, words });
  expect((await open(server).answer([ask("a"), ask("b")], options)).length).toBe(1);
  expect(missing).toEqual(["a"]);
  server.trouble.refusals = 1;
  expect((await open(server).answer([ask("a")]))[0]).toMatchObject({ finish: "refused", text: "" });
  server.trouble.refusals = 1000;
  const many = Array.from({ length: 100 }, (_, i) => ask(`r${i}`));
  await expect(open(server).answer(many, options)).rejects.toThrow(
    /rejects one request after another \(HTTP 400 Invalid character/u,
  );
  const policy = JSON.stringify({ error: { message: "flagged", code: "content_filter" } });
  Object.assign(server.trouble, { refusals: 1, words: policy });
  expect((await open(server).answer([ask("a")], options))[0]).toMatchObject({ finish: "refused" });
  server.context = 10;
  const long = many.map((request) => ({ ...request, prompt: "x".repeat(20) }));
  await expect(open(server).answer(long, options)).rejects.toThrow(
    /maximum context length.*change what is asked/u,
  );
});

test("with onMissing a server that breaks on every request still ends the call", async () => {
  const server = await serve(() => "A");
  Object.assign(server.trouble, { refusals: 100_000, refusal: 500, words: "boom" });
  const many = Array.from({ length: 100 }, (_, i) => ask(`r${i}`));
  const missing: string[] = [];
  await expect(open(server).answer(many, { onMissing: ({ id }) => missing.push(id) })).rejects.toThrow(
    /one request after another fails \(HTTP 500 boom\)/u,
  );
  expect(missing.length).toBe(19);
});

test("a server that has answered nothing gets few requests before it is blamed", async () => {
  const server = await serve(() => "A");
  Object.assign(server.trouble, { refusals: 100_000, refusal: 500, words: "boom" });
  const many = Array.from({ length: 600 }, (_, i) => ask(`r${i}`));
  const options = { onMissing: (): void => {} };
  const open64 = open(server, { concurrency: 64, patience: { ...patience, attempts: 5 } });
  await expect(open64.answer(many, options)).rejects.toThrow(/one request after another fails/u);
  // Twenty failures, and what was under way beside them, of which there are at most 64.
  expect(server.asked.length).toBeLessThanOrEqual(20 + 64);
  Object.assign(server.trouble, { refusals: 0, stalls: 100_000 });
  server.asked.length = 0;
  const late = open(server, { concurrency: 64, patience: { ...patience, replyMs: 50 } });
  await expect(late.answer(many, options)).rejects.toThrow(/gets no reply in time.*give it longer/u);
  expect(server.asked.length).toBeLessThanOrEqual(4 * 4);
});

test("questions that fail each time are missing, at the front, at the end and alone the next time", async () => {
  const server = await serve((body) =>
    lastTurn(body).startsWith("bad") ? { content: "half", finish: "error" } : "A",
  );
  const bad = Array.from({ length: 40 }, (_, i) => ask(`bad${i}`));
  const good = Array.from({ length: 40 }, (_, i) => ask(`good${i}`));
  const folder = await mkdtemp(join(tmpdir(), "bad-"));
  try {
    for (const [requests, replies] of [
      [[...bad.slice(0, 15), ...good, ...bad.slice(15)], 40],
      [[...bad.slice(0, 15), ...good, ...bad.slice(15)], 40],
    ] as const) {
      const missing: string[] = [];
      const model = keptReplies(open(server, { concurrency: 64 }), folder);
      const onMissing = ({ id }: Missing): void => void missing.push(id);
      expect((await model.answer(requests, { onMissing })).length).toBe(replies);
      expect(missing.sort()).toEqual(bad.map(({ id }) => id).sort());
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a server that stops answering leaves the rest missing, for a caller who goes on without", async () => {
  const server = await serve(() => "A");
  const endpoint = open(server, { concurrency: 8, patience: { ...patience, replyMs: 60, drainMs: 20 } });
  const missing: Missing[] = [];
  let replies = 0;
  const many = Array.from({ length: 300 }, (_, i) => ask(`r${i}`));
  await endpoint.answer(many, {
    onMissing: (lost) => void missing.push(lost),
    onReply() {
      replies += 1;
      if (replies === 20) server.trouble.stalls = 100_000;
    },
  });
  expect(replies).toBeGreaterThanOrEqual(20);
  expect(new Set(missing.map(({ id }) => id)).size).toBe(300 - replies);
  expect(missing.length).toBe(300 - replies);
  expect(missing.at(-1)!.reason).toMatch(/gets no reply in time/u);
  expect(server.asked.length).toBeLessThan(100);
});

test("a server that hangs or turns away for ever is not silent", async () => {
  const server = await serve(() => "A");
  const said: string[] = [];
  const notice = (text: string): void => void said.push(text);
  const quiet = { ...patience, quietMs: 40, drainMs: 10 };
  const options = { onMissing: (): void => {} };
  server.trouble.stalls = 100_000;
  const many = Array.from({ length: 12 }, (_, i) => ask(`r${i}`));
  await expect(
    open(server, { notice, patience: { ...quiet, replyMs: 400 } }).answer(many, options),
  ).rejects.toThrow(UsageError);
  expect(said[0]).toMatch(
    /: 4 requests under way, none answered for \d+ s; the time limit of each is 0\.4 s$/u,
  );
  expect(said.length).toBeGreaterThanOrEqual(2);
  expect(said.length).toBeLessThanOrEqual(12);
  said.length = 0;
  Object.assign(server.trouble, { stalls: 0, refusals: 100_000, refusal: 429, words: "slow down" });
  await expect(
    open(server, { notice, patience: { ...quiet, busyMs: 400 } }).answer(many, options),
  ).rejects.toThrow(/still turns requests away/u);
  expect(said[0]).toMatch(/: the server asks to wait \(429 slow down\); no reply for/u);
});

test("a reply that does not come in time is asked for once more, and then is missing", async () => {
  const server = await serve(() => "A");
  server.trouble.stalls = 2;
  const missing: string[] = [];
  const endpoint = open(server, { patience: { ...patience, replyMs: 60, attempts: 9 } });
  await endpoint.answer([ask("slow")], { onMissing: ({ reason }) => missing.push(reason) });
  expect(missing).toEqual([expect.stringContaining("no reply in 2 attempts: no whole reply within 0.06 s")]);
  expect((await endpoint.answer([ask("slow")])).length).toBe(1);
});

test("a stop sends nothing new and keeps what was under way; the next run asks only the rest, none twice", async () => {
  const server = await serve((body) => `re: ${lastTurn(body)}`);
  server.trouble.delay = 40;
  const folder = await mkdtemp(join(tmpdir(), "stop-"));
  try {
    const many = Array.from({ length: 60 }, (_, i) => ask(`r${i}`));
    const reason = new Error("stopped by the user");
    for (let round = 0; ; round++) {
      const stop = new AbortController();
      const endpoint = keptReplies(open(server, { concurrency: 8 }), folder);
      let told = 0;
      const run = endpoint.answer(many, {
        signal: stop.signal,
        onReply: () => {
          told += 1;
          if (round < 4 && told === 10 * (round + 1)) stop.abort(reason);
        },
      });
      if (round < 4) {
        await expect(run).rejects.toBe(reason);
        // Every request that reached the server has its reply told before the call ends.
        expect(told).toBe(server.asked.length);
        continue;
      }
      expect((await run).map(({ text }) => text)).toEqual(many.map(({ id }) => `re: ${id}`));
      break;
    }
    expect(server.asked.length).toBe(60);
    expect(new Set(server.asked.map(({ body }) => lastTurn(body))).size).toBe(60);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a server with room for a few is found out: little is turned away, and it is kept busy", async () => {
  const server = await serve(() => "A");
  Object.assign(server.trouble, { limit: 6, delay: 30, retryAfter: "0.02" });
  const endpoint = open(server, { concurrency: 64 });
  await endpoint.answer(Array.from({ length: 100 }, (_, i) => ask(`w${i}`)));
  server.asked.length = 0;
  const startedAt = performance.now();
  const many = Array.from({ length: 250 }, (_, i) => ask(`r${i}`));
  expect((await endpoint.answer(many)).length).toBe(250);
  const took = performance.now() - startedAt;
  const refusals = server.asked.filter(({ status }) => status === 429).length;
  expect(refusals / server.asked.length).toBeLessThan(0.05);
  expect(endpoint.pace.limit).toBeGreaterThanOrEqual(4);
  expect(endpoint.pace.limit).toBeLessThanOrEqual(7);
  // As one that knows the room; the clock of a machine that has other work to do is no more exact than that.
  const known = open(server, { concurrency: 6 });
  await known.answer(many.slice(0, 50));
  const knownAt = performance.now();
  await known.answer(many);
  expect(took).toBeLessThan(2 * (performance.now() - knownAt));
});

test("dropped connections are made good", async () => {
  const server = await serve((body) => lastTurn(body));
  server.trouble.drops = 0.1;
  const many = Array.from({ length: 100 }, (_, i) => ask(`r${i}`));
  const replies = await open(server, { concurrency: 16 }).answer(many);
  expect(replies.map(({ text }) => text)).toEqual(many.map(({ id }) => id));
  expect(server.asked.filter(({ status }) => status === 0).length).toBeGreaterThanOrEqual(10);
});

test("a budget ends the sending and not the replies; what is kept costs nothing", async () => {
  const server = await serve(() => ({ content: "A", usage: { prompt_tokens: 100, completion_tokens: 50 } }));
  const folder = await mkdtemp(join(tmpdir(), "budget-"));
  try {
    const many = Array.from({ length: 30 }, (_, i) => ask(`r${i}`));
    const counts: number[] = [];
    for (const requests of [20, 10, 1]) {
      const purse = openPurse({ requests });
      const model = keptReplies(withBudget(open(server, { concurrency: 8 }), purse), folder);
      const missing: Missing[] = [];
      const replies = await model.answer(many, { onMissing: (lost) => missing.push(lost) });
      expect(replies.length + missing.length).toBe(30);
      expect(missing.every(({ cause }) => cause === "budget")).toBe(true);
      counts.push(replies.length, purse.spent().requests, purse.spent().replyTokens);
    }
    expect(counts).toEqual([20, 20, 1000, 30, 10, 500, 30, 0, 0]);
    expect(server.asked.length).toBe(30);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a server that is gone after replies leaves the rest missing, and is not asked over and over", async () => {
  const server = await serve(() => "A");
  const endpoint = open(server, { concurrency: 2 });
  const options = (missing: Missing[]) => ({ onMissing: (lost: Missing): void => void missing.push(lost) });
  const many = Array.from({ length: 50 }, (_, i) => ask(`r${i}`));
  expect(await endpoint.answer(many.slice(0, 3))).toHaveLength(3);
  await closeServers();
  const missing: Missing[] = [];
  expect(await endpoint.answer(many, options(missing))).toEqual([]);
  expect(new Set(missing.map(({ id, cause }) => `${id} ${cause}`)).size).toBe(50);
  expect(missing[0]!.reason).toMatch(/cannot be reached/u);
  await expect(endpoint.answer(many)).rejects.toThrow(/cannot be reached/u);
});

test("kept replies prove the address: a page in place of a reply, or nobody there, is missing and no mistake", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proven-"));
  try {
    const server = await serve(() => "A");
    const requests = Array.from({ length: 6 }, (_, i) => ask(`r${i}`));
    expect(await keptReplies(open(server), folder).answer(requests.slice(0, 3))).toHaveLength(3);
    const onMissing = ({ id }: Missing): void => void missing.push(id);
    let missing: string[] = [];
    const again = keptReplies(open(server, { concurrency: 1 }), folder);
    // A round that is kept whole proves it for the next, of which nothing is kept.
    expect(await again.answer(requests.slice(0, 3), { onMissing })).toHaveLength(3);
    Object.assign(server.trouble, { refusals: 1000, refusal: 200, words: "<html>a proxy's page</html>" });
    expect(await again.answer(requests.slice(3), { onMissing })).toHaveLength(0);
    expect(missing.sort()).toEqual(["r3", "r4", "r5"]);
    await closeServers();
    missing = [];
    expect(await keptReplies(open(server), folder).answer(requests, { onMissing })).toHaveLength(3);
    expect(missing.sort()).toEqual(["r3", "r4", "r5"]);
    await expect(open(server).answer(requests, { onMissing })).rejects.toThrow(/cannot be reached/u);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
