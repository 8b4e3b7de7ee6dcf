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
  /** The whole item, and where the words stand in it. */
  readonly item: string;
  readonly at: number;
  /** The bold name of the group that the item is listed under: '''Baby'''. */
  readonly group?: string;
  /** Range in the page of the whole item. */
  readonly start: number;
  readonly end: number;
}

const nothing =
  /^(?:none|unknown|variable|varies|various|n\/a|other|others|no|yes|etc|usually none|unclear|-|–|—|\?)\.?$/i;

/** Words that name no single thing. */
const general =
  /^(?:virus(?:es)?|viral|bacteri(?:a|um|al)|fung(?:i|us|al)|parasit(?:es?|ic)|infections?|infectious|drugs?|medications?|medicines?|genetics?|genetic mutations?|mutations?|surgical|others?|several|various|many)$/i;

function isJoined(gap: string): boolean {
  return /^[a-z]* (?:[a-z]+ ){0,2}(?:by|via|through|from|carried|transmitted|spread|during|after|in)\b[^,;)]*$/i.test(
    gap,
  );
}

/** Splits a field into its values. */
export function valuesOf(flat: Flat): FieldValue[] {
  const { text } = flat;
  const denied = deniedStretches(maskLinks(flat, 0, text.length, flat.links));
  const out: FieldValue[] = [];
  for (const item of itemsOf(flat)) {
    const links = linksIn(flat, item.start, item.end).filter(
      (link) => link.start >= item.start && link.end <= item.end,
    );
    if (item.continues && links.length === 0) continue;
    // Brackets are looked for in the item alone, so that a long field takes no longer than its length.
    const whole = text.slice(item.from, item.end);
    const own = text.slice(item.start, item.end);
    const open = own.indexOf("(");
    const bracket = open === -1 ? item.end : item.start + open;
    const before = links.filter((link) => link.start < bracket);
    const behind = open === -1 ? -1 : own.indexOf(")", open);
    const after = behind === -1 ? [] : links.filter((link) => link.start > item.start + behind);
    const place = placeOf(flat, item.from, item.end);
    const said = { item: whole, ...(item.group === undefined ? {} : { group: item.group }), ...place };
    // "[[Virus|Viral]] (usually [[rhinovirus]])": the bracket says what the general word leaves open.
    const isOpen = bracket < item.end && general.test(text.slice(item.start, bracket).trim());
    const meant = isOpen ? links.filter((link) => link.start > bracket) : [...before, ...after];
    for (const [index, link] of meant.entries()) {
      if (!isAffirmed(denied, link.start)) continue;
      // "[[Dengue virus]] by [[Aedes]] mosquitoes": what a preposition joins tells more of the value in front.
      const previous = meant[index - 1];
      if (previous && !isOpen && isJoined(text.slice(previous.end, link.start))) continue;
      const at = link.start - item.from;
      out.push({ text: text.slice(link.start, link.end), target: link.target, at, ...said });
    }
    if (meant.length > 0) continue;
    const words = text
      .slice(item.start, bracket)
      .trim()
      .replace(/[.\s]+$/, "");
    if (words === "" || nothing.test(words) || !isAffirmed(denied, item.start)) continue;
    out.push({ text: words, at: item.start - item.from, ...said });
  }
  return out;
}

/** The range in the page of a range of plain text, with the quotes and brackets round it. */
export function placeOf(flat: Flat, start: number, end: number): { start: number; end: number } {
  let from = flat.source(start);
  let to = flat.sourceEnd(end);
  for (const link of linksIn(flat, start, end)) {
    from = Math.min(from, link.sourceStart);
    to = Math.max(to, link.sourceEnd);
  }
  return { start: from, end: to };
}

/** The links whose words overlap a range of the plain text; links are in order and do not overlap. */
function linksIn(flat: Flat, start: number, end: number): readonly FlatLink[] {
  const { links } = flat;
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links[middle] as FlatLink).end <= start) low = middle + 1;
    else high = middle;
  }
  let to = low;
  while (to < links.length && (links[to] as FlatLink).start < end) to += 1;
  return links.slice(low, to);
}

interface Item {
  /** Where its adverb begins, and where its own words do. */
  from: number;
  start: number;
  end: number;
  /** The bold name of the group that it is listed under on its line. */
  group?: string;
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
  let group: string | undefined;
  const add = (end: number): void => {
    const item = trimmed(flat, {
      from: start,
      start,
      end,
      continues,
      ...(group === undefined ? {} : { group }),
    });
    group = item.group;
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
    if (separator[0] === "\n") group = undefined;
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
  const { text } = flat;
  if (at - start > 40) return false;
  if (!adjective.test(text.slice(start, at).trim())) return false;
  if (linksIn(flat, start, at).length > 0) return false;
  return /^[\w-]+ [\w-]/.test(text.slice(behind));
}

function isBetween(flat: Flat, at: number): boolean {
  const { text } = flat;
  if (text.charCodeAt(at - 1) === 32 && text.charCodeAt(at + 1) === 32) return true;
  const [left, right] = linksIn(flat, at - 1, at + 2);
  return left?.end === at && right?.start === at + 1;
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
  let { start, end, group } = item;
  for (let i = firstBold(bold, start); i + 1 < bold.length && (bold[i] as number) <= start + 1; i += 2) {
    const from = bold[i] as number;
    const to = bold[i + 1] as number;
    if (from > start + 1 || to <= start || to > end) continue;
    const colon = text.slice(to - 1, to + 2).indexOf(":");
    if (colon === -1) continue;
    group = text.slice(from, to).replace(/:$/, "").trim();
    start = Math.min(end, to - 1 + colon + 1);
  }
  const isEdge = (code: number): boolean => code <= 32 || code === 46 || code === 58 || code === 0xa0;
  while (start < end && isEdge(text.charCodeAt(start))) start += 1;
  while (end > start && isEdge(text.charCodeAt(end - 1))) end -= 1;
  const joint = /^(?:and|or|also) /i.exec(text.slice(start, Math.min(end, start + 5)));
  if (joint) start += joint[0].length;
  // Words of how often belong to the value, though not to its name.
  const leading = adverb.exec(text.slice(start, Math.min(end, start + 24)));
  const from = start;
  if (leading) start += leading[0].length;
  return { from, start, end, continues: item.continues, ...(group === undefined ? {} : { group }) };
}

const adverb =
  /^(?:also |more |less |most )?(?:sometimes|often|usually|possibly|occasionally|commonly|at times|mainly|mostly|chiefly|typically|frequently|probably|perhaps|in some|especially|commonly),? /i;

/** Index of the first bold range that ends behind a place. */
function firstBold(bold: readonly number[], at: number): number {
  let low = 0;
  let high = bold.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bold[2 * middle + 1] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}
