/**
 * What the small base model reads: prose of the pages, facts of the graph in both directions, and a few training
 * questions with a direct answer. Facts are told many times in different words and order, as a large corpus would.
 *
 * Invariant: only training questions are among the questions; facts of all pages are, since the split is by
 * reasoning path: what is held out is the combination of facts, not a fact.
 */
import type { Random } from "../base/random.ts";
import type { KnowledgeGraph } from "../graph/graph.ts";
import { factClause, sentencesOf, symptomClause, wordingsOf } from "../graph/verbalise.ts";
import type { PretrainSection } from "../recipe/sections/pretrain.ts";
import type { Entity } from "../records/entity.ts";
import type { Question } from "../records/question.ts";

/** A document before tokens: running text, or a question with its direct answer. */
export type SourceDocument =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "question"; readonly question: Question };

export interface CorpusSources {
  readonly graph: KnowledgeGraph;
  /** How an entity is called inside a sentence. */
  nameOf(id: string): string;
  /** Plain text of each page. */
  readonly prose: readonly string[];
  readonly questions: readonly Question[];
}

/** One document, drawn at random by the recipe's shares. */
export function drawDocument(
  sources: CorpusSources,
  shares: PretrainSection["corpus"],
  random: Random,
): SourceDocument {
  const u = random.next();
  const { proseShare, questionShare, drugShare, rareShare } = shares;
  if (u < proseShare && sources.prose.length > 0)
    return { kind: "text", text: proseChunk(sources.prose, random) };
  if (u < proseShare + questionShare && sources.questions.length > 0)
    return { kind: "question", question: random.pick(sources.questions) };
  const drugs = sources.graph.byType("drug");
  if (u < proseShare + questionShare + drugShare && drugs.length > 0)
    return { kind: "text", text: factsOf(sources, random.pick(drugs), random) };
  const conditions = sources.graph.byType("disease").filter((entity) => entity.page !== undefined);
  const rare = conditions.filter((entity) => entity.rarity.isRare);
  const common = conditions.filter((entity) => !entity.rarity.isRare);
  const pool = rare.length > 0 && (common.length === 0 || random.next() < rareShare) ? rare : common;
  return { kind: "text", text: factsOf(sources, random.pick(pool), random) };
}

/** The facts of an entity, each in one of its wordings, in random order. */
export function factsOf(
  { graph, nameOf }: Pick<CorpusSources, "graph" | "nameOf">,
  entity: Entity,
  random: Random,
): string {
  const clauses: string[] = [];
  const symptoms = graph.out(entity.id, "HAS_SYMPTOM").map((relation) => nameOf(relation.tail));
  if (symptoms.length > 0)
    for (let round = 0; round < 2; round++) {
      const shown = random.sample(symptoms, Math.min(symptoms.length, 3 + random.integer(2)));
      clauses.push(symptomClause(nameOf(entity.id), shown, random.integer(4)));
    }
  for (const { head, predicate, tail } of graph.out(entity.id)) {
    if (predicate === "HAS_SYMPTOM" || wordingsOf(predicate) === 0) continue;
    clauses.push(factClause(nameOf(head), predicate, nameOf(tail), random.integer(wordingsOf(predicate))));
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
