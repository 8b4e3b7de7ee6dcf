/**
 * 10,000 damaged files: each is read or refused with a UsageError, and none is read outside of itself or takes more
 * memory than it has bytes.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { type Random, seededRandom } from "../base/random.ts";
import { openSafetensors } from "./safetensors.ts";

const folder = mkdtempSync(join(tmpdir(), "safetensors-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true }));

const DATA = 56;
const HEADER = JSON.stringify({
  __metadata__: { format: "pt" },
  a: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
  b: { dtype: "BF16", shape: [4], data_offsets: [24, 32] },
  c: { dtype: "F16", shape: [2, 2, 2], data_offsets: [32, 48] },
  d: { dtype: "I64", shape: [1], data_offsets: [48, 56] },
});
const WHOLE = Buffer.concat([Buffer.alloc(8), Buffer.from(HEADER), Buffer.alloc(DATA, 77)]);
WHOLE.writeBigUInt64LE(BigInt(HEADER.length));

const NUMBERS = [
  "0",
  "-1",
  "1",
  "24",
  "1e3",
  "9007199254740991",
  "1e308",
  "4294967296",
  "0.5",
  '"4"',
  "null",
  "[]",
];
const PIECES = [
  ..."{}[],:\"'\\ \0",
  "é",
  "null",
  "[0,0]",
  '"F32"',
  '"F64"',
  '"BOOL"',
  '"a":',
  '"__proto__":',
];

/** One way to damage the header's text. */
function damage(text: string, random: Random): string {
  const [at, until] = [random.integer(text.length), random.integer(text.length)].sort((x, y) => x - y) as [
    number,
    number,
  ];
  switch (random.integer(5)) {
    case 0:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at + random.integer(3));
    case 1:
      return text.slice(0, at) + text.slice(Math.min(until, at + 30));
    case 2:
      return text.slice(0, until) + text.slice(at, Math.min(until, at + 80)) + text.slice(until);
    case 3: {
      const numbers = [...text.matchAll(/\d+/g)];
      if (numbers.length === 0) return text;
      const { 0: found, index } = random.pick(numbers);
      return text.slice(0, index) + random.pick(NUMBERS) + text.slice(index + found.length);
    }
    default:
      return text.replace(
        random.pick(['"F32"', '"BF16"', "shape", "data_offsets", "format"]),
        random.pick(PIECES),
      );
  }
}

/** A damaged file: text, single bits, the length, or the end. */
function damagedFile(random: Random): Buffer {
  let text = HEADER;
  for (let times = random.integer(4); times > 0; times--) text = damage(text, random);
  const header = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  if (random.next() < 0.1) length[random.integer(8)] = random.integer(256);
  const bytes = Buffer.concat([length, header, Buffer.alloc(DATA)]);
  if (random.next() < 0.3) {
    const at = random.integer(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << random.integer(8));
  }
  return random.next() < 0.2 ? bytes.subarray(0, random.integer(bytes.length)) : bytes;
}

test("a damaged file is read or refused", async () => {
  const random = seededRandom(11, "fuzz");
  const path = join(folder, "a.safetensors");
  let whole = 0;
  for (let i = 0; i < 10_000; i++) {
    const bytes = i === 0 ? WHOLE : damagedFile(random);
    writeFileSync(path, bytes);
    try {
      await using file = await openSafetensors(path);
      for (const tensor of file.tensors.values()) {
        expect(tensor.end - tensor.start).toBeLessThanOrEqual(bytes.length);
        const count = tensor.shape.reduce((a, b) => a * b, 1);
        await file.read(tensor, new Float32Array(count)).catch(usage);
      }
      whole++;
    } catch (error) {
      usage(error, bytes);
    }
  }
  // Neither everything refused nor everything believed.
  expect(whole).toBeGreaterThan(300);
  expect(whole).toBeLessThan(3000);
});

function usage(error: unknown, bytes?: Buffer): void {
  if (!(error instanceof UsageError))
    throw new Error(`not refused: ${bytes?.toString("latin1")}`, { cause: error });
}

test("every truncation is refused", async () => {
  const path = join(folder, "cut.safetensors");
  for (let length = 0; length < WHOLE.length; length++) {
    writeFileSync(path, WHOLE.subarray(0, length));
    await expect(openSafetensors(path)).rejects.toThrow(UsageError);
  }
});
