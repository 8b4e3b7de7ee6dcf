/** All pages of local sources as one stream, for who needs no portions. */
import type { Page } from "../../records/page.ts";
import { openSource } from "./open-source.ts";
import type { RejectPage } from "./page-source.ts";
import { readPortion } from "./read-portion.ts";

/** Streams the pages of files and folders, in their order. */
export async function* readPages(paths: readonly string[], reject: RejectPage): AsyncGenerator<Page> {
  const source = await openSource(paths, { reject });
  for await (const portion of source.portions()) yield* readPortion(portion, reject);
}
