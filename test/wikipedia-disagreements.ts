/**
 * Where the wikitext reader and wtf_wikipedia differ on links: each class is a row with its reason, told by the markup
 * around the link and never by the page.
 */
import { decodeEntities } from "../src/discover/wikitext/entities.ts";
import { firstFrom } from "../src/discover/wikitext/nodes.ts";
import type { ReadPage, Section } from "../src/discover/wikitext/sections.ts";
import { normaliseTitle } from "../src/discover/wikitext/titles.ts";

/** A link as it is compared. */
export interface Seen {
  readonly name: string;
  /** Where the link stands in the page; -1 for links of the other reader, which knows no places. */
  readonly at: number;
}

interface Disagreement {
  readonly side: "ours" | "theirs";
  readonly name: string;
  readonly reason: string;
  readonly explains: (link: Seen, page: ReadPage, section: Section) => boolean;
}

/** The classes; the first one that explains a link counts it. */
export const disagreements: readonly Disagreement[] = [
  {
    side: "ours",
    name: "redirect",
    reason: "it reads no prose on a page that is a redirect",
    explains: (_, page) => /^\s*#\S+\s*:?\s*\[\[/.test(page.scan.text),
  },
  {
    side: "ours",
    name: "template",
    reason: "it drops the words of quotes, list templates and wrappers such as {{lang}} with their links",
    explains: ({ at }, page) => page.boxes.some((box) => box.start < at && at < box.end),
  },
  {
    side: "ours",
    name: "broken markup",
    reason: "a link or reference that is never closed swallows the next link or the rest of its paragraph",
    explains: ({ at }, page, section) => isBehindBroken(page, section, at),
  },
  {
    side: "ours",
    name: "language variant",
    reason: "it leaves -{…}- as it is written; a reader of Chinese sees one of its parts",
    explains: ({ at }, page) => page.scan.text.slice(at, at + 200).includes("-{"),
  },
  {
    side: "ours",
    name: "tail",
    reason: "it knows tails of the letters a to z alone, and takes capitals for them",
    explains: ({ at }, page) =>
      /^\[\[[^\]]*\]\][a-z]*(?:[A-Z]|[^\P{Ll}a-z])/u.test(page.scan.text.slice(at, at + 300)),
  },
  {
    side: "ours",
    name: "lost",
    reason: "it has lost a link that the page plainly has, outside tables, references and templates",
    explains: ({ name, at }, page, section) => name === plainLinkAt(page.scan.text, section, at),
  },
  {
    side: "theirs",
    name: "tail",
    reason: "it knows tails of the letters a to z alone, and takes capitals for them",
    explains: ({ name }, page, section) =>
      [
        ...page.scan.text
          .slice(section.start, section.end)
          .matchAll(/\[\[([^\]|#]*)[^\]]*\]\][a-z]*(?:[A-Z]|[^\P{Ll}a-z])/gu),
      ].some((link) => name.startsWith(`${normaliseTitle(plainWords(link[1] as string))} | `)),
  },
  {
    side: "theirs",
    name: "hidden",
    reason: "it takes words of HTML tables, galleries and broken references for prose",
    explains: ({ name }, page, section) => isHiddenLink(page, section, name.split(" | ")[0] as string),
  },
  {
    side: "theirs",
    name: "broken markup",
    reason: "a link that is never closed begins its next link",
    explains: ({ name }) => name.includes("[["),
  },
  {
    side: "theirs",
    name: "language variant",
    reason: "it leaves -{…}- as it is written; a reader of Chinese sees one of its parts",
    explains: ({ name }) => name.includes("-{"),
  },
];

/** True behind a `[[` or `<ref …>` of the same paragraph that is never closed, or is closed by the wrong quote. */
function isBehindBroken(page: ReadPage, section: Section, at: number): boolean {
  const { text } = page.scan;
  const from = Math.max(section.start, text.lastIndexOf("\n\n", at));
  const before = text.slice(from, at);
  const references = before.replace(/<ref[^<>]*\/\s*>|<ref[^<>]*>[\s\S]*?<\/ref>/gi, "");
  if (/<ref/i.test(references) || /<ref[^>]*=\s*(?:'[^'">]*"|"[^'">]*')[^>]*>/i.test(before)) return true;
  return references.split("[[").length > references.split("]]").length;
}

/** Name of a link as it is written at a place, if it is simple and stands in no table, reference, template or comment. */
function plainLinkAt(text: string, section: Section, at: number): string | undefined {
  const before = text.slice(section.start, at).replace(/<ref[^<>]*\/\s*>/gi, "");
  const pairs = [
    /\n[ :]*\{\|/g,
    /\n[ :]*\|\}/g,
    /<ref/gi,
    /<\/ref/gi,
    /\{\{/g,
    /\}\}/g,
    /<!--/g,
    /-->/g,
    /<table/gi,
    /<\/table/gi,
  ];
  const counts = pairs.map((one) => before.match(one)?.length ?? 0);
  for (let i = 0; i < counts.length; i += 2)
    if ((counts[i] as number) > (counts[i + 1] as number)) return undefined;
  const link = /^\[\[([^[\]|#<>{}]+)(?:#[^[\]|]*)?(?:\|([^[\]|<>{}]+))?\]\](\p{Ll}*)/u.exec(
    text.slice(at, at + 400),
  );
  return link ? nameOf(link[1] as string, (link[2] ?? (link[1] as string)) + (link[3] as string)) : undefined;
}

/** True when a link to a title is written in a table, reference or gallery of the section. */
function isHiddenLink(page: ReadPage, section: Section, title: string): boolean {
  const { nodes, text } = page.scan;
  const rest = title.slice(1).toLowerCase();
  for (let i = firstFrom(nodes, section.start); i < nodes.length; i++) {
    const node = nodes[i];
    if (node === undefined || node.start >= section.end) break;
    const isHiding = node.kind === "table" || node.kind === "ref" || node.kind === "raw";
    if (isHiding && plainWords(text.slice(node.start, node.end)).toLowerCase().includes(rest)) return true;
  }
  return false;
}

/** Words as they are compared: without quotes, with plain spaces. */
export function plainWords(text: string): string {
  return decodeEntities(text)
    .replace(/'{2,}/g, "")
    .replace(/[\s_]+/g, " ")
    .trim();
}

/** A link by its target and words. */
export function nameOf(target: string, words: string): string {
  return `${normaliseTitle(plainWords(target))} | ${plainWords(words)}`;
}
