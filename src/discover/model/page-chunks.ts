/**
 * What a model is shown of a page: the box and the prose as wikitext, in chunks of a bounded length, and the way back
 * from a quote to its place (paper §3.1).
 *
 * Invariant: a stretch is a range of the page's wikitext, letter for letter, so a quote inside one is literal.
 * References, comments, tables, files, templates on lines of their own, and sections such as References are not
 * shown: they cost half the length of a page and hold no statement.
 */
import type { Place } from "../reading/survey-record.ts";
import { firstFrom, type WikiNode } from "../wikitext/nodes.ts";
import type { ReadPage, Section } from "../wikitext/sections.ts";
import { sentencesOf } from "../wikitext/sentences.ts";
import { templateName } from "../wikitext/templates.ts";
import { linkTarget } from "../wikitext/titles.ts";

/** A range of the page that is shown whole. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly section: Section;
}

export interface Chunk {
  readonly stretches: readonly Stretch[];
  /** What is shown: headings as "== … ==" lines, then the stretches one after the other. */
  readonly text: string;
}

const LONGEST_HEADING = 80;

const silent =
  /^(?:references?|notes?|footnotes?|citations?|sources?|see also|external links?|further reading|bibliography|gallery)$/iu;

/** Templates that cite or remark and say nothing of the subject. */
const remarks =
  /^(?:cite|citation|sfn|efn|refn|rp$|r$|harv|cn$|fact$|medcn|mcn$|clarify|when|who$|which|page needed|update|main$|main article|see also|further|short description|use |about$|for$|good article|pp|authority control|reflist|div col end|defaultsort|displaytitle)/u;

/** Templates that are lists of what they hold. */
const itemLists = /list|^ubl|^csv$|^columns|^div col/u;

/** The page in chunks of at most `maxCharacters`, cut between sections, else lines, else sentences. */
export function chunksOf(read: ReadPage, maxCharacters: number): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Stretch[] = [];
  let length = 0;
  const close = (): void => {
    if (open.length > 0) chunks.push({ stretches: open, text: shown(read, open) });
    open = [];
    length = 0;
  };
  for (const section of read.sections) {
    if ([...section.above, section.heading].some((heading) => silent.test(heading))) continue;
    const stretches = stretchesOf(read, section);
    const heading = headingOf(section).length;
    const whole = stretches.reduce((sum, { start, end }) => sum + end - start, heading);
    if (stretches.length === 0) continue;
    if (length + whole > maxCharacters) close();
    const limit = maxCharacters - heading;
    for (const piece of whole <= maxCharacters
      ? stretches
      : stretches.flatMap((one) => cut(read, one, limit))) {
      if (length > 0 && length + heading + piece.end - piece.start > maxCharacters) close();
      const last = open.at(-1);
      if (last !== undefined && last.section === section && last.end === piece.start)
        open[open.length - 1] = { ...last, end: piece.end };
      else open.push(piece);
      length += piece.end - piece.start + (last?.section === section ? 0 : heading);
    }
  }
  close();
  return chunks;
}

/** Where the quote stands, the first place in the chunk; undefined when it is in none of its stretches. */
export function placeOfQuote(read: ReadPage, chunk: Chunk, quote: string): Place | undefined {
  if (quote === "") return undefined;
  for (const { start, end, section } of chunk.stretches) {
    const at = read.scan.text.slice(start, end).indexOf(quote);
    if (at === -1) continue;
    const from = start + at;
    return { section: nameOfPlace(read, section, from), start: from, end: from + quote.length, quote };
  }
  return undefined;
}

/** "infobox:<field>" inside a field of a box that stands in the lead, else the heading. */
function nameOfPlace(read: ReadPage, section: Section, at: number): string {
  if (section.level > 0) return section.heading;
  const box = read.boxes.find(({ start, end }) => start <= at && at < end);
  const field = box?.parameters.find(({ start, end }) => start <= at && at < end);
  return field === undefined || /^\d+$/u.test(field.name) ? section.heading : `infobox:${field.name}`;
}

function headingOf(section: Section): string {
  if (section.level === 0) return "";
  const words = [...section.above, section.heading].join(" > ").slice(-LONGEST_HEADING);
  return `\n== ${words} ==\n`;
}

function shown(read: ReadPage, stretches: readonly Stretch[]): string {
  let text = "";
  let section: Section | undefined;
  for (const stretch of stretches) {
    if (stretch.section !== section) text += headingOf(stretch.section);
    section = stretch.section;
    text += read.scan.text.slice(stretch.start, stretch.end);
  }
  return text;
}

/** The parts of a section that are shown. */
function stretchesOf(read: ReadPage, section: Section): Stretch[] {
  const { text, nodes } = read.scan;
  const out: Stretch[] = [];
  let at = section.start;
  const keepTo = (end: number): void => {
    if (text.slice(at, end).trim() !== "") out.push({ start: at, end, section });
  };
  let i = firstFrom(nodes, section.start);
  while (i < nodes.length) {
    const node = nodes[i] as WikiNode;
    if (node.start >= section.end) break;
    if (node.kind === "dropped" || node.start < at || node.end > section.end || !isCut(read, node)) {
      i += 1;
      continue;
    }
    keepTo(node.start);
    at = node.end;
    i = Math.max(node.after, i + 1);
  }
  keepTo(section.end);
  return out;
}

function isCut(read: ReadPage, node: WikiNode): boolean {
  const { text } = read.scan;
  switch (node.kind) {
    case "ref":
    case "comment":
    case "table":
    case "raw":
      return true;
    case "link":
      return linkTarget(text.slice(node.start + 2, node.pipes[0] ?? node.end - 2)).kind === "skipped";
    case "template": {
      const name = templateName(read.scan, node);
      if (remarks.test(name)) return true;
      return standsAlone(text, node) && !isBox(node) && !itemLists.test(name);
    }
    default:
      return false;
  }
}

/** A box has fields with names. */
function isBox(node: WikiNode): boolean {
  return node.equals.filter((at) => at !== -1).length >= 2;
}

function standsAlone(text: string, node: WikiNode): boolean {
  const before = text.charCodeAt(node.start - 1);
  const after = text.charCodeAt(node.end);
  return (node.start === 0 || before === 10) && (node.end === text.length || after === 10);
}

/** A stretch in pieces of at most `limit` characters. */
function cut(read: ReadPage, stretch: Stretch, limit: number): Stretch[] {
  const { text } = read.scan;
  const ends: number[] = [];
  for (let at = stretch.start; at < stretch.end; ) {
    const newline = text.indexOf("\n", at);
    const lineEnd = newline === -1 || newline >= stretch.end ? stretch.end : newline + 1;
    if (lineEnd - at <= limit) ends.push(lineEnd);
    else {
      const line = text.slice(at, lineEnd);
      const sentences = sentencesOf(line).map(({ end }) => at + end);
      if (sentences.at(-1) !== lineEnd) sentences.push(lineEnd);
      let from = at;
      for (const end of sentences) {
        while (end - from > limit) {
          from = wholeCharacter(text, from + limit);
          ends.push(from);
        }
        ends.push(end);
        from = end;
      }
    }
    at = lineEnd;
  }
  // Neighbours that fit together are one piece, so that a quote may span them.
  const pieces: Stretch[] = [];
  let start = stretch.start;
  let last = start;
  for (const end of ends) {
    if (end - start > limit && last > start) {
      pieces.push({ ...stretch, start, end: last });
      start = last;
    }
    last = end;
  }
  if (last > start) pieces.push({ ...stretch, start, end: last });
  return pieces;
}

/** Never between the two halves of a character. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
