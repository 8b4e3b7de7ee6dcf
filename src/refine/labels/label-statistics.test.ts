/** The figures of agreement against ones worked by hand. */
import { expect, test } from "vitest";
import type { Question } from "../../records/question.ts";
import type { LabelCheck, Outcome, Trial } from "./label-record.ts";
import { type LabelStatistics, labelTally } from "./label-statistics.ts";

const question = { options: { A: "w", B: "x", C: "y", D: "z" }, gold: ["A"] } as unknown as Question;

function checked(...answers: (string | Outcome)[]): { question: Question; label: LabelCheck } {
  const trials = answers.map((answer): Trial => {
    const isLetter = answer.length === 1;
    const outcome = !isLetter ? (answer as Outcome) : answer === "A" ? "right" : "wrong";
    return { outcome, letters: isLetter ? [answer] : [], shown: isLetter ? [answer] : [], reply: "" };
  });
  const counts: Record<string, number> = {};
  for (const { letters } of trials) if (letters[0]) counts[letters[0]] = (counts[letters[0]] ?? 0) + 1;
  const correct = counts.A ?? 0;
  const verdict = trials.every(({ letters }) => letters.length === 0)
    ? "unanswered"
    : correct > 0
      ? "reached"
      : "neverReached";
  const check = { name: "label", passed: verdict === "reached", found: "" };
  return { question, label: { trials, correct, answers: counts, verdict, check } };
}

function labelStatistics(all: readonly { question: Question; label: LabelCheck }[]): LabelStatistics {
  const tally = labelTally();
  for (const { question: one, label } of all) tally.add(one, label);
  return tally.report();
}

test("agreement, kappa and the place of the choice are those worked by hand", () => {
  const found = labelStatistics([
    checked("A", "A", "A", "A", "A"),
    checked("A", "A", "B", "B", "truncated"),
    checked("B", "refused", "unreadable", "abstained", "truncated"),
    checked("truncated", "truncated"),
  ]);
  expect(found.questions).toBe(4);
  expect(found.verdicts).toEqual({ reached: 2, seldomReached: 0, neverReached: 1, unanswered: 1 });
  expect(found.outcomes).toEqual({
    right: 7,
    wrong: 3,
    truncated: 4,
    refused: 1,
    unreadable: 1,
    abstained: 1,
  });
  // Two questions have answers to compare: 10 of 10 pairs agree, and of A A B B two of six (2·1 + 2·1) / (4·3).
  expect(found.compared).toBe(2);
  expect(found.unanimous).toBe(0.5);
  expect(found.agreement).toBeCloseTo((1 + 1 / 3) / 2, 12);
  // Of nine answers seven are A: chance (7/9)² + (2/9)² = 53/81; kappa (2/3 − 53/81) / (1 − 53/81) = 1/28.
  expect(found.kappa).toBeCloseTo(1 / 28, 12);
  expect(found.positions.A).toEqual({ chosen: 7, expected: 2.5 });
  expect(found.positions.B).toEqual({ chosen: 3, expected: 2.5 });
  expect(found.positions.D).toEqual({ chosen: 0, expected: 2.5 });
});

test("kappa is that of the example in Fleiss' form: five raters, four subjects, two categories", () => {
  // Counts 5/0, 3/2, 0/5, 4/1: P_i = 1, 4/10, 1, 6/10; mean 3/4; p = 12/20, 8/20; chance 13/25.
  const found = labelStatistics([
    checked(..."AAAAA"),
    checked(..."AAABB"),
    checked(..."BBBBB"),
    checked(..."AAAAB"),
  ]);
  expect(found.agreement).toBeCloseTo(0.75, 12);
  expect(found.kappa).toBeCloseTo((0.75 - 0.52) / 0.48, 12);
});

test("where nothing can be compared there is no figure of agreement", () => {
  expect(labelStatistics([checked("A")])).toMatchObject({ compared: 0 });
  expect(labelStatistics([checked("A", "A")]).kappa).toBeUndefined();
  expect(labelStatistics([])).toMatchObject({ questions: 0, compared: 0, positions: {} });
});
