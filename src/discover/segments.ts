/**
 * What has been read so far, on disk: a folder a portion of the source, with the surveys, the pages behind the
 * entities and their prose. A folder is whole or absent, so that a killed stage goes on behind the last one; its
 * `counts.json` holds the size of each file, and a folder that does not fit it is read anew.
 *
 * Invariant: segments are numbered in the order of the source, and what they hold does not depend on how many threads
 * made them.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { boundary, UsageError } from "../base/errors.ts";
import { writeWhole } from "../base/files.ts";
import { tryJson } from "../base/jsonl.ts";
import type { Page } from "../records/page.ts";
import type { EntitySurvey, OtherSurvey, PageSurvey } from "./reading/survey-record.ts";

const count = z.int().nonnegative();
const fileSize = z.strictObject({ lines: count, bytes: count });

/** Counts of one segment; times are for the clock, never for the outcome. */
const countsSchema = z.strictObject({
  /** Pages that are kept; those left out are rejects. */
  pages: count,
  /** UTF-8 bytes of their wikitext. */
  bytes: count,
  /** Pages by kind of survey. */
  kinds: z.strictObject({
    entity: count,
    redirect: count,
    disambiguation: count,
    notMedical: count,
    unknown: count,
  } satisfies Record<PageSurvey["kind"], unknown>),
  /** Whether all was asked that should be: false where a model did not answer. */
  isWhole: z.boolean(),
  /** Bad pages, each with the reason. */
  rejects: z.array(z.tuple([z.string(), z.string()])),
  seconds: z.number(),
  decompressSeconds: z.number(),
  files: z.strictObject({ surveys: fileSize, others: fileSize, pages: fileSize, corpus: fileSize }),
});

export type SegmentCounts = z.infer<typeof countsSchema>;

/** A page with what was read of it. */
export interface SurveyedPage {
  readonly page: Page;
  readonly survey: PageSurvey;
  /** Plain text of a page about an entity; "" for others. */
  readonly prose: string;
}

const files = ["surveys", "others", "pages", "corpus"] as const;
type SegmentFile = (typeof files)[number];

/** Where segment `index` of a scratch folder stands. */
export function segmentFolder(scratch: string, index: number): string {
  return join(scratch, "segments", String(index).padStart(6, "0"));
}

/** Where one of its files stands: JSON Lines. */
function segmentFile(scratch: string, index: number, file: SegmentFile): string {
  return join(segmentFolder(scratch, index), `${file}.jsonl`);
}

/** The counts of a segment that was finished, maybe before a kill; undefined where it is absent or damaged. */
export function finishedCounts(scratch: string, index: number): SegmentCounts | undefined {
  const folder = segmentFolder(scratch, index);
  let text: string;
  try {
    text = readFileSync(join(folder, "counts.json"), "utf8");
  } catch {
    return undefined;
  }
  const counts = countsSchema.safeParse(tryJson(text)).data;
  const fits = (file: SegmentFile): boolean =>
    statSync(segmentFile(scratch, index, file), { throwIfNoEntry: false })?.size ===
    counts?.files[file].bytes;
  return files.every(fits) ? counts : undefined;
}

/** The counts of a finished segment. @throws UsageError where it is damaged; it is removed, to be read anew. */
export function readCounts(scratch: string, index: number): SegmentCounts {
  return finishedCounts(scratch, index) ?? damaged(scratch, index, "its files do not fit its counts.json");
}

function damaged(scratch: string, index: number, what: string): never {
  const folder = segmentFolder(scratch, index);
  rmSync(folder, { recursive: true, force: true });
  throw new UsageError(
    `${folder}: ${what}, it was damaged on disk; it has been removed: run the same command again to read its pages anew`,
  );
}

/** One half of a pair of UTF-16 units. */
const halfCharacter = /\p{Surrogate}/u;

/** What is known at the end of a segment; `isWhole` is true where nothing is said. */
type CountsAtEnd = Pick<SegmentCounts, "rejects" | "seconds" | "decompressSeconds"> &
  Partial<Pick<SegmentCounts, "isWhole">>;

