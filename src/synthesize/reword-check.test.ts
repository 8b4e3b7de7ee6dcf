// Which rewordings say the same: good ones, and one planted fault each, in both languages.
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { buildGraph } from "../graph/graph.ts";
import type { Fact, SyntheticQuestion } from "../records/question.ts";
import { entityLinker } from "../verify/entity-linker.ts";
import { whyRefused } from "./reword-check.ts";

const labels: Readonly<Record<string, string>> = {
  Gout: "痛风",
  "Joint pain": "关节痛",
  "Joint swelling": "关节肿胀",
  Fever: "发热",
  Cough: "咳嗽",
  Asthma: "支气管哮喘",
  Colchicine: "秋水仙碱",
  Warfarin: "华法林",
};
const clinic = clinicGraph();
const graph = buildGraph(
  [...clinic.entities.values()].map((entity) => ({
    ...entity,
    ...(entity.id === "Joint pain" ? { aliases: ["Arthralgia"] } : {}),
    ...(labels[entity.id] === undefined ? {} : { labels: { zh: labels[entity.id] as string } }),
  })),
  clinic.relations.values(),
);
const names = (id: string): readonly string[] => {
  const entity = graph.entities.get(id);
  return entity ? [entity.id, ...entity.aliases, ...Object.values(entity.labels ?? {})] : [];
};
const known = { names, linker: entityLinker(graph) };

function question(type: string, stem: string, facts: Fact[], entities: string[]): SyntheticQuestion {
  const isZh = /\p{Script=Han}/u.test(stem);
  const byLetter = (text: (id: string) => string): Record<string, string> =>
    Object.fromEntries(entities.map((id, at) => ["ABCD"[at] as string, text(id)]));
  return {
    id: "q-1",
    stem,
    options: byLetter((id) => (isZh ? (labels[id] ?? id) : id.toLowerCase())),
    gold: ["A"],
    language: isZh ? "zh" : "en",
    origin: {
      kind: "synthetic",
      type,
      pathKey: "x",
      subject: "Gout",
      hops: 1,
      facts,
      path: [{ relation: "r", head: "Gout", predicate: "HAS_SYMPTOM", tail: "Fever" }],
      masked: entities[0] as string,
      optionEntities: byLetter((id) => id),
      distractors: {},
      isRare: false,
    },
    evidence: [],
    licence: "x",
  };
}

const has = (entity: string): Fact => ({ say: "has", entity, predicate: "HAS_SYMPTOM" });
const told: Fact[] = [has("Joint pain"), has("Joint swelling"), { say: "lacks", entity: "Cough" }];
const options = ["Colchicine", "Isoniazid", "Warfarin", "Heparin"];
const english = question(
  "symptomsToDrug",
  "A 45-year-old woman presents with joint pain over the past 3 months. She also has joint swelling. She denies cough. Which drug can be prescribed for this condition?",
  told,
  options,
);

test("a rewording that keeps everything is taken, by other names of a fact too", () => {
  for (const good of [
    "Over the past 3 months, a woman aged 45 years has had joint pain and joint swelling, but no cough. Which of the following medications is used to treat this condition?",
    "A 45-year-old female patient is seen for arthralgia and joint swelling over 3 months. There is no cough. Which drug would you prescribe for this disease?",
  ])
    expect(whyRefused(english, good, known), good).toBeUndefined();
});

const wrong: readonly (readonly [string, string, RegExp])[] = [
  ["joint swelling. ", "some trouble. ", /"Joint swelling" is no longer told/],
  ["She denies cough.", "She has cough.", /"Cough" is absent and is no longer denied/],
  ["She also has joint swelling.", "She has no joint swelling.", /"Joint swelling" is present and is denied/],
  ["3 months", "4 months", /number/],
  ["3 months", "3 weeks", /number/],
  ["45-year-old woman", "45-year-old man", /sex/],
  ["She denies", "He denies", /sex/],
  ["joint swelling.", "joint swelling and fever.", /"fever" is told and was not/],
  ["joint pain", "severe joint pain", /"severe" is not told/],
  ["joint pain", "joint pain after alcohol", /"alcohol" is not told/],
  ["joint swelling.", "joint swelling and onychomegaly.", /"onychomegaly" is not told/],
  ["this condition", "gout", /names what the stem leaves unnamed/],
  ["Which drug", "Which drug, such as colchicine,", /names the answer/],
  ["Which drug", "Which drug, unlike warfarin,", /names an option/],
  ["can be prescribed for", "cannot be prescribed for", /one for an exception/],
  ["drug can be prescribed for this condition?", "test confirms this condition?", /ask for the same/],
  ["can be prescribed for", "interacts with drugs used for", /something else/],
  ["condition?", "condition.", /question mark/],
  [english.stem, "Which drug treats joint pain, joint swelling?", /length/],
  [english.stem, english.stem.toUpperCase(), /words are the same/],
  ["A 45-year-old woman", "*A 45-year-old woman*", /signs/],
];

