/** Each planter does what it says and nothing else, on questions written by hand on the clinic's graph. */
import { expect, test } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { clinicGraph } from "../../src/graph/fixtures/clinic.ts";
import { type Question, questionId, type SyntheticQuestion } from "../../src/records/question.ts";
import { changedShare, paraphrase } from "./paraphrase.ts";
import { plantFaults } from "./plant.ts";
import { plantDuplicateOption, plantTwoRight, plantWrongLabel } from "./plant-options.ts";
import { plantPersonalData } from "./plant-personal.ts";
import { plantLeakedAnswer, plantMissingFact, plantMojibake, plantTruncated } from "./plant-stem.ts";
import { faults, reordered, sentencesOf, withSentence } from "./planted.ts";

const graph = clinicGraph();
const random = seededRandom(1, "plant test");

function made(
  stem: string,
  texts: readonly string[],
  origin: Partial<SyntheticQuestion["origin"]>,
): SyntheticQuestion {
  const options = Object.fromEntries(texts.map((text, i) => ["ABCD"[i]!, text]));
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: ["A"],
    language: "en",
    origin: {
      kind: "synthetic",
      type: "nameToDrug",
      pathKey: `${origin.type}|${origin.subject}`,
      subject: "Gout",
      hops: 1,
      facts: [],
      path: [{ relation: "r", head: "Gout", predicate: "TREATED_WITH", tail: "x" }],
      masked: texts[0]!,
      optionEntities: options,
      distractors: {},
      isRare: false,
      ...origin,
    },
    evidence: [
      { kind: "dataset", dataset: "toy", split: "test", row: 1, quote: "x", licence: "CC BY-SA 4.0" },
    ],
    licence: "CC BY-SA 4.0",
  };
}

const byName = made("Which drug treats gout?", ["Colchicine", "Heparin", "Warfarin", "Isoniazid"], {});
const bySymptoms = made(
  "A man aged 40 has joint pain. He also has fever and tophus. Which diagnosis is most likely?",
  ["Gout", "Pseudogout", "Brucellosis", "Asthma"],
  {
    type: "diagnosis",
    masked: "Gout",
    facts: ["Joint pain", "Fever", "Tophus"].map((entity) => ({
      say: "has" as const,
      entity,
      predicate: "HAS_SYMPTOM" as const,
    })),
  },
);

test("a wrong label is another letter of the same question", () => {
  const { question } = plantWrongLabel(byName, random);
  expect(question.options).toEqual(byName.options);
  expect(["B", "C", "D"]).toContain(question.gold[0]);
});

test("a second right option is true on the graph, or another name of the answer", () => {
  const drug = plantTwoRight(byName, random, graph)!;
  expect(drug.how).toContain("also true");
  expect(Object.values(drug.question.options).map((text) => text.toLowerCase())).toContain("naproxen");
  expect(drug.question.options["A"]).toBe("Colchicine");
  const alias = plantTwoRight(bySymptoms, random, graph)!;
  expect(alias.how).toContain("another name");
  expect(Object.values(alias.question.options).map((text) => text.toLowerCase())).toContain("podagra");
  expect(plantTwoRight({ ...byName, origin: { ...byName.origin, type: "relation" } }, random, graph)).toBe(
    undefined,
  );
});

test("a duplicate option repeats one that is there", () => {
  for (let i = 0; i < 40; i++) {
    const { question } = plantDuplicateOption(byName, random)!;
    const plain = Object.values(question.options).map((text) =>
      text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/^the |s$|[^a-z]/g, ""),
    );
    expect(new Set(plain).size).toBeLessThan(4);
  }
});

test("a missing fact leaves a stem that another option fits as well", () => {
  const planted = plantMissingFact(bySymptoms, random, graph)!;
  expect(planted.how).toContain("Tophus");
  const { stem } = planted.question;
  expect(stem).not.toContain("tophus");
  expect(stem).toMatch(/joint pain|fever/);
  expect(stem).toMatch(/Which diagnosis is most likely\?$/);
  expect(stem).not.toMatch(/ {2}|and \.|,\./);
  expect(plantMissingFact(byName, random, graph)).toBe(undefined);
});

