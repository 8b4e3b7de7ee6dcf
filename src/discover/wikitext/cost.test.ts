// Hostile pages: whatever repeats, twice the text takes about twice the time, and nothing overflows the stack. The
// measure is the growth, with room for a busy machine; a quadratic reader would take four times as long, then sixteen.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isDisambiguation, listedPages } from "./disambiguation.ts";
import { flatten } from "./plain.ts";
import { scan } from "./scan.ts";
import { blocksOf, readPage } from "./sections.ts";
import { sentencesOf } from "./sentences.ts";

/** Pieces that open, close, separate or nest something; each is repeated to make a page. */
const pieces: readonly string[] = [
  ...(
    "{{ }} [[ ]] [[a| [[a]] [[File:a| [[File:a|[[ {| | = == <ref> <ref/> <ref </ref> <!-- --> ''' '' ''''' & &nbsp; &a __ __A " +
    "-{ -{zh: -{zh:a;}- }- . .) ! ( ) <br> <b < <nowiki> <gallery> <table> </table> <math> [http://a [//a] {{hlist| {{nowrap| " +
    "{{ubl|a|b}} {{cite|a=b}} {{convert|1|-|2|kg}} {{!}} {{{ }}} {{{{{ é 中。 /a, a/ {{lang|la|[[ l'''a'' '''''a'' <li> h http"
  ).split(" "),
  "\n{|",
  "\n|}",
  "\n{|\n|",
  "\n==a==\n",
  "\n{|\n==a==\n",
  "=-->\n",
  "\n* ",
  "\n:{|\n",
  "\n{{Infobox\n|a=",
  "\n{{Infobox\n|a={{b\n|c=\n}}\n==d==",
  "\n|a=b\n",
  "\n{{hlist|a|b}}",
  "\n{{plainlist|\n* a",
  "\n<!--a-->",
  "\n ",
  "\n\n",
  "\t",
  "[[a]], ",
  "[[a|b\n",
  "a. b. ",
  ". ",
  "! ) ",
  "\n|-\n| a || b",
];

const readings: Readonly<Record<string, (text: string) => void>> = {
  blocks(text) {
    const page = readPage(text);
    for (const section of page.sections)
      for (const { flat } of blocksOf(page.scan, section)) {
        for (const { start, end } of sentencesOf(flat.text)) flat.source(start) + flat.sourceEnd(end);
      }
  },
  whole(text) {
    const flat = flatten(scan(text), 0, text.length);
    sentencesOf(flat.text);
  },
  fields(text) {
    const page = readPage(`{{Infobox disease\n| symptoms = ${text}\n}}`);
    for (const box of page.boxes)
      for (const field of box.parameters) flatten(page.scan, field.start, field.end);
    if (!isDisambiguation(page)) listedPages(page);
  },
};

function page(unit: string, size: number): string {
  // Joined through an array, so that the text is flat as one from a file is.
  return Array.from({ length: Math.ceil(size / unit.length) }, () => unit).join("");
}

function timeOf(read: (text: string) => void, text: string): number {
  const started = performance.now();
  read(text);
  return performance.now() - started;
}

/** Time that no linear reading of the first size takes even on a busy machine; below it growth is not measured. */
const ENOUGH_MS = 60;

/** True when three doublings in a row each more than treble the time. */
function growsTooFast(read: (text: string) => void, make: (size: number) => string, size: number): boolean {
  let before = timeOf(read, make(size));
  if (before < ENOUGH_MS) return false;
  for (let factor = 2; factor <= 8; factor *= 2) {
    const after = timeOf(read, make(size * factor));
    if (after < before * 3) return false;
    before = after;
  }
  return true;
}

test.each(Object.keys(readings))("time grows with the page and no faster, reading %s", (name) => {
  const read = readings[name] as (text: string) => void;
  const bad = pieces.filter((unit) => growsTooFast(read, (size) => page(unit, size), 60_000));
  expect(bad).toEqual([]);
});

test("nor does it when one half of the page opens what the other half closes", () => {
  const halves: readonly (readonly [string, string])[] = [
    ["{{", "}}"],
    ["{{a|", "}}"],
    ["{{hlist|", "}}"],
    ["{{nowrap|{{ubl|", "}}}}"],
    ["[[File:a|", "]]"],
    ["[[", "]]"],
    ["\n{|\n|", "\n|}"],
    ["<table>", "</table>"],
    ["<ref>", "</ref>"],
    ["<!--", "-->"],
    ["{{a\n|b=", "\n==c==\n"],
    ["\n{|\n", "\n==c==\n"],
    ["(", ")"],
    ["'''", "''"],
    ["__", "a"],
    ["&", ";"],
    ["-{", "}-"],
    ["[http://a ", "]"],
    ["{{{", "}}}"],
  ];
  for (const read of Object.values(readings)) {
    const bad = halves.filter(([open, close]) =>
      growsTooFast(read, (size) => page(open, size / 2) + page(close, size / 2), 60_000),
    );
    expect(bad).toEqual([]);
  }
});

test("a megabyte of anything, and ten thousand braces in one another, are read in seconds", () => {
  const hostile = [
    "{{".repeat(10_000) + "}}".repeat(10_000),
    `${"{{hlist|".repeat(10_000)}a${"}}".repeat(10_000)}`,
    ...["[[", "{{", "\n{|", "<ref>", "'''", "==", "\n==", "&", "<!--", "[[a|{{b|"].map((unit) =>
      page(unit, 1_000_000),
    ),
  ];
  for (const text of hostile)
    for (const read of Object.values(readings))
      expect(timeOf(read, text), JSON.stringify(text.slice(0, 12))).toBeLessThan(4000);
});

test("no mixture of the pieces makes a reading throw", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (mixture) => {
      for (const read of Object.values(readings)) read(mixture.join(""));
    }),
    { numRuns: 400 },
  );
});
