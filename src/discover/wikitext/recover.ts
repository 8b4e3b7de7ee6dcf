/**
 * What the scanner makes of markup that is never closed: a box ends with its last parameter and a table with its last
 * row, so that neither swallows the page.
 *
 * Invariant: no function looks at more of the page than what is left open.
 */
import { fileNames } from "./namespaces.ts";
import { firstFrom, type WikiNode } from "./nodes.ts";

const NEWLINE = 10;
const BANG = 33;
const COLON = 58;
const PIPE = 124;

/** True where only white space stands in front in the line. */
function isLineStart(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i -= 1;
  return i < 0 || text.charCodeAt(i) === NEWLINE;
}

/** Only links to files hold further links and lines: `[[File:x.jpg|thumb|A [[caption]]]]`. */
export function isFileLink(text: string, start: number): boolean {
  const limit = Math.min(text.length, start + 40);
  for (let i = start + 2; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === PIPE || code === NEWLINE) return false;
    if (code === COLON) {
      const name = text
        .slice(start + 2, i)
        .trim()
        .toLowerCase();
      return fileNames.has(name);
    }
  }
  return false;
}

/** What is ended, not dropped, when it is never closed: tables, and boxes that begin a line. */
export function isKept(text: string, node: WikiNode): boolean {
  if (node.kind === "table") return true;
  return (
    node.kind === "template" &&
    isLineStart(text, node.start) &&
    node.pipes.some((at) => isLineStart(text, at))
  );
}

/** An open table ends at the first empty line behind its last row, or `here`. */
export function endOfOpenTable(text: string, start: number, here: number): number {
  let row = start;
  for (let i = here - 1; i > start; i--) {
    const code = text.charCodeAt(i);
    if ((code === PIPE || code === BANG) && text.charCodeAt(i - 1) === NEWLINE) {
      row = i;
      break;
    }
  }
  for (let i = row; i < here - 1; i++) {
    if (text.charCodeAt(i) === NEWLINE && text.charCodeAt(i + 1) === NEWLINE) return i;
  }
  return here;
}

/**
 * Ends a box that was never closed with the line of its last parameter. Where a template inside it was not closed
 * either, that one took the box's further parameters and its `}}`: the box gets them back.
 */
export function adoptStolen(text: string, nodes: readonly WikiNode[], box: WikiNode): void {
  const last = box.pipes.findLast((at) => isLineStart(text, at)) as number;
  for (let i = firstFrom(nodes, box.start) + 1; i < nodes.length; ) {
    const node = nodes[i] as WikiNode;
    if (isThief(text, node, last)) {
      node.kind = "dropped";
      node.pipes.forEach((pipe, index) => {
        if (!isLineStart(text, pipe)) return;
        box.pipes.push(pipe);
        box.equals.push(node.equals[index] as number);
      });
      box.end = node.end;
      return;
    }
    i = node.kind === "dropped" ? i + 1 : Math.max(node.after, i + 1);
  }
  box.isCut = true;
  const lineEnd = text.indexOf("\n", last);
  box.end = lineEnd === -1 ? text.length : lineEnd;
  // Pipes and equals signs of the prose behind it are none of its own.
  box.pipes.length = box.equals.length = box.pipes.findLastIndex((at) => at < box.end) + 1;
  const index = box.equals.length - 1;
  if ((box.equals[index] as number) >= box.end) box.equals[index] = -1;
}

function isThief(text: string, node: WikiNode, lastPipe: number): boolean {
  return (
    node.kind === "template" &&
    node.start > lastPipe &&
    isLineStart(text, node.end - 2) &&
    !isLineStart(text, node.start) &&
    node.pipes.some((pipe) => isLineStart(text, pipe))
  );
}
