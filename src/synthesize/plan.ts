/**
 * Plans one reasoning path: a type and a subject, the masked entity, what may be told and what may mislead.
 *
 * Invariant: the masked entity is the same for a type told by name and by symptoms, so that what is learned of a
 * disease's drug from its name is what its symptoms lead to. The stem's facts never hold a word of the answer.
 */
import { seededRandom } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { byCertainty } from "../graph/order.ts";
import { kinOf, tellingSubsets, walks } from "../graph/sampling.ts";
import type { SynthesizeSection } from "../recipe/sections/synthesize.ts";
import type { Relation } from "../records/relation.ts";
import { containsWords, normaliseText } from "../verify/text.ts";
import { type Candidate, distractorsOf, type Neighbour, neighboursOf } from "./distractors.ts";
import { isContraindicated, truthOf } from "./truth.ts";
import { type QuestionType, questionTypes } from "./types.ts";

export interface PathPlan {
  readonly type: QuestionType;
  readonly subject: string;
  /** The entity asked for. */
  readonly masked: string;
  /** Relations from the subject to the masked entity. */
  readonly walk: readonly Relation[];
  /** Condition with the relations that rule the drug out, for "avoid" and "usable". */
  readonly condition?: { readonly entity: string; readonly relations: readonly Relation[] };
  /** Sets of symptoms that may be told; empty when the name is told. */
  readonly subsets: readonly (readonly string[])[];
  readonly candidates: readonly Candidate[];
}

export interface Sources {
  readonly graph: KnowledgeGraph;
  readonly nameOf: (entity: string) => string;
  readonly settings: SynthesizeSection;
  readonly seed: number;
}

/** The plans of all types for a subject; what could not be used is reported with its reason. */
export function planPaths(
  subject: string,
  sources: Sources,
  drop: (type: string, reason: string) => void,
): PathPlan[] {
  const { graph, settings, seed } = sources;
  const neighbours = neighboursOf(graph, subject, settings.neighbours);
  const symptoms = graph
    .out(subject, "HAS_SYMPTOM")
    .filter((relation) => relation.confidence >= settings.minConfidence)
    .map((relation) => relation.tail);
  const subsets = tellingSubsets(
    graph,
    subject,
    symptoms,
    { least: settings.symptomsLeast, most: settings.symptomsMost, wanted: settings.wordings },
    seededRandom(seed, "synthesize", "symptoms", subject),
  );
  return questionTypes.flatMap((type) => {
    if (settings.types.length > 0 && !settings.types.includes(type.name)) return [];
    const ends = endsOf(type, subject, sources);
    if (ends.length === 0) return [];
    if (type.told === "symptoms" && subsets.length === 0) {
      drop(type.name, symptoms.length < 2 ? "fewer than two symptoms" : "symptoms fit several diseases");
      return [];
    }
    const plan = planPath(type, subject, ends, neighbours, type.told === "symptoms" ? subsets : [], sources);
    if (typeof plan !== "string") return [plan];
    drop(type.name, plan);
    return [];
  });
}

interface End {
  readonly masked: string;
  readonly walk: readonly Relation[];
  readonly condition?: { readonly entity: string; readonly relations: readonly Relation[] };
}

/**
 * Every entity that could be masked, the most certain first: a page names its chief test or drug in the box and
 * again in the text, and before others. The order depends on subject and metapath only.
 */
function endsOf(type: QuestionType, subject: string, { graph, seed, settings }: Sources): End[] {
  if (type.metapath.length === 0)
    return graph.out(subject, "HAS_SYMPTOM").length > 0 ? [{ masked: subject, walk: [] }] : [];
  const random = seededRandom(seed, "synthesize", "masked", subject, ...type.metapath);
  const all = random
    .shuffle(walks(graph, subject, type.metapath, type.answers))
    .filter((walk) => walk.every((relation) => relation.confidence >= settings.minConfidence))
    .sort(byCertaintyOfWalk)
    .map((walk): End => ({ masked: (walk.at(-1) as Relation).tail, walk }));
  if (type.condition === undefined) return all;
  const ruled = all.flatMap(({ masked }) => contraindications(graph, masked, subject));
  return all.flatMap((end) =>
    ruled
      .filter(({ drug, condition }) =>
        type.condition === "avoid"
          ? drug === end.masked
          : drug !== end.masked && !isContraindicated(graph, end.masked, condition),
      )
      .map(({ condition, relations }) => ({ ...end, condition: { entity: condition, relations } })),
  );
}

