/** The dump that the scale bench reads: made once, then found again by what it was made from. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeJson } from "../../src/base/files.ts";
import { shortHash } from "../../src/base/hash.ts";
import { packExport } from "../../src/discover/sources/pack.ts";
import type { Page } from "../../src/records/page.ts";
import { type EncyclopediaSize, generatePages, writtenPages } from "./generate.ts";

/** A multistream dump with its index beside it. */
export interface Dump {
  readonly path: string;
  readonly pages: number;
  /** UTF-8 bytes of wikitext. */
  readonly wikitextBytes: number;
  readonly packedBytes: number;
  /** Seconds that generating and packing took, on all cores. */
  readonly seconds: number;
}

/** Finds the dump of a size in a folder, or makes it. */
export async function ensureDump(
  folder: string,
  size: EncyclopediaSize,
  progress: (line: string) => void,
): Promise<Dump> {
  mkdirSync(folder, { recursive: true });
  const name = `made-${size.medical}-${size.other}-${size.seed}-${probe(size)}-multistream.xml.bz2`;
  const path = join(folder, name);
  const account = `${path}.json`;
  if (existsSync(path) && existsSync(account)) return { ...((await readJson(account)) as Dump), path };
  progress(`making ${path}`);
  const startedAt = performance.now();
  let wikitextBytes = 0;
  const counted = function* (): Generator<Page> {
    let count = 0;
    for (const page of generatePages(size)) {
      wikitextBytes += Buffer.byteLength(page.wikitext);
      if (++count % 50_000 === 0) progress(`${count} pages`);
      yield page;
    }
  };
  const pages = await packExport(counted(), path);
  const dump: Dump = {
    path,
    pages,
    wikitextBytes,
    packedBytes: statSync(path).size,
    seconds: (performance.now() - startedAt) / 1000,
  };
  await writeJson(account, dump);
  return dump;
}

/** Hash of some pages from all over: a generator that writes anything else makes another dump. */
function probe(size: EncyclopediaSize): string {
  const every = Math.max(1, Math.floor((size.medical + size.other) / PROBES));
  const texts: string[] = [];
  for (const { page } of writtenPages(size, every)) texts.push(JSON.stringify(page));
  return shortHash(texts);
}

const PROBES = 500;
