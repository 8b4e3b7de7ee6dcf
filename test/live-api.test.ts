/** Pages of a live wiki, against a server that behaves as MediaWiki does, with each fault that the real one shows. */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { UsageError } from "../src/base/errors.ts";
import { hashFolder } from "../src/base/hash.ts";
import { seededRandom } from "../src/base/random.ts";
import { type ApiOptions, openApi } from "../src/discover/sources/api/open-api.ts";
import { type Pace, SourceRefused } from "../src/discover/sources/api/waits.ts";
import type { Lookup, PageSource } from "../src/discover/sources/page-source.ts";
import { discoverSection } from "../src/recipe/sections/discover.ts";
import { pagesOfFolder, type WikiPage, wikiPage } from "./mediawiki-query.ts";
import { type FakeWiki, type Fault, startFakeWiki } from "./mediawiki-server.ts";

const USER_AGENT = "FlemingTest/1.0 (https://example.org/test; test@example.org)";

// Forty pages of the sample encyclopedia with hidden categories, and pages that show each oddity.
const articles: readonly WikiPage[] = pagesOfFolder(
  resolve(import.meta.dirname, "../samples/encyclopedia/pages"),
)
  .filter(({ text }) => !text.startsWith("#"))
  .slice(100, 140)
  .map((page) => ({ ...page, hiddenCategories: ["Articles with short description"] }));
const [first, second] = articles as [WikiPage, WikiPage];
const oddities: readonly WikiPage[] = [
  wikiPage("Étoile", 5001, 'Ein „Text“ – 心臓 🫀 \\u0041 "quotes" & <ref>x</ref>\n\n[[Category:Étoiles]]\n'),
  wikiPage("Long way", 5002, "#REDIRECT [[Longer way#In short]]"),
  wikiPage("Longer way", 5003, `#redirect [[${first.title}#Treatment]]`),
  wikiPage("Round", 5004, "#REDIRECT [[Roundabout]]"),
  wikiPage("Roundabout", 5005, "#REDIRECT [[Round]]"),
  wikiPage("Self", 5006, "#REDIRECT [[Self]]"),
  wikiPage("To nothing", 5007, "#REDIRECT [[Nothing here]]"),
  wikiPage("To category", 5008, "#REDIRECT [[:Category:Diseases]]"),
  wikiPage("Abroad", 5009, "#REDIRECT [[fr:Ailleurs]]"),
  wikiPage("Cold (disambiguation)", 5010, "'''Cold''' may be:\n* [[Common cold]]\n", {
    isDisambiguation: true,
  }),
  wikiPage("Data.json", 5011, '{"a": 1}', { model: "json" }),
  wikiPage("Hidden", 5012, "secret", { isHidden: true }),
  wikiPage("No slot", 5013, "nothing", { model: "none" }),
  wikiPage("Empty", 5014, ""),
  wikiPage("Category:Diseases", 5015, "All diseases"),
  wikiPage("Template:Box", 5016, "{{{1}}}"),
];
const PLAIN = [
  ...articles,
  ...oddities.filter(({ title }) => ["Étoile", "Cold (disambiguation)", "Empty"].includes(title)),
];

let wiki: FakeWiki;
let cacheRoot: string;
let rejects: string[];
let waits: number[];
const root = await mkdtemp(join(tmpdir(), "live-api-"));
let roots = 0;
beforeEach(async () => {
  wiki = await startFakeWiki([...articles, ...oddities]);
  cacheRoot = join(root, String(roots++));
  rejects = [];
  waits = [];
});
afterEach(() => wiki[Symbol.asyncDispose]());
afterAll(() => rm(root, { recursive: true, force: true }));

/** A clock on which waiting takes no time. */
function quickPace(stallMs = 5000): Pace {
  let now = 1_000_000;
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
    stallMs,
  };
}

function open(api: Record<string, unknown> = {}, options: Partial<ApiOptions> = {}): PageSource {
  const settings = discoverSection.parse({ api: { userAgent: USER_AGENT, ...api } }).api;
  const reject = (item: string, reason: string): void => void rejects.push(`${item}: ${reason}`);
  return openApi(wiki.address, settings, { reject, cacheRoot, pace: quickPace(), ...options });
}

