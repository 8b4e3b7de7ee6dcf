/**
 * Pages of a MediaWiki XML export, versions 0.10 and 0.11, read as a stream of bytes: a whole export, or a part of
 * one cut between pages, as the streams of a multistream dump are.
 *
 * Invariant: only wikitext of the article namespace gives pages; `id` is told apart by its parent; elements that the
 * schema does not know are skipped; of several revisions of a page the last one counts.
 */
import { boundary, messageOf, UsageError } from "../../base/errors.ts";
import type { Page } from "../../records/page.ts";
import { normaliseTitle, redirectOf } from "../wikitext/titles.ts";
import type { RejectPage } from "./page-source.ts";
import { attributeOf, decodeText, scanXml } from "./xml-scan.ts";

/** A page and the byte of the input at which its element starts. */
export interface FoundPage {
  readonly page: Page;
  readonly start: number;
}

interface Draft {
  start: number;
  title: string;
  ns: string;
  pageId: string;
  redirect: string | undefined;
  revision: string;
  timestamp: string;
  model: string;
  text: string | undefined;
  textAttributes: string;
}

const pageFields = new Set(["title", "ns", "id"]);
const revisionFields = new Set(["id", "timestamp", "model", "text"]);

/** Reads the pieces of an export, or of a part of one; `where` is for messages. @throws UsageError if it is broken. */
export async function* readExport(
  where: string,
  pieces: AsyncIterable<Buffer>,
  reject: RejectPage,
  extent: "whole" | "part" = "whole",
): AsyncGenerator<FoundPage> {
  const ready: FoundPage[] = [];
  const stack: string[] = [];
  let draft: Draft | undefined;
  let field: string | undefined;
  let fieldDepth = 0;
  let seen = 0;
  let hasRoot = extent === "part";
  const top = extent === "whole" ? 1 : 0;

  const scanner = scanXml({
    open(name, attributes, position) {
      const depth = stack.length;
      if (depth === 0 && name === "mediawiki") {
        hasRoot = true;
        if (extent === "part") return;
      } else if (depth === 0 && extent === "whole") throw new Error(`the root is <${name}>`);
      const parent = stack[depth - 1];
      stack.push(name);
      if (name === "page" && depth === top) draft = emptyDraft(position);
      if (draft === undefined) return;
      if (parent === "page" && depth === top + 1) {
        if (name === "revision") forgetRevision(draft);
        else if (name === "redirect") draft.redirect = attributeOf(attributes, "title");
        else if (pageFields.has(name)) field = "";
      } else if (parent === "revision" && depth === top + 2 && revisionFields.has(name)) {
        if (name === "text") draft.textAttributes = attributes;
        if (name !== "text" || draft.ns === "0") field = "";
      } else return;
      fieldDepth = stack.length;
    },
    text(piece) {
      if (field !== undefined && stack.length === fieldDepth) field += piece;
    },
    close(name, position) {
      if (extent === "part" && stack.length === 0 && name === "mediawiki") return;
      const opened = stack.pop();
      if (opened !== name)
        throw new Error(
          `byte ${position}: </${name}> where ${opened ? `</${opened}>` : "a page"} was expected`,
        );
      if (draft === undefined) return;
      if (field !== undefined && stack.length === fieldDepth - 1) {
        readField(draft, stack[stack.length - 1] as string, name, decodeText(field));
        field = undefined;
      }
      if (stack.length === top) {
        seen += 1;
        const page = toPage(draft, where, seen, reject);
        if (page) ready.push({ page, start: draft.start });
        draft = undefined;
      }
    },
  });

  const broken = (cause: unknown): UsageError =>
    new UsageError(
      `source ${where}: not a whole MediaWiki export (${messageOf(cause)}, after ${seen} pages); expected <mediawiki> with <page> elements; fetch it again`,
      { cause },
    );
  const source = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await boundary(`source ${where}`, () => source.next());
      if (next.done) break;
      try {
        scanner.push(next.value);
      } catch (cause) {
        throw broken(cause);
      }
      yield* ready.splice(0);
    }
  } finally {
    await source.return?.();
  }
  if (stack.length > 0) throw broken(new Error(`it ends inside <${stack.at(-1)}>`));
  const rest = scanner.end();
  if (rest !== undefined) throw broken(new Error(`it ends in "${rest}"`));
  if (!hasRoot) throw broken(new Error("there is no element in it"));
}

function emptyDraft(start: number): Draft {
  return {
    start,
    title: "",
    ns: "0",
    pageId: "",
    redirect: undefined,
    revision: "",
    timestamp: "",
    model: "wikitext",
    text: undefined,
    textAttributes: "",
  };
}

function forgetRevision(draft: Draft): void {
  draft.revision = "";
  draft.timestamp = "";
  draft.model = "wikitext";
  draft.text = undefined;
}

/** Why an empty text is not the page's text, where it is not. */
function withheldText(attributes: string): string | undefined {
  if (attributeOf(attributes, "deleted") !== undefined) return "its text was deleted";
  return Number(attributeOf(attributes, "bytes") ?? 0) > 0 ? "the export leaves its text out" : undefined;
}

function readField(draft: Draft, parent: string, name: string, content: string): void {
  switch (name) {
    case "title":
      draft.title = normaliseTitle(content);
      break;
    case "ns":
      draft.ns = content.trim();
      break;
    case "id":
      if (parent === "page") draft.pageId = content.trim();
      else draft.revision = content.trim();
      break;
    case "timestamp":
      draft.timestamp = content.trim();
      break;
    case "model":
      draft.model = content.trim();
      break;
    case "text":
      draft.text = content;
  }
}

function toPage(draft: Draft, where: string, position: number, reject: RejectPage): Page | undefined {
  if (draft.ns !== "0" || draft.model !== "wikitext") return undefined;
  const item = draft.title === "" ? `${where} page ${position}` : draft.title;
  const pageId = numberOf(draft.pageId);
  if (draft.title === "" || pageId === undefined || draft.text === undefined) {
    reject(item, `${where}: a page needs title, id and text; this one has no ${missing(draft)}`);
    return undefined;
  }
  const withheld = draft.text === "" ? withheldText(draft.textAttributes) : undefined;
  if (withheld !== undefined) {
    reject(item, `${where}: ${withheld}`);
    return undefined;
  }
  const redirect = draft.redirect === undefined ? redirectOf(draft.text) : normaliseTitle(draft.redirect);
  return {
    title: draft.title,
    pageId,
    revision: numberOf(draft.revision) ?? 0,
    timestamp: draft.timestamp,
    ...(redirect === undefined ? {} : { redirect }),
    wikitext: draft.text,
  };
}

function missing(draft: Draft): string {
  if (draft.title === "") return "title";
  return draft.text === undefined ? "text" : "id";
}

function numberOf(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
