/**
 * The real pages of ../shared/wikipedia, for tests that hold the wikitext reader against something independent. They
 * are read here in the plainest way, without the project's own sources.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Not every checkout has the shared folder; tests of real pages are skipped without it. */
export const sharedWikipedia = "../shared/wikipedia";
export const hasWikipedia = existsSync(sharedWikipedia);

export interface RealPage {
  readonly title: string;
  /** File that the page was read from. */
  readonly from: string;
  readonly text: string;
}

/** Every page of wikitext/ and xml/, each text once. */
export function realPages(): RealPage[] {
  if (!hasWikipedia) return [];
  const pages = [
    ...filesOf("wikitext").map((name) => ({
      title: name.replace(/\.wikitext$/, ""),
      from: `wikitext/${name}`,
      text: readFileSync(join(sharedWikipedia, "wikitext", name), "utf8"),
    })),
    ...filesOf("xml").flatMap((name) => pagesOfExport(`xml/${name}`)),
  ];
  const seen = new Set<string>();
  return pages.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** Names of the files of a folder, none if there is no such folder. */
export function filesOf(folder: string): string[] {
  const path = join(sharedWikipedia, folder);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function pagesOfExport(from: string): RealPage[] {
  const path = join(sharedWikipedia, from);
  const xml = from.endsWith(".bz2")
    ? execFileSync("bzip2", ["-dc", path], { maxBuffer: 1 << 28 }).toString("utf8")
    : readFileSync(path, "utf8");
  return [...xml.matchAll(/<page>[\s\S]*?<\/page>/g)].flatMap(([page]) => {
    const title = /<title>(.*?)<\/title>/.exec(page)?.[1];
    const text = /<text[^>]*>([\s\S]*?)<\/text>/.exec(page)?.[1];
    if (title === undefined || text === undefined || /<ns>[1-9]/.test(page)) return [];
    return [{ title: withoutEntities(title), from: `${from}#${title}`, text: withoutEntities(text) }];
  });
}

function withoutEntities(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Things counted by their name, so that two lists can be compared whatever their order. */
export function countsOf(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** How many of the things of `a` are in `b` too, each as often as it is there. */
export function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let count = 0;
  for (const [name, times] of a) count += Math.min(times, b.get(name) ?? 0);
  return count;
}

/** A share for a person to read: "3289 of 3290 (99.97 %)". */
export function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? "–" : ((100 * part) / whole).toFixed(2)} %)`;
}
