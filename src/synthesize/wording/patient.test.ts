import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/random.ts";
import type { EntityType } from "../../records/entity.ts";
import { type QuestionType, questionTypes } from "../types.ts";
import { type Patient, patientOf } from "./patient.ts";
import type { Told } from "./told.ts";

const diagnosis = questionTypes.find(({ form }) => form === "diagnosis") as QuestionType;

function told(
  hidden: string,
  present: readonly string[] = [],
  { absent = [] as readonly string[], history = "" } = {},
): Told {
  const name = (text: string, type: EntityType) => ({ id: text, text, type });
  return {
    type: diagnosis,
    hidden: name(hidden, "disease"),
    findings: present.map((text) => name(text, "symptom")),
    absent: absent.map((text) => name(text, "symptom")),
    facts: [],
    ...(history ? { history: name(history, "risk factor") } : {}),
  };
}

function many(one: Told): Patient[] {
  const random = seededRandom(5, one.hidden?.text ?? "");
  return Array.from({ length: 60 }, () => patientOf(one, random));
}

const female = /\bwoman\b|\bgirl\b|female/;
const male = /\bman\b|\bboy\b|\bmale/;
const years = ({ words }: Patient): number =>
  Number(/(\d+)(?:-year-old|$| years)/.exec(words)?.[1] ?? Number.NaN);

test.each([
  ["endometriosis", female],
  ["ovarian cancer", female],
  ["breast cancer", female],
  ["pre-eclampsia", female],
  ["bacterial vaginosis", female],
  ["benign prostatic hyperplasia", male],
  ["prostate cancer", male],
  ["testicular torsion", male],
  ["haemophilia A", male],
  ["duchenne muscular dystrophy", male],
])("who has %s is of its sex", (disease, sex) => {
  for (const { words } of many(told(disease))) expect(words).toMatch(sex);
});

test.each([
  ["Alzheimer's disease", 65, 88],
  ["giant cell arteritis", 65, 88],
  ["Sydenham's chorea", 4, 11],
  ["acne vulgaris", 13, 24],
  ["Wolff–Parkinson–White syndrome", 20, 70],
  ["sepsis", 20, 70],
])("who has %s is of its age", (disease, youngest, oldest) => {
  const ages = many(told(disease)).map(years).filter(Number.isFinite);
  expect(ages.length).toBeGreaterThan(20);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(youngest);
  expect(Math.max(...ages)).toBeLessThanOrEqual(oldest);
});

test("a newborn is counted in days, an infant in months", () => {
  for (const { words, isChild } of many(told("neonatal jaundice"))) {
    expect(words).toMatch(/-day-old/);
    expect(isChild).toBe(true);
  }
  for (const { words } of many(told("pyloric stenosis"))) expect(words).toMatch(/-month-old/);
});

test("findings, what is absent and what the patient has besides decide too", () => {
  for (const { words } of many(told("prolactinoma", ["amenorrhea"]))) expect(words).toMatch(female);
  for (const { words } of many(told("prolactinoma", ["erectile dysfunction"]))) expect(words).toMatch(male);
  for (const { words } of many(told("sepsis", ["fever"], { absent: ["vaginal discharge"] })))
    expect(words).toMatch(female);
  for (const patient of many(told("sepsis", ["fever"], { absent: ["failure to thrive"] })))
    expect(patient.isChild).toBe(false);
  for (const patient of many(told("asthma", ["cough"], { history: "pregnancy" }))) {
    expect(patient.words).toMatch(female);
    expect(years(patient) > 45).toBe(false);
  }
});

test("names that contradict one another leave the patient without sex and age", () => {
  for (const { words, they } of many(told("prostate cancer", ["vaginal discharge"]))) {
    expect(words).toBe("a patient");
    expect(they).toBe("the patient");
  }
});

test("a disease of both sexes is told of both", () => {
  const words = many(told("sarcoidosis")).map((patient) => patient.words);
  expect(words.filter((one) => female.test(one)).length).toBeGreaterThan(12);
  expect(words.filter((one) => male.test(one)).length).toBeGreaterThan(12);
});

test("no age is above 89 and none is no age", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("dementia", "sepsis", "cataract", "hip fracture", "croup", "neonatal sepsis", "gout"),
      fc.integer(),
      (disease, seed) => {
        const { words } = patientOf(told(disease), seededRandom(seed));
        expect(words).not.toMatch(/undefined|NaN|nineties|\b(?:0|9\d|1\d\d)-year/);
        expect(words).toMatch(/^an? /);
      },
    ),
  );
});
