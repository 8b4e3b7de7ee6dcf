/**
 * What the scanner finds in a page, as plain records with offsets.
 *
 * Invariant: nodes are in order of `start`; a node of kind "dropped" was opened and never closed, its text is plain.
 */

export type NodeKind =
  | "template"
  | "link"
  | "external"
  | "table"
  | "comment"
  | "ref"
  | "nowiki"
  | "raw"
  | "tag"
  | "dropped";

export interface WikiNode {
  kind: NodeKind;
  readonly start: number;
  end: number;
  /** Index of the first node that is not inside this one. */
  after: number;
  /** Offsets of the `|` of a template or link, outside anything nested in it. */
  pipes: number[];
  /** For each pipe of a template the offset of the first `=` behind it, or -1. */
  equals: number[];
  /** Set on a box that was never closed and ends with the line of its last parameter. */
  isCut?: true;
}

export interface Heading {
  readonly level: number;
  /** The whole line. */
  readonly start: number;
  readonly end: number;
  /** Between the equals signs. */
  readonly titleStart: number;
  readonly titleEnd: number;
}

export interface Scan {
  readonly text: string;
  readonly nodes: readonly WikiNode[];
  readonly headings: readonly Heading[];
}

/** Index of the first node that starts at or behind `at`. */
export function firstFrom(nodes: readonly WikiNode[], at: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as WikiNode).start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
