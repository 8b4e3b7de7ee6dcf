/**
 * Position bias: whether a model prefers some letters whatever stands there. Letters are those that were shown.
 *
 * The test's null hypothesis is that places do not matter: each answer is right with one probability a wherever the
 * gold answer stands, and a wrong answer falls on each other letter equally often. Letters are then chosen
 *
 *     E_l = a·g_l + (1 − a)·(n − g_l)/(k − 1)
 *
 * times, where g_l counts the gold answers at l. To set the choices beside the gold counts alone would call every model
 * biased that is sometimes wrong on a set whose gold answers are uneven (MedMCQA has a third of them at A). The
 * statistic is d' S⁻ d, d = chosen − E, with the covariance S of d given the gold letters and the number right; it has
 * k − 1 degrees of freedom. Where fewer than 5 wrong answers are expected at a letter, p comes from draws under the
 * null hypothesis instead: which answers are right is dealt out anew, and wrong letters are drawn.
 *
 * A set may itself have tempting places ("none of the above" comes last): several orders of the options tell the model's
 * preference from the set's.
 */
import { groupBy } from "../../base/collections.ts";
import { invariant } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import { type Share, shareOf } from "../../base/wilson.ts";
import { letters } from "../../records/question.ts";
import { chiSquareTail } from "./chi-square.ts";

/** One reply to a question with one right answer, in letters as they were shown. */
export interface Choice {
  readonly gold: string;
  /** Null where no single letter was read. */
  readonly chosen: string | null;
  /** Number of options. */
  readonly options: number;
}

export interface PositionTable {
  readonly options: number;
  readonly n: number;
  /** Replies with a letter; the test is over these. */
  readonly answered: number;
  /** Accuracy where the gold answer stands at a letter, no answer being wrong; letters that are never gold are left out. */
  readonly byGold: readonly (Share & { readonly letter: string })[];
  /** How often each letter was chosen, and would be if places did not matter. */
  readonly chosen: readonly {
    readonly letter: string;
    readonly observed: number;
    readonly expected: number;
  }[];
  /** Null where nothing wrong was chosen, or there is nothing else to choose. */
  readonly test: PositionTest | null;
}

interface PositionTest {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  readonly method: "chi-square" | "permutation";
}

const permutations = 2000;

/** A table for each number of options that occurs, the smallest first. */
export function positionTables(choices: readonly Choice[], random: Random): PositionTable[] {
  const groups = [...groupBy(choices, ({ options }) => options)].sort(([a], [b]) => a - b);
  return groups.map(([options, group]) => positionTable(options, group, random.fork(`${options} options`)));
}

function positionTable(options: number, choices: readonly Choice[], random: Random): PositionTable {
  // Rows are gold letters, columns chosen letters, both from A on.
  const table = Array.from({ length: options }, () => new Array<number>(options).fill(0));
  const noAnswer = new Array<number>(options).fill(0);
  for (const { gold, chosen } of choices) {
    const row = placeOf(gold, options);
    if (chosen === null) noAnswer[row]! += 1;
    else table[row]![placeOf(chosen, options)]! += 1;
  }
  const n = choices.length;
  const byGold = table.flatMap((row, place) => {
    const share = shareOf(row[place]!, sumOf(row) + noAnswer[place]!);
    return share === null ? [] : [{ letter: letters[place]!, ...share }];
  });
  const gold = table.map(sumOf);
  const right = sumOf(table.map((row, place) => row[place]!));
  const observed = gold.map((_, place) => sumOf(table.map((row) => row[place]!)));
  const expected = expectedChoices(gold, right);
  return {
    options,
    n,
    answered: sumOf(gold),
    byGold,
    chosen: observed.map((count, place) => ({
      letter: letters[place]!,
      observed: count,
      expected: expected[place]!,
    })),
    test: testOf(gold, right, observed, random),
  };
}

function placeOf(letter: string, options: number): number {
  const place = (letters as readonly string[]).indexOf(letter);
  invariant(place >= 0 && place < options, `"${letter}" is not a letter of ${options} options`);
  return place;
}

/** E of the comment above. */
function expectedChoices(gold: readonly number[], right: number): number[] {
  const n = sumOf(gold);
  if (n === 0 || gold.length === 1) return [...gold];
  const a = right / n;
  return gold.map((g) => a * g + ((1 - a) * (n - g)) / (gold.length - 1));
}

