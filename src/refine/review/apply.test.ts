// What decisions come to, and what they do to the questions.
import { expect, test } from "vitest";
import { type Decision, decisionSchema } from "../../records/decision.ts";
import { questionSchema } from "../../records/question.ts";
import { applyDecisions, changeQuestion } from "./apply.ts";
import { goutQuestion } from "./fixtures/review-run.ts";
import { falseMatches, settledDecisions } from "./settle.ts";

const said = (reviewer: string, target: string, what: object): Decision =>
  decisionSchema.parse({ reviewer, target, time: "2026-01-01T00:00:00.000Z", why: "it is so", ...what });

const one = goutQuestion("Which drug treats gout?");
const two = goutQuestion("What helps in gout?");
const three = goutQuestion("Which of these relieves gout?");

test("one reviewer settles alone; two must agree; a third voice or a change of mind ends a disagreement", () => {
  const a = said("a", "x", { action: "accept" });
  const b = said("b", "x", { action: "correct", gold: ["C", "A"] });
  const same = said("c", "x", { action: "edit", gold: ["A", "C"] });
  const statusOf = (reviewers: number, ...decisions: Decision[]) =>
    settledDecisions(decisions, { reviewers }).get("x")?.status;
  expect(statusOf(1, a)).toBe("decided");
  expect(statusOf(1, a, b)).toBe("disagreed");
  expect(statusOf(2, a)).toBe("open");
  expect(statusOf(2, a, a)).toBe("open");
  expect(statusOf(2, a, b)).toBe("disagreed");
  expect(statusOf(2, a, b, said("a", "x", { action: "correct", gold: ["A", "C"] }))).toBe("decided");
  expect(statusOf(2, a, said("A", "x", { action: "accept" }))).toBe("open");
  const settled = settledDecisions([a, b, same], { reviewers: 2 }).get("x");
  expect([settled?.status, settled?.decision]).toEqual(["decided", same]);
  expect(statusOf(2, a, b, same, said("d", "x", { action: "accept" }))).toBe("disagreed");
  expect(statusOf(2, a, b, said("c", "x", { action: "drop" }))).toBe("disagreed");
});

test("accept keeps, correct changes the label, edit the words, drop takes out; the rest is left as it is", () => {
  const decisions = [
    said("a", one.id, { action: "correct", gold: ["A"] }),
    said("a", two.id, { action: "edit", stem: "What helps in acute gout?", options: { C: "thyroxine" } }),
    said("a", three.id, { action: "drop" }),
  ];
  const items = [one, two, three].map((question, at) => ({ question, flagged: at < 2, trials: at }));
  const before = applyDecisions(items, new Map());
  expect([before.kept, before.open, before.queue]).toEqual([
    [items[2]],
    items.slice(0, 2),
    items.slice(0, 2),
  ]);
  const { kept, dropped, open, queue, applied } = applyDecisions(
    items,
    settledDecisions(decisions, { reviewers: 1 }),
  );
  expect(kept.map(({ trials }) => trials)).toEqual([0, 1]);
  expect(dropped).toEqual([{ item: items[2], decision: decisions[2] }]);
  expect([open, queue, applied.length]).toEqual([[], items, 3]);
  const [corrected, edited] = kept.map(({ question }) => questionSchema.parse(question));
  expect(corrected).toMatchObject({ id: one.id, gold: ["A"], origin: { masked: "Salbutamol" } });
  expect(Object.keys((corrected as typeof one).origin.distractors)).toEqual(["C"]);
  expect(edited).toMatchObject({ stem: "What helps in acute gout?", evidence: two.evidence, gold: ["B"] });
  expect(edited!.options).toEqual({ ...two.options, C: "thyroxine" });
  expect(edited!.id).not.toBe(two.id);
  expect((edited as typeof two).origin).toMatchObject({
    path: two.origin.path,
    optionEntities: { A: "Salbutamol", B: "Colchicine" },
    distractors: { A: two.origin.distractors.A },
  });
  expect(Object.keys((edited as typeof two).origin.optionEntities)).toEqual(["A", "B"]);
});

test("a decision on an edited question follows the edit, and edits that go back and forth come to an end", () => {
  const edit = said("a", one.id, { action: "edit", stem: two.stem });
  const back = said("a", two.id, { action: "edit", stem: one.stem });
  const item = { question: one, flagged: true };
  const dropped = applyDecisions(
    [item],
    settledDecisions([edit, said("b", two.id, { action: "drop" })], { reviewers: 1 }),
  );
  expect([dropped.kept, dropped.dropped.length]).toEqual([[], 1]);
  const round = applyDecisions([item], settledDecisions([edit, back], { reviewers: 1 }));
  expect(round.kept.map(({ question }) => question.id)).toEqual([one.id]);
});

test("a disagreement changes nothing: what passed stays, what was flagged waits", () => {
  const decisions = [one, two].flatMap(({ id }) => [
    said("a", id, { action: "drop" }),
    said("b", id, { action: "accept" }),
  ]);
  const items = [
    { question: one, flagged: true },
    { question: two, flagged: false },
  ];
  const { kept, open, queue } = applyDecisions(items, settledDecisions(decisions, { reviewers: 1 }));
  expect([kept, open, queue]).toEqual([[items[1]], [items[0]], items]);
});

test("an edit that makes no question says why", () => {
  const fault = (what: object): unknown =>
    changeQuestion(one, said("a", one.id, { action: "edit", ...what }));
  expect(fault({ gold: ["E"] })).toBe('there is no option "E"; the question has A, B, C');
  expect(fault({ options: { constructor: "zzz" } })).toContain('no option "constructor"');
  expect(fault({ options: { D: "allopurinol" } })).toContain('no option "D"');
  expect(fault({ options: { A: " Colchicine" } })).toBe("options A and B say the same");
  expect(fault({ options: { A: " " } })).toBe("option A has no text");
  expect(fault({ stem: "\n" })).toBe("the question has no text");
});

test("matches that are not the same are told apart", () => {
  const decisions = [said("a", "m-1", { action: "notSame" }), said("a", "m-2", { action: "accept" })];
  expect([...falseMatches(settledDecisions(decisions, { reviewers: 1 }))]).toEqual(["m-1"]);
  expect([...falseMatches(settledDecisions(decisions, { reviewers: 2 }))]).toEqual([]);
});
