// The decoder against the bzip2 program: streams end to end, every alignment of blocks, ranges, and damage of all sorts.
import { spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../base/errors.ts";
import { seededRandom } from "../../base/random.ts";
import { type OnDecompress, readBzip2 } from "./bzip2.ts";

const hasBzip2 = spawnSync("bzip2", ["--version"], { input: "" }).error === undefined;
const folder = await mkdtemp(join(tmpdir(), "fleming-bzip2-"));
const path = join(folder, "x.bz2");

function pack(bytes: Uint8Array, level = 9): Buffer {
  return spawnSync("bzip2", [`-${level}`, "-c"], { input: bytes, maxBuffer: 1 << 28 }).stdout;
}

async function unpack(
  bytes: Buffer,
  range?: { start: number; end: number },
  seen?: OnDecompress,
): Promise<Buffer> {
  await writeFile(path, bytes);
  const out: Buffer[] = [];
  for await (const block of readBzip2(path, range, seen)) out.push(block);
  return Buffer.concat(out);
}

/** Words in random order: as dense as text, and different in every block. */
function words(seed: number, length: number): Buffer {
  const random = seededRandom(seed, "words");
  let text = "";
  while (text.length < length) text += `${random.integer(5000).toString(36)} é `;
  return Buffer.from(text.slice(0, length));
}

test.skipIf(!hasBzip2)(
  "streams of any level, many blocks and none read as the program wrote them",
  async () => {
    const piece = fc.record({
      level: fc.integer({ min: 1, max: 9 }),
      length: fc.nat({ max: 400_000 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 3 }), async (pieces) => {
        const texts = pieces.map(({ seed, length }) => words(seed, length));
        const packed = texts.map((text, i) => pack(text, pieces[i]?.level));
        let told = 0;
        const text = await unpack(Buffer.concat(packed), undefined, (_, __, bytes) => {
          told += bytes;
        });
        expect(text.equals(Buffer.concat(texts))).toBe(true);
        expect(told).toBe(text.length);
        const [before, range] = packed as [Buffer, Buffer | undefined];
        if (range === undefined) return;
        const end = before.length + range.length;
        const middle = await unpack(Buffer.concat(packed), { start: before.length, end });
        expect(middle.equals(texts[1] as Buffer)).toBe(true);
      }),
      {
        numRuns: 8,
        examples: [
          [
            [
              { level: 1, length: 350_000, seed: 1 },
              { level: 9, length: 0, seed: 1 },
            ],
          ],
        ],
      },
    );
  },
);

test.skipIf(!hasBzip2)("loading the decoder leaves the process as it was", async () => {
  await unpack(pack(words(1, 10)));
  const sources = (["uncaughtException", "unhandledRejection"] as const).flatMap((event) =>
    process.listeners(event as "uncaughtException").map(String),
  );
  expect(sources.filter((text) => /ExitStatus|throw reason/.test(text))).toEqual([]);
});

test.skipIf(!hasBzip2)("a block that holds far more than its size is read", async () => {
  const text = Buffer.concat([Buffer.alloc(20_000_000), words(1, 1000)]);
  expect((await unpack(pack(text))).equals(text)).toBe(true);
});

test.skipIf(!hasBzip2)(
  "a file cut anywhere, or with one wrong bit, is an error that names the byte",
  async () => {
    const first = pack(words(1, 250_000), 1);
    const whole = Buffer.concat([first, pack(words(2, 150_000), 1)]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        if (at !== first.length)
          await expect(unpack(whole.subarray(0, at))).rejects.toThrow(/x\.bz2: byte \d+: /);
        // Byte 3 is the size of blocks, of which a larger one does no harm; the last bits of a stream are padding.
        const isFree = [3, first.length - 1, first.length + 3, whole.length - 1].includes(at);
        if (isFree) return;
        const wrong = Buffer.from(whole);
        wrong[at] = (wrong[at] as number) ^ (1 << bit);
        const failure = await unpack(wrong).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(UsageError);
        const named = Number(/byte (\d+)/.exec((failure as UsageError).message)?.[1]);
        expect(named <= at).toBe(true);
      }),
      {
        numRuns: 30,
        examples: [
          [first.length, 0],
          [4, 7],
          [first.length - 2, 0],
        ],
      },
    );
  },
);
