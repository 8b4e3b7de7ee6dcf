/** Leaks: sentences that speak of a given answer are found where they stand, ordinary reasoning is left alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { abstracts, fixtureLines, hasAbstracts } from "./fixtures/prose.ts";
import { checkLeak } from "./leak.ts";

const options = {
  A: "Colchicine",
  B: "Heparin",
  C: "Metformin",
  D: "Warfarin",
  E: "Pulmonary embolism",
  F: "Lyme disease",
};
const question = {
  stem: "A woman is short of breath. What is to be done?",
  options,
  language: "en",
} as const;
const leaks = (text: string) =>
  checkLeak({ text, question, letters: ["B"] }).filter((check) => !check.passed);

test("every sentence that speaks of a given answer is found", () => {
  const sentences = fixtureLines("leaks");
  expect(sentences.length).toBeGreaterThan(480);
  expect(sentences.filter((sentence) => leaks(sentence).length === 0)).toEqual([]);
});

test("no sentence of ordinary reasoning is taken for a leak", () => {
  const sentences = fixtureLines("no-leaks");
  expect(sentences.length).toBeGreaterThan(560);
  expect(sentences.filter((sentence) => leaks(sentence).length > 0)).toEqual([]);
});

test("a leak is found in any place of ordinary reasoning, with its words and their place", () => {
  const ordinary = fixtureLines("no-leaks").filter((line) => /^[A-Z]/u.test(line));
  const given = fixtureLines("leaks").filter((line) => /^[A-Z]/u.test(line));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...ordinary), { maxLength: 8 }),
      fc.constantFrom(...given),
      fc.array(fc.constantFrom(...ordinary), { maxLength: 8 }),
      fc.constantFrom("\n", "\n\n"),
      (before, leak, after, join) => {
        const text = [...before, leak, ...after].join(join);
        const found = leaks(text);
        expect(found).toHaveLength(1);
        const [start, end] = found[0]!.span!;
        expect(leak).toContain(text.slice(start, end));
      },
    ),
  );
});

test("a leak in words of its own is found in the clause that gives it away, what looks like it is not", () => {
  for (const [text, words] of [
    ["The calf is swollen, but the sheet I was handed already names heparin, so I dress it up.", "handed"],
    [
      "Left to myself I would have picked warfarin; the examiner's file insists on heparin.",
      "examiner's file",
    ],
    ["不是我推出来的,是出题人事先把肝素交给了我,理由由我来编。", "出题人事先"],
  ] as const) {
    const [found] = leaks(text);
    expect(text.slice(...(found?.span ?? [0, 0])), text).toContain(words);
  }
  for (const text of [
    "She was handed heparin by the nurse, and the sheet says that she took it.",
    "I would have picked warfarin, but she is pregnant.",
    "医生事先告知患者肝素可能引起出血,患者签了字。",
  ])
    expect(leaks(text), text).toEqual([]);
});

test("emphasis, quotes, line breaks and width do not hide a leak", () => {
  for (const text of [
    "The **correct answer** is given as **B**.",
    "The `answer key` says “B”.",
    "We are told that\nthe answer is B.",
    "The correct answer is  given   as B.",
    "THE ANSWER KEY SAYS B.",
    "The correct answer, which was provided to us, is _heparin_.",
  ])
    expect([text, leaks(text.replaceAll("\n", " ")).length]).toEqual([text, 1]);
});

test("what the question says itself and what denies an answer is no leak", () => {
  const stem = "The examiner gives the correct answer as 12 points on the coma scale.";
  expect(
    checkLeak({
      text: `It says "${stem}"`,
      question: { stem, options: {}, language: "en" },
      letters: [],
    })[0]?.passed,
  ).toBe(true);
  expect(leaks("There is no answer key here. We were never told the answer.")).toEqual([]);
});

test("an option that is a number, or holds a letter that could be one itself, stands for an option", () => {
  const numbers = {
    stem: "How many pack-years?",
    options: { A: "12", B: "Factor V Leiden", C: "24" },
    language: "en",
  } as const;
  const failing = (text: string) =>
    checkLeak({ text, question: numbers, letters: ["C"] }).filter(({ passed }) => !passed).length;
  expect(failing("Since 24 is the correct answer, I only supply the steps.")).toBe(1);
  expect(failing("They want Factor V Leiden, so I head there.")).toBe(1);
  expect(failing("0.75 times 32 is 24, so the answer is C.")).toBe(0);
});

test("the words of another question's options are no options here", () => {
  const text = "Since gout is the correct diagnosis, the crystals are needles.";
  expect(leaks(text)).toEqual([]);
  expect(leaks("Since heparin is the correct answer, it must act at once.")).toHaveLength(1);
});

test.skipIf(!hasAbstracts)("1,000 abstracts of PubMedQA give no false alarm", () => {
  const flagged = abstracts().filter(({ text, question: stem }) =>
    checkLeak({ text, question: { stem, options: {}, language: "en" }, letters: [] }).some(
      ({ passed }) => !passed,
    ),
  );
  expect(flagged.map(({ text }) => text)).toEqual([]);
});
