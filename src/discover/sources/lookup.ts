/** Pages by title with their redirects followed, whatever finds the pages. */
import type { Page } from "../../records/page.ts";
import { normaliseTitle } from "../wikitext/titles.ts";
import type { LocalPart } from "./local-part.ts";
import type { Lookup } from "./page-source.ts";

/** Longer chains are taken for loops; MediaWiki itself follows one redirect. */
const LONGEST_CHAIN = 5;

/** Asks for titles, then for what they redirect to, until every chain has ended. */
export async function lookupPages(
  find: LocalPart["find"],
  titles: readonly string[],
  signal: AbortSignal,
): Promise<Lookup> {
  const known = new Map<string, Page | undefined>();
  /** Where each title asked for has led so far. */
  const reached = new Map(titles.map((title) => [title, normaliseTitle(title)]));
  for (let step = 0; step <= LONGEST_CHAIN; step++) {
    const wanted = [...new Set(reached.values())].filter((title) => title !== "" && !known.has(title));
    const found = wanted.length === 0 ? new Map<string, Page>() : await find(wanted, signal);
    for (const title of wanted) known.set(title, found.get(title));
    if (step === LONGEST_CHAIN) break;
    for (const [asked, title] of reached) reached.set(asked, known.get(title)?.redirect ?? title);
  }
  const pages = new Map<string, Page>();
  const redirects: { from: string; to: string }[] = [];
  const missing: string[] = [];
  for (const [asked, title] of reached) {
    const page = known.get(title);
    if (page === undefined || page.redirect !== undefined) {
      missing.push(asked);
      continue;
    }
    pages.set(title, page);
    if (known.get(normaliseTitle(asked))?.redirect !== undefined) redirects.push({ from: asked, to: title });
  }
  return { pages: [...pages.values()], redirects, missing };
}
