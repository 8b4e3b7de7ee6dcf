/**
 * The agent: goes from page to page by relevance until a budget is spent (paper §3.1, "an autonomous agent that
 * systematically navigates Wikipedia").
 *
 * Each round takes the best waiting titles, asks the source for them, surveys what came back in that order, and puts
 * the linked pages on the frontier. A round is journalled before any of its pages is handed on, and a budget that
 * ends inside a round leaves the rest of it in the journal; so the order of pages is the same whatever the budget,
 * however often the agent was killed, and no page is asked for twice.
 */
import { invariant, messageOf } from "../../base/errors.ts";
import type { AgentSection } from "../../recipe/sections/discover.ts";
import type { Page } from "../../records/page.ts";
import type { PageSurvey } from "../reading/survey-record.ts";
import type { Lookup, PageSource, RejectPage } from "../sources/page-source.ts";
import { type Frontier, openFrontier, type Waiting } from "./frontier.ts";
import type { Batch, Journal, JournalEntry } from "./journal.ts";
import { closingFactor, linksOf } from "./relevance.ts";
import { findSeeds } from "./seeds.ts";
import { type NavigationCounts, openTally, type Tally } from "./tally.ts";

/** What the survey of a page gives; more than the survey is handed on as it is. */
interface Surveyed {
  readonly survey: PageSurvey;
}