const never = new AbortController().signal;
const ask = (source: PageSource, ...titles: string[]): Promise<Lookup> => source.lookup(titles, never);
const expected = ({ title, pageId, revision, timestamp, text: wikitext }: WikiPage) => ({
  title,
  pageId,
  revision,
  timestamp,
  wikitext,
});
const titlesOf = ({ pages }: Lookup): string[] => pages.map(({ title }) => title);
const folderOfWiki = (): string =>
  join(cacheRoot, "fleming", "mediawiki", encodeURIComponent(new URL(wiki.address).host));

test("pages come whole, in the order asked for, from one request", async () => {
  const wanted = [...PLAIN].reverse();
  const { pages, redirects, missing } = await ask(open(), ...wanted.map(({ title }) => title));
  expect(pages).toEqual(wanted.map(expected));
  expect([redirects, missing, rejects]).toEqual([[], [], []]);
  expect(wiki.asked.length).toBe(1);
});

test("normalised titles and chains of redirects lead to their page, each page comes once", async () => {
  const asked = ["  long_way ", "Longer way", first.title, `${second.title}#Signs`, "E\u0301toile", "étoile"];
  const found = await ask(open(), ...asked);
  expect(titlesOf(found)).toEqual([first.title, second.title, "Étoile"]);
  expect(found.redirects).toEqual([
    { from: "  long_way ", to: first.title },
    { from: "Longer way", to: first.title },
    { from: `${second.title}#Signs`, to: second.title },
    { from: "E\u0301toile", to: "Étoile" },
    { from: "étoile", to: "Étoile" },
  ]);
  expect(found.missing).toEqual([]);
  expect(wiki.asked.length).toBe(1);
});

test("titles without an article are missing: absent, invalid, special, of other wikis and namespaces, redirects to those", async () => {
  const nowhere = [
    "Nothing here",
    "To nothing",
    "Bad <title>",
    "Percent %41",
    "x".repeat(300),
    "Special:Random",
    "fr:Maladie",
    "Abroad",
    "Category:Diseases",
    "To category",
    "Round",
    "Self",
    "A|B",
    "Bell \u0007",
    "\u001fSeparator",
    "Half a letter \ud83e",
    "",
    " _ ",
    "#Section",
  ];
  const { pages, missing } = await ask(open(), ...nowhere, second.title);
  expect(missing).toEqual(nowhere);
  expect(pages).toEqual([expected(second)]);
  expect(rejects).toEqual([]);
  expect(await ask(open(), ...nowhere)).toEqual({ pages: [], redirects: [], missing: nowhere });
  expect(wiki.asked.length).toBe(1);
});

test("a page without wikitext is rejected with its reason, now and from the cache", async () => {
  for (let round = 0; round < 2; round++) {
    rejects = [];
    const { pages, missing } = await ask(open(), "Data.json", "Hidden", "No slot", second.title);
    expect([titlesOf({ pages, missing, redirects: [] }), missing]).toEqual([[second.title], []]);
    expect(rejects).toEqual([
      expect.stringMatching(/^Data\.json: http.*content model "json"; only wikitext/u),
      expect.stringMatching(/^Hidden: .* is hidden$/u),
      expect.stringMatching(/^No slot: .* no text in its main slot$/u),
    ]);
  }
  expect(wiki.asked.length).toBe(1);
});

test("texts and categories that come in portions are put together, whichever comes first", async () => {
  const titles = PLAIN.map(({ title }) => title);
  const whole = await ask(open(), ...titles);
  const kept = await hashFolder(folderOfWiki());
  for (const portions of [
    { revisions: 3, categories: 500 },
    { revisions: 50, categories: 2 },
    { revisions: 4, categories: 7 },
    { revisions: 1, categories: 1 },
  ]) {
    await rm(folderOfWiki(), { recursive: true });
    Object.assign(wiki.portions, portions);
    wiki.asked.length = 0;
    expect(await ask(open(), ...titles)).toEqual(whole);
    expect(wiki.asked.length).toBeGreaterThan(5);
    // The categories are in the cache, without the hidden ones.
    expect(await hashFolder(folderOfWiki())).toBe(kept);
  }
  const { revision, categories } = first;
  const file = join(
    folderOfWiki(),
    "revisions",
    String(revision % 1000).padStart(3, "0"),
    `${revision}.json`,
  );
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    page: expected(first),
    categories: [...categories].sort(),
    isDisambiguation: false,
  });
  expect(categories.length).toBeGreaterThan(0);
});

