// What the key of a stage is made of: the files that it reads, named or beside named ones, and not how it reads them.
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coldstartSection } from "../recipe/sections/coldstart.ts";
import { curateSection } from "../recipe/sections/curate.ts";
import { discoverSection } from "../recipe/sections/discover.ts";
import { recipeOf } from "./flags.ts";
import { checkStages, stageJob } from "./stages.ts";

test("discover is run again for an index above its folder and a linked page, not for threads or politeness", async () => {
  const above = await mkdtemp(join(tmpdir(), "fleming-stages-"));
  const where = join(above, "pages");
  await mkdir(where);
  await writeFile(join(where, "A.wikitext"), "a");
  await writeFile(join(above, "far.txt"), "b");
  await symlink(join(above, "far.txt"), join(where, "B.wikitext"));
  const recipe = await recipeOf([], { set: [] });
  const jobOf = (more: object) => {
    const discover = discoverSection.parse({ source: where, ...more });
    return stageJob("discover", { folder: above, recipe: { ...recipe, discover } });
  };
  const plain = await jobOf({});
  expect(Object.keys(plain.outside)).toEqual([where]);
  const others = { workers: 3, api: { patience: 1, cache: above } };
  expect((await jobOf(others)).keySettings).toEqual(plain.keySettings);
  expect((await jobOf(others)).settings).toMatchObject(others);
  expect((await jobOf({ maxPages: 3 })).keySettings).not.toEqual(plain.keySettings);
  await writeFile(join(above, "far.txt"), "edited");
  expect((await jobOf({})).outside).not.toEqual(plain.outside);
  const index = join(above, "index.jsonl");
  await writeFile(index, "of something else\n");
  expect(Object.keys((await jobOf({})).outside)).toEqual([where]);
  await writeFile(index, '{"title":"A","pageId":1,"revision":1,"timestamp":""}\n');
  expect(Object.keys((await jobOf({})).outside)).toEqual([where, index]);
  const labels = join(above, "labels.tsv");
  await writeFile(labels, "A\tzh\t甲\n");
  const labelled = await jobOf({ labels });
  expect(Object.keys(labelled.outside)).toEqual([where, index, labels]);
  await writeFile(labels, "A\tzh\t乙\n");
  expect((await jobOf({ labels })).outside).not.toEqual(labelled.outside);
});

test("refine is run again for another decision, not for another folder", async () => {
  const run = await mkdtemp(join(tmpdir(), "fleming-stages-"));
  const recipe = await recipeOf([], { set: [] });
  const job = () => stageJob("refine", { folder: run, recipe });
  expect((await job()).outside).toEqual({});
  await mkdir(join(run, "review"));
  await writeFile(join(run, "review", "decisions.jsonl"), "one\n");
  const { outside, mayRead } = await job();
  expect([Object.keys(outside), mayRead]).toEqual([
    ["review/decisions.jsonl"],
    expect.arrayContaining(["review"]),
  ]);
  await writeFile(join(run, "review", "decisions.jsonl"), "two\n");
  expect((await job()).outside).not.toEqual(outside);
});

test("curate is run again for a file that a set reads beside the named one, and for its list of left-out items", async () => {
  const where = await mkdtemp(join(tmpdir(), "fleming-stages-"));
  const [file, exclude] = [join(where, "ori_pqal.json"), join(where, "out.txt")];
  await writeFile(file, "{}");
  await writeFile(exclude, "1\n");
  const recipe = await recipeOf([], { set: [] });
  const outsideOf = async (sets: object) => {
    const curate = curateSection.parse({ sets });
    return (await stageJob("curate", { folder: where, recipe: { ...recipe, curate } })).outside;
  };
  const named = { half: { path: file, set: "pubmedqa" } };
  const plain = await outsideOf({ pubmedqa: file, ...named });
  expect(Object.keys(plain)).toEqual([file]);
  const truth = join(where, "test_ground_truth.json");
  await writeFile(truth, "{}");
  for (const sets of [{ pubmedqa: file }, named]) {
    const found = await outsideOf(sets);
    expect(Object.keys(found)).toEqual([file, truth]);
    await writeFile(truth, '{"1": "yes"}');
    expect((await outsideOf(sets))[truth]).not.toBe(found[truth]);
    await writeFile(truth, "{}");
  }
  expect(Object.keys(await outsideOf({ medqa: file })), "another set does not read it").toEqual([file]);
  expect(Object.keys(await outsideOf({ pubmedqa: where }))).toEqual([where]);
  const listed = await outsideOf({ medqa: { path: file, exclude } });
  expect(Object.keys(listed)).toEqual([file, exclude]);
  await writeFile(exclude, "2\n");
  expect(await outsideOf({ medqa: { path: file, exclude } })).not.toEqual(listed);
});

test("a teacher or a guideline file that is not there is found before any stage runs; a key that is not set is told", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fleming-stages-"));
  const recipe = await recipeOf([], { set: [] });
  const check = (section: object) =>
    checkStages(["discover", "pretrain", "coldstart", "report"], {
      folder,
      recipe: { ...recipe, coldstart: coldstartSection.parse(section) },
    });
  expect(await check({})).toEqual([]);
  await expect(check({ teacher: { path: join(folder, "..", "none") } })).rejects.toThrow(
    /^coldstart\.teacher: .*none: no model folder/u,
  );
  // The run's own model is there once the stages before have made it.
  expect(await check({ teacher: { path: join(folder, "pretrain", "model") } })).toEqual([]);
  const missing = join(folder, "guide.md");
  await expect(check({ checks: { guidelines: [missing] } })).rejects.toThrow(
    `coldstart.checks.guidelines: "${missing}" does not exist`,
  );
  await writeFile(missing, "text");
  expect(await check({ checks: { guidelines: [missing] } })).toEqual([]);
  const served = { url: "http://127.0.0.1:1/v1", name: "tiny" };
  expect(await check({ teacher: served })).toEqual([]);
  expect(await check({ teacher: { ...served, keyVariable: "FLEMING_TEST_NO_KEY" } })).toEqual([
    expect.stringMatching(/^coldstart\.teacher\.keyVariable: FLEMING_TEST_NO_KEY is not set/u),
  ]);
});
