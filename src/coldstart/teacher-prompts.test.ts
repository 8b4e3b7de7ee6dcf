// What a teacher is told: the right answer where the prompt is label-conditioned, and by no check's words elsewhere.
import fc from "fast-check";
import { expect, test } from "vitest";
import { reasoningChecks } from "../recipe/sections/coldstart.ts";
import type { Question } from "../records/question.ts";
import { gout } from "./fixtures/scripted-teacher.ts";
import { turnPrompt } from "./teacher-prompts.ts";

const draft = "Gout is treated with heparin, 2 + 2 = 5.";
// Checks that know more than the draft says what holds; the others speak of the draft alone.
const knowing = ["arithmetic", "formula", "units", "claims", "guidelines"];

for (const language of ["en", "zh"] as const)
  test(`a free draft is not told what holds instead of what it says (${language})`, () => {
    for (const name of reasoningChecks) {
      const check = { name, passed: false, found: "it is SECRET and not heparin", span: [0, 28] as const };
      const turn = {
        strategy: { kind: "correct" as const, replaces: false, because: name },
        reasoning: draft,
        latest: draft,
        failing: [check],
        maxWords: 100,
        ruledOut: [],
      };
      const question = { ...gout, language };
      const free = turnPrompt(question, { ...turn, isGiven: false });
      const given = turnPrompt(question, { ...turn, isGiven: true });
      expect(given).toContain("SECRET");
      expect(free.includes("SECRET")).toBe(!knowing.includes(name));
      expect(free).toContain("Gout is treated with heparin");
    }
  });

/** What a turn after a free draft is told of a fault in it; the whole draft is at fault. */
function told(question: Question, name: string, words: string, found = "SECRET"): string {
  const prompt = turnPrompt(question, {
    strategy: { kind: "backtrack", replaces: false, because: name },
    reasoning: words,
    latest: words,
    failing: [{ name, passed: false, found, span: [0, words.length] }],
    maxWords: 100,
    isGiven: false,
    ruledOut: [],
  });
  return prompt.split("\n").find((line) => line.startsWith(`- ${name}: `))!;
}

const asked: readonly Question[] = [
  gout,
  { ...gout, options: { A: "type 1 diabetes", B: "Type 2 diabetes", C: "no", D: "HIV infection" } },
  {
    ...gout,
    options: { A: "increase in the dose", B: "decrease in the dose", C: "16 mmol/L", D: "12 mmol/L" },
  },
  { ...gout, options: { A: "肝素", B: "胰岛素", C: "秋水仙碱", D: "华法林" }, language: "zh" },
];

test("no check that knows more than the draft tells by what it quotes whether an option was denied or affirmed", () => {
  const says = [
    (name: string) => `${name} is not used to treat acute gout`,
    (name: string) => `acute gout is treated with ${name}`,
    (name: string) => `Of all of them ${name.toUpperCase()}s never help`,
    (name: string) => `急性痛风不用${name}`,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...asked),
      fc.constantFrom(...knowing),
      fc.constantFrom(...says),
      fc.constantFrom("A", "B", "C", "D"),
      fc.constantFrom("text", "letter", "option", "(letter)", "part", "it"),
      (question, name, say, letter, by) => {
        const text = question.options[letter]!;
        const part = question.language === "zh" ? text.slice(0, 2) : text.split(" ")[0]!;
        const forms: Record<string, string> = {
          text,
          part: part === "type" || part === "Type" ? text : part,
          letter,
          option: `option ${letter.toLowerCase()}`,
          "(letter)": `(${letter})`,
          it: "it",
        };
        const line = told(question, name, say(forms[by]!));
        expect(line).not.toContain('("');
        // Whatever option it was about, and whichever is right, the same is told.
        expect(told({ ...question, gold: ["A"] }, name, say(question.options["B"]!))).toBe(line);
      },
    ),
    { numRuns: 300 },
  );
});

test("words that name no option are quoted, but not where what was found names one that they call otherwise", () => {
  expect(told(gout, "claims", "a tophus is a sign of anaemia")).toBe(
    '- claims: a statement does not hold ("a tophus is a sign of anaemia")',
  );
  expect(told(gout, "arithmetic", "2 + 2 = 5")).toContain('("2 + 2 = 5")');
  const alias = "autumn crocus extract is not used in gout";
  expect(told(gout, "claims", alias, `"${alias}": the graph has "colchicine" TREATS "gout"`)).toBe(
    "- claims: a statement does not hold",
  );
  const yesNo = { ...gout, options: { A: "yes", B: "no", C: "maybe" } };
  expect(told(yesNo, "claims", "heparin is not used in gout")).toBe("- claims: a statement does not hold");
});
