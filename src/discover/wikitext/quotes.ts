/**
 * Bold and italics: runs of two, three or five quotes, told apart as MediaWiki does, line by line.
 *
 * Invariant: each line is looked at once, whatever it holds.
 */
import { copy, type Draft } from "./flat.ts";
import { firstFrom, type WikiNode } from "./nodes.ts";

const QUOTE = 39;

/** Adds what two quotes or more show: what is too many are apostrophes. Returns their end. */
export function addQuotes(draft: Draft, nodes: readonly WikiNode[], at: number, end: number): number {
  const { text } = draft;
  let to = at;
  while (to < end && text.charCodeAt(to) === QUOTE) to += 1;
  if (at >= draft.quotedTo) countQuotes(draft, nodes, at);
  const count = to - at;
  const isDemoted = at === draft.demoted;
  const apostrophes = isDemoted || count === 4 ? 1 : Math.max(0, count - 5);
  copy(draft, at, at + apostrophes);
  if (!isDemoted && count - apostrophes >= 3) draft.bold.push(draft.plain.length);
  return to;
}

/**
 * Finds the run of three quotes in a line that is an apostrophe and italics, as in `l'''E. coli''`: there is one where
 * bold and italics are both left open; it stands behind a word of one letter, or else behind a longer one.
 */
function countQuotes(draft: Draft, nodes: readonly WikiNode[], at: number): void {
  const rest = draft.text.slice(at, draft.to);
  const newline = rest.indexOf("\n");
  const lineEnd = newline === -1 ? rest.length : newline;
  let bold = 0;
  let italic = 0;
  /** The first run of three behind a word of one letter, behind a longer word, and behind a space. */
  const firsts = [-1, -1, -1];
  let index = firstFrom(nodes, at);
  let place = 0;
  for (;;) {
    place = rest.indexOf("''", place);
    if (place === -1 || place >= lineEnd) break;
    let node = nodes[index];
    while (node && node.start <= at + place) {
      const isPassed = isHidden(node) || node.end <= at + place;
      if (isHidden(node) && node.end > at + place) place = node.end - at;
      index = isPassed ? Math.max(node.after, index + 1) : index + 1;
      node = nodes[index];
    }
    if (rest.charCodeAt(place) !== QUOTE || rest.charCodeAt(place + 1) !== QUOTE) continue;
    let to = place;
    while (rest.charCodeAt(to) === QUOTE) to += 1;
    const count = to - place;
    if (count === 2 || count >= 5) italic += 1;
    if (count >= 3) bold += 1;
    if (count === 3) {
      const before = draft.text.charAt(at + place - 1);
      const rank = before === " " ? 2 : draft.text.charAt(at + place - 2) === " " ? 0 : 1;
      if (firsts[rank] === -1) firsts[rank] = at + place;
    }
    place = to;
  }
  draft.quotedTo = at + lineEnd;
  const isOpen = bold % 2 === 1 && italic % 2 === 1;
  draft.demoted = isOpen ? (firsts.find((one) => one !== -1) ?? -1) : -1;
}

function isHidden(node: WikiNode): boolean {
  return node.kind !== "link" && node.kind !== "external" && node.kind !== "tag" && node.kind !== "dropped";
}
