/**
 * From scores to the numbers of a row of the ablation and of a paired difference (paper §4, Table 4).
 *
 * Invariant: a row counts every question; an answer that could not be read is wrong in the accuracy and named apart.
 */
import { groupBy } from "../base/collections.ts";
import { invariant } from "../base/errors.ts";
import { type Random, seededRandom } from "../base/random.ts";
import { wilsonInterval } from "../base/wilson.ts";
import { isSynthetic, type Question, tierSchema } from "../records/question.ts";
import type { PairResult, ResultRow, SliceResult } from "../records/results.ts";
import type { Outcome, Score } from "../records/score.ts";
import { clusterOf } from "./cluster.ts";
import { clusteredMean, isSeparated } from "./statistics/bootstrap.ts";
import { clusteredWilson } from "./statistics/clustered-wilson.ts";
import { mcnemarExact } from "./statistics/paired.ts";

export interface Sampling {
  readonly seed: number;
  readonly resamples: number;
}

/** The questions by slice: "rare", "common", "tier:easy", "type:diagnosis" …, as places in the list. */
function slicePlaces(questions: readonly Question[]): Map<string, number[]> {
  const named = questions.flatMap((question, place) => sliceNames(question).map((name) => ({ name, place })));
  const order = [...named].sort((a, b) => compare(sortKey(a.name), sortKey(b.name)) || a.place - b.place);
  const groups = groupBy(order, ({ name }) => name);
  return new Map([...groups].map(([name, members]) => [name, members.map(({ place }) => place)]));
}

function sliceNames(question: Question): string[] {
  const tier = question.tier === undefined ? [] : [`tier:${question.tier}`];
  if (!isSynthetic(question)) return tier;
  return [question.origin.isRare ? "rare" : "common", ...tier, `type:${question.origin.type}`];
}

/** Common before rare, tiers from easy to difficult, types by name. */
function sortKey(name: string): string {
  if (name === "common") return "0";
  if (name === "rare") return "1";
  const [kind, value = ""] = name.split(":");
  return kind === "tier" ? `2${(tierSchema.options as readonly string[]).indexOf(value)}` : `3${value}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Count, accuracy and both intervals over some questions. */
function summariseSlice(
  questions: readonly Question[],
  scores: readonly Score[],
  random: Random,
  resamples: number,
): SliceResult {
  invariant(questions.length === scores.length, `${questions.length} questions but ${scores.length} scores`);
  invariant(questions.length > 0, "a row of no questions has no accuracy");
  const values = questions.map((question, i) => ({
    cluster: clusterOf(question),
    value: scores[i]!.correct ? 1 : 0,
  }));
  const n = values.length;
  const correct = values.reduce((sum, { value }) => sum + value, 0);
  const { low, high } = wilsonInterval(correct, n);
  const drawn = clusteredMean(values, random, resamples);
  // Paths drawn from those that are all right, or all wrong, are so too: a bootstrap of them has no width.
  const clustered = drawn.low < drawn.high ? drawn : clusteredWilson(values);
  const { clusters } = clustered;
  return {
    n,
    correct,
    accuracy: correct / n,
    low,
    high,
    clusterLow: clustered.low,
    clusterHigh: clustered.high,
    clusters,
  };
}

/** How many replies came to each end, and how long they were. */
export function countOutcomes(
  scores: readonly Score[],
): Pick<ResultRow, Exclude<Outcome, "right"> | "meanTokens"> {
  const counts = { right: 0, wrong: 0, truncated: 0, refused: 0, empty: 0, unparsed: 0 };
  let tokens = 0;
  for (const score of scores) {
    counts[score.outcome] += 1;
    tokens += score.tokens;
  }
  const { right: _, ...others } = counts;
  return { ...others, meanTokens: tokens / scores.length };
}

/** Questions with the score of each. */
export interface Scored {
  readonly questions: readonly Question[];
  readonly scores: readonly Score[];
}

/** One row of the ablation (Table 4) with its slices; `unseen` are questions on entities kept from training. */
export function summariseRow(
  row: Pick<ResultRow, "row" | "label" | "kind">,
  { questions, scores }: Scored,
  unseen: Scored,
  { seed, resamples }: Sampling,
): ResultRow {
  const randomFor = (slice: string): Random => seededRandom(seed, "evaluate", "bootstrap", row.row, slice);
  const slices = new Map(
    [...slicePlaces(questions)].map(([name, places]) => [
      name,
      summariseSlice(
        places.map((i) => questions[i]!),
        places.map((i) => scores[i]!),
        randomFor(name),
        resamples,
      ),
    ]),
  );
  const under = (prefix: string): Record<string, SliceResult> =>
    Object.fromEntries(
      [...slices]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, slice]) => [name.slice(prefix.length), slice]),
    );
  return {
    ...row,
    ...summariseSlice(questions, scores, randomFor("all"), resamples),
    ...countOutcomes(scores),
    unseen:
      unseen.questions.length === 0
        ? null
        : summariseSlice(unseen.questions, unseen.scores, randomFor("unseen"), resamples),
    slices: {
      byTier: under("tier:"),
      byType: under("type:"),
      rare: slices.get("rare") ?? null,
      common: slices.get("common") ?? null,
    },
  };
}

/** What `to` gained over `from` on the same questions, with the interval that decides whether it is separated. */
export function summarisePair(
  pair: Pick<PairResult, "from" | "to" | "kind">,
  questions: readonly Question[],
  from: readonly Score[],
  to: readonly Score[],
  { seed, resamples }: Sampling,
): PairResult {
  invariant(
    questions.every((question, i) => from[i]?.question === question.id && to[i]?.question === question.id),
    `rows "${pair.from}" and "${pair.to}" were not asked the same questions`,
  );
  const values = questions.map((question, i) => ({
    cluster: clusterOf(question),
    value: Number(to[i]!.correct) - Number(from[i]!.correct),
  }));
  const differenceOver = (name: string, places: readonly number[]) => {
    const random = seededRandom(seed, "evaluate", "bootstrap", `${pair.from}-${pair.to}`, name);
    const chosen = places.map((i) => values[i]!);
    const { mean, low, high } = clusteredMean(chosen, random, resamples);
    return { n: chosen.length, difference: mean, low, high, separated: isSeparated({ low, high }) };
  };
  const lost = values.filter(({ value }) => value < 0).length;
  const gained = values.filter(({ value }) => value > 0).length;
  const slices = [...slicePlaces(questions)].filter(([name]) => !name.startsWith("type:"));
  return {
    ...pair,
    ...differenceOver("all", [...values.keys()]),
    mcnemarP: mcnemarExact(lost, gained),
    lost,
    gained,
    slices: Object.fromEntries(slices.map(([name, places]) => [name, differenceOver(name, places)])),
  };
}
