// Several seeds of a recipe: each is run, those that are done are set side by side, the others are named.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../src/base/log.ts";
import type { Output } from "../src/cli/output.ts";
import { runSeeds } from "../src/cli/run-seeds.ts";
import { usualSkills, writeRun } from "./report-fixture.ts";

const root = await mkdtemp(join(tmpdir(), "run-seeds-"));
afterAll(() => rm(root, { recursive: true, force: true }));

function listening() {
  const said = { printed: [] as string[], json: [] as unknown[], warned: [] as string[] };
  const log = { ...silentLog, warn: (text: string) => void said.warned.push(text), named: () => log };
  const output: Output = {
    log,
    print: (text) => void said.printed.push(text),
    write: () => {},
    json: (value) => void said.json.push(value),
  };
  return { said, output };
}

test("seeds that are done stand in one table, with intervals; one that ended early is left out and named", async () => {
  const { said, output } = listening();
  const asked: number[] = [];
  const areDone = await runSeeds({ name: "ablation", seeds: [3, 5, 8] }, root, output, {
    async runOne(seed, quiet) {
      asked.push(seed);
      quiet.print("a table of one seed");
      await writeRun(join(root, `seed-${seed}`), usualSkills);
      return seed !== 8;
    },
  });
  expect(areDone).toBe(false);
  expect(asked).toEqual([3, 5, 8]);
  expect(said.warned).toEqual(["is left out of the tables: it ended early"]);
  expect(said.printed.join("\n")).not.toContain("a table of one seed");
  expect(said.printed[0]).toMatch(/^row +seed 3 +seed 5 +mean +deviation\nBase /u);
  const text = await readFile(join(root, "report", "ablation.md"), "utf8");
  expect(text).toMatch(/\| RL stage 2 \| \d+\.\d \(\d+\.\d–\d+\.\d\) \| \d+\.\d \(/u);
  // Both runs are the same here, so each difference is that of one of them.
  expect(text).toMatch(/Uniform sampling → RL stage 2 \| rare \| ([^|]+) \| \1 \|/u);
  expect(await readFile(join(root, "report", "ablation.html"), "utf8")).toContain("<svg");
});

test("with --json the summary is one object, and a run without results is no mistake of the program", async () => {
  const { said, output } = listening();
  const folder = join(root, "two");
  const areDone = await runSeeds({ name: "ablation", seeds: [1, 2] }, folder, output, {
    json: true,
    async runOne(seed) {
      if (seed === 1) await writeRun(join(folder, "seed-1"), usualSkills);
      return true;
    },
  });
  expect(areDone).toBe(false);
  expect(said.warned[0]).toMatch(/seed-2\/evaluate\/results\.json is not there$/u);
  expect(said.json).toMatchObject([{ run: folder, seeds: [1] }]);
});
