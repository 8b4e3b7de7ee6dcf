import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entity } from "../records/entity.ts";
import { predicates, type Relation } from "../records/relation.ts";
import { clinicGraph } from "./fixtures/clinic.ts";
import { buildGraph } from "./graph.ts";

// Ids whose order by code point and by UTF-16 code unit differ are among them.
const ids = ["a", "b", "\u{1F600} face", "\uFB01 ligature", "Z", "é"];
const entities: Entity[] = ids.map((id) => ({
  id,
  type: "disease",
  typeScore: 1,
  typeReasons: [],
  aliases: [],
  identifiers: {},
  rarity: { score: 0, isRare: false, reasons: [] },
}));
const name = fc.constantFrom(...ids);
const triples = fc.uniqueArray(fc.tuple(name, fc.constantFrom(...predicates), name), {
  maxLength: 40,
  selector: (triple) => triple.join("|"),
});

function relationOf([head, predicate, tail]: readonly [string, Relation["predicate"], string]): Relation {
  const evidence = clinicGraph().relations.values().next().value!.evidence;
  return {
    id: `${head}|${predicate}|${tail}`,
    head,
    predicate,
    tail,
    method: "section",
    confidence: 0.5,
    evidence,
  };
}

const order = (a: Relation, b: Relation): number => {
  for (const key of ["head", "predicate", "tail"] as const)
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  return 0;
};

test("adjacency, lookups and orders are those of a list that is filtered", () => {
  fc.assert(
    fc.property(triples, (list) => {
      const relations = list.map(relationOf);
      const graph = buildGraph(entities, relations);
      const sorted = [...relations].sort(order);
      expect([...graph.relations.values()]).toEqual(sorted);
      expect([...graph.relations.keys()]).toEqual(sorted.map(({ id }) => id));
      for (const id of ids) {
        expect(graph.out(id)).toEqual(sorted.filter(({ head }) => head === id));
        expect(graph.into(id)).toEqual(sorted.filter(({ tail }) => tail === id));
        for (const predicate of predicates) {
          const isIt = (one: Relation): boolean => one.predicate === predicate;
          expect(graph.out(id, predicate)).toEqual(sorted.filter((one) => one.head === id && isIt(one)));
          expect(graph.into(id, predicate)).toEqual(sorted.filter((one) => one.tail === id && isIt(one)));
        }
      }
      for (const one of relations) {
        expect(graph.find(one.head, one.predicate, one.tail)).toEqual(one);
        expect(graph.relations.get(one.id)).toEqual(one);
      }
    }),
    { numRuns: 10 },
  );
});

test("what is not there is not found", () => {
  const graph = clinicGraph();
  expect(graph.find("Gout", "TREATED_WITH", "Salbutamol")).toBeUndefined();
  expect(graph.find("Gout", "TREATED_WITH", "nothing")).toBeUndefined();
  expect(graph.out("nothing")).toEqual([]);
  expect(graph.entities.get("nothing")).toBeUndefined();
  expect(graph.relations.has("nothing")).toBe(false);
  expect(graph.byType("gene").map(({ id }) => id)).toEqual(["ATP7B", "RET"]);
});

test("an unknown end and a repeated triple are mistakes of this program", () => {
  const one = relationOf(["a", "HAS_SYMPTOM", "b"]);
  expect(() => buildGraph(entities, [one, { ...one, id: "other" }])).toThrow(/occurs twice/);
  expect(() => buildGraph(entities, [relationOf(["a", "HAS_SYMPTOM", "?"])])).toThrow(/unknown entity/);
});
