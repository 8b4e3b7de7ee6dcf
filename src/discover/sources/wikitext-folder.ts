/**
 * Pages from `.wikitext` files: the file name is the title, `index.jsonl` beside or above them gives ids and
 * revisions. A file of that name above the folder that is no index of pages is someone else's.
 *
 * Invariant: without an index the page id is the running number and the revision 0, so evidence stays exact.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { boundary, codeOf, messageOf, UsageError } from "../../base/errors.ts";
import { readJsonl, tryJson } from "../../base/jsonl.ts";
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

/** The index that goes with a folder, in it or above it. */
export function indexOf(folder: string): string | undefined {
  const inside = join(folder, "index.jsonl");
  if (existsSync(inside)) return inside;
  const above = join(dirname(resolve(folder)), "index.jsonl");
  return beginsAsIndex(above) ? above : undefined;
}

/** Longer first lines are no index's. */
const FIRST_LINE = 1 << 16;

function beginsAsIndex(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(FIRST_LINE);
      const start = bytes.toString("utf8", 0, readSync(file, bytes)).trimStart();
      return indexLineSchema.safeParse(tryJson(start.split("\n", 1)[0] as string)).success;
    } finally {
      closeSync(file);
    }
  } catch {
    // Not there, or not for this user.
    return false;
  }
}

/** The lines of a folder's index by title; none where there is no index. */
async function readIndex(folder: string): Promise<ReadonlyMap<string, IndexLine>> {
  const lines = new Map<string, IndexLine>();
  const path = indexOf(folder);
  if (path === undefined) return lines;
  for await (const line of readJsonl(path, indexLineSchema)) lines.set(normaliseTitle(line.title), line);
  return lines;
}

/** What is wrong with one file, not with the disk or with this program. */
const fileFaults = new Set(["EACCES", "EISDIR", "ELOOP", "ENOENT", "EPERM"]);

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
  let bytes: Buffer;
  try {
    bytes = await boundary(`source ${path}`, () => readFile(path));
  } catch (error) {
    const cause = error instanceof UsageError ? error.cause : error;
    if (!fileFaults.has(codeOf(cause) ?? "")) throw error;
    reject(name, `${path}: cannot be read (${messageOf(cause)})`);
    return undefined;
  }
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