test("more than fifty titles go in several requests, long ones in the body of the request", async () => {
  const absent = Array.from({ length: 120 }, (_, index) => `${"Syndrome ".repeat(8)}${index}`);
  const { pages, missing } = await ask(open(), ...absent, ...PLAIN.map(({ title }) => title));
  expect([pages.length, missing.length]).toEqual([PLAIN.length, 120]);
  expect(wiki.asked.map(({ parameters }) => parameters["titles"]!.split("|").length)).toEqual([
    50, 50, 50, 13,
  ]);
  expect(wiki.asked.map(({ method }) => method)).toEqual(["POST", "POST", "POST", "GET"]);
  wiki.asked.length = 0;
  await ask(open(), "Short");
  expect(wiki.asked.map(({ method }) => method)).toEqual(["GET"]);
});

test("members of a category and pages with a template come in portions, sorted, and articles only", async () => {
  const talk = wikiPage("Talk:Étoile", 6000, "[[Category:Étoiles]] {{Box}}");
  const user = wikiPage("Étoile B", 6001, "[[Category:Étoiles]] {{Box}} {{Other box}}");
  const other = wikiPage("Aster", 6002, "[[Category:Étoiles]] {{Other box}}");
  for (const page of [talk, user, other]) wiki.pages.set(page.title, page);
  wiki.portions.members = 1;
  const source = open();
  const members = ["Aster", "Étoile", "Étoile B"].sort();
  expect(await source.categoryMembers("Étoiles", never)).toEqual(members);
  expect(wiki.asked.length).toBe(3);
  expect(await source.categoryMembers("Category:Étoiles", never)).toEqual(members);
  expect(await source.pagesWithTemplate(["Box", "Template:Other box", "Box"], never)).toEqual([
    "Aster",
    "Étoile B",
  ]);
  expect(await source.categoryMembers("No such category", never)).toEqual([]);
  expect(wiki.asked.length).toBe(3 + 1 + 2 + 1);
  // Another time nothing of it is asked for.
  const again = open();
  expect(await again.categoryMembers("Étoiles", never)).toEqual(members);
  expect(await again.pagesWithTemplate(["Other box"], never)).toEqual(["Aster", "Étoile B"]);
  expect(wiki.asked.length).toBe(7);
  await expect(source.categoryMembers("Bad [name]", never)).rejects.toThrow(/invalidcategory: The category/u);
});

