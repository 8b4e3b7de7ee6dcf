/** Reads a portion of a source into a segment; runs on any thread. */
import type { Page } from "../records/page.ts";
import { type Surveyed, surveyWithProse } from "./reading/survey.ts";
import { type SegmentCounts, type SurveyedPage, writeSegment } from "./segments.ts";
import type { Portion } from "./sources/page-source.ts";
import { readPortion } from "./sources/read-portion.ts";

export interface PortionOptions {
  /** Pages read at most. */
  readonly limit?: number;
  /** Surveys a page otherwise than by rules alone; some pages are surveyed at the same time. */
  readonly survey?: (page: Page) => Promise<Surveyed>;
  /** How many failures `survey` has met so far, in all portions; one more, and the segment is not whole. */
  readonly failures?: () => number;
}

/** Reads a portion and writes the segment `folder`. */
export async function surveyPortion(
  portion: Portion,
  folder: string,
  options: PortionOptions = {},
): Promise<SegmentCounts> {
  const { failures = () => 0 } = options;
  const rejects: [string, string][] = [];
  const startedAt = performance.now();
  const failuresBefore = failures();
  let decompressSeconds = 0;
  const pages = readPortion(
    portion,
    (item, reason) => rejects.push([item, reason]),
    (seconds) => {
      decompressSeconds += seconds;
    },
  );
  return writeSegment(folder, surveyed(pages, options), () => ({
    rejects,
    isWhole: failures() === failuresBefore,
    seconds: (performance.now() - startedAt) / 1000,
    decompressSeconds,
  }));
}

/** What messages call a portion. */
export function portionName(portion: Portion): string {
  if (portion.kind === "streams") return `${portion.path}, bytes ${portion.start} to ${portion.end}`;
  const { pages } = portion;
  return `${pages.length} pages from "${pages[0]?.title ?? ""}" to "${pages.at(-1)?.title ?? ""}"`;
}

async function* surveyed(
  pages: AsyncIterable<Page>,
  { limit = Number.POSITIVE_INFINITY, survey }: PortionOptions,
): AsyncGenerator<SurveyedPage> {
  let count = 0;
  const underWay: Promise<SurveyedPage>[] = [];
  for await (const page of pages) {
    if (count++ >= limit) break;
    if (survey === undefined) yield { page, ...surveyWithProse(page) };
    else {
      const job = survey(page).then((found) => ({ page, ...found }));
      // It may fail before its turn to be awaited, or after another one ended the reading.
      job.catch(() => {});
      underWay.push(job);
      if (underWay.length === AT_ONCE) yield await (underWay.shift() as Promise<SurveyedPage>);
    }
  }
  for (const one of underWay) yield await one;
}

/** Pages surveyed at the same time where that means waiting for a model. */
const AT_ONCE = 8;
