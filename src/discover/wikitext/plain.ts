/**
 * Prose from wikitext with the way back: every character of the plain text knows where in the page it stands, and
 * every link where its words are in both.
 *
 * Invariant: for each link, `text.slice(link.start, link.end)` is what a reader sees of it. References, comments,
 * tables, files and templates that are not known give nothing; a list item starts a new line.
 */
import { breakLine, closeDraft, copy, type Draft, type Flat, insert, openDraft } from "./flat.ts";
import { firstFrom, type Scan, type WikiNode } from "./nodes.ts";
import { addRun, isMarker } from "./run.ts";
import { templateUse } from "./template-tables.ts";
import { asOfDate, isCounted, measureOf } from "./template-words.ts";
import { type Parameter, parametersOf, templateName } from "./templates.ts";
import { linkTarget } from "./titles.ts";

export type { Flat, FlatLink } from "./flat.ts";

/** Templates, links and labels that lie deeper in one another show nothing. */
const MAX_DEPTH = 12;

/** The plain text of a range of the page. */
export function flatten(scan: Scan, from: number, to: number): Flat {
  const draft = openDraft(scan.text, to);
  let first = from;
  while (first < to && isMarker(scan.text.charCodeAt(first))) first += 1;
  addRange(draft, scan, first, to, 0);
  return closeDraft(draft, from);
}

function addRange(draft: Draft, scan: Scan, start: number, end: number, depth: number): void {
  if (depth > MAX_DEPTH) return;
  const { nodes } = scan;
  let at = start;
  let index = firstFrom(nodes, start);
  while (index < nodes.length) {
    const node = nodes[index] as WikiNode;
    if (node.start >= end) break;
    if (node.kind === "dropped" || node.start < at || node.end > end) {
      index += 1;
      continue;
    }
    addRun(draft, nodes, at, node.start);
    at = addNode(draft, scan, node, end, depth);
    index = Math.max(node.after, index + 1);
  }
  addRun(draft, nodes, at, end);
}

/** Adds what a reader sees of a node; returns where the text behind it begins. */
function addNode(draft: Draft, scan: Scan, node: WikiNode, end: number, depth: number): number {
  const { text } = scan;
  switch (node.kind) {
    case "template":
      addTemplate(draft, scan, node, depth);
      break;
    case "link":
      return addLink(draft, scan, node, end, depth);
    case "external": {
      const label = startOfLabel(text, node);
      if (label !== -1) addRange(draft, scan, label, node.end - 1, depth + 1);
      break;
    }
    case "nowiki":
      addContent(draft, node);
      break;
    case "raw":
      if (isPlainFormula(text, node)) addContent(draft, node);
      break;
    case "tag":
      if (isBlockTag(text, node.start)) breakLine(draft, node.start);
      break;
    case "ref":
      // "…once.<ref/>Then" must not read as "once.Then".
      if (isStop(draft.last) && node.end < end && text.charCodeAt(node.end) > 64)
        insert(draft, " ", node.end - 1, node.end);
  }
  return node.end;
}

/** Adds what stands between the tags of an element, as it is. */
function addContent(draft: Draft, node: WikiNode): void {
  copy(draft, draft.text.indexOf(">", node.start) + 1, draft.text.lastIndexOf("<", node.end - 1));
}

/** A formula of plain signs, `<math>24X</math>`, reads as it is written. */
function isPlainFormula(text: string, node: WikiNode): boolean {
  return /^<(?:math|chem|ce)[^<>]*>[\w\s.,+=()%-]+<\//.test(
    text.slice(node.start, Math.min(node.end, node.start + 120)),
  );
}

function addTemplate(draft: Draft, scan: Scan, node: WikiNode, depth: number): void {
  const use = templateUse(templateName(scan, node));
  if (use.kind === "other") return;
  const { text } = scan;
  const parameters = parametersOf(scan, node);
  const counted = parameters.filter(isCounted);
  const add = (parameter: Parameter | undefined): void => {
    if (parameter) addRange(draft, scan, parameter.start, parameter.end, depth + 1);
  };
  switch (use.kind) {
    case "character":
      insert(draft, use.text, node.start, node.end);
      return;
    case "break":
      breakLine(draft, node.start);
      return;
    case "wrapper":
      if (use.parameters[0] === "last") add(counted.at(-1));
      else {
        const given = parameters.filter((one) => one.end > one.start);
        const name = use.parameters.find((wanted) => given.some((one) => one.name === wanted));
        add(given.find((one) => one.name === name));
      }
      return;
    case "framed":
      insert(draft, use.before, node.start, node.start + 2);
      add(counted[0]);
      insert(draft, use.after, node.end - 2, node.end);
      return;
    case "joined":
      for (const parameter of counted) {
        const between = parameter === counted[0] ? "" : use.between;
        insert(draft, between, parameter.start - 1, parameter.start);
        add(parameter);
      }
      return;
    case "fraction":
      addFraction(draft, counted, add);
      return;
    case "measure":
      insert(draft, measureOf(text, counted), node.start, node.end);
      return;
    case "asOf":
      insert(draft, asOfDate(text, parameters), node.start, node.end);
      return;
    case "list":
      for (const item of counted) {
        breakLine(draft, item.start);
        addRange(draft, scan, startOfItem(text, item), item.end, depth + 1);
      }
      breakLine(draft, node.end - 1);
      return;
    default:
      use satisfies never;
  }
}

