/**
 * The text between the nodes of a page: quotes for bold and italics, character entities, list markers, magic words,
 * variants of a script, and what was opened and never closed.
 *
 * Invariant: each character is looked at a fixed number of times.
 */

import { decodeEntity } from "./entities.ts";
import { breakLine, copy, type Draft, insert } from "./flat.ts";
import type { WikiNode } from "./nodes.ts";
import { addQuotes } from "./quotes.ts";
import { variantAt } from "./variants.ts";

const NEWLINE = 10;
const SPACE = 32;
const AMPERSAND = 38;
const QUOTE = 39;
const MINUS = 45;
const SEMICOLON = 59;
const OPEN_BRACKET = 91;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Characters that may be markup. */
const special = new Uint8Array(128);
for (const code of [NEWLINE, AMPERSAND, QUOTE, MINUS, OPEN_BRACKET, UNDERSCORE, OPEN_BRACE, CLOSE_BRACE])
  special[code] = 1;

/** Adds the text from `start` to `end`, which holds no node. */
export function addRun(draft: Draft, nodes: readonly WikiNode[], start: number, end: number): void {
  const { text } = draft;
  let from = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code >= 128 || special[code] === 0) {
      at += 1;
      continue;
    }
    const to = addMark(draft, nodes, code, from, at, end);
    if (to > at) from = to;
    at = Math.max(to, at + 1);
  }
  copy(draft, from, end);
}

/** Adds the text from `from` to the mark at `at`, and the mark; returns its end, or `at` where there is no mark. */
function addMark(
  draft: Draft,
  nodes: readonly WikiNode[],
  code: number,
  from: number,
  at: number,
  end: number,
): number {
  const { text } = draft;
  const following = at + 1 < end ? text.charCodeAt(at + 1) : -1;
  switch (code) {
    case NEWLINE:
      copy(draft, from, at);
      return addLineEnd(draft, at, end);
    case QUOTE:
      if (following !== QUOTE) return at;
      copy(draft, from, at);
      return addQuotes(draft, nodes, at, end);
    case AMPERSAND: {
      let semicolon = at + 2;
      while (semicolon < end && semicolon < at + 12 && text.charCodeAt(semicolon) !== SEMICOLON)
        semicolon += 1;
      if (semicolon >= end || text.charCodeAt(semicolon) !== SEMICOLON) return at;
      const shown = decodeEntity(text.slice(at + 1, semicolon));
      if (shown === undefined) return at;
      copy(draft, from, at);
      insert(draft, shown, at, semicolon + 1);
      return semicolon + 1;
    }
    case UNDERSCORE: {
      const to = following === UNDERSCORE ? endOfMagicWord(text, at, end) : at;
      if (to > at) copy(draft, from, at);
      return to;
    }
    case MINUS: {
      const variant = following === OPEN_BRACE ? variantAt(text, at, end) : undefined;
      if (variant === undefined) return at;
      copy(draft, from, at);
      copy(draft, variant.start, variant.end);
      return variant.markupEnd;
    }
    default:
      if (following !== code) return at;
      copy(draft, from, at);
      return code === OPEN_BRACE ? endOfBrokenTemplate(text, at, end) : at + 2;
  }
}

/** A line end is a space, or the border of a list item; it ends bold. */
function addLineEnd(draft: Draft, at: number, end: number): number {
  const { text, bold } = draft;
  if (bold.length % 2 === 1) bold.push(draft.plain.length);
  let content = at + 1;
  while (content < end && isMarker(text.charCodeAt(content))) content += 1;
  if (content === at + 1) {
    insert(draft, " ", at, content);
    return content;
  }
  breakLine(draft, at);
  while (content < end && text.charCodeAt(content) === SPACE) content += 1;
  return content;
}

/** True for the characters that begin a list item. */
export function isMarker(code: number): boolean {
  return code === 42 || code === 35 || code === 58 || code === 59;
}

/** `__NOTOC__`, `__KEIN_INHALTSVERZEICHNIS__`: returns its end, or `at`. */
function endOfMagicWord(text: string, at: number, end: number): number {
  const rest = text.slice(at + 2, Math.min(end, at + 44));
  const word = /^\p{Lu}+(?:_\p{Lu}+)*__|^\p{Lo}{2,}__/u.exec(rest);
  return word ? at + 2 + word[0].length : at;
}

/** `{{citation needed}`, closed with one brace, hides its words; of others only the braces are hidden. */
function endOfBrokenTemplate(text: string, at: number, end: number): number {
  const broken = /^\{\{[^{}\n[\]]{1,80}\}/.exec(text.slice(at, Math.min(end, at + 84)));
  return at + (broken ? broken[0].length : 2);
}
