/**
 * What a model's replies to the benchmarks come to (paper Table 3, one row): a column a set, and their plain mean.
 *
 * Departures from the paper: every column has intervals, the score without broken items beside it, what guessing would
 * give, and replies without an answer named apart; n counts replies, so that a sampled run is not taken for more items.
 */
import { groupBy } from "../base/collections.ts";
import { type Random, seededRandom } from "../base/random.ts";
import { wilsonInterval } from "../base/wilson.ts";
import type { Question } from "../records/question.ts";
import type { BenchmarkResult, ModelResult } from "../records/results.ts";
import type { Score } from "../records/score.ts";
import { shownLetters } from "../verify/orders/orders.ts";
import type { AnsweredSet } from "./benchmarks.ts";
import { clusterOf } from "./cluster.ts";
import { rightShare } from "./compare.ts";
import type { ModelPlan } from "./models.ts";
import { replyKey } from "./sample-log.ts";
import { commonestGold, compareWithChance } from "./statistics/chance.ts";
import { circularResult } from "./statistics/circular.ts";
import { clusteredWilson } from "./statistics/clustered-wilson.ts";
import { macroAverage, macroMean } from "./statistics/macro.ts";
import { positionTables } from "./statistics/position.ts";
import { meanMajorityAtK, meanPassAtK } from "./statistics/samples.ts";
import { accuracyBounds, unreadBy } from "./statistics/unread.ts";
import { countOutcomes, type Sampling } from "./summarise.ts";

/** An item of a set with the replies to it, and whether the clean score counts it. */
interface Item {
  readonly question: Question;
  readonly scores: readonly Score[];
  readonly isClean: boolean;
}

/** One column of Table 3. */
export function summariseBenchmark(
  model: string,
  { set, replies }: AnsweredSet,
  { seed, resamples }: Sampling,
): BenchmarkResult {
  const randomOf = (what: string): Random =>
    seededRandom(seed, "evaluate", "bootstrap", "benchmark", model, set.name, what);
  // Of an item with several problems the first is told, so that their counts add up to the items.
  const excluded = new Map(
    set.problems
      .filter((one) => one.excluded)
      .toReversed()
      .map((one) => [one.place, one.kind]),
  );
  const items: Item[] = set.questions.map((question, place) => ({
    question,
    scores: replies[place]!,
    isClean: !excluded.has(place),
  }));
  const scores = replies.flat();
  const whole = countsAndIntervals(items);
  const wilson = clusteredWilson(valuesOf(items), leastEffect(items));
  // One reply an item, since further ones to it are no further guesses.
  const { chance, p, verdict } = compareWithChance(
    items.filter(({ scores: [first] }) => first?.correct).length,
    set.questions,
    wilson,
  );
  const constant = commonestGold(set.questions);
  return {
    name: set.name,
    title: set.title,
    ...(set.column === undefined ? {} : { column: set.column }),
    split: set.split,
    language: set.language,
    questions: set.questions.length,
    samples: Math.max(1, ...scores.map(({ sample = 0 }) => sample + 1)),
    ...whole,
    ...countOutcomes(scores),
    designEffect: wilson.designEffect,
    chance: { level: chance, p, verdict },
    constant: { letters: [...constant.letters], accuracy: constant.share },
    answered: answeredScore(items),
    bounds: accuracyBounds(scores.map(({ outcome }) => outcome)),
    clean: cleanScore(items),
    problems: countsOf([...excluded.values()]),
    ...sampledScores(set.questions, replies, randomOf, resamples),
    positions: positionResults(items, randomOf("positions")),
    orders: orderResult(set.questions, replies),
    slices: slicesOf(items),
    unanswered: unansweredBins(items, set.language),
    trainedOn: set.trainedOn,
  };
}

function valuesOf(items: readonly Item[]): { cluster: string; value: number }[] {
  return items.map(({ question, scores }) => ({
    cluster: clusterOf(question),
    value: rightShare(scores),
  }));
}

/**
 * Replies are counted, items are weighed: several replies to an item, or several orders of its options, say no more of
 * the set than the item does. Both intervals are Wilson's at the effective number, of items that are unrelated and of
 * clusters of items: a bootstrap of no right answers has no width.
 */
