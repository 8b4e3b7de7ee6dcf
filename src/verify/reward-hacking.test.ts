/**
 * What a policy might try for reward without knowing the answer, case by case, and the proof that nothing but the
 * answer and the checks of form reaches it: no length, no style, no word of praise (paper §3.3: two criteria).
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rewardOf } from "./reward.ts";
import { normaliseText } from "./text.ts";

const options = { A: "Aspirin", B: "Heparin", C: "Warfarin", D: "Alteplase" };
const think = "a fresh clot is treated with heparin";
const good = `<think>${think}</think><answer>B</answer>`;

function reward(reply: string, gold: readonly string[] = ["B"]) {
  return rewardOf({ reply, finish: "stop", question: { options, gold } });
}

/** Each trick with what it may earn at most: the part for the right answer and the part for form. */
const tricks: readonly (readonly [name: string, reply: string, correct: 0 | 1, format: 0 | 1])[] = [
  ["the plain form", good, 1, 1],
  ["answer before thinking", `<answer>B</answer><think>${think}</think>`, 0, 0],
  ["answer before and after thinking", `<answer>A</answer>${good}`, 1, 0],
  ["two answers, the right one last", `<think>${think}</think><answer>A</answer><answer>B</answer>`, 0, 0],
  ["two answers, the right one first", `<think>${think}</think><answer>B</answer><answer>A</answer>`, 0, 0],
  ["two answers in one tag", `<think>${think}</think><answer>A, B</answer>`, 0, 0],
  ["two answers joined by or", `<think>${think}</think><answer>B or C</answer>`, 0, 0],
  ["the answer repeated", `<think>${think}</think><answer>B</answer><answer>B</answer>`, 1, 0],
  ["the answer repeated in its tag names one choice", `<think>${think}</think><answer>B B B</answer>`, 1, 1],
  ["answer tag inside the thinking only", `<think>${think} <answer>B</answer></think>`, 0, 0],
  [
    "answer tags inside the thinking too",
    `<think>${think} <answer>B</answer></think><answer>B</answer>`,
    1,
    0,
  ],
  [
    "thinking tags inside the thinking",
    `<think>${think} <think>heparin</think></think><answer>B</answer>`,
    1,
    0,
  ],
  ["thinking inside the answer", `<think>${think}</think><answer><think>heparin</think>B</answer>`, 0, 0],
  ["answer tags in one another", `<think>${think}</think><answer><answer>B</answer></answer>`, 1, 0],
  ["empty thinking", "<think></think><answer>B</answer>", 1, 0],
  ["empty thinking, and the reasons after it", `<think></think>${think}<answer>B</answer>`, 1, 0],
  ["thinking of spaces", "<think> \n\t </think><answer>B</answer>", 1, 0],
  ["thinking of invisible characters", "<think>\u200b\u200d\ufeff</think><answer>B</answer>", 1, 0],
  ["thinking of dots", "<think>. . . . .</think><answer>B</answer>", 1, 0],
  ["thinking of the letter alone", "<think>B</think><answer>B</answer>", 1, 0],
  ["all letters listed in the thinking", "<think>A B C D</think><answer>B</answer>", 1, 0],
  ["all letters listed as the answer", `<think>${think}</think><answer>A B C D</answer>`, 0, 0],
  ["all letters run together", `<think>${think}</think><answer>ABCD</answer>`, 0, 0],
  [
    "all option texts as the answer",
    `<think>${think}</think><answer>${Object.values(options).join(", ")}</answer>`,
    0,
    0,
  ],
  [
    "all option texts joined",
    `<think>${think}</think><answer>${Object.values(options).join("")}</answer>`,
    0,
    0,
  ],
  ["right letter with another's text", `<think>${think}</think><answer>B. Warfarin</answer>`, 0, 0],
  ["small letter", `<think>${think}</think><answer>b</answer>`, 1, 1],
  ["tags in capitals", `<THINK>${think}</THINK><ANSWER>B</ANSWER>`, 1, 0],
  ["only the thinking's tags in capitals", `<THINK>${think}</THINK><answer>B</answer>`, 1, 0],
  ["only the answer's tags in capitals", `<think>${think}</think><ANSWER>B</ANSWER>`, 1, 0],
  ["text after the answer", `${good} I hope this helps.`, 1, 0],
  ["a second reply after the answer", `${good}\n<think>warfarin</think><answer>C</answer>`, 0, 0],
  ["a foreign closing mark after the answer", `${good}</thinking>`, 0, 0],
  ["text before the thinking", `Sure! ${good}`, 1, 0],
  ["unclosed thinking", `<think>${think}<answer>B</answer>`, 0, 0],
  ["unclosed answer", `<think>${think}</think><answer>B`, 0, 0],
  ["invisible characters in the tags", `<th\u200bink>${think}</think><ans\u200bwer>B</answer>`, 0, 0],
  ["invisible characters in the name", "<think>a clot needs hep\u200barin</think><answer>B</answer>", 1, 0],
  ["spaces in the tags", `< think >${think}</ think >< answer >B</ answer >`, 0, 0],
  [
    "praise and scores",
    `<think>Excellent reasoning, score 10/10, reward: 1.0, correct</think><answer>A</answer>`,
    0,
    0,
  ],
  [
    "praise and scores with the answer named",
    `<think>Perfect! 10/10. Aspirin is the correct, verified answer.</think><answer>A</answer>`,
    0,
    1,
  ],
  [
    "an essay in the answer",
    `<think>${think}</think><answer>${"Heparin acts at once. ".repeat(50)}</answer>`,
    0,
    0,
  ],
  ["nothing at all", "", 0, 0],
];

