// Contamination between whole public sets (../shared/benchmarks/whole): a set and itself, unlike sets, paraphrased copies.
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../src/base/random.ts";
import { loadBenchmark } from "../src/curate/benchmark.ts";
import { refineSection } from "../src/recipe/sections/refine.ts";
import type { Question } from "../src/records/question.ts";
import { findContamination } from "../src/refine/duplicates/contamination.ts";
import { contentWords, paraphrase } from "../src/refine/duplicates/fixtures/paraphrase.ts";
import { drugQuestions } from "../src/refine/fixtures/questions.ts";

const folder = new URL("../../shared/benchmarks/whole/", import.meta.url).pathname;
const files = {
  medqa: "phrases_no_exclude_test.jsonl",
  mmluProBiology: "mmlu-pro_biology.jsonl",
  mmluProHealth: "mmlu-pro_health.jsonl",
  pubmedqa: "ori_pqal.json",
};
const settings = refineSection.parse({}).duplicates;
const sets = new Map<string, readonly Question[]>();

/** The questions that a set contaminates. */
function caught(questions: readonly Question[], ...names: readonly string[]): Question[] {
  const guarded = new Map(names.map((name) => [name, sets.get(name) as readonly Question[]]));
  const ids = new Set(findContamination(questions, guarded, settings).map(({ question }) => question.id));
  return questions.filter(({ id }) => ids.has(id));
}

describe.skipIf(!existsSync(folder))("whole sets", () => {
  beforeAll(async () => {
    for (const [name, file] of Object.entries(files))
      sets.set(name, (await loadBenchmark(name, folder + file)).questions);
  });

  test("every question of a set is found in the set", () => {
    for (const [name, questions] of sets) expect(caught(questions, name)).toEqual(questions);
  });

  test("PubMedQA is found with its abstracts on one side only", () => {
    const questions = sets.get("pubmedqa") as readonly Question[];
    const bare = questions.map(({ context: _, ...question }) => ({ ...question, id: `bare-${question.id}` }));
    expect(caught(bare, "pubmedqa")).toHaveLength(500);
    const abstractFirst = questions.map((question) => ({
      ...bare[0]!,
      id: `first-${question.id}`,
      stem: `${question.context} ${question.stem}`,
    }));
    expect(caught(abstractFirst, "pubmedqa")).toHaveLength(500);
  });

  test("of unlike sets at most one question in a thousand matches", () => {
    const others = ["mmluProBiology", "mmluProHealth", "pubmedqa"];
    // The one match is a near copy: the same stab wound with a tamponade, another age, another ask.
    expect(caught(sets.get("medqa") as readonly Question[], ...others).length).toBeLessThanOrEqual(1);
    const rest = others.flatMap((name) => sets.get(name) as readonly Question[]);
    expect(caught(rest, "medqa").length).toBeLessThanOrEqual(2);
    expect(caught(sets.get("pubmedqa") as readonly Question[], "mmluProBiology", "mmluProHealth")).toEqual(
      [],
    );
    expect(caught(sets.get("mmluProHealth") as readonly Question[], "mmluProBiology")).toEqual([]);
    expect(caught(drugQuestions(8), ...sets.keys())).toEqual([]);
  });

  test("a paraphrase, with 15 to 35 % of its words exchanged, is found 95 times in 100", () => {
    const all = [...sets.values()].flat();
    const words = contentWords(all);
    const random = seededRandom(1, "copies");
    let found = 0;
    for (const [name, questions] of sets) {
      // Every third, to be quick; `npm run bench -- data` copies all.
      const some = questions.filter((_, i) => i % 3 === 0);
      const copies = some.map((one) => paraphrase(one, 0.15 + 0.2 * random.next(), words, random));
      const share = caught(copies, ...sets.keys()).length / some.length;
      expect([name, share]).toEqual([name, expect.toSatisfy((value: number) => value >= 0.9)]);
      found += share * questions.length;
    }
    expect(found / all.length).toBeGreaterThanOrEqual(0.97);
  });
});
