// Mistakes in recipes are found before anything runs, each at its file, line and column.
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { explainRecipe } from "./explain.ts";
import { loadRecipe } from "./load.ts";

async function recipe(text: string, name = "r.yaml"): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "fleming-recipe-")), name);
  await writeFile(path, text);
  return path;
}

const head = "name: tiny\ndiscover:\n  source: pages\n";

test("defaults, files from left to right and --set are laid over each other", async () => {
  const first = await recipe(`${head}seed: 3\nreinforce:\n  stage1:\n    steps: 7\n    groupSize: 4\n`);
  const second = await recipe("reinforce:\n  stage1:\n    steps: 9\n");
  const loaded = await loadRecipe([first, second], ["reinforce.stage1.questionsPerStep=5", "seed=4"]);
  expect(loaded.seed).toBe(4);
  expect(loaded.reinforce.stage1).toMatchObject({ steps: 9, groupSize: 4, questionsPerStep: 5 });
  expect(loaded.reinforce.temperature).toBe(1);
});

test("a recipe lies above the one that it extends, and faults are placed where they were written", async () => {
  const base = await recipe(`${head}reinforce:\n  stage1:\n    steps: 7\n    groupSize: 4\n`, "base.yaml");
  const above = join(dirname(base), "above.yaml");
  await writeFile(above, "extends: base.yaml\nname: above\nreinforce:\n  stage1:\n    steps: 9\n");
  const loaded = await loadRecipe([above]);
  expect(loaded.name).toBe("above");
  expect(loaded.discover.source).toBe("pages");
  expect(loaded.reinforce.stage1).toMatchObject({ steps: 9, groupSize: 4 });
  await writeFile(base, "extends: above.yaml\nname: base\n");
  await expect(loadRecipe([above])).rejects.toThrow(
    `${base}:1:10  extends above.yaml, which extends this file again`,
  );
  await writeFile(base, "name: base\nseeed: 1\n");
  await expect(loadRecipe([above])).rejects.toThrow(`${base}:2:1  unknown key "seeed"`);
  await writeFile(above, "extends: [base.yaml]\nname: above\n");
  await expect(loadRecipe([above])).rejects.toThrow(
    `${above}:1:1  extends is ["base.yaml"]; expected the path`,
  );
});

test("what is extended may have an absolute path, and is named where it is not there", async () => {
  const base = await recipe(`${head}seed: 7\n`, "base.yaml");
  const above = await recipe(`name: above\nextends: ${base}\n`);
  expect((await loadRecipe([above])).seed).toBe(7);
  const folder = dirname(base);
  await writeFile(above, `name: above\nextends: ${folder}\n`);
  await expect(loadRecipe([above])).rejects.toThrow(
    `${above}:2:10  extends ${folder}, but ${folder} is a folder; expected a recipe file`,
  );
  await writeFile(above, "name: above\nextends: gone.yaml\n");
  await expect(loadRecipe([above])).rejects.toThrow(
    `${above}:2:10  extends gone.yaml, but ${join(dirname(above), "gone.yaml")} does not exist; expected a recipe file`,
  );
});

test("a layer that speaks of another form of a section takes the place of the form below", async () => {
  const path = await recipe(`${head}coldstart:\n  teacher: { citeFindings: false, exploreShare: 0.1 }\n`);
  const url = "coldstart.teacher.url=http://localhost:1/v1";
  const served = await loadRecipe([path], [url, "coldstart.teacher.name=x", "coldstart.teacher.maxTokens=9"]);
  expect(served.coldstart.teacher).toMatchObject({
    url: "http://localhost:1/v1",
    name: "x",
    maxTokens: 9,
    timeout: 600,
  });
  const local = await loadRecipe([path], [url, "coldstart.teacher.name=x", "coldstart.teacher.path=m"]);
  expect(local.coldstart.teacher).toEqual({ path: "m", maxTokens: 1024 });
  const graph = await loadRecipe([path], [url, "coldstart.teacher.exploreShare=0.2"]);
  expect(graph.coldstart.teacher).toEqual({ citeFindings: true, exploreShare: 0.2 });
  await expect(loadRecipe([path], [url])).rejects.toThrow(
    `--set ${url}  coldstart.teacher.name is missing; expected string`,
  );
  await expect(loadRecipe([path], ["coldstart.teacher.urll=x"])).rejects.toThrow(
    'unknown key "coldstart.teacher.urll"; did you mean "url"?',
  );
  await expect(loadRecipe([path], ["coldstart.teacher.exploreShar=1"])).rejects.toThrow(
    'unknown key "coldstart.teacher.exploreShar"; did you mean "exploreShare"?',
  );
  const models = await recipe(`${head}evaluate:\n  models:\n    m: { path: a, reader: strict }\n`);
  const asked = await loadRecipe([models], ["evaluate.models.m={ url: http://a/v1, name: b }"]);
  expect(asked.evaluate.models["m"]).toMatchObject({ url: "http://a/v1", name: "b", reader: "strict" });
});

