/**
 * Pages from `.wikitext` files: the file name is the title, `index.jsonl` beside or above them gives ids and
 * revisions.
 *
 * Invariant: without an index the page id is the running number and the revision 0, so evidence stays exact.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { messageOf } from "../../base/errors.ts";
import { readJsonl } from "../../base/jsonl.ts";
import type { Page } from "../../records/page.ts";
import { normaliseTitle, redirectOf, titleOfFile } from "../wikitext/titles.ts";
import type { RejectPage } from "./source.ts";

const indexLineSchema = z.looseObject({
  title: z.string().min(1),
  pageId: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  timestamp: z.string(),
});

type IndexLine = z.infer<typeof indexLineSchema>;

/** The index that goes with a folder, by title; empty when there is none. */
async function readIndex(folder: string): Promise<Map<string, IndexLine>> {
  const lines = new Map<string, IndexLine>();
  const path = [folder, dirname(resolve(folder))].map((one) => join(one, "index.jsonl")).find(existsSync);
  if (path === undefined) return lines;
  for await (const line of readJsonl(path, indexLineSchema)) lines.set(line.title, line);
  return lines;
}

/** Streams the files of a folder in the order given. */
export async function* readWikitextFiles(
  folder: string,
  names: readonly string[],
  reject: RejectPage,
): AsyncGenerator<Page> {
  if (names.length === 0) return;
  const index = await readIndex(folder);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  for (const name of names) {
    number += 1;
    let wikitext: string;
    try {
      wikitext = decoder.decode(await readFile(join(folder, name)));
    } catch (error) {
      reject(name, `${join(folder, name)}: cannot be read as UTF-8 text (${messageOf(error)})`);
      continue;
    }
    const title = normaliseTitle(titleOfFile(name.slice(0, -".wikitext".length)));
    if (title === "") {
      reject(name, `${join(folder, name)}: the file name holds no title`);
      continue;
    }
    const known = index.get(title);
    const redirect = redirectOf(wikitext);
    yield {
      title,
      pageId: known?.pageId ?? number,
      revision: known?.revision ?? 0,
      timestamp: known?.timestamp ?? "",
      ...(redirect === undefined ? {} : { redirect }),
      wikitext,
    };
  }
}
