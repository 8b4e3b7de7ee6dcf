// The names of boxes as they are written in pages of several languages, each read from a page as the stage reads it.
import { expect, test } from "vitest";
import { boxTypes } from "./typing-tables.ts";
import { isDisambiguation } from "./wikitext/disambiguation.ts";
import { readPage } from "./wikitext/sections.ts";

/** Types that the box of a page allows. */
function typesOf(name: string): unknown {
  const box = readPage(`{{${name}\n| a = b\n}}`).boxes[0];
  return box && Object.hasOwn(boxTypes, box.name) ? boxTypes[box.name] : undefined;
}

const anatomy =
  "anatomy|bone|artery|vein|lymph|muscle|ligament|nerve|neuron|brain|tract|cell|microanatomy|embryology".split(
    "|",
  );

test.each([
  [
    "disease",
    [
      "Infobox medical condition",
      "Infobox medical condition (new)",
      "Infobox disease",
      "Infobox Disease",
      "Infobox_Disease",
      "DiseaseDisorder infobox",
      "Malattia",
      "Choroba infobox",
      "Ficha de enfermedad",
      "Տեղեկաքարտ Հիվանդություն և հիվանդագին վիճակներ",
      "infobox Maladie",
    ],
  ],
  ["drug", ["Infobox drug", "Infobox Drug", "Drugbox", "drugbox"]],
  ["drug class", ["Infobox drug class"]],
  ["symptom", ["Infobox symptom", "SignSymptom infobox", "Infobox Symptom"]],
  ["test", ["Infobox diagnostic", "Diagnostic infobox"]],
  ["procedure", ["Infobox medical intervention", "Infobox interventions", "Interventions infobox"]],
  ["anatomy", ["Infobox Anatomy", ...anatomy.map((part) => `Infobox ${part}`)]],
  ["pathogen", ["Taxobox", "Virusbox", "Speciesbox", "Subspeciesbox", "Infraspeciesbox", "Hybridbox"]],
])("boxes of the type %s are known by their names", (type, names) => {
  for (const name of names) expect(typesOf(name), name).toContain(type);
});

test("boxes of pages that are no medical concept are known too", () => {
  for (const name of ["Infobox pandemic", "Infobox outbreak", "Infobox person", "Infobox German state"])
    expect(typesOf(name), name).toBe("none");
});

test("pages that tell namesakes apart are known by their template, in many languages", () => {
  for (const name of [
    "disambiguation",
    "Disambig",
    "Begriffsklärung",
    "Homonymie",
    "Desambiguación",
    "消歧义",
    "Aimai",
  ]) {
    expect(isDisambiguation(readPage(`'''X''' is\n* [[X (a)]]\n{{${name}}}`)), name).toBe(true);
    expect(typesOf(name), name).toBe("none");
  }
  expect(isDisambiguation(readPage("{{Drugbox}} {{see also|disambiguation}}"))).toBe(false);
});
