import fc from "fast-check";
import { expect, test } from "vitest";
import { isGeneral, shapeOf } from "../name-shapes.ts";
import { followRedirects, nameKey } from "../names.ts";
import { rarityOf, readFrequency } from "../rarity.ts";
import { flatten } from "../wikitext/plain.ts";
import { scan } from "../wikitext/scan.ts";
import { findCues, indexCues } from "./find-cues.ts";
import { maskLinks } from "./linked-sentences.ts";
import { metabolisers } from "./metabolism.ts";
import { deniedAsBar, deniedFor, deniedStretches, isAffirmed } from "./negation.ts";
import { rolesOfSentence } from "./roles.ts";
import { runsOf } from "./runs.ts";
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
    ["[[Cough]], [[itch]] and, rarely, [[gout]].", ["Cough", "Itch"]],
    ["Effects are [[cough]], rarely [[gout]], and [[itch]].", ["Cough", "Itch"]],
    ["[[Cough]] is common, [[gout]] is rare.", ["Cough"]],
    ["[[Cough]], [[gout]] and [[itch]] are rarely seen.", []],
    ["It rarely causes [[gout]] and [[itch]].", []],
    ["[[Gout]] is hardly ever caused by it.", []],
    ["[[Heart block]] without a pacemaker, [[asthma]] and [[gout]].", ["Heart block", "Asthma", "Gout"]],
    ["[[Cough]] without [[fever]], [[chills]] or [[rash]].", ["Cough"]],
    ["[[Swelling]] that does not answer to [[rest]].", ["Swelling"]],
    ["[[Ulcer]] not healed.", ["Ulcer"]],
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
  expect(values("Anaerobic and aerobic bacteria, topical and oral drugs")).toEqual([
    "Anaerobic and aerobic bacteria",
    "topical and oral drugs",
  ]);
  expect(values("Autoimmune and [[blood disease]]s")).toEqual(["Blood disease"]);
  expect(values("Antibiotic and bed rest")).toEqual(["Antibiotic", "bed rest"]);
  expect(values("[[Virus|Viral]] (usually [[rhinovirus]])")).toEqual(["Rhinovirus"]);
  expect(values("''[[Dengue virus]]'' by ''[[Aedes]]'' mosquitoes")).toEqual(["Dengue virus"]);
  expect(values("[[Artemether]] with [[lumefantrine]]")).toEqual(["Artemether", "Lumefantrine"]);
});

test("what is said beside a value keeps its words: how often, and the bold name of its group", () => {
  const said = (text: string): unknown[] =>
    valuesOf(flatten(scan(text), 0, text.length)).map(({ text: words, item, group, start, end }) => [
      words,
      item,
      group,
      text.slice(start, end),
    ]);
  expect(said("At times [[cough]], usually rash")).toEqual([
    ["cough", "At times cough", undefined, "At times [[cough]]"],
    ["rash", "usually rash", undefined, "usually rash"],
  ]);
  expect(said("'''Baby''': [[jaundice]], rash<br>Cough")).toEqual([
    ["jaundice", "jaundice", "Baby", "[[jaundice]]"],
    ["rash", "rash", "Baby", "rash"],
    ["Cough", "Cough", undefined, "Cough"],
  ]);
});

test("organs and enzymes that break a drug down are found in whatever stands around them", () => {
  const broken = (text: string): string[] =>
    metabolisers(flatten(scan(text), 0, text.length)).map(({ target, text: words }) => target ?? words);
  expect(broken("Liver: [[CYP2C9]]")).toEqual(["CYP2C9", "Liver"]);
  expect(broken("80% hepatic (CYP3A4, CYP2D6-mediated), to [[oxipurinol]]")).toEqual(["Liver", "CYP3A4"]);
  expect(broken("[[Liver]]; ''[[CYP2D6]]''")).toEqual(["Liver", "CYP2D6"]);
  expect(broken("Not hepatic")).toEqual([]);
  expect(broken("By plasma esterases")).toEqual([]);
});

