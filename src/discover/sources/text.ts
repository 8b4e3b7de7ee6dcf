/** A file as pieces of text: UTF-8 is decoded across the borders of the pieces. */
import { createReadStream } from "node:fs";

/** Streams a UTF-8 file; memory does not grow with it. */
export async function* textChunks(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
    yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}
