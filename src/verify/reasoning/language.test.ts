/** Language: reasoning in another language, whole or in part, is found; names, abbreviations and Latin are not. */
import { expect, test } from "vitest";
import { abstracts, hasAbstracts } from "./fixtures/prose.ts";
import { checkLanguage } from "./language.ts";

const english = {
  stem: "What is the treatment of gout?",
  options: { A: "Colchicine" },
  language: "en",
} as const;
const chinese = { stem: "痛风首选哪种药物？", options: { A: "秋水仙碱" }, language: "zh" } as const;
const faults = (text: string, question: typeof english | typeof chinese) =>
  checkLanguage({ text, question, letters: [] }).filter(({ passed }) => !passed);

test.each([
  "The patient most likely has gout. Colchicine is first-line.",
  "Lupus erythematosus, carcinoma in situ, de novo, per os, status post CABG, ad libitum, in vitro and ex vivo.",
  "α-blockers, β-HCG, TNF-α and 5 µg/mL; Guillain–Barré, Sjögren and Ménière are names.",
  "Wernicke's encephalopathy in an alcoholic (韦尼克脑病) needs thiamine.",
  "La belle indifférence and tic douloureux are French names; Mittelschmerz is a German one.",
  "Café-au-lait spots, grand mal, petit mal, peau d'orange and cri du chat are named so in English.",
  "Streptococcus pneumoniae, Clostridium difficile, Escherichia coli, Pseudomonas aeruginosa, Staphylococcus aureus.",
  "Na 140, K 4.1, Cl 104, HCO3 24, pH 7.40.",
])("English that stays English: %s", (text) => {
  expect(faults(text, english)).toEqual([]);
});

test.each([
  "患者最可能为痛风，首选秋水仙碱。",
  "考虑为COPD急性加重，FEV1/FVC<70%，给予ICS+LABA治疗。",
  "致病菌为Staphylococcus aureus，对vancomycin敏感。",
  "诊断为系统性红斑狼疮（systemic lupus erythematosus of the young）。",
  "心电图示ST-T改变，EF 35%，NYHA III级，BNP升高。",
])("Chinese that stays Chinese: %s", (text) => {
  expect(faults(text, chinese)).toEqual([]);
});

test.each([
  [
    "The patient has gout, since the first toe is red and swollen after a rich meal. 因此应选择秋水仙碱。",
    "Chinese in English",
  ],
  ["The uric acid is 升高的 and the toe is red, so gout is likely.", "Chinese in English"],
  ["患者最可能为痛风，首选秋水仙碱。因此答案是秋水仙碱。", "is in Chinese"],
  ["El paciente tiene gota porque el dedo está rojo y la respuesta es colchicina para el dolor.", "Spanish"],
  ["The toe is red. Der Patient hat eine Gicht und die Antwort ist daher nicht schwer.", "German"],
  ["Le patient a une crise de goutte et la réponse est donc la colchicine pour cette raison.", "French"],
  ["The toe is red. Ответ очевиден: подагра.", "another script"],
])("English that is left: %s", (text, found) => {
  expect(faults(text, english)[0]?.found).toContain(found);
});

test.each([
  ["The patient most likely has gout, so colchicine is given.", "the question is in Chinese"],
  ["患者脚趾红肿，so the most likely diagnosis is gout，首选秋水仙碱。", "English in Chinese"],
  [
    "患者脚趾红肿，尿酸升高。Therefore we should choose the first option because it is the best. 答案为秋水仙碱。",
    "English in Chinese",
  ],
  ["患者は痛風です。ですから答えはコルヒチンです。", "another script"],
])("Chinese that is left: %s", (text, found) => {
  expect(faults(text, chinese)[0]?.found).toContain(found);
});

test("a fault is placed where the other language stands, and the question's own words are none", () => {
  const text = "The uric acid is 升高的 here.";
  expect(faults(text, english)[0]?.span).toEqual([17, 20]);
  const question = { ...english, stem: "What does 升高的 mean?" } as unknown as typeof english;
  expect(faults(text, question)).toEqual([]);
});

test.skipIf(!hasAbstracts)("1,000 abstracts of PubMedQA give no false alarm", () => {
  const flagged = abstracts().filter(({ text }) => faults(text, english).length > 0);
  expect(flagged.map(({ text }) => faults(text, english)[0]?.found)).toEqual([]);
});
