// Qualifiers of hand-made sentences; the thing asked about stands between angle brackets.
import { expect, test } from "vitest";
import { type Qualifiers, qualifiersIn } from "./qualifiers.ts";

function of(marked: string): Qualifiers {
  const start = marked.indexOf("<");
  const end = marked.indexOf(">") - 1;
  return qualifiersIn(marked.replace(/[<>]/g, ""))(start, end);
}

test("frequencies are taken in the page's words, from the clause of the thing", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["<Fever> occurs in 80 % of cases.", "in 80 % of cases"],
    ["<Fever> (80%), rash (about 20%) and cough are seen.", "80%"],
    ["Fever (80%), <rash> (about 20%) and cough are seen.", "about 20%"],
    ["Fever (80%), rash (about 20%) and <cough> are seen.", undefined],
    ["It rarely causes <seizures>.", "rarely"],
    ["Fever is common; <rash> is rare.", "is rare"],
    ["Cough, <fever> and, rarely, rash occur.", undefined],
    ["Cough, fever and, rarely, <rash> occur.", "rarely"],
    ["In most patients <fatigue> comes first.", "In most patients"],
    ["<Stroke> follows in fewer than one in a hundred people.", "in fewer than one in a hundred people"],
    ["Between 5 and 10 percent of children have <deafness>.", "10 percent of children"],
    ["<Fever> is a symptom.", undefined],
    ["Most cases result from <mutations>.", "Most cases"],
    ["Frequent side effects are tiredness and <cough>.", "Frequent"],
    ["<Rash> (rare) and cough occur.", "rare"],
    ["chiefly <Brucella melitensis>", "chiefly"],
  ];
  for (const [text, expected] of cases) expect(of(text).frequency, text).toBe(expected);
});

test("conditions and reserve are told apart from the plain fact", () => {
  expect(of("If left untreated, <blindness> may follow.")).toEqual({
    condition: "If left untreated",
    hedge: "may",
  });
  expect(of("<Jaundice> appears in newborn infants.").condition).toBe("in newborn infants");
  expect(of("It is thought to be caused by <a virus>, but diet plays no part.").hedge).toBe("is thought to");
  expect(of("Smoking is likely a cause; <alcohol> causes it.").hedge).toBeUndefined();
  expect(of("It can cause <rash>.")).toEqual({});
  for (const [text, expected] of [
    ["<Seizures> occur at high levels.", "at high levels"],
    ["<Dyskinesia> (with long use) is feared.", "with long use"],
    ["In liver disease, <cholestyramine> has been tried.", "In liver disease"],
    ["<Heparin> is used for surgical patients.", "for surgical patients"],
    ["<Jaundice> may occur late in the illness.", "late in the illness"],
    ["In addition, <rash> is seen.", undefined],
    ["Among its indications are gout, <asthma> and others.", undefined],
  ] as const)
    expect(of(text).condition, text).toBe(expected);
  // What the sentence states is no condition of what else it states.
  expect(qualifiersIn("Avoided in pregnancy and childhood.", [{ start: 11, end: 20 }])(25, 34)).toEqual({});
});