test.each(wrong)("%s → %s is refused", (part, instead, reason) => {
  const reworded = english.stem.replace(part, instead);
  expect(reworded).not.toBe(english.stem);
  expect(whyRefused(english, reworded, known)).toMatch(reason);
});

test("exceptions, sides and contraindications keep their sense", () => {
  const named: Fact[] = [{ say: "name", entity: "Gout" }];
  const except = question("exceptSymptom", "Which of the following is NOT a symptom of gout?", named, [
    "Fever",
    "Cough",
  ]);
  expect(whyRefused(except, "All of these are symptoms of gout EXCEPT which one?", known)).toBeUndefined();
  expect(whyRefused(except, "Which of the following is a known symptom of gout?", known)).toMatch(
    /exception/,
  );
  expect(whyRefused(except, "Which is NOT an exception among symptoms of gout?", known)).toMatch(/exception/);
  const sides = question(
    "discriminator",
    "Which feature favours gout over asthma?",
    [...named, { say: "other", entity: "Asthma" }],
    ["Fever", "Wheeze"],
  );
  expect(whyRefused(sides, "Which sign points to gout rather than to asthma?", known)).toBeUndefined();
  expect(whyRefused(sides, "Which feature favours asthma over gout?", known)).toMatch(/sides/);
  const avoid = question(
    "nameToAvoid",
    "Which drug for gout is contraindicated in asthma?",
    [...named, { say: "history", entity: "Asthma" }],
    options,
  );
  expect(whyRefused(avoid, "Which drug for gout must be avoided in asthma?", known)).toBeUndefined();
  expect(whyRefused(avoid, "Which drug treats gout and is not contraindicated in asthma?", known)).toMatch(
    /sides/,
  );
  expect(whyRefused(avoid, "Which drug for gout can still be given in asthma?", known)).toMatch(
    /ask for the same|sides/,
  );
});

const chinese = question(
  "symptomsToDrug",
  "患者，女，45岁，因“关节痛、关节肿胀3个月”就诊。无咳嗽。下列哪种药物可用于治疗该病？",
  told,
  options,
);

test("Chinese stems are held to the same", () => {
  const good = "一名45岁女性患者，近3个月出现关节痛和关节肿胀，否认咳嗽。治疗该病可选用下列哪种药物？";
  expect(whyRefused(chinese, good, known)).toBeUndefined();
  for (const [part, instead, reason] of [
    ["和关节肿胀", "", /"Joint swelling" is no longer told/],
    ["否认咳嗽", "伴有咳嗽", /"Cough" is absent/],
    ["出现关节痛和", "无关节痛，有", /"Joint pain" is present and is denied/],
    ["3个月", "3周", /number/],
    ["3个月", "三个月", /number/],
    ["女性", "男性", /sex/],
    ["关节肿胀，", "关节肿胀、发热，", /"发热" is told and was not/],
    ["关节痛", "剧烈关节痛", /"剧烈" is not told/],
    ["该病", "痛风", /unnamed/],
    ["下列哪种药物", "下列哪种药物（如秋水仙碱）", /names the answer/],
    ["治疗该病可选用下列哪种药物", "治疗该病不可选用下列哪种药物", /exception/],
    ["治疗该病可选用下列哪种药物", "诊断该病可选用下列哪项检查", /ask for the same/],
  ] as const) {
    const reworded = good.replace(part, instead);
    expect(reworded, part).not.toBe(good);
    expect(whyRefused(chinese, reworded, known), reworded).toMatch(reason);
  }
});
