/**
 * Questions to a wiki that take several answers: texts of up to 50 titles, and lists of titles.
 *
 * What a title leads to is read from the answer's own maps: normalised first, then redirects. Properties of one page
 * come in several answers in any order (categories go on while texts are there, and the other way round), so pages
 * are put together by id until the wiki says that no more follows.
 */
import { UsageError } from "../../../base/errors.ts";
import { redirectOf } from "../../wikitext/titles.ts";
import type { AnsweredPage, AnsweredRevision, Query } from "./answer.ts";
import type { Found } from "./cache.ts";
import type { ApiClient } from "./client.ts";

/** Titles of one request at most, for clients without special rights. */
export const MOST_TITLES = 50;

/** All answers to a request, one after another. */
async function* answers(
  client: ApiClient,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<Query> {
  let more: Record<string, string> = {};
  for (;;) {
    const { query, continue: next } = await client.ask({ ...parameters, ...more }, signal);
    if (query !== undefined) yield query;
    if (next === undefined) return;
    const after = Object.fromEntries(Object.entries(next).map(([name, value]) => [name, String(value)]));
    if (JSON.stringify(after) === JSON.stringify(more))
      throw new UsageError(
        `${client.address}: the wiki goes on from the same place twice (${JSON.stringify(after)}); it is not an Action API that can be read`,
      );
    more = after;
  }
}

/** Titles of the articles of a category (name with its namespace) or of those that hold a template. */
export async function fetchList(
  client: ApiClient,
  kind: "categorymembers" | "embeddedin",
  title: string,
  signal: AbortSignal,
): Promise<string[]> {
  const parameters =
    kind === "categorymembers"
      ? { list: kind, cmtitle: title, cmtype: "page", cmnamespace: "0", cmprop: "title", cmlimit: "max" }
      : { list: kind, eititle: title, einamespace: "0", eilimit: "max" };
  const titles = new Set<string>();
  for await (const query of answers(client, parameters, signal)) {
    const members = query[kind];
    if (members === undefined)
      throw new UsageError(
        `${client.address}: the wiki answers without "${kind}" when asked for that of ${title}; is it an Action API?`,
      );
    for (const member of members) titles.add(member.title);
  }
  return [...titles].sort();
}

interface Draft {
  readonly page: AnsweredPage;
  revision: AnsweredRevision | undefined;
  readonly categories: Set<string>;
  isDisambiguation: boolean;
}

/**
 * What up to 50 titles lead to, by title: each that was asked for, and each that lay on the way.
 * Titles hold no "|".
 */
export async function fetchTitles(
  client: ApiClient,
  titles: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Found>> {
  const normalised = new Map<string, string>();
  const converted = new Map<string, string>();
  const redirects = new Map<string, string>();
  const elsewhere = new Set<string>();
  const drafts = new Map<string, Draft>();
  const parameters = {
    titles: titles.join("|"),
    redirects: "1",
    prop: "revisions|categories|info|pageprops",
    rvprop: "ids|timestamp|content",
    rvslots: "main",
    cllimit: "max",
    clshow: "!hidden",
    ppprop: "disambiguation",
  };
  for await (const query of answers(client, parameters, signal)) {
    for (const { from, to, fromencoded } of query.normalized ?? [])
      normalised.set(fromencoded ? decodeURIComponent(from) : from, to);
    for (const { from, to } of query.converted ?? []) converted.set(from, to);
    for (const { from, to, tointerwiki } of query.redirects ?? []) {
      redirects.set(from, to);
      if (tointerwiki !== undefined) elsewhere.add(to);
    }
    for (const { title } of query.interwiki ?? []) elsewhere.add(title);
    for (const page of query.pages ?? []) addTo(drafts, page);
  }
  const byTitle = new Map([...drafts.values()].map((draft) => [draft.page.title, draft]));
  const found = new Map<string, Found>();
  for (const title of titles) {
    const plain = normalised.get(title) ?? title;
    const way = [title, plain, converted.get(plain) ?? plain];
    let next = redirects.get(way.at(-1)!);
    while (next !== undefined && !way.includes(next)) {
      way.push(next);
      next = redirects.get(next);
    }
    const last = way.at(-1)!;
    const draft = byTitle.get(last);
    // Where a redirect comes back to itself `next` is left over.
    const leadsNowhere = next !== undefined || way.some((one) => elsewhere.has(one));
    const outcome: Found =
      draft !== undefined
        ? toFound(draft)
        : leadsNowhere
          ? { kind: "missing" }
          : { kind: "rejected", title, reason: "the wiki does not say what the title leads to" };
    for (const one of way) found.set(one, outcome);
  }
  return found;
}

function addTo(drafts: Map<string, Draft>, page: AnsweredPage): void {
  const key = page.pageid === undefined ? `title ${page.title}` : `id ${page.pageid}`;
  let draft = drafts.get(key);
  if (draft === undefined) {
    draft = { page, revision: undefined, categories: new Set(), isDisambiguation: false };
    drafts.set(key, draft);
  }
  draft.revision ??= page.revisions?.[0];
  for (const { title } of page.categories ?? []) draft.categories.add(title.slice(title.indexOf(":") + 1));
  if (page.pageprops !== undefined && "disambiguation" in page.pageprops) draft.isDisambiguation = true;
}

function toFound(draft: Draft): Found {
  const { page, revision, categories, isDisambiguation } = draft;
  const { pageid, title, missing, invalid, special } = page;
  if (pageid === undefined || missing || invalid || special || (page.ns ?? 0) !== 0)
    return { kind: "missing" };
  if (revision === undefined) return { kind: "rejected", title, reason: "no revision of it came" };
  const { revid, timestamp } = revision;
  const main = revision.slots?.main;
  const reject = (reason: string): Found => ({ kind: "rejected", title, revision: revid, reason });
  if (revision.texthidden || main?.texthidden) return reject(`the text of revision ${revid} is hidden`);
  if (main?.content === undefined) return reject(`revision ${revid} has no text in its main slot`);
  if (main.contentmodel !== "wikitext")
    return reject(`revision ${revid} is of the content model "${main.contentmodel}"; only wikitext is read`);
  const redirect = redirectOf(main.content);
  return {
    kind: "page",
    page: {
      title,
      pageId: pageid,
      revision: revid,
      timestamp,
      ...(redirect === undefined ? {} : { redirect }),
      wikitext: main.content,
    },
    categories: [...categories].sort(),
    isDisambiguation,
  };
}
