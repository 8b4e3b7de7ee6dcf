// The wikitext reader held against wtf_wikipedia on real pages of ../shared/wikipedia (skipped where they are not):
// links with their words, words of the prose, headings. Classes of disagreement are rows of wikipedia-disagreements.ts;
// what no row explains counts against the reader.
import { writeSync } from "node:fs";
import { describe, expect, test } from "vitest";
import wtf from "wtf_wikipedia";
import { firstFrom } from "../src/discover/wikitext/nodes.ts";
import type { Flat, FlatLink } from "../src/discover/wikitext/plain.ts";
import { blocksOf, type ReadPage, readPage, type Section } from "../src/discover/wikitext/sections.ts";
import { normaliseTitle } from "../src/discover/wikitext/titles.ts";
import { countsOf, hasWikipedia, type RealPage, realPages, share, shared } from "./wikipedia.ts";
import { disagreements, nameOf, plainWords, type Seen } from "./wikipedia-disagreements.ts";

/** Least share of the links, in either direction, that must agree. */
const LEAST = 0.99;

interface TheirLink {
  type(): string;
  page(): string | undefined;
  text(): string;
}

/** Links of paragraphs and lists that lead to a page; namespaces and projects are told by the letters before a colon. */
function theirLinks(wikitext: string): Seen[] {
  const read = wtf(wikitext);
  const parts = [...read.sentences(), ...read.lists()] as unknown as { links(): TheirLink[] }[];
  return parts
    .flatMap((part) => part.links())
    .filter((link) => link.type() === "internal" && isArticle(link.page() ?? ""))
    .map((link) => ({ name: nameOf(link.page() ?? "", link.text()), at: -1 }));
}

const notArticles =
  /^:|^(?:category|file|image|help|wikipedia|wp|template|portal|special|user|draft|project|kategorie|datei|bild|hilfe|vorlage|plantilla|archivo|categoría|文件|分类|分類|[a-z]{1,3}|simple|wikt|wiktionary|commons|wikisource):(?! )/i;

function isArticle(target: string): boolean {
  return target.trim() !== "" && !notArticles.test(target.trim());
}

function ourLinks(page: ReadPage, section: Section): Seen[] {
  return [...blocksOf(page.scan, section)].flatMap(({ flat }) =>
    flat.links.map((link: FlatLink) => ({
      name: nameOf(link.target, flat.text.slice(link.start, link.end)),
      at: link.sourceStart,
    })),
  );
}