function countsAndIntervals(items: readonly Item[]): BenchmarkResult["slices"][string] {
  const replies = items.flatMap(({ scores }) => scores);
  const values = valuesOf(items);
  const { mean, low, high, clusters } = clusteredWilson(values, leastEffect(items));
  const alone =
    replies.length === items.length
      ? wilsonInterval(mean * items.length, items.length)
      : clusteredWilson(
          values.map(({ value }, at) => ({ cluster: String(at), value })),
          leastEffect(items),
        );
  return {
    n: replies.length,
    correct: replies.filter(({ correct }) => correct).length,
    accuracy: mean,
    low: alone.low,
    high: alone.high,
    clusterLow: low,
    clusterHigh: high,
    clusters,
  };
}

/** With k replies an item, a set tells at most as much as k times as many items. */
function leastEffect(items: readonly Item[]): number {
  return items.length / items.reduce((sum, { scores }) => sum + scores.length, 0);
}

/** Accuracy among the replies that gave an answer. */
function answeredScore(items: readonly Item[]): BenchmarkResult["answered"] {
  const values = items.flatMap(({ question, scores }) =>
    scores
      .filter(({ letters }) => letters.length > 0)
      .map(({ correct }) => ({ cluster: clusterOf(question), value: Number(correct) })),
  );
  if (values.length === 0) return null;
  const { mean, low, high } = clusteredWilson(values);
  return { n: values.length, accuracy: mean, low, high };
}

function countsOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...groupBy([...names].sort(), (name) => name)].map(([name, of]) => [name, of.length]),
  );
}

function cleanScore(items: readonly Item[]): BenchmarkResult["clean"] {
  const kept = items.filter(({ isClean }) => isClean);
  if (kept.length === items.length || kept.length === 0) return null;
  const { n, correct, accuracy, clusterLow: low, clusterHigh: high } = countsAndIntervals(kept);
  return { n, correct, accuracy, low, high };
}

/** pass@k and majority@k at powers of two and at all samples; nothing where each question was asked once. */
function sampledScores(
  questions: readonly Question[],
  replies: AnsweredSet["replies"],
  randomOf: (what: string) => Random,
  resamples: number,
): Pick<BenchmarkResult, "passAt" | "majorityAt"> {
  const most = Math.min(...replies.map((some) => some.length));
  if (!replies[0]?.some(({ sample }) => sample !== undefined) || most < 2)
    return { passAt: [], majorityAt: [] };
  const sampled = questions.map((question, place) => ({
    cluster: clusterOf(question),
    votes: replies[place]!,
  }));
  const ks = [...new Set([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, most].filter((k) => k <= most))];
  const at = (name: string, meanOf: typeof meanPassAtK) =>
    ks.map((k) => {
      const { mean, low, high } = meanOf(sampled, k, randomOf(`${name}@${k}`), resamples);
      return { k, value: mean, low, high };
    });
  return { passAt: at("pass", meanPassAtK), majorityAt: at("majority", meanMajorityAtK) };
}

/** Letters as they were shown, since that is where a liking for a place shows. */
function positionResults(items: readonly Item[], random: Random): BenchmarkResult["positions"] {
  const choices = items
    .filter(({ question }) => question.gold.length === 1 && question.several === undefined)
    .flatMap(({ question, scores }) =>
      scores.map((score) => {
        const order = score.order ?? Object.keys(question.options);
        return {
          gold: shownLetters(order, question.gold)[0]!,
          chosen: shownLetters(order, score.letters)[0] ?? null,
          options: order.length,
        };
      }),
    );
  return positionTables(choices, random).map(({ options, n, answered, chosen, byGold, test }) => ({
    options,
    n,
    answered,
    chosen: chosen.map(({ letter, observed, expected }) => ({ letter, observed, expected })),
    byGold: byGold.map(({ letter, n: of, count, share, low, high }) => ({
      letter,
      n: of,
      count,
      share,
      low,
      high,
    })),
    test,
  }));
}

