// The agent on small worlds whose order of pages can be worked out by hand.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { AgentSection } from "../../recipe/sections/discover.ts";
import type { Page } from "../../records/page.ts";
import type { PageSurvey } from "../reading/survey-record.ts";
import type { PageSource } from "../sources/page-source.ts";
import { type AskedSource, memorySource, pagesOfRows, surveyOfRow } from "./fixtures/small-world.ts";
import { type Given, journalPath, walk } from "./fixtures/walk.ts";

async function order(rows: string, agent: Partial<AgentSection>): Promise<string[]> {
  return (await walk(memorySource(pagesOfRows(rows)), agent, await journalPath())).titles;
}

test("links of rare diseases and drugs are followed first, as far as the weight says", async () => {
  const rows = `
Start > disease: *Common, *Odd
Common > disease: *A1, *A2
Odd > rare disease: *B1, *B2
A1 > symptom
A2 > symptom
B1 > symptom
B2 > symptom`;
  expect(await order(rows, { rareWeight: 0 })).toEqual(["Start", "Common", "Odd", "A1", "A2", "B1", "B2"]);
  expect(await order(rows, { rareWeight: 2 })).toEqual(["Start", "Common", "Odd", "B1", "B2", "A1", "A2"]);
});

test("pages that several entity pages lead to come sooner, others do not count", async () => {
  const rows = `
Start > disease: *P, *Q, *R
P > disease: *A1, *A2, *Z
Q > disease: *A3, *Z
R > other: *A3, *A1
A1 > symptom
A2 > symptom
A3 > symptom
Z > symptom`;
  const flat = await order(rows, { batch: 3, closingWeight: 0 });
  expect(flat).toEqual(["Start", "P", "Q", "R", "A1", "A2", "A3", "Z"]);
  expect(await order(rows, { batch: 3, closingWeight: 0.5 })).toEqual([
    "Start",
    "P",
    "Q",
    "R",
    "Z",
    "A1",
    "A2",
    "A3",
  ]);
});

const web = `
Start > disease: *Old name, *Loop one, *Nowhere, *Mercury, -Person, Thing
Old name > redirect: Older name
Older name > redirect: New name
New name > disease: *Other name, *Leaf, *Start
Other name > redirect: New name
Loop one > redirect: Loop two
Loop two > redirect: Loop one
Mercury > namesakes: Planet, Poison
Planet > other: *Sun
Poison > drug: *Leaf
Person > other: *Town
Thing > unknown: *Town
Leaf > symptom
Town > other
Sun > other`;

test("redirects, circles, missing titles and disambiguation pages each cost what they should", async () => {
  const source = memorySource(pagesOfRows(web));
  const { titles, end } = await walk(source, { pages: ["start", "Nought"], batch: 1 }, await journalPath());
  expect(titles).toEqual(["Start", "Mercury", "New name", "Leaf", "Person", "Thing", "Planet", "Poison"]);
  expect(end).toMatchObject({ stopped: "done", waiting: [] });
  expect(end.counts).toEqual({
    read: 8,
    entities: 4,
    notMedical: 2,
    unknown: 1,
    disambiguations: 1,
    redirects: 2,
    missing: 2,
    waiting: 0,
  });
  expect(end.redirects).toEqual([
    { from: "Old name", to: "New name" },
    { from: "Other name", to: "New name" },
  ]);
  const rounds = source.asked.flat();
  expect(new Set(rounds.slice(2)).size).toBe(rounds.length - 2);
  expect(end.words).toBe(
    "every page that the seeds lead to was read, 8 pages; 0 titles wait; name more seeds to read more",
  );
});

