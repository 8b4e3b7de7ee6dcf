/**
 * Relations in words: each predicate has a plain sentence that reads from head to tail and one or more others, some
 * of which read from tail to head. Language models store a fact in the direction in which they read it, so the
 * corpus of a small base model needs both (docs: pretrain), and the graph teacher speaks in the same words.
 */
import type { Predicate } from "../records/relation.ts";

type Pattern = (head: string, tail: string) => string;

/** The first pattern is the plain one: it is what the teacher says. */
const patterns: Readonly<Partial<Record<Predicate, readonly [Pattern, ...Pattern[]]>>> = {
  DIAGNOSED_BY: [
    (h, t) => `${h} is confirmed by ${t}`,
    (h, t) => `the test for ${h} is ${t}`,
    (h, t) => `${t} confirms ${h}`,
  ],
  HAS_FINDING: [
    (h, t) => `${h} shows ${t}`,
    (h, t) => `the finding in ${h} is ${t}`,
    (h, t) => `${t} is the finding of ${h}`,
  ],
  HAS_MECHANISM: [
    (h, t) => `${h} arises from ${t}`,
    (h, t) => `the mechanism of ${h} is ${t}`,
    (h, t) => `${t} leads to ${h}`,
  ],
  TREATED_WITH: [
    (h, t) => `${h} is treated with ${t}`,
    (h, t) => `the treatment of ${h} is ${t}`,
    (h, t) => `${t} treats ${h}`,
  ],
  CAUSED_BY: [(h, t) => `${h} is caused by ${t}`, (h, t) => `${t} causes ${h}`],
  HAS_COMPLICATION: [(h, t) => `${h} may lead to ${t}`, (h, t) => `${t} is a complication of ${h}`],
  HAS_RISK_FACTOR: [(h, t) => `${t} is a risk factor for ${h}`],
  BELONGS_TO_SPECIALTY: [(h, t) => `${h} belongs to ${t}`],
  DIFFERENTIAL_DIAGNOSIS: [(h, t) => `${h} can be mistaken for ${t}`],
  MEMBER_OF_CLASS: [
    (h, t) => `${h} belongs to the ${t}`,
    (h, t) => `the class of ${h} is ${t}`,
    (h, t) => `one of the ${t} is ${h}`,
  ],
  HAS_SIDE_EFFECT: [
    (h, t) => `${h} can cause ${t}`,
    (h, t) => `a side effect of ${h} is ${t}`,
    (h, t) => `${t} can come from ${h}`,
  ],
  CONTRAINDICATED_IN: [
    (h, t) => `${h} must be avoided in ${t}`,
    (h, t) => `${t} rules out ${h}`,
    (h, t) => `a contraindication of ${h} is ${t}`,
  ],
  ACTS_BY: [(h, t) => `${h} acts by ${t}`, (h, t) => `the action of ${h} is ${t}`],
  INTERACTS_WITH: [(h, t) => `${h} interacts with ${t}`],
};

/** How many wordings a predicate has; 0 where facts of this kind are not put into words. */
export function wordingsOf(predicate: Predicate): number {
  return patterns[predicate]?.length ?? 0;
}

/** A fact as a clause without its full stop; wording 0 is the plain one. */
export function factClause(head: string, predicate: Predicate, tail: string, wording = 0): string {
  const known = patterns[predicate];
  if (known === undefined) return `${head} ${predicate.toLowerCase().replaceAll("_", " ")} ${tail}`;
  return known[wording % known.length]!(head, tail);
}

/** Symptoms and the disease they point to, in one of four wordings; even ones read from the symptoms. */
export function symptomClause(disease: string, symptoms: readonly string[], wording = 0): string {
  const list = listOf(symptoms);
  switch (wording % 4) {
    case 0:
      return `${list} suggest ${disease}`;
    case 1:
      return `${disease} presents with ${list}`;
    case 2:
      return `a patient with ${list} may have ${disease}`;
    default:
      return `the symptoms of ${disease} are ${list}`;
  }
}

/** Clauses as sentences: each with a capital and a full stop. */
export function sentencesOf(clauses: readonly string[]): string {
  return clauses.map((clause) => `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`).join(" ");
}

/** "a", "a and b", "a, b and c". */
export function listOf(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