function orderResult(
  questions: readonly Question[],
  replies: AnsweredSet["replies"],
): BenchmarkResult["orders"] {
  const firstOfEach = (some: readonly Score[]): Score[] => [
    ...new Map(some.map((score) => [score.order?.join("") ?? "", score])).values(),
  ];
  const found = circularResult(
    questions.map((question, place) => ({
      cluster: clusterOf(question),
      replies: firstOfEach(replies[place]!),
    })),
  );
  if (found === null) return null;
  const shareOf = ({ count, mean, low, high }: typeof found.consistent) => ({
    count,
    share: mean,
    low,
    high,
  });
  return {
    questions: found.questions,
    unmovable: found.single,
    consistent: shareOf(found.consistent),
    allRight: shareOf(found.allRight),
  };
}

/** Labels with more values than this name items rather than kinds of them. */
const mostValues = 60;

function slicesOf(items: readonly Item[]): BenchmarkResult["slices"] {
  const named = items.flatMap((item) => sliceNames(item.question).map((name) => ({ name, item })));
  const groups = [...groupBy(named, ({ name }) => name)].sort(([a], [b]) => (a < b ? -1 : 1));
  const kinds = groupBy(groups, ([name]) => name.slice(0, name.indexOf(":")));
  const wanted = [...kinds.values()].filter((of) => of.length > 1 && of.length <= mostValues).flat();
  return Object.fromEntries(
    wanted.map(([name, members]) => [name, countsAndIntervals(members.map(({ item }) => item))]),
  );
}

function sliceNames({ origin, options, tier, language }: Question): string[] {
  const labels = origin.kind === "curated" ? (origin.labels ?? {}) : { type: origin.type };
  return [
    ...Object.entries(labels).map(([label, value]) => `${label}:${value}`),
    ...(tier === undefined ? [] : [`tier:${tier}`]),
    `language:${language}`,
    `options:${Object.keys(options).length}`,
  ];
}

function unansweredBins(items: readonly Item[], language: string): BenchmarkResult["unanswered"] {
  const rows = items.flatMap(({ question, scores }) =>
    scores.map(({ outcome, prompt = "" }) => ({
      outcome,
      options: Object.keys(question.options).length,
      promptLength: prompt.length,
      language,
    })),
  );
  const bins = unreadBy(rows);
  return (["options", "promptLength", "language"] as const).flatMap((by) =>
    bins[by].map(({ bin, n, truncated, unparsed }) => ({
      by,
      bin,
      n,
      truncated: truncated.count,
      unparsed: unparsed.count,
    })),
  );
}

/** A row of Table 3: the columns and their plain mean, of unrounded accuracies. */
export function summariseModel(
  plan: ModelPlan,
  complete: readonly AnsweredSet[],
  benchmarks: readonly BenchmarkResult[],
  { seed, resamples }: Sampling,
): ModelResult {
  const { name, label, kind, reader, price } = plan;
  // Items that read the same were asked once.
  const asked = new Map(
    complete.flatMap(({ replies }) => replies.flat()).map((score) => [replyKey(score), score]),
  );
  const scores = [...asked.values()];
  const tokens = {
    read: scores.reduce((sum, { promptTokens = 0 }) => sum + promptTokens, 0),
    written: scores.reduce((sum, score) => sum + score.tokens, 0),
  };
  return {
    name,
    label,
    kind,
    reader,
    benchmarks: [...benchmarks],
    macro: macroOf(name, complete, benchmarks, { seed, resamples }),
    tokens,
    money: price === undefined ? null : (tokens.read * price.input + tokens.written * price.output) / 1e6,
  };
}

function macroOf(
  model: string,
  complete: readonly AnsweredSet[],
  benchmarks: readonly BenchmarkResult[],
  { seed, resamples }: Sampling,
): ModelResult["macro"] {
  if (benchmarks.length === 0) return null;
  const columns = complete.map(({ set, replies }) => ({
    name: set.name,
    values: valuesOf(
      set.questions.map((question, place) => ({ question, scores: replies[place]!, isClean: true })),
    ),
  }));
  const random = seededRandom(seed, "evaluate", "bootstrap", "macro", model);
  const { mean, low, high } = macroMean(columns, random, resamples);
  const clean = macroAverage(benchmarks.map((column) => column.clean?.accuracy ?? column.accuracy));
  return { value: mean, low, high, columns: benchmarks.map(({ name }) => name), clean: clean ?? mean };
}