test("who asks is told with every request, answers are asked for in gzip, with maxlag", async () => {
  await ask(open({ maxlag: 3 }), first.title);
  await open().categoryMembers("Étoiles", never);
  await ask(open(), ...Array.from({ length: 50 }, (_, index) => `${"Long ".repeat(20)}${index}`));
  expect(wiki.asked.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
  for (const { userAgent, acceptEncoding } of wiki.asked)
    expect([userAgent, acceptEncoding]).toEqual([USER_AGENT, "gzip"]);
  expect(wiki.asked.map(({ parameters }) => parameters["maxlag"])).toEqual(["3", "5", "5"]);
});

for (const userAgent of [
  undefined,
  "Fleming",
  "Fleming/1.0",
  "Fleming/1.0 (my study)",
  "Fleming/1.0 https://example.org/study",
  "(https://example.org/study)",
  "Flemi\u0144g/1.0 (https://example.org/study)",
  "Fleming/1.0 (me@example.org)\nX: y",
])
  test(`the user agent ${JSON.stringify(userAgent)} is refused before any request`, () => {
    const settings = discoverSection.parse({ api: { userAgent } }).api;
    const opening = () => openApi(wiki.address, settings, { reject: () => {} });
    expect(opening).toThrow(UsageError);
    expect(opening).toThrow(/discover\.api\.userAgent .*expected name\/version \(contact\).*Wikimedia/u);
    expect(wiki.asked.length).toBe(0);
  });

for (const userAgent of ["a/1 (me@example.org)", "Study/2.1 (https://example.org/s; x) undici/6"])
  test(`the user agent ${JSON.stringify(userAgent)} is taken`, async () => {
    expect(titlesOf(await ask(open({ userAgent }), "Empty"))).toEqual(["Empty"]);
  });

for (const address of [
  "https://en.wikipedia.org",
  "https://en.wikipedia.org/wiki/Fever",
  "ftp://x.org/w/api.php",
])
  test(`${address} is no address of an API`, () => {
    const settings = discoverSection.parse({ api: { userAgent: USER_AGENT } }).api;
    expect(() => openApi(address, settings, { reject: () => {} })).toThrow(
      /expected one that ends in api\.php/u,
    );
  });

test("a live wiki is not swept", () => {
  expect(() => open().portions()).toThrow(/set discover\.agent with .*, or give a dump/u);
});

test("the server of these tests keeps to the rules of the real one", async () => {
  const plain = async (query: string, headers = {}): Promise<[number, string]> => {
    const response = await fetch(`${wiki.address}?action=query&format=json&formatversion=2&${query}`, {
      headers,
    });
    return [response.status, await response.text()];
  };
  expect((await plain("titles=A"))[0]).toBe(403);
  const many = Array.from({ length: 51 }, (_, index) => index).join("|");
  expect((await plain(`titles=${many}`, { "User-Agent": USER_AGENT }))[1]).toContain("toomanyvalues");
});

test("a lagging wiki is given five seconds, or more when it asks for more", async () => {
  wiki.faults.push(
    { kind: "maxlag" },
    { kind: "maxlag", retryAfter: "1" },
    { kind: "maxlag", retryAfter: "17" },
  );
  expect((await ask(open(), first.title)).pages).toEqual([expected(first)]);
  expect(waits).toEqual([5000, 5000, 17_000]);
});

test("Retry-After is waited for, in seconds and as a date", async () => {
  wiki.faults.push(
    { kind: "status", status: 429, retryAfter: "20" },
    { kind: "status", status: 503, dateIn: 90 },
    { kind: "error", code: "ratelimited", info: "Slow down.", retryAfter: "8" },
    { kind: "status", status: 429, retryAfter: "0" },
    { kind: "status", status: 429, dateIn: -50 },
    { kind: "status", status: 502, retryAfter: "9" },
  );
  expect((await ask(open(), first.title)).pages).toEqual([expected(first)]);
  expect(waits.length).toBe(6);
  expect([waits[0], ...waits.slice(2)]).toEqual([20_000, 8000, 1000, 1000, 9000]);
  // A date has whole seconds.
  expect(Math.abs(waits[1]! - 90_000)).toBeLessThanOrEqual(1000);
});

test("without Retry-After the waits double, and are the same whenever the same is asked", async () => {
  const refusals: Fault[] = [
    { kind: "status", status: 429 },
    { kind: "error", code: "ratelimited", info: "Slow down." },
    { kind: "status", status: 503 },
    { kind: "status", status: 429, retryAfter: "soon" },
  ];
  wiki.faults.push(...refusals);
  await ask(open(), first.title);
  const once = [...waits];
  for (const [index, wait] of once.entries()) {
    expect(wait).toBeGreaterThanOrEqual(1000 * 2 ** index);
    expect(wait).toBeLessThanOrEqual(1500 * 2 ** index);
  }
  waits = [];
  cacheRoot = join(root, String(roots++));
  wiki.faults.push(...refusals);
  await ask(open(), first.title);
  expect(waits).toEqual(once);
  expect(once.length).toBe(4);
});

const faults: readonly Fault[] = [
  { kind: "maxlag" },
  { kind: "error", code: "ratelimited", info: "Slow down." },
  { kind: "error", code: "readonly", info: "The wiki is read-only." },
  { kind: "error", code: "internal_api_error_DBQueryError", info: "Caught exception." },
  { kind: "status", status: 429, retryAfter: "2" },
  { kind: "status", status: 429, dateIn: 3 },
  { kind: "status", status: 503 },
  { kind: "status", status: 500 },
  { kind: "status", status: 408 },
  { kind: "cut" },
  { kind: "hangup" },
  { kind: "silence" },
  { kind: "stall" },
  { kind: "shortGzip" },
  { kind: "brokenGzip" },
  { kind: "brokenLetters" },
  { kind: "body", body: "" },
  { kind: "body", body: '{"query": {"pages": [' },
  { kind: "body", body: "<html>Log in to the network</html>" },
  { kind: "body", body: "[]" },
  { kind: "body", body: '{"status": "ok"}' },
  { kind: "body", body: '{"batchcomplete": true}' },
  { kind: "body", body: '{"query": {"pages": {"1": {"title": "old format"}}}}' },
];
for (const fault of faults)
  test(`the reading survives ${JSON.stringify(fault)}`, async () => {
    wiki.portions.categories = 3;
    const titles = ["Long way", "Nothing here", "étoile", second.title];
    const pace = quickPace(200);
    wiki.faults.push(fault, { kind: "none" }, fault, fault);
    const found = await ask(open({}, { pace }), ...titles);
    expect(found.pages).toEqual([first, oddities[0]!, second].map(expected));
    expect(found.missing).toEqual(["Nothing here"]);
    expect(waits.length).toBe(3);
    expect(rejects).toEqual([]);
    // What was not an answer is not in the cache.
    expect(await ask(open(), ...titles)).toEqual(found);
  });

test("any mix of faults gives the same pages as none, and leaves the same in the cache", async () => {
  const titles = [...PLAIN, ...oddities].map(({ title }) => title);
  const whole = await ask(open(), ...titles);
  const kept = await hashFolder(folderOfWiki());
  const passing = faults.filter(({ kind }) => kind !== "silence" && kind !== "stall");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom(...passing), { maxLength: 4 }), { maxLength: 12 }),
      fc.record({
        revisions: fc.integer({ min: 4, max: 50 }),
        categories: fc.integer({ min: 6, max: 100 }),
      }),
      async (mix, portions) => {
        await rm(folderOfWiki(), { recursive: true, force: true });
        Object.assign(wiki.portions, portions);
        // Good answers lie between, or the address would be taken for a wrong one.
        wiki.faults.splice(
          0,
          wiki.faults.length,
          ...mix.flatMap((some) => [...some, { kind: "none" } as const]),
        );
        expect(await ask(open({ patience: 60 }), ...titles)).toEqual(whole);
        expect(await hashFolder(folderOfWiki())).toBe(kept);
      },
    ),
    { numRuns: 15 },
  );
});

