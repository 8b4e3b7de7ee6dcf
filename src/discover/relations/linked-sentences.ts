/**
 * The sentences of a paragraph, with their links and what they deny. Words inside a link are its name and deny
 * nothing: "[[ineffective erythropoiesis]]" is a mechanism, "[[absent P wave]]" a finding.
 *
 * Invariant: what is longer than a sentence of prose can be is left out, so that a page takes no longer than its length.
 */
import type { Flat, FlatLink } from "../wikitext/plain.ts";
import { sentencesOf } from "../wikitext/sentences.ts";

export interface LinkedSentence {
  /** Range in the plain text of the paragraph. */
  readonly start: number;
  readonly end: number;
  /** Those that stand in it; none in a sentence of plain words. */
  readonly links: readonly FlatLink[];
  /** The sentence with the words of its links as signs that mean nothing. */
  readonly masked: string;
}

/** A list of a hundred links with their remarks is shorter. */
const LONGEST = 6000;

/** Splits a paragraph. */
export function* linkedSentences(flat: Flat): Generator<LinkedSentence> {
  let next = 0;
  for (const { start, end } of sentencesOf(flat.text)) {
    const first = next;
    while (next < flat.links.length && (flat.links[next] as FlatLink).start < end) next += 1;
    if (end - start > LONGEST) continue;
    const links = first === next ? none : flat.links.slice(first, next);
    yield { start, end, links, masked: maskLinks(flat, start, end, links) };
  }
}

const none: readonly FlatLink[] = [];

/** The text of a range with the words of its links as signs that mean nothing. */
export function maskLinks(flat: Flat, start: number, end: number, links: readonly FlatLink[]): string {
  let text = "";
  let at = start;
  for (const link of links) {
    const from = Math.max(link.start, at);
    const to = Math.min(link.end, end);
    if (to <= from) continue;
    text += flat.text.slice(at, from) + "@".repeat(to - from);
    at = to;
  }
  return text + flat.text.slice(at, end);
}
