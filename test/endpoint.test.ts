/** A model behind an OpenAI-compatible address, against a server that behaves as different servers do. */
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { UsageError } from "../src/base/errors.ts";
import { type Endpoint, type EndpointOptions, openEndpoint } from "../src/models/endpoint.ts";
import { type ChatBody, type FakeEndpoint, lastTurn, startFakeEndpoint } from "./openai-server.ts";

const KEY = "sk-0123456789abcdef";
const patience = { attempts: 3, firstWaitMs: 1, busyMs: 2000, replyMs: 5000 };
const servers: FakeEndpoint[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function serve(say: Parameters<typeof startFakeEndpoint>[0]): Promise<FakeEndpoint> {
  const server = await startFakeEndpoint(say);
  servers.push(server);
  return server;
}

function open({ url }: { url: string }, more: Partial<EndpointOptions> = {}): Endpoint {
  return openEndpoint({
    url,
    model: "tiny-clinician",
    keyVariable: "FLEMING_TEST_NO_KEY",
    patience,
    ...more,
  });
}

const ask = (id: string, prompt = id) => ({ id, prompt, maxTokens: 50, temperature: 0, seed: 1 });
const schema = z.object({ cause: z.string(), hedge: z.string().nullish(), share: z.number().min(0).max(1) });
const form = {
  id: "gout",
  system: "You fill in forms.",
  prompt: "What causes gout?",
  schema,
  name: "cause",
  temperature: 0,
  maxTokens: 100,
  seed: 3,
};
const never = new AbortController().signal;
const good = JSON.stringify({ cause: "uric acid", hedge: null, share: 0.5 });
const value = { cause: "uric acid", hedge: null, share: 0.5 };

test("replies come in the order of the requests, thinking apart, and never more at once than allowed", async () => {
  const server = await serve((body) => ({
    content: `re: ${lastTurn(body)}`,
    reasoning: "let me see",
    finish: lastTurn(body) === "r3" ? "length" : "stop",
  }));
  server.trouble.delay = 10;
  const seen: string[] = [];
  const replies = await open(server, { concurrency: 3 }).answer(
    Array.from({ length: 12 }, (_, i) => ask(`r${i}`)),
    { onReply: (reply) => seen.push(reply.id) },
  );
  expect(replies.map(({ id, text }) => [id, text])).toEqual(
    Array.from({ length: 12 }, (_, i) => [`r${i}`, `re: r${i}`]),
  );
  expect(replies[3]).toEqual({
    id: "r3",
    text: "re: r3",
    finish: "length",
    tokens: 7,
    reasoning: "let me see",
  });
  expect(seen.length).toBe(12);
  expect(server.peak()).toBe(3);
  expect(server.asked[0]!.authorization).toBeUndefined();
  expect(server.asked[0]!.body).toMatchObject({ max_tokens: 50, temperature: 0, seed: 1 });
});

test("a refused reply, a filtered one and a prompt that is too long are told apart from an answer", async () => {
  const server = await serve((body) =>
    lastTurn(body) === "no"
      ? { content: null, refusal: "I cannot help with that." }
      : { content: "", finish: "content_filter" },
  );
  server.context = 100;
  const replies = await open(server).answer([ask("no"), ask("filtered"), ask("long", "x".repeat(200))]);
  expect(replies).toEqual([
    { id: "no", text: "I cannot help with that.", finish: "refused", tokens: 7 },
    { id: "filtered", text: "", finish: "refused", tokens: 7 },
    { id: "long", text: "", finish: "length", tokens: 0 },
  ]);
});

test("content in parts is joined, its thinking left apart; a stop text is passed on and must not be empty", async () => {
  const server = await serve(() => ({
    content: [
      { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
      { type: "text", text: "B" },
    ],
  }));
  const [reply] = await open(server).answer([{ ...ask("parts"), stop: ["</answer>"] }]);
  expect(reply!.text).toBe("B");
  expect(server.asked[0]!.body.stop).toEqual(["</answer>"]);
  await expect(open(server).answer([{ ...ask("bad"), stop: [""] }])).rejects.toThrow(
    '"bad" has an empty stop',
  );
});

test("a form is asked for as a strict schema in which every field is required", async () => {
  const server = await serve(() => good);
  expect(await open(server, { key: KEY }).structured(form, never)).toEqual({ ok: true, value, tokens: 7 });
  const [{ body, authorization }] = server.asked as [(typeof server.asked)[0]];
  expect(authorization).toBe(`Bearer ${KEY}`);
  expect(body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(body.response_format).toEqual({
    type: "json_schema",
    json_schema: {
      name: "cause",
      strict: true,
      schema: {
        type: "object",
        properties: {
          cause: { type: "string" },
          hedge: { type: ["string", "null"] },
          share: { type: "number", minimum: 0, maximum: 1 },
        },
        required: ["cause", "hedge", "share"],
        additionalProperties: false,
      },
    },
  });
});

const wrappings: readonly (readonly [string, string])[] = [
  ["a code fence", `Here it is:\n\`\`\`json\n${good}\n\`\`\`\nGood luck.`],
  ["a fence without a language", `\`\`\`\n${good}\n\`\`\``],
  ["thinking in tags, with a draft in it", `<think>{"cause": "sugar", "share": 0.1}</think>\n${good}`],
  ["sentences around it", `The form, filled in: ${good} — as asked.`],
  ["a draft in front of it", `First {"cause": 5}, better ${good}`],
  ["braces and quotes in a text", '{"cause": "a } and \\" {", "share": 1}'],
];
for (const [what, reply] of wrappings)
  test(`JSON is found behind ${what}`, async () => {
    const server = await serve(() => reply);
    const answer = await open(server).structured(form, never);
    expect(answer.ok && answer.value.share).toBeGreaterThanOrEqual(0.5);
    expect(server.asked.length).toBe(1);
  });

test("a reply that does not fit is asked for once more with the error; then it is a reject and no exception", async () => {
  const server = await serve((body) =>
    body.messages.length > 2 ? good : JSON.stringify({ cause: 5, share: 2 }),
  );
  expect(await open(server).structured(form, never)).toEqual({ ok: true, value, tokens: 14 });
  expect(server.asked.length).toBe(2);
  expect(lastTurn(server.asked[1]!.body)).toMatch(/expected string[\s\S]*JSON Schema[\s\S]*"share"/u);

  const stubborn = await serve(() => "It is uric acid.");
  expect(await open(stubborn).structured(form, never)).toEqual({
    ok: false,
    reason: 'asked twice, the reply does not fit: no JSON object was found; it must start with "{"',
    tokens: 14,
    isFinal: true,
  });
  expect(stubborn.asked.length).toBe(2);
});

test("a reply that was cut off or refused is a reject with its reason, and is not asked again", async () => {
  const cut = await serve(() => ({ content: '{"cause": "ur', finish: "length" }));
  expect(await open(cut).structured(form, never)).toMatchObject({
    ok: false,
    reason: "the reply was cut off at 100 tokens (maxTokens)",
    isFinal: true,
  });
  expect(cut.asked.length).toBe(1);
  const refused = await serve(() => ({ content: null, refusal: "No." }));
  expect(await open(refused).structured(form, never)).toMatchObject({ reason: "the model refused: No." });
  const small = await serve(() => good);
  small.context = 10;
  expect(await open(small).structured(form, never)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^the text is too long for the model: .*maximum context length/u),
    isFinal: true,
  });
});

test("a server without JSON Schema is asked for a JSON object, one without that for text; it is remembered", async () => {
  const server = await serve(() => good);
  server.takes.jsonSchema = false;
  const notices: string[] = [];
  const endpoint = open(server, { notice: (text) => notices.push(text) });
  for (let i = 0; i < 3; i++)
    expect(await endpoint.structured(form, never)).toMatchObject({ ok: true, value });
  const forms = (): unknown[] => server.asked.map(({ body }) => body.response_format?.type);
  expect(forms()).toEqual(["json_schema", "json_object", "json_object", "json_object"]);
  expect(server.asked[1]!.body.messages[0]!.content).toContain(
    'JSON Schema, and with nothing else:\n{"type"',
  );
  expect(notices).toEqual([`${server.url}: replies are asked for as json_object, not json_schema`]);

  server.takes.jsonObject = false;
  server.asked.length = 0;
  const plain = open(server);
  expect(await plain.structured(form, never)).toMatchObject({ ok: true, value });
  expect(await plain.structured(form, never)).toMatchObject({ ok: true, value });
  expect(forms()).toEqual(["json_schema", "json_object", undefined, undefined]);
});

test("parts that a server does not take are left out, one by one, and told of", async () => {
  const server = await serve((body) => (body.response_format ? good : "A"));
  Object.assign(server.takes, { maxTokens: false, temperature: false, seed: false, system: false });
  const notices: string[] = [];
  const endpoint = open(server, { notice: (text) => notices.push(text) });
  expect(await endpoint.structured(form, never)).toMatchObject({ ok: true, value });
  const { body } = server.asked.at(-1)!;
  expect(body.max_completion_tokens).toBe(100);
  expect([body.max_tokens, body.temperature, body.seed]).toEqual([undefined, undefined, undefined]);
  expect(body.messages).toEqual([{ role: "user", content: "You fill in forms.\n\nWhat causes gout?" }]);
  expect(notices.join()).toMatch(/takes no temperature.*takes no seed/u);
  server.asked.length = 0;
  expect((await endpoint.answer([ask("next")]))[0]!.text).toBe("A");
  expect(server.asked.length).toBe(1);
});

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
  await servers.pop()![Symbol.asyncDispose]();
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

test("a text for a seed becomes one whole number", async () => {
  const server = await serve(() => "A");
  const endpoint = open(server);
  for (const seed of ["a", "a", "b"]) await endpoint.answer([{ ...ask("one"), seed }]);
  const seeds = server.asked.map(({ body }: { body: ChatBody }) => body.seed!);
  expect(seeds[0]).toBe(seeds[1]);
  expect(seeds[0]).not.toBe(seeds[2]);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
});
