// The wikitext reader held against what Wikipedia itself made of the same articles, where ../shared/wikipedia has both
// (skipped where it has not). The years differ, so only what both years can share is asked for: sentences word for
// word and titles of links.
import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listedPages } from "../src/discover/wikitext/disambiguation.ts";
import { blocksOf, type ReadPage, readPage } from "../src/discover/wikitext/sections.ts";
import { sentencesOf } from "../src/discover/wikitext/sentences.ts";
import { filesOf, hasWikipedia, type RealPage, realPages, share, sharedWikipedia } from "./wikipedia.ts";

/** Letters and digits of a text, without the numbers of its notes. */
function lettersOf(text: string): string {
  return text
    .replace(/\[(?:\d+|note \d+|nb \d+|[a-z]|citation needed|update|who\?|clarification needed)\]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Pages that a folder holds in another form. */
function pairs(folder: string): { page: RealPage; read: ReadPage; other: string }[] {
  const names = new Set(filesOf(folder));
  return realPages()
    .filter(({ title, text }) => names.has(`${title}.txt`) && !/^\s*#/.test(text))
    .map((page) => ({
      page,
      read: readPage(page.text),
      other: readFileSync(join(sharedWikipedia, folder, `${page.title}.txt`), "utf8"),
    }));
}

/** Sentences of the prose with at least eight words. */
function* longSentences(read: ReadPage): Generator<string> {
  for (const section of read.sections)
    for (const { flat } of blocksOf(read.scan, section))
      for (const { start, end } of sentencesOf(flat.text)) {
        const sentence = flat.text.slice(start, end);
        if (sentence.split(" ").length >= 8) yield sentence;
      }
}

function report(line: string): void {
  writeSync(2, `  ${line}\n`);
}

describe.skipIf(!hasWikipedia)("real pages, against their rendered text", () => {
  test("sentences are there word for word, most of them where the years are near", () => {
    const shares: number[] = [];
    for (const folder of ["rendered-text", "text-links-categories"]) {
      for (const { page, read, other } of pairs(folder)) {
        const rendered = lettersOf(other);
        const sentences = [...longSentences(read)];
        const found = sentences.filter((one) => rendered.includes(lettersOf(one)));
        report(`${page.title} in ${folder}: sentences ${share(found.length, sentences.length)}`);
        shares.push(found.length / sentences.length);
      }
    }
    expect(Math.max(...shares)).toBeGreaterThan(0.85);
    // Up to seven years lie between the two.
    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeGreaterThan(0.4);
  });

  test("links lead where its own list of links says", () => {
    let found = 0;
    let all = 0;
    for (const { read, other } of pairs("text-links-categories")) {
      const list = other.split("####### CATEGORIES")[0] as string;
      const listed = new Set([...list.matchAll(/'([^']*)'|"([^"]*)"/g)].map((one) => one[1] ?? one[2]));
      const targets = new Set<string>();
      for (const section of read.sections)
        for (const { flat } of blocksOf(read.scan, section))
          for (const link of flat.links) targets.add(link.target);
      all += targets.size;
      for (const target of targets) if (listed.has(target)) found += 1;
    }
    report(`targets of links that are in the list of a later year: ${share(found, all)}`);
    expect(found / all).toBeGreaterThan(0.7);
  });

  test("a disambiguation page gives the first link of each of its items", () => {
    const page = realPages().find(({ title }) => title === "Alien");
    if (page === undefined) return;
    const lines = page.text.split(/^== See also ==$/m)[0] as string;
    const naive = [...lines.matchAll(/^\*+[^[\n]*\[\[([^\]|#]+)/gm)].map((line) => line[1] as string);
    expect(listedPages(readPage(page.text))).toEqual([...new Set(naive)]);
    expect(naive.length).toBeGreaterThan(35);
  });
});
