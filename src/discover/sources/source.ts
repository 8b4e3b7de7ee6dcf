/**
 * Pages from wherever they are: one async stream of `Page` records from folders of wikitext files and XML exports
 * (paper §3.1, Wikipedia as the source of the graph).
 *
 * Invariant: pages come in the order of the paths, and inside a folder in the order of file names, so a run always
 * sees the same stream. A source of which nothing can be read is the user's mistake; one bad page is a reject.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { boundary, UsageError } from "../../base/errors.ts";
import type { Page } from "../../records/page.ts";
import { readBzip2 } from "./bzip2.ts";
import { readExport } from "./export.ts";
import { textChunks } from "./text.ts";
import { readWikitextFiles } from "./wikitext-folder.ts";

export type RejectPage = (item: string, reason: string) => void;

/** Streams the pages of one or several sources. */
export async function* readPages(paths: readonly string[], reject: RejectPage): AsyncGenerator<Page> {
  for (const path of paths) yield* readSource(path, reject);
}

async function* readSource(path: string, reject: RejectPage): AsyncGenerator<Page> {
  const found = await boundary(`source ${path}`, () => stat(path));
  if (!found.isDirectory()) {
    yield* readFileSource(path, reject);
    return;
  }
  const names = (await readdir(path)).sort();
  const texts = names.filter((name) => name.endsWith(".wikitext"));
  const exports = names.filter(isExport);
  if (texts.length + exports.length === 0) {
    throw new UsageError(
      `source ${path}: the folder holds no .wikitext, .xml or .xml.bz2 file; point discover.source at the folder that does`,
    );
  }
  yield* readWikitextFiles(path, texts, reject);
  for (const name of exports) yield* readFileSource(join(path, name), reject);
}

function isExport(name: string): boolean {
  return name.endsWith(".xml") || name.endsWith(".xml.bz2");
}

async function* readFileSource(path: string, reject: RejectPage): AsyncGenerator<Page> {
  if (path.endsWith(".wikitext")) {
    const at = path.lastIndexOf("/");
    yield* readWikitextFiles(at === -1 ? "." : path.slice(0, at), [path.slice(at + 1)], reject);
  } else if (path.endsWith(".bz2")) yield* readExport(path, readBzip2(path), reject);
  else if (path.endsWith(".xml")) yield* readExport(path, textChunks(path), reject);
  else {
    throw new UsageError(
      `source ${path}: not a kind of file that is read; expected a folder, .wikitext, .xml or .xml.bz2`,
    );
  }
}
