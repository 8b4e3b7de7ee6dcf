/**
 * One core: pages in memory to relations, beside an independent reader that only parses the same pages.
 *
 * Both read on one thread, in turns, so that what else the machine does falls on both; figures are medians of rounds.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import wtf from "wtf_wikipedia";
import { gather } from "../../src/discover/gather.ts";
import { surveyPage } from "../../src/discover/reading/survey.ts";
import { resolve } from "../../src/discover/relations/resolve.ts";
import { segmentFolder, surveysOf } from "../../src/discover/segments.ts";
import { surveyPortion } from "../../src/discover/survey-portion.ts";
import type { Page } from "../../src/records/page.ts";
import { type WrittenPage, writtenPages } from "./generate.ts";
import { type FoundTriple, type Judgement, judge } from "./scale-truth.ts";

/** Speeds on one set of pages. */
export interface SpeedFigures {
  readonly name: string;
  readonly pages: number;
  readonly megabytes: number;
  /** MB/s of pages to what they name. */
  readonly surveying: number;
  /** MB/s of pages to relations: surveying, writing segments, joining names, resolving. */
  readonly toRelations: number;
  /** MB/s of wtf_wikipedia, parsing only. */
  readonly wtf: number;
  readonly relations: number;
}

/** Where real articles lie, when they do. */
const REAL = "../shared/wikipedia/wikitext";
const ROUNDS = 3;
const PAGES_IN_PORTION = 500;
/** Pages of the generated set: enough for the compiler to warm up, few enough for the other reader. */
const MEDICAL = 1000;
const OTHER = 4000;

/** Measures both sets, and judges what was read from the generated one. */
export async function measureSpeed(seed: number): Promise<{ figures: SpeedFigures[]; judgement: Judgement }> {
  const written = [...writtenPages({ medical: MEDICAL, other: OTHER, seed })];
  const medical = written.filter(({ type }) => type !== undefined).map(({ page }) => page);
  const figures = [
    await measureSet(
      "generated, mixed",
      written.map(({ page }) => page),
    ),
    await measureSet("generated, medical", medical),
  ];
  if (existsSync(REAL)) figures.push(await measureSet("real articles", realPages(REAL)));
  const { readings } = await toRelations(written.map(({ page }) => page));
  return { figures, judgement: judge(truthOf(written), readings) };
}

/** What the medical pages say, by title. */
function truthOf(pages: Iterable<WrittenPage>): Map<string, WrittenPage["truth"]> {
  const out = new Map<string, WrittenPage["truth"]>();
  for (const { page, type, truth } of pages) if (type !== undefined) out.set(page.title, truth);
  return out;
}

function realPages(folder: string): Page[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".wikitext"))
    .sort()
    .map((name, i) => ({
      title: name.slice(0, -".wikitext".length),
      pageId: i + 1,
      revision: i + 1,
      timestamp: "2020-01-01T00:00:00Z",
      wikitext: readFileSync(join(folder, name), "utf8"),
    }));
}

async function measureSet(name: string, pages: readonly Page[]): Promise<SpeedFigures> {
  const bytes = pages.reduce((sum, { wikitext }) => sum + Buffer.byteLength(wikitext), 0);
  const megabytes = bytes / 1e6;
  const repeats = Math.max(1, Math.ceil(LEAST_MEGABYTES / megabytes));
  const surveying: number[] = [];
  const whole: number[] = [];
  const parsing: number[] = [];
  let relations = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const rates = [
      rate(megabytes * repeats, () => {
        for (let i = 0; i < repeats; i++) for (const page of pages) surveyPage(page);
      }),
      await rateOf(megabytes * repeats, async () => {
        for (let i = 0; i < repeats; i++) relations = (await toRelations(pages)).relations;
      }),
    ];
    const some = pages.filter((_, i) => i % Math.max(1, Math.round(megabytes / PARSED_MEGABYTES)) === 0);
    const someBytes = some.reduce((sum, { wikitext }) => sum + Buffer.byteLength(wikitext), 0);
    rates.push(
      rate(someBytes / 1e6, () => {
        for (const page of some) parseOnly(page);
      }),
    );
    if (round === 0) continue;
    for (const [i, list] of [surveying, whole, parsing].entries()) list.push(rates[i] as number);
  }
  return {
    name,
    pages: pages.length,
    megabytes,
    surveying: median(surveying),
    toRelations: median(whole),
    wtf: median(parsing),
    relations,
  };
}

/** A set is read again until this much has been read, so that a round is more than a blink. */
const LEAST_MEGABYTES = 10;
/** About how much the slower reader is given. */
const PARSED_MEGABYTES = 4;

/** The other reader throws on deep nesting; a page that it cannot read counts as read. */
function parseOnly(page: Page): void {
  try {
    wtf(page.wikitext).json();
  } catch {
    // It has been given its chance.
  }
}

async function toRelations(pages: readonly Page[]): Promise<{ relations: number; readings: FoundTriple[] }> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-speed-"));
  try {
    let segments = 0;
    for (let at = 0; at < pages.length; at += PAGES_IN_PORTION) {
      const portion = { kind: "pages", pages: pages.slice(at, at + PAGES_IN_PORTION) } as const;
      await surveyPortion(portion, segmentFolder(scratch, segments++));
    }
    const { names, repeated } = gather(scratch, segments, () => {});
    const readings: FoundTriple[] = [];
    const unique = new Set<string>();
    for (const survey of surveysOf(scratch, segments, repeated)) {
      for (const { head, predicate, tail } of resolve(survey, names)) {
        readings.push({ page: survey.title, head, predicate, tail });
        unique.add(`${head}\u001f${predicate}\u001f${tail}`);
      }
    }
    return { relations: unique.size, readings };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function rate(megabytes: number, work: () => void): number {
  const startedAt = performance.now();
  work();
  return megabytes / ((performance.now() - startedAt) / 1000);
}

async function rateOf(megabytes: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return megabytes / ((performance.now() - startedAt) / 1000);
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
