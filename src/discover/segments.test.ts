// Segments on a real disk: what is counted, and that damage never passes for a page that says nothing.
import { appendFile, mkdtemp, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import type { Page } from "../records/page.ts";
import { surveyWithProse } from "./reading/survey.ts";
import { finishedCounts, readCounts, segmentFolder, surveysOf, writeSegment } from "./segments.ts";

const page = (title: string, wikitext: string): Page => ({
  title,
  pageId: 1,
  revision: 1,
  timestamp: "",
  wikitext,
});

const pages = [
  page("Gout", "{{Infobox disease|symptoms=[[Fever]]}}\n'''Gout''' is a disease."),
  page("Lead poisoning", "{{Infobox disease|symptoms=[[Pain]]}}\n'''Lead poisoning''' is a disease."),
  page("Half", "{{Infobox disease}}\n'''Half''' is \ud83d a disease."),
  { ...page("Podagra", "#REDIRECT [[Gout]]"), redirect: "Gout" },
  page("Nothing", "It is nothing."),
];

const atEnd = () => ({ rejects: [], seconds: 0, decompressSeconds: 0 });

async function written(): Promise<{ scratch: string; folder: string }> {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-segments-"));
  const folder = segmentFolder(scratch, 0);
  await writeSegment(
    folder,
    pages.map((one) => ({ page: one, ...surveyWithProse(one) })),
    atEnd,
  );
  return { scratch, folder };
}

const titles = (scratch: string): string[] => [...surveysOf(scratch, 1, new Map())].map(({ title }) => title);

test("pages are counted by kind, and one that is left out is a reject and nothing else", async () => {
  const { scratch } = await written();
  const counts = readCounts(scratch, 0);
  expect(counts).toMatchObject({ pages: 4, kinds: { redirect: 1 }, isWhole: true });
  expect(counts.kinds).toEqual({ entity: 2, redirect: 1, disambiguation: 0, notMedical: 0, unknown: 1 });
  expect(counts.rejects.map(([item]) => item)).toEqual(["Half"]);
  expect(counts.bytes).toBe(
    [0, 1, 3, 4].map((i) => Buffer.byteLength(pages[i]!.wikitext)).reduce((a, b) => a + b),
  );
  expect(titles(scratch)).toEqual(["Gout", "Lead poisoning"]);
});

test.each([
  ["emptied", (file: string) => truncate(file, 0)],
  ["cut by its last line break", async (file: string) => truncate(file, (await readFile(file)).length - 1)],
  ["longer", (file: string) => appendFile(file, "{}\n")],
])("a segment with a file that was %s is absent, and is written anew", async (_, damage) => {
  const { scratch, folder } = await written();
  const whole = await readFile(join(folder, "surveys.jsonl"));
  await damage(join(folder, "surveys.jsonl"));
  expect(finishedCounts(scratch, 0)).toBeUndefined();
  await writeSegment(
    folder,
    pages.map((one) => ({ page: one, ...surveyWithProse(one) })),
    atEnd,
  );
  expect(finishedCounts(scratch, 0)?.pages).toBe(4);
  expect(await readFile(join(folder, "surveys.jsonl"))).toEqual(whole);
});

test("counts that are no JSON, or of another form, are a segment that is absent", async () => {
  const { scratch, folder } = await written();
  const file = join(folder, "counts.json");
  await writeFile(file, '{"pages":4}');
  expect(finishedCounts(scratch, 0)).toBeUndefined();
  await writeFile(file, "{");
  expect(finishedCounts(scratch, 0)).toBeUndefined();
});

test("damage that keeps the size is found when it is read, and the segment is gone after", async () => {
  const { scratch, folder } = await written();
  const file = join(folder, "surveys.jsonl");
  await writeFile(file, (await readFile(file, "utf8")).replace("{", " "));
  expect(finishedCounts(scratch, 0)).toBeDefined();
  expect(() => titles(scratch)).toThrow(/000000: line 1 of surveys\.jsonl is not JSON.*same command again/su);
  expect(finishedCounts(scratch, 0)).toBeUndefined();
  const other = await written();
  const joined = join(other.folder, "surveys.jsonl");
  await writeFile(joined, (await readFile(joined, "utf8")).trimEnd().replace("\n", ",").padEnd(10_000));
  expect(() => titles(other.scratch)).toThrow(UsageError);
});

test("a segment that cannot be written leaves nothing and names its folder", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-segments-"));
  // A file stands where the folder of all segments should.
  await writeFile(join(scratch, "segments"), "");
  const failed = writeSegment(segmentFolder(scratch, 0), [], atEnd);
  await expect(failed).rejects.toThrow(UsageError);
  await expect(failed).rejects.toThrow(/segments\/000000: ENOTDIR.*a file was expected/u);
  expect(await readdir(scratch)).toEqual(["segments"]);
});