for (const [fault, message] of [
  [{ kind: "error", code: "badtoken", info: "Invalid CSRF token." }, /badtoken: Invalid CSRF token\./u],
  [{ kind: "error", code: "readapidenied", info: "You need read permission." }, /readapidenied: You need/u],
  [
    { kind: "status", status: 403 },
    /HTTP 403 \("Error Our servers are busy\."\); .*discover\.api\.userAgent/u,
  ],
  [{ kind: "status", status: 404 }, /HTTP 404 .*expected the address of api\.php/u],
  [{ kind: "status", status: 414 }, /HTTP 414/u],
  [
    { kind: "status", status: 301, location: "https://wiki.example.org/w/api.php" },
    /HTTP 301, the API is elsewhere: https:\/\/wiki\.example\.org/u,
  ],
] as const)
  test(`what waiting cannot mend is told at once: ${JSON.stringify(fault)}`, async () => {
    wiki.faults.push(fault);
    const answer = ask(open(), first.title);
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toBeInstanceOf(UsageError);
    await expect(answer).rejects.not.toBeInstanceOf(SourceRefused);
    expect([wiki.asked.length, waits]).toEqual([1, []]);
  });

test("after refusals for longer than patience the source stops politely and says why", async () => {
  wiki.faults.push(...Array<Fault>(1000).fill({ kind: "status", status: 429 }));
  const refused = await ask(open({ patience: 4 }), first.title).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SourceRefused);
  expect(String(refused)).toMatch(
    /HTTP 429.*discover\.api\.patience \(4 min\); run the same command again later/u,
  );
  const waited = waits.reduce((sum, wait) => sum + wait, 0);
  expect(waited).toBeGreaterThan(2 * 60_000);
  expect(waited).toBeLessThanOrEqual(4 * 60_000);
  expect(wiki.asked.length).toBe(waits.length + 1);
  expect(wiki.asked.length).toBeLessThan(12);
});

