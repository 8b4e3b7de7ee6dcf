/**
 * The page as a reader sees it: boxes, categories, sections with their headings above them, and blocks of prose
 * (paragraphs and list items).
 *
 * Invariant: every block lies in one section and outside tables and templates that stand on their own lines.
 */
import { type Flat, flatten } from "./plain.ts";
import { firstFrom, type Scan, scan, type WikiNode } from "./scan.ts";
import { type Parameter, parametersOf, templateName } from "./templates.ts";
import { categoryOf } from "./titles.ts";

export interface Section {
  /** Heading as plain text; "" for the lead. */
  readonly heading: string;
  readonly level: number;
  /** Headings above this one, outermost first. */
  readonly above: readonly string[];
  readonly start: number;
  readonly end: number;
}

export interface Box {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly start: number;
  readonly end: number;
}

export interface ReadPage {
  readonly scan: Scan;
  readonly sections: readonly Section[];
  /** Templates outside all others, in order. */
  readonly boxes: readonly Box[];
  readonly categories: readonly string[];
}

export interface Block {
  readonly kind: "paragraph" | "item";
  readonly flat: Flat;
}

/** Reads the structure of a page. */
export function readPage(wikitext: string): ReadPage {
  const scanned = scan(wikitext);
  const boxes: Box[] = [];
  const categories: string[] = [];
  const { nodes } = scanned;
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i] as WikiNode;
    if (node.kind === "template") {
      boxes.push({
        name: templateName(scanned, node),
        parameters: parametersOf(scanned, node),
        start: node.start,
        end: node.end,
      });
    } else if (node.kind === "link") {
      const category = categoryOf(wikitext.slice(node.start + 2, node.pipes[0] ?? node.end - 2));
      if (category !== undefined) categories.push(category);
    }
    i = node.kind === "dropped" ? i + 1 : Math.max(node.after, i + 1);
  }
  return { scan: scanned, sections: readSections(scanned), boxes, categories };
}

function readSections(scanned: Scan): Section[] {
  const { headings, text } = scanned;
  const out: Section[] = [
    { heading: "", level: 0, above: [], start: 0, end: headings[0]?.start ?? text.length },
  ];
  const open: Section[] = [];
  headings.forEach((heading, index) => {
    while ((open[open.length - 1]?.level ?? 0) >= heading.level) open.pop();
    const section: Section = {
      heading: flatten(scanned, heading.titleStart, heading.titleEnd).text.trim(),
      level: heading.level,
      above: open.map((one) => one.heading),
      start: heading.end,
      end: headings[index + 1]?.start ?? text.length,
    };
    open.push(section);
    out.push(section);
  });
  return out;
}

/** The paragraphs and list items of a section. */
export function* blocksOf(scanned: Scan, section: Section): Generator<Block> {
  const { text, nodes } = scanned;
  let index = firstFrom(nodes, section.start);
  let at = section.start;
  let paragraph = -1;
  const flush = function* (end: number): Generator<Block> {
    if (paragraph !== -1) {
      const flat = flatten(scanned, paragraph, end);
      if (flat.text.trim() !== "") yield { kind: "paragraph", flat };
    }
    paragraph = -1;
  };
  while (at < section.end) {
    // A line of the page ends at a line break outside all nodes.
    let search = at;
    let lineEnd = section.end;
    for (;;) {
      const newline = text.indexOf("\n", search);
      if (newline === -1 || newline >= section.end) break;
      while (index < nodes.length) {
        const node = nodes[index] as WikiNode;
        if (node.kind !== "dropped" && node.end > newline) break;
        if (node.start > newline) break;
        index = node.kind === "dropped" ? index + 1 : Math.max(node.after, index + 1);
      }
      const around = nodes[index];
      if (around && around.kind !== "dropped" && around.start < newline && around.end > newline) {
        search = around.end;
        continue;
      }
      lineEnd = newline;
      break;
    }
    const code = text.charCodeAt(at);
    const isItem = code === 42 || code === 35 || code === 58 || code === 59;
    const isBlank = lineEnd === at || (lineEnd - at < 200 && text.slice(at, lineEnd).trim() === "");
    if (isItem || isBlank) yield* flush(at);
    if (isItem) {
      const flat = flatten(scanned, at, lineEnd);
      if (flat.text.trim() !== "") yield { kind: "item", flat };
    } else if (!isBlank && paragraph === -1) paragraph = at;
    at = lineEnd + 1;
  }
  yield* flush(Math.min(at, section.end));
}
