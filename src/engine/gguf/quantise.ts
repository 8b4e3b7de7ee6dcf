/**
 * Float32 to the tensor types that are written: F32, F16 and BF16 rounded to the nearest with ties to even, and Q8_0
 * equal to ggml's reference to the bit.
 */
import { UsageError } from "../../base/errors.ts";
import { toBfloat16, toFloat16 } from "./half.ts";
import { layouts, type TensorType } from "./types.ts";

/** The types that are written. */
export type WrittenType = Extract<TensorType, "F32" | "F16" | "BF16" | "Q8_0">;

/**
 * The bytes of whole blocks of values; `name` is what an error calls the tensor.
 * @throws UsageError where a number cannot be told in the type (beyond float16, or not a number).
 */
export function quantise(type: WrittenType, values: Float32Array, name: string): Uint8Array {
  const layout = layouts[type];
  const bytes = new Uint8Array((values.length / layout.values) * layout.bytes);
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const view = new DataView(bytes.buffer);
  switch (type) {
    case "F32":
      for (let i = 0; i < values.length; i++) view.setUint32(4 * i, patterns[i]!, true);
      return bytes;
    case "BF16":
      for (let i = 0; i < values.length; i++) view.setUint16(2 * i, toBfloat16(patterns[i]!), true);
      return bytes;
    case "F16":
      for (let i = 0; i < values.length; i++) {
        const half = toFloat16(patterns[i]!);
        if ((half & 0x7c00) === 0x7c00) throw tooLarge(name, values[i]!, type);
        view.setUint16(2 * i, half, true);
      }
      return bytes;
    case "Q8_0":
      for (let at = 0, from = 0; from < values.length; at += layout.bytes, from += 32)
        quantiseBlock(values, patterns, from, view, at, name);
      return bytes;
    default:
      return type satisfies never;
  }
}

const word = new DataView(new ArrayBuffer(4));

/** One scale, largest / 127, and 32 whole numbers rounded away from zero at halves, in float32 throughout. */
function quantiseBlock(
  values: Float32Array,
  patterns: Uint32Array,
  from: number,
  view: DataView,
  at: number,
  name: string,
): void {
  let largest = 0;
  for (let i = from; i < from + 32; i++) {
    if ((patterns[i]! & 0x7f800000) === 0x7f800000) throw tooLarge(name, values[i]!, "Q8_0");
    largest = Math.max(largest, Math.abs(values[i]!));
  }
  const scale = Math.fround(largest / 127);
  const inverse = Math.fround(1 / scale);
  word.setFloat32(0, scale);
  const half = toFloat16(word.getUint32(0));
  if ((half & 0x7c00) === 0x7c00) throw tooLarge(name, largest, "Q8_0");
  view.setUint16(at, half, true);
  // A block so small that its scale has no inverse is a block of zeros: its scale is one too.
  if (!Number.isFinite(inverse)) return;
  for (let i = 0; i < 32; i++) {
    const steps = Math.fround(values[from + i]! * inverse);
    view.setInt8(at + 2 + i, steps < 0 ? -Math.floor(0.5 - steps) : Math.floor(steps + 0.5));
  }
}

function tooLarge(name: string, value: number, type: string): UsageError {
  return new UsageError(
    `"${name}" holds ${value}, which ${type} cannot say (its numbers end at 65504); write it as f32`,
  );
}
