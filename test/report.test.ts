import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Results, resultsSchema } from "../src/records/results.ts";
import { safetyNotice } from "../src/records/safety.ts";
import { percent } from "../src/report/format.ts";
import { runReport } from "../src/report/report.ts";
import { identity, reportContext, type Skill, usualSkills, writeRun } from "./report-fixture.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "report-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function reportOf(name: string, skills?: Readonly<Record<string, Skill>>) {
  const base = join(root, name);
  await writeRun(base, skills);
  await runReport(reportContext(base), { ...identity, metricsFile: join(base, "metrics.jsonl") });
  const read = (file: string): Promise<string> => readFile(join(base, file), "utf8");
  const results: Results = resultsSchema.parse(JSON.parse(await read("evaluate/results.json")));
  return {
    base,
    results,
    read,
    markdown: await read("report/report.md"),
    html: await read("report/report.html"),
  };
}

test("the report of a whole run says what must be said, from its numbers", async () => {
  const { results, markdown, html, read } = await reportOf("usual");
  for (const row of results.rows) {
    expect(markdown).toContain(`| ${row.label} | `);
    expect(markdown).toContain(percent(row.accuracy));
    expect(markdown).toContain(`${percent(row.clusterLow)} to ${percent(row.clusterHigh)}`);
  }
  const unseparated = results.pairs.filter(({ separated }) => !separated).length;
  expect(unseparated).toBeGreaterThan(0);
  expect([...markdown.matchAll(/\| not separated \|/gu)]).toHaveLength(unseparated);
  expect(markdown).toContain("no evidence that hard-sample mining helps");
  expect(markdown).toContain("the rows stand only where gold reasoning is scarce");
  expect(markdown).toContain("at equal tokens");
  expect(markdown).toContain("The split is by reasoning path: none of the");
  expect(markdown).toMatch(/\d+ of \d+ training paths \(1[45]\.\d%\) have written reasoning/u);
  expect(markdown).toContain("2 questions were flagged for review");
  expect(markdown).toContain("640 of 1\u202f204 entities and 510 of 940 relations");
  expect(markdown).toMatch(/pretrain: loss 4\.\d+ → 1\.\d+ over 60 steps/u);
  expect(markdown).toMatch(/npx fleming trace q-[0-9a-f]{16} --run RUN/u);
  expect(markdown).toMatch(/revision 9000\d{3}/u);
  for (const text of [markdown, html]) expect(text).toContain(safetyNotice);
  expect(html).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3\.org)/u);
  expect(html).not.toContain("sign <0>");
  expect(await read("report/training.svg")).toContain("Mean reward");
  expect(await read("report/accuracy.svg")).toMatch(/^<svg xmlns/u);
});

test("two runs with the same seed have the same report to the byte", async () => {
  const once = await reportOf("once");
  const again = await reportOf("again");
  for (const file of ["report.md", "report.html", "training.svg", "accuracy.svg", "slices.svg"])
    expect(await again.read(`report/${file}`)).toBe(await once.read(`report/${file}`));
});

test("sentences follow the numbers: a useless cold start and a harmful stage 2 are called so", async () => {
  const flat = { common: 0.4, rare: 0.4, unreadable: 0 };
  const { markdown, results } = await reportOf("flat", {
    base: flat,
    coldstart: flat,
    stage1: { ...flat, common: 0.8, rare: 0.8 },
    stage2: flat,
    uniform: { ...flat, common: 0.8, rare: 0.8 },
  });
  expect(results.pairs.map(({ separated, difference }) => (separated ? Math.sign(difference) : 0))).toEqual([
    0, 1, -1, 0, 0, -1,
  ]);
  expect(markdown).toContain("A loss that is separated from chance: RL stage 1 → RL stage 2");
  expect(markdown).toContain("Not separated: Base → Cold start");
  expect(markdown).toContain("in this run mining cost accuracy");
  expect(markdown).not.toContain("Every step is a gain");
});

test("a run without reinforcement reports what there is and says what there is not", async () => {
  const { markdown } = await reportOf("short", {
    base: usualSkills["base"]!,
    coldstart: usualSkills["coldstart"]!,
  });
  expect(markdown).toContain("Rows that were not evaluated: RL stage 1");
  expect(markdown).toContain("This run has no metrics of reinforcement.");
  expect(markdown).toContain("No control was run");
});
