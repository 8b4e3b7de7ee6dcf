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

/** Predicates walked from head to tail, one a hop. */
export type Metapath = readonly Predicate[];

/** Every walk from an entity along a metapath that ends in one of the types, in order of its relations. */
export function walks(
  graph: KnowledgeGraph,
  from: string,
  metapath: Metapath,
  types: readonly EntityType[],
): Relation[][] {
  let paths: Relation[][] = [[]];
  for (const predicate of metapath)
    paths = paths.flatMap((path) =>
      graph.out(path.at(-1)?.tail ?? from, predicate).map((relation) => [...path, relation]),
    );
  return paths.filter((path) => {
    const end = path.at(-1)?.tail as string;
    return types.includes(graph.entities.get(end)?.type as EntityType) && end !== from;
  });
}

/** The predicate that says the same from the other end. */
const inverse: Readonly<Partial<Record<Predicate, Predicate>>> = {
  TREATED_WITH: "TREATS",
};

/** Everything that may truthfully be called the end of a metapath from an entity. */
export function reached(graph: KnowledgeGraph, from: string, metapath: Metapath): Set<string> {
  let ends = new Set([from]);
  for (const predicate of metapath) {
    const next = new Set<string>();
    for (const end of ends) for (const tail of tailsOf(graph, end, predicate)) next.add(tail);
    ends = next;
  }
  return ends;
}

function tailsOf(graph: KnowledgeGraph, head: string, predicate: Predicate): Set<string> {
  const tails = new Set<string>();
  for (const kin of kinOf(graph, head)) {
    for (const relation of graph.out(kin, predicate)) tails.add(relation.tail);
    const back = inverse[predicate];
    if (back) for (const relation of graph.into(kin, back)) tails.add(relation.head);
  }
  if (predicate !== "TREATED_WITH") return tails;
  for (const tail of [...tails])
    for (const relation of graph.into(tail, "MEMBER_OF_CLASS")) tails.add(relation.head);
  return tails;
}

/** An entity, its subtypes and supertypes, and the classes it belongs to. */
export function kinOf(graph: KnowledgeGraph, id: string): Set<string> {
  const kin = new Set([id]);
  for (const relation of graph.out(id, "SUBTYPE_OF")) kin.add(relation.tail);
  for (const relation of graph.into(id, "SUBTYPE_OF")) kin.add(relation.head);
  for (const relation of graph.out(id, "MEMBER_OF_CLASS")) kin.add(relation.tail);
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
    .map((symptom) => ({ symptom, heads: graph.into(symptom, "HAS_SYMPTOM") }))
    .sort((a, b) => a.heads.length - b.heads.length);
  const found: string[] = [];
  for (const { head } of rarest?.heads ?? []) {
    if (found.length >= most) break;
    if (others.every(({ symptom }) => graph.find(head, "HAS_SYMPTOM", symptom) !== undefined))
      found.push(head);
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
  return 1 / Math.log2(2 + graph.into(symptom, "HAS_SYMPTOM").length) + 0.15 * Math.min(3, told);
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
  while (rare.length > 0 || common.length > 0) {
    const takeRare = common.length === 0 || (rare.length > 0 && random.next() < rareShare);
    order.push((takeRare ? rare : common).shift() as Entity);
  }
  return order;
}
