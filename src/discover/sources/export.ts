/**
 * Pages of a MediaWiki XML export, versions 0.10 and 0.11, read as a stream.
 *
 * Invariant: only the article namespace gives pages; `id` is told apart by its parent; elements that the schema does
 * not know are skipped; of several revisions of a page the last one counts.
 */
import { SaxesParser } from "saxes";
import { messageOf, UsageError } from "../../base/errors.ts";
import type { Page } from "../../records/page.ts";
import { normaliseTitle, redirectOf } from "../wikitext/titles.ts";
import type { RejectPage } from "./source.ts";

interface Draft {
  title: string;
  ns: string;
  pageId: string;
  revision: string;
  timestamp: string;
  model: string;
  redirect: string | undefined;
  text: string | undefined;
}

/** Parses the chunks of an export; `path` is for messages. */
export async function* readExport(
  path: string,
  chunks: AsyncIterable<string>,
  reject: RejectPage,
): AsyncGenerator<Page> {
  const ready: Page[] = [];
  const stack: string[] = [];
  let draft: Draft | undefined;
  let content = "";
  let seen = 0;
  let failure: Error | undefined;
  const parser = new SaxesParser({ position: true });
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.on("opentag", (tag) => {
    if (stack.length === 0 && tag.name !== "mediawiki") failure ??= new Error(`the root is <${tag.name}>`);
    stack.push(tag.name);
    content = "";
    if (tag.name === "page") draft = emptyDraft();
    else if (tag.name === "redirect" && draft && stack[stack.length - 2] === "page") {
      const title = tag.attributes["title"];
      draft.redirect = typeof title === "string" ? normaliseTitle(title) : undefined;
    }
  });
  parser.on("text", (text) => {
    if (draft) content += text;
  });
  parser.on("closetag", (tag) => {
    stack.pop();
    const parent = stack[stack.length - 1];
    if (draft && parent === "page") readPageField(draft, tag.name, content);
    else if (draft && parent === "revision") readRevisionField(draft, tag.name, content);
    if (tag.name === "page" && draft) {
      seen += 1;
      const page = toPage(draft, path, seen, reject);
      if (page) ready.push(page);
      draft = undefined;
    }
    content = "";
  });
  for await (const chunk of chunks) {
    parser.write(chunk);
    yield* ready.splice(0);
    if (failure) throw broken(path, failure, seen);
  }
  if (stack.length > 0) throw broken(path, new Error(`it ends inside <${stack.at(-1)}>`), seen);
  parser.close();
  if (failure) throw broken(path, failure, seen);
}

function broken(path: string, cause: Error, seen: number): UsageError {
  return new UsageError(
    `source ${path}: not a whole MediaWiki export (${messageOf(cause)}, after ${seen} pages); expected <mediawiki> with <page> elements; fetch it again`,
    { cause },
  );
}

function emptyDraft(): Draft {
  return {
    title: "",
    ns: "0",
    pageId: "",
    revision: "",
    timestamp: "",
    model: "wikitext",
    redirect: undefined,
    text: undefined,
  };
}

function readPageField(draft: Draft, name: string, content: string): void {
  switch (name) {
    case "title":
      draft.title = normaliseTitle(content);
      break;
    case "ns":
      draft.ns = content.trim();
      break;
    case "id":
      draft.pageId = content.trim();
  }
}

function readRevisionField(draft: Draft, name: string, content: string): void {
  switch (name) {
    case "id":
      draft.revision = content.trim();
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

function toPage(draft: Draft, path: string, position: number, reject: RejectPage): Page | undefined {
  if (draft.ns !== "0" || draft.model !== "wikitext") return undefined;
  const item = draft.title === "" ? `${path} page ${position}` : draft.title;
  const pageId = numberOf(draft.pageId);
  if (draft.title === "" || pageId === undefined || draft.text === undefined) {
    reject(item, `${path}: a page needs title, id and text; this one has no ${missing(draft)}`);
    return undefined;
  }
  const redirect = draft.redirect ?? redirectOf(draft.text);
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