test("null takes a key away, and an unknown key is named all the same", async () => {
  const path = await recipe(
    `${head}coldstart:\n  teacher: { url: http://a/v1, name: b }\nreinforce:\n  clip: { low: 0.1 }\n`,
  );
  const loaded = await loadRecipe([path], ["coldstart.teacher=null", "reinforce.clip=null"]);
  expect(loaded.coldstart.teacher).toEqual({ citeFindings: true, exploreShare: 0.3 });
  expect(loaded.reinforce.clip).toBeUndefined();
  await expect(loadRecipe([path], ["coldstart.teacher.name=null"])).rejects.toThrow(
    "coldstart.teacher.name is missing; expected string",
  );
  await expect(loadRecipe([path], ["pretrain.stepz=null"])).rejects.toThrow(
    '--set pretrain.stepz=null  unknown key "pretrain.stepz"; did you mean "steps"?',
  );
});

test("a section that is something else names its keys, and one fault of YAML its place once", async () => {
  await expect(loadRecipe([await recipe(`${head}reinforce: { clip: 0.2 }\n`)])).rejects.toThrow(
    "reinforce.clip is 0.2; expected section with the keys low, high",
  );
  await expect(loadRecipe([await recipe("name: a\nname: b\n")])).rejects.toThrow(
    /:2:1 {2}Map keys must be unique$/u,
  );
});

test("an unknown key is named with its place and the key that was meant", async () => {
  const path = await recipe(`${head}reinforce:\n  optimizer:\n    lrr: 0.1\n`);
  await expect(loadRecipe([path])).rejects.toThrow(
    `${path}:6:5  unknown key "reinforce.optimizer.lrr"; did you mean "lr"?`,
  );
});

test("a value out of range is named with its place and the reason", async () => {
  const path = await recipe(`${head}reinforce:\n  stage1:\n    groupSize: 1\n`);
  await expect(loadRecipe([path])).rejects.toThrow(
    `${path}:6:16  reinforce.stage1.groupSize is 1; GRPO compares answers within a group, so it must be at least 2`,
  );
});

test.each([
  [
    "refine:\n  trials: 3\n  keepAtLeast: 4\n",
    "6:16  refine.keepAtLeast is 4; it must be at most trials 3, or no label could be kept",
  ],
  ["refine:\n  keepAtLeast: 6\n", "5:16  refine.keepAtLeast is 6; it must be at most trials 5"],
  [
    "synthesize:\n  symptomsLeast: 6\n  symptomsMost: 5\n",
    "5:18  synthesize.symptomsLeast is 6; it must be at most symptomsMost 5",
  ],
  ["synthesize:\n  symptomsLeast: 5\n", "5:18  synthesize.symptomsLeast is 5; it must be at most"],
  [
    "synthesize:\n  symptomsMost: 2\n",
    "5:17  synthesize.symptomsMost is 2; it must be at least symptomsLeast 3",
  ],
])("two values that contradict each other are named at the place of one: %j", async (text, message) => {
  const path = await recipe(`${head}${text}`);
  await expect(loadRecipe([path])).rejects.toThrow(`${path}:${message}`);
});

const onlySets = `${head}curate:\n  sets:\n`;

test.each([
  ["    x: { path: 5 }\n", "6:16  curate.sets.x.path is 5; expected string or list"],
  ["    x: 7\n", "6:8  curate.sets.x is 7; expected string or section"],
  ['    x: ""\n', '6:8  curate.sets.x is ""; expected string to have >=1 characters'],
  [
    "    x: { path: a, columns: { stem: a, options: b, answer: c, answerAs: letters } }\n",
    '6:72  curate.sets.x.columns.answerAs is "letters"; expected one of letter, text, zeroBased, oneBased',
  ],
  [
    "    x: { path: a, columns: { stem: a, options: b } }\n",
    "6:19  curate.sets.x.columns.answer is missing; expected string",
  ],
  [
    "    x: { path: a, pfad: x }\n",
    '6:19  unknown key "curate.sets.x.pfad"; known keys: path, set, split, layout,',
  ],
  ["    x: { path: a, exlude: x }\n", '6:19  unknown key "curate.sets.x.exlude"; did you mean "exclude"?'],
])("a mistake inside a section that may be a path too is named by itself: %j", async (text, message) => {
  const path = await recipe(`${onlySets}${text}`);
  await expect(loadRecipe([path])).rejects.toThrow(`${path}:${message}`);
});

