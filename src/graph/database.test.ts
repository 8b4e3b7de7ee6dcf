import { existsSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { lackOf, rowsOf, withDatabase, writeParquet } from "./database.ts";

/** 32 MB of texts that have to be in order before the last row is known. */
const sorted = `SELECT max(n * length(x)) AS n FROM (SELECT x, row_number() OVER (ORDER BY x) AS n
  FROM (SELECT md5(range::VARCHAR) || md5((-range)::VARCHAR) AS x FROM range(500000)))`;

test("memory that runs out is an error that names the folder and what to do", async () => {
  const failed = withDatabase({ folder: "here/discover", memoryMb: 32, threads: 1 }, (connection) =>
    rowsOf(connection, sorted),
  );
  await expect(failed).rejects.toThrow(UsageError);
  await expect(failed).rejects.toThrow(
    /^graph here\/discover: Out of Memory Error: [^\n]+; this takes more memory/,
  );
});

test("what does not fit into memory is put into the temporary folder, up to its bound", async () => {
  const temporary = join(await mkdtemp(join(tmpdir(), "fleming-database-")), "spill");
  const settings = { folder: "here", memoryMb: 40, threads: 1, temporary };
  expect(await withDatabase(settings, (connection) => rowsOf(connection, sorted))).toEqual([{ n: 32000000 }]);
  const bounded = withDatabase({ ...settings, temporaryMb: 1 }, (connection) => rowsOf(connection, sorted));
  await expect(bounded).rejects.toThrow(/^graph here: Out of Memory Error/);
  expect(existsSync(temporary) ? await readdir(temporary) : []).toEqual([]);
});

test.skipIf(!existsSync("/dev/full"))("a full disk is told as one", async () => {
  const failed = withDatabase({ folder: "here" }, (connection) =>
    writeParquet(connection, "/dev/full", "SELECT range AS n FROM range(100000)"),
  );
  await expect(failed).rejects.toThrow(
    /^graph here: IO Error: .*No space left on device.*; the disk is full/,
  );
});

test("permissions are told apart from other failures, which stay as they are", async () => {
  const denied = new Error('IO Error: Cannot open file "/x/pages.parquet": Permission denied');
  expect(lackOf("here", denied)?.message).toMatch(
    /^graph here: .*; a file cannot be read or written by this user/,
  );
  expect(lackOf("here", new Error("Conversion Error: 'Permission denied' is no number"))).toBeUndefined();
  const failed = withDatabase({ folder: "here" }, (connection) => rowsOf(connection, "SELECT 'x'::INTEGER"));
  await expect(failed).rejects.not.toBeInstanceOf(UsageError);
});
