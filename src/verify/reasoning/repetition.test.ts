/** Repetition: loops of every kind are found, careful weighing in the same words is not one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { abstracts, hasAbstracts } from "./fixtures/prose.ts";
import { checkRepetition } from "./repetition.ts";

const question = { stem: "", options: {}, language: "en" } as const;
const faults = (text: string) =>
  checkRepetition({ text, question, letters: [] }).filter(({ passed }) => !passed);

test("a sentence said three times is a fault, at the third", () => {
  const again = "The calf is swollen and red.";
  const text = `${again} She flew for twelve hours. ${again} No fever is told. The calf is SWOLLEN, and red.`;
  expect(faults(text)).toEqual([
    {
      name: "repetition",
      passed: false,
      found: '"The calf is SWOLLEN, and red." is said 3 times or more',
      span: [text.lastIndexOf("The calf"), text.length],
    },
  ]);
  expect(faults(`${again} ${again}`)).toEqual([]);
});

test("a loop at the end is found whatever its period, also where it breaks off", () => {
  const start = "She is short of breath after a flight, and her calf is swollen, so embolism is likely. ";
  for (const unit of [
    "so it is ",
    "and therefore the answer is heparin ",
    "which may be gout, or it may be infection, since both make a joint hot, ",
    "wait ",
  ]) {
    const looped = `${start}${unit.repeat(12)}`;
    for (const cut of [0, 3, 7]) expect(faults(looped.slice(0, looped.length - cut))).not.toEqual([]);
  }
  expect(faults(`小腿肿胀，${"因此考虑肺栓塞，".repeat(5)}`)).not.toEqual([]);
});

test("one character or syllable over and over is a fault; rules, long numbers and tables are none", () => {
  for (const text of [
    "Noooooooooooooooo",
    "hahahahahahahahaha",
    "的的的的的的的的的的的的",
    "the the the the the the the the the",
  ])
    expect([text, faults(text).length]).not.toEqual([text, 0]);
  for (const text of [
    "----------------",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    "1000000000000 cells",
    "...............",
    "AAAAA",
  ])
    expect([text, faults(text)]).toEqual([text, []]);
});

test("a text of which much was said before is a fault without any whole sentence coming back", () => {
  const text = Array.from(
    { length: 12 },
    (_, i) => `In case ${i} the swelling of the calf after the long flight points to a clot in the lung.`,
  ).join(" ");
  expect(faults(text).map(({ found }) => found)).toEqual([
    expect.stringMatching(/^\d\d % of sequences of 4 words were said before$/u),
  ]);
});

test("weighing options in the same form is no fault", () => {
  const text = `A. Aspirin does not treat a fresh clot, so A is wrong. B. Heparin acts at once, so B fits. C. Warfarin takes
days to act and harms the fetus, so C is wrong. D. Alteplase is kept for shock, and her pressure is normal, so D is wrong.
Type 2 diabetes mellitus was known; type 2 diabetes mellitus does not change this. No fever. No cough. No fever.`;
  expect(faults(text)).toEqual([]);
  const chinese =
    "急性心肌梗死可有胸痛，急性心肌梗死心电图有改变，本例胸痛持续两小时，心电图提示下壁导联抬高，急性心肌梗死可能性大。肺栓塞亦可胸痛，但血氧正常。主动脉夹层多有血压差，本例无。";
  expect(faults(chinese)).toEqual([]);
});

test("words that differ make no loop, however many", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{5,9}$/u), { minLength: 1, maxLength: 200 }),
      (words) => {
        expect(faults(words.join(" ")).filter(({ found }) => !found.includes("over and over"))).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});

test.skipIf(!hasAbstracts)("1,000 abstracts of PubMedQA give no false alarm", () => {
  expect(abstracts().filter(({ text }) => faults(text).length > 0)).toEqual([]);
});
