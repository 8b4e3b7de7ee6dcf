// The fields of boxes on real pages of ../shared/wikipedia (skipped where they are not) and on the sample pages, held
// against a reader that does nothing but count braces; and every value of a field against the text at its place.
import { readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { valuesOf } from "../src/discover/relations/values.ts";
import { boxTypes } from "../src/discover/typing-tables.ts";
import { flatten } from "../src/discover/wikitext/plain.ts";
import { readPage } from "../src/discover/wikitext/sections.ts";
import { filesOf, hasWikipedia, realPages, share, sharedWikipedia } from "./wikipedia.ts";

interface Field {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface CountedBox {
  readonly name: string;
  readonly start: number;
  readonly fields: readonly Field[];
  /** False when the page ends before the braces do: such a box is no judge. */
  readonly isClosed: boolean;
}

interface Source {
  readonly from: string;
  readonly text: string;
}

/** A name with one kind of space, in lower case. */
function folded(name: string): string {
  return name
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
}

/** What the reader of braces jumps over whole: comments, nowiki, references. */
const covered =
  /<!--[\s\S]*?-->|<nowiki>[\s\S]*?<\/nowiki>|<ref\b[^<>]*\/\s*>|<ref\b[^<>]*>[\s\S]*?<\/ref>/gi;
const coveredHere = new RegExp(covered.source, "iy");

/** A text of the same length in which what is covered is blank. */
function uncovered(text: string): string {
  return text.replace(covered, (hidden) => " ".repeat(hidden.length));
}

/** The box that begins at a place, by counting braces and brackets. */
function countBraces(text: string, start: number): CountedBox {
  let depth = 0;
  const cuts: number[] = [];
  let at = start;
  for (; at < text.length; ) {
    coveredHere.lastIndex = at;
    const skip = coveredHere.exec(text);
    if (skip) {
      at += skip[0].length;
      continue;
    }
    const two = text.slice(at, at + 2);
    if (two === "{{" || two === "[[") depth += 1;
    else if (two === "}}" || two === "]]") depth -= 1;
    else {
      if (text[at] === "|" && depth === 1) cuts.push(at);
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) break;
  }
  const end = at - 2;
  let position = 0;
  const fields = cuts.map((cut, index) => {
    const raw = text.slice(cut + 1, cuts[index + 1] ?? end);
    const bare = uncovered(raw);
    const inner = bare.search(/\{\{|\[\[/);
    const equals = bare.indexOf("=");
    const isNamed = equals !== -1 && (inner === -1 || equals < inner);
    const value = isNamed ? raw.slice(equals + 1) : raw;
    const from = cut + 1 + (raw.length - value.length) + (value.length - value.trimStart().length);
    const name = isNamed ? folded(raw.slice(0, equals)).replaceAll("-", " ") : String(++position);
    return { name, start: from, end: Math.max(from, from + value.trim().length) };
  });
  return { name: folded(text.slice(start + 2, cuts[0] ?? end)), start, fields, isClosed: depth === 0 };
}

/** Every box of the page whose name is that of a table or begins with "Infobox". */
function countedBoxes(text: string): CountedBox[] {
  const out: CountedBox[] = [];
  let from = 0;
  for (const open of text.matchAll(/\{\{\s*([^|{}[\]<]{2,80})/g)) {
    if (open.index < from) continue;
    const name = folded(open[1] as string);
    if (!isBox(name)) continue;
    const box = countBraces(text, open.index);
    out.push(box);
    from = Math.max(open.index + 2, ...box.fields.map((field) => field.end));
  }
  return out;
}

function isBox(name: string): boolean {
  return name.startsWith("infobox") || Object.hasOwn(boxTypes, name) || name === "medical resources";
}

interface Boxes {
  boxes: number;
  open: number;
  fields: number;
  filled: number;
  /** Boxes and fields that differ, with where they stand. */
  readonly different: string[];
}

function compareBoxes(pages: readonly Source[]): Boxes {
  const tally: Boxes = { boxes: 0, open: 0, fields: 0, filled: 0, different: [] };
  for (const { from, text } of pages) {
    const ours = new Map(readPage(text).boxes.map((box) => [box.start, box]));
    for (const box of countedBoxes(text)) {
      tally.boxes += 1;
      if (!box.isClosed) {
        tally.open += 1;
        continue;
      }
      const mine = ours.get(box.start);
      if (mine?.name !== box.name) tally.different.push(`${from} ${box.name}: ${mine?.name ?? "not found"}`);
      box.fields.forEach((field, index) => {
        tally.fields += 1;
        if (field.end > field.start) tally.filled += 1;
        const own = mine?.parameters[index];
        const isSame =
          own?.name === field.name &&
          own.end - own.start === field.end - field.start &&
          (own.start === field.start || field.start === field.end);
        if (!isSame)
          tally.different.push(`${from} ${box.name} ${field.name}: ${text.slice(field.start, field.end)}`);
      });
      if (mine && mine.parameters.length !== box.fields.length)
        tally.different.push(
          `${from} ${box.name}: ${mine.parameters.length} fields, not ${box.fields.length}`,
        );
    }
  }
  return tally;
}

/** What is left of a piece of wikitext when its markup is taken away, letters and digits only. */
function bareLetters(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->|<ref\b[^<>]*\/\s*>|<ref\b[^<>]*>[\s\S]*?<\/ref>|<[^>]*>/gi, "")
    .replace(/&[a-z]+;/g, "")
    .replace(/\[\[(?:[^[\]|]*\|)?([^[\]]*)\]\]/g, "$1")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

interface Values {
  values: number;
  links: number;
  readonly different: string[];
}

/** Checks each value of each field against the text at its place. */
function checkValues(pages: readonly Source[]): Values {
  const tally: Values = { values: 0, links: 0, different: [] };
  for (const { from, text } of pages) {
    const page = readPage(text);
    for (const box of page.boxes.filter((one) => isBox(one.name))) {
      for (const field of box.parameters) {
        const where = `${from} ${box.name} ${field.name}`;
        const flat = flatten(page.scan, field.start, field.end);
        for (const value of valuesOf(flat)) {
          tally.values += 1;
          expect(value.start, where).toBeGreaterThanOrEqual(field.start);
          expect(value.end, where).toBeLessThanOrEqual(field.end);
          const quote = text.slice(value.start, value.end);
          const isQuoted = bareLetters(quote).includes(bareLetters(value.text));
          if (!isQuoted || (value.target !== undefined && !quote.includes("[[")))
            tally.different.push(`${where}: ${value.text} in ${quote}`);
        }
        // Every link of the field is there, with its place.
        const bare = uncovered(text.slice(field.start, field.end));
        for (const link of bare.matchAll(/\[\[(?!file:|image:|category:|datei:|#)[^[\]{}]+\]\]/gi)) {
          if (isHidden(bare, link.index)) continue;
          tally.links += 1;
          const at = field.start + link.index;
          if (!flat.links.some((one) => one.sourceStart === at)) tally.different.push(`${where}: ${link[0]}`);
        }
      }
    }
  }
  return tally;
}

/** Templates that are neither lists nor wrappers show no links, nor do captions. */
function isHidden(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const isInFile = /\[\[(?:file|image):[^\]]*$/i.test(before);
  return isInFile || before.split("{{").length > before.split("}}").length;
}

function report(line: string): void {
  writeSync(2, `  ${line}\n`);
}

const samples = "samples/encyclopedia/pages";

describe("sample pages", () => {
  const pages = readdirSync(samples).map((name) => ({
    from: name,
    text: readFileSync(join(samples, name), "utf8"),
  }));

  test("every field of every box has the name, value and place that counting braces gives", () => {
    const { boxes, open, fields, different } = compareBoxes(pages);
    expect(different).toEqual([]);
    expect(boxes - open).toBeGreaterThan(500);
    expect(fields).toBeGreaterThan(2000);
  });

  test("every value of a field is quoted at its place, and no link is lost", () => {
    const { values, links, different } = checkValues(pages);
    expect(different).toEqual([]);
    expect(values).toBeGreaterThan(2000);
    expect(links).toBeGreaterThan(1000);
  });
});

describe.skipIf(!hasWikipedia)("real pages", () => {
  const pages = realPages();

  test("every field of every box has the name, value and place that counting braces gives", () => {
    const { boxes, open, fields, filled, different } = compareBoxes(pages);
    report(
      `${boxes} boxes (${open} of them never closed), ${fields} fields, ${filled} with a value; different: ${different.length}`,
    );
    expect(different).toEqual([]);
    expect(boxes - open).toBeGreaterThanOrEqual(5);
    expect(filled).toBeGreaterThan(60);
  });

  test("every value of a field is quoted at its place, and no link is lost", () => {
    const { values, links, different } = checkValues(pages);
    report(
      `${values} values quoted at their places, ${links} links of fields found; different: ${different.length}`,
    );
    // A value may be shown in words that are not written: a measure, an entity.
    expect(different.length / (values + links), different.join("\n")).toBeLessThanOrEqual(0.01);
    expect(values).toBeGreaterThan(60);
  });

  test("boxes of pages that are there as infobox rows or rendered text show the same values", () => {
    const rendered = new Map(
      ["infobox-rows", "rendered-text"].flatMap((folder) =>
        filesOf(folder).map((name) => [
          folded(name.replace(/\.txt$/, "")),
          join(sharedWikipedia, folder, name),
        ]),
      ),
    );
    let topics = 0;
    let found = 0;
    let fields = 0;
    for (const { title, text } of pages) {
      const path = rendered.get(folded(title));
      const page = readPage(text);
      const box = page.boxes.find((one) => isBox(one.name) && boxTypes[one.name] !== "none");
      if (path === undefined || box === undefined) continue;
      topics += 1;
      const shown = bareLetters(readFileSync(path, "utf8").slice(0, 4000)).toLowerCase();
      for (const field of box.parameters) {
        // Codes stand in templates; what else a template or a file says is not in the text.
        const raw = text.slice(field.start, field.end);
        if (
          !/^(?:specialty|field|symptoms|complications|causes|meshid|medlineplus|synonyms?)$/.test(field.name)
        )
          continue;
        const words = bareLetters(raw).toLowerCase();
        if (words === "") continue;
        fields += 1;
        if (shown.includes(words)) found += 1;
      }
    }
    report(
      `topics that coincide: ${topics}; values of their boxes that are in the rendered page: ${share(found, fields)}`,
    );
    if (fields > 0) expect(found / fields).toBeGreaterThanOrEqual(0.5);
  });
});