/** Writes a segment whole, or leaves none. */
export async function writeSegment(
  folder: string,
  pages: AsyncIterable<SurveyedPage> | Iterable<SurveyedPage>,
  countsAtEnd: () => CountsAtEnd,
): Promise<SegmentCounts> {
  const lines: Record<SegmentFile, string[]> = { surveys: [], others: [], pages: [], corpus: [] };
  const broken: [string, string][] = [];
  const kinds = { entity: 0, redirect: 0, disambiguation: 0, notMedical: 0, unknown: 0 };
  let kept = 0;
  let bytes = 0;
  for await (const { page, survey, prose } of pages) {
    if (halfCharacter.test(page.wikitext) || halfCharacter.test(page.title)) {
      broken.push([
        page.title,
        "its text holds half a character, which no file of text can keep; it is left out",
      ]);
      continue;
    }
    kept += 1;
    bytes += Buffer.byteLength(page.wikitext);
    kinds[survey.kind] += 1;
    if (survey.kind !== "entity") {
      lines.others.push(JSON.stringify(survey));
      continue;
    }
    lines.surveys.push(JSON.stringify(survey));
    lines.pages.push(JSON.stringify(page));
    lines.corpus.push(JSON.stringify({ page: page.title, revision: page.revision, text: prose }));
  }
  const { isWhole = true, rejects, ...told } = countsAtEnd();
  const counts = {
    pages: kept,
    bytes,
    kinds,
    isWhole,
    ...told,
    rejects: [...rejects, ...broken],
  };
  return boundary(folder, () => writeFolder(folder, lines, counts));
}

/** Writes beside the target, synced to the disk, then renames; what a failure left is removed, as room is short then. */
async function writeFolder(
  folder: string,
  lines: Record<SegmentFile, string[]>,
  counts: Omit<SegmentCounts, "files">,
): Promise<SegmentCounts> {
  const beside = `${folder}.part`;
  const sizes = {} as Record<SegmentFile, { lines: number; bytes: number }>;
  try {
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true });
    for (const file of files) {
      const content = Buffer.from(lines[file].map((line) => `${line}\n`).join(""));
      sizes[file] = { lines: lines[file].length, bytes: content.length };
      await writeWhole(join(beside, `${file}.jsonl`), content);
    }
    const whole = { ...counts, files: sizes };
    await writeWhole(join(beside, "counts.json"), JSON.stringify(whole));
    // One that stands there is damaged.
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
    return whole;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/** Lines of a segment that are left out, by segment: a page whose title came before. */
export type Repeated = ReadonlyMap<number, ReadonlySet<number>>;

const none: ReadonlySet<number> = new Set();

/** The entities of all segments in order, each title once. */
export function* surveysOf(scratch: string, segments: number, repeated: Repeated): Generator<EntitySurvey> {
  for (let index = 0; index < segments; index++) {
    const left = repeated.get(index) ?? none;
    for (const [line, survey] of numbered<EntitySurvey>(scratch, index, "surveys"))
      if (!left.has(line)) yield survey;
  }
}

/** Every entity with its segment and line, repeated titles too. */
export function* numberedSurveys(
  scratch: string,
  segments: number,
): Generator<readonly [index: number, line: number, survey: EntitySurvey]> {
  for (let index = 0; index < segments; index++)
    for (const [line, survey] of numbered<EntitySurvey>(scratch, index, "surveys"))
      yield [index, line, survey];
}

/** The prose of the entities' pages, for a corpus; pages without prose are left out. */
export function* corpusOf(scratch: string, segments: number, repeated: Repeated): Generator<CorpusLine> {
  for (let index = 0; index < segments; index++) {
    const left = repeated.get(index) ?? none;
    for (const [line, prose] of numbered<CorpusLine>(scratch, index, "corpus"))
      if (!left.has(line) && prose.text !== "") yield prose;
  }
}

interface CorpusLine {
  readonly page: string;
  readonly revision: number;
  readonly text: string;
}

/** Files that hold the pages of the entities as JSON Lines, each title once. */
export function pageFiles(scratch: string, segments: number, repeated: Repeated): string[] {
  const out: string[] = [];
  for (let index = 0; index < segments; index++) {
    const file = segmentFile(scratch, index, "pages");
    const left = repeated.get(index);
    if (left === undefined) out.push(file);
    else {
      const once = `${file}.once`;
      const lines = readFileSync(file, "utf8").split("\n");
      writeFileSync(once, lines.filter((_, line) => !left.has(line)).join("\n"));
      out.push(once);
    }
  }
  return out;
}

/** The pages of all segments that are no entities. */
export function* othersOf(scratch: string, segments: number): Generator<OtherSurvey> {
  for (let index = 0; index < segments; index++)
    for (const [, other] of numbered<OtherSurvey>(scratch, index, "others")) yield other;
}

/** A segment holds a few megabytes, so its files are read at once. */
function* numbered<T>(
  scratch: string,
  index: number,
  file: SegmentFile,
): Generator<readonly [line: number, value: T]> {
  const text = readFileSync(segmentFile(scratch, index, file), "utf8");
  let line = 0;
  for (let at = 0; at < text.length; line++) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    const value = tryJson(text.slice(at, end));
    if (value === undefined) damaged(scratch, index, `line ${line + 1} of ${file}.jsonl is not JSON`);
    yield [line, value as T];
    at = end + 1;
  }
  const expected = readCounts(scratch, index).files[file].lines;
  if (line !== expected) damaged(scratch, index, `${file}.jsonl has ${line} lines instead of ${expected}`);
}
