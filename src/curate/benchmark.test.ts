import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UsageError } from "../base/errors.ts";
import { stageContext } from "../base/fixtures/stage-context.ts";
import { loadJsonl } from "../base/jsonl.ts";
import { type Question, questionSchema } from "../records/question.ts";
import { readAnswer } from "../verify/answer.ts";
import { findProblems, loadBenchmark } from "./benchmark.ts";
import { runCurate } from "./curate.ts";

const whole = "../shared/benchmarks/whole";
const hasWhole = existsSync(whole);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "curate-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Counts published by the sets, and counted for this project: PubMedQA's test half is 276 yes, 169 no, 55 maybe;
// MedQA's gold letters are 353 A, 309 B, 346 C, 265 D; 94 of MMLU-Pro health repeat another question.
test.skipIf(!hasWhole).each([
  ["pubmedqa", "", 500, { A: 276, B: 169, C: 55 }, 0],
  ["medqa", "phrases_no_exclude_test.jsonl", 1273, { A: 353, B: 309, C: 346, D: 265 }, 0],
  ["mmluProBiology", "mmlu-pro_biology.jsonl", 717, undefined, 0],
  ["mmluProHealth", "mmlu-pro_health.jsonl", 818, undefined, 94],
] as const)(
  "the whole set %s is read with its official counts (needs shared benchmark files)",
  async (name, file, size, gold, repeats) => {
    const { questions, rejects, isPinned, warnings, problems } = await loadBenchmark(name, join(whole, file));
    expect(questions).toHaveLength(size);
    expect({ rejects, warnings, isPinned }).toEqual({ rejects: [], warnings: [], isPinned: true });
    expect(problems.filter(({ reason }) => reason.startsWith("repeats"))).toHaveLength(repeats);
    if (gold !== undefined) expect(goldCounts(questions)).toEqual(gold);
    for (const question of questions) expect(() => questionSchema.parse(question)).not.toThrow();
  },
);

test.skipIf(!hasWhole)(
  "617 and 597 MMLU-Pro questions have ten options (needs shared benchmark files)",
  async () => {
    const tens = [];
    for (const name of ["biology", "health"]) {
      const set = name === "biology" ? "mmluProBiology" : "mmluProHealth";
      const { questions } = await loadBenchmark(set, join(whole, `mmlu-pro_${name}.jsonl`));
      tens.push(questions.filter(({ options }) => Object.keys(options).length === 10).length);
    }
    expect(tens).toEqual([617, 597]);
  },
);

test.skipIf(!hasWhole)(
  "the parser accepts every gold letter and every other letter is wrong (needs shared benchmark files)",
  async () => {
    for (const [name, file] of [
      ["pubmedqa", ""],
      ["medqa", "phrases_no_exclude_test.jsonl"],
      ["mmluProHealth", "mmlu-pro_health.jsonl"],
    ] as const)
      for (const { options, gold } of (await loadBenchmark(name, join(whole, file))).questions)
        for (const letter of Object.keys(options)) {
          const read = readAnswer(`<answer>${letter}</answer>`, { options, mode: "strict", finish: "stop" });
          expect(read.letters.join() === gold.join()).toBe(letter === gold[0]);
        }
  },
);

function goldCounts(questions: readonly Question[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { gold } of questions) counts[gold[0]!] = (counts[gold[0]!] ?? 0) + 1;
  return counts;
}

const good = {
  question: "Which vitamin is lacking in scurvy?",
  answer: "vitamin C",
  options: { A: "vitamin A", B: "vitamin B1", C: "vitamin C", D: "vitamin D" },
  answer_idx: "C",
};

