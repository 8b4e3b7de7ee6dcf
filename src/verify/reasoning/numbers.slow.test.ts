// The checks of numbers over real texts, for false alarms: every alarm was read, and each is the text's own mistake. Reads
// the shared benchmarks; skipped, visibly, where they are not there.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkArithmetic } from "./arithmetic.ts";
import { checkFormulas } from "./formulas.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { checkUnits } from "./units.ts";

const whole = "../shared/benchmarks/whole";
const files = [
  "ori_pqal.json",
  "phrases_no_exclude_test.jsonl",
  "mmlu-pro_biology.jsonl",
  "mmlu-pro_health.jsonl",
];
const isHere = files.every((file) => existsSync(`${whole}/${file}`));

const read = (file: string): string => readFileSync(`${whole}/${file}`, "utf8").trim();
const lines = <T>(file: string): readonly T[] =>
  read(file)
    .split("\n")
    .map((line) => JSON.parse(line) as T);

/** What each check finds wrong in a text that no question stands behind, or behind which it stands itself. */
function alarms(check: ReasoningCheck, text: string, stem = ""): readonly string[] {
  const question = { stem, options: {}, language: "en" } as const;
  return check({ text, question, letters: [] }).flatMap(({ passed, found }) => (passed ? [] : [found]));
}

describe.skipIf(!isHere)("over real texts", () => {
  const abstracts = (): readonly string[] =>
    Object.values(
      JSON.parse(read("ori_pqal.json")) as Record<string, { CONTEXTS: string[]; LONG_ANSWER: string }>,
    ).map(({ CONTEXTS, LONG_ANSWER }) => `${CONTEXTS.join("\n")}\n${LONG_ANSWER}`);
  const vignettes = (): readonly string[] =>
    lines<{ question: string }>("phrases_no_exclude_test.jsonl").map(({ question }) => question);
  const others = (): readonly string[] =>
    ["mmlu-pro_biology.jsonl", "mmlu-pro_health.jsonl"].flatMap((file) =>
      lines<{ question: string; options: string[] }>(file).map(
        ({ question, options }) => `${question}\n${options.join("\n")}`,
      ),
    );

  test("1,000 PubMed abstracts", () => {
    const texts = abstracts();
    // 4/42 is printed as 1011 %, 288/355 as 80.3 %.
    expect(texts.flatMap((text) => alarms(checkArithmetic, text))).toHaveLength(2);
    expect(texts.flatMap((text) => alarms(checkUnits, text))).toEqual([]);
    // Counts of one test, the specificity of another.
    expect(texts.flatMap((text) => alarms(checkFormulas, text)).length).toBeLessThanOrEqual(1);
  });

  test("1,273 MedQA questions", () => {
    const texts = vignettes();
    expect(texts.flatMap((text) => alarms(checkArithmetic, text))).toEqual([]);
    // Haemoglobin in mg/dL, "38.1°C (98.7°F)", "86 kg (200 lb)", "5 ft 40 in", bicarbonate in mmHg …
    expect(texts.filter((text) => alarms(checkUnits, text).length > 0).length).toBeLessThanOrEqual(32);
    // A measured LDL that Friedewald does not give, a BMI of 33 printed for 86 kg and 165 cm.
    expect(texts.flatMap((text) => alarms(checkFormulas, text)).length).toBeLessThanOrEqual(2);
    // What the question says itself is not the reasoning's fault.
    expect(texts.flatMap((text) => alarms(checkUnits, text, text))).toEqual([]);
    expect(texts.flatMap((text) => alarms(checkFormulas, text, text))).toEqual([]);
  });

  test("1,535 questions of MMLU-Pro", () => {
    const texts = others();
    expect(texts.flatMap((text) => alarms(checkArithmetic, text))).toEqual([]);
    // "3629 kg (8 lb)" and a BMI of 18 for 43 kg and 158 cm, each in two questions on one case.
    expect(texts.flatMap((text) => alarms(checkUnits, text))).toHaveLength(2);
    expect(texts.flatMap((text) => alarms(checkFormulas, text))).toHaveLength(2);
  });
});
