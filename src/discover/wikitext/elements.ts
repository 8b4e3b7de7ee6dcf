/**
 * Comments, references and elements in angle brackets, found by their first character.
 *
 * Invariant: each stretch of text is searched once for each closing tag. A reference or gallery that is never closed
 * is a single tag, so that it does not swallow the prose behind it.
 */
import type { NodeKind } from "./nodes.ts";

/** What reading an element needs of the scanner. */
export interface Surroundings {
  readonly text: string;
  /** The next place of `needle` at or behind `from`, -1 if there is none. */
  next(needle: string, from: number): number;
  /** Adds a node without children; returns its end. */
  leaf(kind: NodeKind, start: number, end: number): number;
}

export interface ReadElement {
  readonly kind: "comment" | "openTable" | "closeTable" | "other";
  readonly end: number;
}

/** Elements whose content is not prose and is skipped whole. */
const rawElements = new Set([
  "nowiki",
  "pre",
  "math",
  "chem",
  "ce",
  "syntaxhighlight",
  "source",
  "gallery",
  "timeline",
  "imagemap",
  "inputbox",
  "categorytree",
  "includeonly",
  "indicator",
  "score",
  "hiero",
  "references",
  "templatedata",
  "templatestyles",
  "graph",
  "mapframe",
  "maplink",
  "style",
  "script",
]);

/** Elements that hold markup as it is written, headings and their own opening tag among it. */
const literalElements = new Set(["nowiki", "pre", "syntaxhighlight", "source", "math", "includeonly"]);

/** Closing tags are written `</ref>`, `</Ref>` or `</REF>`. */
const closingTags = new Map(
  ["ref", ...rawElements].map((name) => {
    const upper = name.toUpperCase();
    return [name, [`</${name}`, `</${upper}`, `</${upper.charAt(0)}${name.slice(1)}`]] as const;
  }),
);

const SLASH = 47;
const LESS = 60;
const GREATER = 62;

/** Reads what begins with the `<` at a place. */
export function readElement(around: Surroundings, at: number): ReadElement {
  const { text } = around;
  if (text.startsWith("!--", at + 1)) {
    const end = around.next("-->", at + 4);
    return { kind: "comment", end: around.leaf("comment", at, end === -1 ? text.length : end + 3) };
  }
  const isClosing = text.charCodeAt(at + 1) === SLASH;
  const nameStart = isClosing ? at + 2 : at + 1;
  let nameEnd = nameStart;
  while (nameEnd < nameStart + 16 && isLetter(text.charCodeAt(nameEnd))) nameEnd += 1;
  const tagEnd = nameEnd === nameStart ? -1 : endOfTag(text, nameEnd);
  if (tagEnd === -1) return { kind: "other", end: at + 1 };
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  if (name === "table") return { kind: isClosing ? "closeTable" : "openTable", end: tagEnd };
  if (isClosing || !(name === "ref" || rawElements.has(name)))
    return { kind: "other", end: around.leaf("tag", at, tagEnd) };
  const kind = name === "ref" || name === "nowiki" ? name : "raw";
  const end = isSelfClosed(text, tagEnd) ? tagEnd : endOfElement(around, name, tagEnd);
  return { kind: "other", end: around.leaf(kind, at, end) };
}

/** The end of an element whose opening tag ends at `tagEnd`: behind its closing tag, or that place if it has none. */
function endOfElement(around: Surroundings, name: string, tagEnd: number): number {
  const { text } = around;
  const closer = closing(around, name, tagEnd);
  if (closer === -1) return tagEnd;
  if (!literalElements.has(name)) {
    const opener = around.next(`<${name}`, tagEnd);
    if (opener !== -1 && opener < closer && !isSelfClosed(text, endOfTag(text, opener + 1))) return tagEnd;
    const heading = around.next("\n==", tagEnd);
    if (heading !== -1 && heading < closer) return tagEnd;
  }
  const end = endOfTag(text, closer + 2);
  return end === -1 ? closer + name.length + 2 : end;
}

function closing(around: Surroundings, name: string, from: number): number {
  let found = -1;
  for (const tag of closingTags.get(name) ?? []) {
    const at = around.next(tag, from);
    if (at !== -1 && (found === -1 || at < found)) found = at;
  }
  return found;
}

/** `<ref name=x/>`, also with white space behind the stroke. */
function isSelfClosed(text: string, tagEnd: number): boolean {
  let i = tagEnd - 2;
  while (text.charCodeAt(i) === 32) i -= 1;
  return tagEnd !== -1 && text.charCodeAt(i) === SLASH;
}

function endOfTag(text: string, from: number): number {
  const limit = Math.min(text.length, from + 600);
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === GREATER) return i + 1;
    if (code === LESS) return -1;
  }
  return -1;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