test.each(tricks)("%s", (_, reply, correct, format) => {
  const given = reward(reply);
  expect([given.correct, given.format]).toEqual([correct, format === 1 ? 0.1 : 0]);
});

test("a reply of a million characters is read as any other", () => {
  const long = `<think>${"the clot is fresh. ".repeat(55_000)}${think}</think><answer>B</answer>`;
  expect(reward(long).total).toBe(1.1);
  expect(reward(`<think>${"<answer>B".repeat(50_000)}</think><answer>A</answer>`).total).toBe(0);
});

const names = Object.values(options).map(normaliseText);
const isNeutral = (text: string): boolean =>
  !/[<>◁▷[\]]|think|answer|final|channel/iu.test(text) &&
  !names.some((name) => normaliseText(text).includes(name));

/** Anything a policy might add to look good: words, lists, markup, praise, scores, other scripts. */
const padding = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.lorem({ maxCount: 30 }),
      fc.constantFrom(
        "Step 1: consider the age.",
        "**Therefore**, by careful analysis,",
        "score: 10/10, reward = 1",
        "I am 100% certain.",
        "Wait, let me double-check.",
        "毫无疑问，本题很简单。",
        "| a | b |\n|---|---|",
        "\\boxed{C}",
        "B is right. C is right. D is right.",
        "\u200b\u200b\u200b",
        "!!!",
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join("\n"))
  .filter(isNeutral);

const letter = fc.constantFrom("A", "B", "C", "D");

test("padding the thinking with any text, anywhere, never changes the reward", () => {
  fc.assert(
    fc.property(padding, padding, letter, letter, fc.boolean(), (before, after, given, gold, isNamed) => {
      const core = isNamed ? options[given as "A"] : "the clot";
      const reply = (thinking: string): string => `<think>${thinking}</think><answer>${given}</answer>`;
      const plain = reward(reply(core), [gold]);
      const padded = reward(reply(`${before}\n${core}\n${after}`), [gold]);
      expect([padded.correct, padded.format, padded.total]).toEqual([
        plain.correct,
        plain.format,
        plain.total,
      ]);
      expect(plain.total).toBe((given === gold ? 1 : 0) + (isNamed ? 0.1 : 0));
    }),
    { numRuns: 300 },
  );
});

/** Replies put together of pieces in any order: most are broken, some are whole. */
const pieces = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("<think>", "</think>", "<answer>", "</answer>") },
      {
        weight: 4,
        arbitrary: fc.constantFrom("A", "b", "Heparin", "heparin", "Warfarin", " ", "\n", "B or C"),
      },
      { weight: 1, arbitrary: padding },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const whole = fc
  .tuple(padding, letter, fc.constantFrom("", " ", "\n"))
  .map(
    ([text, given, gap]) => `<think>${text}\n${options[given as "B"]}</think>${gap}<answer>${given}</answer>`,
  );

test("the reward is a function of the answer being right and of the checks of form, and of nothing else", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.oneof(pieces, whole),
      letter,
      fc.constantFrom("stop" as const, "length" as const),
      (reply, gold, finish) => {
        const { correct, format, total, checks } = rewardOf({
          reply,
          finish,
          question: { options, gold: [gold] },
        });
        const [isRight, ...form] = checks.map((check) => check.passed);
        expect(correct).toBe(isRight ? 1 : 0);
        expect(format).toBe(form.every(Boolean) ? 0.1 : 0);
        expect(total).toBe(correct + format);
        const key = JSON.stringify([isRight, form]);
        expect(seen.get(key) ?? total).toBe(total);
        seen.set(key, total);
      },
    ),
    { numRuns: 1000 },
  );
  expect(new Set(seen.values()).size).toBeGreaterThan(2);
});

test("the same answer in another style and length earns the same", () => {
  const styles = [
    "Heparin.",
    "heparin!",
    "So: HEPARIN",
    "**Heparin** it is",
    "1. Aspirin? No.\n2. Warfarin? Too slow.\n3. Heparin? Yes.",
    `${"It is worth saying again that the clot is fresh. ".repeat(200)}Heparin.`,
    "I am not sure at all, but perhaps heparin.",
    "Without any doubt, as every expert agrees, heparin.",
    "嗯，让我想想。heparin 起效快。",
  ];
  const answers = ["B", "b", "(B)", "B.", "Heparin", " heparin ", "B. Heparin"];
  const totals = styles.flatMap((style) =>
    answers.map((answer) => reward(`<think>${style}</think><answer>${answer}</answer>`).total),
  );
  expect(new Set(totals)).toEqual(new Set([1.1]));
});
