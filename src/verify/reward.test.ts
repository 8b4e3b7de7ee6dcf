/** The reward: two criteria, each check by its own example; a correct reply without form, and form without truth. */
import { expect, test } from "vitest";
import { buildGraph } from "../graph/graph.ts";
import type { Entity } from "../records/entity.ts";
import { checkClaims } from "./evidence.ts";
import { rewardOf } from "./reward.ts";

const question = { options: { A: "Aspirin", B: "Heparin", C: "Warfarin", D: "Statin" }, gold: ["B"] };
const good = "<think> a clot is treated with heparin</think><answer> heparin</answer>";

function failed(reply: string, finish: "stop" | "length" = "stop"): string[] {
  return rewardOf({ reply, finish, question })
    .checks.filter((check) => !check.passed)
    .map((check) => check.name);
}

test("a right reply of the right form gets both parts", () => {
  expect(rewardOf({ reply: good, finish: "stop", question })).toMatchObject({
    correct: 1,
    format: 0.1,
    total: 1.1,
  });
  expect(failed(good)).toEqual([]);
  expect(failed(good.replace("<answer> heparin", "<answer>B"))).toEqual([]);
});

test("a wrong reply of the right form gets the format alone, a right one without form the other", () => {
  const wrong = "<think>a clot needs aspirin</think><answer>A</answer>";
  expect(rewardOf({ reply: wrong, finish: "stop", question }).total).toBeCloseTo(0.1);
  expect(rewardOf({ reply: "<answer>B</answer>", finish: "stop", question }).total).toBe(1);
});

test("each check of form fails on its own", () => {
  expect(failed(`${good} Hope this helps`)).toEqual(["nothingAfter"]);
  expect(failed(good, "length")).toEqual(["ended"]);
  expect(failed("<think>a clot</think><answer>B</answer>")).toEqual(["answerInThinking"]);
  expect(failed("<answer>B</answer><think>heparin</think>")).toContain("tagsInOrder");
  expect(failed(good.replace("</think>", "</think></think>"))).toContain("tagsInOrder");
  expect(failed("so <think>heparin</think><answer>B</answer>")).toContain("tagsInOrder");
});

test("weights are settings, and an empty reply gets nothing", () => {
  expect(rewardOf({ reply: good, finish: "stop", question }, { correct: 2, format: 0.5 }).total).toBe(2.5);
  expect(rewardOf({ reply: "", finish: "stop", question }).total).toBe(0);
});

test("several right letters are all or nothing", () => {
  const several = { ...question, gold: ["A", "C"] };
  const reply = (letters: string): string => `<think>aspirin and warfarin</think><answer>${letters}</answer>`;
  expect(rewardOf({ reply: reply("A, C"), finish: "stop", question: several }).correct).toBe(1);
  expect(rewardOf({ reply: reply("A"), finish: "stop", question: several }).correct).toBe(0);
  expect(rewardOf({ reply: reply("A, B, C"), finish: "stop", question: several }).correct).toBe(0);
});

test("every option is accepted as its own gold answer and no other", () => {
  for (const letter of "ABCD") {
    for (const gold of "ABCD") {
      const text = question.options[letter as "A"];
      const reply = `<think>${text}</think><answer>${text}</answer>`;
      const reward = rewardOf({ reply, finish: "stop", question: { ...question, gold: [gold] } });
      expect(reward.correct).toBe(letter === gold ? 1 : 0);
    }
  }
});

test("a claim holds when its relation exists and its line names both ends", () => {
  const entity = (id: string, type: Entity["type"]): Entity => ({
    id,
    type,
    typeScore: 1,
    typeReasons: [],
    aliases: id === "Fever" ? ["Pyrexia"] : [],
    identifiers: {},
    rarity: { score: 0, isRare: false, reasons: [] },
  });
  const evidence = {
    kind: "page" as const,
    page: "Flu",
    pageId: 1,
    revision: 7,
    section: "",
    start: 0,
    end: 5,
    quote: "fever",
    licence: "CC BY-SA 4.0",
    method: "section" as const,
    confidence: 1,
  };
  const graph = buildGraph(
    [entity("Flu", "disease"), entity("Fever", "symptom")],
    [
      {
        id: "r1",
        head: "Flu",
        predicate: "HAS_SYMPTOM",
        tail: "Fever",
        method: "section",
        confidence: 1,
        evidence: [evidence],
      },
    ],
  );
  const passed = (text: string, relations: string[]): boolean[] =>
    checkClaims([{ text, relations }], graph).map((check) => check.passed);
  expect(passed("flu presents with pyrexia", ["r1"])).toEqual([true]);
  expect(passed("flu presents with cough", ["r1"])).toEqual([false]);
  expect(passed("flu presents with fever", ["r2"])).toEqual([false]);
  expect(passed("flu presents with fever", [])).toEqual([false]);
});