test("the mistakes of a model are those of the form that it has nearly", async () => {
  const models = async (text: string): Promise<string> =>
    await loadRecipe([await recipe(`${head}evaluate:\n  models:\n    m: ${text}\n`)]).then(
      () => "",
      (error: Error) => error.message.replaceAll(/^.*?yaml:/gmu, ""),
    );
  expect(await models("{ url: http://a/v1, name: a, maxTokens: many }")).toBe(
    '6:48  evaluate.models.m.maxTokens is "many"; expected number',
  );
  expect(await models("{ url: http://a/v1 }")).toBe(
    "6:5  evaluate.models.m.name is missing; expected string",
  );
  expect(await models("{ path: a, maxTokenz: 3 }")).toBe(
    '6:19  unknown key "evaluate.models.m.maxTokenz"; did you mean "maxTokens"?',
  );
});

test("all mistakes are reported at once", async () => {
  const path = await recipe(`${head}seed: x\npretrain:\n  steps: -1\n`);
  await expect(loadRecipe([path])).rejects.toThrow(
    /r\.yaml:4:7 {2}seed .*\n.*r\.yaml:6:10 {2}pretrain\.steps /u,
  );
});

test("a mistake in --set names the flag", async () => {
  const path = await recipe(head);
  await expect(loadRecipe([path], ["pretrain.stepz=1"])).rejects.toThrow(
    '--set pretrain.stepz=1  unknown key "pretrain.stepz"; did you mean "steps"?',
  );
  await expect(loadRecipe([path], ["pretrain.steps"])).rejects.toThrow(/expected key\.path=value/u);
});

test("YAML that cannot be parsed, a missing file and a list are each one clear error", async () => {
  await expect(loadRecipe([await recipe("name: [a\nseed: 1\n")])).rejects.toThrow(/r\.yaml:\d+:\d+ {2}/u);
  await expect(loadRecipe(["no-such.yaml"])).rejects.toThrow(/recipe: .*does not exist/u);
  await expect(loadRecipe([await recipe("- a\n")])).rejects.toThrow(/r\.yaml:1:1 {2}a recipe is a map/u);
});

test("every key is explained", () => {
  const keys = explainRecipe();
  expect(keys.length).toBeGreaterThan(60);
  expect(keys.filter(({ meaning }) => meaning === "")).toEqual([]);
  expect(explainRecipe("reinforce").find(({ key }) => key === "reinforce.stage1.groupSize")).toMatchObject({
    default: 8,
  });
});

test("keys below a name that the user gives are explained, each form of a model with its own defaults", () => {
  const keys = explainRecipe("evaluate.models").map(({ key, default: standard, isRequired, where }) => [
    key.replace("evaluate.models", "…"),
    isRequired ? "required" : standard,
    where,
  ]);
  expect(keys).toContainEqual(["…", {}, undefined]);
  expect(keys).toContainEqual(["….<name>.url", "required", "url and name"]);
  expect(keys).toContainEqual(["….<name>.maxTokens", 8192, "url and name"]);
  expect(keys).toContainEqual(["….<name>.maxTokens", undefined, "path"]);
  expect(keys).toContainEqual(["….<name>.timeout", 600, "url and name"]);
  expect(keys).toContainEqual(["….<name>.price.input", "required", "url and name"]);
  expect(keys.filter(([key]) => key === "….<name>.reader")).toEqual([
    ["….<name>.reader", "lenient", undefined],
  ]);
  const all = explainRecipe();
  const typeOf = (wanted: string) => all.find(({ key }) => key === wanted)?.type;
  expect(typeOf("curate.sets")).toBe("string or section by name");
  expect(typeOf("curate.sets.<name>.columns.answerAs")).toBe("letter | text | zeroBased | oneBased");
  expect(typeOf("refine.mix.tiers")).toBe("number by easy | moderate | difficult");
  expect(all.find(({ key }) => key === "refine.validator")).toMatchObject({
    type: "section",
    meaning: expect.stringContaining("without it the graph is asked"),
  });
  expect(all.filter(({ type }) => type === "object")).toEqual([]);
});

for (const name of [".", "..", "a/b", "../a", ""])
  test(`a model cannot be named "${name}": its replies lie in a folder of its name`, async () => {
    const path = await recipe(`${head}evaluate:\n  models:\n    "${name}": some/model\n`);
    await expect(loadRecipe([path])).rejects.toThrow(
      "letters, digits, hyphens, dots and underscores, a letter or digit first",
    );
  });

test("every recipe that is shipped is valid and starts with the command that runs it", async () => {
  const folder = resolve(import.meta.dirname, "../../recipes");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml"));
  expect(files).toContain("quickstart.yaml");
  for (const file of files) await expect(loadRecipe([join(folder, file)])).resolves.toBeDefined();
});