test("a redirect that the source does not follow leads on to its target", async () => {
  const world = memorySource(pagesOfRows(web));
  const plain = new Map(pagesOfRows(web).map((one) => [one.title, one]));
  const source: PageSource = {
    ...world,
    async lookup(titles) {
      const pages = titles.flatMap((title) => plain.get(title) ?? []);
      return { pages, redirects: [], missing: titles.filter((title) => !plain.has(title)) };
    },
  };
  const { titles, end } = await walk(source, { batch: 50 }, await journalPath());
  expect(new Set(titles)).toEqual(
    new Set(["Start", "Mercury", "New name", "Leaf", "Person", "Thing", "Planet", "Poison"]),
  );
  expect(end.counts).toMatchObject({ read: 8, redirects: 5, missing: 1 });
});

test("each budget stops the agent and says what to do", async () => {
  const source = memorySource(pagesOfRows(web));
  const byPages = await walk(source, { maxPages: 3 }, await journalPath());
  expect(byPages.titles).toHaveLength(3);
  expect(byPages.end).toMatchObject({ stopped: "pages", counts: { read: 3 } });
  expect(byPages.end.words).toMatch(
    /^read 3 pages \(discover\.agent\.maxPages\); \d titles wait; raise it and run again to go on$/,
  );
  const byEntities = await walk(source, { maxEntities: 2 }, await journalPath());
  expect(byEntities.end).toMatchObject({ stopped: "entities", counts: { entities: 2 } });
  expect(byEntities.end.words).toMatch(/^read \d pages about 2 entities \(discover\.agent\.maxEntities\)/);
  let clock = 0;
  const now = (): number => {
    clock += 10_000;
    return clock;
  };
  const path = await journalPath();
  const byTime = await walk(source, { maxMinutes: 1.5 }, path, { now });
  expect(byTime.end.stopped).toBe("minutes");
  expect(byTime.end.words).toMatch(/^read \d pages in 1\.5 minutes \(discover\.agent\.maxMinutes\)/);
  const again = await walk(source, { maxMinutes: 1.5 }, path, { now });
  expect(again.titles).toEqual(byTime.titles);
  expect(again.end.counts).toEqual(byTime.end.counts);
  const longer = await walk(source, { maxMinutes: 100 }, path, { now });
  expect(longer.titles.slice(0, byTime.titles.length)).toEqual(byTime.titles);
  expect(longer.end.stopped).toBe("done");
  expect(longer.end.minutes).toBeGreaterThan(byTime.end.minutes);
});

test("what a budget left of a round waits on, with its reasons", async () => {
  const source = memorySource(pagesOfRows(web));
  const { end } = await walk(source, { maxPages: 2, batch: 50, closingWeight: 1 }, await journalPath());
  expect(end.waiting.map(({ title }) => title)).toEqual(["Old name", "Person", "Thing", "Planet", "Poison"]);
  expect(end.waiting[0]).toEqual({
    title: "Old name",
    score: 3,
    entityPages: 1,
    reasons: [{ from: "Start", why: "box field (symptoms) of a disease", weight: 3 }],
  });
});

test("a larger budget goes on where the smaller one ended, in the order of an undisturbed run, asking nothing twice", async () => {
  const pages = pagesOfRows(web);
  const whole = await walk(memorySource(pages), { maxPages: 8 }, await journalPath());
  const path = await journalPath();
  const asked: string[][] = [];
  for (const maxPages of [1, 2, 4, 5, 8, 3]) {
    const source: AskedSource = memorySource(pages);
    const { titles } = await walk(source, { maxPages }, path);
    expect(titles).toEqual(whole.titles.slice(0, maxPages));
    asked.push(...source.asked);
  }
  const rounds = asked.slice(1).flat();
  expect(new Set(rounds).size).toBe(rounds.length);
});