/** Links of one list that the other has not, as often as they are missing. */
function missing(links: readonly Seen[], others: readonly Seen[]): Seen[] {
  const left = countsOf(others.map((one) => one.name));
  return links.filter(({ name }) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}

interface Tally {
  theirs: number;
  ours: number;
  theirsMissing: number;
  oursMissing: number;
  readonly explained: Map<string, number>;
  readonly unexplained: string[];
}

function compareLinks(pages: readonly RealPage[]): Tally {
  const tally: Tally = {
    theirs: 0,
    ours: 0,
    theirsMissing: 0,
    oursMissing: 0,
    explained: new Map(),
    unexplained: [],
  };
  for (const { text, from } of pages) {
    const page = readPage(text);
    for (const section of page.sections) {
      // A section at a time: on whole pages it stops at the first table with a heading's look (1,150 links of Berlin).
      const theirs = theirLinks(text.slice(section.start, section.end));
      const ours = ourLinks(page, section);
      const lost = { theirs: missing(theirs, ours), ours: missing(ours, theirs) };
      tally.theirs += theirs.length;
      tally.ours += ours.length;
      tally.theirsMissing += lost.theirs.length;
      tally.oursMissing += lost.ours.length;
      for (const side of ["theirs", "ours"] as const) {
        for (const link of lost[side]) {
          const row = disagreements.find((one) => one.side === side && one.explains(link, page, section));
          if (row === undefined) tally.unexplained.push(`${from} ${side}: ${link.name}`);
          else {
            const name = `${side} only, ${row.name}`;
            tally.explained.set(name, (tally.explained.get(name) ?? 0) + 1);
          }
        }
      }
    }
  }
  return tally;
}

/** Lines for a person who runs the test. */
function report(lines: readonly string[]): void {
  writeSync(2, `${lines.map((line) => `  ${line}`).join("\n")}\n`);
}

describe.skipIf(!hasWikipedia)("real pages, against wtf_wikipedia", () => {
  const pages = realPages();

  test("at least 99 % of its links are ours, and of ours its, word for word", () => {
    const tally = compareLinks(pages);
    const both = tally.theirs - tally.theirsMissing;
    report([
      `${pages.length} pages; of its links we have ${share(both, tally.theirs)}, of ours it has ${share(tally.ours - tally.oursMissing, tally.ours)}`,
      ...[...tally.explained].map(([name, count]) => `${name}: ${count}`),
      ...tally.unexplained.slice(0, 20).map((one) => `not explained: ${one}`),
    ]);
    expect(tally.theirs).toBeGreaterThan(1000);
    expect(both / tally.theirs).toBeGreaterThanOrEqual(LEAST);
    const explained = [...tally.explained].reduce((sum, [, count]) => sum + count, 0);
    expect(tally.unexplained.length + explained).toBe(tally.theirsMissing + tally.oursMissing);
    expect(tally.unexplained.length / tally.ours).toBeLessThanOrEqual(1 - LEAST);
  });

  test("the links of its info boxes are links of our boxes' values", () => {
    let theirs = 0;
    let found = 0;
    for (const { text } of pages) {
      const page = readPage(text);
      const ours = new Set(linksOfTemplates(page));
      for (const box of wtf(text).infoboxes() as unknown as { links(): TheirLink[] }[]) {
        for (const link of box.links()) {
          if (link.type() !== "internal" || !isArticle(link.page() ?? "")) continue;
          theirs += 1;
          if (ours.has(normaliseTitle(plainWords(link.page() ?? "")))) found += 1;
        }
      }
    }
    report([`links of its info boxes that are ours: ${share(found, theirs)}`]);
    expect(theirs).toBeGreaterThan(20);
    expect(found / theirs).toBeGreaterThanOrEqual(LEAST);
  });

  test("the words of the prose are the same", () => {
    let theirs = 0;
    let ours = 0;
    let found = 0;
    let both = 0;
    for (const { text } of pages) {
      const page = readPage(text);
      if (/^\s*#/.test(text)) continue;
      for (const section of page.sections) {
        const read = wtf(text.slice(section.start, section.end));
        const its = countsOf(
          wordsOf(
            read
              .paragraphs()
              .map((one) => one.text({}))
              .join("\n"),
          ),
        );
        const flats = [...blocksOf(page.scan, section)].map((block) => block.flat);
        const mine = countsOf(flats.flatMap((flat) => wordsOutsideTemplates(page, flat)));
        theirs += sum(its);
        ours += sum(mine);
        found += shared(its, countsOf(flats.flatMap((flat) => wordsOf(flat.text))));
        both += shared(its, mine);
      }
    }
    report([
      `words of the prose: of its ${share(found, theirs)}, of ours outside templates ${share(both, ours)}`,
    ]);
    expect(found / theirs).toBeGreaterThanOrEqual(LEAST);
    expect(both / ours).toBeGreaterThanOrEqual(LEAST);
  });

  test("sections have the headings, levels and order that the lines of the page give", () => {
    let lines = 0;
    let found = 0;
    let theirs = 0;
    let agreed = 0;
    for (const { text } of pages) {
      const page = readPage(text);
      const ours = page.sections.slice(1).map((one) => `${one.level} ${plainWords(one.heading)}`);
      const naive = headingLines(text);
      lines += naive.length;
      found += commonInOrder(naive, ours);
      // Whole pages: it tells the depth of a section from those before it.
      const its = wtf(text)
        .sections()
        .filter((one) => one.title() !== "")
        .map((one) => plainWords(one.title()));
      theirs += its.length;
      agreed += commonInOrder(
        its,
        page.sections.slice(1).map((one) => plainWords(one.heading)),
      );
    }
    report([
      `headings by lines: ${share(found, lines)}; of its headings, in order: ${share(agreed, theirs)}`,
    ]);
    expect(lines).toBeGreaterThan(100);
    expect(found / lines).toBeGreaterThanOrEqual(LEAST);
    expect(agreed / theirs).toBeGreaterThanOrEqual(LEAST);
  });
});

function linksOfTemplates(page: ReadPage): string[] {
  return page.boxes.flatMap((box) =>
    box.parameters.flatMap((one) => {
      const raw = page.scan.text.slice(one.start, one.end);
      return [...raw.matchAll(/\[\[([^[\]|#]+)/g)].map((link) => normaliseTitle(link[1] as string));
    }),
  );
}

const wordPattern = /[\p{L}\p{N}]+/gu;

function wordsOf(text: string): string[] {
  return text.normalize("NFC").match(wordPattern) ?? [];
}

/** Words that do not come out of a template: it drops those that ours reads. */
function wordsOutsideTemplates(page: ReadPage, flat: Flat): string[] {
  return [...flat.text.matchAll(wordPattern)]
    .filter((word) => !isInTemplate(page, flat.source(word.index)))
    .map((word) => word[0].normalize("NFC"));
}

function isInTemplate(page: ReadPage, at: number): boolean {
  const { nodes } = page.scan;
  for (let i = firstFrom(nodes, at + 1) - 1, seen = 0; i >= 0 && seen < 50; i--, seen++) {
    const node = nodes[i];
    if (node?.kind === "template" && node.start <= at && at < node.end) return true;
  }
  return false;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Level and words of the lines between equals signs, comments and references left out. */
function headingLines(text: string): string[] {
  const bare = text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(nowiki|pre|ref|math|syntaxhighlight)\b[^>]*(?<!\/)>[\s\S]*?<\/\1>/gi, "");
  return [...bare.matchAll(/^(={1,6})([^\n]*?[^=\n][^\n]*?)\1[ \t]*$/gm)].map((line) => {
    const words = (line[2] as string)
      .replace(/\[\[(?:[^[\]|]*\|)?([^[\]]*)\]\]/g, "$1")
      .replace(/\{\{[^{}]*\}\}|<[^>]*>/g, "");
    return `${(line[1] as string).length} ${plainWords(words)}`;
  });
}

/** How many of `a` are found in `b` going forward only. */
function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let from = 0;
  let count = 0;
  for (const name of a) {
    const at = b.indexOf(name, from);
    if (at === -1) continue;
    count += 1;
    from = at + 1;
  }
  return count;
}
