/**
 * What a model that knows nothing would score, and whether an accuracy is above that.
 *
 * Guessing takes one option, or, where several may be right, one of the 2^n − 1 sets of letters, each equally often.
 * The number of right guesses is then a sum of independent coin tosses with these chances (a Poisson-binomial
 * distribution). It is counted exactly: questions of one chance make a binomial, and the binomials are convolved.
 */
import { groupBy } from "../../base/collections.ts";
import { invariant } from "../../base/errors.ts";
import type { Interval } from "../../base/wilson.ts";
import { mayHaveSeveral, type Question } from "../../records/question.ts";

type Asked = Pick<Question, "options" | "gold" | "several">;

/** The answer that is right most often when it is given to every question. */
export interface ConstantAnswer {
  readonly letters: readonly string[];
  readonly count: number;
  readonly share: number;
}

export interface ChanceComparison {
  /** Mean chance over the questions. */
  readonly chance: number;
  /** How probable it is to guess at least as many right. */
  readonly p: number;
  /** "at" where the accuracy cannot be told from guessing. */
  readonly verdict: "above" | "at" | "below";
}

/** The chance to guess one question right. */
export function chanceOf(question: Asked): number {
  const options = Object.keys(question.options).length;
  invariant(options > 0, "a question without options cannot be guessed");
  return mayHaveSeveral(question) ? 1 / (2 ** options - 1) : 1 / options;
}

/** The gold answer that most questions share; of equally common ones the first by letter. */
export function commonestGold(questions: readonly Pick<Question, "gold">[]): ConstantAnswer {
  invariant(questions.length > 0, "no questions have no commonest answer");
  const groups = groupBy(questions, ({ gold }) => [...gold].sort().join(" "));
  const [letters, group] = [...groups].sort(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  )[0]!;
  return { letters: letters.split(" "), count: group.length, share: group.length / questions.length };
}

/**
 * Sets a score beside guessing. "above" asks for both: p below 5%, which takes questions as unrelated, and an interval
 * (which need not) above the chance level.
 */
export function compareWithChance(
  correct: number,
  questions: readonly Asked[],
  interval: Interval,
): ChanceComparison {
  invariant(questions.length > 0, "no questions have no chance level");
  const chances = questions.map(chanceOf);
  const chance = chances.reduce((sum, value) => sum + value, 0) / chances.length;
  const p = tailProbability(correct, chances);
  const verdict = interval.high < chance ? "below" : interval.low > chance && p < 0.05 ? "above" : "at";
  return { chance, p, verdict };
}

/** P(X ≥ correct) where X counts independent successes with these chances. */
export function tailProbability(correct: number, chances: readonly number[]): number {
  if (correct <= 0) return 1;
  const groups = [...groupBy(chances, (chance) => chance)].sort(([a], [b]) => a - b);
  let total: Masses = { from: 0, masses: Float64Array.of(1) };
  for (const [chance, { length }] of groups) total = convolved(total, binomial(length, chance));
  let tail = 0;
  // From the far end: the small ones first.
  for (let i = total.masses.length - 1; i >= 0 && total.from + i >= correct; i--) tail += total.masses[i]!;
  return Math.min(1, tail);
}

/** Probabilities of from, from + 1, …; all others are 0, or too small for a number. */
interface Masses {
  readonly from: number;
  readonly masses: Float64Array;
}

/** The binomial distribution, by the ratio of neighbours from its mode outwards, then scaled to 1. */
function binomial(n: number, chance: number): Masses {
  if (chance <= 0 || chance >= 1) return { from: chance <= 0 ? 0 : n, masses: Float64Array.of(1) };
  const odds = chance / (1 - chance);
  const mode = Math.min(n, Math.floor((n + 1) * chance));
  const below: number[] = [];
  for (let k = mode, mass = 1; k > 0; k--) {
    mass *= k / ((n - k + 1) * odds);
    if (mass === 0) break;
    below.push(mass);
  }
  const above: number[] = [];
  for (let k = mode, mass = 1; k < n; k++) {
    mass *= ((n - k) * odds) / (k + 1);
    if (mass === 0) break;
    above.push(mass);
  }
  const masses = Float64Array.from([...below.reverse(), 1, ...above]);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return { from: mode - below.length, masses: masses.map((mass) => mass / total) };
}

function convolved(a: Masses, b: Masses): Masses {
  const out = new Float64Array(a.masses.length + b.masses.length - 1);
  for (let i = 0; i < a.masses.length; i++) {
    const mass = a.masses[i]!;
    if (mass === 0) continue;
    for (let j = 0; j < b.masses.length; j++) out[i + j]! += mass * b.masses[j]!;
  }
  return { from: a.from + b.from, masses: out };
}