test("a journal cut off around the end of each line gives the same pages and the same journal in the end", async () => {
  const source = memorySource(pagesOfRows("A > disease: *B, *X\nB > redirect: C\nC > drug: D\nD > symptom"));
  const path = await journalPath();
  const undisturbed = await walk(source, { pages: ["A", "Z"] }, path);
  expect(undisturbed.titles).toEqual(["A", "C", "D"]);
  expect(undisturbed.rejects).toEqual(["Z: the small world has no page of this title"]);
  const bytes = await readFile(path);
  const cut = await journalPath();
  for (let end = 0; end !== -1; end = bytes.indexOf(10, end + 1)) {
    for (const length of [end, end + 1, end + 2]) {
      await writeFile(cut, bytes.subarray(0, length));
      expect(await walk(source, { pages: ["A", "Z"] }, cut)).toEqual(undisturbed);
      expect((await readFile(cut)).equals(bytes)).toBe(true);
    }
  }
});

test("an agent stopped between any two pages goes on with the same pages", async () => {
  const pages = pagesOfRows(web);
  const whole = await walk(memorySource(pages), {}, await journalPath());
  const path = await journalPath();
  for (let length = 0; length < whole.titles.length; length++) {
    const controller = new AbortController();
    let left = length;
    const survey = (page: Page): { survey: PageSurvey } => {
      if (left-- === 0) controller.abort();
      return { survey: surveyOfRow(page) };
    };
    await expect(walk(memorySource(pages), {}, path, { survey, signal: controller.signal })).rejects.toThrow(
      /abort/,
    );
  }
  const copy = await journalPath();
  await copyFile(path, copy);
  expect(await walk(memorySource(pages), {}, path)).toEqual(whole);
  expect(await walk(memorySource(pages), {}, copy)).toEqual(whole);
});

test("a source that turns the agent away ends it politely; other errors pass", async () => {
  const pages = pagesOfRows(web);
  const path = await journalPath();
  const refusing = (rounds: number): PageSource => {
    const source = memorySource(pages);
    const lookup: PageSource["lookup"] = async (titles, signal) => {
      if (source.asked.length >= rounds) throw new Error("429, retry in 60 s");
      return await source.lookup(titles, signal);
    };
    return { ...source, lookup };
  };
  const isRefusal = (error: unknown): boolean => error instanceof Error && error.message.startsWith("429");
  const first = await walk(refusing(3), {}, path, { isRefusal });
  expect(first.end.stopped).toBe("refused");
  expect(first.end.words).toMatch(
    /^the small world turned the agent away \(429, retry in 60 s\); \d titles wait; run again later to go on$/,
  );
  expect(first.end.waiting).toHaveLength(first.end.counts.waiting);
  const whole = await walk(memorySource(pages), {}, await journalPath());
  expect(await walk(memorySource(pages), {}, path, { isRefusal })).toEqual(whole);
  const none = await walk(refusing(0), {}, await journalPath(), { isRefusal });
  expect(none.end).toMatchObject({ stopped: "refused", counts: { read: 0 } });
  await expect(walk(refusing(2), {}, await journalPath())).rejects.toThrow("429, retry in 60 s");
});

test("a model may choose among the best; what it makes up is passed over, and a replay does not ask it", async () => {
  const source = memorySource(pagesOfRows(web));
  const path = await journalPath();
  const shown: string[][] = [];
  const choose: Given["choose"] = async (candidates) => {
    shown.push(candidates.map(({ title }) => title));
    return ["Invented", "Thing", "Thing", "Person"].filter((one) => shown.length === 1 || one === "Invented");
  };
  const { titles } = await walk(source, {}, path, { choose });
  expect(titles.slice(0, 3)).toEqual(["Start", "Thing", "Person"]);
  expect(titles).toHaveLength(8);
  expect(shown[0]).toEqual(["Loop one", "Mercury", "Nowhere", "Old name", "Person", "Thing"]);
  const again = await walk(source, {}, path, {
    choose: async () => {
      throw new Error("asked again");
    },
  });
  expect(again.titles).toEqual(titles);
});

test("seeds that all lead nowhere are the user's mistake", async () => {
  const source = memorySource(pagesOfRows(web));
  await expect(walk(source, { pages: ["Nought"] }, await journalPath())).rejects.toThrow(/none of the seeds/);
});
