import { expect, test } from "vitest";
import type { Mention } from "../reading/survey-record.ts";
import { entitySurvey } from "./fixtures/small-world.ts";
import { closingFactor, linksOf } from "./relevance.ts";

function mention(
  target: string,
  method: Mention["method"],
  role?: Mention["role"],
  cue?: Mention["role"],
): Mention {
  const about = { ...(role === undefined ? {} : { role }), ...(cue === undefined ? {} : { cues: [cue] }) };
  return { target, words: target, method, place: 0, ...about };
}

const plain = { rareWeight: 0 };

test("a field weighs more than a list, a list more than a sentence, a role more than none", () => {
  const survey = entitySurvey("Gout", "disease", false, [
    mention("Lead", "sentence"),
    mention("Sentence", "sentence", "symptoms"),
    mention("Cued", "sentence", undefined, "cause"),
    mention("List", "section", "symptoms"),
    mention("Field", "infobox", "symptoms"),
    mention("Specialty", "infobox", "specialty"),
    mention("History", "sentence", "none"),
    mention("Gout", "sentence", "symptoms"),
    { words: "plain words", method: "infobox", role: "symptoms", place: 0 },
  ]);
  expect(linksOf(survey, plain).map(({ title, weight }) => [title, weight])).toEqual([
    ["Lead", 0.25],
    ["Sentence", 1],
    ["Cued", 1],
    ["List", 2],
    ["Field", 3],
    ["Specialty", 1.5],
  ]);
});

test("the strongest naming counts, repeated ones a little more, up to a bound", () => {
  const named = (times: number): Mention[] =>
    Array.from({ length: times }, () => mention("A", "sentence", "cause"));
  const weightOf = (mentions: Mention[]): number | undefined =>
    linksOf(entitySurvey("Gout", "disease", false, mentions), plain)[0]?.weight;
  expect(weightOf([...named(1), mention("A", "infobox", "cause")])).toBeCloseTo(3.3);
  expect(weightOf(named(6))).toBeCloseTo(1.5);
  expect(weightOf(named(60))).toBeCloseTo(1.5);
});

test("pages about rare diseases and drugs weigh more, and the words say so", () => {
  const field = [mention("A", "infobox", "cause"), mention("A", "sentence", "cause")];
  const link = (type: "disease" | "drug" | "anatomy" | "drug class", isRare = false) =>
    linksOf(entitySurvey("X", type, isRare, field), { rareWeight: 2 })[0];
  expect(link("disease")?.weight).toBeCloseTo(3.3);
  expect(link("disease", true)).toEqual({
    title: "A",
    weight: expect.closeTo(9.9) as number,
    why: "box field (cause) of a rare disease, named again",
    closes: true,
  });
  expect(link("drug")?.weight).toBeCloseTo(9.9);
  expect(link("drug class")?.weight).toBeCloseTo(6.6);
  expect(link("anatomy")?.why).toBe("box field (cause) of an anatomy, named again");
});

test("places that lead to rare diseases and drugs weigh more too, on any page", () => {
  const fields = (["symptoms", "differential", "treatment"] as const).map((role) =>
    mention(role, "infobox", role),
  );
  const weights = (rareWeight: number, isRare: boolean): number[] =>
    linksOf(entitySurvey("X", "disease", isRare, fields), { rareWeight }).map(({ weight }) => weight);
  expect(weights(0, true)).toEqual([3, 3, 3]);
  expect(weights(1, false)).toEqual([3, 6, 6]);
  expect(weights(1, true)).toEqual([6, 9, 9]);
});

test("a page that is not medical leads nowhere, a disambiguation page leads to what it lists", () => {
  const base = { title: "Mercury", pageId: 1, revision: 1 };
  expect(linksOf({ kind: "notMedical", ...base, reason: "a planet" }, plain)).toEqual([]);
  expect(linksOf({ kind: "unknown", ...base }, plain)).toEqual([]);
  const options = linksOf({ kind: "disambiguation", ...base, options: ["A", "B", "A"] }, plain);
  expect(options.map(({ title, closes }) => [title, closes])).toEqual([
    ["A", false],
    ["B", false],
  ]);
  expect(options[0]?.weight).toBeLessThan(0.25);
});

test("each doubling of the entity pages that lead to a title adds the closing weight", () => {
  expect([0, 1, 2, 4, 8].map((pages) => closingFactor(0.5, pages))).toEqual([1, 1, 1.5, 2, 2.5]);
  expect(closingFactor(0, 1000)).toBe(1);
});
