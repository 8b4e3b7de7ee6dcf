/**
 * The lines of a file with where each ends in bytes, so that a file can be cut back to a whole line.
 *
 * Invariant: memory holds one line and one chunk; a last line without its line break is told as not whole.
 */
import { createReadStream } from "node:fs";

export interface FileLine {
  /** Without its line break. */
  readonly bytes: Buffer;
  /** Counted from 1. */
  readonly number: number;
  /** Bytes of the file up to the end of this line, its line break included. */
  readonly end: number;
  readonly isWhole: boolean;
}

/** Streams the lines of a file. */
export async function* fileLines(path: string): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let number = 0;
  let end = 0;
  const take = (last: Buffer, breakLength: number): FileLine => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    number += 1;
    end += bytes.length + breakLength;
    return { bytes, number, end, isWhole: breakLength > 0 };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      yield take(chunk.subarray(from, at), 1);
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  const rest = parts.pop();
  if (rest !== undefined) yield take(rest, 0);
}
