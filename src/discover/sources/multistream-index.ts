/**
 * The index of a multistream dump: a line a page, `byte of its stream:page id:title`, itself often packed. Titles hold
 * colons and, as in the dump, `&amp;` and the like. About 100 lines in a row name one stream.
 *
 * Invariant: an index is used only after its first and last streams were read and found to hold what it says.
 */
import { createReadStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../../base/errors.ts";
import { normaliseTitle } from "../wikitext/titles.ts";
import { type ByteRange, readBzip2 } from "./bzip2.ts";
import { readPortion } from "./read-portion.ts";
import { type TitleArrays, type TitleTableBuilder, titleTable } from "./title-table.ts";
import { decodeText } from "./xml-scan.ts";

/** The names an index can have, beside its dump; the first is the one that is written. */
export function indexNames(dump: string): string[] {
  const name = basename(dump);
  const parts = /^(.*multistream)(\d*)\.xml(-p\d+p\d+)?\.bz2$/.exec(name);
  const bare = parts
    ? [`${parts[1]}-index${parts[2]}.txt${parts[3] ?? ""}`]
    : [`${name}-index.txt`, `${name.replace(/\.xml\.bz2$/, "")}-index.txt`];
  return bare.flatMap((one) => [`${one}.bz2`, one]).map((one) => join(dirname(dump), one));
}

/** The index that lies beside a dump. */
export function findIndex(dump: string): string | undefined {
  return indexNames(dump).find(existsSync);
}

/** Reads the index of a dump into an empty table. @throws UsageError, naming both files, where it is the index of another one. */
export async function readMultistreamIndex(
  dump: string,
  index: string,
  builder: TitleTableBuilder,
): Promise<TitleArrays> {
  const { size } = await stat(dump);
  let place = -1;
  let lines = 0;
  for await (const line of linesOf(index)) {
    lines += 1;
    const first = line.indexOf(":");
    const second = line.indexOf(":", first + 1);
    const start = Number(line.slice(0, first));
    if (first < 1 || second === -1 || !Number.isSafeInteger(start)) {
      throw new UsageError(
        `${index}:${lines}: "${line.slice(0, 60)}" is no line of an index; expected byte:page id:title`,
      );
    }
    if (start !== place) {
      if (start < place || start >= size)
        throw wrongIndex(dump, index, `line ${lines} names byte ${start} after ${place}, of ${size}`);
      builder.place(start);
      place = start;
    }
    builder.title(normaliseTitle(decodeText(line.slice(second + 1))));
  }
  if (lines === 0) throw wrongIndex(dump, index, "it is empty");
  const arrays = builder.finish(size);
  await checkPlaces(dump, index, arrays);
  return arrays;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const pieces: AsyncIterable<Buffer> = path.endsWith(".bz2")
    ? readBzip2(path)
    : createReadStream(path, { highWaterMark: 1 << 18 });
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece.toString("latin1")).split("\n");
    rest = lines.pop() as string;
    for (const line of lines) if (line !== "") yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  if (rest !== "") yield rest;
}

/** The pages of the first and the last stream must be where the index has them. */
async function checkPlaces(dump: string, index: string, arrays: TitleArrays): Promise<void> {
  const table = titleTable(arrays);
  const { places } = arrays;
  for (const i of new Set([0, places.length - 2])) {
    const range: ByteRange = { start: places[i] as number, end: places[i + 1] as number };
    try {
      for await (const { title } of readPortion({ kind: "streams", path: dump, ...range }, () => {})) {
        if (!table.candidates(title).some((one) => one.start === range.start))
          throw wrongIndex(
            dump,
            index,
            `"${title}" stands in the stream at byte ${range.start}, which it does not say`,
          );
      }
    } catch (cause) {
      if (!(cause instanceof UsageError) || cause.message.includes(index)) throw cause;
      throw wrongIndex(dump, index, `no stream that can be read starts at byte ${range.start}`, cause);
    }
  }
}

function wrongIndex(dump: string, index: string, found: string, cause?: unknown): UsageError {
  return new UsageError(
    `source ${dump}: ${index} is not its index (${found}); put the index of the same dump beside it, or take this one away to have one made`,
    { cause },
  );
}
