/**
 * What the small base model reads: prose of the pages, facts of the graph in both directions, and a few training
 * questions with a direct answer. Facts are told many times in different words and order, as a large corpus would.
 *
 * Invariant: only training questions are among the questions; facts of all pages are, since the split is by
 * reasoning path: what is held out is the combination of facts, not a fact.
 */
import { groupBy } from "../base/collections.ts";
import type { Random } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { entityNames } from "../graph/naming.ts";
import { byCertainty } from "../graph/order.ts";
import { factsClause, hasWords, sentencesOf, symptomClause } from "../graph/verbalise.ts";
import type { PretrainSection } from "../recipe/sections/pretrain.ts";
import type { Entity, EntityType } from "../records/entity.ts";
import type { Question } from "../records/question.ts";
import type { Predicate, Relation } from "../records/relation.ts";

/** A document before tokens: running text, or a question with its direct answer. */
export type SourceDocument =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "question"; readonly question: Question };

export interface CorpusSources {
  /** Plain text of each page. */
  readonly prose: readonly string[];
  readonly questions: readonly Question[];
  /** Drugs and conditions of which at least two facts are told. */
  readonly drugs: readonly Entity[];
  readonly conditions: readonly Entity[];
  /** The facts that are told of an entity. */
  factsAbout(id: string): readonly Relation[];
  /** How an entity is called inside a sentence. */
  nameOf(id: string): string;
}

/** One document, drawn at random by the recipe's shares. */
export function drawDocument(
  sources: CorpusSources,
  shares: PretrainSection["corpus"],
  random: Random,
): SourceDocument {
  const { prose, questions, drugs, conditions } = sources;
  const u = random.next();
  const { proseShare, questionShare, drugShare, rareShare } = shares;
  if (u < proseShare && prose.length > 0) return { kind: "text", text: proseChunk(prose, random) };
  if (u < proseShare + questionShare && questions.length > 0)
    return { kind: "question", question: random.pick(questions) };
  if (u < proseShare + questionShare + drugShare && drugs.length > 0)
    return { kind: "text", text: factsOf(sources, random.pick(drugs), random) };
  const rare = conditions.filter((entity) => entity.rarity.isRare);
  const common = conditions.filter((entity) => !entity.rarity.isRare);
  const pool = rare.length > 0 && (common.length === 0 || random.next() < rareShare) ? rare : common;
  return { kind: "text", text: factsOf(sources, random.pick(pool), random) };
}

/** The sources of a corpus; `predicates` are the kinds of facts that are told. */
export function corpusSources(
  graph: KnowledgeGraph,
  predicates: readonly Predicate[],
  texts: Pick<CorpusSources, "prose" | "questions">,
): CorpusSources {
  const told = new Set(predicates.filter((predicate) => predicate === "HAS_SYMPTOM" || hasWords(predicate)));
  const factsAbout = (id: string): readonly Relation[] =>
    graph.out(id).filter(({ predicate }) => told.has(predicate));
  const known = (type: EntityType): Entity[] =>
    graph.byType(type).filter(({ id }) => factsAbout(id).length > 1);
  return {
    ...texts,
    nameOf: entityNames(graph),
    factsAbout,
    drugs: known("drug"),
    conditions: known("disease"),
  };
}

/** The facts of an entity, each in one of its wordings, in random order. */
export function factsOf(
  { factsAbout, nameOf }: Pick<CorpusSources, "factsAbout" | "nameOf">,
  entity: Entity,
  random: Random,
): string {
  const facts = groupBy(factsAbout(entity.id), ({ predicate }) => predicate);
  const tailsOf = (predicate: Predicate): string[] =>
    [...(facts.get(predicate) ?? [])].sort(byCertainty).map(({ tail }) => nameOf(tail));
  const symptoms = tailsOf("HAS_SYMPTOM");
  const clauses = [...facts.keys()]
    .filter((predicate) => predicate !== "HAS_SYMPTOM")
    .map((predicate) => factsClause(nameOf(entity.id), predicate, tailsOf(predicate).slice(0, 3), random));
  // Symptoms are told three times, each time some of them: a question shows a part, in any order.
  for (let round = 0; round < 3 && symptoms.length > 0; round++) {
    const shown = random.sample(symptoms, 3 + random.integer(2));
    clauses.push(symptomClause(nameOf(entity.id), shown, random.integer(4)));
  }
  return sentencesOf(random.shuffle(clauses));
}

function proseChunk(prose: readonly string[], random: Random): string {
  const paragraphs = random
    .pick(prose)
    .split(/\n+/u)
    .filter((paragraph) => paragraph.trim() !== "");
  const start = random.integer(Math.max(1, paragraphs.length));
  return paragraphs.slice(start, start + 2).join("\n");
}
