/** One file or folder of a source, and how its pages become portions that are the same whenever they are made. */
import type { Page } from "../../records/page.ts";
import type { Portion, RejectPage } from "./page-source.ts";

export interface LocalPart {
  portions(): AsyncGenerator<Portion>;
  /** Pages that have exactly these titles, redirects among them. @throws UsageError where titles cannot be found. */
  find(titles: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Page>>;
}

const PAGES_IN_PORTION = 500;
const CHARACTERS_IN_PORTION = 4 << 20;

/**
 * Pages in portions of 500, or fewer where they are long; which ones depends on nothing but the pages. Bad pages go
 * into the portions as well, so that they are told by whoever reads a portion, and once only.
 */
export async function* inPortions(
  read: (reject: RejectPage) => AsyncIterable<Page>,
): AsyncGenerator<Portion> {
  let pages: Page[] = [];
  let rejects: [string, string][] = [];
  let characters = 0;
  const take = (): Portion => {
    const portion: Portion = { kind: "pages", pages, ...(rejects.length === 0 ? {} : { rejects }) };
    pages = [];
    rejects = [];
    characters = 0;
    return portion;
  };
  for await (const page of read((item, reason) => rejects.push([item, reason]))) {
    pages.push(page);
    characters += page.wikitext.length;
    if (pages.length >= PAGES_IN_PORTION || characters >= CHARACTERS_IN_PORTION) yield take();
  }
  if (pages.length > 0 || rejects.length > 0) yield take();
}
