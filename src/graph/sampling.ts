/**
 * Topological sampling (paper §3.1): walks of one to three hops from a subject, the closed set of what they reach,
 * and small sets of symptoms that pick out one disease in the whole graph.
 *
 * Invariant: `reached` is generous. It follows each predicate in both of its directions, through drug classes and
 * through subtypes, so that what may be true is never used as a wrong option.
 */
import type { Random } from "../base/random.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import type { Predicate, Relation } from "../records/relation.ts";
import type { KnowledgeGraph } from "./graph.ts";

/** One hop: a predicate from head to tail, or with "~" from tail to head. */
export type Step = Predicate | `~${Predicate}`;

/** The hops of a walk. */
export type Metapath = readonly Step[];

/** The predicate that a hop goes along, in either direction. */
export function predicateOf(step: Step): Predicate {
  return (step.startsWith("~") ? step.slice(1) : step) as Predicate;
}

/** The relations of one hop from an entity. */
function hop(graph: KnowledgeGraph, from: string, step: Step): readonly Relation[] {
  const predicate = predicateOf(step);
  return step.startsWith("~") ? graph.into(from, predicate) : graph.out(from, predicate);
}

/** The ends of one hop from an entity; of a hop back, the first so many. */
export function hopEnds(graph: KnowledgeGraph, from: string, step: Step, most?: number): readonly string[] {
  const predicate = predicateOf(step);
  return step.startsWith("~") ? graph.heads(from, predicate, most) : graph.tails(from, predicate);
}

/** The hop that leads back. */
export function opposite(step: Step): Step {
  return step.startsWith("~") ? predicateOf(step) : `~${predicateOf(step)}`;
}

/** The end that a hop leads to. */
export function endOf(relation: Relation, step: Step): string {
  return step.startsWith("~") ? relation.head : relation.tail;
}

/** Every walk from an entity along a metapath that ends in one of the types, in order of its relations. */
export function walks(
  graph: KnowledgeGraph,
  from: string,
  metapath: Metapath,
  types: readonly EntityType[],
): Relation[][] {
  let paths: { readonly relations: Relation[]; readonly end: string }[] = [{ relations: [], end: from }];
  for (const step of metapath)
    paths = paths.flatMap(({ relations, end }) =>
      hop(graph, end, step).map((relation) => ({
        relations: [...relations, relation],
        end: endOf(relation, step),
      })),
    );
  return paths
    .filter(({ end }) => end !== from && types.includes(graph.entities.get(end)?.type as EntityType))
    .map(({ relations }) => relations);
}

/** Predicates of which one says from its head what the other says from its tail; some do so of themselves. */
const converse: Readonly<Partial<Record<Predicate, Predicate>>> = {
  TREATED_WITH: "TREATS",
  TREATS: "TREATED_WITH",
  PATHOGEN_OF: "CAUSED_BY",
  CAUSED_BY: "PATHOGEN_OF",
  INTERACTS_WITH: "INTERACTS_WITH",
  DIFFERENTIAL_DIAGNOSIS: "DIFFERENTIAL_DIAGNOSIS",
};

/** The hop that leads to the same ends over edges that say it from the other side. */
function alsoSaidBy(step: Step): Step | undefined {
  const other = converse[predicateOf(step)];
  return other && (step.startsWith("~") ? other : `~${other}`);
}

/** Everything that may truthfully be called the end of a metapath from an entity. */
export function reached(graph: KnowledgeGraph, from: string, metapath: Metapath): Set<string> {
  let ends = new Set([from]);
  for (const step of metapath) {
    const next = new Set<string>();
    for (const end of ends) for (const other of endsOf(graph, end, step)) next.add(other);
    ends = next;
  }
  return ends;
}

function endsOf(graph: KnowledgeGraph, from: string, step: Step): Set<string> {
  const ends = new Set<string>();
  const back = alsoSaidBy(step);
  for (const kin of kinOf(graph, from)) {
    for (const end of hopEnds(graph, kin, step)) ends.add(end);
    if (back) for (const end of hopEnds(graph, kin, back)) ends.add(end);
  }
  if (step !== "TREATED_WITH") return ends;
  for (const end of [...ends]) for (const head of graph.heads(end, "MEMBER_OF_CLASS")) ends.add(head);
  return ends;
}

/** Whether an entity may truthfully be called the head of a predicate to a tail: the same as by `reached`, for one pair. */
export function holds(graph: KnowledgeGraph, head: string, predicate: Predicate, tail: string): boolean {
  const also = converse[predicate];
  for (const kin of kinOf(graph, tail))
    if (graph.has(head, predicate, kin) || (also !== undefined && graph.has(kin, also, head))) return true;
  return false;
}

