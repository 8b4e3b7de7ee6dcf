// What a teacher is told: the right answer where the prompt is label-conditioned, and by no check's words elsewhere.
import { expect, test } from "vitest";
import { reasoningChecks } from "../recipe/sections/coldstart.ts";
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
