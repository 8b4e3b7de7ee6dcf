/**
 * Reads every page of a source, portion by portion, on as many threads as there are (paper §3.1). Portions that were
 * finished before a kill are passed over.
 */
import { availableParallelism } from "node:os";
import type { Log } from "../base/log.ts";
import type { Page } from "../records/page.ts";
import type { Surveyed } from "./reading/survey.ts";
import { finishedCounts, type SegmentCounts, segmentFolder } from "./segments.ts";
import type { PageSource } from "./sources/page-source.ts";
import { surveyPortion } from "./survey-portion.ts";
import { openSurveyThreads, type SurveyThreads } from "./survey-threads.ts";

export interface SweepOptions {
  readonly source: PageSource;
  readonly scratch: string;
  readonly threads: number | undefined;
  readonly maxPages: number | undefined;
  /** Surveys a page otherwise than by rules alone, in this thread. */
  readonly survey?: (page: Page) => Promise<Surveyed>;
  /** How many failures `survey` has met so far; a segment with one says that it is not whole. */
  readonly failures?: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told of each segment that was read now, in the order in which they were finished. */
  readonly onSegment: (index: number, counts: SegmentCounts) => Promise<void>;
}

/** Pages in memory are read here as long as there are few: a thread takes longer to start. */
const FEW_PORTIONS = 3;

/** Surveys a whole source, or its first `maxPages` pages; returns the number of segments. */
export async function sweep(options: SweepOptions): Promise<number> {
  const { source, scratch, log, signal, maxPages, survey, failures: surveyFailures } = options;
  const threads = options.threads ?? availableParallelism();
  const isHere = threads === 1 || maxPages !== undefined || survey !== undefined;
  let pages = 0;
  let index = 0;
  const finish = async (at: number, counts: SegmentCounts): Promise<void> => {
    pages += counts.pages;
    log.progress("pages", pages);
    await options.onSegment(at, counts);
  };
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let pool: SurveyThreads | undefined;
  try {
    for await (const portion of source.portions()) {
      signal.throwIfAborted();
      if (failures.length > 0 || (maxPages !== undefined && pages >= maxPages)) break;
      const at = index++;
      const folder = segmentFolder(scratch, at);
      const before = finishedCounts(scratch, at);
      if (before) pages += before.pages;
      else if (isHere || (portion.kind === "pages" && at < FEW_PORTIONS))
        await finish(
          at,
          await surveyPortion(portion, folder, {
            ...(maxPages === undefined ? {} : { limit: maxPages - pages }),
            ...(survey === undefined ? {} : { survey }),
            ...(surveyFailures === undefined ? {} : { failures: surveyFailures }),
          }),
        );
      else {
        pool ??= openSurveyThreads(threads);
        const { outcome } = await pool.survey({ portion, folder });
        const job = outcome
          .then((counts) => finish(at, counts))
          .catch((error: unknown) => void failures.push(error))
          .finally(() => running.delete(job));
        running.add(job);
      }
    }
    await Promise.all(running);
  } finally {
    await pool?.[Symbol.asyncDispose]();
  }
  if (failures.length > 0) throw failures[0];
  log.progress("pages", pages, pages);
  return index;
}