export interface NavigationOptions<S extends Surveyed> {
  readonly source: PageSource;
  readonly settings: AgentSection;
  /** Reads a page; those of a round are started together. */
  readonly survey: (page: Page) => S | Promise<S>;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly reject: RejectPage;
  /** Which of the best waiting titles to read next; all others wait on. None of them: the best are read. */
  readonly choose?: (candidates: readonly Waiting[]) => Promise<readonly string[]>;
  /** Whether an error of the source is a polite refusal, after which the agent stops and may go on later. */
  readonly isRefusal?: (error: unknown) => boolean;
  /** Told after each round, replayed or not. */
  readonly onStep?: (progress: Progress) => void;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/** How far the agent is. */
interface Progress extends NavigationCounts {
  /** Titles on the frontier. */
  readonly waiting: number;
}

export interface NavigationEnd {
  readonly stopped: "pages" | "entities" | "minutes" | "done" | "refused";
  /** Why it stopped and what to do to go on. */
  readonly words: string;
  readonly counts: NavigationCounts & { readonly waiting: number };
  /** All rounds together; by the clock, so not the same every time. */
  readonly minutes: number;
  /** Titles asked for that lead to a page that was read, in the order found. */
  readonly redirects: Lookup["redirects"];
  /** The best of what waits. */
  readonly waiting: readonly Waiting[];
}

/** Candidates that a model is shown, and waiting titles that the end tells of. */
const CANDIDATES = 100;
const WAITING_TOLD = 500;

/**
 * Reads page after page. Yields each page that is no redirect with its survey; returns why it stopped.
 * @throws UsageError when no seed leads to a page; what the source throws, unless it is a refusal.
 */
export async function* navigate<S extends Surveyed>(
  options: NavigationOptions<S>,
): AsyncGenerator<S & { readonly page: Page }, NavigationEnd> {
  const { settings, journal, signal } = options;
  const frontier = openFrontier((pages) => closingFactor(settings.closingWeight, pages));
  const tally = openTally(options.now ?? (() => performance.now()));
  let stop: Stop | undefined;
  for await (const entry of entriesOf(options, frontier, tally)) {
    signal.throwIfAborted();
    if (entry.kind === "stop") stop = entry;
    else if (entry.kind === "seeds") {
      for (const { item, reason } of entry.lost) options.reject(item, reason);
      for (const { title, why, weight } of entry.seeds) frontier.push(title, { why, weight }, false);
    } else if (entry.kind === "batch") {
      stop = yield* readBatch(entry, options, frontier, tally);
      options.onStep?.({ ...tally.counts, waiting: frontier.size() });
    }
    stop ??= spentBudget(settings, tally, true);
    if (stop !== undefined) break;
  }
  invariant(stop !== undefined, "the agent stops for a reason");
  const rest = tally.takeMinutes();
  if (rest > 0) await journal.append({ kind: "rest", minutes: rest });
  const counts = { ...tally.counts, waiting: frontier.size() };
  const { stopped, words, advice } = stop;
  return {
    stopped,
    words: `${words}; ${amount(counts.waiting, "title waits", "titles wait")}; ${advice}`,
    counts,
    minutes: tally.minutes(),
    redirects: tally.redirects,
    waiting: frontier.best(WAITING_TOLD),
  };
}

interface Stop {
  readonly kind: "stop";
  readonly stopped: NavigationEnd["stopped"];
  readonly words: string;
  readonly advice: string;
}

/** What the journal holds, then what the source answers. */
async function* entriesOf<S extends Surveyed>(
  options: NavigationOptions<S>,
  frontier: Frontier,
  tally: Tally,
): AsyncGenerator<JournalEntry | Stop> {
  const { journal } = options;
  let hasSeeds = false;
  for await (const entry of journal.replay()) {
    hasSeeds ||= entry.kind === "seeds";
    tally.addPast(entry);
    yield entry;
  }
  tally.startClock();
  for (;;) {
    const entry = await nextEntry(options, frontier, hasSeeds, tally);
    if (entry.kind !== "stop") await journal.append(entry);
    hasSeeds = true;
    yield entry;
  }
}

/** Asks the source for the seeds, or for the next titles. */
async function nextEntry<S extends Surveyed>(
  options: NavigationOptions<S>,
  frontier: Frontier,
  hasSeeds: boolean,
  tally: Tally,
): Promise<JournalEntry | Stop> {
  const { source, settings, signal, isRefusal } = options;
  let asked: readonly string[] = [];
  try {
    if (!hasSeeds) return { kind: "seeds", ...(await findSeeds(source, settings, signal)) };
    asked = await nextTitles(options, frontier);
    if (asked.length === 0) {
      const words = `every page that the seeds lead to was read, ${amount(tally.counts.read, "page", "pages")}`;
      return { kind: "stop", stopped: "done", words, advice: "name more seeds to read more" };
    }
    const found = await source.lookup(asked, signal);
    return { kind: "batch", asked, found, minutes: tally.takeMinutes() };
  } catch (error) {
    if (isRefusal?.(error) !== true) throw error;
    for (const title of asked) frontier.putBack(title);
    const words = `${source.name} turned the agent away (${messageOf(error)})`;
    return { kind: "stop", stopped: "refused", words, advice: "run again later to go on" };
  }
}

async function nextTitles<S extends Surveyed>(
  { settings, choose }: NavigationOptions<S>,
  frontier: Frontier,
): Promise<readonly string[]> {
  if (choose === undefined || frontier.size() <= settings.batch) return frontier.pop(settings.batch);
  const candidates = frontier.best(CANDIDATES);
  const offered = new Set(candidates.map(({ title }) => title));
  const chosen = [...new Set(await choose(candidates))].filter((title) => offered.has(title));
  if (chosen.length === 0) return frontier.pop(settings.batch);
  const titles = chosen.slice(0, settings.batch);
  frontier.take(titles);
  return titles;
}

/** Reads the pages of a round in order; says which budget ended inside it, if one did. */
async function* readBatch<S extends Surveyed>(
  { asked, found }: Batch,
  options: NavigationOptions<S>,
  frontier: Frontier,
  tally: Tally,
): AsyncGenerator<S & { readonly page: Page }, Stop | undefined> {
  const { settings, signal } = options;
  frontier.take(asked);
  const fresh = found.pages.filter(({ title }) => !frontier.isRead(title));
  const surveyed = await Promise.all(fresh.map((page) => options.survey(page)));
  let stop: Stop | undefined;
  for (const [index, page] of fresh.entries()) {
    signal.throwIfAborted();
    stop = spentBudget(settings, tally);
    if (stop !== undefined) break;
    if (!frontier.markRead(page.title)) continue;
    const reading = surveyed[index] as S;
    for (const { title, weight, why, closes } of linksOf(reading.survey, settings))
      frontier.push(title, { from: page.title, why, weight }, closes);
    tally.addPage(reading.survey);
    if (reading.survey.kind !== "redirect") yield { ...reading, page };
  }
  for (const redirect of found.redirects) if (frontier.isRead(redirect.to)) tally.addRedirect(redirect);
  tally.addMissing(found.missing.length);
  if (stop !== undefined) putBackUnread(asked, found, frontier);
  return stop;
}

/** What came back and was not read any more waits on; it stands in the journal. */
function putBackUnread(asked: readonly string[], found: Lookup, frontier: Frontier): void {
  const leadsTo = new Map(found.redirects.map(({ from, to }) => [from, to]));
  const came = new Set(found.pages.map(({ title }) => title));
  for (const title of asked) {
    const at = leadsTo.get(title) ?? title;
    if (came.has(at) && !frontier.isRead(at)) frontier.putBack(title);
  }
}

/** The budget that is spent, if one is; time is looked at between rounds only. */
function spentBudget(settings: AgentSection, tally: Tally, withTime = false): Stop | undefined {
  const { maxPages, maxEntities, maxMinutes } = settings;
  const { read, entities } = tally.counts;
  const stop = (stopped: Stop["stopped"], what: string, key: string): Stop => ({
    kind: "stop",
    stopped,
    words: `read ${what} (discover.agent.${key})`,
    advice: "raise it and run again to go on",
  });
  if (maxPages !== undefined && read >= maxPages)
    return stop("pages", amount(read, "page", "pages"), "maxPages");
  if (maxEntities !== undefined && entities >= maxEntities) {
    const what = `${amount(read, "page", "pages")} about ${amount(entities, "entity", "entities")}`;
    return stop("entities", what, "maxEntities");
  }
  if (withTime && maxMinutes !== undefined && tally.minutes() >= maxMinutes) {
    const what = `${amount(read, "page", "pages")} in ${amount(maxMinutes, "minute", "minutes")}`;
    return stop("minutes", what, "maxMinutes");
  }
  return undefined;
}

function amount(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
