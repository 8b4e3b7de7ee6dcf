// The discover stage with the agent over a live wiki: the sample encyclopedia behind a server that behaves as
// MediaWiki does. A larger budget goes on, nothing is asked twice, a refusal is borne politely.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { stageContext } from "../src/base/fixtures/stage-context.ts";
import { runDiscover } from "../src/discover/discover.ts";
import { graphStatistics } from "../src/graph/statistics.ts";
import { discoverSection } from "../src/recipe/sections/discover.ts";
import { pagesOfFolder } from "./mediawiki-query.ts";
import { type FakeWiki, startFakeWiki } from "./mediawiki-server.ts";
import { fleming } from "./program.ts";

const encyclopedia = pagesOfFolder("samples/encyclopedia/pages");
const userAgent = "FlemingTest/1.0 (https://example.org/test; test@example.org)";
const root = await mkdtemp(join(tmpdir(), "fleming-agent-"));
let wiki: FakeWiki;
let caches = 0;
let cache = "";
beforeEach(async () => {
  wiki = await startFakeWiki(encyclopedia);
  cache = join(root, `cache-${caches++}`);
});
afterEach(() => wiki[Symbol.asyncDispose]());
afterAll(() => rm(root, { recursive: true, force: true }));

function settingsFor(agent: object, api: object = {}): ReturnType<typeof discoverSection.parse> {
  const source = wiki.address;
  return discoverSection.parse({ source, agent, api: { userAgent, cache, ...api } });
}

async function endOf(folder: string): Promise<{ stopped: string; words: string; counts: { read: number } }> {
  return JSON.parse(await readFile(join(folder, "agent.json"), "utf8"));
}

const titlesAsked = (): string[] =>
  wiki.asked.flatMap(({ parameters }) => parameters["titles"]?.split("|") ?? []);

test("the agent reads from a seed to its budget, and goes on from there with a larger one", async () => {
  const base = join(root, "budget");
  const first = stageContext(base, settingsFor({ pages: ["Malaria"], maxPages: 60, batch: 20 }));
  const counts = await runDiscover(first);
  expect(await endOf(first.folder)).toMatchObject({ stopped: "pages", counts: { read: 60 } });
  expect((await endOf(first.folder)).words).toMatch(
    /60 pages .*discover\.agent\.maxPages.* titles wait; raise it/,
  );
  expect(counts["entities"]).toBeGreaterThan(60);
  const { evidence } = await graphStatistics(first.folder);
  expect(evidence.checked).toBeGreaterThan(100);
  expect(evidence.exact).toBe(evidence.checked);

  const before = titlesAsked();
  wiki.asked.length = 0;
  await rm(first.scratch, { recursive: true });
  const second = stageContext(base, settingsFor({ pages: ["Malaria"], maxPages: 120, batch: 20 }));
  await runDiscover(second);
  expect(await endOf(second.folder)).toMatchObject({ stopped: "pages", counts: { read: 120 } });
  const after = titlesAsked();
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter((title) => before.includes(title))).toEqual([]);

  // The same as one run with the larger budget from the start.
  wiki.asked.length = 0;
  const whole = stageContext(
    join(root, "whole"),
    settingsFor({ pages: ["Malaria"], maxPages: 120, batch: 20 }),
  );
  await runDiscover(whole);
  expect(titlesAsked()).toEqual([]);
  for (const file of ["entities.parquet", "relations.parquet", "evidence.parquet", "frontier.jsonl"])
    expect(await readFile(join(whole.folder, file)), file).toEqual(await readFile(join(second.folder, file)));
});

test("a wiki that refuses stops the agent politely with what it has, and the next run goes on", async () => {
  const base = join(root, "refused");
  const settings = settingsFor({ pages: ["Malaria"], maxPages: 60, batch: 20 }, { patience: 0.02 });
  let isFinished = true;
  const first = stageContext(base, settings, {
    unfinished: () => {
      isFinished = false;
    },
  });
  wiki.faults.push({ kind: "none" }, { kind: "none" }, { kind: "status", status: 429, retryAfter: "120" });
  await runDiscover(first);
  const end = await endOf(first.folder);
  expect(end.stopped).toBe("refused");
  expect(end.words).toMatch(/429.*run again later to go on/);
  expect(end.counts.read).toBeLessThan(60);
  expect(isFinished).toBe(false);
  const second = stageContext(base, settings);
  await runDiscover(second);
  expect(await endOf(second.folder)).toMatchObject({ stopped: "pages", counts: { read: 60 } });
});

test("the command asks for a user agent before it asks a wiki anything", async () => {
  const run = join(root, "run");
  const sets = ["--set", `discover.source=${wiki.address}`, "--set", "discover.agent.maxPages=20"];
  const none = await fleming(["discover", "recipes/wikipedia.yaml", "--run", run, ...sets]);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/discover\.api\.userAgent/);
  expect(wiki.asked).toEqual([]);
  const given = [
    "--set",
    `discover.api.userAgent=${userAgent}`,
    "--set",
    `discover.api.cache=${cache}`,
    "--set",
    'discover.agent.pages=["Malaria"]',
    "--set",
    "discover.agent.categories=[]",
  ];
  const done = await fleming([
    "discover",
    "recipes/wikipedia.yaml",
    "--run",
    run,
    ...sets,
    ...given,
    "--json",
  ]);
  expect(done.stderr).toMatch(/the agent stopped: .*20 pages/);
  expect(done.code).toBe(0);
  expect(wiki.greatest).toBe(1);
});
