/**
 * What has been read so far, on disk: a folder a portion of the source, with the surveys, the pages behind the
 * entities and their prose. A folder is whole or absent, so that a killed stage goes on behind the last one.
 *
 * Invariant: segments are numbered in the order of the source, and what they hold does not depend on how many threads
 * made them.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "../records/page.ts";
import type { EntitySurvey, OtherSurvey, PageSurvey } from "./reading/survey-record.ts";

/** Counts of one segment; times are for the clock, never for the outcome. */
export interface SegmentCounts {
  readonly pages: number;
  /** UTF-8 bytes of wikitext. */
  readonly bytes: number;
  readonly entities: number;
  readonly redirects: number;
  readonly rejects: readonly (readonly [item: string, reason: string])[];
  readonly seconds: number;
  readonly decompressSeconds: number;
}

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

/** Whether a segment was finished, maybe before a kill. */
export function isFinished(scratch: string, index: number): boolean {
  return existsSync(segmentFolder(scratch, index));
}

/** One half of a pair of UTF-16 units. */
const halfCharacter = /\p{Surrogate}/u;

/** Writes a segment whole. */
export async function writeSegment(
  folder: string,
  pages: AsyncIterable<SurveyedPage> | Iterable<SurveyedPage>,
  countsAtEnd: () => Pick<SegmentCounts, "rejects" | "seconds" | "decompressSeconds">,
): Promise<SegmentCounts> {
  const lines: Record<SegmentFile, string[]> = { surveys: [], others: [], pages: [], corpus: [] };
  const broken: (readonly [string, string])[] = [];
  let count = 0;
  let bytes = 0;
  let redirects = 0;
  for await (const { page, survey, prose } of pages) {
    count += 1;
    bytes += Buffer.byteLength(page.wikitext);
    if (survey.kind === "redirect") redirects += 1;
    if (halfCharacter.test(page.wikitext) || halfCharacter.test(page.title)) {
      broken.push([
        page.title,
        "its text holds half a character, which no file of text can keep; it is left out",
      ]);
      continue;
    }
    if (survey.kind !== "entity") {
      lines.others.push(JSON.stringify(survey));
      continue;
    }
    lines.surveys.push(JSON.stringify(survey));
    lines.pages.push(JSON.stringify(page));
    lines.corpus.push(JSON.stringify({ page: page.title, revision: page.revision, text: prose }));
  }
  const told = countsAtEnd();
  const rejects = [...told.rejects, ...broken];
  const counts = { pages: count, bytes, entities: lines.surveys.length, redirects, ...told, rejects };
  const beside = `${folder}.part`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  for (const file of files)
    await writeFile(join(beside, `${file}.jsonl`), lines[file].map((line) => `${line}\n`).join(""));
  await writeFile(join(beside, "counts.json"), JSON.stringify(counts));
  await rename(beside, folder);
  return counts;
}

/** The counts of a finished segment. */
export async function readCounts(scratch: string, index: number): Promise<SegmentCounts> {
  return JSON.parse(await readFile(join(segmentFolder(scratch, index), "counts.json"), "utf8"));
}

/** Lines of a segment that are left out, by segment: a page whose title came before. */
export type Repeated = ReadonlyMap<number, ReadonlySet<number>>;

const none: ReadonlySet<number> = new Set();

/** The entities of all segments in order, each title once. */
export function* surveysOf(scratch: string, segments: number, repeated: Repeated): Generator<EntitySurvey> {
  for (let index = 0; index < segments; index++) {
    const left = repeated.get(index) ?? none;
    for (const [line, survey] of numbered<EntitySurvey>(segmentFile(scratch, index, "surveys")))
      if (!left.has(line)) yield survey;
  }
}

/** Every entity with its segment and line, repeated titles too. */
export function* numberedSurveys(
  scratch: string,
  segments: number,
): Generator<readonly [index: number, line: number, survey: EntitySurvey]> {
  for (let index = 0; index < segments; index++)
    for (const [line, survey] of numbered<EntitySurvey>(segmentFile(scratch, index, "surveys")))
      yield [index, line, survey];
}

/** The prose of the entities' pages, for a corpus; pages without prose are left out. */
export function* corpusOf(scratch: string, segments: number, repeated: Repeated): Generator<CorpusLine> {
  for (let index = 0; index < segments; index++) {
    const left = repeated.get(index) ?? none;
    for (const [line, prose] of numbered<CorpusLine>(segmentFile(scratch, index, "corpus")))
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
    for (const [, other] of numbered<OtherSurvey>(segmentFile(scratch, index, "others"))) yield other;
}

/** A segment holds a few megabytes, so its files are read at once. */
function* numbered<T>(path: string): Generator<readonly [line: number, value: T]> {
  const text = readFileSync(path, "utf8");
  for (let at = 0, line = 0; at < text.length; line++) {
    const end = text.indexOf("\n", at);
    yield [line, JSON.parse(text.slice(at, end)) as T];
    at = end + 1;
  }
}