test("lists of a sentence share what governs them, and a fronted phrase is no part of one", () => {
  const runs = (text: string): string[] => {
    const flat = flatten(scan(text), 0, text.length);
    return [...new Set(runsOf(flat.text, flat.links, 0))].map(({ start, end }) =>
      flat.text.slice(start, end),
    );
  };
  expect(runs("Due to [[a]], severe [[b]] or [[c]].")).toEqual(["a, severe b or c"]);
  expect(runs("Told from [[a]], [[b]] and, in infants, from [[c]].")).toEqual([
    "a, b and, in infants, from c",
  ]);
  expect(runs("In [[a]], [[b]] is used.")).toEqual(["a", "b"]);
  expect(runs("[[a]] causes [[b]] in [[c]].")).toEqual(["a", "b", "c"]);
  expect(runs("[[a]] (a loss) and [[b]]")).toEqual(["a (a loss) and b"]);
});

test("cues are found as an expression of all of them would find them", () => {
  const words = ["is", "is a", "caused by", "caused", "cause", "due to", "result", "results in"];
  const index = indexCues([{ role: "cause", words }]);
  const expression = new RegExp(`\\b(?:${[...words].sort((a, b) => b.length - a.length).join("|")})\\b`, "g");
  const piece = fc.constantFrom(...words, "a", "by", "x", ",", ".", "isa", "uncaused");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join(" ");
      const found = findCues(text, [index])[0]?.map(({ start, end }) => [start, end]);
      expect(found).toEqual(
        [...text.matchAll(expression)].map((one) => [one.index, one.index + one[0].length]),
      );
    }),
  );
});

test("the names of things say what they are", () => {
  for (const [name, type] of [
    ["Potassium channel", "gene"],
    ["Hydrogen potassium ATPase", "gene"],
    ["Dopamine receptor D2", "gene"],
    ["Hemodialysis", "procedure"],
    ["ELISA", "test"],
    ["Muscle ache", "symptom"],
    ["Paranasal sinus", "anatomy"],
    ["Vasculitis", "disease"],
    ["B. abortus", "pathogen"],
  ] as const)
    expect(shapeOf(name), name).toBe(type);
  for (const name of ["Granulomatous disease", "Heat release"]) expect(shapeOf(name), name).not.toBe("gene");
  for (const name of ["Patient", "Treatments", "Medication", "Generic drugs"])
    expect(isGeneral(name), name).toBe(true);
  expect(isGeneral("Drug-induced lupus")).toBe(false);
});

test("frequencies are read as shares of people", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["1 in 30,000", 1 / 30_000],
    ["<1/1,000,000", 1e-6],
    ["5 per 100,000 births", 5e-5],
    ["about 2 per million", 2e-6],
    ["2% of adults", 0.02],
    ["1 in 10,000 to 40,000", 1 / 20_000],
    ["1 in 5,000 to 1 in 50,000", 1 / Math.sqrt(5_000 * 50_000)],
    ["0.4 per 1 million births a year", 4e-7],
    ["2 per 100,000 a year; prevalence 30 per 100,000", 3e-4],
    ["one in 2.5 million", 1 / 2.5e6],
  ];
  for (const [text, share] of cases) expect(readFrequency(text) ?? 0, text).toBeCloseTo(share, 9);
  for (const text of [
    "Common",
    "350,000 per year",
    "unknown",
    "0.4 per 1 million a year",
    "45 new cases per 100,000",
    "annually 3 in 100,000",
    "0.01% of patients with gout",
    "1% of women with lupus",
    "2 in 10,000 people seen in clinics",
  ])
    expect(readFrequency(text), text).toBeUndefined();
  expect(rarityOf("1 in 2,001", [])).toMatchObject({ isRare: true });
  expect(rarityOf("1 in 2,000", [])).toMatchObject({ isRare: false });
  expect(rarityOf(undefined, ["Rare diseases"])).toMatchObject({
    isRare: true,
    reasons: ['category "Rare diseases"'],
  });
});