test("bad rows are rejected with file, line and reason, and the rest is read", async () => {
  const path = join(folder, "toy.jsonl");
  const rows = [
    JSON.stringify(good),
    "",
    '{"question": NaN}',
    JSON.stringify({ ...good, answer_idx: "A" }),
    JSON.stringify({ ...good, options: { A: "vitamin A", C: "vitamin C" } }),
    JSON.stringify({ ...good, options: { ...good.options, D: " " } }),
    JSON.stringify({ ...good, question: 7 }),
  ];
  await writeFile(path, `${rows.join("\n")}\n`);
  const { questions, rejects, isPinned, warnings } = await loadBenchmark("medqa", path);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toMatchObject({
    gold: ["C"],
    licence: "MIT",
    evidence: [{ kind: "dataset", dataset: "medqa", split: "test", row: 1, quote: "vitamin C" }],
  });
  expect(rejects.map(({ item }) => item.slice(folder.length + 1))).toEqual([
    "toy.jsonl:3",
    "toy.jsonl:4",
    "toy.jsonl:5",
    "toy.jsonl:6",
    "toy.jsonl:7",
  ]);
  expect(rejects[0]?.reason).toContain("not JSON");
  expect(rejects[1]?.reason).toBe('answer_idx "A" is "vitamin A", but answer is "vitamin C"');
  expect(isPinned).toBe(false);
  expect(warnings[1]).toBe("medqa: 1 questions where the official test split has 1273");
});

test("an unknown set is the user's mistake, and the error lists the sets", async () => {
  const attempt = loadBenchmark("medxyz", "x");
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow("pubmedqa, medqa, mmluProBiology, mmluProHealth");
});

test("a missing file and a file of another set are named", async () => {
  await expect(loadBenchmark("medqa", join(folder, "none.jsonl"))).rejects.toThrow("none.jsonl");
  await writeFile(join(folder, "other.jsonl"), '{"text":"hello"}\n');
  await expect(loadBenchmark("medqa", join(folder, "other.jsonl"))).rejects.toThrow("none of 1 rows");
  await writeFile(join(folder, "ori_pqal.json"), "{}");
  await expect(loadBenchmark("pubmedqa", folder)).rejects.toThrow("test_ground_truth.json is not there");
});

test("PubMedQA reads only the official test half, with its abstract", async () => {
  const item = (decision: string) => ({
    QUESTION: "Does it help?",
    CONTEXTS: ["Aim.", "Result."],
    final_decision: decision,
  });
  await writeFile(
    join(folder, "ori_pqal.json"),
    JSON.stringify({ 11: item("maybe"), 12: item("no"), 13: item("yes") }),
  );
  await writeFile(
    join(folder, "test_ground_truth.json"),
    JSON.stringify({ 11: "maybe", 13: "no", 14: "no" }),
  );
  const { questions, rejects } = await loadBenchmark("pubmedqa", folder);
  expect(questions).toHaveLength(1);
  expect(questions[0]).toMatchObject({ context: "Aim.\nResult.", gold: ["C"], origin: { row: 11 } });
  expect(rejects).toHaveLength(2);
});

test("repeats and options that read the same are listed as problems and stay in the set", async () => {
  const path = join(folder, "toy.jsonl");
  const twin = { ...good, options: { ...good.options, D: "Vitamin A" } };
  await writeFile(path, [good, good, twin].map((row) => JSON.stringify(row)).join("\n"));
  const { questions } = await loadBenchmark("medqa", path);
  expect(questions).toHaveLength(3);
  expect(findProblems(questions).map(({ place, reason }) => [place, reason])).toEqual([
    [1, "repeats question 1 word for word"],
    [2, "option D reads the same as an earlier one"],
  ]);
});

test("the stage writes questions, problems and counts of each set", async () => {
  await writeFile(join(folder, "toy.jsonl"), `${JSON.stringify(good)}\nrubbish\n`);
  const rejected: string[] = [];
  const settings = { sets: { medqa: join(folder, "toy.jsonl") } };
  const reject = (item: string, reason: string): void => void rejected.push(`${item}: ${reason}`);
  const counts = await runCurate(stageContext(folder, settings, { reject }));
  expect(counts).toEqual({ medqa: 1 });
  expect(rejected).toEqual(['medqa toy.jsonl:2: not JSON: "rubbish"']);
  expect(await loadJsonl(join(folder, "out/medqa/questions.jsonl"), questionSchema)).toHaveLength(1);
  expect(JSON.parse(await readFile(join(folder, "out/sets.json"), "utf8"))).toMatchObject({
    medqa: { officialSize: 1273, questions: 1, rejected: 1, isPinned: false },
  });
});
