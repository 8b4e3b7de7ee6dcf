// What the rest of the program stands on: randomness that repeats, hashes that tell lists apart, files that are whole.
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { boundary, UsageError } from "./errors.ts";
import { hashFile, hashInput, hashJson, listFiles, shortHash } from "./hash.ts";
import { loadJsonl, writeJsonl } from "./jsonl.ts";
import { openLedger, readLedger } from "./ledger.ts";
import { duration, streamLog } from "./log.ts";
import { appendMetric, readMetrics, rewindMetrics } from "./metrics.ts";
import { editDistance, nearest } from "./nearest.ts";
import { resumedRandom, seededRandom } from "./random.ts";
import { rejectLog } from "./rejects.ts";

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "fleming-base-"));

test("a generator repeats from its seed and goes on from its state", () => {
  const draw = (random: ReturnType<typeof seededRandom>): number[] =>
    Array.from({ length: 50 }, () => random.next());
  expect(draw(seededRandom(7, "a"))).toEqual(draw(seededRandom(7, "a")));
  expect(draw(seededRandom(7, "a"))).not.toEqual(draw(seededRandom(7, "b")));
  const random = seededRandom(1);
  draw(random);
  const resumed = resumedRandom(random.state());
  expect(draw(resumed)).toEqual(draw(random));
});

test("xoshiro128** gives the published sequence for the state 1, 2, 3, 4", () => {
  // rotl(2·5, 7)·9 = 11520, then 0 and 5927040: the first outputs of the reference algorithm, worked by hand.
  const random = resumedRandom([1, 2, 3, 4]);
  const words = Array.from({ length: 3 }, () => random.next() * 2 ** 32);
  expect(words).toEqual([11520, 0, 5927040]);
});

test("a shuffle keeps every element, and uniform draws spread evenly", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 0 }), (items, seed) => {
      const shuffled = seededRandom(seed).shuffle(items);
      return JSON.stringify([...shuffled].sort()) === JSON.stringify([...items].sort());
    }),
  );
  const counts = [0, 0, 0, 0];
  const random = seededRandom(3);
  for (let i = 0; i < 40_000; i++) counts[random.integer(4)]! += 1;
  // Chi-square with 3 degrees of freedom: 16.27 is passed once in a thousand.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(16.27);
});

test("weighted draws follow their weights and never take a zero", () => {
  const random = seededRandom(5);
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) counts[random.weighted([1, 0, 2])]! += 1;
  expect(counts[1]).toBe(0);
  expect(counts[2]! / 30_000).toBeCloseTo(2 / 3, 1);
});

test("a folder is hashed through its links, which may lead back or nowhere", async () => {
  const [where, other] = [await folder(), await folder()];
  await mkdir(join(where, "sub"));
  await writeFile(join(where, "sub", "a.txt"), "a");
  await writeFile(join(other, "b.txt"), "b");
  await symlink(join(other, "b.txt"), join(where, "link.txt"));
  await symlink(other, join(where, "far"));
  await symlink(where, join(where, "sub", "up"));
  await symlink(join(where, "none"), join(where, "nowhere"));
  expect(await listFiles(where)).toEqual(["far/b.txt", "link.txt", "sub/a.txt"]);
  const before = await hashInput(where);
  expect(await hashInput(where)).toBe(before);
  await writeFile(join(other, "b.txt"), "c");
  expect(await hashInput(where)).not.toBe(before);
});

test("a file that is too large to be read whole is known by its size and time, in a folder too", async () => {
  const where = await folder();
  const [small, large] = [join(where, "small"), join(where, "large")];
  await writeFile(small, "x");
  expect(await hashInput(small)).toBe(await hashFile(small));
  // A sparse file: 3 GiB that take no room.
  await writeFile(large, "");
  await truncate(large, 3 * 2 ** 30);
  await utimes(large, 1, 1);
  const before = await hashInput(where);
  await utimes(large, 1, 2);
  expect(await hashInput(where)).not.toBe(before);
  await utimes(large, 1, 1);
  expect(await hashInput(where)).toBe(before);
});

test("hashes tell lists apart and do not see the order of keys", () => {
  expect(shortHash(["ab", "c"])).not.toBe(shortHash(["a", "bc"]));
  expect(hashJson({ a: 1, b: [1, { c: 2, d: 3 }] })).toBe(hashJson({ b: [1, { d: 3, c: 2 }], a: 1 }));
});

test("JSON Lines round-trip, and a bad line is named by file and number", async () => {
  const path = join(await folder(), "x.jsonl");
  const schema = z.strictObject({ n: z.number() });
  expect(await writeJsonl(path, [{ n: 1 }, { n: 2 }])).toBe(2);
  expect(await loadJsonl(path, schema)).toEqual([{ n: 1 }, { n: 2 }]);
  await appendFile(path, '{"n":"three"}\n');
  await expect(loadJsonl(path, schema)).rejects.toThrow(/x\.jsonl:3: n: /u);
});

test("records that fail half-way leave the old file and nothing beside it", async () => {
  const at = await folder();
  const path = join(at, "x.jsonl");
  await writeJsonl(path, [{ n: 1 }]);
  function* failing(): Generator<unknown> {
    yield { n: 2 };
    throw new Error("no more");
  }
  await expect(writeJsonl(path, failing())).rejects.toThrow("no more");
  expect([await readdir(at), await readFile(path, "utf8")]).toEqual([["x.jsonl"], '{"n":1}\n']);
});

