// Rewards are made by the reward itself, so that a change of its words shows here.
import { expect, test } from "vitest";
import { rewardOf } from "../../verify/reward.ts";
import { unpaidReason, whyPaid } from "./zero-reasons.ts";

const question = { options: { A: "spirometry", B: "biopsy", C: "ferritin" }, gold: ["A"] };
const judge = (reply: string, finish: "stop" | "length" = "stop", weights = { correct: 1, format: 0.1 }) => {
  const reward = rewardOf({ question, reply, finish }, weights);
  return [unpaidReason({ reward, finish }), whyPaid({ reward, finish })];
};
const right = "<think>Wheeze: spirometry.</think><answer>A</answer>";

test("each way to miss the reward has its reason and its sentence", () => {
  expect(judge(right)).toEqual([undefined, "paid 1.1: A is right; the form is right"]);
  expect(judge(right, "stop", { correct: 0, format: 0 })).toEqual([
    "unpaid",
    "paid nothing: A is right, yet the reward pays nothing for it",
  ]);
  expect(judge("<think>A biopsy.</think><answer>B</answer>")).toEqual([
    "wrongLetter",
    "paid 0.1: it chooses B, right is A; the form is right",
  ]);
  expect(judge("<think>Hm.</think><answer>B</answer>")).toEqual([
    "wrongLetter",
    "paid nothing: it chooses B, right is A",
  ]);
  expect(judge("   ")).toEqual(["empty", "paid nothing: the reply is empty"]);
  expect(judge("Asthma asthma asthma", "length")).toEqual([
    "cutWithoutTags",
    "paid nothing: the reply was cut off before any tag",
  ]);
  expect(judge("<think>Wheeze, so", "length")).toEqual([
    "truncated",
    "paid nothing: the reply was cut off before an answer",
  ]);
  expect(judge("The answer is A.")).toEqual(["noTags", "paid nothing: the reply has no tags"]);
  expect(judge("<think>Spirometry. A")).toEqual([
    "tagOrder",
    "paid nothing: tags are missing, doubled or out of order",
  ]);
  expect(judge("<answer>A</answer><think>spirometry</think>")[0]).toBe("tagOrder");
  expect(judge("<think>x</think><answer>A</answer><answer>B</answer>")).toEqual([
    "severalAnswers",
    "paid nothing: it gives several answers that disagree",
  ]);
  expect(judge("<think>x</think><answer>an X-ray</answer>")).toEqual([
    "noOption",
    "paid nothing: what stands in its answer tag is none of the options",
  ]);
});

test("a right answer of another form says what the form lacks", () => {
  expect(judge("<answer>A</answer>")).toEqual([
    "tagOrder",
    "paid 1: A is right, but tags are missing, doubled or out of order",
  ]);
  expect(judge(`${right} Good luck.`)).toEqual([
    "textAfter",
    "paid 1: A is right, but text follows the answer",
  ]);
  expect(judge("<think>Wheeze.</think><answer>A</answer>")).toEqual([
    "notInThinking",
    "paid 1: A is right, but the thinking does not name the answer",
  ]);
  expect(judge(`${right}`, "length")).toEqual(["truncated", "paid 1: A is right, but it was cut off"]);
});
