/**
 * The wikitext scanner: one pass over a page that finds templates, links, tables, references, comments and headings
 * with their exact offsets (UTF-16 code units), the ground of every piece of evidence (paper §3.1).
 *
 * Invariants: time and memory are linear in the text whatever it holds; nothing recurses; every node's range lies
 * in the text; nodes are in order of `start`, and `after` is the index of the first node outside a node.
 * Departure from MediaWiki: what is left open at a heading is dropped or ended (see recover.ts) instead of swallowing
 * the page.
 */
import { readElement, type Surroundings } from "./elements.ts";
import { firstFrom, type Heading, type NodeKind, type Scan, type WikiNode } from "./nodes.ts";
import { adoptStolen, endOfOpenTable, isFileLink, isKept } from "./recover.ts";

const none: number[] = [];

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const PIPE = 124;
const CLOSE_BRACE = 125;

/** Characters that may be markup; all others are passed over. */
const isSpecial = new Uint8Array(128);
for (const code of [NEWLINE, LESS, EQUALS, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, PIPE, CLOSE_BRACE])
  isSpecial[code] = 1;

/** Finds the structure of a page. */
export function scan(text: string): Scan {
  const nodes: WikiNode[] = [];
  const headings: Heading[] = [];
  const stack: WikiNode[] = [];
  const length = text.length;
  const places = new Map<string, number>();
  let openTemplates = 0;
  /** Where the line begins to a reader who sees no comments. */
  let lineStart = 0;

  /** The next place of `needle` at or behind `from`; each stretch of text is searched once for each needle. */
  const next = (needle: string, from: number): number => {
    const known = places.get(needle);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = text.indexOf(needle, from);
    places.set(needle, found);
    return found;
  };
  const leaf = (kind: NodeKind, start: number, end: number): number => {
    nodes.push({ kind, start, end, after: nodes.length + 1, pipes: none, equals: none });
    return end;
  };
  const open = (kind: NodeKind, start: number): void => {
    const node: WikiNode = { kind, start, end: -1, after: -1, pipes: none, equals: none };
    nodes.push(node);
    stack.push(node);
    if (kind === "template") openTemplates += 1;
  };
  const drop = (): void => {
    const node = stack.pop() as WikiNode;
    if (node.kind === "template") openTemplates -= 1;
    if (nodes[nodes.length - 1] === node) nodes.pop();
    else node.kind = "dropped";
  };
  const close = (end: number): void => {
    const node = stack.pop() as WikiNode;
    if (node.kind === "template") openTemplates -= 1;
    node.end = end;
    node.after = nodes.length;
  };
  /** Ends what is open in front of a heading or at the end of the page. */
  const recover = (here: number): void => {
    const kept = stack.findIndex((node) => isKept(text, node));
    while (stack.length > kept + 1) drop();
    const node = stack.pop();
    if (node === undefined) return;
    if (node.kind === "table") node.end = endOfOpenTable(text, node.start, here);
    else adoptStolen(text, nodes, node);
    node.after = firstFrom(nodes, node.end);
    while (stack.length > 0) drop();
    openTemplates = 0;
  };
  const openTable = (at: number): number => {
    let from = at;
    let code = text.charCodeAt(from);
    while (code === SPACE || code === TAB || code === COLON) code = text.charCodeAt(++from);
    if (code === OPEN_BRACE && text.charCodeAt(from + 1) === PIPE) {
      open("table", from);
      return from + 2;
    }
    if (code === PIPE && text.charCodeAt(from + 1) === CLOSE_BRACE) {
      if (stack[stack.length - 1]?.kind !== "table") return at;
      // `|}}` with no third brace is the empty last parameter of a template whose table was never closed.
      const isTemplateEnd = openTemplates > 0 && runLength(text, from + 1, CLOSE_BRACE) === 2;
      if (isTemplateEnd) {
        while (stack[stack.length - 1]?.kind === "table") drop();
        return at;
      }
      close(from + 2);
      return from + 2;
    }
    return at;
  };
  /** What a new line means for links, headings and tables; returns where to go on. */
  const startLine = (at: number): number => {
    lineStart = at;
    const code = text.charCodeAt(at);
    let top = stack[stack.length - 1];
    while (top !== undefined && (top.kind === "link" || top.kind === "external")) {
      if (top.kind === "link" && goesOn(text, top, code)) break;
      drop();
      top = stack[stack.length - 1];
    }
    if (code === EQUALS) {
      const heading = readHeading(text, at);
      if (heading === undefined) return at;
      recover(at);
      headings.push(heading);
      return heading.titleStart;
    }
    return isTableStart(code) ? openTable(at) : at;
  };
  const around: Surroundings = { text, next, leaf };

  let at = startLine(0);
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code >= 128 || isSpecial[code] === 0) {
      at += 1;
      continue;
    }
    switch (code) {
      case NEWLINE:
        at = startLine(at + 1);
        break;
      case OPEN_BRACE: {
        const run = runLength(text, at, OPEN_BRACE);
        const first = at + (run % 2);
        for (let i = first; i < at + run; i += 2) open("template", i);
        at += run;
        break;
      }
      case CLOSE_BRACE: {
        if (text.charCodeAt(at + 1) !== CLOSE_BRACE) {
          at += 1;
          break;
        }
        if (openTemplates > 0) {
          while (stack[stack.length - 1]?.kind !== "template") drop();
          close(at + 2);
        }
        at += 2;
        break;
      }
      case OPEN_BRACKET: {
        const run = runLength(text, at, OPEN_BRACKET);
        const isUrl = startsUrl(text, at + run);
        const top = stack[stack.length - 1];
        if (isUrl) {
          if (top?.kind !== "external") open("external", at + run - 1);
        } else if (run >= 2) {
          if (top?.kind === "link" && !isFileLink(text, top.start)) drop();
          open("link", at + run - 2);
        }
        at += run;
        break;
      }
      case CLOSE_BRACKET: {
        const kind = stack[stack.length - 1]?.kind;
        if (kind === "external") close(at + 1);
        else if (kind === "link" && text.charCodeAt(at + 1) === CLOSE_BRACKET) close(++at + 1);
        at += 1;
        break;
      }
      case PIPE: {
        const owner = ownerOf(stack);
        if (owner?.kind === "template") {
          if (owner.pipes === none) {
            owner.pipes = [];
            owner.equals = [];
          }
          owner.pipes.push(at);
          owner.equals.push(-1);
        } else if (owner?.kind === "link") {
          if (owner.pipes === none) owner.pipes = [at];
          else owner.pipes.push(at);
        }
        at += 1;
        break;
      }
      case EQUALS: {
        const owner = ownerOf(stack);
        if (owner?.kind === "template") {
          const index = owner.equals.length - 1;
          if (index >= 0 && owner.equals[index] === -1) owner.equals[index] = at;
        }
        at += 1;
        break;
      }
      case LESS: {
        const from = at;
        const { kind, end } = readElement(around, at);
        at = end;
        if (kind === "comment" && from === lineStart) {
          lineStart = at;
          if (isTableStart(text.charCodeAt(at))) at = openTable(at);
        } else if (kind === "openTable") open("table", from);
        else if (kind === "closeTable" && stack[stack.length - 1]?.kind === "table") close(at);
        break;
      }
    }
  }
  recover(length);
  return { text, nodes, headings };
}

