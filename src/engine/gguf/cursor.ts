/**
 * Reads a file's header from front to back in bounded pieces.
 *
 * Nothing is allocated and nothing is read before the number of bytes asked for has been held against what is left of
 * the file and of the largest header; what is too short is a UsageError that says at which byte.
 */
import { UsageError } from "../../base/errors.ts";
import { type ByteSource, readExactly } from "../../base/files.ts";

/** One read takes this much; a single longer string grows the buffer to its own length. */
const PIECE = 1 << 20;

/** An error in a file's form, at a byte. */
export function malformed(path: string, at: number, found: string, expected: string): UsageError {
  return new UsageError(`${path}: not a whole GGUF file: byte ${at}: ${found}; expected ${expected}`);
}

export interface Cursor {
  /** Bytes from the start of the file. */
  position(): number;
  /** Bytes between the position and the end of what may be read. */
  remaining(): number;
  /** Makes the next `count` bytes readable by the functions below; `what` names them in an error. */
  need(count: number, what: string): Promise<void>;
  /** Whether `count` bytes are readable without `need`. */
  has(count: number): boolean;
  u8(): number;
  u32(): number;
  /** An unsigned 64-bit number, as itself. */
  u64(): bigint;
  text(length: number): string;
  /** The next `count` bytes, valid until the next `need`. */
  bytes(count: number): Uint8Array;
}

/** A cursor at byte 0 of a file of `size` bytes that never passes `limit`. */
export function cursorOver(file: ByteSource, path: string, size: number, limit: number): Cursor {
  let piece = Buffer.alloc(0);
  let start = 0;
  let at = 0;
  const end = Math.min(size, limit);
  const position = (): number => start + at;

  const need = async (count: number, what: string): Promise<void> => {
    if (piece.length - at >= count) return;
    if (count > end - position()) {
      if (end < size)
        throw malformed(path, position(), `the header goes on`, `at most ${limit} bytes of header`);
      throw malformed(
        path,
        position(),
        `${what} takes ${count} bytes and ${end - position()} are left`,
        "a file that was not cut off",
      );
    }
    const next = Buffer.allocUnsafe(Math.min(Math.max(PIECE, count), end - position()));
    const kept = piece.copy(next, 0, at);
    start += at;
    at = 0;
    await readExactly(file, path, next.subarray(kept), start + kept);
    piece = next;
  };
  const advance = (count: number): number => {
    at += count;
    return at - count;
  };
  return {
    position,
    remaining: () => end - position(),
    need,
    has: (count) => piece.length - at >= count,
    u8: () => piece.readUInt8(advance(1)),
    u32: () => piece.readUInt32LE(advance(4)),
    u64: () => piece.readBigUInt64LE(advance(8)),
    text: (length) => piece.toString("utf8", advance(length), at),
    bytes: (count) => piece.subarray(advance(count), at),
  };
}
