/**
 * The wikitext scanner: one pass over a page that finds templates, links, tables, references, comments and headings
 * with their exact offsets (UTF-16 code units), the ground of every piece of evidence (paper §3.1).
 *
 * Invariants: time and memory are linear in the text whatever it holds; nothing recurses; every node's range lies
 * in the text; nodes are in order of `start`, and `after` is the index of the first node outside a node.
 * Departure from MediaWiki: what is left open is dropped (or, for a box, closed at its last parameter) instead of
 * swallowing the page.
 */

type NodeKind = "template" | "link" | "external" | "table" | "comment" | "ref" | "raw" | "tag" | "dropped";

export interface WikiNode {
  kind: NodeKind;
  readonly start: number;
  end: number;
  /** Index of the first node that is not inside this one. */
  after: number;
  /** Offsets of the `|` of a template or link, outside anything nested in it. */
  readonly pipes: number[];
  /** For each pipe the offset of the first `=` behind it, or -1. */
  readonly equals: number[];
}

interface Heading {
  readonly level: number;
  /** The whole line. */
  readonly start: number;
  readonly end: number;
  /** Between the equals signs. */
  readonly titleStart: number;
  readonly titleEnd: number;
}

export interface Scan {
  readonly text: string;
  readonly nodes: readonly WikiNode[];
  readonly headings: readonly Heading[];
}

/** Elements whose content is not prose and is skipped whole. */
const rawElements = new Set([
  "nowiki",
  "pre",
  "math",
  "chem",
  "ce",
  "code",
  "syntaxhighlight",
  "source",
  "gallery",
  "timeline",
  "imagemap",
  "score",
  "hiero",
  "references",
  "templatedata",
  "graph",
  "mapframe",
]);

const none: number[] = [];

const OPEN_BRACE = 123;
const PIPE = 124;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LESS = 60;
const EQUALS = 61;
const NEWLINE = 10;

/** Finds the structure of a page. */
export function scan(text: string): Scan {
  const nodes: WikiNode[] = [];
  const headings: Heading[] = [];
  const stack: WikiNode[] = [];
  const closers = new Map<string, number>();
  const length = text.length;
  let openTemplates = 0;

  /** The next place of `needle` at or behind `from`; each stretch of text is searched once for each needle. */
  const next = (needle: string, from: number): number => {
    const known = closers.get(needle);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = text.indexOf(needle, from);
    closers.set(needle, found);
    return found;
  };
  const leaf = (kind: NodeKind, start: number, end: number): number => {
    nodes.push({ kind, start, end, after: nodes.length + 1, pipes: none, equals: none });
    return end;
  };
  const open = (kind: NodeKind, start: number): void => {
    const node: WikiNode = { kind, start, end: -1, after: -1, pipes: [], equals: [] };
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
  /** Drops what is open; an outermost box that was never closed ends with the line of its last parameter. */
  const recover = (): void => {
    while (stack.length > 1) drop();
    const box = stack[0];
    if (box === undefined) return;
    const last = box.pipes.findLast((at) => isLineStart(text, at));
    if (box.kind !== "template" || last === undefined || !isLineStart(text, box.start)) {
      drop();
      return;
    }
    const lineEnd = text.indexOf("\n", last);
    stack.pop();
    openTemplates -= 1;
    box.end = lineEnd === -1 ? length : lineEnd;
    box.after = firstFrom(nodes, box.end);
  };
  /** What a new line means for links and headings; returns where to go on. */
  const startLine = (at: number): number => {
    let top = stack[stack.length - 1];
    while (top?.kind === "link" && !(isCaptioned(text, top) && text.charCodeAt(at) !== NEWLINE)) {
      drop();
      top = stack[stack.length - 1];
    }
    const code = text.charCodeAt(at);
    if (code === EQUALS) {
      const heading = readHeading(text, at);
      if (heading === undefined) return at;
      recover();
      headings.push(heading);
      return heading.titleStart;
    }
    if (code === OPEN_BRACE && text.charCodeAt(at + 1) === PIPE) {
      open("table", at);
      return at + 2;
    }
    if (code === PIPE && text.charCodeAt(at + 1) === CLOSE_BRACE && top?.kind === "table") {
      close(at + 2);
      return at + 2;
    }
    return at;
  };

  let at = startLine(0);
  while (at < length) {
    const code = text.charCodeAt(at);
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
        if (run >= 2) {
          const top = stack[stack.length - 1];
          if (top?.kind === "link" && !isCaptioned(text, top)) drop();
          open("link", at + run - 2);
          at += run;
        } else at = readExternal(text, at, leaf);
        break;
      }
      case CLOSE_BRACKET: {
        if (text.charCodeAt(at + 1) !== CLOSE_BRACKET || stack[stack.length - 1]?.kind !== "link") {
          at += 1;
          break;
        }
        close(at + 2);
        at += 2;
        break;
      }
      case PIPE: {
        const top = stack[stack.length - 1];
        if (top !== undefined && top.kind !== "table") {
          top.pipes.push(at);
          top.equals.push(-1);
        }
        at += 1;
        break;
      }
      case EQUALS: {
        const top = stack[stack.length - 1];
        if (top?.kind === "template") {
          const index = top.equals.length - 1;
          if (index >= 0 && top.equals[index] === -1) top.equals[index] = at;
        }
        at += 1;
        break;
      }
      case LESS:
        at = readElement(text, at, next, leaf);
        break;
      default:
        at += 1;
    }
  }
  recover();
  return { text, nodes, headings };
}