/** An entity, its subtypes and supertypes, and the classes it belongs to. */
export function kinOf(graph: KnowledgeGraph, id: string): Set<string> {
  const kin = new Set([id]);
  for (const tail of graph.tails(id, "SUBTYPE_OF")) kin.add(tail);
  for (const head of graph.heads(id, "SUBTYPE_OF")) kin.add(head);
  for (const tail of graph.tails(id, "MEMBER_OF_CLASS")) kin.add(tail);
  return kin;
}

/** Diseases that have all the symptoms; the search stops when it has found `most`. */
export function diseasesWith(
  graph: KnowledgeGraph,
  symptoms: readonly string[],
  most = Number.POSITIVE_INFINITY,
): string[] {
  // The rarest symptom has the fewest diseases to try; the next rarest rules out most of them.
  const [rarest, ...others] = symptoms
    .map((symptom) => ({ symptom, count: graph.countInto(symptom, "HAS_SYMPTOM") }))
    .sort((a, b) => a.count - b.count);
  const found: string[] = [];
  for (const head of rarest ? graph.heads(rarest.symptom, "HAS_SYMPTOM") : []) {
    if (found.length >= most) break;
    if (others.every(({ symptom }) => graph.has(head, "HAS_SYMPTOM", symptom))) found.push(head);
  }
  return found;
}

export interface SubsetSettings {
  /** Fewest and most symptoms shown; a disease with fewer than the fewest shows all it has, two at least. */
  readonly least: number;
  readonly most: number;
  /** How many subsets are wanted. */
  readonly wanted: number;
}

/**
 * Sets of a disease's symptoms that no other disease of the graph has together, smaller first, then by how much they
 * say: symptoms of few diseases, and those that the page names more than once, with some chance mixed in.
 */
export function tellingSubsets(
  graph: KnowledgeGraph,
  disease: string,
  symptoms: readonly string[],
  settings: SubsetSettings,
  random: Random,
): string[][] {
  const found: string[][] = [];
  const weight = new Map(symptoms.map((symptom) => [symptom, weightOf(graph, disease, symptom)]));
  const least = Math.max(2, Math.min(settings.least, symptoms.length));
  for (let size = least; size <= Math.min(settings.most, symptoms.length); size++) {
    const subsets = someSubsets(symptoms, size, settings.wanted * 6, random).map((subset) => ({
      subset,
      key: subset.reduce((sum, symptom) => sum + (weight.get(symptom) ?? 0), 0) + 0.4 * random.next(),
    }));
    for (const { subset } of subsets.sort((a, b) => b.key - a.key)) {
      if (found.length >= settings.wanted) return found;
      const fitting = diseasesWith(graph, subset, 2);
      if (fitting.length === 1 && fitting[0] === disease) found.push(subset);
    }
    if (found.length * 2 >= settings.wanted) break;
  }
  return found;
}

function weightOf(graph: KnowledgeGraph, disease: string, symptom: string): number {
  const told = graph.find(disease, "HAS_SYMPTOM", symptom)?.evidence.length ?? 0;
  return 1 / Math.log2(2 + graph.countInto(symptom, "HAS_SYMPTOM")) + 0.15 * Math.min(3, told);
}

/** Up to `limit` different subsets of a size: all of them when they are few, random ones otherwise. */
function someSubsets(items: readonly string[], size: number, limit: number, random: Random): string[][] {
  let all: string[][] = [[]];
  const total = binomial(items.length, size);
  if (total <= 400) {
    for (const item of items) all = [...all, ...all.filter((s) => s.length < size).map((s) => [...s, item])];
    return random.shuffle(all.filter((subset) => subset.length === size));
  }
  const seen = new Map<string, string[]>();
  for (let draw = 0; draw < limit; draw++) {
    const subset = random.sample(items, size).sort();
    seen.set(subset.join("\u001f"), subset);
  }
  return [...seen.values()];
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return Math.round(value);
}

/**
 * Subjects in the order in which they are used: drawn without replacement, rare ones with the given share as long
 * as there are any, the rarer the earlier on average.
 */
export function rareFirst(subjects: readonly Entity[], rareShare: number, random: Random): Entity[] {
  const keyed = (entities: readonly Entity[]): Entity[] =>
    entities
      .map((entity) => ({ entity, key: random.next() ** (1 / (0.2 + entity.rarity.score)) }))
      .sort((a, b) => b.key - a.key)
      .map(({ entity }) => entity);
  const rare = keyed(subjects.filter((entity) => entity.rarity.isRare));
  const common = keyed(subjects.filter((entity) => !entity.rarity.isRare));
  const order: Entity[] = [];
  let [fromRare, fromCommon] = [0, 0];
  while (order.length < rare.length + common.length) {
    const isOpen = fromRare < rare.length;
    const takeRare = fromCommon === common.length || (isOpen && random.next() < rareShare);
    order.push((takeRare ? rare[fromRare++] : common[fromCommon++]) as Entity);
  }
  return order;
}
