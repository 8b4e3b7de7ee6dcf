/** Questions from the hand-written clinic: unique, sensible, reproducible, and checked on the graph by other means. */
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { buildGraph } from "../graph/graph.ts";
import { entityNames } from "../graph/naming.ts";
import { synthesizeSection } from "../recipe/sections/synthesize.ts";
import { questionSchema } from "../records/question.ts";
import { containsWords, normaliseText } from "../verify/text.ts";
import { growQuestions } from "./grow.ts";
import { sharesWord } from "./plan.ts";

const graph = clinicGraph();
const settings = { ...synthesizeSection.parse({}), minPathsPerType: 0 };
const { questions, coverage } = growQuestions(graph, settings, 1);

test("the clinic gives questions of every type, at most the set number a path", () => {
  expect(Object.keys(coverage.types).length).toBeGreaterThanOrEqual(15);
  expect(coverage.paths).toBeGreaterThan(120);
  const perPath = new Map<string, number>();
  for (const { origin } of questions) perPath.set(origin.pathKey, (perPath.get(origin.pathKey) ?? 0) + 1);
  expect(Math.max(...perPath.values())).toBe(settings.wordings);
  expect(new Set(questions.map((question) => question.id)).size).toBe(questions.length);
});

test("every question fits the schema and walks edges of the graph in order", () => {
  for (const question of questions) {
    questionSchema.parse(question);
    for (const step of question.origin.path)
      expect(graph.find(step.head, step.predicate as never, step.tail)?.id).toBe(step.relation);
    expect(question.evidence.length).toBe(question.origin.path.length);
    expect(question.origin.optionEntities[question.gold[0]!]).toBe(question.origin.masked);
  }
});

test("told symptoms belong to one disease of the whole graph", () => {
  for (const { origin } of questions) {
    const symptoms = origin.path.filter((step) => step.predicate === "HAS_SYMPTOM").map((step) => step.tail);
    if (symptoms.length === 0) continue;
    const fitting = graph
      .byType("disease")
      .filter((one) =>
        symptoms.every((tail) =>
          graph.out(one.id).some((r) => r.tail === tail && r.predicate === "HAS_SYMPTOM"),
        ),
      );
    expect(fitting.map((one) => one.id)).toEqual([origin.subject]);
  }
});

test("no other option stands in the asked relation to the subject", () => {
  for (const { origin } of questions) {
    const last = origin.path.at(-1)!;
    if (/Avoid|Usable|diagnosis/.test(origin.type)) continue;
    const viaDrug = /SideEffect|DrugClass/.test(origin.type);
    const heads = viaDrug ? graph.out(origin.subject, "TREATED_WITH").map((r) => r.tail) : [origin.subject];
    for (const entity of Object.values(origin.optionEntities)) {
      const isTrue = heads.some((head) => graph.find(head, last.predicate as never, entity) !== undefined);
      expect([origin.pathKey, entity, isTrue]).toEqual([origin.pathKey, entity, entity === origin.masked]);
    }
  }
});

test("of a pair of conditions only the answer fulfils both", () => {
  const pairs = questions.filter(({ origin }) => /Avoid|Usable/.test(origin.type));
  expect(pairs.length).toBeGreaterThan(20);
  for (const { origin } of pairs) {
    const condition = origin.shown.at(-1)!;
    const wanted = origin.type.endsWith("Avoid");
    const right = Object.values(origin.optionEntities).filter(
      (drug) =>
        graph.find(origin.subject, "TREATED_WITH", drug) !== undefined &&
        (graph.find(drug, "CONTRAINDICATED_IN", condition) !== undefined) === wanted,
    );
    expect(right).toEqual([origin.masked]);
  }
});

test("stems are short, end in a question mark, and do not give the answer away", () => {
  for (const question of questions) {
    const answer = question.options[question.gold[0]!]!;
    expect(question.stem.split(" ").length).toBeLessThanOrEqual(32);
    expect(question.stem).toMatch(/^[A-Z].*\?$/);
    expect(containsWords(normaliseText(question.stem), normaliseText(answer))).toBe(false);
  }
  expect(sharesWord("iron-deficiency anemia", "iron supplement")).toBe(true);
  expect(sharesWord("chest pain", "abdominal pain")).toBe(false);
});

test("the answer stands in every position about equally often", () => {
  for (const letter of "ABCD") {
    const share = (coverage.goldLetters[letter] ?? 0) / questions.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.04);
  }
});

test("the same seed gives the same questions, another seed others", () => {
  expect(growQuestions(graph, settings, 1).questions).toEqual(questions);
  expect(growQuestions(graph, settings, 2).questions).not.toEqual(questions);
});

test("relations of little confidence are not walked or told", () => {
  const weak = buildGraph(
    graph.entities.values(),
    [...graph.relations.values()].map((one) =>
      one.tail === "Colchicine" || one.tail === "Fever" ? { ...one, confidence: 0.6 } : one,
    ),
  );
  for (const { origin } of growQuestions(weak, settings, 1).questions) {
    const walked = origin.path.map((step) => step.tail);
    expect(walked).not.toContain("Colchicine");
    expect(walked).not.toContain("Fever");
    // What is doubtful is not asked for, and not called wrong of its own disease either.
    if (origin.subject === "Gout" && origin.type === "nameToDrug")
      expect(Object.values(origin.optionEntities)).not.toContain("Colchicine");
  }
});

test("a limit on paths takes more rare subjects than the graph has on average", () => {
  const few = growQuestions(graph, { ...settings, maxPaths: 40, rareShare: 0.9 }, 3).coverage;
  expect(few.paths).toBe(40);
  expect(few.rareShare).toBeGreaterThan(coverage.rareShare);
});

test("common nouns are small inside a sentence, names and acronyms are not", () => {
  const nameOf = entityNames(graph);
  expect(
    [
      "Joint pain",
      "Kayser–Fleischer ring",
      "Wilson's disease",
      "CT pulmonary angiography",
      "Gout",
      "Lyme disease",
      "Treponema pallidum",
      "RET",
    ].map(nameOf),
  ).toEqual([
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
