/**
 * bzip2 files block by block (900 kB of text each), also several streams end to end as in Wikipedia's multistream
 * dumps: memory stays flat whatever the size of the file, and a range of whole streams is read by itself.
 *
 * The decoder, a WebAssembly build of libbzip2, takes one whole stream at a time, so each block is handed to it as a
 * stream of one block; bits that look like a border by chance come once in 35 TB.
 *
 * Invariant: the checksums of every block and stream are compared.
 */
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import type Bzip2 from "@lichtblick/wasm-bz2";
import { boundary, messageOf, UsageError } from "../../base/errors.ts";
import { blockAsStream, CHECKSUM_BITS, findMark, MARK_BITS, markAt, readBits } from "./bzip2-bits.ts";

// Loaders differ in what they give for the default export of a CommonJS package; this asks for the package itself.
const require = createRequire(import.meta.url);
const bz2: typeof Bzip2 = require("@lichtblick/wasm-bz2");

type Decoder = Awaited<ReturnType<typeof bz2.default.init>>;

let loaded: Promise<Decoder> | undefined;

/**
 * The decoder of this thread. It holds nothing between two calls, and one is enough: loading it compiles it, and it
 * hangs listeners on the process that would rethrow what others catch, so those are taken away.
 */
function loadDecoder(): Promise<Decoder> {
  if (loaded === undefined) {
    const events = ["uncaughtException", "unhandledRejection"] as const;
    const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
    // The listeners are there as soon as the loading has begun.
    loaded = bz2.default.init();
    events.forEach((event, i) => {
      for (const listener of process.listeners(event as "uncaughtException"))
        if (!before[i]?.has(listener)) process.removeListener(event, listener);
    });
  }
  return loaded;
}

/** Told of each block: how long it took and how large it is, packed and unpacked. */
export type OnDecompress = (seconds: number, bytesIn: number, bytesOut: number) => void;

/** A range of bytes of a file; whole streams lie in it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A block of 900 kB whose every symbol takes the longest code is not longer than this. */
const LONGEST_BLOCK = 4 << 20;

/** Streams the decompressed bytes of a file or of the streams in a range of it. @throws UsageError with the byte. */
export async function* readBzip2(
  path: string,
  range?: ByteRange,
  onDecompress?: OnDecompress,
): AsyncGenerator<Buffer> {
  const decoder = await loadDecoder();
  const input = openWindow(path, range);
  const broken = (bit: number, what: string): UsageError =>
    new UsageError(
      `source ${path}: byte ${input.offset + (bit >>> 3)}: ${what}; the file is damaged or was cut off, fetch it again`,
    );
  let at = 0;
  try {
    for (let streams = 0; ; streams++) {
      await input.fill(4);
      if (input.bytes.length === 0 && streams > 0) return;
      const level = levelOf(input.bytes);
      if (level === undefined)
        throw broken(0, streams === 0 ? "not a bzip2 file" : "no bzip2 stream starts here");
      at = 32;
      let checksum = 0;
      for (;;) {
        await input.fill((at >>> 3) + 12);
        const mark = markAt(input.bytes, at);
        if (mark === undefined) throw broken(at, "no bzip2 block starts here");
        if (mark === "end") break;
        const end = await findEnd(input, at);
        if (end === undefined) throw broken(at, "a bzip2 block that does not end");
        const own = readBits(input.bytes, at + MARK_BITS, CHECKSUM_BITS);
        checksum = (((checksum << 1) | (checksum >>> 31)) ^ own) >>> 0;
        const began = performance.now();
        const text = decodeBlock(decoder, blockAsStream(input.bytes, at, end, level), level);
        if (typeof text === "string") throw broken(at, `a bzip2 block is damaged (${text})`);
        onDecompress?.((performance.now() - began) / 1000, (end - at) / 8, text.length);
        yield text;
        at = end;
        input.drop(at >>> 3);
        at &= 7;
      }
      if (readBits(input.bytes, at + MARK_BITS, CHECKSUM_BITS) !== checksum)
        throw broken(at, "the checksum of a bzip2 stream does not match");
      input.drop((at + MARK_BITS + CHECKSUM_BITS + 7) >>> 3);
      at = 0;
    }
  } finally {
    await input.close();
  }
}

/** The block size in the first four bytes of a stream, in 100 kB. */
function levelOf(bytes: Uint8Array): number | undefined {
  const digit = (bytes[3] ?? 0) - 0x30;
  const isStream = bytes[0] === 0x42 && bytes[1] === 0x5a && bytes[2] === 0x68 && digit >= 1 && digit <= 9;
  return isStream ? digit : undefined;
}

/** The text of a stream of one block, or what is wrong with it. */
function decodeBlock(decoder: Decoder, stream: Uint8Array, level: number): Buffer | string {
  // Runs of one byte shrink before a block is filled, 255 bytes to 5, so a block can hold more than its size.
  for (let room = level * 100_000 + 50_000; ; room *= 4) {
    try {
      const text = decoder.decompress(stream, room);
      return Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    } catch (error) {
      if (!messageOf(error).includes("BZ_OUTBUFF_FULL") || room > level * 6_000_000) return messageOf(error);
    }
  }
}

/** The bit at which the next block or the end of the stream is marked. */
async function findEnd(input: Window, start: number): Promise<number | undefined> {
  for (let from = start + MARK_BITS; from >>> 3 < LONGEST_BLOCK; ) {
    const found = findMark(input.bytes, from);
    if (found !== -1) return found;
    from = Math.max(from, input.bytes.length * 8 - MARK_BITS);
    if (!(await input.more())) return undefined;
  }
  return undefined;
}

/** The part of a file that is being decoded. */
interface Window {
  bytes: Buffer;
  /** Where in the file the first byte of `bytes` lies. */
  offset: number;
  more(): Promise<boolean>;
  fill(bytes: number): Promise<void>;
  drop(bytes: number): void;
  close(): Promise<void>;
}

function openWindow(path: string, range: ByteRange | undefined): Window {
  const stream = createReadStream(path, {
    highWaterMark: 1 << 18,
    ...(range === undefined ? {} : { start: range.start, end: range.end - 1 }),
  });
  const chunks = stream[Symbol.asyncIterator]();
  return {
    bytes: Buffer.alloc(0),
    offset: range?.start ?? 0,
    async more() {
      const next = await boundary(`source ${path}`, () => chunks.next());
      if (next.done) return false;
      const chunk = next.value as Buffer;
      this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
      return true;
    },
    async fill(bytes) {
      while (this.bytes.length < bytes && (await this.more()));
    },
    drop(bytes) {
      this.bytes = this.bytes.subarray(bytes);
      this.offset += bytes;
    },
    async close() {
      stream.destroy();
    },
  };
}
