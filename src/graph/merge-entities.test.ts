import { expect, test } from "vitest";
import type { Entity } from "../records/entity.ts";
import { mergeEntities } from "./merge-entities.ts";

function drug(id: string, pageId: number, codes: Record<string, string>, aliases: string[] = []): Entity {
  return {
    id,
    type: "drug",
    typeScore: 1,
    typeReasons: [],
    aliases,
    identifiers: codes,
    rarity: { score: 0, isRare: false, reasons: [] },
    page: { pageId, revision: 1 },
  };
}

const paracetamol = drug("Paracetamol", 10, { UNII: "362O9ITL9D", ATC: "N02BE01" }, ["Acetaminophen"]);

test("the same code and a shared name make one entity; the older page stays with both pages' names and codes", () => {
  const other = drug("Acetaminophen (drug)", 20, { UNII: "362O9ITL9D", CAS: "103-90-2" }, ["APAP"]);
  for (const order of [
    [paracetamol, other],
    [other, paracetamol],
  ]) {
    const { entities, merged, log } = mergeEntities(order);
    expect([...merged]).toEqual([["Acetaminophen (drug)", "Paracetamol"]]);
    expect(entities.get("Paracetamol")).toMatchObject({
      aliases: ["Acetaminophen", "Acetaminophen (drug)", "APAP"],
      identifiers: { UNII: "362O9ITL9D", ATC: "N02BE01", CAS: "103-90-2" },
    });
    expect(log).toEqual([
      { kept: "Paracetamol", merged: "Acetaminophen (drug)", by: "identifier", detail: "UNII 362O9ITL9D" },
    ]);
  }
});

test("a code of the page that went leads to the one that stays", () => {
  const second = drug("Acetaminophen", 20, { UNII: "362O9ITL9D", CAS: "103-90-2" });
  const third = drug("APAP", 30, { CAS: "103-90-2" }, ["Paracetamol"]);
  const { merged } = mergeEntities([third, second, paracetamol]);
  expect(Object.fromEntries(merged)).toEqual({ Acetaminophen: "Paracetamol", APAP: "Paracetamol" });
});

test.for([
  ["a class of diseases", drug("Acetaminophen", 20, { "ICD-10": "T39.1", ATC: "N02BE01" })],
  ["another code", drug("Acetaminophen", 20, { UNII: "0000000000" })],
  ["no shared name", drug("Propacetamol", 20, { UNII: "362O9ITL9D" })],
  ["another type", { ...drug("Acetaminophen", 20, { UNII: "362O9ITL9D" }), type: "gene" as const }],
] as const)("%s joins nothing", ([, other]) => {
  const own = { ...paracetamol, identifiers: { ...paracetamol.identifiers, "ICD-10": "T39.1" } };
  expect(mergeEntities([own, other]).log).toEqual([]);
});
