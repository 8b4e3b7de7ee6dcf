// Lines of a file larger than a chunk, with empty ones and characters of several bytes.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileLines } from "./file-lines.ts";

test("lines end where their bytes end, however the file is cut into chunks", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "fleming-lines-")), "lines.txt");
  const lines = ["a", "", "é".repeat(300_000), "😀 end"];
  await writeFile(path, `${lines.join("\n")}`);
  const read = [];
  for await (const line of fileLines(path)) read.push(line);
  expect(read.map(({ bytes }) => bytes.toString())).toEqual(lines);
  expect(read.map(({ number, end, isWhole }) => [number, end, isWhole])).toEqual([
    [1, 2, true],
    [2, 3, true],
    [3, 600_004, true],
    [4, 600_012, false],
  ]);
});