test("half a reject, left by a kill, is forgotten; the whole ones are known", async () => {
  const at = await folder();
  const path = join(at, "rejects.jsonl");
  (await rejectLog("discover", path)).add("Ménière", "no lead");
  await appendFile(path, Buffer.from('{"stage":"discover","item":"Ü').subarray(0, -1));
  const again = await rejectLog("discover", path);
  again.add("Ménière", "no lead");
  again.add("Gout", "no lead");
  expect(await again.writeTo(join(at, "all.jsonl"))).toBe(2);
  expect(
    (await readFile(path, "utf8"))
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line).item),
  ).toEqual(["Ménière", "Gout"]);
});

test("rejects stand in the order of their places, numbers by their value", async () => {
  const at = await folder();
  const log = await rejectLog("curate", join(at, "rejects.jsonl"));
  const items = ["b.csv:2", "a.csv:10", "a.csv:8", "a.csv", "a.csv:010", "a.csv:8, key 3"];
  for (const item of items) log.add(item, "no text");
  log.add("a.csv:8", "no options");
  await log.writeTo(join(at, "all.jsonl"));
  const lines = (await readFile(join(at, "all.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line)).map(({ item, reason }) => `${item} ${reason}`)).toEqual([
    "a.csv no text",
    "a.csv:8 no options",
    "a.csv:8 no text",
    "a.csv:8, key 3 no text",
    "a.csv:010 no text",
    "a.csv:10 no text",
    "b.csv:2 no text",
  ]);
});

test("changing one byte of the ledger is noticed and the entry named", async () => {
  const path = join(await folder(), "ledger.jsonl");
  const ledger = await openLedger(path, () => new Date(0));
  for (const stage of ["discover", "refine", "report"]) await ledger.append("stage finished", { stage });
  expect(await readLedger(path)).toHaveLength(3);
  await writeFile(path, (await readFile(path, "utf8")).replace("refine", "rafine"));
  await expect(readLedger(path)).rejects.toThrow(/ledger\.jsonl:2: entry 1 .* was changed/u);
});

test("half a line at the end of the ledger, left by a kill, is removed on opening", async () => {
  const path = join(await folder(), "ledger.jsonl");
  await (await openLedger(path)).append("run created", {});
  await appendFile(path, '{"sequence":1,"time');
  await (await openLedger(path)).append("stage started", {});
  expect((await readLedger(path)).map((entry) => entry.sequence)).toEqual([0, 1]);
});

test("cutting back a series leaves every other line as it is, numbers that are none too", async () => {
  const path = join(await folder(), "metrics.jsonl");
  await appendMetric(path, "reinforce/stage1", 0, { "reinforce/kl": Number.NaN });
  const whole = await readFile(path, "utf8");
  await appendMetric(path, "reinforce/stage1", 1, { "reinforce/kl": 0.5 });
  await appendFile(path, '{"series":"reinforce/stage1","st');
  await rewindMetrics(path, "reinforce/stage1", 1);
  expect(await readFile(path, "utf8")).toBe(whole);
});

test("a series of metrics is cut back to its checkpoint, others are left", async () => {
  const path = join(await folder(), "metrics.jsonl");
  for (let step = 0; step < 5; step++)
    await appendMetric(path, "reinforce/stage1", step, { "reinforce/loss": step });
  await appendMetric(path, "pretrain", 9, { "pretrain/loss": 1 });
  await appendFile(path, '{"series":"reinf');
  await rewindMetrics(path, "reinforce", 3);
  expect((await readMetrics(path)).map((line) => [line.series, line.step])).toEqual([
    ["reinforce/stage1", 0],
    ["reinforce/stage1", 1],
    ["reinforce/stage1", 2],
    ["pretrain", 9],
  ]);
});

test("a full disk and a missing file become errors that say what to do, a bug stays a bug", async () => {
  const full = Object.assign(new Error("write failed"), { code: "ENOSPC" });
  await expect(boundary("reinforce", () => Promise.reject(full))).rejects.toThrow(
    /disk is full; free some space/u,
  );
  await expect(boundary("discover", () => readFile("/no/such/file"))).rejects.toBeInstanceOf(UsageError);
  const bug = new TypeError("x is undefined");
  await expect(boundary("discover", () => Promise.reject(bug))).rejects.toBe(bug);
});

test("progress shows rate and time left, one plain line where there is no terminal", () => {
  const lines: string[] = [];
  let time = 0;
  const log = streamLog({ write: (text: string) => lines.push(text) }, 0, () => time);
  log.progress("steps", 0, 100);
  time = 10_000;
  log.named("reinforce").info("on");
  log.progress("steps", 20, 100, "loss 1.0");
  expect(lines).toEqual(["steps 0/100\n", "reinforce: on\n", "steps 20/100, 2.00/s, 40 s left  loss 1.0\n"]);
  expect([duration(59.4), duration(200), duration(3900)]).toEqual(["59 s", "3 min 20 s", "1 h 5 min"]);
});

test("a slip of the finger finds the word that was meant, a foreign word none", () => {
  expect(nearest("lrr", ["lr", "seed"])).toBe("lr");
  expect(nearest("reinforcement", ["seed", "lr"])).toBeUndefined();
  expect(editDistance("kitten", "sitting")).toBe(3);
});
