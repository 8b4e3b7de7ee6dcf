/** All checks of reasoning in one: each name once and in the order of the recipe, each fault under its own name. */
import { expect, test } from "vitest";
import { buildGraph } from "../../graph/graph.ts";
import { reasoningChecks } from "../../recipe/sections/coldstart.ts";
import { reasoningChecker } from "./check-reasoning.ts";

const question = {
  stem: "A pregnant woman has a swollen calf and is short of breath. What is the treatment?",
  options: { A: "Warfarin", B: "Heparin" },
  language: "en",
} as const;
const good =
  "A swollen calf and dyspnoea point to embolism. Warfarin crosses the placenta. Assuming that renal function is normal, heparin is most likely the best choice.";
const graph = buildGraph([], []);
const guideline = { id: "g1", source: "ward", text: "Heparin is used in pregnancy.", place: "ward.md:1" };

test("good reasoning passes every check, under the recipe's names and in their order", () => {
  const check = reasoningChecker({ graph, world: "open", guidelines: [guideline], maxWords: 600 });
  const checks = check({ text: good, question, letters: ["B"] });
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect([...new Set(checks.map(({ name }) => name))]).toEqual([...reasoningChecks]);
});

test("without a graph and guidelines nothing is said of claims", () => {
  const names = reasoningChecker({ maxWords: 600 })({ text: good, question, letters: ["B"] }).map(
    ({ name }) => name,
  );
  expect(names).not.toContain("claims");
  expect(names).not.toContain("guidelines");
});

test.each([
  ["leak", `The answer key says B. ${good}`],
  ["uncertainty", "The calf is swollen. Warfarin crosses the placenta. The answer is heparin."],
  [
    "brevity",
    `${good} ${"The calf was swollen on one side only for several days. ".replace("days", "weeks").repeat(2)}`,
  ],
  ["locality", `As an AI model I cannot treat her. ${good}`],
  ["repetition", `${good} ${"so heparin it is, ".repeat(8)}`],
  ["language", `${good} 因此选择肝素。`],
])("a fault of %s is found under its name", (name, text) => {
  const check = reasoningChecker({ maxWords: name === "brevity" ? 30 : 600 });
  const failed = check({ text, question, letters: ["B"] }).filter(({ passed }) => !passed);
  expect(failed.map((one) => one.name)).toContain(name);
});
