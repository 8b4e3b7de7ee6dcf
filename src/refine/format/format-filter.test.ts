/** Each rule of the format filter on questions that have its fault and on look-alikes that have not. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Question, questionId } from "../../records/question.ts";
import { checkQuestionFormat, flagQuestionFormat } from "./format-filter.ts";

const good = ["heparin", "warfarin", "aspirin", "insulin"];

function made(stem: string, texts: readonly string[] = good): Question {
  const options = Object.fromEntries(texts.map((text, i) => ["ABCDEFGHIJ"[i]!, text]));
  const page = {
    kind: "page" as const,
    page: "Gout",
    pageId: 1,
    revision: 1,
    section: "",
    start: 0,
    end: 1,
    quote: "x",
    licence: "CC BY-SA 4.0",
  };
  return {
    id: questionId({ stem, options }),
    stem,
    options,
    gold: ["A"],
    language: "en",
    origin: {
      kind: "synthetic",
      type: "nameToDrug",
      pathKey: "nameToDrug|Gout",
      subject: "Gout",
      hops: 1,
      facts: [],
      path: [{ relation: "r", head: "Gout", predicate: "TREATED_WITH", tail: texts[0] ?? "" }],
      masked: texts[0] ?? "",
      optionEntities: {},
      distractors: {},
      isRare: false,
    },
    evidence: [page],
    licence: "CC BY-SA 4.0",
  };
}

function curated(stem: string, texts: readonly string[] = good): Question {
  const place = { dataset: "toy", split: "test", row: 1 };
  return { ...made(stem, texts), origin: { kind: "curated", ...place } };
}

function failed(question: Question, set?: { options: readonly [number, number] }): string[] {
  return checkQuestionFormat(question, set)
    .filter((check) => !check.passed)
    .map((check) => check.name);
}

function flagged(question: Question): string[] {
  return flagQuestionFormat(question)
    .filter((check) => !check.passed)
    .map((check) => check.name);
}

test("a sound question passes every check, and each check says so", () => {
  const checks = checkQuestionFormat(made("Which drug treats gout?"));
  expect(checks.every((check) => check.passed && check.found === "nothing found")).toBe(true);
  expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length);
});

test("options must be there, as many as the set has, and the gold among them", () => {
  expect(failed(made("  "))).toContain("notEmpty");
  expect(failed(made("Which drug?", ["heparin", " ", "a1", "b1"]))).toContain("notEmpty");
  expect(failed(made("Which drug?", ["heparin"]))).toEqual(["enoughOptions"]);
  expect(failed(made("Which drug?"), { options: [5, 5] })).toEqual(["enoughOptions"]);
  expect(failed(made("Which drug?"), { options: [3, 10] })).toEqual([]);
  expect(failed({ ...made("Which drug?"), gold: ["E"] })).toEqual(["goldAmongOptions"]);
  expect(failed({ ...made("Which drug?"), gold: ["A", "A"] })).toEqual(["goldAmongOptions"]);
});

test.each([
  ["heparin", " Heparin. "],
  ["Crohn’s disease", "crohn's disease"],
  ["low-grade fever", "Low grade fever"],
  ["hard palate, lip and incisor", "hard palate, lip, and incisor"],
  ["糖尿病", "糖尿病 "],
  ["维生素Ｃ", "维生素C"],
])("%s and %s are the same option", (one, other) => {
  expect(failed(made("Which is it?", [one, other, "x1", "x2"]))).toContain("optionsDiffer");
});

test.each([
  ["a blood test", "the blood test"],
  ["kidney stone", "kidney stones"],
  ["carcinoma of the lung", "lung carcinoma"],
  ["anaemia", "anemia"],
  ["biopsies of the liver", "Liver biopsy"],
])("%s and %s are nearly equal", (one, other) => {
  expect(failed(made("Which is it?", [one, other, "x1", "x2"]))).toContain("optionsUnlike");
});

// What looks alike and says something else: signs, decimals, alleles, directions, and words a letter apart.
test.each([
  ["Rh+", "Rh-"],
  ["1.5", "15"],
  ["- .09", ".09"],
  ["-5", "5"],
  ["p < 0.05", "p > 0.05"],
  ["hyperkalemia", "hypokalemia"],
  ["increased thyroxine", "decreased thyroxine"],
  ["Bb × Bb", "BB × bb"],
  ["5′-T-A-G-3′", "5′-A-T-G-3′"],
  ["IgA", "IgG"],
  ["vitamin A", "vitamin B"],
  ["left-to-right shunt", "right-to-left shunt"],
  ["inhibition of activation", "activation of inhibition"],
  ["ileum", "ilium"],
  ["高钾血症", "低钾血症"],
  ["Y^ly^L", "Y^lY^l"],
])("%s and %s are two options", (one, other) => {
  expect(failed(made("Which is it?", [one, other, "x1", "x2"]))).toEqual([]);
});

test("nested and reordered options drop a made question and flag a curated one", () => {
  const nested = ["heparin", "low-molecular-weight heparin", "a1", "b1"];
  expect(failed(made("Which drug treats it?", nested))).toEqual(["optionsApart"]);
  expect(failed(curated("Which drug treats it?", nested))).toEqual([]);
  expect(flagged(curated("Which drug treats it?", nested))).toEqual(["optionsApart"]);
  expect(failed(made("Which is it?", ["肺炎", "支原体肺炎", "哮喘", "肺癌"]))).toEqual(["optionsApart"]);
  const turned = ["rash and fever", "fever, rash", "cough", "pain"];
  expect(failed(made("Which is it?", turned))).toEqual(["optionsNotReordered"]);
  expect(failed(made("Which is it?", ["1, 2, 3", "3, 2, 1", "a", "b"]))).toEqual([]);
});

test.each([
  "SjÃ¶gren",
  "patientâ€™s",
  "38 Â°C",
  "Î²-blocker",
  "ä¸­å›½",
  "锟斤拷",
  "烫烫烫",
  "na?ve",
  "a\ufffdb",
  "a\u0092b",
  "a\ue000b",
  "half \ud83d",
  "ÖÐÎÄ",
  "\\u00e9dema",
  "caf%C3%A9",
  "patient鈥檚",
])("%s was read in a wrong encoding", (text) => {
  expect(failed(made(`Which drug treats ${text}?`))).toContain("noMojibake");
});

test.each([
  "Sjögren’s syndrome at 38 °C – “severe”",
  "Ménière’s “attack”, Guillain–Barré",
  "β-blocker, µg, ≥ 5 × 10⁹/L, H₂O → CO₂",
  "急性胰腺炎，体温38℃",
  "CAFÉ’s and naïve façade",
  "pain 😀",
])("%s is as it should be", (text) => {
  expect(failed(made(`Which drug treats ${text}?`))).toEqual([]);
});

test.each([
  ["Which <b>drug</b> treats gout?", "noMarkup"],
  ["Which drug treats gout<br/>now?", "noMarkup"],
  ["Which drug treats gout &amp; pain?", "noMarkup"],
  ["Which drug treats [[gout]]?", "noMarkup"],
  ["Which drug treats '''gout'''?", "noMarkup"],
  ["Which drug treats {{gout}}?", "noTemplate"],
  ["Which drug treats {disease}?", "noTemplate"],
  ["Which drug treats [object Object]?", "noTemplate"],
  ["Which drug treats undefined?", "noTemplate"],
  ["How are gout and  related?", "noTemplate"],
  ["Which drug treats ?", "noTemplate"],
  ["Which drug treats __SUBJECT__?", "noTemplate"],
  ["Which drug treats \\textbf gout?", "noLatex"],
  ["Which drug lowers $\\frac{1}{2 of it?", "noLatex"],
])("%s still shows its form: %s", (stem, name) => {
  expect(failed(made(stem))).toContain(name);
});

test.each([
  "With p<0.05, a dose <5 mg and a<b or c>d, which drug treats gout?",
  "In an index of<or = 4% at a price of $100 and $200, which drug treats gout?",
  "With HLA-B27, 10^{9}/L, 54/nl-->112/nl and [CI 0.9–1.1], which drug treats gout?",
  "In a 40-year-old (smoker; R&D worker), which drug treats gout?",
])("%s has nothing left over", (stem) => {
  expect(failed(made(stem))).toEqual([]);
});

test("a made stem must end, and a curated one must be able to be gone on with", () => {
  expect(failed(made("Which drug treats"))).toContain("stemEnds");
  expect(failed(made("哪种药物治疗痛风？"))).toEqual([]);
  expect(failed(made("哪种药物治疗"))).toContain("stemEnds");
  const rests = ["reduced cutting.", "an increased risk.", "no change.", "a loss."];
  for (const [stem, texts] of [
    ["Gene flow between populations results in", rests],
    ["The auditory tube", ["is opened by one muscle.", "is closed by it."]],
    ["A 30-year-old woman has a goitre. The most likely diagnosis is", good],
    ["All of the following are symptoms EXCEPT", good],
    ["Reliability refers to", good],
    ["A blank ____ in the text", good],
    ["Which of these is expected?\nSodium  Potassium  Chloride", good],
    ["患者饱餐后上腹部持续疼痛1天。应首先考虑的是", ["急性胃炎", "肝癌"]],
    ["下列哪种病变引起胸痛", ["带状疱疹", "颈椎病"]],
  ] as const)
    expect(failed(curated(stem, texts))).toEqual([]);
  for (const [stem, texts] of [
    ["A 45-year-old man presents to the clinic because of", good],
    ["A 45-year-old man has gout. He has been taking allopurinol for three", good],
    ["A 45-year-old man has gout. Which of the following is the", good],
    ["Does allopurinol reduce the number of", ["yes", "no", "maybe"]],
    ["患者男，45岁。因胸痛2小时入院。查体血压", ["急性心肌梗死", "肺炎"]],
  ] as const)
    expect(failed(curated(stem, texts))).toContain("stemEnds");
  expect(failed(made("A man has gout. He takes a drug."))).toEqual(["asksSomething"]);
  expect(flagged(curated("A man has gout. He takes a drug."))).toEqual(["asksSomething"]);
});

test("an answer that its stem tells drops a made question, also by the entity's name", () => {
  expect(failed(made("A man takes heparin. Which drug treats him?"))).toEqual([
    "answerNotTold",
    "answerNotNamed",
  ]);
  // The stem names two options, so it gives neither away; what is asked for must not be named all the same.
  const both = made("Are heparin or warfarin given for it, and which?");
  expect(failed(both)).toEqual(["answerNotNamed"]);
  const other = { ...both, origin: { ...both.origin, masked: "Unfractionated heparin" } } as Question;
  expect(failed(other)).toEqual([]);
  expect(failed(made("急性胃炎患者应首选哪种诊断？", ["急性胃炎", "肝癌"]))).toContain("answerNotTold");
  expect(flagged(curated("He takes heparin. Which drug treats him?"))).toEqual(["answerNotTold"]);
});

test("characters that nobody sees and letters of another alphabet are flagged", () => {
  expect(flagged(made("Which drug\u200b treats gout?"))).toEqual(["noHiddenCharacters"]);
  expect(flagged(curated("Which pаtient takes it?"))).toEqual(["noHiddenCharacters"]);
  expect(flagged(curated("Which of D \\rightarrow d is it?"))).toEqual(["noReadableMarkup"]);
  expect(flagged(curated("Which of these is it", good))).toEqual(["questionHasMark"]);
});

test("text of any kind is judged without an error, and equal options are always found", () => {
  // Code units of every kind, halves of pairs among them.
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(
      fc.array(unit).map((units) => units.join("")),
      fc.array(fc.string(), { minLength: 2 }),
      (stem, texts) => {
        const question = made(stem, [...texts.slice(0, 9), texts[0]!]);
        flagQuestionFormat(question);
        const names = failed(question);
        return texts[0]!.trim() === "" ? names.includes("notEmpty") : names.length > 0;
      },
    ),
  );
});
