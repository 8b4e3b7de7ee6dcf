// The scanner's offsets are checked against the text itself, and its reading against wtf_wikipedia, which is independent.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import wtf from "wtf_wikipedia";
import { flatten } from "./plain.ts";
import { scan } from "./scan.ts";
import { blocksOf, readPage } from "./sections.ts";
import { sentencesOf } from "./sentences.ts";
import { parametersOf } from "./templates.ts";
import { linkTarget, normaliseTitle } from "./titles.ts";

const shared = "../shared/wikipedia/wikitext";

/** Fields of the first template as name → raw value. */
function fields(text: string): Record<string, string> {
  const scanned = scan(text);
  const box = scanned.nodes.find((node) => node.kind === "template");
  if (!box) return {};
  return Object.fromEntries(parametersOf(scanned, box).map((p) => [p.name, text.slice(p.start, p.end)]));
}

function plain(text: string): string {
  return flatten(scan(text), 0, text.length).text;
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
});

test("references, comments and nowiki hide what they hold", () => {
  expect(plain("a<ref>[[x]]</ref> b<!-- [[y]] -->c <nowiki>[[z]]</nowiki>d")).toBe("a bc d");
  expect(fields("{{B|a=1<!-- |b=2 -->|c=3<ref>|d=4</ref>}}")).toEqual({
    a: "1<!-- |b=2 -->",
    c: "3<ref>|d=4</ref>",
  });
});

test("a box that is never closed ends with its last parameter and leaves the page readable", () => {
  const page = readPage(
    "{{Infobox disease\n| symptoms = [[Fever]]\n| onset = late\n'''X''' is a disease.\n==Cause==\nbad",
  );
  expect(page.boxes[0]?.name).toBe("infobox disease");
  expect(page.boxes[0]?.parameters.map((p) => p.name)).toEqual(["symptoms", "onset"]);
  expect(page.sections.map((one) => one.heading)).toEqual(["", "Cause"]);
});

test("links keep their tail, their target's first letter, and skip files and categories", () => {
  const text =
    "[[corticosteroid]]s and [[fever|hot]] [[File:A.jpg|thumb|with [[x]]]] [[Category:B]] [[#Here|here]]";
  const flat = flatten(scan(text), 0, text.length);
  expect(flat.text.trim()).toBe("corticosteroids and hot   here");
  expect(flat.links.map((link) => [link.target, text.slice(link.sourceStart, link.sourceEnd)])).toEqual([
    ["Corticosteroid", "[[corticosteroid]]s"],
    ["Fever", "[[fever|hot]]"],
  ]);
  expect(linkTarget("de:Fieber")).toEqual({ kind: "skipped" });
  expect(linkTarget("wikt:fever")).toEqual({ kind: "here" });
  expect(normaliseTitle("beta_blocker")).toBe("Beta blocker");
});

test("lists of every form give one line an item", () => {
  for (const list of [
    "{{hlist|[[A]]|[[B]]}}",
    "{{plainlist|\n* [[A]]\n* [[B]]\n}}",
    "{{unbulleted list|[[A]]|[[B]]}}",
    "{{ubl|[[A]]|[[B]]}}",
    "{{flatlist}}\n* [[A]]\n* [[B]]\n{{endflatlist}}",
    "[[A]]<br>[[B]]",
    "[[A]]<br />[[B]]",
    "\n* [[A]]\n* [[B]]",
  ])
    expect(plain(list).trim(), list).toBe("A\nB");
});

test("sentences end at full stops, not at abbreviations, initials or decimals", () => {
  const text = 'It rose by 3.5 units, e.g. Dr. Smith saw it. "So it is." J. Doe agreed! Did E. coli? Yes';
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    "It rose by 3.5 units, e.g. Dr. Smith saw it.",
    '"So it is."',
    "J. Doe agreed!",
    "Did E. coli?",
    "Yes",
  ]);
});

