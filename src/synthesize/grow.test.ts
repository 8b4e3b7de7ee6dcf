/** Questions from the hand-written clinic: unique, sensible, reproducible, and checked on the graph by other means. */
import { expect, test } from "vitest";
import { clinicGraph } from "../graph/fixtures/clinic.ts";
import { buildGraph, type KnowledgeGraph } from "../graph/graph.ts";
import { type SynthesizeSection, synthesizeSection } from "../recipe/sections/synthesize.ts";
import { questionSchema, type SyntheticQuestion } from "../records/question.ts";
import { containsWords, normaliseText } from "../verify/text.ts";
import type { CoverageReport } from "./coverage.ts";
import { tellingWords } from "./giveaway.ts";
import { growQuestions } from "./grow.ts";

const graph = clinicGraph();
const settings: SynthesizeSection = { ...synthesizeSection.parse({}), minPathsPerType: 0 };

function grow(
  from: KnowledgeGraph = graph,
  changed: Partial<SynthesizeSection> = {},
  seed = 1,
): { questions: SyntheticQuestion[]; coverage: CoverageReport } {
  const questions: SyntheticQuestion[] = [];
  const growing = growQuestions(from, { ...settings, ...changed }, seed);
  for (let next = growing.next(); ; next = growing.next()) {
    if (next.done) return { questions, coverage: next.value };
    questions.push(next.value);
  }
}

const { questions, coverage } = grow();
const edges = new Set([...graph.relations.values()].map((one) => `${one.head}|${one.predicate}|${one.tail}`));
const ofType = (pattern: RegExp): SyntheticQuestion[] =>
  questions.filter(({ origin }) => pattern.test(origin.type));

test("the clinic gives questions of most types, at most the set number a path", () => {
  expect(Object.keys(coverage.types).length).toBeGreaterThanOrEqual(25);
  expect(coverage.questions).toBe(questions.length);
  const perPath = new Map<string, number>();
  for (const { origin } of questions) {
    const key = `${origin.type}|${origin.pathKey}`;
    perPath.set(key, (perPath.get(key) ?? 0) + 1);
  }
  expect(Math.max(...perPath.values())).toBe(settings.wordings);
  expect(perPath.size).toBe(coverage.paths);
});

test("no stem is there twice", () => {
  expect(new Set(questions.map(({ stem }) => stem)).size).toBe(questions.length);
});

test("every question fits the schema and walks edges of the graph, each with its evidence", () => {
  for (const question of questions) {
    questionSchema.parse(question);
    const { origin, gold } = question;
    for (const { head, predicate, tail, relation } of origin.path) {
      expect(edges).toContain(`${head}|${predicate}|${tail}`);
      expect(graph.relations.get(relation)?.tail).toBe(tail);
    }
    expect(question.evidence.length).toBe(origin.path.length);
    expect(origin.optionEntities[gold[0]!]).toBe(origin.masked);
  }
});

test("every wrong option says why, by an edge that is there or by one that is not", () => {
  for (const { id, origin, gold, options } of questions) {
    const wrong = Object.keys(options).filter((letter) => letter !== gold[0]);
    expect(Object.keys(origin.distractors).sort(), id).toEqual(wrong.sort());
    for (const { relation, absent, reason } of Object.values(origin.distractors)) {
      expect(reason.length).toBeGreaterThan(10);
      expect(relation !== undefined || absent !== undefined, `${id} ${reason}`).toBe(true);
      if (relation !== undefined) expect(graph.relations.has(relation)).toBe(true);
      if (absent !== undefined)
        expect(edges).not.toContain(`${absent.head}|${absent.predicate}|${absent.tail}`);
    }
  }
});

test("told symptoms belong to one disease of the whole graph", () => {
  const presented = ofType(/^(?:symptoms|diagnosis|contrast)/);
  expect(presented.length).toBeGreaterThan(100);
  for (const { origin } of presented) {
    const told = origin.facts.filter(({ say }) => say === "has");
    expect(told.length).toBeGreaterThanOrEqual(3);
    for (const { predicate, entity } of told)
      expect(edges).toContain(`${origin.subject}|${predicate}|${entity}`);
    const symptoms = told.filter(({ predicate }) => predicate === "HAS_SYMPTOM").map(({ entity }) => entity);
    expect(symptoms.length).toBeGreaterThanOrEqual(2);
    const fitting = graph
      .byType("disease")
      .filter(({ id }) => symptoms.every((tail) => edges.has(`${id}|HAS_SYMPTOM|${tail}`)));
    expect(fitting.map(({ id }) => id)).toEqual([origin.subject]);
  }
});

