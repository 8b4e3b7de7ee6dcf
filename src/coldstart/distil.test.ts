import { expect, test } from "vitest";
import { curatedQuestion } from "../records/fixtures/curated-question.ts";
import { trajectorySchema } from "../records/trajectory.ts";
import { rewardOf } from "../verify/reward.ts";
import { gout, kindOf, reasoned, type Script, teach } from "./fixtures/scripted-teacher.ts";

/** Says what is written for each kind of request, "free 0", "turn 1" … */
const by =
  (said: Readonly<Record<string, ReturnType<Script>>>): Script =>
  (request) =>
    said[kindOf(request)] ?? said[kindOf(request).replace(/ \d+$/u, "")];

test("of right replies that pass the checks the briefest is kept, with the trials it came from", async () => {
  const { trajectories, asked } = await teach(
    [gout],
    by({
      "free 0": reasoned("C", "which is known by its crystals, and by the pain that comes at night,"),
      "free 1": reasoned("A"),
      "free 2": reasoned("C", "known by its crystals,"),
    }),
  );
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ seed }) => seed)).size).toBe(3);
  const [trajectory] = trajectories;
  expect(trajectorySchema.parse(trajectory)).toMatchObject({
    question: gout.id,
    teacher: "script",
    method: "passAtK",
    trials: { samples: 3, right: 2 },
    labelConditioned: false,
    answer: "colchicine",
  });
  expect(trajectory!.reply).toBe(
    "<think> A swollen toe with tophi points to gout, known by its crystals, and an attack of gout wants the right drug. " +
      "So the answer is colchicine.</think><answer> colchicine</answer>",
  );
  expect(rewardOf({ question: gout, reply: trajectory!.reply, finish: "stop" }).total).toBeCloseTo(1.1, 12);
});

test("a reply with fewer remarks goes before a briefer one", async () => {
  const { trajectories } = await teach(
    [gout],
    by({
      "free 0": reasoned("C", "UNCERTAINTY"),
      "free 1": reasoned("C", "which is known by its crystals and its course,"),
      free: "",
    }),
  );
  expect(trajectories[0]!.reply).toContain("crystals");
  expect(trajectories[0]!.trials).toEqual({ samples: 3, right: 2 });
});

test("thinking in its own field, in tags, or before the answer is the reasoning; a bare answer is none", async () => {
  const thought = "The toe and the tophi are those of gout, so colchicine is the drug that fits.";
  for (const said of [
    { text: "The answer is **C**.", reasoning: thought },
    `<think>${thought}</think>\nC`,
    `${thought}\n\nAnswer: C`,
    `${thought} <answer>C</answer>`,
  ]) {
    const { trajectories } = await teach([gout], () => said);
    expect(trajectories[0]!.reply).toBe(`<think> ${thought}</think><answer> colchicine</answer>`);
  }
  const { trajectories, failures } = await teach([gout], () => "<answer>C</answer>");
  expect(trajectories).toEqual([]);
  expect(failures[0]).toMatchObject({ cause: "reasoning" });
});

test("a right draft with a wrong sum is corrected in a turn that goes on from it", async () => {
  const { trajectories, asked } = await teach(
    [gout],
    by({
      free: reasoned("C", "ARITHMETIC"),
      "turn 1":
        "Taken together the sum comes to twelve, and the attack still wants colchicine.\n<answer>C</answer>",
    }),
  );
  expect(asked.map(kindOf)).toEqual(["free 0", "free 1", "free 2", "turn 1"]);
  const { prompt } = asked[3]!;
  expect(prompt).toContain('- arithmetic: a calculation does not come out ("ARITHMETIC")');
  expect(prompt).toContain("Write only how the reasoning goes on");
  const [trajectory] = trajectories;
  expect(trajectory!.turns.map(({ kind, because }) => [kind, because])).toEqual([
    ["draft", undefined],
    ["correct", "arithmetic"],
  ]);
  expect(trajectory!.method).toBe("refined");
  expect(trajectory!.turns[0]!.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
    "arithmetic",
  ]);
  expect(trajectory!.turns[1]!.checks.every(({ passed }) => passed)).toBe(true);
  // One piece of thinking: the draft with its fault, our words, the correction.
  expect(trajectory!.reply).toMatch(
    /^<think> A swollen toe .*ARITHMETIC.*So the answer is colchicine\.\n\n[^\n]+ Taken together .*colchicine\.<\/think><answer> colchicine<\/answer>$/su,
  );
});