function runLength(text: string, from: number, code: number): number {
  let end = from + 1;
  while (text.charCodeAt(end) === code) end += 1;
  return end - from;
}

function isLineStart(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i -= 1;
  return i < 0 || text.charCodeAt(i) === NEWLINE;
}

/** Only links to files hold further links and lines: `[[File:x.jpg|thumb|A [[caption]]]]`. */
function isCaptioned(text: string, link: WikiNode): boolean {
  const pipe = link.pipes[0];
  if (pipe === undefined) return false;
  for (let i = link.start + 3; i < pipe; i++) if (text.charCodeAt(i) === 58) return true;
  return false;
}

/** Index of the first node that starts at or behind `at`. */
export function firstFrom(nodes: readonly WikiNode[], at: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as WikiNode).start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readHeading(text: string, start: number): Heading | undefined {
  const newline = text.indexOf("\n", start);
  let end = newline === -1 ? text.length : newline;
  const lineEnd = end;
  for (;;) {
    while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
    if (!(text.charCodeAt(end - 1) === 62 && text.startsWith("-->", end - 3))) break;
    const comment = text.lastIndexOf("<!--", end);
    if (comment <= start) break;
    end = comment;
  }
  let left = start;
  while (left < end && text.charCodeAt(left) === EQUALS) left += 1;
  let right = end;
  while (right > left && text.charCodeAt(right - 1) === EQUALS) right -= 1;
  const level = Math.min(left - start, end - right, 6);
  if (level === 0 || left === right) return undefined;
  return { level, start, end: lineEnd, titleStart: start + level, titleEnd: end - level };
}

function readExternal(
  text: string,
  at: number,
  leaf: (kind: NodeKind, start: number, end: number) => number,
): number {
  if (!text.startsWith("http", at + 1) && !text.startsWith("//", at + 1)) return at + 1;
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CLOSE_BRACKET) return leaf("external", at, i + 1);
    if (code === NEWLINE || code === OPEN_BRACKET || code === OPEN_BRACE || code === PIPE) return i;
  }
  return text.length;
}

/** A comment, a reference, an element that is skipped whole, or a single tag. */
function readElement(
  text: string,
  at: number,
  next: (needle: string, from: number) => number,
  leaf: (kind: NodeKind, start: number, end: number) => number,
): number {
  if (text.startsWith("!--", at + 1)) {
    const end = next("-->", at + 4);
    return leaf("comment", at, end === -1 ? text.length : end + 3);
  }
  const nameStart = text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
  let nameEnd = nameStart;
  while (nameEnd < nameStart + 16 && isLetter(text.charCodeAt(nameEnd))) nameEnd += 1;
  if (nameEnd === nameStart) return at + 1;
  const tagEnd = endOfTag(text, nameEnd);
  if (tagEnd === -1) return at + 1;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  const isReference = name === "ref";
  if (nameStart === at + 1 && (isReference || rawElements.has(name))) {
    const kind = isReference ? "ref" : "raw";
    if (text.charCodeAt(tagEnd - 2) === 47) return leaf(kind, at, tagEnd);
    const closer = next(`</${name}`, tagEnd);
    const heading = isReference ? next("\n==", tagEnd) : -1;
    // A reference that is never closed must not swallow the next section.
    if (closer === -1 || (heading !== -1 && heading < closer)) return leaf(kind, at, tagEnd);
    const end = text.indexOf(">", closer);
    return leaf(kind, at, end === -1 || end > closer + 20 ? closer + name.length + 2 : end + 1);
  }
  return leaf("tag", at, tagEnd);
}

function endOfTag(text: string, from: number): number {
  const limit = Math.min(text.length, from + 600);
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 62) return i + 1;
    if (code === LESS) return -1;
  }
  return -1;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
