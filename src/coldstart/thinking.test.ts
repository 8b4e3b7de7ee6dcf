import fc from "fast-check";
import { expect, test } from "vitest";
import { renderReply } from "../models/prompt.ts";
import { curatedQuestion } from "../records/fixtures/curated-question.ts";
import { letters } from "../records/question.ts";
import { rewardOf } from "../verify/reward.ts";
import { readAttempt } from "./attempt.ts";
import { gout } from "./fixtures/scripted-teacher.ts";
import { answerText, concluded, countWords, joined, type Part } from "./thinking.ts";

const read = (text: string) => readAttempt(gout, { id: "r", text, finish: "stop", tokens: 1 }, "said");

test("whatever a teacher writes, a right answer makes a reply that earns the whole reward", () => {
  const drugs = [
    "heparin",
    "insulin",
    "colchicine",
    "warfarin",
    "Vitamin B12",
    "0.9 % saline",
    "ACE-inhibitor",
  ];
  const kinds = fc.constantFrom("backtrack", "explore", "correct");
  const words = fc.array(
    fc.constantFrom(...drugs, "gout", "<answer>B</answer>", "so", "\n", "Thus (A).", "</think>", "是"),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(kinds, words, fc.boolean()), { maxLength: 3 }),
      words,
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom("en", "zh"),
      (turns, last, gold, language) => {
        const question = curatedQuestion({ stem: "Which?", options: drugs, gold: letters[gold]!, language });
        const attempt = readAttempt(
          question,
          {
            id: "r",
            text: `${last.join(" ")}\n<answer>${letters[gold]}</answer>`,
            finish: "stop",
            tokens: 1,
          },
          "said",
        );
        if (attempt.outcome !== "right") return;
        const before = turns.map(
          ([kind, said, replaces]): Part => ({ kind, text: read(said.join(" ")).text, replaces }),
        );
        const whole = joined([...before, { kind: "correct", text: attempt.text, replaces: false }], question);
        const reply = renderReply(whole, answerText(question, attempt.letters));
        const { total, checks } = rewardOf({ question, reply, finish: "stop" });
        expect(total, JSON.stringify({ reply, checks })).toBeCloseTo(1.1, 12);
      },
    ),
    { numRuns: 300 },
  );
});

test("a line that only hands the reasoning over, and the line of the answer, are no part of it", () => {
  const body = "The crystals are those of gout, and so colchicine is what helps.";
  for (const preface of [
    "Sure, here is the reasoning:\n",
    "**Step-by-step analysis:**\n\n",
    "### Reasoning:\n",
    "",
  ])
    for (const answer of ["<answer>C</answer>", "\n\n**Answer: C**", "\nFinal answer: (C) colchicine"])
      expect(read(preface + body + answer).own, preface + answer).toBe(body);
  expect(read("Her analysis of urine shows: crystals. So it is gout\n<answer>C</answer>").own).toMatch(
    /^Her analysis/u,
  );
});

test("reasoning that names its answer at the end is left as it is; other reasoning is brought to it", () => {
  const told = "It is gout, and colchicine helps.";
  expect(concluded(told, gout, ["C"])).toBe(told);
  expect(concluded("It is gout", gout, ["C"])).toBe("It is gout. So the answer is colchicine.");
  expect(
    concluded(`${told} ${"But of other drugs much could be said too. ".repeat(8).trim()}`, gout, ["C"]),
  ).toMatch(/So the answer is colchicine\.$/u);
});

test("turns are joined by words of ours unless they turn around themselves; a turn written anew stands alone", () => {
  const turn = (kind: Part["kind"], text: string, replaces = false): Part => ({ kind, text, replaces });
  const [first, second] = [turn("draft", "It is flu."), turn("backtrack", "Wait, there is no fever.")];
  expect(joined([first, second], gout)).toBe("It is flu.\n\nWait, there is no fever.");
  expect(joined([first, turn("correct", "There is no fever.")], gout)).toMatch(
    /^It is flu\.\n\n\S[^\n]+\. There is no fever\.$/u,
  );
  expect(joined([first, turn("correct", "It is a cold.", true), second], gout)).toBe(
    "It is a cold.\n\nWait, there is no fever.",
  );
  expect(joined([first, turn("explore", ""), second], gout)).toBe("It is flu.\n\nWait, there is no fever.");
});

test("words are counted in both scripts", () => {
  expect(countWords("A 3.5-fold rise, isn't it?")).toBe(5);
  expect(countWords("患者 has 痛风")).toBe(5);
});
