// Two questions written by hand on the clinic; what the teacher says is held against the graph's own relations.
import { expect, test } from "vitest";
import { seededRandom } from "../base/random.ts";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import type { SyntheticQuestion } from "../records/question.ts";
import { readAnswer } from "../verify/answer.ts";
import { rewardOf } from "../verify/reward.ts";
import { canBeTaught, graphTeacher } from "./graph-teacher.ts";

const graph = clinicGraph();

const pseudogout = questionOf({
  stem: "A patient has joint pain, joint swelling and morning stiffness. Which drug is used?",
  options: { A: "colchicine", B: "heparin", C: "naproxen", D: "isoniazid" },
  gold: "C",
  path: [
    ["Pseudogout", "HAS_SYMPTOM", "Joint pain"],
    ["Pseudogout", "HAS_SYMPTOM", "Joint swelling"],
    ["Pseudogout", "HAS_SYMPTOM", "Morning stiffness"],
    ["Pseudogout", "TREATED_WITH", "Naproxen"],
  ],
});
const tuberculosis = questionOf({
  stem: "Cough, night sweats and hemoptysis: which test confirms the condition?",
  options: { A: "sputum culture", B: "blood culture", C: "spirometry", D: "TSH measurement" },
  gold: "A",
  path: [
    ["Tuberculosis", "HAS_SYMPTOM", "Cough"],
    ["Tuberculosis", "HAS_SYMPTOM", "Night sweats"],
    ["Tuberculosis", "HAS_SYMPTOM", "Hemoptysis"],
    ["Tuberculosis", "DIAGNOSED_BY", "Sputum culture"],
  ],
});

function questionOf(parts: {
  readonly stem: string;
  readonly options: Readonly<Record<string, string>>;
  readonly gold: string;
  readonly path: readonly (readonly [string, string, string])[];
}): SyntheticQuestion {
  const [subject] = parts.path[0]!;
  const masked = parts.path.at(-1)![2];
  return {
    id: `q-${subject}`,
    stem: parts.stem,
    options: { ...parts.options },
    gold: [parts.gold],
    language: "en",
    origin: {
      kind: "synthetic",
      type: "hand-written",
      pathKey: subject,
      subject,
      hops: 2,
      facts: parts.path
        .filter(([, predicate]) => predicate === "HAS_SYMPTOM")
        .map(([, , entity]) => ({ say: "has", entity, predicate: "HAS_SYMPTOM" })),
      path: parts.path.map(([head, predicate, tail]) => ({ relation: "r", head, predicate, tail })),
      masked,
      optionEntities: {},
      distractors: {},
      isRare: false,
    },
    evidence: [],
    licence: "CC0-1.0",
  };
}

test.each([
  ["pseudogout", pseudogout],
  ["tuberculosis", tuberculosis],
])(
  "the trajectory of %s names the answer while thinking, ends with it, and every check holds",
  (_, question) => {
    for (const exploreShare of [0, 1])
      for (const citeFindings of [false, true]) {
        const teach = graphTeacher(graph, { exploreShare, citeFindings });
        const trajectory = teach(question, seededRandom(1));
        const answer = question.options[question.gold[0]!]!;
        const [, thinking, said] = /^<think> (.*)<\/think><answer> (.*)<\/answer>$/u.exec(trajectory.reply)!;
        expect(thinking!.toLowerCase()).toContain(answer);
        expect(thinking!.toLowerCase().endsWith(`${answer}.`)).toBe(true);
        expect([said, trajectory.answer]).toEqual([answer, answer]);
        const checks = trajectory.turns.flatMap((turn) => turn.checks);
        expect(checks.filter((check) => !check.passed)).toEqual([]);
        // One check an edge of the path, each resting on that very relation; one more where it steps back.
        const rests = checks.flatMap((check) => check.evidence ?? []).map((id) => graph.relations.get(id)!);
        expect(rests.map(({ head, predicate, tail }) => [head, predicate, tail])).toEqual(
          question.origin.path.map(({ head, predicate, tail }) => [head, predicate, tail]),
        );
        expect(checks).toHaveLength(question.origin.path.length + exploreShare);
        const { options } = question;
        const asked = { options, mode: "strict" as const, finish: "stop" as const, multi: false };
        expect(readAnswer(trajectory.reply, asked).letters).toEqual(question.gold);
        expect(rewardOf({ question, reply: trajectory.reply, finish: "stop" }).total).toBeCloseTo(1.1, 12);
      }
  },
);