test("why a diagnosis is wrong is something told that does not hold of it, through kinds of a symptom neither", () => {
  const [relation] = [...graph.relations.values()];
  const kinds = [
    ["Morning stiffness", "Joint pain"],
    ["Night sweats", "Sweating"],
    ["Chest tightness", "Chest pain"],
    ["Hemoptysis", "Cough"],
    ["Tachycardia", "Shortness of breath"],
  ] as const;
  const withKinds = buildGraph(graph.entities.values(), [
    ...graph.relations.values(),
    ...kinds.map(([head, tail]) => ({
      ...relation!,
      evidence: relation!.evidence,
      id: `${head}|${tail}`,
      head,
      predicate: "SUBTYPE_OF" as const,
      tail,
    })),
  ]);
  const kinOf = (one: string): string[] => [
    one,
    ...kinds.filter((pair) => pair.includes(one as never)).flat(),
  ];
  const types = ["diagnosis", "contrast", "intersection"];
  const made = grow(withKinds, { types }).questions;
  expect(new Set(made.map(({ origin }) => origin.type)).size).toBe(types.length);
  for (const { id, origin } of made)
    for (const { entity, absent } of Object.values(origin.distractors)) {
      expect(absent?.head, id).toBe(entity);
      for (const kin of kinOf(absent!.tail))
        expect(edges).not.toContain(`${entity}|${absent!.predicate}|${kin}`);
    }
});

test("facts of several kinds belong to one disease, each to another kind", () => {
  const mixed = ofType(/^intersection$/);
  expect(mixed.length).toBeGreaterThan(20);
  for (const { origin } of mixed) {
    expect(new Set(origin.facts.map(({ predicate }) => predicate)).size).toBe(origin.facts.length);
    const fitting = graph
      .byType("disease")
      .filter(({ id }) =>
        origin.facts.every(({ predicate, entity }) => edges.has(`${id}|${predicate}|${entity}`)),
      );
    expect(fitting.map(({ id }) => id)).toEqual([origin.subject]);
  }
});

test("of a contrast one option has most of what is told and lacks some of it", () => {
  const contrasts = ofType(/^contrast$/);
  expect(contrasts.length).toBeGreaterThan(5);
  for (const { origin } of contrasts) {
    const told = origin.facts.filter(({ say }) => say === "has").map(({ entity }) => entity);
    const shared = Object.values(origin.optionEntities)
      .filter((entity) => entity !== origin.masked)
      .map((entity) => told.filter((one) => edges.has(`${entity}|HAS_SYMPTOM|${one}`)).length);
    expect(Math.max(...shared)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...shared)).toBeLessThan(told.length);
  }
});

test("no other option stands in the asked relation to the subject", () => {
  for (const { origin } of ofType(/To/)) {
    if (/Avoid|classTo/.test(origin.type)) continue;
    const told = new Set(origin.facts.filter(({ say }) => say === "has").map(({ entity }) => entity));
    const predicates = origin.path.filter(({ tail }) => !told.has(tail)).map(({ predicate }) => predicate);
    let ends = [origin.subject];
    for (const predicate of predicates)
      ends = ends.flatMap((end) =>
        graph
          .out(end)
          .filter((one) => one.predicate === predicate)
          .map(({ tail }) => tail),
      );
    const right = Object.values(origin.optionEntities).filter((entity) => ends.includes(entity));
    expect([origin.type, origin.subject, right]).toEqual([origin.type, origin.subject, [origin.masked]]);
  }
});

/** Diseases with symptoms that only they have, beside the clinic: in the clinic itself all share theirs. */
function withPeculiarSymptoms(): KnowledgeGraph {
  const signs = [
    "Azure wrists",
    "Copper brows",
    "Marble heels",
    "Silver knees",
    "Amber thumbs",
    "Jade elbows",
  ];
  const entities = [...graph.entities.values()];
  const relations = [...graph.relations.values()];
  const [entity, relation] = [entities[0]!, relations[0]!];
  for (const [number, name] of ["Lunar pox", "Tidal ague", "Ember murrain"].entries())
    for (const [at, sign] of signs.entries()) {
      const tail = `${sign} ${number}`;
      entities.push({ ...entity, id: tail, type: "symptom", aliases: [] });
      if (at === 0) entities.push({ ...entity, id: name, type: "disease", aliases: [] });
      relations.push({
        ...relation,
        evidence: relation.evidence,
        id: `${name}${at}`,
        head: name,
        predicate: "HAS_SYMPTOM",
        tail,
      });
    }
  return buildGraph(entities, relations);
}

test("of an exception all but the answer are linked to the subject", () => {
  const peculiar = withPeculiarSymptoms();
  const exceptions = grow(peculiar, { types: ["exceptSymptom", "nameToSymptom"] }).questions.filter(
    ({ origin }) => origin.type === "exceptSymptom",
  );
  expect(exceptions.length).toBeGreaterThan(5);
  for (const { origin, stem } of exceptions) {
    expect(stem).toMatch(/NOT|EXCEPT|\bno\b|\bNO\b/);
    const linked = Object.values(origin.optionEntities).filter((entity) =>
      peculiar.out(origin.subject).some(({ tail }) => tail === entity),
    );
    expect(linked.length).toBe(settings.options - 1);
    expect(linked).not.toContain(origin.masked);
  }
});

