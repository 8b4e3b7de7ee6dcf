// What the types of a real generator have in common with one another: no split may know another's question by it.
import { expect, test } from "vitest";
import { clinicGraph } from "../src/graph/fixtures/clinic.ts";
import { refineSection } from "../src/recipe/sections/refine.ts";
import { synthesizeSection } from "../src/recipe/sections/synthesize.ts";
import type { Question, SyntheticQuestion } from "../src/records/question.ts";
import { splitQuestions } from "../src/refine/split.ts";
import { growQuestions } from "../src/synthesize/grow.ts";

const questions = [
  ...growQuestions(clinicGraph(), { ...synthesizeSection.parse({}), minPathsPerType: 0 }, 1),
];

/** What was told, and what was walked, each with the answer. */
function keysOf({ origin }: SyntheticQuestion): readonly [string, string] {
  const told = origin.facts.filter(({ say }) => say !== "lacks").map((fact) => JSON.stringify(fact));
  const walked = origin.path.map(({ relation }) => relation);
  return [
    `told ${told.sort().join()} ${origin.masked}`,
    `walked ${[...new Set(walked)].sort().join()} ${origin.masked}`,
  ];
}

test("paths of different types do share what they tell or walk, with the same answer", () => {
  const pathsOf = new Map<string, Set<string>>();
  for (const question of questions)
    for (const key of keysOf(question))
      pathsOf.set(key, (pathsOf.get(key) ?? new Set()).add(question.origin.pathKey));
  expect([...pathsOf.values()].filter((paths) => paths.size > 1).length).toBeGreaterThan(0);
});

test("no held-out question tells or walks what a training question does for the same answer", () => {
  for (const [seed, unseen] of [0, 0, 0, 0.1, 0.2].entries()) {
    const settings = refineSection.parse({ shares: { unseen } });
    const splits = splitQuestions(questions, settings, seed, () => {});
    const owner = new Map<string, string>();
    for (const [name, own] of Object.entries(splits) as [string, readonly Question[]][])
      for (const question of own as readonly SyntheticQuestion[])
        for (const key of keysOf(question)) {
          expect(owner.get(key) ?? name, `${key}, seed ${seed}`).toBe(name);
          owner.set(key, name);
        }
    for (const name of ["train", "dev", "test"] as const) expect(splits[name].length).toBeGreaterThan(0);
  }
});