test("each fault asks for its own kind of turn, a fault of form for the whole anew", async () => {
  for (const [fault, kind, isAnew] of [
    ["CLAIMS", "backtrack", false],
    ["CONSISTENCY", "backtrack", false],
    ["ARITHMETIC", "correct", false],
    ["BREVITY", "correct", true],
    ["LEAK", "correct", true],
    ["REPETITION ARITHMETIC", "correct", true],
  ] as const) {
    // A conclusion that does not follow is looked for in the whole, where it would stay.
    const again = fault === "CONSISTENCY" ? undefined : reasoned("C", "as the crystals show,");
    const { trajectories, asked } = await teach([gout], by({ free: reasoned("C", fault), "turn 1": again }), {
      refinement: { turns: 1 },
    });
    expect(asked.at(-1)!.prompt.includes("Write the whole reasoning anew"), fault).toBe(isAnew);
    if (again === undefined) continue;
    expect(trajectories[0]!.turns[1]!.kind, fault).toBe(kind);
    expect(trajectories[0]!.reply.includes(fault), fault).toBe(!isAnew);
  }
});

test("a wrong draft explores; it is told what is not right and never what is", async () => {
  const { trajectories, asked } = await teach(
    [gout],
    by({ free: reasoned("A"), "turn 1": reasoned("B", "or so,"), "turn 2": reasoned("C", "and that,") }),
  );
  const turns = asked.slice(3);
  expect(turns.map(kindOf)).toEqual(["turn 1", "turn 2"]);
  expect(turns[0]!.prompt).toContain('- answer: the answer "heparin" is not right');
  expect(turns[1]!.prompt).toContain("Answers found not to be right so far: heparin");
  for (const { prompt } of turns) expect(prompt.split("colchicine")).toHaveLength(2);
  expect(trajectories[0]!.turns.map(({ kind }) => kind)).toEqual(["draft", "explore", "explore"]);
  expect(trajectories[0]).toMatchObject({ labelConditioned: false, trials: { samples: 3, right: 0 } });
});

test("what would tell the answer by leaving only one is not said", async () => {
  const yesNo = curatedQuestion({ stem: "Does it help?", options: ["yes", "no"], gold: "A" });
  const { asked, failures } = await teach([yesNo], () => reasoned("B"), {
    selection: { mode: "passAtK", samples: 2 },
  });
  expect(asked.map(kindOf)).toEqual(["free 0", "free 1"]);
  expect(failures[0]).toMatchObject({
    cause: "wrong",
    reason: expect.stringContaining("0 of 2 free replies right"),
  });
});

test("a question never answered right gets reasoning with the answer given, and is marked", async () => {
  const { trajectories, asked } = await teach(
    [gout],
    by({ free: reasoned("A"), turn: reasoned("A"), "given 0": reasoned("C", "as its crystals show,") }),
    { refinement: { turns: 1 } },
  );
  expect(asked.map(kindOf)).toEqual(["free 0", "free 1", "free 2", "turn 1", "given 0"]);
  expect(asked.at(-1)!.prompt).toContain("The right answer is known: C. colchicine");
  expect(asked.slice(0, -1).some(({ prompt }) => prompt.includes("right answer is known"))).toBe(false);
  expect(trajectories[0]).toMatchObject({ method: "labelConditioned", labelConditioned: true });
});

test("reasoning that shows it was given the answer is written anew, or rejected", async () => {
  const leaking = reasoned("C", "and as the LEAK says,");
  const mode = { selection: { mode: "labelConditioned" }, refinement: { turns: 1 } };
  const mended = await teach([gout], by({ "given 0": leaking, "given turn 1": reasoned("C") }), mode);
  expect(mended.trajectories[0]).toMatchObject({ labelConditioned: true, method: "labelConditioned" });
  expect(mended.trajectories[0]!.trials).toBeUndefined();
  expect(mended.trajectories[0]!.reply).not.toContain("LEAK");
  const kept = await teach([gout], () => leaking, mode);
  expect(kept.trajectories).toEqual([]);
  expect(kept.failures[0]).toMatchObject({
    cause: "leak",
    reason: "leak: a planted fault; a draft with the right answer; after 2 turns, with the answer given",
  });
});

test("hybrid gives no answer to questions that were answered right but fail their checks", async () => {
  const { asked, failures } = await teach([gout], () => reasoned("C", "CLAIMS"), {
    refinement: { turns: 1 },
  });
  expect(asked.map(kindOf)).toEqual(["free 0", "free 1", "free 2", "turn 1"]);
  expect(failures[0]).toMatchObject({ cause: "claims" });
});

test("refused, empty and cut-off replies are told apart, and one cut off is a draft", async () => {
  const cases = {
    refused: { text: "I cannot help with medical questions.", finish: "refused" },
    empty: "",
    truncated: { text: "<think>The toe is swollen and there are tophi, so", finish: "length" },
    unparsed: "It could be any of them, one would have to see the patient first.",
  } as const;
  for (const [cause, said] of Object.entries(cases)) {
    const { failures, asked } = await teach([gout], () => said, {
      selection: { mode: "passAtK", samples: 2 },
      refinement: { turns: 1 },
    });
    expect(failures[0]!.cause).toBe(cause);
    expect(asked.length, cause).toBe(cause === "refused" || cause === "empty" ? 2 : 3);
  }
});

