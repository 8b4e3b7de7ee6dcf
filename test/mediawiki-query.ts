/**
 * What MediaWiki's action=query answers (formatversion 2) about pages in memory: titles normalised, redirects
 * resolved with their fragments, properties and lists in portions with continuation, errors by their codes.
 * It shares no code with the source that it tests.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface WikiPage {
  /** With the namespace where it is not an article. */
  readonly title: string;
  readonly pageId: number;
  readonly revision: number;
  readonly timestamp: string;
  readonly text: string;
  readonly categories: readonly string[];
  readonly hiddenCategories?: readonly string[];
  readonly templates: readonly string[];
  readonly isDisambiguation?: boolean;
  /** Other than wikitext. */
  readonly model?: string;
  readonly isHidden?: boolean;
}

/** How many results an answer holds at most; MediaWiki itself ends at 500, or when an answer gets too large. */
export interface Portions {
  revisions: number;
  categories: number;
  members: number;
}

type Parameters = Readonly<Record<string, string>>;
export type Json = Record<string, unknown>;

const NAMESPACES: Readonly<Record<string, number>> = {
  Special: -1,
  Talk: 1,
  Wikipedia: 4,
  Template: 10,
  Category: 14,
};
const INTERWIKI = new Set(["fr", "de", "wikt"]);

const apiError = (code: string, info: string): Json => ({
  error: { code, info, docref: "See the help." },
  servedby: "memory",
});

