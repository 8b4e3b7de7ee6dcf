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
import { boundary, messageOf } from "../../base/errors.ts";
import { readJsonl } from "../../base/jsonl.ts";
import type { Page } from "../../records/page.ts";
import { normaliseTitle, redirectOf, titleOfFile } from "../wikitext/titles.ts";
import { inPortions, type LocalPart } from "./local-part.ts";
import type { RejectPage } from "./page-source.ts";

const indexLineSchema = z.looseObject({
  title: z.string().min(1),
  pageId: z.int().nonnegative(),
  revision: z.int().nonnegative(),
  timestamp: z.string(),
});

type IndexLine = z.infer<typeof indexLineSchema>;

interface WikitextFile {
  readonly path: string;
  readonly title: string;
  readonly number: number;
}

/** The files of a folder in the order given. */
export async function openWikitextFiles(
  folder: string,
  names: readonly string[],
  reject: RejectPage,
): Promise<LocalPart> {
  const index = await readIndex(folder);
  const files = names.map((name, i): WikitextFile => {
    const title = normaliseTitle(titleOfFile(name.slice(0, -".wikitext".length)));
    return { path: join(folder, name), title, number: i + 1 };
  });
  const byTitle = new Map<string, WikitextFile>();
  for (const file of files) if (!byTitle.has(file.title)) byTitle.set(file.title, file);

  const pages = async function* (rejectPage: RejectPage): AsyncGenerator<Page> {
    for (const file of files) {
      const page = await readFilePage(file, index, rejectPage);
      if (page) yield page;
    }
  };
  return {
    portions: () => inPortions(pages),
    async find(titles, signal) {
      const found = new Map<string, Page>();
      for (const title of titles) {
        signal.throwIfAborted();
        const file = byTitle.get(title);
        const page = file && (await readFilePage(file, index, reject));
        if (page) found.set(title, page);
      }
      return found;
    },
  };
}

/** The index that goes with a folder, by title; empty when there is none. */
async function readIndex(folder: string): Promise<ReadonlyMap<string, IndexLine>> {
  const lines = new Map<string, IndexLine>();
  const path = [folder, dirname(resolve(folder))].map((one) => join(one, "index.jsonl")).find(existsSync);
  if (path === undefined) return lines;
  for await (const line of readJsonl(path, indexLineSchema)) lines.set(line.title, line);
  return lines;
}

async function readFilePage(
  { path, title, number }: WikitextFile,
  index: ReadonlyMap<string, IndexLine>,
  reject: RejectPage,
): Promise<Page | undefined> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (title === "") {
    reject(name, `${path}: the file name holds no title`);
    return undefined;
  }
  const bytes = await boundary(`source ${path}`, () => readFile(path));
  let wikitext: string;
  try {
    wikitext = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    reject(name, `${path}: cannot be read as UTF-8 text (${messageOf(error)})`);
    return undefined;
  }
  const known = index.get(title);
  const redirect = redirectOf(wikitext);
  return {
    title,
    pageId: known?.pageId ?? number,
    revision: known?.revision ?? 0,
    timestamp: known?.timestamp ?? "",
    ...(redirect === undefined ? {} : { redirect }),
    wikitext,
  };
}
