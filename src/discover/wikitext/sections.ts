/**
 * The page as a reader sees it: boxes, categories, sections with their headings above them, and blocks of prose
 * (paragraphs and list items).
 *
 * Invariant: every block lies in one section and outside tables and templates that stand on their own lines.
 */
import { firstFrom, type Scan, type WikiNode } from "./nodes.ts";
import { type Flat, flatten } from "./plain.ts";
import { isMarker } from "./run.ts";
import { scan } from "./scan.ts";
import { templateUse } from "./template-tables.ts";
import { isCounted } from "./template-words.ts";
import { type Parameter, parametersOf, templateName } from "./templates.ts";
import { categoryOf, labelOf } from "./titles.ts";

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
  /** Titles of the same page in other languages, the first of each. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads the structure of a page. */
export function readPage(wikitext: string): ReadPage {
  const scanned = scan(wikitext);
  const boxes: Box[] = [];
  const categories: string[] = [];
  const labels: Record<string, string> = {};
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
      const written = wikitext.slice(node.start + 2, node.pipes[0] ?? node.end - 2);
      const category = categoryOf(written);
      if (category !== undefined) categories.push(category);
      const found = labelOf(written);
      if (found !== undefined) labels[found.language] ??= found.label;
    }
    i = node.kind === "dropped" ? i + 1 : Math.max(node.after, i + 1);
  }
  return { scan: scanned, sections: readSections(scanned), boxes, categories, labels };
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

export interface Block {
  readonly kind: "paragraph" | "item";
  readonly flat: Flat;
}

/** Lists inside lists deeper than this are one item. */
const MAX_LIST_DEPTH = 4;

const PIPE = 124;

/** The paragraphs and list items of a section, in order; a list template that stands alone gives its items. */
export function blocksOf(scanned: Scan, section: Section): Generator<Block> {
  return blocksIn(scanned, section.start, section.end, "paragraph", 0);
}

/** Blocks of a range; `kind` is what lines without a marker are. */
function* blocksIn(
  scanned: Scan,
  start: number,
  end: number,
  kind: Block["kind"],
  depth: number,
): Generator<Block> {
  const { text, nodes } = scanned;
  let index = firstFrom(nodes, start);
  /** Start of the paragraph that is being read, -1 between paragraphs. */
  let paragraph = -1;
  for (let at = start; at < end; ) {
    // A line of the page ends at a line break outside all nodes.
    const first = index;
    let lineEnd = end;
    for (let search = at; ; ) {
      const newline = indexOfLineEnd(text, search, end);
      if (newline === -1) break;
      while (index < nodes.length) {
        const node = nodes[index] as WikiNode;
        if (node.start > newline || (node.kind !== "dropped" && node.end > newline)) break;
        index = node.kind === "dropped" ? index + 1 : Math.max(node.after, index + 1);
      }
      const around = nodes[index];
      if (around === undefined || around.kind === "dropped" || around.start > newline) {
        lineEnd = newline;
        break;
      }
      search = around.end;
    }
    const content = behindComments(scanned, at, lineEnd, first);
    const line = lineKind(text, content, lineEnd);
    const list =
      line === "prose" && depth < MAX_LIST_DEPTH ? listOf(scanned, content, lineEnd, first) : undefined;
    // A line of nothing but comments is no line to a reader.
    const isSeen = content === at || line !== "empty";
    if (paragraph !== -1 && isSeen && (line !== "prose" || list !== undefined)) {
      const flat = flatten(scanned, paragraph, at);
      if (hasWords(flat)) yield { kind, flat };
      paragraph = -1;
    }
    if (list !== undefined) {
      for (const item of parametersOf(scanned, list).filter(isCounted))
        yield* blocksIn(scanned, item.start, item.end, "item", depth + 1);
    } else if (line === "item") {
      const flat = flatten(scanned, content, lineEnd);
      if (hasWords(flat)) yield { kind: "item", flat };
    } else if (line === "prose" && paragraph === -1) paragraph = content;
    at = lineEnd + 1;
  }
  if (paragraph === -1) return;
  const flat = flatten(scanned, paragraph, end);
  if (hasWords(flat)) yield { kind, flat };
}

function hasWords(flat: Flat): boolean {
  return /\S/.test(flat.text);
}

function indexOfLineEnd(text: string, from: number, end: number): number {
  const newline = text.indexOf("\n", from);
  return newline === -1 || newline >= end ? -1 : newline;
}

/** Comments at the start of a line hide neither a list marker nor a paragraph. */
function behindComments(scanned: Scan, at: number, lineEnd: number, first: number): number {
  let content = at;
  for (let i = first; i < scanned.nodes.length; i++) {
    const node = scanned.nodes[i] as WikiNode;
    if (node.kind !== "comment" || node.start !== content || node.end > lineEnd) break;
    content = node.end;
  }
  return content;
}

/** What a line begins with: prose, a list item, nothing, or what is left of a table or template that went wrong. */
function lineKind(text: string, at: number, end: number): "prose" | "item" | "empty" | "debris" {
  let i = at;
  while (i < end && text.charCodeAt(i) <= 32) i += 1;
  if (i === end) return "empty";
  const code = text.charCodeAt(i);
  if (i === at && isMarker(code)) return "item";
  if (code === PIPE || text.startsWith("{|", i)) return "debris";
  if (text.startsWith("}}", i) && !/\S/.test(text.slice(i + 2, end))) return "debris";
  return i === at && text.startsWith("----", i) ? "debris" : "prose";
}

/** The list template that is all of a line. */
function listOf(scanned: Scan, at: number, lineEnd: number, first: number): WikiNode | undefined {
  for (let i = first; i < scanned.nodes.length; i++) {
    const node = scanned.nodes[i] as WikiNode;
    if (node.start > at) return undefined;
    if (node.start < at || node.kind !== "template") continue;
    const rest = behindComments(scanned, node.end, lineEnd, node.after);
    const isAlone = rest === lineEnd || !/\S/.test(scanned.text.slice(rest, lineEnd));
    return isAlone && templateUse(templateName(scanned, node)).kind === "list" ? node : undefined;
  }
  return undefined;
}
