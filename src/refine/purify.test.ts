/** Refining made-up questions: each filter rule, label trials, tiers, the split and its guards. */
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { graphValidator } from "../models/graph-validator.ts";
import type { Sampler } from "../models/sampler.ts";
import { refineSection } from "../recipe/sections/refine.ts";
import { type Question, questionId, type SyntheticQuestion } from "../records/question.ts";
import { checkQuestionFormat } from "./format-filter.ts";
import { checkLabels } from "./label-check.ts";
import { jaccard, nearDuplicates } from "./near-duplicates.ts";
import { purify } from "./purify.ts";
import { pathKeyOf } from "./split.ts";
import { tierOf } from "./tier.ts";

const graph = clinicGraph();
const settings = refineSection.parse({});

/** One-hop drug questions of the clinic, written here and not by synthesize; `wordings` of each path. */
function drugQuestions(wordings: number): SyntheticQuestion[] {
  const all = graph.byType("drug").map((drug) => drug.id);
  return graph.byType("disease").flatMap(({ id, rarity }) => {
    const [relation] = graph.out(id, "TREATED_WITH");
    if (!relation) return [];
    const own = new Set(graph.out(id, "TREATED_WITH").map((one) => one.tail));
    const others = all.filter((drug) => !own.has(drug));
    return Array.from({ length: wordings }, (_, i) =>
      make(
        `Which drug treats ${id}?`,
        [relation.tail, ...[0, 1, 2].map((n) => others[(i * 3 + n) % others.length]!)],
        {
          type: "nameToDrug",
          subject: id,
          isRare: rarity.isRare,
          path: [{ relation: relation.id, head: id, predicate: "TREATED_WITH", tail: relation.tail }],
        },
      ),
    );
  });
}

function make(
  stem: string,
  texts: string[],
  origin: Partial<SyntheticQuestion["origin"]> = {},
): SyntheticQuestion {
  const options = Object.fromEntries(texts.map((text, i) => ["ABCD"[i]!, text]));
  const subject = origin.subject ?? "Gout";
  const type = origin.type ?? "nameToDrug";
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: ["A"],
    language: "en",
    origin: {
      kind: "synthetic",
      type,
      pathKey: `${type}|${subject}`,
      subject,
      hops: 1,
      shown: [],
      path: [{ relation: "r", head: subject, predicate: "TREATED_WITH", tail: texts[0] ?? "" }],
      masked: texts[0] ?? "",
      optionEntities: {},
      distractors: {},
      isRare: false,
      ...origin,
    },
    evidence: [
      {
        kind: "page",
        page: subject,
        pageId: 1,
        revision: 1,
        section: "",
        start: 0,
        end: 1,
        quote: "x",
        licence: "CC BY-SA 4.0",
      },
    ],
    licence: "CC BY-SA 4.0",
  };
}

test("the format filter names what is wrong", () => {
  const failed = (question: Question): string[] =>
    checkQuestionFormat(question)
      .filter((check) => !check.passed)
      .map((check) => check.name);
  const good = ["heparin", "warfarin", "aspirin", "insulin"];
  expect(failed(make("Which drug treats gout?", good))).toEqual([]);
  expect(failed(make("Which drug treats", good))).toEqual(["stemEnds"]);
  expect(failed(make("Which drug treats gout?", ["heparin", "Heparin ", "a1", "b1"]))).toContain(
    "optionsDiffer",
  );
  expect(
    failed(make("Which drug treats gout?", ["heparin", "low-molecular-weight heparin", "a1", "b1"])),
  ).toEqual(["optionsApart"]);
  expect(failed(make("Which drug treats gout?", ["heparin", " ", "a1", "b1"]))).toContain("notEmpty");
  expect(failed({ ...make("Which drug treats gout?", good), gold: ["E"] })).toEqual(["goldAmongOptions"]);
  expect(failed(make("Which drug treats {{gout}}?", good))).toEqual(["noMarkup"]);
  expect(failed(make("Which <b>drug</b> treats gout?", good))).toEqual(["noMarkup"]);
  expect(failed(make("Which drug treats SjÃ¶gren?", good))).toEqual(["noMojibake"]);
  expect(failed(make("Write to jane.doe@example.org: which drug?", good))).toEqual(["noPersonalData"]);
  expect(failed(make("In HLA-B27, at 38.5 °C and 120/80, 1 in 10,000: which drug?", good))).toEqual([]);
});

