// A question whose path walks an edge that the graph does not have gets no trajectory.
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { graphTeacher } from "../models/graph-teacher.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import { writeTrajectories } from "./trajectories.ts";

const teacher = graphTeacher(clinicGraph(), { exploreShare: 1, citeFindings: true });

/** Asks for the drug of gout; `drug` is what the path says it is. */
function question(id: string, drug: string, gold: string): SyntheticQuestion {
  const told = ["Joint pain", "Tophus"];
  const steps = [...told.map((tail) => ["HAS_SYMPTOM", tail]), ["TREATED_WITH", drug]] as [string, string][];
  return {
    id,
    stem: "Joint pain and tophus: which drug is used?",
    options: { A: "heparin", B: "colchicine" },
    gold: [gold],
    language: "en",
    origin: {
      kind: "synthetic",
      type: "symptomsToDrug",
      pathKey: id,
      subject: "Gout",
      hops: 2,
      facts: [],
      path: steps.map(([predicate, tail]) => ({ relation: "r", head: "Gout", predicate, tail })),
      masked: drug,
      optionEntities: { A: "Heparin", B: "Colchicine" },
      distractors: {},
      isRare: false,
    },
    evidence: [],
    licence: "CC0-1.0",
  };
}

test("trajectories are kept when every check holds, and the others are named with what failed", () => {
  const rejected: string[] = [];
  const kept = writeTrajectories(
    [question("right", "Colchicine", "B"), question("no edge", "Heparin", "A")],
    teacher,
    seededRandom(1),
    (item, reason) => rejected.push(`${item}: ${reason}`),
  );
  expect(kept.map((trajectory) => trajectory.question)).toEqual(["right"]);
  expect(rejected).toEqual(["no edge: edge: no such edge"]);
});