test("it steps back from the condition that shares most findings, for one that this condition lacks", () => {
  const teach = graphTeacher(graph, { exploreShare: 1, citeFindings: true });
  const turnOf = (question: SyntheticQuestion): string =>
    teach(question, seededRandom(2)).turns.find((turn) => turn.kind === "backtrack")!.text;
  // Gout and rheumatoid arthritis share two of the three findings and are as common; gout comes first by name.
  expect(turnOf(pseudogout)).toBe("gout lacks morning stiffness, so it is pseudogout");
  expect(graph.find("Gout", "HAS_SYMPTOM", "Morning stiffness")).toBeUndefined();
  expect(graph.find("Pseudogout", "HAS_SYMPTOM", "Morning stiffness")).toBeDefined();
  // Asthma, brucellosis and pulmonary embolism share one each; brucellosis is rare, asthma comes first by name.
  expect(turnOf(tuberculosis)).toBe("asthma lacks night sweats, so it is tuberculosis");
  expect(graph.find("Asthma", "HAS_SYMPTOM", "Night sweats")).toBeUndefined();
});

test("a contradiction that the graph does not bear out fails its check", () => {
  const all = { ...graph, has: () => true };
  const { turns } = graphTeacher(all, { exploreShare: 1, citeFindings: true })(pseudogout, seededRandom(2));
  expect(turns.find(({ kind }) => kind === "backtrack")?.checks).toEqual([
    {
      name: "contradiction",
      passed: false,
      found: 'the graph has an edge "Gout" HAS_SYMPTOM "Morning stiffness"',
    },
  ]);
});

test("it explores as often as the recipe says, and the same seed gives the same words", () => {
  const teach = graphTeacher(graph, { exploreShare: 0.3, citeFindings: true });
  const random = seededRandom(3);
  const trajectories = Array.from({ length: 2000 }, () => teach(pseudogout, random));
  const share =
    trajectories.filter(({ turns }) => turns.some(({ kind }) => kind === "backtrack")).length / 2000;
  // One deviation is 0.01.
  expect(Math.abs(share - 0.3)).toBeLessThan(0.04);
  expect(teach(pseudogout, seededRandom(9))).toEqual(teach(pseudogout, seededRandom(9)));
});

test("of an exception it names what is linked and ends with what is not", () => {
  const question = questionOf({
    stem: "Which of the following is NOT a symptom of asthma?",
    options: { A: "cough", B: "wheeze", C: "tremor", D: "chest tightness" },
    gold: "C",
    path: [
      ["Asthma", "HAS_SYMPTOM", "Cough"],
      ["Asthma", "HAS_SYMPTOM", "Wheeze"],
      ["Asthma", "HAS_SYMPTOM", "Chest tightness"],
    ],
  });
  const origin = {
    ...question.origin,
    masked: "Tremor",
    facts: [{ say: "name" as const, entity: "Asthma" }],
  };
  const { turns, reply } = graphTeacher(graph, { exploreShare: 0, citeFindings: true })(
    { ...question, origin },
    seededRandom(1),
  );
  expect(turns.map(({ checks }) => checks.map(({ passed }) => passed))).toEqual([
    [true],
    [true],
    [true],
    [true],
  ]);
  expect(turns.at(-1)?.checks[0]?.found).toBe('the graph has no edge "Asthma" HAS_SYMPTOM "Tremor"');
  expect(reply).toMatch(/joins asthma and tremor\.<\/think><answer> tremor<\/answer>$/);
});

test("of facts of several kinds it checks each and ends with the disease", () => {
  const question = questionOf({
    stem: "Which disease has headache, arises from catecholamine excess and shows an adrenal mass?",
    options: { A: "gout", B: "pheochromocytoma", C: "asthma", D: "syphilis" },
    gold: "B",
    path: [
      ["Pheochromocytoma", "HAS_MECHANISM", "Catecholamine excess"],
      ["Pheochromocytoma", "HAS_FINDING", "Adrenal mass"],
    ],
  });
  const origin = { ...question.origin, masked: "Pheochromocytoma" };
  const { turns, reply } = graphTeacher(graph, { exploreShare: 0, citeFindings: true })(
    { ...question, origin },
    seededRandom(1),
  );
  expect(turns.flatMap(({ checks }) => checks).every(({ passed }) => passed)).toBe(true);
  expect(reply).toMatch(/fits pheochromocytoma\.<\/think>/);
});

test("a question whose label was corrected away from its path, or of another language, is not taught", () => {
  expect(canBeTaught(pseudogout)).toBe(true);
  expect(canBeTaught({ ...pseudogout, language: "zh" })).toBe(false);
  expect(canBeTaught({ ...pseudogout, origin: { ...pseudogout.origin, masked: "Colchicine" } })).toBe(false);
});