test("a Retry-After beyond patience is not waited for, and those in the queue do not ask either", async () => {
  const source = open();
  wiki.faults.push({ kind: "none" }, { kind: "status", status: 429, retryAfter: "3600" });
  await ask(source, first.title);
  const outcomes = await Promise.allSettled([
    ask(source, second.title),
    ask(source, "Empty"),
    source.categoryMembers("Étoiles", never),
    ask(source, first.title),
  ]);
  const reasons = outcomes.map(
    (outcome) => outcome.status === "rejected" && outcome.reason instanceof SourceRefused,
  );
  // What is in the cache is still given.
  expect(reasons).toEqual([true, true, true, false]);
  expect([wiki.asked.length, waits]).toEqual([2, []]);
  // Later it may be asked again.
  expect(titlesOf(await ask(source, second.title))).toEqual([second.title]);
});

test("a lagging wiki is not asked for ever", async () => {
  wiki.faults.push(...Array<Fault>(1000).fill({ kind: "maxlag" }));
  await expect(ask(open({ patience: 1 }), first.title)).rejects.toThrow(SourceRefused);
  expect(waits.length).toBe(12);
});

test("an address where no wiki answers is given up soon", async () => {
  await wiki[Symbol.asyncDispose]();
  const answer = ask(open(), first.title);
  await expect(answer).rejects.toThrow(
    /no answer of a MediaWiki Action API in 6 attempts .*check discover\.source/u,
  );
  await expect(answer).rejects.not.toBeInstanceOf(SourceRefused);
  wiki = await startFakeWiki([]);
});

test("an abort ends a wait, a request and a place in the queue", async () => {
  for (const fault of [{ kind: "maxlag" }, { kind: "silence" }, { kind: "stall" }] as const) {
    const source = open({}, { pace: { now: Date.now, sleep: realSleep, stallMs: 60_000 } });
    wiki.faults.push(fault);
    const stop = new AbortController();
    const startedAt = performance.now();
    const answers = [second, first].map(({ title }) => source.lookup([title], stop.signal));
    setTimeout(() => stop.abort(new Error("stopped by the test")), 100);
    for (const answer of answers) await expect(answer).rejects.toThrow("stopped by the test");
    expect(performance.now() - startedAt).toBeLessThan(2000);
  }
  expect(wiki.asked.length).toBe(3);
  // The signal of the source ends everything as well, before any request.
  const all = AbortSignal.abort(new Error("all stopped"));
  await expect(ask(open({}, { signal: all }), first.title)).rejects.toThrow("all stopped");
  expect(wiki.asked.length).toBe(3);
});

const realSleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
};

test("a second reading asks nothing, even where the wiki is gone", async () => {
  const titles = [...PLAIN, ...oddities].map(({ title }) => title).concat("Nothing here", "long_way");
  const whole = await ask(open(), ...titles);
  const { length } = wiki.asked;
  expect(await ask(open(), ...titles)).toEqual(whole);
  expect(wiki.asked.length).toBe(length);
  // What lay on the way to a page is known as well, and the wiki may have changed.
  wiki.pages.clear();
  const found = await ask(open(), "Longer way", "Étoile");
  expect(titlesOf(found)).toEqual([first.title, "Étoile"]);
  expect(wiki.asked.length).toBe(length);
});

test("what is fetched once is not asked for again, in any order of reading", async () => {
  const random = seededRandom(3, "reading");
  const titles = [...PLAIN, ...oddities].map(({ title }) => title);
  let source = open();
  for (let round = 0; round < 30; round++) {
    if (round % 7 === 6) source = open();
    await Promise.all([1, 2, 3].map(() => ask(source, ...random.sample(titles, 1 + random.integer(12)))));
  }
  const asked = wiki.asked.flatMap(({ parameters }) => parameters["titles"]!.split("|"));
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(titles.length);
  expect(wiki.greatest).toBe(1);
});

test("requests go out one at a time", async () => {
  wiki.delay = 15;
  const titles = Array.from({ length: 300 }, (_, index) => `Absent ${index}`);
  const source = open();
  await Promise.all([
    ask(source, ...titles),
    ask(source, first.title),
    source.categoryMembers("Étoiles", never),
  ]);
  expect([wiki.greatest, wiki.asked.length]).toEqual([1, 8]);
});

