/**
 * Relations in words: each predicate has a plain sentence that reads from head to tail and one or more others, some
 * of which read from tail to head. Language models store a fact in the direction in which they read it, so the
 * corpus of a small base model needs both (docs: pretrain), and the graph teacher speaks in the same words.
 */
import { invariant } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { Predicate } from "../records/relation.ts";

type Pattern = (head: string, tail: string) => string;

interface Patterns {
  /** Read from head to tail; the first is the plain one, which the teacher says. The tail may be a list. */
  readonly forward: readonly [Pattern, ...Pattern[]];
  /** Read from tail to head; the tail is one entity. */
  readonly backward: readonly [Pattern, ...Pattern[]];
}

const patterns: Readonly<Partial<Record<Predicate, Patterns>>> = {
  DIAGNOSED_BY: {
    forward: [(h, t) => `${h} is confirmed by ${t}`, (h, t) => `the test for ${h} is ${t}`],
    backward: [(h, t) => `${t} confirms ${h}`],
  },
  HAS_FINDING: {
    forward: [(h, t) => `${h} shows ${t}`, (h, t) => `the finding in ${h} is ${t}`],
    backward: [(h, t) => `${t} is the finding of ${h}`],
  },
  HAS_MECHANISM: {
    forward: [(h, t) => `${h} arises from ${t}`, (h, t) => `the mechanism of ${h} is ${t}`],
    backward: [(h, t) => `${t} leads to ${h}`],
  },
  TREATED_WITH: {
    forward: [(h, t) => `${h} is treated with ${t}`, (h, t) => `the treatment of ${h} is ${t}`],
    backward: [(h, t) => `${t} treats ${h}`],
  },
  CAUSED_BY: {
    forward: [(h, t) => `${h} is caused by ${t}`, (h, t) => `the cause of ${h} is ${t}`],
    backward: [(h, t) => `${t} causes ${h}`],
  },
  HAS_COMPLICATION: {
    forward: [(h, t) => `${h} may lead to ${t}`],
    backward: [(h, t) => `${t} is a complication of ${h}`],
  },
  HAS_RISK_FACTOR: {
    forward: [(h, t) => `${h} is more likely with ${t}`],
    backward: [(h, t) => `${t} is a risk factor for ${h}`],
  },
  MEMBER_OF_CLASS: {
    forward: [(h, t) => `${h} belongs to the ${t}`, (h, t) => `the class of ${h} is ${t}`],
    backward: [(h, t) => `one of the ${t} is ${h}`],
  },
  HAS_SIDE_EFFECT: {
    forward: [(h, t) => `${h} can cause ${t}`, (h, t) => `a side effect of ${h} is ${t}`],
    backward: [(h, t) => `${t} can come from ${h}`],
  },
  CONTRAINDICATED_IN: {
    forward: [(h, t) => `${h} must be avoided in ${t}`, (h, t) => `a contraindication of ${h} is ${t}`],
    backward: [(h, t) => `${t} rules out ${h}`],
  },
};

/** Predicates whose facts can be put into words, symptoms aside. */
export function hasWords(predicate: Predicate): boolean {
  return predicate in patterns;
}

/** A fact as the plain clause, without its full stop. */
export function factClause(head: string, predicate: Predicate, tail: string): string {
  const known = patterns[predicate];
  return known
    ? known.forward[0](head, tail)
    : `${head} ${predicate.toLowerCase().replaceAll("_", " ")} ${tail}`;
}

/**
 * All tails of a head and predicate in one clause, chief ones first, or one of them read backwards.
 * @throws Bug for a predicate without words; see `hasWords`.
 */
export function factsClause(
  head: string,
  predicate: Predicate,
  tails: readonly string[],
  random: Random,
): string {
  const known = patterns[predicate];
  invariant(known !== undefined, `facts of the kind ${predicate} have no words`);
  const ways = [...known.forward, ...known.backward];
  const way = random.pick(ways);
  const isBackward = known.backward.includes(way);
  return way(head, isBackward ? random.pick(tails) : listOf(tails));
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
function listOf(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
