/**
 * Which categories a page is in and which templates stand on it, for sources that cannot be asked: one reading of all
 * pages, whose result is kept on disk where there is a folder for it, since it can be larger than memory.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonl, writeJsonl } from "../../base/jsonl.ts";
import type { Page } from "../../records/page.ts";
import { readPage } from "../wikitext/sections.ts";
import type { ExportOptions } from "./export-part.ts";

const membershipSchema = z.strictObject({
  title: z.string(),
  categories: z.array(z.string()),
  /** Names as `templateName` gives them. */
  templates: z.array(z.string()),
});

/** What one page belongs to. */
export type Membership = z.infer<typeof membershipSchema>;

/** Stands in the name of what is kept; another one whenever categories or templates are found differently. */
const FORMAT = 1;

/** The memberships of all pages that have any, read once for a version of the source, from then on from disk or memory. */
export async function openMemberships(
  pages: () => AsyncIterable<Page>,
  version: string,
  options: Pick<ExportOptions, "scratch" | "log" | "signal">,
): Promise<() => AsyncIterable<Membership> | Iterable<Membership>> {
  if (options.scratch !== undefined) {
    const file = join(options.scratch, `members-${FORMAT}-${version}.jsonl`);
    if (!existsSync(file)) await writeJsonl(file, membershipsOf(pages(), options));
    return () => readJsonl(file, membershipSchema);
  }
  const all: Membership[] = [];
  for await (const one of membershipsOf(pages(), options)) all.push(one);
  return () => all;
}

/** Titles of the pages that fit, each once, sorted. */
export async function titlesThat(
  memberships: AsyncIterable<Membership> | Iterable<Membership>,
  fits: (one: Membership) => boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const titles = new Set<string>();
  for await (const one of memberships) {
    signal.throwIfAborted();
    if (fits(one)) titles.add(one.title);
  }
  return [...titles].sort();
}

async function* membershipsOf(
  pages: AsyncIterable<Page>,
  { log, signal }: Pick<ExportOptions, "log" | "signal">,
): AsyncGenerator<Membership> {
  let read = 0;
  for await (const page of pages) {
    signal?.throwIfAborted();
    log?.progress("pages searched", ++read);
    if (page.redirect !== undefined) continue;
    const { categories, boxes } = readPage(page.wikitext);
    const templates = [...new Set(boxes.map((box) => box.name))];
    if (categories.length + templates.length > 0)
      yield { title: page.title, categories: [...new Set(categories)], templates };
  }
}
