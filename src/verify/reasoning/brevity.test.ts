/** Brevity: the limit counts words, in Chinese characters, and sentences that only announce thinking are filler. */
import { expect, test } from "vitest";
import { brevityChecker } from "./brevity.ts";

const check = (text: string, maxWords = 600) =>
  brevityChecker(maxWords)({
    text,
    question: { stem: "", options: {}, language: "en" },
    letters: [],
  });

test("words are counted up to the limit, and the fault begins after it", () => {
  const text = "one two three four five";
  expect(check(text, 5)).toEqual([{ name: "brevity", passed: true, found: "5 words of 5" }]);
  expect(check(text, 3)).toEqual([
    {
      name: "brevity",
      passed: false,
      found: "5 words, at most 3 are wanted; the rest starts here",
      span: [14, 23],
    },
  ]);
});

test("in Chinese every character counts, in mixed text a word of Latin letters as one", () => {
  expect(check("肺栓塞，首选肝素。", 7)[0]?.passed).toBe(true);
  expect(check("肺栓塞，首选肝素。", 6)[0]?.span).toEqual([7, 9]);
  expect(check("应用heparin治疗", 5)[0]?.passed).toBe(true);
});

test("sentences that only announce thinking are filler when there are many", () => {
  const filler = "Okay, so. Let me think about this step by step. Hmm. Wait, let me see. Well, let's see.";
  expect(check(`${filler} The toe is red. Gout is likely.`)[0]).toMatchObject({
    passed: false,
    found: expect.stringContaining("5 of 7"),
  });
  expect(check("嗯。让我想一想。等等。我再仔细看看题目。患者脚趾红肿。")[0]?.passed).toBe(false);
});

test("a few such words, and steps that say something, are no filler", () => {
  const text =
    "Okay, let's see. First, consider the calf: it is swollen. Let me check the potassium: it is low. Wait, she is pregnant. So warfarin is out. Let me work out the anion gap.";
  expect(check(text)[0]?.passed).toBe(true);
});
