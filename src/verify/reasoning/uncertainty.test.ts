/** Uncertainty: what states an assumption or a degree of certainty passes; bare and overconfident conclusions do not. */
import { expect, test } from "vitest";
import { fixtureLines } from "./fixtures/prose.ts";
import { checkUncertainty } from "./uncertainty.ts";

const options = { A: "Gout", B: "Septic arthritis", C: "Pulmonary embolism", D: "Pneumonia" };
const question = { stem: "What is the diagnosis?", options, language: "en" } as const;
const check = (text: string, letter = "A") => checkUncertainty({ text, question, letters: [letter] });
const passes = (text: string): boolean =>
  check(text, /embol|\bC\b|肺栓|[选为]C/u.test(text) ? "C" : "A").every(({ passed }) => passed);

test("every text that says what it assumes or how sure it is passes", () => {
  expect(fixtureLines("hedged").filter((text) => !passes(text))).toEqual([]);
});

test("every bare or overconfident text fails", () => {
  expect(fixtureLines("bare").filter(passes)).toEqual([]);
});

test("a claim that no error is possible fails wherever it stands, and not when it is denied", () => {
  const hedge = "Infection is less likely. The answer is gout.";
  expect(passes(`No test could ever change this. ${hedge}`)).toBe(false);
  expect(passes(`${hedge} I would stake my life on it.`)).toBe(false);
  expect(passes(`${hedge} I would not stake my life on it.`)).toBe(true);
  expect(passes(`The sensitivity was 100%. ${hedge}`)).toBe(true);
});

test("a class that is computed by several sums needs no hedge, weighed diagnoses with one sum do", () => {
  const classes = { ...question, options: { A: "Normal", B: "Overweight" } };
  const sums = "1.62 × 1.62 ≈ 2.62 and 70 / 2.62 = 26.7 kg/m². So B.";
  expect(checkUncertainty({ text: sums, question: classes, letters: ["B"] })[0]?.passed).toBe(true);
  expect(passes("The toe is red. The gap is 140 - 104 - 24 = 12. So the answer is gout.")).toBe(false);
});

test("what was found is named, with the place of the conclusion", () => {
  const bare = "The toe is red. So the answer is gout.";
  expect(check(bare)).toEqual([
    {
      name: "uncertainty",
      passed: false,
      found: 'no assumption and no degree of certainty is stated; "So the answer is gout." stands bare',
      span: [16, 38],
    },
  ]);
  expect(check("The toe is red. Infection is unlikely. The answer is gout.")[0]?.found).toBe(
    'says "unlikely" at 16; the conclusion is at 39',
  );
  expect(check("Beyond any doubt the answer is gout.")[0]?.found).toContain("claims to be beyond doubt");
});

test("knowledge of medicine and the words of the question are no uncertainty", () => {
  for (const text of [
    "Smokers are more likely to develop it. So the answer is gout.",
    "Colchicine may cause diarrhoea. So the answer is gout.",
    "We are asked for the most likely diagnosis. So the answer is gout.",
  ])
    expect([text, passes(text)]).toEqual([text, false]);
});

test("to be sure that an option is wrong is no overconfidence", () => {
  expect(passes("Septic arthritis is definitely wrong. Gout is most likely. The answer is gout.")).toBe(true);
  expect(passes("It is not certain, but the answer is gout.")).toBe(true);
});

test("what neither weighs nor concludes needs no hedge, nor does a number that is computed", () => {
  expect(check("The toe is red.", "")[0]?.passed).toBe(true);
  const numbers = { A: "12 mmol/L", B: "22 mmol/L" };
  const text = "The anion gap is 140 - 104 - 24 = 12. So the answer is A.";
  const computed = checkUncertainty({
    text,
    question: { ...question, options: numbers },
    letters: ["A"],
  });
  expect(computed[0]?.passed).toBe(true);
});
