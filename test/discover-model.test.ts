/** The model-driven steps of discover, against a server whose replies are scripted: honest, careless, invented. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Asking } from "../src/discover/model/asking.ts";
import { chooseLinks } from "../src/discover/model/choose-links.ts";
import { proposeRelations, systemPrompt } from "../src/discover/model/propose-relations.ts";
import { proposeType } from "../src/discover/model/propose-type.ts";
import { readPage } from "../src/discover/wikitext/sections.ts";
import { keptAnswers } from "../src/models/answer-cache.ts";
import { openEndpoint } from "../src/models/endpoint.ts";
import { type ChatBody, type FakeEndpoint, lastTurn, startFakeEndpoint } from "./openai-server.ts";

const page = {
  title: "Gout",
  wikitext: `'''Gout''' is an inflammatory [[arthritis]]. It is caused by [[uric acid]] crystals.

== Treatment ==
Attacks are treated with [[colchicine]]. They are never treated with [[penicillin]].
== Complications ==
Untreated, it may lead to [[kidney stone]]s.
`,
};
const read = readPage(page.wikitext);

let say: (body: ChatBody) => unknown;
let server: FakeEndpoint;
let folder: string;
let stop: AbortController;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "discover-model-"));
  stop = new AbortController();
  server = await startFakeEndpoint((body) => {
    const said = say(body);
    return typeof said === "string" ? said : JSON.stringify(said);
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function asking(more: { maxCharacters?: number; cached?: boolean; attempts?: number } = {}): Asking {
  const { maxCharacters = 12_000, cached = false, attempts = 2 } = more;
  const endpoint = openEndpoint({
    url: server.url,
    model: "tiny-clinician",
    keyVariable: "FLEMING_TEST_NO_KEY",
    concurrency: 2,
    patience: { attempts, firstWaitMs: 1, busyMs: 100, replyMs: 5000 },
  });
  return {
    model: cached ? keptAnswers(endpoint, folder) : endpoint,
    settings: { temperature: 0, maxTokens: 500, maxCharacters },
    seed: 1,
    signal: stop.signal,
  };
}

/** A model that reads "… with [[x]]" as treatments of whatever it is shown. */
function honest(body: ChatBody): unknown {
  const relations = [...lastTurn(body).matchAll(/[^.\n]*treated with \[\[(\w+)\]\]\./gu)].map(
    ([quote, tail]) => ({
      predicate: "TREATED_WITH",
      tail,
      tailType: "drug",
      quote: quote.trim(),
      hedge: null,
      frequency: null,
      condition: null,
    }),
  );
  return { relations };
}

test("relations are taken with their quotes; a denied one is a reject with its reason", async () => {
  say = honest;
  const quote = "Attacks are treated with [[colchicine]].";
  const start = page.wikitext.indexOf(quote);
  const found = await proposeRelations(page, read, "disease", asking());
  expect(found).toEqual({
    accepted: [
      {
        place: { section: "Treatment", start, end: start + quote.length, quote },
        mention: {
          target: "Colchicine",
          words: "colchicine",
          method: "model",
          proposed: { predicate: "TREATED_WITH", type: "drug", confidence: 0.6 },
        },
      },
    ],
    rejects: [{ item: "Gout TREATED_WITH penicillin", reason: "the sentence of the quote denies it" }],
    tokens: 7,
    isWhole: true,
  });
  const schema = JSON.stringify(server.asked[0]!.body.response_format?.json_schema?.schema);
  expect(schema).toContain('"CAUSED_BY"');
  expect(schema).not.toContain('"TREATS"');
});

test("an invented quote never gets in, whatever is made up", async () => {
  const made = [
    "It is caused by [[lead]].",
    "It is caused by uric acid crystals",
    "it is caused by [[uric acid]] crystals.",
    "It is caused by [[uric acid]]  crystals.",
    "== Treatment ==",
    "<<<",
    "",
    page.wikitext,
    `${page.wikitext} `,
    "\u0000",
  ];
  say = () => ({
    relations: made.map((quote) => ({
      predicate: "CAUSED_BY",
      tail: "uric acid",
      tailType: "concept",
      quote,
      hedge: null,
      frequency: null,
      condition: null,
    })),
  });
  const found = await proposeRelations(page, read, "disease", asking());
  expect(found.accepted).toEqual([]);
  expect(found.rejects.length).toBe(made.length);
  expect(new Set(found.rejects.map(({ reason }) => reason))).toEqual(
    new Set(["the quote is not in the page"]),
  );
});

