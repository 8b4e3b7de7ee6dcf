/**
 * Writes safetensors files, float32 or bfloat16, whole or absent.
 *
 * bfloat16 is rounded to the nearest, ties to even, as PyTorch rounds it; float32 is written as it is.
 */
import { writePieces } from "../base/files.ts";
import { toBfloat16 } from "./gguf/half.ts";

/** The types that are written. */
export type WrittenType = "F32" | "BF16";

/** Bytes of one number. */
export const writtenBytes: Readonly<Record<WrittenType, number>> = { F32: 4, BF16: 2 };

/** A tensor to be written. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Numbers are copied out of shared memory in pieces of this many. */
const PIECE = 1 << 21;

/** Writes tensors in the order given; the file is whole or absent. */
export async function writeSafetensors(
  path: string,
  tensors: readonly NamedArray[],
  metadata: Readonly<Record<string, string>>,
  dtype: WrittenType = "F32",
): Promise<void> {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, shape, data } of tensors) {
    const end = at + data.length * writtenBytes[dtype];
    header[name] = { dtype, shape, data_offsets: [at, end] };
    at = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  // Spaces up to a multiple of eight, so that the numbers lie aligned for readers that map the file.
  const padded = Buffer.alloc(Math.ceil(text.length / 8) * 8, " ");
  text.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));

  await writePieces(path, async (file) => {
    await file.writeFile(length);
    await file.writeFile(padded);
    for (const { data } of tensors) {
      for (let from = 0; from < data.length; from += PIECE) {
        // A copy: file systems do not take shared buffers.
        const piece = data.slice(from, from + PIECE);
        await file.writeFile(new Uint8Array(dtype === "F32" ? piece.buffer : narrowed(piece).buffer));
      }
    }
  });
}

function narrowed(piece: Float32Array): Uint16Array {
  const words = new Uint32Array(piece.buffer, piece.byteOffset, piece.length);
  const halves = new Uint16Array(words.length);
  for (let i = 0; i < words.length; i++) halves[i] = toBfloat16(words[i] as number);
  return halves;
}