/** Parameters belong to templates and links; the label of an external link has none. */
function ownerOf(stack: readonly WikiNode[]): WikiNode | undefined {
  const top = stack[stack.length - 1];
  return top?.kind === "external" ? stack[stack.length - 2] : top;
}

function isTableStart(code: number): boolean {
  return code === OPEN_BRACE || code === PIPE || code === COLON || code === SPACE || code === TAB;
}

/** A link's words may run over one line end, a file's caption over more; no other part of a link may. */
function goesOn(text: string, link: WikiNode, lineCode: number): boolean {
  if (lineCode === NEWLINE || lineCode === EQUALS) return false;
  if (isFileLink(text, link.start)) return true;
  const isBlock = lineCode === 42 || lineCode === 35 || lineCode === 59 || isTableStart(lineCode);
  return link.pipes.length > 0 && !isBlock;
}

function runLength(text: string, from: number, code: number): number {
  let end = from + 1;
  while (text.charCodeAt(end) === code) end += 1;
  return end - from;
}

const protocols = ["http://", "https://", "//", "ftp://", "mailto:", "news:", "irc://"];

function startsUrl(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // h, /, f, m, n, i: few links begin with one of these, and fewer with a protocol.
  if (code !== 104 && code !== 47 && code !== 102 && code !== 109 && code !== 110 && code !== 105)
    return false;
  return protocols.some((protocol) => text.startsWith(protocol, at));
}

function readHeading(text: string, start: number): Heading | undefined {
  const newline = text.indexOf("\n", start);
  let end = newline === -1 ? text.length : newline;
  const lineEnd = end;
  for (let line: string | undefined; ; ) {
    while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
    if (!(text.charCodeAt(end - 1) === 62 && text.startsWith("-->", end - 3))) break;
    line ??= text.slice(start, lineEnd);
    const comment = line.lastIndexOf("<!--", end - start - 3);
    if (comment <= 0) break;
    end = start + comment;
  }
  let left = start;
  while (left < end && text.charCodeAt(left) === EQUALS) left += 1;
  let right = end;
  while (right > left && text.charCodeAt(right - 1) === EQUALS) right -= 1;
  const level = Math.min(left - start, end - right, 6);
  if (level === 0 || left === right) return undefined;
  return { level, start, end: lineEnd, titleStart: start + level, titleEnd: end - level };
}
