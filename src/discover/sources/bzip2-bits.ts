/**
 * The borders inside bzip2 data. Blocks are not aligned to bytes: each starts with the 48 bits of π, a stream ends
 * with the 48 bits of √π and a checksum. Finding them lets one block be decoded by itself, as a stream of one block.
 *
 * Invariant: bit positions count from the first byte of the buffer, the highest bit of a byte first.
 */

export type Mark = "block" | "end";

const marks: Readonly<Record<Mark, number>> = { block: 0x314159265359, end: 0x177245385090 };

/** Length of a mark, and of the checksum after it. */
export const MARK_BITS = 48;
export const CHECKSUM_BITS = 32;

/** Pairs of bytes that lie wholly inside a mark, whatever its alignment. */
const pairs = new Uint8Array(1 << 16);
for (const mark of Object.values(marks)) {
  for (let shift = 0; shift < 8; shift++) pairs[Math.floor(mark / 2 ** (24 + shift)) & 0xffff] = 1;
}

/** Up to 48 bits as a number; bits beyond the buffer are 0. */
export function readBits(bytes: Uint8Array, bit: number, count: number): number {
  let value = 0;
  for (let left = count, at = bit; left > 0; ) {
    const inByte = 8 - (at & 7);
    const take = Math.min(inByte, left);
    const byte = (bytes[at >>> 3] ?? 0) & ((1 << inByte) - 1);
    value = value * 2 ** take + (byte >>> (inByte - take));
    at += take;
    left -= take;
  }
  return value;
}

/** Which mark starts at a bit. */
export function markAt(bytes: Uint8Array, bit: number): Mark | undefined {
  const value = readBits(bytes, bit, MARK_BITS);
  if (value === marks.block) return "block";
  return value === marks.end ? "end" : undefined;
}

/** The first bit from `from` on at which a whole mark starts; -1 where there is none. */
export function findMark(bytes: Uint8Array, from: number): number {
  // The pair lies one to three bytes behind the start of its mark.
  for (let i = (from >>> 3) + 1, last = bytes.length - 1; i < last; i++) {
    if (pairs[((bytes[i] as number) << 8) | (bytes[i + 1] as number)] === 0) continue;
    for (let bit = Math.max(from, (i - 3) * 8); bit <= i * 8; bit++) {
      if (bit + MARK_BITS <= bytes.length * 8 && markAt(bytes, bit) !== undefined) return bit;
    }
  }
  return -1;
}

/** The bits of one block as a bzip2 stream of its own; its checksum is the stream's. */
export function blockAsStream(bytes: Uint8Array, start: number, end: number, level: number): Uint8Array {
  const bits = end - start;
  const out = new Uint8Array(4 + Math.ceil((bits + MARK_BITS + CHECKSUM_BITS) / 8));
  out.set([0x42, 0x5a, 0x68, 0x30 + level]);
  const shift = start & 7;
  const whole = bits >>> 3;
  for (let i = 0, j = start >>> 3; i < whole; i++, j++)
    out[4 + i] = (((bytes[j] as number) << shift) | ((bytes[j + 1] ?? 0) >>> (8 - shift))) & 0xff;
  let at = 32 + whole * 8;
  const append = (value: number, count: number): void => {
    for (let i = count - 1; i >= 0; i--, at++)
      if (Math.floor(value / 2 ** i) % 2 === 1)
        out[at >>> 3] = (out[at >>> 3] as number) | (0x80 >>> (at & 7));
  };
  append(readBits(bytes, start + whole * 8, bits & 7), bits & 7);
  append(marks.end, MARK_BITS);
  append(readBits(bytes, start + MARK_BITS, CHECKSUM_BITS), CHECKSUM_BITS);
  return out;
}
