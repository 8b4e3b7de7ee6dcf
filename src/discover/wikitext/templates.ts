/**
 * What a scanned template says: its name and parameters by name or position, and the closed tables of templates
 * that are lists, plain wrappers round a text, or a character.
 *
 * Invariant: a parameter's range is the trimmed value in the page's own text.
 */
import type { Scan, WikiNode } from "./scan.ts";

export interface Parameter {
  /** Lower-cased, with `_` and `-` as spaces; "1", "2" … for positional ones. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Templates whose items are their positional parameters, or the `*` lines of the first one. */
const lists = new Set([
  "hlist",
  "ubl",
  "ublist",
  "unbulleted list",
  "bulleted list",
  "plainlist",
  "plain list",
  "flatlist",
  "flat list",
  "comma separated entries",
  "cslist",
  "csv",
  "blist",
  "ordered list",
  "columns list",
  "columns-list",
  "div col",
  "collapsible list",
  "indented plainlist",
]);

/** Templates that show one of their parameters: its number. */
const wrappers: Readonly<Record<string, number>> = {
  nowrap: 1,
  nobr: 1,
  nobreak: 1,
  small: 1,
  smaller: 1,
  big: 1,
  abbr: 1,
  tooltip: 1,
  abbrlink: 1,
  em: 1,
  strong: 1,
  sup: 1,
  sub: 1,
  "visible anchor": 1,
  vanchor: 1,
  nocaps: 1,
  lang: 2,
  "lang la": 1,
  "lang grc": 1,
  transl: 2,
  cvt: 1,
  convert: 1,
  val: 1,
  "no italic": 1,
  noitalic: 1,
  italic: 1,
  bold: 1,
  shy: 1,
};

/** Templates that stand for characters. */
const characters: Readonly<Record<string, string>> = {
  nbsp: " ",
  snd: " – ",
  "spaced ndash": " – ",
  spnd: " – ",
  ndash: "–",
  mdash: "—",
  snds: " – ",
  "'": "'",
  circa: "c. ",
  "c.": "c. ",
  dot: " · ",
  "·": " · ",
  "!": "|",
  "=": "=",
};

export type TemplateUse =
  | { readonly kind: "list" }
  | { readonly kind: "wrapper"; readonly parameter: string }
  | { readonly kind: "character"; readonly text: string }
  | { readonly kind: "other" };

/** The name as titles are compared: lower case, `_` as spaces, no comment, no namespace. */
export function templateName(scan: Scan, node: WikiNode): string {
  const end = node.pipes[0] ?? node.end - 2;
  return normaliseName(scan.text.slice(node.start + 2, Math.min(end, node.start + 120)));
}

/** A template or field name in the form that is compared. */
function normaliseName(name: string): string {
  let text = name;
  if (text.includes("<!--")) text = text.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  text = text
    .replace(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
  return text.startsWith("template:") ? text.slice(9).trim() : text;
}

/** What a template is to a reader of prose. */
export function templateUse(name: string): TemplateUse {
  if (lists.has(name)) return { kind: "list" };
  const parameter = wrappers[name];
  if (parameter !== undefined) return { kind: "wrapper", parameter: String(parameter) };
  const text = characters[name];
  return text === undefined ? { kind: "other" } : { kind: "character", text };
}

/** The parameters in the order of the page. */
export function parametersOf(scan: Scan, node: WikiNode): Parameter[] {
  const out: Parameter[] = [];
  let position = 0;
  const bodyEnd = scan.text.startsWith("}}", node.end - 2) ? node.end - 2 : node.end;
  for (let i = 0; i < node.pipes.length; i++) {
    const from = (node.pipes[i] as number) + 1;
    const to = node.pipes[i + 1] ?? bodyEnd;
    const equals = node.equals[i] as number;
    let name = "";
    if (equals !== -1) name = normaliseName(scan.text.slice(from, equals)).replaceAll("-", " ");
    else name = String(++position);
    if (equals !== -1 && /^\d+$/.test(name)) position = Number(name);
    let start = equals === -1 ? from : equals + 1;
    let end = to;
    while (start < end && scan.text.charCodeAt(start) <= 32) start += 1;
    while (end > start && scan.text.charCodeAt(end - 1) <= 32) end -= 1;
    out.push({ name, start, end });
  }
  return out;
}
