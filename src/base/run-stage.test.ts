// Stages in a real run folder: when they are skipped, what a failure leaves, and who may work there.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Bug, UsageError } from "./errors.ts";
import { readJson } from "./files.ts";
import { sha256 } from "./hash.ts";
import { readLedger } from "./ledger.ts";
import { silentLog } from "./log.ts";
import { readMetrics } from "./metrics.ts";
import { openRun, type RunFolder, type RunManifest } from "./run-folder.ts";
import { runStage, type StageJob } from "./run-stage.ts";

const manifest: RunManifest = { recipe: "try", seed: 1, version: "0", settings: {} };
const never = new AbortController().signal;

async function freshRun(): Promise<RunFolder> {
  return await openRun(await mkdtemp(join(tmpdir(), "fleming-run-")), manifest);
}

/** Writes its settings to a file and counts how often it ran. */
function countingJob(name: string, word: string, more: Partial<StageJob<string>> = {}) {
  const ran = { times: 0 };
  const job: StageJob<string> = {
    name,
    settings: word,
    reads: [],
    outside: {},
    code: "c1",
    async run({ settings, folder }) {
      ran.times += 1;
      await writeFile(join(folder, "word.txt"), settings);
      return { words: 1 };
    },
    ...more,
  };
  return { job, ran };
}

test("a stage is skipped while nothing changed, and runs again when settings, code, input or seed do", async () => {
  await using run = await freshRun();
  const { job, ran } = countingJob("refine", "one");
  const first = await runStage(run, job, silentLog, never);
  expect([first.skipped, first.counts]).toEqual([false, { words: 1, rejected: 0 }]);
  const again = await runStage(run, job, silentLog, never);
  expect([again.skipped, again.counts, ran.times]).toEqual([true, { words: 1, rejected: 0 }, 1]);
  const record = (await readJson(join(run.path, "refine/stage.json"))) as { outputs: unknown };
  expect(record.outputs).toEqual({
    "rejects.jsonl": { sha256: sha256(""), bytes: 0 },
    "word.txt": { sha256: sha256("one"), bytes: 3 },
  });
  const changes = [{ settings: "two" }, { code: "c2" }, { outside: { corpus: "other" } }];
  for (const change of changes)
    expect((await runStage(run, { ...job, ...change }, silentLog, never)).skipped).toBe(false);
  const reseeded = { ...run, manifest: { ...manifest, seed: 2 } };
  expect((await runStage(reseeded, job, silentLog, never)).skipped).toBe(false);
  expect(await readFile(join(run.path, "refine/word.txt"), "utf8")).toBe("one");
  expect(ran.times).toBe(5);
  const events = (await readLedger(join(run.path, "ledger.jsonl"))).map(({ event }) => event);
  expect(events.filter((event) => event === "stage finished")).toHaveLength(5);
});

test("what a kill at the very end of a stage left is cleared when it is skipped, other work is not", async () => {
  await using run = await freshRun();
  let key = "";
  const scratch = join(run.path, "scratch/refine");
  const { job } = countingJob("refine", "one", {
    async run({ scratch: own }) {
      key = await readFile(join(own, "key"), "utf8");
      return {};
    },
  });
  await runStage(run, job, silentLog, never);
  for (const [owner, isLeft] of [
    [key, false],
    ["other settings", true],
  ] as const) {
    await mkdir(join(scratch, "training"), { recursive: true });
    await writeFile(join(scratch, "key"), owner);
    expect((await runStage(run, job, silentLog, never)).skipped).toBe(true);
    expect(existsSync(scratch)).toBe(isLeft);
  }
});

test("settings that its outputs do not depend on leave a stage and its scratch as they are", async () => {
  await using run = await freshRun();
  const { job, ran } = countingJob("discover", "four threads", { keySettings: "pages" });
  await runStage(run, job, silentLog, never);
  expect((await runStage(run, { ...job, settings: "one thread" }, silentLog, never)).skipped).toBe(true);
  expect((await runStage(run, { ...job, keySettings: "others" }, silentLog, never)).skipped).toBe(false);
  expect(ran.times).toBe(2);
});

test("a stage runs again when the outputs it reads changed, and only then", async () => {
  await using run = await freshRun();
  const writer = (word: string, code: string) => countingJob("discover", word, { code }).job;
  const reader = countingJob("refine", "r", { reads: ["discover"] });
  const goThrough = async (word: string, code: string): Promise<boolean> => {
    await runStage(run, writer(word, code), silentLog, never);
    return (await runStage(run, reader.job, silentLog, never)).skipped;
  };
  expect(await goThrough("one", "c1")).toBe(false);
  // Other code, the same output: what reads it need not run.
  expect(await goThrough("one", "c2")).toBe(true);
  expect(await goThrough("two", "c2")).toBe(false);
});

