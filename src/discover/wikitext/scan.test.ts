// What the scanner finds is checked against the text itself: each piece of markup by hand, then any mixture of them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { flatten } from "./plain.ts";
import { scan } from "./scan.ts";
import { blocksOf, readPage } from "./sections.ts";
import { sentencesOf } from "./sentences.ts";
import { parametersOf } from "./templates.ts";

/** Fields of the first template as name → raw value. */
function fields(text: string): Record<string, string> {
  const scanned = scan(text);
  const box = scanned.nodes.find((node) => node.kind === "template");
  if (!box) return {};
  return Object.fromEntries(parametersOf(scanned, box).map((p) => [p.name, text.slice(p.start, p.end)]));
}

/** Nodes of a kind, as they are written. */
function written(text: string, kind: string): string[] {
  return scan(text)
    .nodes.filter((node) => node.kind === kind)
    .map((node) => text.slice(node.start, node.end));
}

/** Words of all blocks of a page, one block a line, headings left out. */
function prose(text: string): string[] {
  const page = readPage(text);
  return page.sections.flatMap((section) =>
    [...blocksOf(page.scan, section)].map(({ flat }) => flat.text.replace(/\s+/g, " ").trim()),
  );
}

function headings(text: string): string[] {
  return readPage(text).sections.map((one) => one.heading);
}

test("parameters are cut at their own pipes, not at those of links and nested templates", () => {
  const text =
    "{{Infobox disease\n| Symptoms = [[Fever|hot]], {{nowrap|a|b=c}}\n|MeshID=D1|C=19 | H=27\n| empty =\n| plain}}";
  expect(fields(text)).toEqual({
    symptoms: "[[Fever|hot]], {{nowrap|a|b=c}}",
    meshid: "D1",
    c: "19",
    h: "27",
    empty: "",
    "1": "plain",
  });
  expect(fields("{{a|x|2=y|z||w}}")).toEqual({ "1": "x", "2": "z", "3": "", "4": "w" });
  expect(fields("{{a|b={{c|{{d|e=f}}|g}}|h=[http://x?y=z|w label]|i=[http://x?y=z label]}}")).toEqual({
    b: "{{c|{{d|e=f}}|g}}",
    h: "[http://x?y=z",
    "1": "w label]",
    i: "[http://x?y=z label]",
  });
});

test("references, comments and nowiki hide what they hold from the scanner", () => {
  expect(fields("{{B|a=1<!-- |b=2 -->|c=3<ref>|d=4</ref>|e=<nowiki>|f=5</nowiki>}}")).toEqual({
    a: "1<!-- |b=2 -->",
    c: "3<ref>|d=4</ref>",
    e: "<nowiki>|f=5</nowiki>",
  });
  expect(written("<REF>a</Ref> <ref name=x/> <ref name = 'y' / ><ref>b</ref>", "ref")).toEqual([
    "<REF>a</Ref>",
    "<ref name=x/>",
    "<ref name = 'y' / >",
    "<ref>b</ref>",
  ]);
  expect(prose("one<ref name=open>two<ref>three</ref> four\n== H ==\nfive <ref>six\n== I ==\nseven")).toEqual(
    ["onetwo four", "five six", "seven"],
  );
});

test("tables are skipped, with what is in them, whatever the side they stand on", () => {
  const table = "{| class=wikitable\n! [[A]]\n|-\n| b || {{nowrap|c}}\n{|\n| nested\n|}\n|}";
  expect(prose(`before\n${table}\nafter`)).toEqual(["before", "after"]);
  expect(prose(`before\n:${table}\nafter`)).toEqual(["before", "after"]);
  expect(prose(`before\n  ${table}\nafter`)).toEqual(["before", "after"]);
  expect(prose(`before\n<!-- c -->${table}\nafter`)).toEqual(["before", "after"]);
  expect(prose("a\n<table><tr><td>[[b]]<table><tr><td>c</table></table>\nd")).toEqual(["a d"]);
  expect(fields(`{{Infobox disease\n| symptoms =\n${table}\n| onset = y\n}}`)).toEqual({
    symptoms: table,
    onset: "y",
  });
});

test("a table that is never closed ends at its heading, at an empty line, or with its template", () => {
  expect(prose("a\n{|\n| b\n| c\nd\n== H ==\ne")).toEqual(["a", "e"]);
  expect(headings("a\n{|\n| b\n== H ==\ne\n{|\n|-\n| f")).toEqual(["", "H"]);
  expect(prose("{|\n| b\n\n'''X''' is prose.\n== H ==\ne")).toEqual(["X is prose.", "e"]);
  expect(prose("{|\n{|\n| b\n|}\n\nprose")).toEqual(["prose"]);
  expect(prose("{{Box\n| a = {|\n| b = 1\n}}\nprose")).toEqual(["prose"]);
  expect(fields("{{Box\n| a =\n{|\n| b\n|}}\nprose")).toEqual({ a: "{|\n| b", "1": "" });
  expect(prose("x\n{|\n| {{open\n|}\n\nprose\n== H ==\ny")).toEqual(["x", "prose", "y"]);
});

test("a box that is never closed ends with its last parameter and leaves the page readable", () => {
  const page = readPage(
    "{{Infobox disease\n| symptoms = [[Fever]]\n| onset = {{a|b}}\n'''X''' is a disease.\n==Cause==\nbad",
  );
  expect(page.boxes[0]?.name).toBe("infobox disease");
  expect(page.boxes[0]?.parameters.map((p) => [p.name, page.scan.text.slice(p.start, p.end)])).toEqual([
    ["symptoms", "[[Fever]]"],
    ["onset", "{{a|b}}"],
  ]);
  expect(page.sections.map((one) => one.heading)).toEqual(["", "Cause"]);
});

