/**
 * The values of a box's field: one for each item of its list, with the exact place of each in the page.
 *
 * Invariant: `None`, group names (`'''Baby''':`) and what is in brackets behind a value are no values themselves.
 */
import type { Flat, FlatLink } from "../wikitext/plain.ts";
import { maskLinks } from "./linked-sentences.ts";
import { deniedStretches, isAffirmed } from "./negation.ts";

export interface FieldValue {
  /** The words of the value, or of its link. */
  readonly text: string;
  /** Title behind the words, when they are a link. */
  readonly target?: string;
  /** Range in the page of the whole item. */
  readonly start: number;
  readonly end: number;
}

const nothing =
  /^(?:none|unknown|variable|varies|various|n\/a|other|others|no|yes|etc|usually none|unclear|-|–|—|\?)\.?$/i;

/** Splits a field into its values. */
export function valuesOf(flat: Flat): FieldValue[] {
  const { text } = flat;
  const denied = deniedStretches(maskLinks(flat, 0, text.length, flat.links));
  const out: FieldValue[] = [];
  for (const item of itemsOf(flat)) {
    if (item.continues && flat.links.every((link) => link.start < item.start || link.end > item.end))
      continue;
    const links = flat.links.filter((link) => link.start >= item.start && link.end <= item.end);
    const open = text.indexOf("(", item.start);
    const bracket = open === -1 || open >= item.end ? item.end : open;
    const before = links.filter((link) => link.start < bracket || link.end <= open);
    const behind = text.indexOf(")", bracket);
    const after = behind === -1 ? [] : links.filter((link) => link.start > behind && behind < item.end);
    const place = placeOf(flat, item.start, item.end);
    for (const link of [...before, ...after]) {
      if (!isAffirmed(denied, link.start)) continue;
      out.push({ text: text.slice(link.start, link.end), target: link.target, ...place });
    }
    if (before.length + after.length > 0) continue;
    const words = text
      .slice(item.start, bracket)
      .trim()
      .replace(/[.\s]+$/, "");
    if (words === "" || nothing.test(words) || !isAffirmed(denied, item.start)) continue;
    out.push({ text: words, ...place });
  }
  return out;
}

/** The range in the page of a range of plain text, with the quotes and brackets round it. */
export function placeOf(flat: Flat, start: number, end: number): { start: number; end: number } {
  let from = flat.source(start);
  let to = flat.sourceEnd(end);
  for (const link of flat.links) {
    if (link.start < end && link.end > start) {
      from = Math.min(from, link.sourceStart);
      to = Math.max(to, link.sourceEnd);
    }
  }
  return { start: from, end: to };
}

interface Item {
  start: number;
  end: number;
  /** Behind an "and" that joins the words of a phrase, as in "trouble with eating and drinking". */
  continues: boolean;
}

const separators = /[\n,;•·/]|\s(?:and|or|as well as)\s|\s\+\s|\s&\s/g;

/** Items end at line breaks, commas, semicolons and "and", outside links and brackets. */
function itemsOf(flat: Flat): Item[] {
  const { text, links } = flat;
  const out: Item[] = [];
  const depth = bracketDepths(text);
  let start = 0;
  let continues = false;
  const add = (end: number): void => {
    const item = trimmed(flat, { start, end, continues });
    if (item.end > item.start) out.push(item);
  };
  let link = 0;
  for (const separator of text.matchAll(separators)) {
    const at = separator.index;
    while (link < links.length && (links[link] as FlatLink).end <= at) link += 1;
    const inside = links[link];
    if (inside && inside.start <= at && inside.end > at) continue;
    if (separator[0] !== "\n" && (depth[at] as number) > 0) continue;
    // "HIV/AIDS" is one word; "A / B" and "[[A]]/[[B]]" are two.
    if (separator[0] === "/" && !isBetween(flat, at)) continue;
    const isJoint = /[a-z]/.test(separator[0]);
    if (isJoint && isHalf(flat, start, at, at + separator[0].length)) continue;
    add(at);
    continues =
      isJoint && (continues || /\b(?:to|of|in|with|for|by|from|on|at|near) /.test(text.slice(start, at)));
    start = at + separator[0].length;
  }
  add(text.length);
  return out;
}

/** Adjectives by their ending, but for the nouns that end like them. */
const adjective =
  /^(?!.*(?:biotic|uretic|lgesic|emetic|epileptic|psychotic|spasmodic|colic|panic|arsenic|val|metal|animal|hospital|capillary|artery|memory))[a-z-]{3,}(?:ic|al|ous|ive|ary|ory|oid|ular|immune)$/i;

/** "Anaerobic and aerobic bacteria": an adjective alone in front of "and" belongs to the noun behind it. */
function isHalf(flat: Flat, start: number, at: number, behind: number): boolean {
  const { text, links } = flat;
  if (at - start > 40) return false;
  if (!adjective.test(text.slice(start, at).trim())) return false;
  if (links.some((one) => one.start < at && one.end > start)) return false;
  return /^[\w-]+ [\w-]/.test(text.slice(behind));
}

function isBetween(flat: Flat, at: number): boolean {
  const { text, links } = flat;
  if (text.charCodeAt(at - 1) === 32 && text.charCodeAt(at + 1) === 32) return true;
  return links.some((one) => one.end === at) && links.some((one) => one.start === at + 1);
}

function bracketDepths(text: string): Uint8Array {
  const depths = new Uint8Array(text.length + 1);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 40 && depth < 200) depth += 1;
    depths[i] = depth;
    if (code === 41 && depth > 0) depth -= 1;
    else if (code === 10) depth = 0;
  }
  return depths;
}

/** An item without white space and without the bold name of its group. */
function trimmed(flat: Flat, item: Item): Item {
  const { text, bold } = flat;
  let { start, end } = item;
  for (let i = 0; i + 1 < bold.length; i += 2) {
    const from = bold[i] as number;
    const to = bold[i + 1] as number;
    if (from > start + 1 || to <= start || to > end) continue;
    const colon = text.slice(to - 1, to + 2).indexOf(":");
    if (colon !== -1) start = Math.min(end, to - 1 + colon + 1);
  }
  const isEdge = (code: number): boolean => code <= 32 || code === 46 || code === 58 || code === 0xa0;
  while (start < end && isEdge(text.charCodeAt(start))) start += 1;
  while (end > start && isEdge(text.charCodeAt(end - 1))) end -= 1;
  const leading = /^(?:and|or|also|sometimes|often|usually|possibly|occasionally|commonly) /i.exec(
    text.slice(start, Math.min(end, start + 14)),
  );
  if (leading) start += leading[0].length;
  return { start, end, continues: item.continues };
}
