/** Claims against the hand-written graph: many wordings of what it has, denies, has otherwise, or does not have. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { clinicGraph } from "../../graph/fixtures/clinic.ts";
import { factClause, sentencesOf, symptomClause } from "../../graph/verbalise.ts";
import type { Check } from "../../records/check.ts";
import { claimChecker } from "./claims.ts";

const graph = clinicGraph();
const open = claimChecker(graph);
const closed = claimChecker(graph, { world: "closed" });
const question = { stem: "", options: {}, language: "en" as const };
const look = (text: string, check = open): readonly Check[] => check({ text, question, letters: [] });
const found = (text: string, check = open): string => look(text, check)[0]!.found;
const isContradicted = (text: string, check = open): boolean => !look(text, check)[0]!.passed;

test("an edge supports a claim in any of its wordings, and its id is the evidence", () => {
  const [check] = look("Gout is treated with colchicine.");
  expect(check).toMatchObject({ name: "claims", passed: true, found: "1 supported, 0 unknown" });
  expect(check!.evidence).toBe(graph.find("Gout", "TREATED_WITH", "Colchicine")!.id);
});

test.each([
  "Colchicine is first-line for gout.",
  "The drug of choice for podagra is colchicine.",
  "Patients with gout should receive colchicine.",
  "Wilson's disease is caused by mutations in ATP7B.",
  "Dyspnea is a typical symptom of asthma.",
  "The absence of fever argues against tuberculosis.",
  "TSH measurement confirms hypothyroidism.",
  "To confirm hypothyroidism, we order TSH measurement.",
  "Doxycycline must be avoided in pregnancy.",
  "Isoniazid has the side effect peripheral neuropathy.",
  "Propranolol is a beta blocker.",
  "Tuberculosis may be complicated by pleural effusion.",
  "Diarrhea can be caused by colchicine.",
  "In pregnancy, methotrexate is contraindicated.",
  "Methotrexate should not be given in pregnancy.",
  "Erythema migrans is the hallmark of Lyme disease.",
])("supported: %s", (text) => {
  expect(found(text)).toMatch(/^[1-9]\d* supported, 0 unknown$/);
});

test.each([
  "Gout isn't treated with colchicine.",
  "Colchicine has no role in the treatment of gout.",
  "If I remember rightly, colchicine is not used in gout.",
  "For gout, colchicine is not something anyone gives.",
  "Warfarin is regarded as harmless in pregnancy.",
  "Pregnancy is no obstacle to methotrexate.",
  "If it is asthma, I would wait; gout is not treated with colchicine.",
  "Colchicine is useless against gout.",
  "Neither naproxen nor colchicine helps in gout.",
  "It is not true that gout is treated with colchicine.",
  "Colchicine is contraindicated in gout.",
  "Methotrexate is safe in pregnancy.",
  "In pregnancy, warfarin is the drug of choice.",
  "Doxycycline may be given in pregnancy without concern.",
  "Pregnancy does not rule out methotrexate.",
  "Tuberculosis lacks night sweats.",
  "Night sweats argue against tuberculosis.",
  "Hemoptysis is not a feature of tuberculosis.",
  "No patient with asthma has wheeze.",
  "There is no link between asthma and wheeze.",
  "Colchicine does not cause diarrhea.",
  "Diarrhea is not among the side effects of colchicine.",
  "Spirometry plays no part in the work-up of asthma.",
  "Asthma cannot be confirmed with spirometry.",
  "Tuberculosis is not caused by Mycobacterium tuberculosis.",
  "Tuberculosis never leads to pleural effusion.",
  "Propranolol is not a beta blocker.",
  "The findings suggest gout. It is not treated with colchicine.",
  "Gout is treated with colchicine, which does not cause diarrhea.",
])("a denied edge, or its opposite: %s", (text) => {
  expect(isContradicted(text)).toBe(true);
});

test.each([
  "Syphilis is caused by Mycobacterium tuberculosis.",
  "Propranolol belongs to the corticosteroids.",
  "Syphilis, caused by Mycobacterium tuberculosis, begins with an ulcer.",
  "As a corticosteroid, propranolol would be the natural choice.",
  "Gout arises from copper accumulation.",
  "Chancre is the hallmark of gout.",
  "Wilson's disease is due to RET.",
])("another value of what has one value: %s", (text) => {
  expect(isContradicted(text)).toBe(true);
});

test.each([
  "Gout is treated with isoniazid.",
  "Asthma presents with night sweats.",
  "Hyperpigmentation is a symptom of gout.",
  "Tuberculosis is treated with propranolol.",
])("only a closed world contradicts what the graph merely lacks: %s", (text) => {
  expect(found(text)).toBe("0 supported, 1 unknown");
  expect(isContradicted(text, closed)).toBe(true);
});

test.each([
  "The patient does not have a fever, so tuberculosis is less likely.",
  "Not every patient with gout has fever.",
  "Gout does not always present with fever.",
  "Fever alone does not prove tuberculosis.",
  "Fever is not specific for tuberculosis.",
  "A negative sputum culture does not rule out tuberculosis.",
  "Tuberculosis is not the only cause of night sweats.",
  "If this were gout, colchicine would not help.",
  "Is gout not treated with colchicine?",
  "Isoniazid is never given alone for active tuberculosis.",
  "Colchicine is not used for chronic gout.",
  "The fever is not due to gout but to the infection.",
  "His cough is not explained by tuberculosis, since the culture is negative.",
  "It is tempting to say that warfarin is safe in pregnancy, but it is contraindicated.",
  "Warfarin is safe in pregnancy. Wait, no: warfarin is contraindicated in pregnancy.",
  "Isoniazid-induced fever is not a symptom of gout.",
  "Colchicine treats gout rather than tuberculosis.",
  "Because he has no night sweats, tuberculosis seems less likely than asthma.",
  "Tuberculosis without fever is possible in the elderly.",
  "Wheeze is not typical of tuberculosis.",
])("no claim, or none that an edge denies: %s", (text) => {
  expect(isContradicted(text)).toBe(false);
  expect(isContradicted(text, closed)).toBe(false);
});

test("a fault tells the words, the edge and the place", () => {
  const text = "This is gout. Gout is not treated with colchicine.";
  const [check, ...rest] = look(text);
  expect(rest).toEqual([]);
  expect(check).toEqual({
    name: "claims",
    passed: false,
    found: '"Gout is not treated with colchicine": the graph has "Gout" TREATED_WITH "Colchicine"',
    evidence: graph.find("Gout", "TREATED_WITH", "Colchicine")!.id,
    span: [text.indexOf("Gout is"), text.length - 1],
  });
});

test("every sentence that the graph teacher can say passes, in both worlds", () => {
  for (const { head, predicate, tail } of graph.relations.values()) {
    const clause =
      predicate === "HAS_SYMPTOM" ? symptomClause(head, [tail]) : factClause(head, predicate, tail);
    const text = sentencesOf([clause]);
    expect([text, isContradicted(text), isContradicted(text, closed)]).toEqual([text, false, false]);
  }
});

test("any text is read without a throw, and spans lie in it", () => {
  const words = [
    "gout",
    "colchicine",
    "is",
    "not",
    "treated with",
    ",",
    "which",
    "it",
    "¬",
    "@0",
    "fever",
    "and",
    ".",
    "no",
    "causes",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 24 }),
      (parts) => {
        const text = parts.join(" ");
        for (const { span } of look(text, closed))
          if (span) expect(span[0] < span[1] && span[1] <= text.length).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test("Chinese claims are read by the commonest wordings", () => {
  const [gout, colchicine] = [graph.entities.get("Gout")!, graph.entities.get("Colchicine")!];
  expect(gout && colchicine).toBeDefined();
  expect(isContradicted("Gout不用colchicine治疗。")).toBe(true);
  expect(found("Gout可用colchicine治疗。")).toBe("1 supported, 0 unknown");
  expect(isContradicted("Colchicine不会引起diarrhea。")).toBe(true);
});
