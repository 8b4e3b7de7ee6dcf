/**
 * Difficulty tiers without a model (paper §3.1, which grades by a model): a made question's tier comes from its path.
 * One hop from the name is easy, a contraindication that must be found from symptoms is difficult, the rest moderate;
 * a rare subject lifts a question one tier, and so does a label that only some answers reach. Wrong options that are
 * very close, or a very long stem, lift what nothing else has lifted. A curated question has no path: words,
 * options and disagreement decide.
 *
 * Invariant: rarity and not the type makes most difficulty, so that nearly every type is in the tiers of stage 1: a
 * type that stage 1 never sees is unlearned there.
 */
import type { KnowledgeGraph } from "../../graph/graph.ts";
import {
  isSynthetic,
  type Question,
  type SyntheticQuestion,
  type Tier,
  tierSchema,
} from "../../records/question.ts";
import { normaliseText } from "../../verify/text.ts";
import { closenessOf } from "./closeness.ts";

const order = tierSchema.options;

/** A tier with what it rests on. */
export interface Graded {
  readonly tier: Tier;
  readonly reasons: readonly string[];
}

/** What label verification found: answers, and those that are the label. */
export interface Answers {
  readonly correct: number;
  readonly answered: number;
}

/** From this mean likeness on, options are so close that they make a question harder by themselves. */
const veryClose = 0.6;
/** Words of a stem that has to be sorted through, and of one that holds a single fact. */
const long = 110;
const short = 18;
/** Options beyond which a curated question is not easy. */
const fewOptions = 5;
/** Mean share of words that the options have in common, from which on they have to be told apart with care. */
const alike = 0.5;

/** The tier of a question; without a graph closeness is not looked at. */
export function tierOf(question: Question, answers: Answers, graph?: KnowledgeGraph): Graded {
  const reasons: string[] = [];
  let level = isSynthetic(question) ? levelOfPath(question, reasons) : levelOfWords(question, reasons);
  const { correct, answered } = answers;
  if (correct < answered) {
    level += 1;
    reasons.push(`${answered - correct} of ${answered} answers are not the label`);
  }
  if (isSynthetic(question) && !question.origin.isRare && correct === answered)
    level += extremes(question, graph, reasons);
  return { tier: order[Math.max(0, Math.min(order.length - 1, level))] as Tier, reasons };
}

function levelOfPath({ origin }: SyntheticQuestion, reasons: string[]): number {
  const isFromSymptoms = isToldBySymptoms(origin);
  const hasCondition = /ToAvoid$/.test(origin.type);
  reasons.push(
    `${origin.hops} ${origin.hops === 1 ? "hop" : "hops"} from ${isFromSymptoms ? "symptoms" : "the name"}${hasCondition ? ", ruled by another condition" : ""}`,
  );
  const isCompared = origin.type === "discriminator";
  if (isCompared) reasons.push("two diseases told apart");
  const level =
    origin.hops === 1 && !isFromSymptoms && !isCompared ? 0 : isFromSymptoms && hasCondition ? 2 : 1;
  if (!origin.isRare) return level;
  reasons.push("a rare subject");
  return level + 1;
}

function extremes(question: SyntheticQuestion, graph: KnowledgeGraph | undefined, reasons: string[]): number {
  const closeness = graph === undefined ? undefined : closenessOf(graph, question);
  const words = wordsOf(question.stem);
  const isClose = closeness !== undefined && closeness >= veryClose;
  if (isClose)
    reasons.push(`wrong options share ${Math.round(closeness * 100)}% of what the answer is linked to`);
  if (words >= long) reasons.push(`a stem of ${words} words`);
  return isClose || words >= long ? 1 : 0;
}

function levelOfWords({ stem, context, options }: Question, reasons: string[]): number {
  const words = wordsOf(stem);
  const texts = Object.values(options);
  const likeness = meanLikeness(texts);
  const isAlike = likeness >= alike;
  reasons.push(`a stem of ${words} words, ${texts.length} options`);
  if (context !== undefined) reasons.push("a text to read first");
  if (isAlike) reasons.push(`options share ${Math.round(likeness * 100)}% of their words`);
  const isPlain = words <= short && texts.length <= fewOptions && context === undefined && !isAlike;
  return isPlain ? 0 : 1 + (words >= long ? 1 : 0) + (isAlike ? 1 : 0);
}

/** Words of a text; where words have no spaces between them, two characters count as one. */
function wordsOf(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const others = text.replaceAll(/\p{Script=Han}+/gu, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return others + Math.round(han / 2);
}

/** Mean Jaccard of the words of every two options. */
function meanLikeness(texts: readonly string[]): number {
  const sets = texts.map((text) => new Set(normaliseText(text).split(" ")));
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < sets.length; i++)
    for (let j = 0; j < i; j++) {
      const [one, other] = [sets[i] as Set<string>, sets[j] as Set<string>];
      const common = [...one].filter((word) => other.has(word)).length;
      sum += common / (one.size + other.size - common);
      pairs += 1;
    }
  return pairs === 0 ? 0 : sum / pairs;
}

function isToldBySymptoms({ path, facts }: SyntheticQuestion["origin"]): boolean {
  return (
    path.some(({ predicate }) => predicate === "HAS_SYMPTOM") && !facts.some(({ say }) => say === "name")
  );
}

/** Whether a question is one hop from a name: the share of these in a test set is kept small. */
export function isOneHop(question: Question): boolean {
  return isSynthetic(question) && question.origin.hops === 1 && !isToldBySymptoms(question.origin);
}
