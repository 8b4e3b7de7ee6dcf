import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { dequantise } from "./dequantise.ts";
import { float16Table, toBfloat16, toFloat16 } from "./half.ts";
import { quantise, type WrittenType } from "./quantise.ts";
import { layouts, type TensorType } from "./types.ts";

// Made by interop/gguf_vectors.py with the reference implementation in Python.
const vectors = JSON.parse(readFileSync(new URL("./fixtures/blocks.json", import.meta.url), "utf8")) as {
  readonly dequantised: Readonly<Record<TensorType, { readonly bytes: string; readonly values: string }>>;
  readonly quantised: Readonly<Record<string, { readonly bytes: string; readonly values: string }>>;
};

function floats(hex: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(hex, "hex")).buffer);
}

function hexOf(array: Float32Array | Uint8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("hex");
}

test.each(Object.keys(layouts) as TensorType[])("%s is widened as the reference does, to the bit", (type) => {
  const { bytes, values } = vectors.dequantised[type];
  const out = new Float32Array(values.length / 8);
  dequantise(type, new Uint8Array(Buffer.from(bytes, "hex")), out);
  expect(hexOf(out)).toBe(values);
});

test.each(["F16", "BF16", "Q8_0"] as const)("%s is narrowed as the reference does, to the bit", (type) => {
  const { bytes, values } = vectors.quantised[type]!;
  expect(hexOf(quantise(type, floats(values), "w"))).toBe(bytes);
});

test("every float16 and bfloat16 survives being widened and narrowed", () => {
  const word = new Float32Array(1);
  const pattern = new Uint32Array(word.buffer);
  for (let bits = 0; bits < 65536; bits++) {
    word[0] = float16Table()[bits]!;
    if (!Number.isNaN(word[0])) expect(toFloat16(pattern[0]!)).toBe(bits);
    pattern[0] = bits << 16;
    if ((bits & 0x7fff) <= 0x7f80) expect(toBfloat16(pattern[0])).toBe(bits);
  }
});

test("float16 is the nearest one, the even one at a tie", () => {
  const half = float16Table();
  fc.assert(
    fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
      const found = toFloat16(new Uint32Array(new Float32Array([value]).buffer)[0]!);
      const error = Math.abs(half[found]! - value);
      const size = found & 0x7fff;
      for (const other of [size - 1, size + 1].filter((bits) => bits >= 0 && bits < 0x7c00)) {
        const otherError = Math.abs(half[other]! - Math.abs(value));
        expect(error < otherError || (error === otherError && size % 2 === 0)).toBe(true);
      }
    }),
  );
});

test.each([
  ["F16", 70000],
  ["Q8_0", Number.NaN],
  ["Q8_0", 1e10],
] as const)("a number that %s cannot say is refused: %d", (type: WrittenType, value) => {
  expect(() => quantise(type, new Float32Array(32).fill(value), "w")).toThrow(UsageError);
});
