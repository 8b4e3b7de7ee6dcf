// Chinese stems of every question type: what is told stands in them, what is hidden does not, and how they end.
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import type { EntityType } from "../../records/entity.ts";
import { predicates } from "../../records/relation.ts";
import { type QuestionType, questionTypes } from "../types.ts";
import type { Name, Told } from "./told.ts";
import { writeStemZh } from "./zh.ts";
import { asksZh } from "./zh-asks.ts";
import { nameIn, relationPhraseZh } from "./zh-phrases.ts";

const name = (id: string, text: string, type: EntityType): Name => ({ id, text, type });
const gout = name("Gout", "痛风", "disease");
const subjects: Readonly<Partial<Record<EntityType, Name>>> = {
  disease: gout,
  drug: name("Warfarin", "华法林", "drug"),
  "drug class": name("Statin", "他汀类药物", "drug class"),
  pathogen: name("Escherichia coli", "大肠埃希菌", "pathogen"),
};
const findings = [
  name("Joint pain", "关节痛", "symptom"),
  name("Fever", "发热", "sign"),
  name("Splenomegaly", "脾大", "sign"),
];
const absent = [name("Headache", "头痛", "symptom"), name("Rash", "皮疹", "sign")];
const pregnancy = name("Pregnancy", "妊娠", "risk factor");
const other = name("Pseudogout", "假性痛风", "disease");

function toldBy(type: QuestionType): Told {
  const base = { type, findings: [], absent: [], facts: [] };
  const history = type.condition ? { history: pregnancy } : {};
  if (type.told === "name") {
    const subject = subjects[type.subjects[0] as EntityType] as Name;
    return { ...base, subject, ...history, ...(type.form === "discriminator" ? { other } : {}) };
  }
  if (type.form !== "intersection") return { ...base, findings, absent, ...history, hidden: gout };
  const facts = [
    { predicate: "HAS_SYMPTOM", entity: findings[0] as Name },
    { predicate: "TREATED_WITH", entity: subjects.drug as Name },
    { predicate: "HAS_RISK_FACTOR", entity: pregnancy },
  ] as const;
  return { ...base, facts, absent, hidden: gout };
}

const namesOf = ({ subject, findings, absent, facts, history, other }: Told): string[] =>
  [subject, ...findings, ...absent, ...facts.map(({ entity }) => entity), history, other].flatMap((one) =>
    one ? [one.text] : [],
  );

test("every type has at least four asks, which differ and end in a question mark", () => {
  for (const type of questionTypes) {
    const asks = asksZh(type);
    expect(new Set(asks).size, type.name).toBe(asks.length);
    expect(asks.length, type.name).toBeGreaterThanOrEqual(4);
    expect(asks.filter((ask) => !ask.endsWith("？") || /[?,.]/.test(ask))).toEqual([]);
  }
});

test("stems of every type tell all and give nothing away", () => {
  for (const type of questionTypes)
    for (const style of ["clinical", "plain"] as const) {
      const told = toldBy(type);
      const random = seededRandom(1, type.name, style);
      const stems = Array.from({ length: 40 }, () => writeStemZh(told, style, random));
      expect(new Set(stems).size, type.name).toBeGreaterThanOrEqual(4);
      for (const stem of stems) {
        for (const text of namesOf(told)) expect(stem).toContain(text);
        if (told.hidden) expect(stem).not.toContain(told.hidden.text);
        expect(stem).toMatch(/？$/);
        expect(stem).not.toMatch(/[{}?,#]|undefined|[。，、：？]{2}|^[。，、]/);
      }
    }
});

test("absent findings stand behind a negation in their own clause", () => {
  const type = questionTypes.find(({ name }) => name === "diagnosis") as QuestionType;
  const random = seededRandom(2);
  for (let round = 0; round < 200; round++) {
    const stem = writeStemZh(toldBy(type), round % 2 === 0 ? "clinical" : "plain", random);
    for (const { text } of absent) expect(stem).toMatch(new RegExp(`(?:无|未见|否认)[^，。“”]*${text}`));
    for (const { text } of findings)
      expect(stem).not.toMatch(new RegExp(`(?:无|未见|否认)[^，。“”]*${text}`));
  }
});

test("the patient fits the English title of the hidden disease", () => {
  const type = questionTypes.find(({ name }) => name === "diagnosis") as QuestionType;
  const prostate = name("Benign prostatic hyperplasia", "良性前列腺增生", "disease");
  const random = seededRandom(3);
  const told: Told = { ...toldBy(type), hidden: prostate };
  for (let round = 0; round < 100; round++) {
    const stem = writeStemZh(told, "clinical", random);
    expect(stem).not.toMatch(/女/);
    const age = /(\d+)岁/.exec(stem)?.[1];
    if (age) expect(Number(age)).toBeGreaterThanOrEqual(55);
  }
});

test("a relation is one statement a predicate, with both names", () => {
  const phrases = predicates.map((one) => relationPhraseZh(one, { head: "甲", tail: "乙$&" }));
  expect(new Set(phrases).size).toBe(predicates.length);
  for (const phrase of phrases) {
    expect(phrase).toContain("甲");
    expect(phrase).toContain("乙$&");
  }
});

test("a name loses the bracket that tells it from its namesakes, and no other", () => {
  const label = (zh: string) => nameIn({ labels: { zh } }, "zh");
  expect(label("感冒（疾病）")).toBe("感冒");
  expect(label("痛風 (疾病)")).toBe("痛風");
  expect(label("维生素K（甲）缺乏")).toBe("维生素K（甲）缺乏");
  expect(label("（甲）")).toBe("（甲）");
  expect(nameIn({ labels: { zh: "头痛" } }, "de")).toBeUndefined();
  expect(nameIn({}, "zh")).toBeUndefined();
});