test("a leak holds the answer's words before the question", () => {
  const { question } = plantLeakedAnswer(byName, random);
  expect(question.stem.toLowerCase()).toContain("colchicine");
  expect(question.stem).toMatch(/Which drug treats gout\?$/);
});

test("mojibake changes one place, and a cut stem is the beginning of the whole", () => {
  for (let i = 0; i < 60; i++) {
    const broken = plantMojibake(bySymptoms, random);
    if (broken) expect(broken.question.id).not.toBe(bySymptoms.id);
    const cut = plantTruncated(bySymptoms, random);
    if (!cut) continue;
    expect(bySymptoms.stem.startsWith(cut.question.stem)).toBe(true);
    expect(cut.question.stem.length).toBeLessThan(bySymptoms.stem.length - 1);
  }
});

test("personal data of eighteen kinds stands in the stem, with the value that must go", () => {
  const kinds = new Set<string>();
  for (let turn = 0; turn < 54; turn++) {
    const { question, values, how } = plantPersonalData(bySymptoms, random, turn);
    kinds.add(how.split(":")[0]!);
    expect(values!.length).toBeGreaterThan(0);
    for (const value of values!) expect(question.stem).toContain(value);
    expect(question.stem).toMatch(/Which diagnosis is most likely\?$/);
  }
  expect(kinds.size).toBe(18);
});

const vignette: Question = {
  ...made(
    "A 45-year-old man comes to the physician because of a 3-day history of severe chest pain. He denies fever. His temperature is 37.2°C and pulse is 88/min. Physical examination shows tenderness. He takes no medication. Which of the following is the most likely diagnosis?",
    ["Costochondritis", "Angina pectoris", "Pneumonia", "Shingles"],
    {},
  ),
  gold: ["C"],
};

test("a paraphrase changes its share of words, numbers and the order of options, and keeps the answer", () => {
  for (let seed = 0; seed < 20; seed++) {
    const reworded = paraphrase(vignette, seededRandom(seed, "paraphrase"), [0.15, 0.5]);
    if (reworded === undefined) continue;
    const { question, share } = reworded;
    expect(share).toBeCloseTo(changedShare(vignette.stem, question.stem));
    expect(share).toBeGreaterThanOrEqual(0.15);
    expect(share).toBeLessThanOrEqual(0.5);
    expect(question.stem).not.toContain("45-year-old");
    expect(question.stem).toMatch(/man aged 4[678]/);
    expect(question.options[question.gold[0]!]).toBe("Pneumonia");
  }
  expect(changedShare("one two three four", "four three one zero")).toBe(0.25);
});

test("every fault is planted as often as asked for, and each clean question is used once", () => {
  const pool = Array.from({ length: 60 }, (_, i) => {
    const base = i % 2 === 0 ? byName : bySymptoms;
    return { ...base, origin: { ...base.origin, pathKey: `path ${i}` } };
  });
  const benchmark = Array.from({ length: 20 }, (_, i) => ({
    ...vignette,
    stem: vignette.stem.replace("tenderness", `sign ${i}`),
  }));
  const { planted, clean } = plantFaults({ questions: pool, graph, benchmark }, 3, seededRandom(5));
  for (const fault of faults) expect(planted.filter((one) => one.fault === fault)).toHaveLength(3);
  expect(clean).toHaveLength(60 - 8 * 3);
  expect(new Set(planted.map(({ question }) => question.origin)).size).toBe(30);
});

test("options are reordered with their gold, and a sentence goes before the last one", () => {
  expect(reordered({ ...byName, gold: ["B"] }, ["D", "B", "A", "C"])).toEqual({
    options: { A: "Isoniazid", B: "Heparin", C: "Colchicine", D: "Warfarin" },
    gold: ["B"],
  });
  expect(withSentence("He is ill. Why?", "Note this.")).toBe("He is ill. Note this. Why?");
  expect(sentencesOf("At 37.5 °C he rests. Why?")).toEqual(["At 37.5 °C he rests.", "Why?"]);
});
