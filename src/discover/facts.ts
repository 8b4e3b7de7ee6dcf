/**
 * What a page says of its own entity: names, codes, rarity. Relations to other entities are in `relations/`.
 *
 * Invariant: codes are as written in the page; nothing is looked up or mended.
 */
import type { EntityType, Rarity } from "../records/entity.ts";
import { rarityOf, readFrequency } from "./rarity.ts";
import { blocksIn } from "./reading/blocks.ts";
import { boxTypes } from "./typing-tables.ts";
import { flatten } from "./wikitext/plain.ts";
import type { Box, ReadPage } from "./wikitext/sections.ts";
import { sentencesOf } from "./wikitext/sentences.ts";

/** Fields that hold a code, and the name of the vocabulary. */
const codeFields: Readonly<Record<string, string>> = {
  icd10: "ICD-10",
  "icd 10": "ICD-10",
  icd11: "ICD-11",
  "icd 11": "ICD-11",
  icd9: "ICD-9-CM",
  "icd 9": "ICD-9-CM",
  icdo: "ICD-O",
  "icd o": "ICD-O",
  umls: "UMLS",
  meshid: "MeSH",
  mesh: "MeSH",
  omim: "OMIM",
  orphanet: "Orphanet",
  diseasesdb: "DiseasesDB",
  medlineplus: "MedlinePlus",
  loinc: "LOINC",
  "cas number": "CAS",
  pubchem: "PubChem",
  drugbank: "DrugBank",
  unii: "UNII",
  kegg: "KEGG",
  chembl: "ChEMBL",
  symbol: "HGNC symbol",
  uniprot: "UniProt",
};

const nameFields = new Set([
  "name",
  "drug name",
  "synonym",
  "synonyms",
  "tradename",
  "inn",
  "acronym",
  "latin",
  "iupac name",
  "sinonimo1",
]);

/** Boxes that say something about the page's entity: those of the table and the box of codes. */
export function factBoxes(page: ReadPage): readonly Box[] {
  return page.boxes.filter(
    (box) =>
      Object.hasOwn(boxTypes, box.name) || box.name === "medical resources" || box.name.startsWith("infobox"),
  );
}

/** Other names of the entity: of its box and the bold words of the first paragraph. */
export function aliasesOf(title: string, page: ReadPage): string[] {
  const names: string[] = [];
  for (const box of factBoxes(page)) {
    for (const parameter of box.parameters) {
      if (!nameFields.has(parameter.name) || parameter.name === "iupac name") continue;
      const flat = flatten(page.scan, parameter.start, parameter.end);
      names.push(...flat.text.split(/[\n,;]/));
    }
  }
  const lead = page.sections[0];
  if (lead) {
    for (const { flat, kind } of blocksIn(page, lead)) {
      if (kind !== "paragraph") continue;
      const first = sentencesOf(flat.text)[0];
      for (let i = 0; first && i + 1 < flat.bold.length; i += 2) {
        const from = flat.bold[i] as number;
        const to = flat.bold[i + 1] as number;
        if (to <= first.end + 1) names.push(flat.text.slice(from, to));
      }
      break;
    }
  }
  const seen = new Set([title]);
  return names
    .map((name) =>
      name
        .replace(/\([^)]*\)?/g, "")
        .trim()
        .replace(/[.:]$/, ""),
    )
    .filter((name) => name.length >= 2 && name.length <= 80 && !seen.has(name) && seen.add(name));
}

/** The codes of the page's boxes, as written. */
export function identifiersOf(page: ReadPage): Record<string, string> {
  const codes: Record<string, string> = {};
  for (const box of factBoxes(page)) {
    const fields = new Map(box.parameters.map((one) => [one.name, page.scan.text.slice(one.start, one.end)]));
    for (const [field, vocabulary] of Object.entries(codeFields)) {
      const value = codeOf(fields.get(field) ?? "");
      if (value !== "") codes[vocabulary] ??= value;
    }
    const prefix = codeOf(fields.get("atc prefix") ?? "");
    if (/^[A-Z]\d\d/.test(prefix)) codes["ATC"] ??= prefix + codeOf(fields.get("atc suffix") ?? "");
  }
  return codes;
}

/** `{{ICD10|F|84|0|f|80}}` is F84.0, `{{ICD9|299.00}}` 299.00; anything else is taken as it stands. */
function codeOf(written: string): string {
  const template = /\{\{\s*ICD-?(?:10|9|11)(?:CM)?\s*\|([^{}]*)\}\}/i.exec(written);
  if (template) {
    const [chapter = "", number = "", digit = ""] = (template[1] as string)
      .split("|")
      .map((one) => one.trim());
    if (!/^[A-Z]$/i.test(chapter)) return chapter;
    return `${chapter.toUpperCase()}${number}${digit === "" ? "" : `.${digit}`}`;
  }
  const text = written
    .replace(/<!--[\s\S]*?-->|<ref[^>]*\/>|<ref[\s\S]*?<\/ref>|<[^>]*>|\{\{[^{}]*\}\}|\[\[|\]\]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text.length <= 60 ? text : "";
}

/** Rarity of a condition; other entities are neither rare nor common. */
export function rarityOfPage(type: EntityType, page: ReadPage): Rarity {
  if (type !== "disease") return { score: 0.3, isRare: false, reasons: ["rarity is read for diseases only"] };
  for (const box of factBoxes(page)) {
    const field = box.parameters.find((one) => one.name === "frequency" || one.name === "incidenza");
    if (!field) continue;
    const text = flatten(page.scan, field.start, field.end).text.trim();
    if (text !== "") return rarityOf(text, page.categories);
  }
  return rarityOf(statedFrequency(page), page.categories);
}

/** The sentence of the lead or of the section on epidemiology that states a frequency for people in general. */
function statedFrequency(page: ReadPage): string | undefined {
  for (const section of page.sections) {
    if (!/^(?:|epidemiology|frequency|occurrence|prevalence)$/i.test(section.heading)) continue;
    for (const { flat } of blocksIn(page, section)) {
      for (const { start, end } of sentencesOf(flat.text)) {
        const sentence = flat.text.slice(start, end);
        const isGeneral = /\b(?:affects?|occurs?|prevalence|incidence|estimated|people|births|population)\b/i;
        if (!isGeneral.test(sentence) || /%|percent/.test(sentence)) continue;
        if (readFrequency(sentence) !== undefined) return sentence;
      }
    }
  }
  return undefined;
}
