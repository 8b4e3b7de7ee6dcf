/**
 * Pages of a live wiki, by its Action API (paper §3.1: an agent that navigates Wikipedia).
 *
 * What was fetched once is read from the disk from then on, so a second reading asks nothing and gives the same
 * pages. One request at a time, each with the name of who asks, as Wikimedia wants it.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../../../base/errors.ts";
import { type Log, silentLog } from "../../../base/log.ts";
import type { ApiSection } from "../../../recipe/sections/discover.ts";
import type { Page } from "../../../records/page.ts";
import type { Lookup, PageSource, RejectPage } from "../page-source.ts";
import { type Found, openCache } from "./cache.ts";
import { type ApiClient, apiClient, type ClientSettings } from "./client.ts";
import { fetchList, fetchTitles, MOST_TITLES } from "./query.ts";
import { openQueue } from "./queue.ts";
import { type Pace, wallPace } from "./waits.ts";

export interface ApiOptions {
  /** Ends all waits and requests, besides the signal of each call. */
  readonly signal?: AbortSignal;
  readonly log?: Log;
  readonly reject: RejectPage;
  /** Folder of the user's caches. */
  readonly cacheRoot?: string;
  readonly pace?: Pace;
}

/** The wiki at the address of its api.php. @throws UsageError before any request, for settings that it cannot be asked with. */
export function openApi(address: string, settings: ApiSection, options: ApiOptions): PageSource {
  const url = requireAddress(address);
  const userAgent = requireUserAgent(address, settings.userAgent);
  const folder = cacheFolder(url, settings, options.cacheRoot);
  const cache = openCache(folder);
  const inTurn = openQueue();
  const client = withCommon(settings, {
    address,
    userAgent,
    patience: settings.patience,
    advice: `run the same command again later, it goes on from where it was (what was fetched is kept in ${folder})`,
    pace: options.pace ?? wallPace,
    log: options.log ?? silentLog,
  });
  const both = (signal: AbortSignal): AbortSignal =>
    options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]);

  /** What the cache does not know is fetched, batch after batch. */
  async function findAll(titles: readonly string[], signal: AbortSignal): Promise<Map<string, Found>> {
    const found = new Map<string, Found>();
    const unknownOf = async (batch: readonly string[]): Promise<string[]> => {
      const unknown: string[] = [];
      for (const title of batch) {
        const known = await cache.find(title);
        if (known === undefined) unknown.push(title);
        else found.set(title, known);
      }
      return unknown;
    };
    const unknown = await unknownOf(titles);
    const fetchBatch = async (batch: readonly string[]): Promise<void> => {
      // While this batch waited another may have brought what it lacks.
      const wanted = await unknownOf(batch);
      if (wanted.length === 0) return;
      const fetched = await fetchTitles(client, wanted, signal);
      await cache.keep(fetched);
      for (const title of wanted) found.set(title, fetched.get(title)!);
    };
    for (let at = 0; at < unknown.length; at += MOST_TITLES)
      await inTurn(signal, () => fetchBatch(unknown.slice(at, at + MOST_TITLES)));
    return found;
  }

  async function list(kind: Parameters<typeof fetchList>[1], title: string, given: AbortSignal) {
    const known = await cache.findList(kind, title);
    if (known !== undefined) return known;
    const signal = both(given);
    return inTurn(signal, async () => {
      // While this waited another may have asked the same.
      const meanwhile = await cache.findList(kind, title);
      if (meanwhile !== undefined) return meanwhile;
      const titles = await fetchList(client, kind, title, signal);
      await cache.keepList(kind, title, titles);
      return titles;
    });
  }

  return {
    name: address,
    version: address,
    portions: () => {
      throw new UsageError(
        `source ${address}: a live wiki is not read whole; set discover.agent with pages, categories or medicalBoxes to start from, or give a dump`,
      );
    },
    async lookup(titles, signal) {
      const keys = new Set(titles.map(askedAs).filter((key) => key !== undefined));
      const found = await findAll([...keys], both(signal));
      return toLookup(titles, found, (title, reason) => options.reject(title, `${address}: ${reason}`));
    },
    categoryMembers: (category, signal) => list("categorymembers", inSpace("Category", category), signal),
    async pagesWithTemplate(names, signal) {
      const all = new Set<string>();
      for (const name of new Set(names))
        for (const title of await list("embeddedin", inSpace("Template", name), signal)) all.add(title);
      return [...all].sort();
    },
  };
}

