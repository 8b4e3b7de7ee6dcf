import { expect, test } from "vitest";
import type { EntityType } from "../../records/entity.ts";
import { indefinite, isPlural, list, withArticle } from "./articles.ts";

test.each([
  ["ulcer", "an ulcer"],
  ["unilateral headache", "a unilateral headache"],
  ["uninfected wound", "an uninfected wound"],
  ["urinary tract infection", "a urinary tract infection"],
  ["umbilical hernia", "an umbilical hernia"],
  ["uterine mass", "a uterine mass"],
  ["undescended testis", "an undescended testis"],
  ["hourly drip", "an hourly drip"],
  ["European bat virus", "a European bat virus"],
  ["MRI", "an MRI"],
  ["CT scan", "a CT scan"],
  ["X-ray", "an X-ray"],
  ["S3 gallop", "an S3 gallop"],
  ["T wave", "a T wave"],
  ["mRNA vaccine", "an mRNA vaccine"],
  ["pH probe", "a pH probe"],
  ["IgA deposit", "an IgA deposit"],
  ["HIV antibody test", "an HIV antibody test"],
  ["HELLP syndrome", "a HELLP syndrome"],
  ["18-year-old", "an 18-year-old"],
  ["11-month-old", "an 11-month-old"],
  ["80-year-old", "an 80-year-old"],
  ["8-day-old", "an 8-day-old"],
  ["17-hydroxylase test", "a 17-hydroxylase test"],
  ["110-metre walk", "a 110-metre walk"],
  ["5α-reductase inhibitor", "a 5α-reductase inhibitor"],
  ["α wave", "an α wave"],
  ["β wave", "a β wave"],
])("the article of %s goes by its sound", (text, expected) => {
  expect(indefinite(text)).toBe(expected);
});

test.each<[EntityType, string, string]>([
  ["sign", "fever", "fever"],
  ["sign", "rash", "a rash"],
  ["sign", "weight loss", "weight loss"],
  ["sign", "enlarged lymph nodes", "enlarged lymph nodes"],
  ["sign", "absent pedal pulse", "an absent pedal pulse"],
  ["sign", "scaling of the skin", "scaling of the skin"],
  ["sign", "acanthosis nigricans", "acanthosis nigricans"],
  ["sign", "Kayser–Fleischer ring", "a Kayser–Fleischer ring"],
  ["sign", "Cullen's sign", "Cullen's sign"],
  ["sign", "Nikolsky sign", "the Nikolsky sign"],
  ["symptom", "loss of appetite", "loss of appetite"],
  ["symptom", "sore throat", "a sore throat"],
  ["symptom", "headache", "a headache"],
  ["symptom", "night sweats", "night sweats"],
  ["symptom", "jaw pain on chewing", "jaw pain on chewing"],
  ["symptom", "itch", "an itch"],
  ["finding", "bamboo spine", "a bamboo spine"],
  ["finding", "Kerley lines", "Kerley lines"],
  ["finding", "pyuria", "pyuria"],
  ["finding", "string of pearls sign", "a string of pearls sign"],
  ["finding", "Reed–Sternberg cell", "a Reed–Sternberg cell"],
  ["finding", "lobar consolidation", "lobar consolidation"],
  ["disease", "asthma", "asthma"],
  ["disease", "common cold", "the common cold"],
  ["disease", "hip fracture", "a hip fracture"],
  ["disease", "urinary tract infection", "a urinary tract infection"],
  ["disease", "adrenal adenoma", "an adrenal adenoma"],
  ["disease", "diabetes", "diabetes"],
  ["disease", "leg ulcers", "leg ulcers"],
  ["drug", "methotrexate", "methotrexate"],
  ["drug class", "ACE inhibitor", "an ACE inhibitor"],
  ["drug class", "antibiotics", "antibiotics"],
  ["drug class", "enzyme replacement therapy", "enzyme replacement therapy"],
  ["test", "liver biopsy", "a liver biopsy"],
  ["test", "spirometry", "spirometry"],
  ["test", "computed tomography of the head", "computed tomography of the head"],
  ["risk factor", "tick bite", "a tick bite"],
  ["risk factor", "recent viral illness", "a recent viral illness"],
  ["risk factor", "smoking", "smoking"],
  ["procedure", "blood transfusion", "a blood transfusion"],
  ["procedure", "surgery", "surgery"],
  ["gene", "HLA-B27", "HLA-B27"],
  ["pathogen", "Escherichia coli", "Escherichia coli"],
  ["anatomy", "liver", "the liver"],
])("a %s: %s", (type, text, expected) => {
  expect(withArticle({ text, type })).toBe(expected);
});

test("words that end in s are not all plural, and some plurals do not", () => {
  for (const text of ["palpitations", "dry eyes", "purple striae", "viruses", "loose teeth", "petechiae"])
    expect(isPlural(text), text).toBe(true);
  for (const text of ["ascites", "diabetes", "sepsis", "tinnitus", "loss of teeth", "exophthalmos", "gas"])
    expect(isPlural(text), text).toBe(false);
});

test("lists have no comma before the last", () => {
  expect(list([])).toBe("");
  expect(list(["a"])).toBe("a");
  expect(list(["a", "b", "c"])).toBe("a, b and c");
  expect(list(["a", "b"], "or")).toBe("a or b");
});
