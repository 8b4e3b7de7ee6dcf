/**
 * Plain text that knows where in the page each of its characters and links stands, and how it grows.
 *
 * Invariant: segments are in the order of the plain text; a copy maps character by character, an insertion as a whole.
 * Nothing reads back what was written, so that growing is linear.
 */

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

const NEWLINE = 10;

export interface Draft {
  /** The page, and the end of the part of it that is read. */
  readonly text: string;
  readonly to: number;
  plain: string;
  /** Code of the last character of `plain`. */
  last: number;
  /** Where each segment begins in the plain text, and where that is in the page. */
  readonly plainAt: number[];
  readonly sourceAt: number[];
  /** End of each segment in the page if it is an insertion, -1 if it is a copy. */
  readonly sourceTo: number[];
  /** Where in the page the copy at the end of the plain text ends, -1 behind an insertion. */
  copiedTo: number;
  readonly links: FlatLink[];
  readonly bold: number[];
  /** End of the line whose quotes were counted, and the run of quotes in it that is an apostrophe and italics. */
  quotedTo: number;
  demoted: number;
}

/** An empty draft of the part of a page that ends at `to`. */
export function openDraft(text: string, to: number): Draft {
  return {
    text,
    to,
    plain: "",
    last: 0,
    plainAt: [],
    sourceAt: [],
    sourceTo: [],
    copiedTo: -1,
    links: [],
    bold: [],
    quotedTo: -1,
    demoted: -1,
  };
}

/** Adds a part of the page as it is. */
export function copy(draft: Draft, start: number, end: number): void {
  if (start >= end) return;
  if (start !== draft.copiedTo) {
    draft.plainAt.push(draft.plain.length);
    draft.sourceAt.push(start);
    draft.sourceTo.push(-1);
  }
  draft.copiedTo = end;
  draft.plain += draft.text.slice(start, end);
  draft.last = draft.text.charCodeAt(end - 1);
}

/** Adds words that stand for a part of the page. */
export function insert(draft: Draft, shown: string, start: number, end: number): void {
  if (shown === "") return;
  draft.plainAt.push(draft.plain.length);
  draft.sourceAt.push(start);
  draft.sourceTo.push(end);
  draft.copiedTo = -1;
  draft.plain += shown;
  draft.last = shown.charCodeAt(shown.length - 1);
}

/** Begins a new line, unless one has just begun. */
export function breakLine(draft: Draft, at: number): void {
  if (draft.plain !== "" && draft.last !== NEWLINE) insert(draft, "\n", at, at + 1);
}

/** The plain text and its way back; `from` is where the part of the page begins. */
export function closeDraft(draft: Draft, from: number): Flat {
  const { plain, links, bold, plainAt, sourceAt, sourceTo } = draft;
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