/** A title as the wiki writes it; undefined where it is invalid. */
function normalise(given: string): string | undefined {
  let text = given.normalize("NFC").replace(/[ _]+/gu, " ").trim();
  text = text.replace(/#.*$/su, "").trim();
  if (text === "" || Buffer.byteLength(text) > 255 || /[<>[\]{}|\n\ufffd]|%[0-9A-Fa-f]{2}|~~~/u.test(text))
    return undefined;
  const colon = text.indexOf(":");
  const prefix = text.slice(0, Math.max(colon, 0)).trim();
  if (INTERWIKI.has(prefix.toLowerCase())) return `${prefix.toLowerCase()}:${text.slice(colon + 1).trim()}`;
  const space = Object.keys(NAMESPACES).find((name) => name.toLowerCase() === prefix.toLowerCase());
  const rest = space === undefined ? text : text.slice(colon + 1).trim();
  if (rest === "") return undefined;
  const upper = rest[0]!.toUpperCase() + rest.slice(1);
  return space === undefined ? upper : `${space}:${upper}`;
}

const namespaceOf = (title: string): number => NAMESPACES[title.slice(0, title.indexOf(":"))] ?? 0;

export function answerQuery(
  pages: ReadonlyMap<string, WikiPage>,
  portions: Portions,
  asked: Parameters,
): Json {
  if (asked["action"] !== "query")
    return apiError("badvalue", `Unrecognized value for parameter "action": ${asked["action"]}.`);
  if (asked["format"] !== "json" || asked["formatversion"] !== "2")
    return apiError("wrongformat", "Only formatversion 2 of JSON is spoken here.");
  if (asked["list"] !== undefined) return listOf(pages, portions, asked);
  return propertiesOf(pages, portions, asked);
}

function listOf(pages: ReadonlyMap<string, WikiPage>, portions: Portions, asked: Parameters): Json {
  const kind = asked["list"];
  const isCategory = kind === "categorymembers";
  if (!isCategory && kind !== "embeddedin")
    return apiError("badvalue", `Unrecognized value for parameter "list".`);
  const wanted = normalise((isCategory ? asked["cmtitle"] : asked["eititle"]) ?? "");
  if (isCategory && (wanted === undefined || !wanted.startsWith("Category:")))
    return apiError("invalidcategory", "The category name you entered is not valid.");
  if (wanted === undefined) return apiError("invalidtitle", `Bad title "${asked["eititle"]}".`);
  const name = wanted.slice(wanted.indexOf(":") + 1);
  const space = isCategory ? asked["cmnamespace"] : asked["einamespace"];
  const all = [...pages.values()]
    .filter((page) =>
      isCategory
        ? [...page.categories, ...(page.hiddenCategories ?? [])].includes(name)
        : page.templates.includes(name),
    )
    .filter(({ title }) => space === undefined || String(namespaceOf(title)) === space)
    // By id, as the real lists are, and so not by title.
    .sort((a, b) => a.pageId - b.pageId);
  const token = isCategory ? asked["cmcontinue"] : asked["eicontinue"];
  const from = token === undefined ? 0 : Number(/\|(\d+)$/u.exec(token)?.[1]);
  const left = all.filter(({ pageId }) => pageId >= from);
  const members = left
    .slice(0, portions.members)
    .map(({ title, pageId }) => ({ pageid: pageId, ns: namespaceOf(title), title }));
  const next = left[portions.members];
  const more =
    next === undefined
      ? { batchcomplete: true }
      : {
          batchcomplete: true,
          continue: {
            [isCategory ? "cmcontinue" : "eicontinue"]: isCategory
              ? `page|2d4b|${next.pageId}`
              : `0|${next.pageId}`,
            continue: "-||",
          },
        };
  return { ...more, query: { [kind]: members } };
}

function propertiesOf(pages: ReadonlyMap<string, WikiPage>, portions: Portions, asked: Parameters): Json {
  const given = [...new Set((asked["titles"] ?? "").split("|"))];
  if (given.length > 50)
    return apiError("toomanyvalues", `Too many values supplied for parameter "titles". The limit is 50.`);
  const normalized: Json[] = [];
  const redirects: Json[] = [];
  const interwiki: Json[] = [];
  const odd: Json[] = [];
  const good = new Map<number, WikiPage>();
  const seen = new Set<string>();
  const pending: string[] = [];
  for (const title of given) {
    const plain = normalise(title);
    if (plain === undefined) {
      odd.push({ title, invalidreason: "The requested page title is invalid.", invalid: true });
      continue;
    }
    if (plain !== title) normalized.push({ fromencoded: false, from: title, to: plain });
    pending.push(plain);
  }
  const isFollowing = asked["redirects"] !== undefined;
  while (pending.length > 0) {
    const title = pending.shift()!;
    if (seen.has(title)) continue;
    seen.add(title);
    const iw = title.slice(0, Math.max(0, title.indexOf(":")));
    const page = pages.get(title);
    const target = isFollowing && page !== undefined ? redirectTarget(page.text) : undefined;
    if (INTERWIKI.has(iw)) interwiki.push({ title, iw });
    else if (namespaceOf(title) === -1) odd.push({ ns: -1, title, special: true });
    else if (page === undefined) odd.push({ ns: namespaceOf(title), title, missing: true });
    else if (target === undefined) good.set(page.pageId, page);
    else {
      const fragment = target.fragment === undefined ? {} : { tofragment: target.fragment };
      redirects.push({ from: title, to: target.title, ...fragment });
      pending.push(target.title);
    }
  }
  const { properties, more } = portionOf([...good.values()], portions, asked);
  const sets = { normalized, redirects, interwiki };
  return {
    ...(more === undefined ? { batchcomplete: true } : { continue: more }),
    query: {
      ...Object.fromEntries(Object.entries(sets).filter(([, entries]) => entries.length > 0)),
      pages: [
        ...odd,
        ...[...good.values()].map((page) => ({
          pageid: page.pageId,
          ns: namespaceOf(page.title),
          title: page.title,
          ...properties.get(page.pageId),
        })),
      ],
    },
  };
}

function redirectTarget(text: string): { title: string; fragment: string | undefined } | undefined {
  const found = /^#REDIRECT\s*\[\[([^\]#|]+)(?:#([^\]|]*))?/iu.exec(text);
  if (found === null) return undefined;
  return { title: normalise(found[1]!)!, fragment: found[2] };
}

/** The properties that this answer holds, and where the next one goes on. */
function portionOf(pages: readonly WikiPage[], portions: Portions, asked: Parameters) {
  const ordered = [...pages].sort((a, b) => a.pageId - b.pageId);
  const properties = new Map<number, Json>(ordered.map(({ pageId }) => [pageId, {}]));
  const done = new Set((asked["continue"] ?? "").replace(/^.*\|\|/u, "").split("|"));
  const wanted = (asked["prop"] ?? "").split("|").filter((name) => !done.has(name));
  const next: Json = {};
  for (const name of wanted) {
    if (name === "revisions") {
      const byRevision = [...ordered].sort((a, b) => a.revision - b.revision);
      const left = byRevision.filter(({ revision }) => revision >= Number(asked["rvcontinue"] ?? 0));
      for (const page of left.slice(0, portions.revisions))
        properties.get(page.pageId)!["revisions"] = [revisionOf(page)];
      // A number, as the real API gives it.
      if (left.length > portions.revisions) next["rvcontinue"] = left[portions.revisions]!.revision;
      else done.add(name);
    } else if (name === "categories") {
      const isVisibleOnly = asked["clshow"] === "!hidden";
      const all = ordered.flatMap((page) =>
        [...page.categories, ...(isVisibleOnly ? [] : (page.hiddenCategories ?? []))]
          .sort()
          .map((category) => ({ page, category })),
      );
      const [id = "0", from = ""] = (asked["clcontinue"] ?? "").split("|");
      const left = all.filter(
        ({ page, category }) => page.pageId > Number(id) || (page.pageId === Number(id) && category >= from),
      );
      for (const { page, category } of left.slice(0, portions.categories)) {
        const own = properties.get(page.pageId)!;
        own["categories"] = [
          ...((own["categories"] ?? []) as Json[]),
          { ns: 14, title: `Category:${category}` },
        ];
      }
      const after = left[portions.categories];
      if (after !== undefined) next["clcontinue"] = `${after.page.pageId}|${after.category}`;
      else done.add(name);
    } else {
      for (const page of ordered) {
        if (name === "info")
          Object.assign(properties.get(page.pageId)!, {
            contentmodel: page.model ?? "wikitext",
            lastrevid: page.revision,
            length: Buffer.byteLength(page.text),
          });
        if (name === "pageprops" && page.isDisambiguation)
          properties.get(page.pageId)!["pageprops"] = { disambiguation: "" };
      }
      done.add(name);
    }
  }
  const isOver = Object.keys(next).length === 0;
  done.delete("");
  return { properties, more: isOver ? undefined : { ...next, continue: `||${[...done].join("|")}` } };
}

function revisionOf(page: WikiPage): Json {
  const main = page.isHidden
    ? { texthidden: true }
    : { contentmodel: page.model ?? "wikitext", contentformat: "text/x-wiki", content: page.text };
  return {
    revid: page.revision,
    parentid: 0,
    timestamp: page.timestamp,
    slots: page.model === "none" ? {} : { main },
  };
}

/** The pages of a folder of .wikitext files, with the index above it. */
export function pagesOfFolder(folder: string): WikiPage[] {
  const index = join(folder, "..", "index.jsonl");
  const lines = existsSync(index) ? readFileSync(index, "utf8").trim().split("\n") : [];
  const known = new Map(lines.map((line) => JSON.parse(line) as Json).map((line) => [line["title"], line]));
  return readdirSync(folder)
    .filter((name) => name.endsWith(".wikitext"))
    .sort()
    .map((name, position) => {
      const title = decodeURIComponent(name.slice(0, -".wikitext".length).replaceAll("_", " "));
      const text = readFileSync(join(folder, name), "utf8");
      return wikiPage(title[0]!.toUpperCase() + title.slice(1), position + 1, text, {
        timestamp: String(known.get(title)?.["timestamp"] ?? "2026-01-01T00:00:00Z"),
      });
    });
}

/** A page whose categories and templates are those that its text names; its revision follows from its id. */
export function wikiPage(
  title: string,
  pageId: number,
  text: string,
  more: Partial<WikiPage> = {},
): WikiPage {
  const all = (pattern: RegExp): string[] => [
    ...new Set([...text.matchAll(pattern)].map((match) => match[1]!.trim())),
  ];
  return {
    title,
    pageId,
    // Not in the order of the pages.
    revision: 10_000 + ((pageId * 7919) % 9973),
    timestamp: `2026-03-${String(1 + (pageId % 28)).padStart(2, "0")}T12:00:00Z`,
    text,
    categories: all(/\[\[Category:([^\]|]+)/gu),
    templates: all(/\{\{([^{}|\n<]+)/gu),
    ...more,
  };
}
