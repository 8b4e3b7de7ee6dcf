/**
 * Writes pages as a MediaWiki export 0.11, plain or bzip2: the form in which an encyclopedia is handed on.
 *
 * Invariant: what is written reads back as the same pages. There is no bzip2 encoder among the dependencies, so
 * `.bz2` needs the `bzip2` program; each stream holds 100 pages, as in Wikipedia's multistream dumps.
 */
import { spawnSync } from "node:child_process";
import { open, rename } from "node:fs/promises";
import { codeOf, UsageError } from "../../base/errors.ts";
import type { Page } from "../../records/page.ts";

const PAGES_IN_STREAM = 100;

/** Writes `file` (.xml or .xml.bz2) as a whole, or leaves no file. Returns how many pages it holds. */
export async function packExport(
  pages: Iterable<Page> | AsyncIterable<Page>,
  file: string,
  site = "Fleming sample encyclopedia",
): Promise<number> {
  if (!file.endsWith(".xml") && !file.endsWith(".xml.bz2"))
    throw new UsageError(`pack ${file}: the name must end in .xml or .xml.bz2`);
  const isPacked = file.endsWith(".bz2");
  const beside = `${file}.part`;
  const out = await open(beside, "w");
  let count = 0;
  try {
    const write = async (text: string): Promise<void> => {
      await out.write(isPacked ? compress(text, file) : Buffer.from(text));
    };
    await write(header(site));
    let stream = "";
    for await (const page of pages) {
      stream += pageElement(page);
      count += 1;
      if (count % PAGES_IN_STREAM === 0) {
        await write(stream);
        stream = "";
      }
    }
    if (stream !== "") await write(stream);
    await write("</mediawiki>\n");
    await out.sync();
  } finally {
    await out.close();
  }
  await rename(beside, file);
  return count;
}

function compress(text: string, file: string): Buffer {
  const done = spawnSync("bzip2", ["-9", "-c"], { input: text, maxBuffer: 1 << 30 });
  if (codeOf(done.error) === "ENOENT") {
    throw new UsageError(
      `pack ${file}: writing bzip2 needs the program "bzip2", which is not installed; write .xml instead`,
    );
  }
  if (done.error || done.status !== 0)
    throw new UsageError(`pack ${file}: bzip2 failed (${done.error?.message ?? done.stderr.toString()})`);
  return done.stdout;
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
