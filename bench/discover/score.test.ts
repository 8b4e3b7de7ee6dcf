// The scores of a page of six labels, counted by hand, and of the readings that a page about nothing medical allows.
import { expect, test } from "vitest";
import { buildGraph } from "../../src/graph/graph.ts";
import type { Entity, EntityType } from "../../src/records/entity.ts";
import type { Predicate, Relation, RelationEvidence } from "../../src/records/relation.ts";
import { goldPage } from "./gold.ts";
import { scoreGraph } from "./score.ts";

function entity(id: string, type: EntityType, more: Partial<Entity> = {}): Entity {
  return {
    id,
    type,
    typeScore: 1,
    typeReasons: ["written for the test"],
    aliases: [],
    identifiers: {},
    rarity: { score: 0, isRare: false, reasons: [] },
    ...more,
  };
}

function relation(
  head: string,
  predicate: Predicate,
  tail: string,
  page: string,
  ...places: Partial<RelationEvidence>[]
): Relation {
  const evidence = places.map((place) => ({
    kind: "page" as const,
    page,
    pageId: 1,
    revision: 1,
    section: "",
    start: 0,
    end: 1,
    quote: tail,
    licence: "CC BY 4.0",
    method: "section" as const,
    confidence: 0.9,
    ...place,
  }));
  return {
    id: `${head} ${predicate} ${tail}`,
    head,
    predicate,
    tail,
    method: "section",
    confidence: 0.9,
    evidence,
  };
}

const ague = goldPage(
  "ague.yaml",
  {
    title: "Ague",
    source: "gold",
    type: "disease",
    infobox: { HAS_SYMPTOM: ["Fever", "Chills | Rigor"] },
    text: {
      HAS_SYMPTOM: ["Fever"],
      TREATED_WITH: ["Quinine"],
      "^SUBTYPE_OF": ["Quartan ague"],
      unlinked: { TREATED_WITH: ["Cinchona bark"] },
    },
    either: { HAS_COMPLICATION: ["Anemia"] },
    types: {
      "symptom | sign": ["Fever", "Rigor"],
      drug: ["Quinine", "Cinchona bark"],
      disease: ["Quartan ague"],
    },
    attributes: [
      ["HAS_SYMPTOM", "Fever", { frequency: "in 90 % of cases", hedge: "may" }],
      ["TREATED_WITH", "Cinchona bark", { condition: "in Peru" }],
    ],
    not: [
      ["CAUSED_BY", "Swamp air"],
      ["TREATED_WITH", "Mercury"],
    ],
    notEntities: ["Peru"],
  },
  "'''Ague''' is treated with [[quinine]] and cinchona bark.",
);