function withCommon(settings: ApiSection, clientSettings: ClientSettings): ApiClient {
  const client = apiClient(clientSettings);
  const common = { action: "query", format: "json", formatversion: "2", maxlag: String(settings.maxlag) };
  return {
    address: client.address,
    ask: (parameters, signal) => client.ask({ ...common, ...parameters }, signal),
  };
}

/** A title as it is asked for; undefined where no page can have it and the question would be misread. */
function askedAs(title: string): string | undefined {
  const text = title
    .normalize("NFC")
    .replace(/#.*$/su, "")
    .replace(/[\s_]+/gu, " ")
    .trim();
  return text === "" || /[|\p{Cc}\p{Cs}\ufffd]/u.test(text) ? undefined : text;
}

/** Every title that was asked for is a page's title, leads to one, is missing, or was rejected. */
function toLookup(titles: readonly string[], found: ReadonlyMap<string, Found>, reject: RejectPage): Lookup {
  const pages = new Map<number, Page>();
  const redirects = new Map<string, string>();
  const missing = new Set<string>();
  const rejected = new Map<string, string>();
  for (const title of titles) {
    const outcome = found.get(askedAs(title) ?? "") ?? { kind: "missing" };
    switch (outcome.kind) {
      case "page":
        if (!pages.has(outcome.page.pageId)) pages.set(outcome.page.pageId, outcome.page);
        if (title !== outcome.page.title) redirects.set(title, outcome.page.title);
        break;
      case "missing":
        missing.add(title);
        break;
      case "rejected":
        rejected.set(outcome.title, outcome.reason);
    }
  }
  for (const [title, reason] of rejected) reject(title, reason);
  return {
    pages: [...pages.values()],
    redirects: [...redirects].map(([from, to]) => ({ from, to })),
    missing: [...missing],
  };
}

/** A name with its namespace, whether it came with it or not; the English words hold on every wiki. */
function inSpace(space: "Category" | "Template", name: string): string {
  const bare = name.replace(/_/gu, " ").trim();
  return bare.toLowerCase().startsWith(`${space.toLowerCase()}:`) ? bare : `${space}:${bare}`;
}

function requireAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url !== undefined && url.search === "" && url.hash === "" && url.username === "";
  if (isPlain && /^https?:$/u.test(url.protocol) && url.pathname.endsWith("/api.php")) return url;
  throw new UsageError(
    `source ${address}: not the address of a MediaWiki Action API; expected one that ends in api.php, such as https://en.wikipedia.org/w/api.php`,
  );
}

const CONTACT = /https?:\/\/[^\s;()]+\.[^\s;()]+|[^\s@;()]+@[^\s@;()]+\.[^\s@;()]+/u;

function requireUserAgent(address: string, userAgent: string | undefined): string {
  const contact = /^(?=[\x20-\x7e]+$)[^\s/()]+\/[^\s()]+ \(([^()]+)\)/u.exec(userAgent ?? "")?.[1];
  if (userAgent !== undefined && contact !== undefined && CONTACT.test(contact)) return userAgent;
  const found = userAgent === undefined ? "is not set" : `is ${JSON.stringify(userAgent)}`;
  throw new UsageError(
    `source ${address}: discover.api.userAgent ${found}; expected name/version (contact) with the address of a page or of mail, ` +
      'such as "MyStudy/1.0 (https://example.org/study; me@example.org)": the policy of Wikimedia wants every program to tell who ' +
      "runs it and how to reach them, and blocks those that do not",
  );
}

function cacheFolder({ host, pathname }: URL, settings: ApiSection, root: string | undefined): string {
  // One folder may serve several wikis.
  const wiki = encodeURIComponent(pathname === "/w/api.php" ? host : host + pathname);
  if (settings.cache !== undefined) return resolve(settings.cache, wiki);
  const caches = root ?? (process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"));
  return join(caches, "fleming", "mediawiki", wiki);
}