test("new cases in a year make a disease rare only beside a word that does", () => {
  expect(rarityOf("4 per 100,000 per year", [])).toMatchObject({ isRare: false });
  expect(rarityOf("4 per 100,000 per year", ["Rare diseases"])).toMatchObject({ isRare: true });
  expect(rarityOf("Rare, 4 per 100,000 per year", [])).toMatchObject({ isRare: true });
});

test("words of care bar nothing, and a bar beside them stands", () => {
  const barred = (text: string): string[] => {
    const flat = flatten(scan(text), 0, text.length);
    const masked = maskLinks(flat, 0, flat.text.length, flat.links);
    const denied = [...deniedAsBar(masked), ...deniedFor(masked, "CONTRAINDICATED_IN")];
    return flat.links.filter((link) => isAffirmed(denied, link.start)).map((link) => link.target);
  };
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["[[Asthma]] and [[gout]].", ["Asthma", "Gout"]],
    ["Caution is needed in [[asthma]].", []],
    ["Care in [[asthma]] and [[gout]].", []],
    ["In [[kidney failure]] the dose is lowered.", []],
    ["It is used in [[pregnancy]] only if clearly needed.", []],
    ["In [[pregnancy]] it is given only if benefits exceed risks.", []],
    ["The risk must be weighed in [[pregnancy]].", []],
    ["It may trigger [[asthma]].", []],
    ["[[Pregnancy]] is not a contraindication.", []],
    ["It is contraindicated in [[asthma]], which it may worsen.", ["Asthma"]],
    ["It must not be given in [[gout]]; in [[asthma]] caution is needed.", ["Gout"]],
    ["[[Gout]]; care in [[asthma]].", ["Gout"]],
    ["[[Live vaccination]] should not be done.", ["Live vaccination"]],
  ];
  for (const [text, expected] of cases) expect(barred(text), text).toEqual(expected);
});

test("what another drug is preferred for is no use of this one", () => {
  const isUse = (text: string): boolean =>
    isAffirmed(deniedFor(text.replace("gout", "@@@@"), "TREATS", "Zedol"), text.indexOf("gout"));
  expect(isUse("for gout, wyedol is preferred.")).toBe(false);
  expect(isUse("For gout alone wyedols are often preferred.")).toBe(false);
  expect(isUse("Zedol is preferred for gout.")).toBe(true);
  expect(isUse("It is preferred over wyedol in gout.")).toBe(true);
});

test("a word that is a thing in its place is no cue", () => {
  const roles = (text: string): readonly string[] => rolesOfSentence(text).around(text.length, text.length);
  expect(roles("It is used for swelling of any cause and ")).toEqual(["uses"]);
  expect(roles("High doses cause ")).toEqual(["symptoms"]);
});

test("names meet across case, number, spelling and dashes, and redirect loops end nowhere", () => {
  for (const [a, b] of [
    ["Beta blockers", "beta blocker"],
    ["Haematuria", "hematuria"],
    ["Kayser-Fleischer rings", "Kayser–Fleischer ring"],
    ["Infectious diseases", "Infectious disease (medical specialty)"],
    ["Arteries", "artery"],
    ["Headaches", "headache"],
    ["Branches", "branch"],
  ] as const)
    expect(nameKey(a), a).toBe(nameKey(b));
  expect(nameKey("Diabetes insipidus")).toBe("diabetes insipidus");
  const redirects = new Map([
    ["A", "B"],
    ["B", "C"],
    ["X", "Y"],
    ["Y", "X"],
  ]);
  expect(followRedirects(redirects, "A")).toBe("C");
  expect(followRedirects(redirects, "X")).toBeUndefined();
});