test("a long page is asked about in parts, and what two parts give is kept once", async () => {
  say = honest;
  const long = {
    title: "Gout",
    wikitext: Array.from(
      { length: 10 },
      (_, i) => `== S${i} ==\nFlares are treated with [[drug${i}]]. ${"x ".repeat(60)}\n`,
    ).join(""),
  };
  const found = await proposeRelations(
    long,
    readPage(long.wikitext),
    "disease",
    asking({ maxCharacters: 400 }),
  );
  expect(found.accepted.map(({ mention }) => mention.words)).toEqual(
    Array.from({ length: 10 }, (_, i) => `drug${i}`),
  );
  expect(server.asked.length).toBe(5);
  expect(server.peak()).toBeLessThanOrEqual(2);
  for (const { place } of found.accepted)
    expect(long.wikitext.slice(place.start, place.end)).toBe(place.quote);
  say = (body) => {
    const { relations } = honest(body) as { relations: unknown[] };
    return { relations: [...relations, ...relations] };
  };
  expect((await proposeRelations(page, read, "disease", asking())).accepted.length).toBe(1);
});

test("a type without predicates is not asked about", async () => {
  expect(await proposeRelations(page, read, "gene", asking())).toEqual({
    accepted: [],
    rejects: [],
    tokens: 0,
    isWhole: true,
  });
  expect(server.asked.length).toBe(0);
});

test("one wrong type of a value costs that relation; a reply of a wrong form costs that part of the page", async () => {
  say = (body) => {
    const { relations } = honest(body) as { relations: object[] };
    return { relations: [{ ...relations[0], tailType: "pill" }, relations[0]] };
  };
  const one = await proposeRelations(page, read, "disease", asking());
  expect([one.accepted.length, one.rejects[0]?.reason]).toEqual([1, '"pill" is no type of an entity']);
  say = () => ({ relations: [{ predicate: 5 }] });
  const none = await proposeRelations(page, read, "disease", asking());
  expect(none).toMatchObject({ accepted: [], isWhole: true });
  expect(none.rejects[0]).toMatchObject({
    item: "Gout, part 1",
    reason: expect.stringMatching(/^asked twice/u),
  });
});

test("the prompt lists the predicates of its subject's type and no others", () => {
  const listed = (head: "anatomy" | "gene"): string[] =>
    [...systemPrompt(head).matchAll(/^([A-Z_]+): /gmu)].map(([, name]) => name ?? "");
  expect(listed("anatomy")).toEqual([
    "PART_OF",
    "SUPPLIED_BY",
    "DRAINED_BY",
    "INNERVATED_BY",
    "DEVELOPS_FROM",
  ]);
  expect(listed("gene")).toEqual([]);
});

test("a type comes with a literal quote, or does not come", async () => {
  say = () => ({ type: "disease", confidence: 0.9, quote: "'''Gout''' is an inflammatory [[arthritis]]" });
  expect(await proposeType(page, read, asking())).toMatchObject({
    ok: true,
    type: "disease",
    confidence: 0.9,
    place: { section: "", start: 0, quote: "'''Gout''' is an inflammatory [[arthritis]]" },
  });
  say = () => ({ type: "disease", confidence: 0.9, quote: "Gout is a disease" });
  expect(await proposeType(page, read, asking())).toEqual({
    ok: false,
    reject: { item: "Gout: type", reason: "the quote is not in the page" },
    tokens: 7,
    isFinal: true,
  });
  say = () => ({ type: "ailment", confidence: 0.9, quote: "'''Gout'''" });
  expect(await proposeType(page, read, asking())).toMatchObject({
    reject: { reason: '"ailment" is no type of an entity' },
  });
  say = () => ({ type: "none", confidence: 1, quote: "'''Gout'''" });
  expect(await proposeType(page, read, asking())).toMatchObject({ ok: true, type: "none" });
  expect(await proposeType({ title: "Empty" }, readPage(""), asking())).toMatchObject({
    ok: false,
    reject: { reason: "the page has no text" },
  });
});

