/**
 * What a scanned template says: its name, and its parameters by name or position.
 *
 * Invariant: a parameter's range is the trimmed value in the page's own text.
 */
import type { Scan, WikiNode } from "./nodes.ts";

export interface Parameter {
  /** Lower-cased, with `_` and `-` as spaces; "1", "2" … for positional ones. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Longer names are markup that went wrong. */
const MAX_NAME = 120;

/** The name as titles are compared: lower case, `_` as spaces, no comment, no namespace. */
export function templateName(scan: Scan, node: WikiNode): string {
  const end = node.pipes[0] ?? node.end - 2;
  return normaliseName(scan.text.slice(node.start + 2, Math.min(end, node.start + MAX_NAME)));
}

/** A template or field name in the form that is compared. */
function normaliseName(name: string): string {
  let text = name;
  if (text.includes("<")) text = text.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  text = text.trim();
  if (/[\s_]/.test(text)) text = text.replace(/[\s_]+/g, " ").trim();
  text = text.toLowerCase();
  return text.startsWith("template:") ? text.slice(9).trim() : text;
}

/** The parameters in the order of the page; positional ones are counted apart from named ones. */
export function parametersOf(scan: Scan, node: WikiNode): Parameter[] {
  const { text } = scan;
  const out: Parameter[] = [];
  let position = 0;
  const bodyEnd = node.isCut ? node.end : node.end - 2;
  for (let i = 0; i < node.pipes.length; i++) {
    const from = (node.pipes[i] as number) + 1;
    const to = node.pipes[i + 1] ?? bodyEnd;
    const equals = node.equals[i] as number;
    const name =
      equals === -1 ? String(++position) : normaliseName(text.slice(from, equals)).replaceAll("-", " ");
    let start = equals === -1 ? from : equals + 1;
    let end = Math.max(to, start);
    while (start < end && text.charCodeAt(start) <= 32) start += 1;
    while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
    out.push({ name, start, end });
  }
  return out;
}
