/**
 * The part of the protocol buffer wire format that an ONNX file needs: varints, 32-bit floats, and lengths.
 *
 * A message is a list of byte pieces; nested messages are written first and then framed by their length.
 */

export type Piece = Uint8Array;

const text = new TextEncoder();

/** An unsigned or (two's complement) negative integer as a varint. */
function varint(value: number | bigint): Piece {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** Pieces one after another. */
function concatenate(pieces: readonly Piece[]): Piece {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** A field holding an integer. */
export function integerField(field: number, value: number | bigint): Piece {
  return concatenate([varint(field << 3), varint(value)]);
}

/** A field holding a 32-bit float. */
export function floatField(field: number, value: number): Piece {
  return concatenate([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)]);
}

/** A field holding bytes, text or a nested message. */
export function bytesField(field: number, value: Piece | string): Piece {
  const bytes = typeof value === "string" ? text.encode(value) : value;
  return concatenate([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** A message from its fields. */
export function message(...fields: readonly (Piece | readonly Piece[])[]): Piece {
  return concatenate(fields.flatMap((field) => (field instanceof Uint8Array ? [field] : field)));
}