test("a box gets back the parameters that an unclosed template inside it took", () => {
  const text =
    "{{Infobox disease\n| symptoms = {{nowrap|[[Fever]]\n| causes = [[Virus]]\n| onset = late\n}}\n'''X''' is.\n== H ==\ny";
  const box = readPage(text).boxes[0];
  expect(box?.parameters.map((p) => [p.name, text.slice(p.start, p.end)])).toEqual([
    ["symptoms", "{{nowrap|[[Fever]]"],
    ["causes", "[[Virus]]"],
    ["onset", "late"],
  ]);
  expect(prose(text)).toEqual(["X is.", "y"]);
});

test("braces that are left over hide no prose", () => {
  const text =
    "{{Box\n| a = b}}}}\n| c = d\n}}\n'''X''' is it.\n\nY}} Z {{two\n== H ==\nw {{one} v {{b|c}} u";
  expect(prose(text)).toEqual(["X is it.", "Y Z two", "w v u"]);
  expect(prose("a {{{b|c}}} d {{#if: x | y | z }} {{DEFAULTSORT:q}} e")).toEqual(["a {} d e"]);
});

test("links may run over one line end in their words, file captions over more", () => {
  const links = (text: string): string[] => written(text, "link");
  expect(links("[[a|b\nc]] d")).toEqual(["[[a|b\nc]]"]);
  expect(links("[[a\nb]] [[a|b\n\nc]] [[a|b\n* c]]")).toEqual([]);
  expect(links("[[File:x.jpg\n|thumb\n|a [[b]]\n\nc]]")).toEqual(["[[b]]"]);
  expect(links("[[File:x.jpg\n|thumb\n|a [[b]] c]]")).toEqual([
    "[[File:x.jpg\n|thumb\n|a [[b]] c]]",
    "[[b]]",
  ]);
  expect(links("[[open and [[Fever: a history|fever]] [[a [[b]]")).toEqual([
    "[[Fever: a history|fever]]",
    "[[b]]",
  ]);
});

test("headings are told by their equals signs, comments behind them aside", () => {
  const page = readPage(
    "lead\n== A ==\n=== B [[c|d]] ===<!-- x --> <!-- y -->\n= E =\n== no\n==F== x\n====\n| g\n= h\n==''I''==\nj",
  );
  expect(page.sections.map((one) => [one.level, one.heading, one.above])).toEqual([
    [0, "", []],
    [2, "A", []],
    [3, "B d", ["A"]],
    [1, "E", []],
    [2, "I", ["E"]],
  ]);
});

test("every character of the plain text maps back to the page, whatever the page is", () => {
  const piece = fc.constantFrom(
    ...(
      "[[ ]] {{ }} | = == ''' '' <ref> </ref> <ref/> <!-- --> {| |} |- ! &nbsp; &amp; <br> hlist nowrap| convert|1|kg " +
      "Fever . File: <nowiki> </nowiki> é 中。 [http://x ] </ > <table> </table> -{zh:a; }- __TOC__ plainlist| <math>x</math>"
    ).split(" "),
    "\n",
    "\n* ",
    "\n{|",
    "\n|}",
    "\n{{Infobox\n| a = ",
    "\n| b = ",
    " ",
    "a b",
    "\n: ",
    "\n\n",
    "\n== a ==\n",
    "[http://x y]",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 70 }), (pieces) => {
      const text = pieces.join("");
      const page = readPage(text);
      let before = 0;
      for (const node of page.scan.nodes) {
        expect(node.start).toBeGreaterThanOrEqual(before);
        before = node.start;
        if (node.kind === "dropped") continue;
        expect(node.start).toBeLessThan(node.end);
        expect(node.end).toBeLessThanOrEqual(text.length);
        for (const at of node.pipes) expect(text[at]).toBe("|");
      }
      for (const box of page.boxes) {
        for (const { start, end } of box.parameters) {
          expect(box.start).toBeLessThan(start);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(box.end);
        }
      }
      let sectionEnd = 0;
      for (const section of page.sections) {
        expect(section.start).toBeGreaterThanOrEqual(sectionEnd);
        sectionEnd = section.end;
        let blockEnd = section.start;
        for (const { flat } of blocksOf(page.scan, section)) {
          expect(flat.source(0)).toBeGreaterThanOrEqual(blockEnd);
          blockEnd = flat.sourceEnd(flat.text.length);
          expect(blockEnd).toBeLessThanOrEqual(section.end);
          let sourceBefore = flat.source(0);
          for (let i = 0; i < flat.text.length; i++) {
            expect(flat.source(i)).toBeGreaterThanOrEqual(sourceBefore);
            sourceBefore = flat.source(i);
            expect(flat.sourceEnd(i + 1)).toBeGreaterThan(flat.source(i));
          }
          let sentenceEnd = 0;
          for (const { start, end } of sentencesOf(flat.text)) {
            expect(start).toBeGreaterThanOrEqual(sentenceEnd);
            expect(end).toBeGreaterThan(start);
            sentenceEnd = end;
          }
          for (const link of flat.links) {
            expect(text.slice(link.sourceStart, link.sourceStart + 2)).toBe("[[");
            expect(text.slice(link.sourceStart, link.sourceEnd)).toMatch(/\]\][a-zé]*$/);
            expect(link.start).toBeLessThan(link.end);
          }
        }
      }
      const whole = flatten(page.scan, 0, text.length);
      expect(whole.sourceEnd(whole.text.length)).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1500 },
  );
});
