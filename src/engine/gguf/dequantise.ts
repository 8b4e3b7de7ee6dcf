/**
 * Blocks of a GGUF tensor to float32, equal to ggml's reference to the bit.
 *
 * A block is a few float16 numbers (scale d, minimum m) and small integers. Every product of them has at most 26
 * significant bits and every sum here at most 53, so the arithmetic of JavaScript is exact and the one rounding is
 * the one on storing; ggml rounds at the same place, its products of at most 24 bits being exact too. Where 25 bits
 * occur (Q6_K: scale of 19 bits times 6) the product is ggml's last operation as well.
 */
import { float16Table } from "./half.ts";
import { dequantiseSuper } from "./super-blocks.ts";
import { layouts, type TensorType } from "./types.ts";

/** Fills `out` from `bytes`, which hold exactly its blocks. */
export function dequantise(type: TensorType, bytes: Uint8Array, out: Float32Array): void {
  const { values, bytes: size } = layouts[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const half = float16Table();
  const blocks = out.length / values;
  switch (type) {
    case "F32":
      new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes);
      return;
    case "F16":
      for (let i = 0; i < blocks; i++) out[i] = half[view.getUint16(2 * i, true)]!;
      return;
    case "BF16": {
      // Through the pattern, so that NaN keeps its bits.
      const patterns = new Uint32Array(out.buffer, out.byteOffset, out.length);
      for (let i = 0; i < blocks; i++) patterns[i] = view.getUint16(2 * i, true) << 16;
      return;
    }
    case "Q8_0":
      for (let block = 0, at = 0, to = 0; block < blocks; block++, at += size, to += 32) {
        const d = half[view.getUint16(at, true)]!;
        for (let i = 0; i < 32; i++) out[to + i] = d * view.getInt8(at + 2 + i);
      }
      return;
    case "Q4_0":
      for (let block = 0, at = 0, to = 0; block < blocks; block++, at += size, to += 32) {
        const d = half[view.getUint16(at, true)]!;
        for (let i = 0; i < 16; i++) {
          const pair = bytes[at + 2 + i]!;
          out[to + i] = d * ((pair & 15) - 8);
          out[to + 16 + i] = d * ((pair >> 4) - 8);
        }
      }
      return;
    case "Q4_1":
      for (let block = 0, at = 0, to = 0; block < blocks; block++, at += size, to += 32) {
        const d = half[view.getUint16(at, true)]!;
        const m = half[view.getUint16(at + 2, true)]!;
        for (let i = 0; i < 16; i++) {
          const pair = bytes[at + 4 + i]!;
          out[to + i] = d * (pair & 15) + m;
          out[to + 16 + i] = d * (pair >> 4) + m;
        }
      }
      return;
    case "Q5_0":
      for (let block = 0, at = 0, to = 0; block < blocks; block++, at += size, to += 32) {
        const d = half[view.getUint16(at, true)]!;
        const high = view.getUint32(at + 2, true);
        for (let i = 0; i < 16; i++) {
          const pair = bytes[at + 6 + i]!;
          out[to + i] = d * (((pair & 15) | (((high >>> i) & 1) << 4)) - 16);
          out[to + 16 + i] = d * (((pair >> 4) | (((high >>> (i + 16)) & 1) << 4)) - 16);
        }
      }
      return;
    case "Q5_1":
      for (let block = 0, at = 0, to = 0; block < blocks; block++, at += size, to += 32) {
        const d = half[view.getUint16(at, true)]!;
        const m = half[view.getUint16(at + 2, true)]!;
        const high = view.getUint32(at + 4, true);
        for (let i = 0; i < 16; i++) {
          const pair = bytes[at + 8 + i]!;
          out[to + i] = d * ((pair & 15) | (((high >>> i) & 1) << 4)) + m;
          out[to + 16 + i] = d * ((pair >> 4) | (((high >>> (i + 16)) & 1) << 4)) + m;
        }
      }
      return;
    default:
      dequantiseSuper(type, bytes, out);
  }
}
