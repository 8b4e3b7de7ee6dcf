/**
 * bzip2 files as pieces of text, block by block (900 kB each), also several streams end to end as in Wikipedia's
 * multistream dumps: memory stays flat whatever the size of the file.
 *
 * `seek-bzip` decodes; its `decode` wants the whole output in memory, so the blocks are asked for one by one.
 */
import { closeSync, openSync, readSync } from "node:fs";
import Bunzip from "seek-bzip";
import { messageOf, UsageError } from "../../base/errors.ts";

interface ByteInput {
  readByte(): number;
  read(into: Uint8Array, at: number, length: number): number;
  eof(): boolean;
}

interface ByteOutput {
  writeByte(byte: number): void;
  flush(): void;
}

/** Streams the decompressed text of a file. */
export async function* readBzip2(path: string): AsyncGenerator<string> {
  const file = openSync(path, "r");
  const decoder = new TextDecoder("utf-8");
  let buffer = Buffer.allocUnsafe(1 << 20);
  let used = 0;
  const output: ByteOutput = {
    writeByte(byte) {
      if (used === buffer.length) {
        const larger = Buffer.allocUnsafe(buffer.length * 2);
        buffer.copy(larger);
        buffer = larger;
      }
      buffer[used++] = byte;
    },
    flush() {},
  };
  try {
    const input = byteInput(file);
    const blocks = new Bunzip(input, output);
    while (!input.eof()) {
      if (blocks._init_block()) {
        blocks._read_bunzip();
        yield decoder.decode(buffer.subarray(0, used), { stream: true });
        used = 0;
        continue;
      }
      const stored = blocks.reader.read(32) >>> 0;
      if (stored !== blocks.streamCRC >>> 0) throw new Error("the checksum of a stream does not match");
      if (input.eof()) break;
      blocks._start_bunzip(input, output);
    }
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(
      `source ${path}: not a whole bzip2 file (${messageOf(cause)}); it is damaged or was cut off, fetch it again`,
      { cause },
    );
  } finally {
    closeSync(file);
  }
}

function byteInput(file: number): ByteInput {
  const chunk = Buffer.allocUnsafe(1 << 18);
  let have = 0;
  let at = 0;
  const fill = (): boolean => {
    if (at < have) return true;
    have = readSync(file, chunk, 0, chunk.length, null);
    at = 0;
    return have > 0;
  };
  return {
    eof: () => !fill(),
    read(into, from, length) {
      for (let i = 0; i < length; i++) into[from + i] = this.readByte();
      return length;
    },
    readByte() {
      if (!fill()) throw new Error("the file ends in the middle of a block");
      return chunk[at++] as number;
    },
  };
}
