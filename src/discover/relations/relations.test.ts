import { expect, test } from "vitest";
import { foldName, followRedirects } from "../names.ts";
import { rarityOf, readFrequency } from "../rarity.ts";
import { flatten } from "../wikitext/plain.ts";
import { scan } from "../wikitext/scan.ts";
import { maskLinks } from "./linked-sentences.ts";
import { deniedStretches, isAffirmed } from "./negation.ts";
import { valuesOf } from "./values.ts";

/** The links of a sentence that are affirmed. */
function affirmed(text: string): string[] {
  const flat = flatten(scan(text), 0, text.length);
  const denied = deniedStretches(maskLinks(flat, 0, flat.text.length, flat.links));
  return flat.links.filter((link) => isAffirmed(denied, link.start)).map((link) => link.target);
}

function values(text: string): string[] {
  return valuesOf(flatten(scan(text), 0, text.length)).map(({ target, text: words }) => target ?? words);
}

test("clauses that deny give nothing, the clauses beside them do", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["[[Fever]] is common.", ["Fever"]],
    ["[[Fever]] is absent, but [[rash]] is common.", ["Rash"]],
    ["It does not cause [[fever]].", []],
    ["Unlike [[measles]], it causes [[itch]].", ["Itch"]],
    ["[[Cough]] without [[fever]] is usual.", ["Cough"]],
    ["[[Cough]], with or without [[fever]], is usual.", ["Cough", "Fever"]],
    ["Not only [[cough]] but also [[fever]] occurs.", ["Cough", "Fever"]],
    ["[[A]] rather than [[B]] is used.", ["A"]],
    ["[[A]] is no longer recommended.", []],
    ["[[A]] has been replaced by [[B]].", ["B"]],
    ["[[A]] is used to rule out [[B]].", ["A"]],
    ["[[Fever]] is rarely seen; [[rash]] is typical.", ["Rash"]],
    ["Although [[fever]] is not a feature, [[itch]] is.", ["Itch"]],
    ["[[A]] has no role.", []],
    ["[[A]] points to [[B]].", []],
    ["[[Ineffective erythropoiesis]] drives it.", ["Ineffective erythropoiesis"]],
    ["The tracing shows an [[Absent P wave|absence of P waves]].", ["Absent P wave"]],
    ["[[A]] is uncommon yet characteristic.", ["A"]],
  ];
  for (const [text, expected] of cases) expect(affirmed(text), text).toEqual(expected);
});

test("values of a field are told apart in every form that real pages have", () => {
  expect(values("[[Clotrimazole]], [[nystatin]] and [[fluconazole]]")).toEqual([
    "Clotrimazole",
    "Nystatin",
    "Fluconazole",
  ]);
  expect(
    values("'''Baby''': [[Low red blood cells]], [[jaundice]]<ref name=A/><br>'''Mother''': None<ref/>"),
  ).toEqual(["Low red blood cells", "Jaundice"]);
  expect(values("Immunosuppression ([[HIV/AIDS]]), [[diabetes]]")).toEqual(["Immunosuppression", "Diabetes"]);
  expect(values("<!-- notable interactions -->")).toEqual([]);
  expect(values("{{hlist|[[A]]|plain words|''[[B (x)|B]]''}}")).toEqual(["A", "plain words", "B (x)"]);
  expect(values("White patches or vaginal discharge, itchy")).toEqual([
    "White patches",
    "vaginal discharge",
    "itchy",
  ]);
  expect(values("HIV/AIDS, [[A]]/[[B]]")).toEqual(["HIV/AIDS", "A", "B"]);
  expect(values("[[Dysphagia]] to solids and liquids")).toEqual(["Dysphagia"]);
});

test("frequencies are read as shares of people", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["1 in 30,000", 1 / 30_000],
    ["<1/1,000,000", 1e-6],
    ["5 per 100,000 births", 5e-5],
    ["about 2 per million", 2e-6],
    ["2% of adults", 0.02],
    ["1 in 10,000 to 40,000", 1 / 20_000],
    ["0.4 per 1 million a year", 4e-7],
    ["one in 2.5 million", 1 / 2.5e6],
  ];
  for (const [text, share] of cases) expect(readFrequency(text) ?? 0, text).toBeCloseTo(share, 9);
  for (const text of ["Common", "350,000 per year", "unknown"])
    expect(readFrequency(text), text).toBeUndefined();
  expect(rarityOf("1 in 2,001", [])).toMatchObject({ isRare: true });
  expect(rarityOf("1 in 2,000", [])).toMatchObject({ isRare: false });
  expect(rarityOf(undefined, ["Rare diseases"])).toMatchObject({
    isRare: true,
    reasons: ['category "Rare diseases"'],
  });
});

test("names meet across case, number, spelling and dashes, and redirect loops end nowhere", () => {
  for (const [a, b] of [
    ["Beta blockers", "beta blocker"],
    ["Haematuria", "hematuria"],
    ["Kayser-Fleischer rings", "Kayser–Fleischer ring"],
    ["Infectious diseases", "Infectious disease (medical specialty)"],
    ["Arteries", "artery"],
  ] as const)
    expect(foldName(a), a).toBe(foldName(b));
  expect(foldName("Diabetes insipidus")).toBe("diabetes insipidus");
  const redirects = new Map([
    ["A", "B"],
    ["B", "C"],
    ["X", "Y"],
    ["Y", "X"],
  ]);
  expect(followRedirects(redirects, "A")).toBe("C");
  expect(followRedirects(redirects, "X")).toBeUndefined();
});
