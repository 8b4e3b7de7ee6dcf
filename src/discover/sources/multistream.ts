/**
 * Multistream dumps: whole bzip2 streams of about 100 pages end to end; the first holds the head of the export and the
 * last its closing tag. Streams start at a byte, with "BZh", a digit and the mark of a block, ten bytes that do not
 * occur by chance, so a search of the packed bytes finds all of them and no index is needed to read a dump.
 *
 * Files of pbzip2 and the like hold many streams too, but cut pages anywhere: the start of the second stream tells.
 */
import { type FileHandle, open } from "node:fs/promises";
import { boundary, UsageError } from "../../base/errors.ts";
import { readBzip2 } from "./bzip2.ts";

/** What can be read by itself: whole streams, or only the file from its start on. */
export type Layout = "multistream" | "sequential";

const SIGNATURE = Buffer.from("314159265359", "hex");
const SIGNATURE_LENGTH = 10;

/** A first or last stream that is larger than this makes no multistream dump; the head of Wikipedia's takes 1 kB. */
const LONGEST_END = 16 << 20;

/** Where in a buffer streams start. */
function startsIn(bytes: Buffer): number[] {
  const out: number[] = [];
  for (let at = bytes.indexOf(SIGNATURE, 4); at !== -1; at = bytes.indexOf(SIGNATURE, at + 1)) {
    const digit = bytes[at - 1] as number;
    if (bytes.toString("latin1", at - 4, at - 1) === "BZh" && digit >= 0x31 && digit <= 0x39)
      out.push(at - 4);
  }
  return out;
}

/** The bytes at which the streams of a file start, in order, up to `limit` bytes into it. */
export async function* streamStarts(path: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<number> {
  const file = await open(path);
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    // The end of a chunk is looked at again with the next one: a signature may lie across.
    let kept = 0;
    for (let offset = 0; offset < limit; ) {
      const { bytesRead } = await file.read(chunk, kept, chunk.length - kept, offset + kept);
      if (bytesRead === 0) return;
      const length = kept + bytesRead;
      for (const start of startsIn(chunk.subarray(0, length))) yield offset + start;
      kept = Math.min(SIGNATURE_LENGTH - 1, length);
      chunk.copyWithin(0, length - kept, length);
      offset += length - kept;
    }
  } finally {
    await file.close();
  }
}

/** How a `.bz2` export can be read. @throws UsageError for a multistream dump that lacks its end. */
export async function layoutOf(path: string): Promise<Layout> {
  const starts: number[] = [];
  for await (const start of streamStarts(path, LONGEST_END)) {
    starts.push(start);
    if (starts.length === 2) break;
  }
  const second = starts[1];
  if (second === undefined || starts[0] !== 0) return "sequential";
  if (!/^\s*<(?:page>|\/mediawiki>)/.test(await textFrom(path, second))) return "sequential";
  await checkEnd(path);
  return "multistream";
}

/** The text of the first block from a stream on. */
async function textFrom(path: string, start: number): Promise<string> {
  for await (const block of readBzip2(path, { start, end: Number.POSITIVE_INFINITY }))
    return block.toString();
  return "";
}

/** A dump that was cut off is found out before it is read for hours. */
async function checkEnd(path: string): Promise<void> {
  const file = await boundary(`source ${path}`, () => open(path));
  try {
    const { size } = await file.stat();
    const start = await lastStart(file, size);
    if (start === undefined) return;
    let text = "";
    for await (const block of readBzip2(path, { start, end: size }))
      text = text.slice(-100) + block.toString();
    if (!text.trimEnd().endsWith("</mediawiki>")) {
      throw new UsageError(
        `source ${path}: the last stream, at byte ${start}, does not end with </mediawiki>; the file was cut off, fetch it again`,
      );
    }
  } finally {
    await file.close();
  }
}

async function lastStart(file: FileHandle, size: number): Promise<number | undefined> {
  for (let length = 1 << 16; ; length *= 4) {
    const from = Math.max(0, size - length);
    const bytes = Buffer.alloc(size - from);
    await file.read(bytes, 0, bytes.length, from);
    const last = startsIn(bytes).at(-1);
    if (last !== undefined) return from + last;
    if (from === 0 || length >= LONGEST_END) return undefined;
  }
}