test("what tells two diseases apart is a symptom of the first and not of the second", () => {
  const pairs = ofType(/^discriminator$/);
  expect(pairs.length).toBeGreaterThan(5);
  for (const { origin } of pairs) {
    const rival = origin.facts.find(({ say }) => say === "other")!.entity;
    const right = Object.values(origin.optionEntities).filter(
      (one) => edges.has(`${origin.subject}|HAS_SYMPTOM|${one}`) && !edges.has(`${rival}|HAS_SYMPTOM|${one}`),
    );
    expect(right).toEqual([origin.masked]);
  }
});

test("of statements only the one of the path is an edge of the graph", () => {
  const statements = ofType(/^relation$/);
  expect(statements.length).toBeGreaterThan(20);
  for (const { origin } of statements) {
    expect(origin.path.length).toBe(1);
    expect(origin.path[0]).toMatchObject({ head: origin.subject, tail: origin.masked });
  }
});

test("of a pair of conditions only the answer fulfils both", () => {
  const pairs = ofType(/Avoid/);
  expect(pairs.length).toBeGreaterThan(10);
  for (const { origin } of pairs) {
    const condition = origin.facts.find(({ say }) => say === "history")!.entity;
    const right = Object.values(origin.optionEntities).filter(
      (drug) =>
        edges.has(`${origin.subject}|TREATED_WITH|${drug}`) &&
        edges.has(`${drug}|CONTRAINDICATED_IN|${condition}`),
    );
    expect(right).toEqual([origin.masked]);
  }
});

test("stems end in a question mark and do not give the answer away", () => {
  for (const { stem, options, gold } of [...questions, ...grow(graph, { style: "plain" }).questions]) {
    expect(stem).toMatch(/^[A-Z].*\?$/);
    expect(containsWords(normaliseText(stem), normaliseText(options[gold[0]!]!))).toBe(false);
  }
  expect(tellingWords("iron-deficiency anemia")).toContain(tellingWords("iron supplement")[0]);
  expect(tellingWords("abdominal pain")).not.toContain(tellingWords("chest pain")[0]);
});

test("plain stems are short", () => {
  for (const { stem } of grow(graph, { style: "plain" }).questions)
    expect(stem.split(" ").length).toBeLessThanOrEqual(32);
});

test("the answer stands in every position about equally often", () => {
  for (const letter of "ABCD") {
    const share = (coverage.goldLetters[letter] ?? 0) / questions.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.04);
  }
});

test.each([2, 6, 10])("%i options are given where that many are asked for", (options) => {
  const made = grow(graph, { options }).questions;
  expect(made.length).toBeGreaterThan(50);
  for (const question of made) expect(Object.keys(question.options).length).toBe(options);
});

test("the same seed gives the same questions, another seed others", () => {
  expect(grow().questions).toEqual(questions);
  expect(grow(graph, {}, 2).questions).not.toEqual(questions);
});

test("relations of little confidence are not walked or told", () => {
  const weak = buildGraph(
    graph.entities.values(),
    [...graph.relations.values()].map((one) =>
      one.tail === "Colchicine" || one.tail === "Fever" ? { ...one, confidence: 0.6 } : one,
    ),
  );
  for (const { origin } of grow(weak).questions) {
    const walked = origin.path.map((step) => step.tail);
    if (origin.type !== "relation") expect(walked).not.toContain("Fever");
    expect(walked).not.toContain("Colchicine");
    // What is doubtful is not asked for, and not called wrong of its own disease either.
    if (origin.subject === "Gout" && origin.type === "nameToDrug")
      expect(Object.values(origin.optionEntities)).not.toContain("Colchicine");
  }
});

test("a limit on paths takes more rare subjects than the graph has on average", () => {
  const few = grow(graph, { maxPaths: 60, rareShare: 0.9 }, 3).coverage;
  expect(few.paths).toBeLessThanOrEqual(60);
  expect(few.rareShare).toBeGreaterThan(coverage.rareShare);
});

test("a limit on questions is kept", () => {
  expect(grow(graph, { maxQuestions: 17 }).questions.length).toBe(17);
});

test("where entities have labels of another language there are questions in it", () => {
  const labelled = buildGraph(
    [...graph.entities.values()].map((entity, at) => ({ ...entity, labels: { zh: `名${at}` } })),
    graph.relations.values(),
  );
  const made = grow(labelled, { languages: ["en", "zh"] });
  expect(made.coverage.languages["zh"]).toBeGreaterThan(100);
  for (const { stem, language } of made.questions)
    if (language === "zh") expect(stem).toMatch(/\p{Script=Han}.*？$/u);
  expect(grow(graph, { languages: ["zh"] }).questions).toEqual([]);
  const once = grow(labelled, { languages: ["en", "zh"], wordings: 1 }).coverage;
  for (const language of ["en", "zh"])
    expect(once.languages[language]! / once.questions, language).toBeGreaterThan(0.3);
});