/** `{{frac|5|1|2}}` is 5 1/2, `{{frac|2}}` 1/2. */
function addFraction(
  draft: Draft,
  counted: readonly Parameter[],
  add: (parameter: Parameter | undefined) => void,
): void {
  counted.slice(0, 3).forEach((parameter, index, all) => {
    const isWhole = all.length === 3 && index === 1;
    const before = index === 0 ? (all.length === 1 ? "1/" : "") : isWhole ? " " : "/";
    insert(draft, before, parameter.start - 1, parameter.start);
    add(parameter);
  });
}

/** Where the words of a list's first item begin, behind its marker. */
function startOfItem(text: string, item: Parameter): number {
  let start = item.start;
  while (start < item.end && isMarker(text.charCodeAt(start))) start += 1;
  while (start < item.end && text.charCodeAt(start) === 32) start += 1;
  return start;
}

/** Adds the words of a link; returns the end of its tail. */
function addLink(draft: Draft, scan: Scan, node: WikiNode, end: number, depth: number): number {
  const { text } = scan;
  const pipe = node.pipes[0];
  const from = node.start + 2;
  const target = linkTarget(text.slice(from, pipe ?? node.end - 2));
  if (target.kind === "skipped") return node.end;
  const start = draft.plain.length;
  if (pipe === undefined) {
    const isColon = text.charCodeAt(from) === 58;
    addRange(draft, scan, isColon ? from + 1 : from, node.end - 2, depth + 1);
  } else if (pipe + 1 >= node.end - 2) {
    const words = wordsOfPipeTrick(text, from, pipe);
    addRun(draft, scan.nodes, words.start, words.end);
  } else addRange(draft, scan, pipe + 1, node.end - 2, depth + 1);
  const tailEnd = Math.min(endOfTail(text, node.end), Math.max(end, node.end));
  copy(draft, node.end, tailEnd);
  if (target.kind === "page" && draft.plain.length > start) {
    draft.links.push({
      target: target.title,
      start,
      end: draft.plain.length,
      sourceStart: node.start,
      sourceEnd: tailEnd,
    });
  }
  return tailEnd;
}

/** `[[Pneumonia (disease)|]]` shows "Pneumonia": no namespace, no brackets, nothing behind a comma. */
function wordsOfPipeTrick(text: string, start: number, pipe: number): { start: number; end: number } {
  const written = text.slice(start, pipe);
  const colon = written.lastIndexOf(":");
  const open = Math.max(written.lastIndexOf("("), written.lastIndexOf("（"));
  const comma = written.indexOf(", ");
  const cut = open > 0 && /[)）]\s?$/.test(written.slice(-2)) ? open : comma > 0 ? comma : written.length;
  const words = written.slice(0, cut).trimEnd();
  return { start: start + (colon < words.length ? colon + 1 : 0), end: start + words.length };
}

/** Where the label of `[http://… label]` begins, -1 if it has none. */
function startOfLabel(text: string, node: WikiNode): number {
  for (let i = node.start + 1; i < node.end - 1; i++) if (text.charCodeAt(i) <= 32) return i + 1;
  return -1;
}

const blockTags = new Set(
  "br li p div dd dt dl ul ol tr td th hr h blockquote center poem caption".split(" "),
);

function isBlockTag(text: string, at: number): boolean {
  const start = text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
  let end = start;
  while (end < start + 11 && isAsciiLetter(text.charCodeAt(end))) end += 1;
  return blockTags.has(text.slice(start, end).toLowerCase());
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isStop(code: number): boolean {
  return code === 46 || code === 33 || code === 63;
}

/** Letters that follow a link directly belong to its words; the ranges are those of the languages that do so. */
function endOfTail(text: string, from: number): number {
  let end = from;
  while (isTailLetter(text.charCodeAt(end))) end += 1;
  return end;
}

function isTailLetter(code: number): boolean {
  if (code < 128) return code >= 97 && code <= 122;
  return (
    (code >= 0xdf && code <= 0x24f && code !== 0xf7) ||
    (code >= 0x3ac && code <= 0x3ce) ||
    (code >= 0x430 && code <= 0x45f) ||
    code === 0x491 ||
    (code >= 0x561 && code <= 0x587) ||
    (code >= 0x5d0 && code <= 0x5ea) ||
    (code >= 0x620 && code <= 0x64a)
  );
}
