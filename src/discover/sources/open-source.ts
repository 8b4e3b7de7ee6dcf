/**
 * Opens what the user names as a source (paper §3.1, Wikipedia as the source of the graph): folders of wikitext files,
 * XML exports, addresses of a live wiki, or a list of such.
 *
 * Invariant: pages come in the order of the paths, local ones before addresses, and inside a folder in the order of
 * file names, so a run always sees the same pages. A source of which nothing can be read is the user's mistake; one bad page is a reject.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { boundary, UsageError } from "../../base/errors.ts";
import type { ApiSection } from "../../recipe/sections/discover.ts";
import type { Page } from "../../records/page.ts";
import { normaliseTitle } from "../wikitext/titles.ts";
import { openApi } from "./api/open-api.ts";
import { type ExportOptions, openExport } from "./export-part.ts";
import { versionOf } from "./local-files.ts";
import type { LocalPart } from "./local-part.ts";
import { lookupPages } from "./lookup.ts";
import { openMemberships, titlesThat } from "./memberships.ts";
import type { Lookup, PageSource } from "./page-source.ts";
import { readPortion } from "./read-portion.ts";
import { openWikitextFiles } from "./wikitext-folder.ts";

export interface SourceOptions extends ExportOptions {
  /** How a live wiki is asked; without it no address is opened. */
  readonly api?: ApiSection;
}

/** Opens the sources that a list of paths and addresses names, as one: local ones come first. */
export async function openSource(paths: readonly string[], options: SourceOptions): Promise<PageSource> {
  const sources: PageSource[] = [];
  const local: string[] = [];
  for (const path of paths) {
    if (!/^https?:\/\//.test(path)) local.push(path);
    else if (options.api) sources.push(openApi(path, options.api, options));
    else throw new UsageError(`source ${path}: an address cannot be read here; name a file or a folder`);
  }
  if (local.length > 0) sources.unshift(await openLocal(local, options));
  return sources.length === 1 ? (sources[0] as PageSource) : joined(sources);
}

async function openLocal(paths: readonly string[], options: ExportOptions): Promise<PageSource> {
  const parts: LocalPart[] = [];
  for (const path of paths) parts.push(...(await openPath(path, options)));
  const version = await versionOf(paths);
  const find: LocalPart["find"] = async (titles, signal) => {
    const found = new Map<string, Page>();
    for (const part of parts) {
      const open = titles.filter((title) => !found.has(title));
      if (open.length === 0) break;
      for (const [title, page] of await part.find(open, signal)) found.set(title, page);
    }
    return found;
  };
  const portions: PageSource["portions"] = async function* () {
    for (const part of parts) yield* part.portions();
  };
  const pages = async function* (): AsyncGenerator<Page> {
    for await (const portion of portions()) yield* readPortion(portion, () => {});
  };
  let memberships: ReturnType<typeof openMemberships> | undefined;
  const readMemberships = async () => {
    memberships ??= openMemberships(pages, version, options);
    return (await memberships)();
  };
  return {
    name: paths.join(", "),
    version,
    portions,
    lookup: (titles, signal) => lookupPages(find, titles, signal),
    async categoryMembers(category, signal) {
      const name = normaliseTitle(category);
      return titlesThat(await readMemberships(), (one) => one.categories.includes(name), signal);
    },
    async pagesWithTemplate(names, signal) {
      const wanted = new Set(
        names.map((name) =>
          name
            .replace(/[\s_]+/g, " ")
            .trim()
            .toLowerCase(),
        ),
      );
      return titlesThat(
        await readMemberships(),
        (one) => one.templates.some((name) => wanted.has(name)),
        signal,
      );
    },
  };
}

async function openPath(path: string, options: ExportOptions): Promise<LocalPart[]> {
  const found = await boundary(`source ${path}`, () => stat(path));
  if (!found.isDirectory()) {
    if (path.endsWith(".wikitext"))
      return [await openWikitextFiles(dirname(path), [basename(path)], options.reject)];
    if (isExport(path)) return [await openExport(path, options)];
    throw new UsageError(
      `source ${path}: not a kind of file that is read; expected a folder, .wikitext, .xml or .xml.bz2`,
    );
  }
  const names = (await boundary(`source ${path}`, () => readdir(path))).sort();
  const texts = names.filter((name) => name.endsWith(".wikitext"));
  const exports = names.filter(isExport);
  if (texts.length + exports.length === 0) {
    throw new UsageError(
      `source ${path}: the folder holds no .wikitext, .xml or .xml.bz2 file; point discover.source at the folder that does`,
    );
  }
  const parts = texts.length === 0 ? [] : [await openWikitextFiles(path, texts, options.reject)];
  for (const name of exports) parts.push(await openExport(join(path, name), options));
  return parts;
}

/** Parts of a dump are named with their page ids: `.xml-p1p41242.bz2`. */
function isExport(name: string): boolean {
  return /\.xml(?:-p\d+p\d+)?(?:\.bz2)?$/.test(name);
}

/** Several sources as one: the first that has a page gives it. */
function joined(sources: readonly PageSource[]): PageSource {
  const union = async (
    ask: (source: PageSource) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    const titles = new Set<string>();
    for (const source of sources) for (const title of await ask(source)) titles.add(title);
    return [...titles].sort();
  };
  return {
    name: sources.map((source) => source.name).join(", "),
    version: sources.map((source) => source.version).join(", "),
    portions() {
      // A live wiki refuses here, before anything local is read for nothing.
      const each = sources.map((source) => source.portions());
      return (async function* () {
        for (const portions of each) yield* portions;
      })();
    },
    async lookup(titles, signal) {
      let out: Lookup = { pages: [], redirects: [], missing: titles };
      for (const source of sources) {
        if (out.missing.length === 0) break;
        const next = await source.lookup(out.missing, signal);
        const have = new Set(out.pages.map((page) => page.title));
        out = {
          pages: [...out.pages, ...next.pages.filter((page) => !have.has(page.title))],
          redirects: [...out.redirects, ...next.redirects],
          missing: next.missing,
        };
      }
      return out;
    },
    categoryMembers: (category, signal) => union((source) => source.categoryMembers(category, signal)),
    pagesWithTemplate: (names, signal) => union((source) => source.pagesWithTemplate(names, signal)),
  };
}