test("precision and recall are those counted by hand", () => {
  const box = { method: "infobox" as const, section: "infobox:symptoms" };
  const graph = buildGraph(
    [
      entity("Ague", "disease", { page: { pageId: 1, revision: 1 } }),
      entity("Fever", "sign"),
      entity("Rigor", "disease", { aliases: ["Chills"] }),
      entity("Quinine", "drug"),
      entity("Mercury", "drug"),
      entity("Anemia", "disease"),
      entity("Quartan ague", "disease"),
      entity("Cough", "symptom"),
      entity("Malaria", "disease"),
    ],
    [
      relation("Ague", "HAS_SYMPTOM", "Fever", "Ague", box, { frequency: "in 90&nbsp;% of cases" }),
      relation("Ague", "HAS_SYMPTOM", "Rigor", "Ague", box),
      relation("Ague", "HAS_SYMPTOM", "Cough", "Ague", box),
      // A fact and its mirror, once each; the drug's page is another one.
      relation("Ague", "TREATED_WITH", "Quinine", "Ague", { method: "sentence" }),
      relation("Quinine", "TREATS", "Ague", "Ague", { method: "sentence" }),
      relation("Quinine", "TREATS", "Malaria", "Quinine", { method: "sentence" }),
      relation("Ague", "TREATED_WITH", "Mercury", "Ague", {}),
      relation("Ague", "HAS_COMPLICATION", "Anemia", "Ague", {}),
      relation("Quartan ague", "SUBTYPE_OF", "Ague", "Ague", {}),
    ],
  );
  const score = scoreGraph(graph, [ague]);
  expect(score.infobox).toEqual({ precision: { right: 2, of: 3 }, recall: { right: 2, of: 2 } });
  // Fever, Quinine and Quartan ague are right, Mercury is wrong, Anemia is neither.
  expect(score.text).toEqual({ precision: { right: 3, of: 4 }, recall: { right: 3, of: 4 } });
  expect(score.section.precision).toEqual({ right: 2, of: 3 });
  expect(score.sentence.precision).toEqual({ right: 1, of: 1 });
  expect(score.textLinked).toEqual({ right: 3, of: 3 });
  expect(score.textUnlinked).toEqual({ right: 0, of: 1 });
  expect(score.sources.gold).toEqual({ infobox: score.infobox, text: score.text });
  expect(score.sources.samples.text.recall).toEqual({ right: 0, of: 0 });
  expect(score.predicates["TREATED_WITH"]?.text).toEqual({
    precision: { right: 1, of: 2 },
    recall: { right: 1, of: 2 },
  });
  expect(score.deniedTaken).toEqual({ right: 1, of: 2 });
  expect(score.pageTypes).toEqual({ right: 1, of: 1 });
  // Cinchona bark is no entity; Rigor is one of a wrong type.
  expect(score.tailsFound).toEqual({ right: 4, of: 5 });
  expect(score.tailTypes).toEqual({ right: 3, of: 4 });
  // Ague, Fever, Quinine and Quartan ague of these and Rigor, Cough, Mercury.
  expect(score.typedEntities).toEqual({ precision: { right: 4, of: 7 }, recall: { right: 4, of: 6 } });
  expect(score.attributes.frequency).toEqual({ right: 1, of: 1 });
  expect(score.attributes.hedge).toEqual({ right: 0, of: 1 });
  expect(score.attributes.condition).toEqual({ right: 0, of: 0 });
  expect(score.keptOut).toEqual({ right: 1, of: 1 });
  expect(score.mistakes.filter(({ kind }) => kind === "wrong").map(({ what }) => what)).toEqual([
    "HAS_SYMPTOM Cough",
    "TREATED_WITH Mercury",
  ]);
});

test("whatever is read from a page about nothing medical is wrong", () => {
  const person = goldPage("ada.yaml", { title: "Ada", source: "gold", type: "notMedical" }, "Ada had ague.");
  const graph = buildGraph(
    [
      entity("Ada", "drug", { page: { pageId: 2, revision: 1 } }),
      entity("Ague", "disease"),
      entity("Fever", "symptom"),
    ],
    [
      relation("Ada", "TREATS", "Ague", "Ada", {}),
      relation("Ague", "TREATED_WITH", "Ada", "Ada", {}),
      relation("Ague", "HAS_SYMPTOM", "Fever", "Ada", {}),
    ],
  );
  const score = scoreGraph(graph, [person]);
  expect(score.keptOut).toEqual({ right: 0, of: 1 });
  expect(score.text.precision.right).toBe(0);
  expect(score.mistakes.filter(({ kind }) => kind === "wrong").map(({ what }) => what)).toContain(
    "(Ague) HAS_SYMPTOM Fever",
  );
});

test("a label without a type, or of no predicate, is told at once", () => {
  const base = { title: "Ague", source: "gold", type: "disease" };
  expect(() => goldPage("a.yaml", { ...base, infobox: { HAS_SYMPTOM: ["Fever"] } }, "")).toThrow(/no type/);
  expect(() => goldPage("a.yaml", { ...base, text: { HAS_FEVER: ["Fever"] } }, "")).toThrow(/predicate/);
});
