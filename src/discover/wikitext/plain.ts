/**
 * Prose from wikitext with the way back: every character of the plain text knows where in the page it stands, and
 * every link where its words are in both.
 *
 * Invariant: for each link, `text.slice(link.start, link.end)` is what a reader sees of it. References, comments,
 * tables, files and templates that are not known give nothing; a list item starts a new line.
 */
import { firstFrom, type Scan, type WikiNode } from "./scan.ts";
import { parametersOf, templateName, templateUse } from "./templates.ts";
import { linkTarget } from "./titles.ts";

export interface FlatLink {
  /** Title that the link leads to, with its first letter in upper case. */
  readonly target: string;
  /** Range in the plain text. */
  readonly start: number;
  readonly end: number;
  /** Range in the page, brackets and tail included. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

export interface Flat {
  readonly text: string;
  readonly links: readonly FlatLink[];
  /** Ranges of the plain text that are bold, as start and end in turn. */
  readonly bold: readonly number[];
  /** Start in the page of the character at a place of the plain text. */
  source(at: number): number;
  /** End in the page of the character before a place of the plain text. */
  sourceEnd(at: number): number;
}

const MAX_DEPTH = 12;

const entities: Readonly<Record<string, string>> = {
  nbsp: " ",
  thinsp: " ",
  ensp: " ",
  emsp: " ",
  ndash: "–",
  mdash: "—",
  minus: "−",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  middot: "·",
  deg: "°",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  mu: "μ",
  micro: "µ",
  times: "×",
  plusmn: "±",
  shy: "",
  zwnj: "",
};

