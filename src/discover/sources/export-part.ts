/**
 * One export file as a part of a source: plain XML, a multistream dump, or another `.bz2` file, which can only be read
 * from its start.
 *
 * Titles are found by a table made from the index beside a multistream dump, or else by one reading of the file; with
 * a lasting folder the table is kept there, so that it is made once.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { boundary, UsageError } from "../../base/errors.ts";
import { shortHash } from "../../base/hash.ts";
import type { Log } from "../../base/log.ts";
import type { Page } from "../../records/page.ts";
import { type ByteRange, type OnDecompress, readBzip2 } from "./bzip2.ts";
import { type FoundPage, readExport } from "./export.ts";
import { inPortions, type LocalPart } from "./local-part.ts";
import { layoutOf, streamStarts } from "./multistream.ts";
import { findIndex, readMultistreamIndex } from "./multistream-index.ts";
import type { Portion, RejectPage } from "./page-source.ts";
import {
  buildTitleTable,
  keepTitles,
  loadTitles,
  type TitleArrays,
  type TitleTable,
  titleTable,
} from "./title-table.ts";

export interface ExportOptions {
  /** Told of bad pages that are looked up; those of portions are told when a portion is read. */
  readonly reject: RejectPage;
  /** Lasting folder for what is dear to make again. */
  readonly scratch?: string;
  /** Told how far the making of tables is. */
  readonly log?: Log;
  /** Ends the making of tables. */
  readonly signal?: AbortSignal;
  readonly onDecompress?: OnDecompress;
}

type Format = "plain" | "multistream" | "sequential";

const STREAMS_IN_PORTION = 20;
const BYTES_IN_PORTION = 4 << 20;
/** Bytes of a plain export that are read to find one page. */
const PLAIN_PLACE = 1 << 18;

/** Opens an export. @throws UsageError where it cannot be read or lacks its end. */
export async function openExport(path: string, options: ExportOptions): Promise<LocalPart> {
  const { size, mtimeMs } = await boundary(`source ${path}`, () => stat(path));
  const format: Format = path.endsWith(".bz2")
    ? await boundary(`source ${path}`, () => layoutOf(path))
    : "plain";
  const pages = (reject: RejectPage, range?: ByteRange): AsyncGenerator<FoundPage> =>
    readExport(
      range === undefined ? path : `${path}, from byte ${range.start}`,
      format === "plain" ? plainBytes(path, range) : readBzip2(path, range, options.onDecompress),
      reject,
      range === undefined ? "whole" : "part",
    );
  let table: Promise<TitleTable> | undefined;
  const makeTable = async (): Promise<TitleTable> => {
    const index = format === "multistream" ? findIndex(path) : undefined;
    if (options.scratch === undefined) return titleTable(await readTitles(index));
    const indexTime = index === undefined ? 0 : (await stat(index)).mtimeMs;
    const key = shortHash([path, String(size), String(mtimeMs), index ?? "", String(indexTime)]);
    const kept = join(options.scratch, `titles-${key}.bin`);
    const known = await loadTitles(kept);
    if (known) return titleTable(known);
    const made = await readTitles(index);
    await keepTitles(kept, made);
    return titleTable(made);
  };
  const readTitles = async (index: string | undefined): Promise<TitleArrays> => {
    const builder = buildTitleTable((count) => {
      options.signal?.throwIfAborted();
      options.log?.progress("titles", count);
    });
    if (index !== undefined) return readMultistreamIndex(path, index, builder);
    if (format === "plain") {
      let place = Number.NEGATIVE_INFINITY;
      for await (const { page, start } of pages(() => {})) {
        if (start - place >= PLAIN_PLACE) {
          builder.place(start);
          place = start;
        }
        builder.title(page.title);
      }
      return builder.finish(size);
    }
    for await (const range of streamRanges(path, size, 1)) {
      builder.place(range.start);
      for await (const { page } of pages(() => {}, range)) builder.title(page.title);
    }
    return builder.finish(size);
  };

  return {
    async *portions() {
      if (format !== "multistream") {
        yield* inPortions((reject) => withoutPlaces(pages(reject)));
        return;
      }
      for await (const range of streamRanges(path, size, STREAMS_IN_PORTION))
        yield { kind: "streams", path, ...range } satisfies Portion;
    },
    async find(titles, signal) {
      if (format === "sequential") {
        throw new UsageError(
          `source ${path}: it is one bzip2 stream, or streams cut anywhere, in which no page can be found by its title; ` +
            `use the multistream dump of the same date, or unpack it (bzip2 -dk), or read it whole, without discover.agent`,
        );
      }
      table ??= makeTable();
      return findPages(await table, titles, pages, options.reject, signal);
    },
  };
}

/** Reads the places that may hold the titles, in the order of the file, each as far as needed. */
async function findPages(
  table: TitleTable,
  titles: readonly string[],
  pages: (reject: RejectPage, range: ByteRange) => AsyncGenerator<FoundPage>,
  reject: RejectPage,
  signal: AbortSignal,
): Promise<Map<string, Page>> {
  const places = new Map<number, { readonly range: ByteRange; readonly titles: string[] }>();
  for (const title of titles) {
    for (const range of table.candidates(title)) {
      const place = places.get(range.start);
      if (place) place.titles.push(title);
      else places.set(range.start, { range, titles: [title] });
    }
  }
  const found = new Map<string, Page>();
  for (const { range, titles: expected } of [...places.values()].sort(
    (a, b) => a.range.start - b.range.start,
  )) {
    signal.throwIfAborted();
    const open = new Set(expected.filter((title) => !found.has(title)));
    if (open.size === 0) continue;
    const rejectAsked: RejectPage = (item, reason) => {
      if (open.has(item)) reject(item, reason);
    };
    for await (const { page } of pages(rejectAsked, range)) {
      if (!open.delete(page.title)) continue;
      found.set(page.title, page);
      if (open.size === 0) break;
    }
  }
  return found;
}

/** Ranges of whole streams: `most` of them, or fewer where they are large. */
async function* streamRanges(path: string, size: number, most: number): AsyncGenerator<ByteRange> {
  let start = 0;
  let streams = 0;
  for await (const at of streamStarts(path)) {
    if (streams === most || at - start >= BYTES_IN_PORTION) {
      yield { start, end: at };
      start = at;
      streams = 0;
    }
    streams += 1;
  }
  yield { start, end: size };
}

async function* plainBytes(path: string, range: ByteRange | undefined): AsyncGenerator<Buffer> {
  const bounds = range === undefined ? {} : { start: range.start, end: range.end - 1 };
  yield* createReadStream(path, { highWaterMark: 1 << 18, ...bounds });
}

async function* withoutPlaces(found: AsyncIterable<FoundPage>): AsyncGenerator<Page> {
  for await (const { page } of found) yield page;
}
