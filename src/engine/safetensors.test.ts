/** The reader believes nothing: each way a file can lie about itself is refused with the file's name. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSafetensors } from "./safetensors.ts";
import { writeSafetensors } from "./safetensors-write.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "safetensors-"));
});
afterAll(() => rm(folder, { recursive: true }));

function fileOf(header: unknown, dataBytes: number): Buffer {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
}

test("what is written is read back, and the numbers start aligned", async () => {
  const path = join(folder, "whole.safetensors");
  const shared = new Float32Array(new SharedArrayBuffer(24));
  shared.set([1, -2, 3.5, 1e-40, 0, 6]);
  await writeSafetensors(
    path,
    [
      { name: "a", shape: [2, 3], data: shared },
      { name: "empty", shape: [0], data: new Float32Array(0) },
    ],
    { format: "pt" },
  );
  expect(((await readFile(path)).readUInt32LE(0) + 8) % 8).toBe(0);
  await using file = await openSafetensors(path);
  expect(file.metadata).toEqual({ format: "pt" });
  const target = new Float32Array(6);
  await file.read(file.tensors.get("a")!, target);
  expect(target).toEqual(new Float32Array([1, -2, 3.5, 1e-40, 0, 6]));
});

test("a file that cannot take its place leaves nothing beside it", async () => {
  const path = join(folder, "taken", "a.safetensors");
  await mkdir(path, { recursive: true });
  const tensor = { name: "a", shape: [2], data: new Float32Array(2) };
  await expect(writeSafetensors(path, [tensor], {})).rejects.toThrow("EISDIR");
  expect(await readdir(join(folder, "taken"))).toEqual(["a.safetensors"]);
});

test("half precision is widened", async () => {
  const path = join(folder, "half.safetensors");
  const header = {
    h: { dtype: "F16", shape: [4], data_offsets: [0, 8] },
    b: { dtype: "BF16", shape: [2], data_offsets: [8, 12] },
  };
  const bytes = fileOf(header, 12);
  const data = bytes.length - 12;
  for (const [i, bits] of [0x3c00, 0xc000, 0x0001, 0x7c00, 0x3f80, 0xc049].entries()) {
    bytes.writeUInt16LE(bits, data + 2 * i);
  }
  await writeFile(path, bytes);
  await using file = await openSafetensors(path);
  const [h, b] = [new Float32Array(4), new Float32Array(2)];
  await file.read(file.tensors.get("h")!, h);
  await file.read(file.tensors.get("b")!, b);
  expect([...h]).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY]);
  expect([...b]).toEqual([1, -3.140625]);
});

const entry = (start: number, end: number, shape = [(end - start) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const HOSTILE: Readonly<Record<string, readonly [Uint8Array, RegExp]>> = {
  "a file of three bytes": [Buffer.alloc(3), /it has 3 bytes/],
  "a header longer than the file": [
    Buffer.from([255, 255, 255, 255, 0, 0, 0, 0, 123]),
    /claims 4294967295 bytes/,
  ],
  "a header beyond any number": [Buffer.alloc(64, 255), /claims 18446744073709551615 bytes/],
  "a header that is not JSON": [fileOf("{{", 0), /not JSON/],
  "a header that is a list": [fileOf([], 0), /no JSON object/],
  "data cut off": [fileOf({ a: entry(0, 16) }, 12), /take 16 bytes and 12 follow/],
  "data beyond the tensors": [fileOf({ a: entry(0, 16) }, 20), /take 16 bytes and 20 follow/],
  "tensors that overlap": [
    fileOf({ a: entry(0, 16), b: entry(8, 24) }, 24),
    /"b" starts at byte 8; 16 was expected/,
  ],
  "a gap between tensors": [
    fileOf({ a: entry(0, 8), b: entry(12, 16) }, 16),
    /"b" starts at byte 12; 8 was expected/,
  ],
  "a shape that does not fit its bytes": [
    fileOf({ a: entry(0, 16, [5]) }, 16),
    /takes 20 bytes and its offsets give 16/,
  ],
  "a shape that overflows": [fileOf({ a: entry(0, 16, [2 ** 40, 2 ** 40]) }, 16), /its offsets give 16/],
  "a negative size": [fileOf({ a: entry(0, 16, [-4]) }, 16), /needs a shape and two offsets/],
  "an end before its start": [fileOf({ a: entry(16, 0, [0]) }, 16), /its offsets give -16/],
  "an unknown type": [fileOf({ a: entry(0, 16, [2], "F128") }, 16), /"F128", which the format does not know/],
  "a size that is no number": [
    fileOf({ a: entry(0, 16, [...Array(30).fill(2 ** 40), 0]) }, 16),
    /takes NaN bytes/,
  ],
  "text that is not UTF-8": [
    fileOf('{"\u00e9": 1}', 0).map((byte) => (byte === 0xc3 ? 0xff : byte)),
    /in UTF-8/,
  ],
  "metadata that is a list": [fileOf({ __metadata__: ["a"] }, 0), /map text to text/],
  "a name that means something in JavaScript": [
    fileOf('{"__proto__": {}}', 0),
    /"__proto__" has type undefined/,
  ],
  "metadata that is no text": [fileOf({ __metadata__: { a: 1 } }, 0), /map text to text/],
};
for (const [name, [bytes, reason]] of Object.entries(HOSTILE)) {
  test(`${name} is refused`, async () => {
    const path = join(folder, "hostile.safetensors");
    await writeFile(path, bytes);
    await expect(openSafetensors(path)).rejects.toThrow(reason);
    await expect(openSafetensors(path)).rejects.toThrow("hostile.safetensors: not a whole safetensors file");
  });
}

test("a tensor of another type is listed and refused by name when read", async () => {
  const path = join(folder, "double.safetensors");
  await writeFile(path, fileOf({ a: { dtype: "F64", shape: [2], data_offsets: [0, 16] } }, 16));
  await using file = await openSafetensors(path);
  await expect(file.read(file.tensors.get("a")!, new Float32Array(2))).rejects.toThrow(
    'double.safetensors: "a" is stored as F64; F32, F16 or BF16 was expected',
  );
});

test("of a name that the header has twice the last counts, as in JSON", async () => {
  const path = join(folder, "twice.safetensors");
  const one = JSON.stringify(entry(0, 4));
  await writeFile(path, fileOf(`{"a": 1, "a": ${one}}`, 4));
  await using file = await openSafetensors(path);
  expect(file.tensors.get("a")?.shape).toEqual([1]);
});

test("bfloat16 is rounded to the nearest, ties to even", async () => {
  const path = join(folder, "narrow.safetensors");
  const step = 2 ** -7;
  const data = Float32Array.of(1, 1 + step / 2, 1 + 1.5 * step, 1 + 0.51 * step, -Math.PI, 3.4e38, 1e-40, 0);
  await writeSafetensors(path, [{ name: "a", shape: [8], data }], {}, "BF16");
  await using file = await openSafetensors(path);
  const found = new Float32Array(8);
  await file.read(file.tensors.get("a")!, found);
  // 3.4e38 lies above the largest finite bfloat16's rounding bound; subnormals keep what bits they have.
  const smallest = Math.fround(Math.round(1e-40 / 2 ** -133) * 2 ** -133);
  expect([...found]).toEqual([
    1,
    1,
    1 + 2 * step,
    1 + step,
    -3.140625,
    Number.POSITIVE_INFINITY,
    smallest,
    0,
  ]);
});

test("every float16 and bfloat16 number is widened exactly", async () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const header = {
    h: { dtype: "F16", shape: [65536], data_offsets: [0, 131072] },
    b: { dtype: "BF16", shape: [65536], data_offsets: [131072, 262144] },
  };
  const path = join(folder, "all.safetensors");
  const bytes = fileOf(header, 262144);
  for (const at of [262144, 131072]) bytes.set(new Uint8Array(bits.buffer), bytes.length - at);
  await writeFile(path, bytes);
  await using file = await openSafetensors(path);
  const [h, b] = [new Float32Array(65536), new Float32Array(65536)];
  await file.read(file.tensors.get("h")!, h);
  await file.read(file.tensors.get("b")!, b);
  const words = new Uint32Array(b.buffer);
  expect(words.every((word, i) => word === i * 65536)).toBe(true);
  // The value by its definition: sign, exponent of bias 15, ten bits of fraction.
  const wrong = bits.filter((half) => {
    const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
    const size =
      exponent === 31
        ? fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : exponent === 0
          ? (fraction / 1024) * 2 ** -14
          : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return !Object.is(h[half], half >> 15 === 0 || Number.isNaN(size) ? size : -size);
  });
  expect([...wrong]).toEqual([]);
});