function testOf(
  gold: readonly number[],
  right: number,
  observed: readonly number[],
  random: Random,
): PositionTest | null {
  const n = sumOf(gold);
  const k = gold.length;
  if (k < 2 || n === 0 || right === n) return null;
  const expected = expectedChoices(gold, right);
  const solve = solverOf(covariance(gold, right / n));
  const statisticOf = (counts: ArrayLike<number>): number =>
    solve.quadraticForm(expected.map((value, place) => counts[place]! - value));
  const statistic = statisticOf(observed);
  if (solve.rank === 0) return null;
  const wrongAt = gold.map((g) => ((1 - right / n) * (n - g)) / (k - 1));
  if (Math.min(...wrongAt) >= 5) {
    return { statistic, df: solve.rank, p: chiSquareTail(statistic, solve.rank), method: "chi-square" };
  }
  let atLeast = 1;
  for (let draw = 0; draw < permutations; draw++) {
    if (statisticOf(drawnChoices(gold, right, random)) >= statistic - 1e-9) atLeast += 1;
  }
  return { statistic, df: solve.rank, p: atLeast / (permutations + 1), method: "permutation" };
}

/** Chosen letters under the null hypothesis, with the gold letters and the number right as they are. */
function drawnChoices(gold: readonly number[], right: number, random: Random): Float64Array {
  const left = [...gold];
  const counts = Float64Array.from(gold);
  let unread = sumOf(gold);
  for (let wrong = unread - right; wrong > 0; wrong--) {
    let at = random.integer(unread);
    unread -= 1;
    let from = 0;
    while (at >= left[from]!) at -= left[from++]!;
    left[from]! -= 1;
    const other = random.integer(gold.length - 1);
    counts[from]! -= 1;
    counts[other < from ? other : other + 1]! += 1;
  }
  return counts;
}

/**
 * Covariance of the chosen counts given the gold letters and the number right. With q = (1 − a)/(k − 1), an answer whose
 * gold letter is g has the chances π_g (a at g, q elsewhere), so the counts have Σ n_g (diag π_g − π_g π_g'); knowing the
 * number right takes off b b'/v, b = a(1 − a) Σ n_g (e_g − u_g) with u_g even over the others, v = n a(1 − a).
 */
function covariance(gold: readonly number[], a: number): number[][] {
  const k = gold.length;
  const n = sumOf(gold);
  const q = (1 - a) / (k - 1);
  const chance = (from: number, to: number): number => (from === to ? a : q);
  const slope = gold.map((g) => g - (n - g) / (k - 1));
  return gold.map((_, i) =>
    gold.map((__, j) => {
      const spread = gold.reduce(
        (sum, count, from) =>
          sum + count * ((i === j ? chance(from, i) : 0) - chance(from, i) * chance(from, j)),
        0,
      );
      return spread - (a * (1 - a) * slope[i]! * slope[j]!) / n;
    }),
  );
}

/**
 * Quadratic forms in a generalised inverse of a positive semidefinite matrix, by symmetric elimination that leaves out
 * directions without variance: the counts have a fixed sum, so there is at least one.
 */
function solverOf(matrix: readonly (readonly number[])[]): {
  readonly rank: number;
  quadraticForm(vector: readonly number[]): number;
} {
  const rows = matrix.map((row) => [...row]);
  const smallest = 1e-10 * Math.max(...rows.map((row, i) => row[i]!), Number.MIN_VALUE);
  const steps: { readonly pivot: number; readonly value: number; readonly factors: readonly number[] }[] = [];
  const open = new Set(rows.keys());
  while (open.size > 0) {
    const pivot = [...open].reduce((best, i) => (rows[i]![i]! > rows[best]![best]! ? i : best));
    const value = rows[pivot]![pivot]!;
    if (value <= smallest) break;
    open.delete(pivot);
    const factors = rows.map((row, i) => (open.has(i) ? row[pivot]! / value : 0));
    for (const i of open) for (const j of open) rows[i]![j]! -= factors[i]! * rows[pivot]![j]!;
    steps.push({ pivot, value, factors });
  }
  return {
    rank: steps.length,
    quadraticForm(vector) {
      const left = [...vector];
      let form = 0;
      for (const { pivot, value, factors } of steps) {
        const own = left[pivot]!;
        form += (own * own) / value;
        for (const [i, factor] of factors.entries()) left[i]! -= factor * own;
      }
      return form;
    },
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