function byCertaintyOfWalk(one: readonly Relation[], other: readonly Relation[]): number {
  for (let hop = 0; hop < one.length; hop++) {
    const order = byCertainty(one[hop] as Relation, other[hop] as Relation);
    if (order !== 0) return order;
  }
  return 0;
}

/** Conditions that rule a drug out by itself or by its class, and that a patient may have besides the subject. */
function contraindications(
  graph: KnowledgeGraph,
  drug: string,
  subject: string,
): { drug: string; condition: string; relations: Relation[] }[] {
  const unfit = kinOf(graph, subject);
  for (const { tail } of graph.out(subject, "HAS_SYMPTOM")) unfit.add(tail);
  const own = graph.out(drug, "CONTRAINDICATED_IN").map((relation) => [relation]);
  const ofClass = graph
    .out(drug, "MEMBER_OF_CLASS")
    .flatMap((member) => graph.out(member.tail, "CONTRAINDICATED_IN").map((relation) => [member, relation]));
  return [...own, ...ofClass]
    .map((relations) => ({ drug, condition: (relations.at(-1) as Relation).tail, relations }))
    .filter(({ condition }) => !unfit.has(condition));
}

function planPath(
  type: QuestionType,
  subject: string,
  ends: readonly End[],
  neighbours: readonly Neighbour[],
  subsets: readonly (readonly string[])[],
  sources: Sources,
): PathPlan | string {
  const { graph, nameOf, settings } = sources;
  let problem = "no answer";
  for (const end of ends) {
    const condition = end.condition?.entity;
    const fixed = [...(type.told === "name" ? [subject] : []), ...(condition ? [condition] : [])];
    if (fixed.some((told) => sharesWord(nameOf(told), nameOf(end.masked)))) {
      problem = "answer's words are told in the stem";
      continue;
    }
    const telling = subsets.filter((set) => !set.some((one) => sharesWord(nameOf(one), nameOf(end.masked))));
    if (type.told === "symptoms" && telling.length === 0) {
      problem = "answer's words are told in the symptoms";
      continue;
    }
    const isTrue = truthOf(graph, type, subject, condition);
    if (!isTrue(end.masked)) {
      problem = "the graph contradicts the answer";
      continue;
    }
    const own: Neighbour[] = type.condition ? [{ disease: subject, likeness: 9, shared: [] }] : [];
    const all = distractorsOf(graph, type, subject, [...own, ...neighbours], isTrue, settings.minConfidence);
    const candidates = fitting(end.masked, all, settings.options - 1, sources);
    if (candidates.length < settings.options - 1) {
      problem = "too few distractors";
      continue;
    }
    return { type, subject, ...end, subsets: telling, candidates };
  }
  return problem;
}

/** Candidates that can stand beside the answer: of its own type where enough are, and no namesake or part of it. */
function fitting(
  masked: string,
  candidates: readonly Candidate[],
  needed: number,
  { graph, nameOf }: Sources,
): Candidate[] {
  const kin = kinOf(graph, masked);
  const forms = formsOf(graph, masked, nameOf);
  const apart = candidates.filter(
    ({ entity }) =>
      !kin.has(entity) &&
      !formsOf(graph, entity, nameOf).some((form) => forms.some((own) => overlap(form, own))),
  );
  const type = graph.entities.get(masked)?.type;
  const alike = apart.filter(({ entity }) => graph.entities.get(entity)?.type === type);
  return alike.length >= needed ? alike : apart;
}

function formsOf(graph: KnowledgeGraph, id: string, nameOf: (id: string) => string): string[] {
  return [nameOf(id), ...(graph.entities.get(id)?.aliases ?? [])]
    .map(normaliseText)
    .filter((form) => form.length > 2);
}

/** Whether one text is the other or a part of it in whole words. */
export function overlap(one: string, other: string): boolean {
  return containsWords(one, other) || containsWords(other, one);
}

const commonWords = new Set(
  "disease syndrome disorder acute chronic primary secondary type test pain loss blood level levels high severe mild with from deficiency failure infection cell cells skin heart liver kidney lung bone muscle system abnormal increased decreased reduced elevated".split(
    " ",
  ),
);

/** Whether a name gives a word of the answer away: words of four letters and more that say something. */
export function sharesWord(told: string, answer: string): boolean {
  const stems = (text: string): string[] =>
    normaliseText(text)
      .split(" ")
      .filter((word) => word.length >= 4 && !commonWords.has(word))
      .map((word) => word.slice(0, 6));
  const known = new Set(stems(told));
  return stems(answer).some((word) => known.has(word));
}
