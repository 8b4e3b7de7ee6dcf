/**
 * The "K" types of ggml: blocks of 256 values whose scales are themselves small integers under one float16 scale.
 *
 * Q2_K and Q4_K to Q6_K follow d·s·q − m·t (Q3_K and Q6_K without the second term); what differs is where the bits of
 * q, s and t lie. See dequantise.ts for why no intermediate rounding is needed.
 */
import { float16Table } from "./half.ts";
import { layouts, type TensorType } from "./types.ts";

type SuperType = Extract<TensorType, `Q${string}_K`>;

/** Fills `out`, whole blocks of 256 values. */
export function dequantiseSuper(type: SuperType, bytes: Uint8Array, out: Float32Array): void {
  const { bytes: size } = layouts[type];
  for (let at = 0, to = 0; to < out.length; at += size, to += 256) unpack[type](bytes, at, out, to);
}

const unpack: Readonly<
  Record<SuperType, (bytes: Uint8Array, at: number, out: Float32Array, to: number) => void>
> = {
  // 16 bytes of scale and minimum (4 bits each), 64 bytes of values (2 bits each), d, dmin.
  Q2_K(bytes, at, out, to) {
    const d = halfAt(bytes, at + 80);
    const low = halfAt(bytes, at + 82);
    for (let i = 0; i < 256; i++) {
      const scale = bytes[at + (i >> 4)]!;
      const value = (bytes[at + 16 + 32 * (i >> 7) + (i & 31)]! >> (2 * ((i >> 5) & 3))) & 3;
      out[to + i] = d * (scale & 15) * value - low * (scale >> 4);
    }
  },
  // 32 bytes of third bits, 64 bytes of two bits, 12 bytes of scales (6 bits each), d.
  Q3_K(bytes, at, out, to) {
    const d = halfAt(bytes, at + 108);
    for (let group = 0; group < 16; group++) {
      const packed = bytes[at + 96 + (group & 7)]!;
      const low = group < 8 ? packed & 15 : packed >> 4;
      const high = (bytes[at + 104 + (group & 3)]! >> (2 * (group >> 2))) & 3;
      const scale = d * ((low | (high << 4)) - 32);
      for (let i = 16 * group; i < 16 * group + 16; i++) {
        const value = (bytes[at + 32 + 32 * (i >> 7) + (i & 31)]! >> (2 * ((i >> 5) & 3))) & 3;
        const third = (bytes[at + (i & 31)]! >> (i >> 5)) & 1;
        out[to + i] = scale * (value - (third === 1 ? 0 : 4));
      }
    }
  },
  // d, dmin, 12 bytes of scales and minima, 128 bytes of values (4 bits each).
  Q4_K(bytes, at, out, to) {
    const d = halfAt(bytes, at);
    const low = halfAt(bytes, at + 2);
    for (let group = 0; group < 8; group++) {
      const scale = d * scaleOf(bytes, at + 4, group);
      const minimum = low * minimumOf(bytes, at + 4, group);
      const from = at + 16 + 32 * (group >> 1);
      const shift = 4 * (group & 1);
      for (let i = 0; i < 32; i++)
        out[to + 32 * group + i] = scale * ((bytes[from + i]! >> shift) & 15) - minimum;
    }
  },
  // As Q4_K, with 32 bytes of fifth bits before the values.
  Q5_K(bytes, at, out, to) {
    const d = halfAt(bytes, at);
    const low = halfAt(bytes, at + 2);
    for (let group = 0; group < 8; group++) {
      const scale = d * scaleOf(bytes, at + 4, group);
      const minimum = low * minimumOf(bytes, at + 4, group);
      const from = at + 48 + 32 * (group >> 1);
      const shift = 4 * (group & 1);
      for (let i = 0; i < 32; i++) {
        const fifth = (bytes[at + 16 + i]! >> group) & 1;
        out[to + 32 * group + i] = scale * (((bytes[from + i]! >> shift) & 15) | (fifth << 4)) - minimum;
      }
    }
  },
  // 128 bytes of four bits, 64 bytes of two more, 16 scales of 8 bits, d.
  Q6_K(bytes, at, out, to) {
    const d = halfAt(bytes, at + 208);
    for (let i = 0; i < 256; i++) {
      const half = i >> 7;
      const quarter = (i >> 5) & 3;
      const low = (bytes[at + 64 * half + 32 * (quarter & 1) + (i & 31)]! >> (4 * (quarter >> 1))) & 15;
      const high = (bytes[at + 128 + 32 * half + (i & 31)]! >> (2 * quarter)) & 3;
      const scale = (bytes[at + 192 + (i >> 4)]! << 24) >> 24;
      out[to + i] = d * scale * ((low | (high << 4)) - 32);
    }
  },
};

function halfAt(bytes: Uint8Array, at: number): number {
  return float16Table()[bytes[at]! | (bytes[at + 1]! << 8)]!;
}

/** Eight scales and eight minima of six bits in twelve bytes: the first four of each whole, the others in two parts. */
function scaleOf(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group]! & 63;
  return (bytes[at + group + 4]! & 15) | ((bytes[at + group - 4]! >> 6) << 4);
}

function minimumOf(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group + 4]! & 63;
  return (bytes[at + group + 4]! >> 4) | ((bytes[at + group]! >> 6) << 4);
}
