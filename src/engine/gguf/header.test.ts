// The header of a file: what is read of it, and every way in which it is refused.
import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { textBytes, u32, u64 } from "./entries.ts";
import { buildGguf, handleOver, modelFile, tinyConfig, wide } from "./fixtures/build.ts";
import { readHeader } from "./header.ts";

const read = (bytes: Buffer) => readHeader(handleOver(bytes), "m.gguf", bytes.length);

/** The bytes of a key-value of any type. */
function value(key: string, type: number, ...bytes: Buffer[]): Buffer {
  return Buffer.concat([textBytes(key), u32(type), ...bytes]);
}

test("key-values of every type are read", async () => {
  const real = Buffer.alloc(8);
  real.writeDoubleLE(-0.1);
  const { metadata } = await read(
    buildGguf({
      version: 2,
      entries: [
        value("u8", 0, Buffer.from([200])),
        value("i8", 1, Buffer.from([200])),
        value("u16", 2, Buffer.from([1, 2])),
        value("i16", 3, Buffer.from([255, 255])),
        { key: "u32", type: "u32", value: 4294967295 },
        value("i32", 5, u32(4294967295)),
        { key: "f32", type: "f32", value: 0.5 },
        { key: "bool", type: "bool", value: true },
        { key: "text", type: "text", value: "ä€😀" },
        value("u64", 10, wide(2n ** 53n - 1n)),
        value("huge", 10, wide(2n ** 64n - 1n)),
        value("i64", 11, wide(-5n)),
        value("f64", 12, real),
        { key: "texts", type: "texts", value: ["", "a", "b c"] },
        { key: "numbers", type: "i32s", value: [-1, 2] },
      ],
    }),
  );
  expect(Object.fromEntries(metadata)).toEqual({
    u8: 200,
    i8: -56,
    u16: 513,
    i16: -1,
    u32: 4294967295,
    i32: -1,
    f32: 0.5,
    bool: true,
    text: "ä€😀",
    u64: 2 ** 53 - 1,
    huge: 2n ** 64n - 1n,
    i64: -5,
    f64: -0.1,
    texts: ["", "a", "b c"],
    numbers: new Int32Array([-1, 2]),
  });
});

test("a text longer than a piece of reading and a list across pieces are whole", async () => {
  const long = "x".repeat(3_000_000);
  const many = Array.from({ length: 200_000 }, (_, i) => `token ${i}`);
  const { metadata } = await read(
    buildGguf({
      entries: [
        { key: "a", type: "texts", value: many },
        { key: "long", type: "text", value: long },
        { key: "numbers", type: "i32s", value: many.map((_, i) => i) },
      ],
    }),
  );
  expect(metadata.get("a")).toEqual(many);
  expect(metadata.get("long")).toBe(long);
  expect((metadata.get("numbers") as Int32Array)[199_999]).toBe(199_999);
});

