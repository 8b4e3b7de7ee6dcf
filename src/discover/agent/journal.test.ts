import { appendFile, mkdtemp, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { discoverSection } from "../../recipe/sections/discover.ts";
import { page } from "./fixtures/small-world.ts";
import { type Batch, type JournalEntry, journalHeader, openJournal } from "./journal.ts";

const header = { journal: 1, source: "s" };
const seeds: JournalEntry = {
  kind: "seeds",
  seeds: [{ title: "A", why: "named", weight: 2 }],
  lost: [{ item: "Z", reason: "no page" }],
};
const batch: Batch = {
  kind: "batch",
  asked: ["A", "B", "C"],
  found: {
    pages: [page("A", "text\n\u2028 é 😀", 1)],
    redirects: [{ from: "B", to: "A" }],
    missing: ["C"],
  },
  minutes: 0.5,
};

async function where(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "fleming-journal-")), "journal.jsonl");
}

async function entriesIn(path: string, of: object = header): Promise<JournalEntry[]> {
  await using journal = await openJournal(path, { ...of });
  const entries: JournalEntry[] = [];
  for await (const entry of journal.replay()) entries.push(entry);
  return entries;
}

async function write(path: string, entries: readonly JournalEntry[]): Promise<void> {
  await using journal = await openJournal(path, header);
  for await (const _ of journal.replay());
  for (const entry of entries) await journal.append(entry);
}

test("what was written is read back, round after round", async () => {
  const path = await where();
  expect(await entriesIn(path)).toEqual([]);
  await write(path, [seeds, batch]);
  await write(path, [
    { kind: "rest", minutes: 1 },
    { ...batch, asked: ["D"] },
  ]);
  expect(await entriesIn(path)).toEqual([
    seeds,
    batch,
    { kind: "rest", minutes: 1 },
    { ...batch, asked: ["D"] },
  ]);
  const numbers = (await readFile(path, "utf8")).matchAll(/"batch":(\d)/g);
  expect([...numbers].map((one) => one[1]).join("")).toBe("11112222");
});

test("a batch that was not closed is cut away before the next is written", async () => {
  const path = await where();
  await write(path, [seeds, batch]);
  const whole = await readFile(path, "utf8");
  await appendFile(path, `${JSON.stringify({ batch: 2, title: "X", missing: true })}\n{"batch":2,"ti`);
  expect(await entriesIn(path)).toEqual([seeds, batch]);
  await write(path, [{ kind: "rest", minutes: 1 }]);
  expect(await readFile(path, "utf8")).toBe(`${whole}{"rest":1}\n`);
});

test("a damaged line inside the file is the user's to mend", async () => {
  const path = await where();
  await write(path, [seeds, batch]);
  const lines = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, lines.with(2, '{"batch":1,"page":{}}').join("\n"));
  await expect(entriesIn(path)).rejects.toThrow(
    /journal\.jsonl:3: not a line of a journal: .*remove the file/,
  );
});

test("a journal of the same is gone on with, one of something else is begun anew", async () => {
  const path = await where();
  await write(path, [seeds, batch]);
  expect(await entriesIn(path)).toEqual([seeds, batch]);
  expect(await entriesIn(path, { journal: 1, source: "another" })).toEqual([]);
  expect(await entriesIn(path)).toEqual([]);
  await write(path, [seeds, batch]);
  await truncate(path, 10);
  expect(await entriesIn(path)).toEqual([]);
});

test("budgets and workers do not change what a journal is for, seeds and weights do", () => {
  const agent = (more: object) => {
    const parsed = discoverSection.parse({ agent: { pages: ["Gout"], ...more } }).agent;
    if (parsed === undefined) throw new Error("the section has an agent");
    return parsed;
  };
  const of = (more: object) => journalHeader("s", agent(more));
  expect(of({ maxPages: 3, maxMinutes: 1 })).toEqual(of({ maxEntities: 4 }));
  for (const more of [{ pages: ["Gut"] }, { rareWeight: 1 }, { closingWeight: 1 }, { batch: 2 }])
    expect(of(more)).not.toEqual(of({}));
  expect(journalHeader("edited", agent({}))).not.toEqual(of({}));
  expect(journalHeader("s", agent({}), "a model")).not.toEqual(of({}));
});
