/**
 * Keeps the index of the sample encyclopedia and packs its pages as a MediaWiki export.
 *
 *   npx tsx samples/encyclopedia/pack.ts                  renews index.jsonl
 *   npx tsx samples/encyclopedia/pack.ts out.xml.bz2      … and writes the export
 *
 * Invariant: a title keeps its page id for ever; its revision grows by one when its text changed; its timestamp is
 * that of its first entry. So evidence that names a revision can always be told to be current or not.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UsageError } from "../../src/base/errors.ts";
import { sha256 } from "../../src/base/hash.ts";
import { loadJsonl, writeJsonl } from "../../src/base/jsonl.ts";
import { packExport } from "../../src/discover/sources/pack.ts";
import { readPages } from "../../src/discover/sources/source.ts";
import { titleOfFile } from "../../src/discover/wikitext/titles.ts";

const lineSchema = z.strictObject({
  title: z.string(),
  pageId: z.int(),
  revision: z.int(),
  timestamp: z.string(),
  sha256: z.string(),
});

export type IndexLine = z.infer<typeof lineSchema>;

/** When pages that are new to the index are said to be from: a date of the project, not of the machine. */
const CREATED = "2026-11-21T00:00:00Z";

/** Brings `index.jsonl` of a folder up to its `pages/`; returns the lines in order of page id. */
export async function renewIndex(folder: string): Promise<readonly IndexLine[]> {
  const path = join(folder, "index.jsonl");
  const known = existsSync(path) ? await loadJsonl(path, lineSchema) : [];
  const byTitle = new Map(known.map((line) => [line.title, line]));
  let lastId = known.reduce((last, line) => Math.max(last, line.pageId), 0);
  const lines: IndexLine[] = [];
  const names = (await readdir(join(folder, "pages"))).filter((name) => name.endsWith(".wikitext")).sort();
  if (names.length === 0) throw new UsageError(`${folder}/pages: there is no .wikitext file to index`);
  for (const name of names) {
    const title = titleOfFile(name.slice(0, -".wikitext".length));
    const hash = sha256(await readFile(join(folder, "pages", name)));
    const old = byTitle.get(title);
    if (old === undefined) {
      lastId += 1;
      lines.push({ title, pageId: lastId, revision: 1, timestamp: CREATED, sha256: hash });
    } else if (old.sha256 === hash) lines.push(old);
    else lines.push({ ...old, revision: old.revision + 1, sha256: hash });
  }
  lines.sort((a, b) => a.pageId - b.pageId);
  await writeJsonl(path, lines);
  return lines;
}

const here = fileURLToPath(new URL(".", import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = await renewIndex(here);
  process.stderr.write(`index.jsonl: ${lines.length} pages\n`);
  const target = process.argv[2];
  if (target !== undefined) {
    const reject = (item: string, reason: string): void => {
      throw new UsageError(`${item}: ${reason}`);
    };
    const count = await packExport(readPages([join(here, "pages")], reject), target);
    process.stderr.write(`${target}: ${count} pages\n`);
  }
}
