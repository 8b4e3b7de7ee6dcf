/** The linker: names as texts write them, back to their entities, and what is no name. */
import { expect, test } from "vitest";
import { buildGraph } from "../graph/graph.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import { entityLinker } from "./entity-linker.ts";

function entity(id: string, type: EntityType, aliases: string[] = [], zh?: string): Entity {
  return {
    id,
    type,
    typeScore: 1,
    typeReasons: [],
    aliases,
    ...(zh === undefined ? {} : { labels: { zh } }),
    identifiers: {},
    rarity: { score: 0, isRare: false, reasons: [] },
  };
}

const linker = entityLinker(
  buildGraph(
    [
      entity("Crohn's disease", "disease", ["regional ileitis"], "克罗恩病"),
      entity("Haemophilia", "disease", [], "血友病"),
      entity("Pain", "symptom", [], "痛"),
      entity("Chest pain", "symptom", ["Thoracic pain"], "胸痛"),
      entity("Aortic stenosis", "disease", ["AS"]),
      entity("MRI", "test"),
      entity("Rash", "symptom", ["Fever, rash"]),
      entity("Fever", "symptom", ["Pyrexia"]),
      entity("Escherichia coli", "pathogen", ["E. coli"]),
      entity("TNF-α", "gene"),
      entity("Mercury (element)", "concept"),
      entity("Mercury (planet)", "concept"),
      entity("Pregnancy", "concept"),
      entity("Cough", "symptom", ["Fever"]),
    ],
    [],
  ),
);

const found = (text: string): string[] => linker(text).map(({ ids }) => ids.join("|"));

test("names are found in any case, plural, spelling, with accents, hyphens and apostrophes", () => {
  expect(found("CROHN’S DISEASES, hemophilia and thoracic-pain")).toEqual([
    "Crohn's disease",
    "Haemophilia",
    "Chest pain",
  ]);
  expect(found("Crohn disease after an Ｅ．coli infection")).toEqual(["Crohn's disease", "Escherichia coli"]);
  expect(found("TNF-alpha and TNF α")).toEqual(["TNF-α", "TNF-α"]);
});

test("the longest name wins, and its place in the text is told", () => {
  const text = "He has chest pain; no pain else.";
  const places = linker(text).map(({ start, end }) => text.slice(start, end));
  expect(places).toEqual(["chest pain", "pain"]);
});

test("a short name in capitals is met as it is written", () => {
  expect(found("as a sign of AS")).toEqual(["Aortic stenosis"]);
  expect(found("An MRI, not an mri")).toEqual(["MRI"]);
  expect(linker.whole("AS")).toEqual(["Aortic stenosis"]);
  expect(linker.whole("as")).toEqual([]);
});

test("a name reaches across a comma only if it is written with one", () => {
  expect(found("fever, rash and chest, pain")).toEqual(["Rash", "Pain"]);
  expect(found("fever. Rash")).toEqual(["Rash"]);
  expect(found("fever rash")).toEqual(["Fever", "Rash"]);
});

test("namesakes come together, a title before another's alias", () => {
  expect(linker.whole("mercury")).toEqual(["Mercury (element)", "Mercury (planet)"]);
  expect(linker.whole("Mercury (planet)")).toEqual(["Mercury (planet)"]);
  expect(linker.whole("fever")).toEqual(["Fever"]);
  expect(linker.whole("the fever")).toEqual(["Fever"]);
  expect(linker.whole("fever and more")).toEqual([]);
});

test("words that speak of an entity are taken for it", () => {
  expect(found("She is pregnant and febrile")).toEqual(["Pregnancy", "Fever"]);
});

test("Chinese names are found inside running text", () => {
  expect(found("患者因胸痛3天就诊,既往有克罗恩病和血友病")).toEqual([
    "Chest pain",
    "Crohn's disease",
    "Haemophilia",
  ]);
  expect(linker.whole("胸痛")).toEqual(["Chest pain"]);
});