test("a folder of the user's holds several wikis, and the title of one is not that of another", async () => {
  await using other = await startFakeWiki([wikiPage(first.title, 1, "Another text")]);
  const settings = discoverSection.parse({ api: { userAgent: USER_AGENT, cache: join(root, "shared") } }).api;
  const from = (address: string): PageSource =>
    openApi(address, settings, { reject: () => {}, pace: quickPace() });
  expect((await ask(from(wiki.address), first.title)).pages[0]!.wikitext).toBe(first.text);
  expect((await ask(from(other.address), first.title)).pages[0]!.wikitext).toBe("Another text");
  expect((await readdir(join(root, "shared"))).length).toBe(2);
});

test("a cache that was cut off or damaged anywhere gives the same pages", async () => {
  const titles = [...PLAIN.slice(0, 12).map(({ title }) => title), "Long way", "Nothing here", "Data.json"];
  const whole = await ask(open(), ...titles);
  const list = join(folderOfWiki(), "titles.jsonl");
  const notes = await readFile(list);
  const pages = join(folderOfWiki(), "revisions");
  const files = (await readdir(pages, { recursive: true })).filter((name) => name.endsWith(".json"));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: notes.length }),
      fc.constantFrom(...files),
      fc.integer({ min: 0, max: 100 }),
      async (end, file, size) => {
        await writeFile(list, notes.subarray(0, end));
        await truncate(join(pages, file), size);
        await writeFile(join(pages, `${file}.99-0.part`), "{");
        wiki.asked.length = 0;
        expect(await ask(open(), ...titles)).toEqual(whole);
        expect(wiki.asked.length).toBeLessThanOrEqual(1);
        // It is whole again.
        expect(await ask(open(), ...titles)).toEqual(whole);
        expect(wiki.asked.length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 40 },
  );
  await appendFile(list, '{"title": "Empty", "revision": 1}\n{"title": "Empty"}\nnull\n');
  expect(titlesOf(await ask(open(), "Empty"))).toEqual(["Empty"]);
});

test("a process that is killed while it fills the cache leaves it usable", { timeout: 60_000 }, async () => {
  const cache = join(root, "killed");
  const titles = [...PLAIN, ...oddities].map(({ title }) => title);
  const random = seededRandom(5, "kill");
  const script = new URL("./live-api-child.ts", import.meta.url);
  for (let round = 0; round < 4; round++) {
    const child = fork(script, [wiki.address, cache, JSON.stringify(titles)], {
      execArgv: ["--import", "tsx"],
    });
    const gone = new Promise((done) => child.once("exit", done));
    await new Promise((ready) => child.once("message", ready));
    await sleep(random.integer(30));
    child.kill("SIGKILL");
    await gone;
  }
  const [folder = ""] = await readdir(cache);
  expect(existsSync(join(cache, folder, "titles.jsonl"))).toBe(true);
  const before = await readFile(join(cache, folder, "titles.jsonl"), "utf8");
  expect(before.split("\n").length).toBeGreaterThan(3);
  wiki.asked.length = 0;
  const found = await ask(open({ cache }), ...titles);
  const asked = wiki.asked.flatMap(({ parameters }) => parameters["titles"]!.split("|"));
  expect(found).toEqual(await ask(open(), ...titles));
  expect(titlesOf(found).sort()).toEqual([...PLAIN].map(({ title }) => title).sort());
  // What the killed ones brought is not asked for again.
  for (const line of before.split("\n").filter((text) => text.endsWith("}")))
    expect(asked).not.toContain((JSON.parse(line) as { title: string }).title);
  const { length } = wiki.asked;
  expect(await ask(open({ cache }), ...titles)).toEqual(found);
  expect(wiki.asked.length).toBe(length);
});

test("a folder that cannot be written to is told as the user's to mend", async () => {
  const file = join(root, `file${roots}`);
  await writeFile(file, "");
  await expect(ask(open({ cache: file }), first.title)).rejects.toThrow(/^discover\.api\.cache .*file/u);
});