test("every character of the plain text maps back to the page, whatever the page is", () => {
  const piece = fc.constantFrom(
    "[[",
    "]]",
    "{{",
    "}}",
    "|",
    "=",
    "\n",
    "* ",
    "==",
    "'''",
    "<ref>",
    "</ref>",
    "<!--",
    "-->",
    "{|",
    "|}",
    "&nbsp;",
    "<br>",
    "hlist",
    "a b",
    "Fever",
    ". ",
    "File:",
    "<nowiki>",
    "é",
    "[http://x y]",
    "</",
    ">",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      const page = readPage(text);
      for (const node of page.scan.nodes) {
        if (node.kind === "dropped") continue;
        expect(node.start).toBeLessThan(node.end);
        expect(node.end).toBeLessThanOrEqual(text.length);
      }
      for (const section of page.sections) {
        for (const { flat } of blocksOf(page.scan, section)) {
          for (const { start, end } of sentencesOf(flat.text)) {
            expect(flat.source(start)).toBeLessThanOrEqual(flat.sourceEnd(end));
            expect(flat.sourceEnd(end)).toBeLessThanOrEqual(text.length);
          }
          for (const link of flat.links) {
            expect(text.slice(link.sourceStart, link.sourceStart + 2)).toBe("[[");
            expect(link.start).toBeLessThan(link.end);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("hostile input costs linear time and no stack", () => {
  const hostile: readonly string[] = [
    "{{".repeat(10_000),
    `${"{{".repeat(10_000)}${"}}".repeat(10_000)}`,
    "[[".repeat(500_000),
    "[[a|".repeat(250_000),
    "<ref>".repeat(200_000),
    "<!--".repeat(200_000),
    "\n{|".repeat(100_000),
    "&".repeat(500_000),
    "__".repeat(300_000),
    `${"{{hlist|".repeat(20_000)}${"}}".repeat(20_000)}`,
    `{{a${"|b=".repeat(300_000)}}}`,
    "=\n".repeat(200_000),
    "'''".repeat(200_000),
  ];
  for (const text of hostile) {
    const started = performance.now();
    const page = readPage(text);
    for (const section of page.sections)
      for (const { flat } of blocksOf(page.scan, section)) sentencesOf(flat.text);
    expect(performance.now() - started, text.slice(0, 12)).toBeLessThan(3000);
  }
});

test.skipIf(!existsSync(shared))(
  "headings and links of the shared real pages agree with an independent reader",
  () => {
    let links = 0;
    let linksFound = 0;
    let headings = 0;
    let headingsFound = 0;
    for (const name of readdirSync(shared)) {
      if (name.startsWith("Citizendium") || name.includes("(hy)")) continue;
      const text = readFileSync(join(shared, name), "utf8");
      const page = readPage(text);
      const ours = new Set<string>();
      for (const section of page.sections)
        for (const { flat } of blocksOf(page.scan, section))
          for (const link of flat.links) ours.add(link.target);
      const their = wtf(text);
      const theirHeadings = their
        .sections()
        .map((one) => one.title())
        .filter((one) => one !== "");
      const ourHeadings = new Set(page.sections.map((one) => one.heading));
      headings += theirHeadings.length;
      headingsFound += theirHeadings.filter((one) => ourHeadings.has(one)).length;
      for (const sentence of their.sentences()) {
        for (const link of sentence.links() as { type(): string; page(): string | undefined }[]) {
          const target = link.type() === "internal" ? linkTarget(link.page() ?? "") : undefined;
          if (target?.kind !== "page") continue;
          links += 1;
          if (ours.has(target.title)) linksFound += 1;
        }
      }
    }
    expect(headings).toBeGreaterThan(80);
    expect(links).toBeGreaterThan(800);
    expect(headingsFound / headings).toBeGreaterThanOrEqual(0.95);
    expect(linksFound / links).toBeGreaterThanOrEqual(0.95);
  },
);