const one = { name: "a", dimensions: [4] };
const refused: readonly [string, Buffer, string][] = [
  ["another format", Buffer.from("PK\u0003\u0004".padEnd(40)), 'byte 0: the file starts with "PK'],
  ["version 1", buildGguf({ version: 1 }), "byte 4: its version is 1; expected version 2 or 3"],
  ["big-endian numbers", buildGguf({ version: 3 << 24 }), "byte 4: its numbers are big-endian"],
  [
    "more tensors than bytes",
    buildGguf({ tensorCount: 2n ** 60n }),
    "byte 8: it claims 1152921504606846976 tensors",
  ],
  [
    "more key-values than bytes",
    buildGguf({ entryCount: 100 }),
    "byte 16: it claims 100 key-values; expected at most",
  ],
  [
    "a text longer than the file",
    buildGguf({ entries: [value("k", 8, wide(2n ** 63n))] }),
    '"k" claims 9223372036854775808 bytes of text',
  ],
  [
    "a list longer than the file",
    buildGguf({ entries: [value("k", 9, u32(0), wide(10n ** 12n))] }),
    'the list "k" claims 1000000000000 items',
  ],
  [
    "an unknown type",
    buildGguf({ entries: [value("k", 13, u64(0))] }),
    '"k" has the value type 13; expected a type from 0 to 12',
  ],
  [
    "a truth value of 2",
    buildGguf({ entries: [value("k", 7, Buffer.from([2]))] }),
    '"k" is byte 2; expected 0 or 1',
  ],
  [
    "a list of lists",
    buildGguf({ entries: [value("k", 9, u32(9), u64(2), u32(4), u64(1), u32(7), u32(8), u64(0))] }),
    '"k" is a list of lists; expected a list of numbers or text',
  ],
  [
    "a key twice",
    buildGguf({
      entries: [
        { key: "k", type: "u32", value: 1 },
        { key: "k", type: "u32", value: 1 },
      ],
    }),
    'the key "k" is there twice',
  ],
  [
    "an alignment of 3",
    buildGguf({ entries: [{ key: "general.alignment", type: "u32", value: 3 }] }),
    '"general.alignment" is 3; expected a power of two',
  ],
  ["a tensor twice", buildGguf({ tensors: [one, one] }), 'the tensor "a" is there twice'],
  [
    "a tensor without a place",
    buildGguf({ tensors: [{ ...one, offset: 8 }] }),
    '"a" starts at 8 of the data; expected a multiple of 32',
  ],
  [
    "tensors that overlap",
    buildGguf({
      tensors: [
        { name: "a", dimensions: [64] },
        { name: "b", dimensions: [64], offset: 32 },
      ],
    }),
    '"b" starts inside another tensor',
  ],
  [
    "a tensor beyond the file",
    buildGguf({ tensors: [{ name: "a", dimensions: [64], data: Buffer.alloc(4) }] }),
    "at most the file's",
  ],
  [
    "an offset beyond every file",
    buildGguf({ tensors: [{ ...one, offset: 2n ** 63n }] }),
    '"a" starts at 9223372036854775808',
  ],
  ["a dimension of 0", buildGguf({ tensors: [{ ...one, dimensions: [0] }] }), '"a" has a dimension of 0'],
  [
    "dimensions that overflow",
    buildGguf({
      tensors: [{ ...one, dimensions: [2n ** 32n, 2n ** 32n, 2n ** 32n], data: Buffer.alloc(4) }],
    }),
    '"a" has a dimension of 4294967296',
  ],
  [
    "five dimensions",
    buildGguf({ tensors: [{ ...one, dimensions: [1, 1, 1, 1, 1] }] }),
    '"a" has 5 dimensions; expected 1 to 4',
  ],
  [
    "half a block",
    buildGguf({ tensors: [{ name: "a", dimensions: [33], type: "Q8_0" }] }),
    'rows of "a" have 33 values; expected a multiple of 32',
  ],
  [
    "a type that is not read",
    buildGguf({ tensors: [{ name: "a", dimensions: [256], type: 16 }] }),
    '"a" has type IQ2_XXS; expected one of F32',
  ],
  [
    "a type that does not exist",
    buildGguf({ tensors: [{ name: "a", dimensions: [256], type: 77 }] }),
    '"a" has type number 77',
  ],
  [
    "a name of 65 bytes",
    buildGguf({ tensors: [{ name: "a".repeat(65), dimensions: [4] }] }),
    "a tensor's name has 65 bytes",
  ],
];

test.each(refused)("%s is refused", async (_name, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message);
  await expect(read(bytes)).rejects.toThrow(UsageError);
});

test("every truncation is refused and says at which byte", async () => {
  const whole = modelFile(tinyConfig("qwen2"), [{ key: "a", type: "texts", value: ["x", "yz"] }]);
  for (let length = 0; length < whole.length; length += length < 3000 ? 1 : 97)
    await expect(read(whole.subarray(0, length))).rejects.toThrow(
      /m\.gguf: not a whole GGUF file: byte \d+: .*; expected /u,
    );
  await expect(read(whole)).resolves.toBeDefined();
});
