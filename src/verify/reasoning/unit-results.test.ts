// Units of results in short texts of reasoning, each clean and with one wrong unit at a time: how many of 418 faults are
// found where they are, and that no clean text is stopped. The texts are in fixtures/unit-faults.jsonl; their
// numbers agree, so that nothing but the unit can tell.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkArithmetic } from "./arithmetic.ts";
import { checkFormulas } from "./formulas.ts";
import type { ReasoningCheck } from "./reasoning.ts";
import { checkUnits } from "./units.ts";

interface Twins {
  readonly stem: string;
  readonly options: readonly string[];
  readonly answer: string;
  readonly text: string;
  /** What stands in the clean text, and what is wrong in its place. */
  readonly faults: readonly (readonly [right: string, wrong: string])[];
}

const twins = readFileSync(new URL("./fixtures/unit-faults.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Twins);

const failing = (check: ReasoningCheck, { stem, options, answer }: Twins, text: string) => {
  const lettered = Object.fromEntries(options.map((option, at) => ["ABCD"[at], option]));
  const language = /\p{Script=Han}/u.test(stem) ? "zh" : "en";
  return check({ text, question: { stem, options: lettered, language }, letters: [answer] }).filter(
    ({ passed }) => !passed,
  );
};

test("no clean text is stopped", () => {
  const alarms = twins.flatMap((one) =>
    [checkUnits, checkArithmetic, checkFormulas].flatMap((check) =>
      failing(check, one, one.text).map(({ found }) => found),
    ),
  );
  expect(alarms).toEqual([]);
});

test("95 of 100 wrong units are found where they are", () => {
  const all = twins.flatMap((one) => one.faults.map((fault) => [one, ...fault] as const));
  const missed = all.filter(([one, right, wrong]) => {
    const from = one.text.indexOf(right);
    expect(from, right).toBeGreaterThanOrEqual(0);
    const text = one.text.replace(right, wrong);
    return !failing(checkUnits, one, text).some(
      ({ span }) => span !== undefined && span[0] < from + wrong.length && from < span[1],
    );
  });
  expect(missed.length / all.length, missed.map(([, , wrong]) => wrong).join("; ")).toBeLessThan(0.05);
});
