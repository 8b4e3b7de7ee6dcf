/**
 * The sentences of a paragraph that hold links, with what they deny. Words inside a link are its name and deny
 * nothing: "[[ineffective erythropoiesis]]" is a mechanism, "[[absent P wave]]" a finding.
 */
import type { Flat, FlatLink } from "../wikitext/plain.ts";
import { sentencesOf } from "../wikitext/sentences.ts";
import { deniedStretches, type Stretch } from "./negation.ts";

export interface LinkedSentence {
  /** Range in the plain text of the paragraph. */
  readonly start: number;
  readonly end: number;
  readonly links: readonly FlatLink[];
  /** Ranges of the sentence that affirm nothing, counted from its start. */
  readonly denied: readonly Stretch[];
  /** The sentence with the words of its links as signs that mean nothing. */
  readonly masked: string;
}

/** Splits a paragraph; sentences without links are left out. */
export function* linkedSentences(flat: Flat): Generator<LinkedSentence> {
  let next = 0;
  for (const { start, end } of sentencesOf(flat.text)) {
    const first = next;
    while (next < flat.links.length && (flat.links[next] as FlatLink).start < end) next += 1;
    if (first === next) continue;
    const links = flat.links.slice(first, next);
    const masked = maskLinks(flat, start, end, links);
    yield { start, end, links, denied: deniedStretches(masked), masked };
  }
}

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
