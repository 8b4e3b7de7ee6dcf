/** The pages that evidence points into, by title: what a quote is compared with and a trace leads to. */
import { type Page, pageSchema } from "../records/page.ts";
import { readTable } from "./store.ts";

/** Pages of a graph folder, all or those with the given titles. */
export async function readPages(folder: string, titles?: ReadonlySet<string>): Promise<Map<string, Page>> {
  const pages = new Map<string, Page>();
  for (const row of await readTable(folder, "pages")) {
    if (titles !== undefined && !titles.has(String(row["title"]))) continue;
    const { redirect, pageId, revision, ...rest } = row;
    const page = pageSchema.parse({
      ...rest,
      pageId: Number(pageId),
      revision: Number(revision),
      ...(redirect === null ? {} : { redirect }),
    });
    pages.set(page.title, page);
  }
  return pages;
}
