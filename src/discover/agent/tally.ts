/**
 * What the agent has done so far, and how long it took, all rounds together.
 *
 * Invariant: counts depend on the pages only; minutes of earlier rounds come from the journal, and replaying takes none.
 */
import type { PageSurvey } from "../reading/survey-record.ts";
import type { Lookup } from "../sources/page-source.ts";
import type { JournalEntry } from "./journal.ts";

/** Pages and titles by what they turned out to be. */
export interface NavigationCounts {
  /** Pages read, without redirects. */
  readonly read: number;
  readonly entities: number;
  readonly notMedical: number;
  readonly unknown: number;
  readonly disambiguations: number;
  readonly redirects: number;
  /** Titles without a page. */
  readonly missing: number;
}

export interface Tally {
  readonly counts: NavigationCounts;
  readonly redirects: Lookup["redirects"];
  addPage(survey: PageSurvey): void;
  addRedirect(redirect: Lookup["redirects"][number]): void;
  addMissing(titles: number): void;
  /** Adds the time of an entry of the journal. */
  addPast(entry: JournalEntry): void;
  /** From here on the agent works. */
  startClock(): void;
  /** Minutes of all rounds up to now. */
  minutes(): number;
  /** Minutes of work since this was asked last; 0 while the journal is replayed. */
  takeMinutes(): number;
}

/** Opens an empty tally; `now` is a clock in milliseconds. */
export function openTally(now: () => number): Tally {
  const counts = {
    read: 0,
    entities: 0,
    notMedical: 0,
    unknown: 0,
    disambiguations: 0,
    redirects: 0,
    missing: 0,
  };
  const redirects: Lookup["redirects"][number][] = [];
  let past = 0;
  let since: number | undefined;
  const elapsed = (): number => (since === undefined ? 0 : (now() - since) / 60_000);
  const addRedirect = (redirect: Lookup["redirects"][number]): void => {
    counts.redirects += 1;
    redirects.push(redirect);
  };
  return {
    counts,
    redirects,
    addRedirect,
    addPage(survey) {
      const { kind } = survey;
      if (kind === "redirect") return addRedirect({ from: survey.title, to: survey.to });
      counts.read += 1;
      if (kind === "entity") counts.entities += 1;
      else if (kind === "disambiguation") counts.disambiguations += 1;
      else counts[kind] += 1;
    },
    addMissing(titles) {
      counts.missing += titles;
    },
    addPast(entry) {
      if (entry.kind !== "seeds") past += entry.minutes;
    },
    startClock() {
      since = now();
    },
    minutes: () => past + elapsed(),
    takeMinutes() {
      const taken = elapsed();
      if (since !== undefined) since = now();
      past += taken;
      return taken;
    },
  };
}