test("a turn without an answer leaves the draft as it was and is asked for again", async () => {
  const { trajectories } = await teach(
    [gout],
    by({ free: reasoned("C", "CLAIMS"), "turn 1": "", "turn 2": reasoned("C", "as crystals show,") }),
  );
  expect(trajectories[0]!.turns.map(({ kind, text, because }) => [kind, text === "", because])).toEqual([
    ["draft", false, undefined],
    ["backtrack", true, "claims"],
    ["backtrack", false, "claims"],
  ]);
  expect(trajectories[0]!.reply).toContain("CLAIMS");
});

test("a turn that answers its reviewer is no reasoning", async () => {
  const { trajectories } = await teach(
    [gout],
    by({
      free: reasoned("C", "ARITHMETIC"),
      "turn 1": reasoned("C", "you are right, thank you,"),
      "turn 2": reasoned("C", "as the crystals show,"),
    }),
  );
  const [, first, second] = trajectories[0]!.turns;
  expect(first!.checks.find(({ name, passed }) => name === "leak" && !passed)?.found).toBe(
    'it speaks of the review: "you are right"',
  );
  expect(second).toMatchObject({ kind: "correct", because: "leak" });
  expect(trajectories[0]!.reply).not.toContain("you are right");
});

test("a question without all its replies waits: neither kept nor rejected nor counted", async () => {
  const other = curatedQuestion({ stem: "Which other?", options: ["one", "two", "three"], gold: "B" });
  const { trajectories, failures, missing, trials, missingReplies } = await teach([gout, other], (request) =>
    request.id === `${gout.id}/free/1` ? undefined : reasoned(request.id.startsWith(gout.id) ? "C" : "B"),
  );
  expect(missing).toEqual([gout.id]);
  expect([...missingReplies]).toEqual([[`${gout.id}/free/1`, "it is silent"]]);
  expect(trajectories.map(({ question }) => question)).toEqual([other.id]);
  expect(failures).toEqual([]);
  expect([...trials.keys()]).toEqual([other.id]);
});

test("Chinese questions are asked and concluded in Chinese, with an answer that the reward accepts", async () => {
  const zh = curatedQuestion({
    stem: "患者足趾红肿，有痛风石。首选药物是？",
    options: ["肝素", "胰岛素", "秋水仙碱"],
    gold: "C",
    language: "zh",
  });
  const { trajectories, asked } = await teach(
    [zh],
    () => "足趾红肿并有痛风石，提示痛风急性发作，应选用抗炎药物。\n<answer>C</answer>",
  );
  expect(asked[0]!.prompt).toContain("请用通顺的句子逐步推理");
  expect(trajectories[0]!.reply).toMatch(/因此答案是：秋水仙碱。<\/think><answer> 秋水仙碱<\/answer>$/u);
  expect(rewardOf({ question: zh, reply: trajectories[0]!.reply, finish: "stop" }).total).toBeCloseTo(
    1.1,
    12,
  );
});

test("several right options are named by their texts; where the reward cannot read an answer there is no trajectory", async () => {
  const two = curatedQuestion({
    stem: "Which two?",
    options: ["zinc", "iron", "lead"],
    gold: "AC",
    several: true,
  });
  const odd = curatedQuestion({ stem: "Which letter comes first?", options: ["B", "A", "C"], gold: "B" });
  const { trajectories, failures } = await teach([two, odd], ({ id }) =>
    reasoned(id.startsWith(two.id) ? "A, C" : "B. A"),
  );
  expect(trajectories.map(({ answer }) => answer)).toEqual(["zinc; lead"]);
  expect(rewardOf({ question: two, reply: trajectories[0]!.reply, finish: "stop" }).total).toBeCloseTo(
    1.1,
    12,
  );
  expect(failures.map(({ question }) => question)).toEqual([odd.id]);
});

test("the same replies make the same trajectories, byte for byte", async () => {
  const script = by({
    free: reasoned("A"),
    "turn 1": reasoned("B", "or so,"),
    "turn 2": reasoned("C", "and that,"),
  });
  const [one, other] = [await teach([gout], script), await teach([gout], script)];
  expect(JSON.stringify(one.trajectories)).toBe(JSON.stringify(other.trajectories));
});

test("a rejected question says which check its right draft failed, whatever later turns came to", async () => {
  const { failures } = await teach(
    [gout],
    by({ "free 0": reasoned("C", "ARITHMETIC"), free: reasoned("A"), turn: reasoned("B", "or so,") }),
    { refinement: { turns: 2 } },
  );
  expect(failures[0]).toEqual({
    question: gout.id,
    cause: "arithmetic",
    reason:
      "arithmetic: a planted fault; a draft with the right answer; " +
      'in the end answer: the answer "insulin" is not right; after 3 turns, 1 of 3 free replies right',
  });
  const given = await teach([gout], ({ id }) => (id.includes("given") ? "" : reasoned("A")), {
    refinement: { turns: 0 },
  });
  expect(given.failures[0]).toMatchObject({
    cause: "empty",
    reason: "no reply to go on from: empty, with the answer given, 0 of 3 free replies right",
  });
});