/** The plain text of a range of the page. */
export function flatten(scan: Scan, from: number, to: number): Flat {
  const { text, nodes } = scan;
  let plain = "";
  const plainAt: number[] = [];
  const sourceAt: number[] = [];
  /** End in the page of a segment that is not a copy; -1 for copies. */
  const sourceTo: number[] = [];
  const links: FlatLink[] = [];
  const bold: number[] = [];

  const copy = (start: number, end: number): void => {
    if (start >= end) return;
    plainAt.push(plain.length);
    sourceAt.push(start);
    sourceTo.push(-1);
    plain += text.slice(start, end);
  };
  const insert = (shown: string, start: number, end: number): void => {
    if (shown === "") return;
    plainAt.push(plain.length);
    sourceAt.push(start);
    sourceTo.push(end);
    plain += shown;
  };
  const breakLine = (at: number): void => {
    if (plain !== "" && !plain.endsWith("\n")) insert("\n", at, at + 1);
  };
  /** Text without nodes: quotes, character entities, list markers, magic words. */
  const run = (start: number, end: number): void => {
    let from = start;
    let at = start;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code === 39 && text.charCodeAt(at + 1) === 39) {
        copy(from, at);
        const first = at;
        while (at < end && text.charCodeAt(at) === 39) at += 1;
        if (at - first !== 2 && at - first !== 4) bold.push(plain.length);
        from = at;
      } else if (code === 38) {
        let semicolon = at + 2;
        while (semicolon < end && semicolon < at + 10 && text.charCodeAt(semicolon) !== 59) semicolon += 1;
        const shown = text[semicolon] === ";" ? decode(text.slice(at + 1, semicolon)) : undefined;
        if (shown === undefined) at += 1;
        else {
          copy(from, at);
          insert(shown, at, semicolon + 1);
          at = semicolon + 1;
          from = at;
        }
      } else if (code === 10) {
        copy(from, at);
        let content = at + 1;
        while (content < end && isMarker(text.charCodeAt(content))) content += 1;
        if (content > at + 1) {
          breakLine(at);
          while (content < end && text.charCodeAt(content) === 32) content += 1;
        } else insert(" ", at, at + 1);
        at = content;
        from = at;
      } else if (code === 95 && text.charCodeAt(at + 1) === 95) {
        const close = text.indexOf("__", at + 2);
        if (close !== -1 && close < at + 30 && /^[A-Z]+$/.test(text.slice(at + 2, close))) {
          copy(from, at);
          at = close + 2;
          from = at;
        } else at += 2;
      } else at += 1;
    }
    copy(from, end);
  };
  const template = (node: WikiNode, depth: number): void => {
    const name = templateName(scan, node);
    const use = templateUse(name);
    switch (use.kind) {
      case "character":
        insert(use.text, node.start, node.end);
        return;
      case "wrapper": {
        const inner = parametersOf(scan, node).find((p) => p.name === use.parameter);
        if (inner) range(inner.start, inner.end, depth + 1);
        return;
      }
      case "list":
        for (const item of parametersOf(scan, node)) {
          if (!/^\d+$/.test(item.name)) continue;
          breakLine(item.start);
          let start = item.start;
          while (start < item.end && isMarker(text.charCodeAt(start))) start += 1;
          while (start < item.end && text.charCodeAt(start) === 32) start += 1;
          range(start, item.end, depth + 1);
        }
        breakLine(node.end - 1);
        return;
      case "other":
        if (name.startsWith("end") || name === "div col end") breakLine(node.start);
    }
  };
  const link = (node: WikiNode, depth: number): number => {
    const pipe = node.pipes[0];
    const target = linkTarget(text.slice(node.start + 2, pipe ?? node.end - 2));
    if (target.kind === "skipped") return node.end;
    const start = plain.length;
    if (pipe === undefined || pipe + 1 >= node.end - 2) run(node.start + 2, pipe ?? node.end - 2);
    else range(pipe + 1, node.end - 2, depth + 1);
    const tailEnd = endOfTail(text, node.end);
    copy(node.end, tailEnd);
    if (target.kind === "page" && plain.length > start) {
      links.push({
        target: target.title,
        start,
        end: plain.length,
        sourceStart: node.start,
        sourceEnd: tailEnd,
      });
    }
    return tailEnd;
  };
  const range = (start: number, end: number, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    let at = start;
    let index = firstFrom(nodes, start);
    while (index < nodes.length) {
      const node = nodes[index] as WikiNode;
      if (node.start >= end) break;
      if (node.kind === "dropped" || node.start < at || node.end > end) {
        index += 1;
        continue;
      }
      run(at, node.start);
      at = node.end;
      switch (node.kind) {
        case "template":
          template(node, depth);
          break;
        case "link":
          at = link(node, depth);
          break;
        case "external": {
          const space = text.slice(node.start, node.end).indexOf(" ");
          if (space !== -1) range(node.start + space + 1, node.end - 1, depth + 1);
          break;
        }
        case "tag":
          if (isBreak(text, node.start)) breakLine(node.start);
          break;
        case "ref":
          // "…once.<ref/>Then" must not read as "once.Then".
          if (/[.!?]$/.test(plain.slice(-1)) && at < end && text.charCodeAt(at) > 64) insert(" ", at - 1, at);
          break;
      }
      index = Math.max(node.after, index + 1);
    }
    run(at, end);
  };
  let first = from;
  while (first < to && isMarker(text.charCodeAt(first))) first += 1;
  range(first, to, 0);
  if (bold.length % 2 === 1) bold.push(plain.length);

  const segment = (at: number): number => {
    let low = 0;
    let high = plainAt.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((plainAt[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    text: plain,
    links,
    bold,
    source(at) {
      if (plainAt.length === 0) return from;
      const i = segment(at);
      const start = sourceAt[i] as number;
      return sourceTo[i] === -1 ? start + (at - (plainAt[i] as number)) : start;
    },
    sourceEnd(at) {
      if (plainAt.length === 0 || at === 0) return from;
      const i = segment(at - 1);
      const end = sourceTo[i] as number;
      return end === -1 ? (sourceAt[i] as number) + (at - (plainAt[i] as number)) : end;
    },
  };
}

function isMarker(code: number): boolean {
  return code === 42 || code === 35 || code === 58 || code === 59;
}

function isBreak(text: string, at: number): boolean {
  const name = text.slice(at + 1, at + 4).toLowerCase();
  return name.startsWith("br") || name.startsWith("li") || name === "/br";
}

/** Letters that follow a link directly belong to its words. */
function endOfTail(text: string, from: number): number {
  let end = from;
  for (;;) {
    const code = text.charCodeAt(end);
    if (!((code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x24f) || (code >= 0x430 && code <= 0x44f)))
      return end;
    end += 1;
  }
}

function decode(name: string): string | undefined {
  if (name.charCodeAt(0) !== 35) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  const hexadecimal = name[1] === "x" || name[1] === "X";
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
