// A sweep of a multistream dump of the sample encyclopedia: any number of threads, and any number of kills, give the
// same tables to the byte. The dump is made here; making it needs the bzip2 program.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { sha256 } from "../base/hash.ts";
import { discoverSection } from "../recipe/sections/discover.ts";
import { runDiscover } from "./discover.ts";
import { segmentFolder } from "./segments.ts";
import { packExport } from "./sources/pack.ts";
import { readPages } from "./sources/source.ts";
import { type SweepOptions, sweep } from "./sweep.ts";

const hasBzip2 = spawnSync("bzip2", ["--version"], { input: "" }).error === undefined;
const samples = "samples/encyclopedia/pages";
let root = "";
let dump = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "fleming-sweep-"));
  dump = join(root, "sample-multistream.xml.bz2");
  if (hasBzip2)
    await packExport(
      readPages([samples], () => {}),
      dump,
    );
}, 60_000);

afterAll(() => rm(root, { recursive: true, force: true }));

async function hashes(folder: string): Promise<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const file of (await readdir(folder)).sort()) out[file] = sha256(await readFile(join(folder, file)));
  return out;
}

async function discover(name: string, settings: object): Promise<Record<string, string>> {
  const context = stageContext(join(root, name), discoverSection.parse(settings));
  await runDiscover(context);
  return hashes(context.folder);
}

test.skipIf(!hasBzip2)(
  "threads and the form of the source do not change the tables",
  { timeout: 60_000 },
  async () => {
    const folder = await discover("folder", { source: samples, workers: 1 });
    const one = await discover("one", { source: dump, workers: 1 });
    const two = await discover("two", { source: dump, workers: 2 });
    expect(two).toEqual(one);
    expect(Object.keys(one)).toEqual([
      "aliases.parquet",
      "corpus.jsonl",
      "entities.parquet",
      "evidence.parquet",
      "merges.parquet",
      "pages.parquet",
      "relations.parquet",
    ]);
    // The dump holds the pages in the order of the folder.
    expect(one["relations.parquet"]).toBe(folder["relations.parquet"]);
  },
);

test("a stage that was stopped goes on behind its last segment", { timeout: 60_000 }, async () => {
  const settings = discoverSection.parse({ source: samples, workers: 1 });
  const whole = await discover("undisturbed", settings);
  const base = join(root, "stopped");
  const stop = new AbortController();
  const stopped = stageContext(base, settings, {
    signal: stop.signal,
    clock: async (series, step) => {
      if (series === "discover/read" && step === 0) stop.abort(new Error("stopped"));
    },
  });
  await expect(runDiscover(stopped)).rejects.toThrow("stopped");
  const first = join(base, "scratch/segments/000000/surveys.jsonl");
  expect(existsSync(join(base, "scratch/segments/000001"))).toBe(false);
  const { mtimeMs } = await stat(first);
  const again = stageContext(base, settings);
  await runDiscover(again);
  expect((await stat(first)).mtimeMs).toBe(mtimeMs);
  expect(await hashes(again.folder)).toEqual(whole);
});

test("a finished segment is passed over, a damaged one is read again", async () => {
  const scratch = await mkdtemp(join(root, "scratch-"));
  async function* portions() {
    for (const title of ["Gout", "Podagra", "Fever"]) {
      const wikitext = `{{Infobox disease}}\n'''${title}''' is a disease.`;
      yield { kind: "pages", pages: [{ title, pageId: 1, revision: 1, timestamp: "", wikitext }] } as const;
    }
  }
  // A sweep asks a source for nothing but its portions.
  const source = { name: "three pages", portions } as unknown as SweepOptions["source"];
  const read = async (): Promise<number[]> => {
    const { log, signal } = stageContext(scratch, {});
    const told: number[] = [];
    const onSegment = async (index: number): Promise<void> => void told.push(index);
    await sweep({ source, scratch, threads: 1, maxPages: undefined, log, signal, onSegment });
    return told;
  };
  expect(await read()).toEqual([0, 1, 2]);
  expect(await read()).toEqual([]);
  await truncate(join(segmentFolder(scratch, 1), "surveys.jsonl"), 0);
  expect(await read()).toEqual([1]);
});
