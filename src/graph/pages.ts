/** The pages that evidence points into, by title: what a quote is compared with and a trace leads to. */
import { type Page, pageSchema } from "../records/page.ts";
import { rowsOf, withTables } from "./database.ts";

/** Pages of a graph folder with the given titles. */
export async function readPages(folder: string, titles: ReadonlySet<string>): Promise<Map<string, Page>> {
  const rows = await withTables(folder, ["pages"], (connection) =>
    rowsOf(connection, "SELECT * FROM pages WHERE title IN (SELECT unnest($1))", [[...titles]]),
  );
  const pages = new Map<string, Page>();
  for (const row of rows) {
    const page = pageSchema.parse(row);
    pages.set(page.title, page);
  }
  return pages;
}