test("a stage that throws leaves no folder, keeps its scratch, and goes on from it", async () => {
  await using run = await freshRun();
  const seen: string[] = [];
  const job = countingJob("pretrain", "x", {
    async run({ folder, scratch, metric, rewind, reject }) {
      const file = join(scratch, "half.txt");
      reject("page", "is empty");
      if (!existsSync(file)) {
        for (let step = 0; step < 3; step++) await metric("pretrain", step, { "pretrain/loss": step });
        await writeFile(file, "half");
        await writeFile(join(folder, "partial.txt"), "never seen");
        throw new Error("the power went");
      }
      seen.push(await readFile(file, "utf8"), ...(await readdir(folder)));
      await rewind("pretrain", 2);
      await metric("pretrain", 2, { "pretrain/loss": 20 });
      return {};
    },
  }).job;
  await expect(runStage(run, job, silentLog, never)).rejects.toThrow("the power went");
  expect(existsSync(join(run.path, "pretrain"))).toBe(false);
  expect(existsSync(join(run.path, "scratch/pretrain/half.txt"))).toBe(true);
  expect((await runStage(run, job, silentLog, never)).counts).toEqual({ rejected: 1 });
  // The scratch was there and the folder empty.
  expect(seen).toEqual(["half"]);
  expect(existsSync(join(run.path, "scratch/pretrain"))).toBe(false);
  const lines = await readMetrics(join(run.path, "metrics.jsonl"));
  expect(lines.map((line) => line["pretrain/loss"])).toEqual([0, 1, 20]);
});

test("the scratch of other settings is not gone on from", async () => {
  await using run = await freshRun();
  const found: boolean[] = [];
  const job = countingJob("pretrain", "x", {
    async run({ scratch }) {
      found.push(existsSync(join(scratch, "half.txt")));
      await writeFile(join(scratch, "half.txt"), "half");
      throw new Error("stop");
    },
  }).job;
  for (const settings of ["x", "x", "y"])
    await expect(runStage(run, { ...job, settings }, silentLog, never)).rejects.toThrow("stop");
  expect(found).toEqual([false, true, false]);
});

test("a missing input names the stage that has not been run", async () => {
  await using run = await freshRun();
  const { job } = countingJob("refine", "x", { reads: ["synthesize"] });
  const outcome = runStage(run, job, silentLog, never);
  await expect(outcome).rejects.toBeInstanceOf(UsageError);
  await expect(outcome).rejects.toThrow(
    /"refine" reads the outputs of "synthesize", which has not been run/u,
  );
});

test("an optional input is no error where it is missing and is seen where it is there", async () => {
  await using run = await freshRun();
  const { job, ran } = countingJob("report", "x", { mayRead: ["evaluate"] });
  await runStage(run, job, silentLog, never);
  await runStage(run, countingJob("evaluate", "e").job, silentLog, never);
  expect((await runStage(run, job, silentLog, never)).skipped).toBe(false);
  expect(ran.times).toBe(2);
});

test("an input that was not declared is a bug, not the user's mistake", async () => {
  await using run = await freshRun();
  await runStage(run, countingJob("discover", "x").job, silentLog, never);
  const { job } = countingJob("refine", "x", {
    run: async ({ input }) => ({ letters: input("discover").length }),
  });
  await expect(runStage(run, job, silentLog, never)).rejects.toBeInstanceOf(Bug);
});

test("bad items are counted once and written in order of item", async () => {
  await using run = await freshRun();
  const { job } = countingJob("discover", "x", {
    async run({ reject }) {
      for (const item of ["Syphilis", "Asthma", "Syphilis"]) reject(item, "no lead sentence");
      reject("Asthma", "a table without an end");
      return { pages: 7 };
    },
  });
  expect((await runStage(run, job, silentLog, never)).counts).toEqual({ pages: 7, rejected: 3 });
  const lines = (await readFile(join(run.path, "discover/rejects.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { stage: "discover", item: "Asthma", reason: "a table without an end" },
    { stage: "discover", item: "Asthma", reason: "no lead sentence" },
    { stage: "discover", item: "Syphilis", reason: "no lead sentence" },
  ]);
});

test("an output that was deleted or cut makes the stage run again", async () => {
  await using run = await freshRun();
  const { job, ran } = countingJob("refine", "one");
  await runStage(run, job, silentLog, never);
  const file = join(run.path, "refine/word.txt");
  await rm(file);
  expect((await runStage(run, job, silentLog, never)).skipped).toBe(false);
  await writeFile(file, "on");
  expect((await runStage(run, job, silentLog, never)).skipped).toBe(false);
  expect([await readFile(file, "utf8"), ran.times]).toEqual(["one", 3]);
});

test("a folder in which another process works is refused, and taken over when that process is gone", async () => {
  const path = await mkdtemp(join(tmpdir(), "fleming-run-"));
  const script = `
    const { openRun } = await import(${JSON.stringify(new URL("./run-folder.ts", import.meta.url).href)});
    await openRun(${JSON.stringify(path)}, ${JSON.stringify(manifest)});
    process.stdout.write("open");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(other.stdout, "data");
    await expect(openRun(path, manifest)).rejects.toThrow(`process ${other.pid} is working in this folder`);
  } finally {
    other.kill("SIGKILL");
    await once(other, "exit");
  }
  await using run = await openRun(path, manifest);
  expect(await readFile(join(run.path, "lock"), "utf8")).toBe(String(process.pid));
});

test("a folder of another recipe is not mixed with this one", async () => {
  const run = await freshRun();
  await run[Symbol.asyncDispose]();
  await expect(openRun(run.path, { ...manifest, recipe: "other" })).rejects.toThrow(
    /holds a run of the recipe "try"/u,
  );
  // Refused, it holds no lock.
  expect(existsSync(join(run.path, "lock"))).toBe(false);
});