const waiting = ["Uric acid", "Paris", "Colchicine", "Purine"].map((title) => ({
  title,
  why: "linked from Gout",
}));

test("links are ordered, titles that do not wait are rejected, and nothing is lost", async () => {
  say = () => ({ titles: ["Colchicine", "Aspirin", "Uric acid", "Colchicine"] });
  expect(await chooseLinks(waiting, "rare diseases and drugs", asking())).toEqual({
    titles: ["Colchicine", "Uric acid", "Paris", "Purine"],
    chosen: 2,
    rejects: [{ item: "links: Aspirin", reason: "the title is not among those that wait" }],
    tokens: 7,
  });
  expect(lastTurn(server.asked[0]!.body)).toContain("Aim: rare diseases and drugs");
});

test("the order stays as it was when the model or the server fails", async () => {
  say = () => "I would read about Paris.";
  const titles = waiting.map(({ title }) => title);
  expect(await chooseLinks(waiting, "drugs", asking())).toMatchObject({ titles, chosen: 0 });
  Object.assign(server.trouble, { refusals: 1000, refusal: 500 });
  const failed = await chooseLinks(waiting, "drugs", asking());
  expect(failed).toMatchObject({ titles, chosen: 0 });
  expect(failed.rejects[0]!.reason).toMatch(/^no reply in 2 attempts/u);
});

test("more than a hundred waiting titles: the first hundred are shown, the others keep their place", async () => {
  say = () => ({ titles: ["Title 150", "Title 99"] });
  const many = Array.from({ length: 200 }, (_, i) => ({ title: `Title ${i}`, why: "a\nb" }));
  const { titles, rejects } = await chooseLinks(many, "drugs", asking());
  expect(titles.slice(0, 2)).toEqual(["Title 99", "Title 0"]);
  expect(titles.length).toBe(200);
  expect(rejects.length).toBe(1);
  expect(lastTurn(server.asked[0]!.body).split("\n").length).toBe(2 + 100 + 2);
});

test("what was answered is not asked again, by the same run or another", async () => {
  say = honest;
  const first = await proposeRelations(page, read, "disease", asking({ cached: true }));
  expect(server.asked.length).toBe(1);
  const second = await proposeRelations(page, read, "disease", asking({ cached: true }));
  expect(second).toEqual(first);
  expect(server.asked.length).toBe(1);
  const other = { title: "Gout", wikitext: `${page.wikitext}It hurts.` };
  await proposeRelations(other, readPage(other.wikitext), "disease", asking({ cached: true }));
  expect(server.asked.length).toBe(2);
});

test("the same question asked twice at once is one request", async () => {
  say = honest;
  const both = asking({ cached: true });
  const [a, b] = await Promise.all([1, 2].map(() => proposeRelations(page, read, "disease", both)));
  expect(a).toEqual(b);
  expect(server.asked.length).toBe(1);
});

test("a reply that does not fit is kept as such; a failure of the server is not, nor a file cut off", async () => {
  say = () => "no";
  const reject = await proposeRelations(page, read, "disease", asking({ cached: true }));
  expect(server.asked.length).toBe(2);
  expect(await proposeRelations(page, read, "disease", asking({ cached: true }))).toEqual(reject);
  expect(server.asked.length).toBe(2);

  say = honest;
  const [file] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".json"));
  await writeFile(join(folder, file!), '{"id": "Gout, part 1", "ok": tr');
  expect((await proposeRelations(page, read, "disease", asking({ cached: true }))).accepted.length).toBe(1);

  await rm(folder, { recursive: true });
  Object.assign(server.trouble, { refusals: 2, refusal: 500 });
  const failed = await proposeRelations(page, read, "disease", asking({ cached: true }));
  expect(failed).toMatchObject({ accepted: [], isWhole: false });
  const again = await proposeRelations(page, read, "disease", asking({ cached: true }));
  expect(again).toMatchObject({ isWhole: true });
  expect(again.accepted.length).toBe(1);
});

test("an abort ends a step with its own reason and leaves nothing behind", async () => {
  say = honest;
  server.trouble.stalls = 1;
  const reason = new Error("stopped by the user");
  const asked = proposeRelations(page, read, "disease", asking({ cached: true }));
  setTimeout(() => stop.abort(reason), 30);
  await expect(asked).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual([]);
});
