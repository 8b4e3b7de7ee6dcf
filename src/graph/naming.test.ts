/** How entities are called inside a sentence, over the hand-written clinic. */
import { expect, test } from "vitest";
import { clinicGraph } from "./fixtures/clinic.ts";
import { entityNames } from "./naming.ts";

test("common nouns are small inside a sentence, names and acronyms are not", () => {
  const nameOf = entityNames(clinicGraph());
  const names = [
    "Joint pain",
    "Kayser–Fleischer ring",
    "Wilson's disease",
    "CT pulmonary angiography",
    "Gout",
    "Lyme disease",
    "Treponema pallidum",
    "RET",
  ];
  expect(names.map(nameOf)).toEqual([
    "joint pain",
    "Kayser–Fleischer ring",
    "Wilson's disease",
    "CT pulmonary angiography",
    "gout",
    "Lyme disease",
    "Treponema pallidum",
    "RET",
  ]);
});

test("what is not in the graph keeps its title without the bracket", () => {
  expect(entityNames(clinicGraph())("Mercury (element)")).toBe("Mercury");
});