test("a label is tried with its options in other orders, and the letters are read back", async () => {
  const questions = drugQuestions(1);
  const results = await checkLabels(questions, graphValidator(graph), settings, 1);
  expect(results.every((result) => result.correct === 5)).toBe(true);
  const alwaysFirst: Sampler = {
    name: "first",
    answer: async (requests) =>
      requests.map(({ id }) => ({ id, text: "<answer>A</answer>", finish: "stop", tokens: 1 })),
  };
  const guessed = await checkLabels(questions, alwaysFirst, settings, 1);
  const rights = guessed.flatMap((result) => result.trials.slice(1)).filter((trial) => trial.correct).length;
  expect(rights / (questions.length * 4)).toBeLessThan(0.5);
  expect(guessed[0]!.trials[0]!.letters).toEqual(["A"]);
});

test("a wrong label goes to a person with what the trials said, and into no split", async () => {
  const questions = drugQuestions(2);
  const wrong = { ...questions[0]!, gold: ["B"] };
  const refined = await purify([wrong, ...questions.slice(1)], graphValidator(graph), settings, 1, {
    reject: () => {},
  });
  expect(refined.review.map((item) => item.question.id)).toEqual([wrong.id]);
  expect(refined.review[0]!.reason).toContain("0 of 5");
  expect(
    Object.values(refined.splits)
      .flat()
      .map((question) => question.id),
  ).not.toContain(wrong.id);
  expect(refined.checks.length).toBe(questions.length);
});

test("no path is in two splits, shares hold, and held-out paths are thinned", async () => {
  const rejects: string[] = [];
  const { splits } = await purify(drugQuestions(8), graphValidator(graph), settings, 1, {
    reject: (_, reason) => rejects.push(reason),
  });
  const keys = (name: "train" | "dev" | "test"): Set<string> => new Set(splits[name].map(pathKeyOf));
  for (const key of keys("test")) expect(keys("train").has(key) || keys("dev").has(key)).toBe(false);
  for (const key of keys("dev")) expect(keys("train").has(key)).toBe(false);
  expect(Math.abs(keys("train").size - 14 * 0.65)).toBeLessThan(2);
  expect(Math.abs(keys("test").size - 14 * 0.25)).toBeLessThan(2);
  expect(splits.test.length).toBe(keys("test").size * settings.oneHopTestWordings);
  expect(
    Object.values(splits)
      .flat()
      .every((question) => question.tier !== undefined),
  ).toBe(true);
});

test("a held-out question that repeats a training one is found, with its options in any order", () => {
  const one = make("A patient has fever, cough and rash. Which drug treats the disease?", [
    "a1",
    "b1",
    "c1",
    "d1",
  ]);
  const turned = make(one.stem, ["d1", "c1", "b1", "a1"]);
  const other = make("A patient has fever, cough and pain. Which test confirms it?", [
    "a1",
    "b1",
    "c1",
    "d1",
  ]);
  expect([...nearDuplicates([one], [turned, other], 0.9)]).toEqual([[turned.id, one.id]]);
  expect(jaccard(new Set([1, 2, 3] as unknown as string[]), new Set([2, 3, 4] as unknown as string[]))).toBe(
    0.5,
  );
});

test("tiers follow hops, contraindication, rarity and disagreement", () => {
  const all = { correct: 5, all: 5 };
  const symptom = { relation: "s", head: "Gout", predicate: "HAS_SYMPTOM", tail: "Fever" };
  const base = make("Which drug treats gout?", ["a1", "b1", "c1", "d1"]);
  const grade = (origin: Partial<SyntheticQuestion["origin"]>, trials = all): string =>
    tierOf({ ...base, origin: { ...base.origin, ...origin } }, trials);
  expect(grade({})).toBe("easy");
  expect(grade({ isRare: true })).toBe("moderate");
  expect(grade({}, { correct: 3, all: 5 })).toBe("moderate");
  expect(grade({ type: "diagnosis", path: [symptom] })).toBe("moderate");
  expect(grade({ type: "symptomsToSideEffect", hops: 3, path: [symptom] })).toBe("moderate");
  expect(grade({ type: "symptomsToSideEffect", hops: 3, path: [symptom], isRare: true })).toBe("difficult");
  expect(grade({ type: "nameToAvoid", hops: 2 })).toBe("moderate");
  expect(grade({ type: "symptomsToAvoid", hops: 3, path: [symptom] })).toBe("difficult");
});
