/**
 * Writes pages as a MediaWiki export 0.11, plain or as a multistream dump with its index beside it: the form in which
 * an encyclopedia is handed on.
 *
 * Invariant: what is written reads back as the same pages. There is no bzip2 encoder among the dependencies, so
 * `.bz2` needs the `bzip2` program; each stream holds 100 pages, as in Wikipedia's dumps, and the first the head.
 */
import { spawn } from "node:child_process";
import type { FileHandle } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { codeOf, UsageError } from "../../base/errors.ts";
import { writePieces } from "../../base/files.ts";
import type { Page } from "../../records/page.ts";
import { indexNames } from "./multistream-index.ts";

const PAGES_IN_STREAM = 100;
const CHARACTERS_IN_INDEX_STREAM = 900_000;
const FOOTER = "</mediawiki>\n";

/** A text that becomes a bzip2 stream, and the pages in it. */
interface Stream {
  readonly text: string;
  readonly pages: readonly Page[];
}

/** Writes `file` (.xml or .xml.bz2) as a whole, or leaves no file. Returns how many pages it holds. */
export async function packExport(
  pages: Iterable<Page> | AsyncIterable<Page>,
  file: string,
  site = "Fleming sample encyclopedia",
): Promise<number> {
  const isPacked = file.endsWith(".xml.bz2");
  if (!isPacked && !file.endsWith(".xml"))
    throw new UsageError(`pack ${file}: the name must end in .xml or .xml.bz2`);
  let count = 0;
  const counted = async function* (): AsyncGenerator<Stream> {
    for await (const stream of streamsOf(pages, site)) {
      count += stream.pages.length;
      yield stream;
    }
  };
  await writePieces(file, async (out) => {
    if (!isPacked) {
      for await (const { text } of counted()) await out.write(text);
      return;
    }
    // The dump takes its name last, so a new dump is never found with an old index.
    await writePieces(indexNames(file)[0] as string, async (index) => {
      const lines = indexTexts(writeStreams(out, counted(), file));
      for await (const _ of writeStreams(index, lines, file));
    });
  });
  return count;
}

async function* streamsOf(pages: Iterable<Page> | AsyncIterable<Page>, site: string): AsyncGenerator<Stream> {
  yield { text: header(site), pages: [] };
  let batch: Page[] = [];
  for await (const page of pages) {
    batch.push(page);
    if (batch.length < PAGES_IN_STREAM) continue;
    yield { text: batch.map(pageElement).join(""), pages: batch };
    batch = [];
  }
  if (batch.length > 0) yield { text: batch.map(pageElement).join(""), pages: batch };
  yield { text: FOOTER, pages: [] };
}

/** The lines of the index, `byte of the stream:page id:title`, in large pieces. */
async function* indexTexts(
  written: AsyncIterable<{ readonly stream: Stream; readonly start: number }>,
): AsyncGenerator<Stream> {
  let text = "";
  for await (const { stream, start } of written) {
    for (const page of stream.pages) text += `${start}:${page.pageId}:${escapeText(page.title)}\n`;
    if (text.length < CHARACTERS_IN_INDEX_STREAM) continue;
    yield { text, pages: [] };
    text = "";
  }
  yield { text, pages: [] };
}

/** Packs texts, one a core at once, and writes them in order; gives the byte at which each starts. */
async function* writeStreams(
  out: FileHandle,
  streams: AsyncIterable<Stream>,
  file: string,
): AsyncGenerator<{ readonly stream: Stream; readonly start: number }> {
  const underWay: { readonly stream: Stream; readonly packed: Promise<Buffer> }[] = [];
  let start = 0;
  const writeFirst = async () => {
    const { stream, packed } = underWay.shift() as (typeof underWay)[number];
    const bytes = await packed;
    await out.write(bytes);
    start += bytes.length;
    return { stream, start: start - bytes.length };
  };
  for await (const stream of streams) {
    const packed = compress(stream.text, file);
    // A failure is met when its turn comes.
    packed.catch(() => {});
    underWay.push({ stream, packed });
    if (underWay.length >= availableParallelism()) yield await writeFirst();
  }
  while (underWay.length > 0) yield await writeFirst();
}

function compress(text: string, file: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("bzip2", ["-9", "-c"]);
    const out: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (piece: Buffer) => out.push(piece));
    child.stderr.on("data", (piece: Buffer) => {
      said += piece.toString();
    });
    // When the program ends early its exit says why.
    child.stdin.on("error", () => {});
    child.on("error", (cause) => {
      const what =
        codeOf(cause) === "ENOENT"
          ? 'writing bzip2 needs the program "bzip2", which is not installed; write .xml instead'
          : `bzip2 could not be started (${cause.message})`;
      reject(new UsageError(`pack ${file}: ${what}`, { cause }));
    });
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new UsageError(`pack ${file}: bzip2 failed (${said.trim() || `exit ${code}`})`));
    });
    child.stdin.end(text);
  });
}

function header(site: string): string {
  const space = "http://www.mediawiki.org/xml/export-0.11/";
  return (
    `<mediawiki xmlns="${space}" version="0.11" xml:lang="en">\n` +
    `  <siteinfo>\n    <sitename>${escapeText(site)}</sitename>\n    <generator>fleming</generator>\n` +
    `    <case>first-letter</case>\n    <namespaces>\n      <namespace key="0" case="first-letter" />\n` +
    `    </namespaces>\n  </siteinfo>\n`
  );
}

function pageElement(page: Page): string {
  const bytes = Buffer.byteLength(page.wikitext);
  const redirect =
    page.redirect === undefined ? "" : `    <redirect title="${escapeText(page.redirect)}" />\n`;
  return (
    `  <page>\n    <title>${escapeText(page.title)}</title>\n    <ns>0</ns>\n    <id>${page.pageId}</id>\n${redirect}` +
    `    <revision>\n      <id>${page.revision}</id>\n      <timestamp>${page.timestamp}</timestamp>\n` +
    `      <contributor>\n        <username>Fleming contributors</username>\n        <id>1</id>\n      </contributor>\n` +
    `      <model>wikitext</model>\n      <format>text/x-wiki</format>\n` +
    `      <text bytes="${bytes}" xml:space="preserve">${escapeText(page.wikitext)}</text>\n` +
    `    </revision>\n  </page>\n`
  );
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
