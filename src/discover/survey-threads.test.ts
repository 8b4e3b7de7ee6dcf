// Threads that die: real ones, which run out of memory or end by themselves when they are given work.
import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Bug, UsageError } from "../base/errors.ts";
import type { Page } from "../records/page.ts";
import { segmentFolder } from "./segments.ts";
import type { Portion } from "./sources/page-source.ts";
import { surveyPortion } from "./survey-portion.ts";
import { openSurveyThreads } from "./survey-threads.ts";

const portion: Portion = { kind: "streams", path: "/data/dump.xml.bz2", start: 616, end: 4096 };
const task = { portion, folder: join(tmpdir(), "fleming-never-written") };

const onTask =
  (script: string, resourceLimits = {}) =>
  (): Worker =>
    new Worker(`require("node:worker_threads").parentPort.on("message", () => { ${script} });`, {
      eval: true,
      resourceLimits,
    });

test("a thread without memory fails its task and all that wait, and names the portion", async () => {
  const hoard = "const all = []; for (;;) all.push(new Array(1e5).fill({}));";
  await using threads = openSurveyThreads(1, onTask(hoard, { maxOldGenerationSizeMb: 8 }));
  const { outcome } = await threads.survey(task);
  const waiting = [threads.survey(task), threads.survey(task)];
  for (const one of [outcome, ...waiting, threads.survey(task)]) {
    const error = await one.catch((found: unknown) => found);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(/dump\.xml\.bz2, bytes 616 to 4096: .*more memory.*--max-old-space-size/u);
  }
});

test.each([
  ["throws", "throw new TypeError('no such thing')", /bytes 616 to 4096: .*no such thing/u],
  ["ends by itself", "process.exit(3)", /bytes 616 to 4096: .*ended with code 3/u],
])("a thread that %s is a bug", async (_, script, message) => {
  await using threads = openSurveyThreads(1, onTask(script));
  const { outcome } = await threads.survey(task);
  const failure = outcome.catch((error: unknown) => error);
  await expect(threads.survey(task)).rejects.toThrow(message);
  expect(await failure).toBeInstanceOf(Bug);
});

test("an idle thread that dies fails the next task", async () => {
  let idle: Worker | undefined;
  await using threads = openSurveyThreads(1, () => {
    idle = new Worker("throw new Error('at once')", { eval: true });
    return idle;
  });
  await new Promise((resolve) => idle?.once("exit", resolve));
  await expect(threads.survey(task)).rejects.toThrow(/without work: .*at once/u);
});

test("a portion that cannot be read is the user's to mend, and the thread goes on", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-threads-"));
  await using threads = openSurveyThreads(1);
  const missing = { ...portion, path: join(scratch, "gone.bz2") };
  const first = await threads.survey({ portion: missing, folder: segmentFolder(scratch, 0) });
  const failure = first.outcome.catch((error: unknown) => error);
  const second = await threads.survey({
    portion: { kind: "pages", pages: [] },
    folder: segmentFolder(scratch, 1),
  });
  expect(await failure).toBeInstanceOf(UsageError);
  expect(String(await failure)).toMatch(/gone\.bz2/u);
  expect((await second.outcome).pages).toBe(0);
});

test("a survey that fails ends the portion with its error, whichever page it is", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-threads-"));
  const pages: Page[] = [..."abcdefghijkl"].map((title) => ({
    title,
    pageId: 1,
    revision: 1,
    timestamp: "",
    wikitext: "",
  }));
  // A rejection that nobody awaits would end this process: the tests' runner reports it.
  const survey = (): Promise<never> => Promise.reject(new UsageError("the model's server is gone"));
  const reading = surveyPortion({ kind: "pages", pages }, segmentFolder(scratch, 0), { survey });
  await expect(reading).rejects.toThrow("server is gone");
});

test("a segment in which a survey failed is not whole, the next one is", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "fleming-threads-"));
  let failures = 5;
  const survey = async ({ title, pageId, revision }: Page) => {
    if (title === "a") failures += 1;
    return { survey: { kind: "unknown", title, pageId, revision } as const, prose: "" };
  };
  for (const [index, title] of ["a", "b"].entries()) {
    const page = { title, pageId: 1, revision: 1, timestamp: "", wikitext: "" };
    const folder = segmentFolder(scratch, index);
    await surveyPortion({ kind: "pages", pages: [page] }, folder, { survey, failures: () => failures });
    expect(JSON.parse(readFileSync(join(folder, "counts.json"), "utf8")).isWhole).toBe(title === "b");
  }
});
