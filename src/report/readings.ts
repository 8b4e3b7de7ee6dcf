/**
 * What the numbers allow one to say, in sentences. Every sentence is chosen by the data of this run: a difference
 * whose clustered interval holds 0 is called not separated, whichever way one would like it to be.
 */
import type { PairResult, ResultRow, Results } from "../records/results.ts";
import type { PremiseFacts, TokenCount } from "./facts.ts";
import { count, listOf, percent, plural, pointRange, points, range } from "./format.ts";

/** "+5.0 points [+1.7, +8.4]", and whether that is more than chance. */
export function describeDifference(
  pair: Pick<PairResult, "difference" | "low" | "high" | "separated">,
): string {
  const verdict = pair.separated ? "separated" : "not separated";
  return `${points(pair.difference)} points ${pointRange(pair.low, pair.high)}, ${verdict}`;
}

/** The premise under which the rows are to be read, from counts of this run. */
export function premiseReading(premise: PremiseFacts): string[] {
  const { trainPaths, taughtPaths, trajectories, sharedPaths, testPaths } = premise;
  const sentences: string[] = [];
  if (trainPaths > 0 && trajectories > 0)
    sentences.push(
      `Gold reasoning is scarce and gold answers are plenty: ${count(taughtPaths)} of ${plural(trainPaths, "training path")} ` +
        `(${percent(taughtPaths / trainPaths)}%) have written reasoning (${plural(trajectories, "trajectory").replace("trajectorys", "trajectories")}), ` +
        "and every training path has an answer that can be checked. The order of the rows is to be read under this premise.",
    );
  if (testPaths > 0)
    sentences.push(
      sharedPaths === 0
        ? `The split is by reasoning path: none of the ${plural(testPaths, "test path")} occurs in training, in any wording.`
        : `The split does not hold: ${plural(sharedPaths, "test path")} of ${count(testPaths)} also ${sharedPaths === 1 ? "occurs" : "occur"} in training, so the rows overstate what was learned.`,
    );
  if (premise.testQuestions > 0)
    sentences.push(
      `It is not by fact: ${percent(premise.testOfKnownFacts / premise.testQuestions)}% of the test questions are made only of facts ` +
        "that also stand in training questions, on other paths. There the test is of putting known facts together, not of unseen facts.",
    );
  return sentences;
}

/** What the steps from row to row show. */
export function stepReading(results: Results): string[] {
  const steps = results.pairs.filter(({ kind }) => kind === "step");
  if (steps.length === 0) return [];
  const name = (pair: PairResult): string => `${labelOf(results, pair.from)} → ${labelOf(results, pair.to)}`;
  const up = steps.filter((pair) => pair.separated && pair.difference > 0);
  const down = steps.filter((pair) => pair.separated && pair.difference < 0);
  const flat = steps.filter((pair) => !pair.separated);
  const sentences: string[] = [];
  if (up.length === steps.length)
    sentences.push(
      `Every step is a gain that is separated from chance (${listOf(steps.map((pair) => `${name(pair)} ${points(pair.difference)}`))}).`,
    );
  else {
    if (up.length > 0)
      sentences.push(
        `A gain that is separated from chance: ${listOf(up.map((pair) => `${name(pair)} (${points(pair.difference)})`))}.`,
      );
    if (down.length > 0)
      sentences.push(
        `A loss that is separated from chance: ${listOf(down.map((pair) => `${name(pair)} (${points(pair.difference)})`))}.`,
      );
    if (flat.length > 0)
      sentences.push(
        `Not separated: ${listOf(flat.map((pair) => `${name(pair)} (${points(pair.difference)} ${pointRange(pair.low, pair.high)})`))}; ` +
          "this run shows neither a gain nor a loss there.",
      );
  }
  const moved = steps.flatMap((pair) => oppositeSlices(pair).map((text) => `${name(pair)}: ${text}`));
  return [...sentences, ...moved];
}

/** Slices in which a step moved against the rest: separated and of the other sign than the whole. */
function oppositeSlices(pair: PairResult): string[] {
  return Object.entries(pair.slices)
    .filter(([, slice]) => slice.separated && Math.sign(slice.difference) === -Math.sign(pair.difference))
    .map(
      ([slice, { difference }]) =>
        `${sliceLabel(slice)} questions moved the other way (${points(difference)}, separated).`,
    );
}

/** What the base loses by form alone. */
export function formReading(results: Results): string[] {
  const base = rowOf(results, "base");
  const forced = rowOf(results, "baseForcedChoice");
  const pair = pairOf(results, "baseForcedChoice", "coldstart");
  if (base === undefined || forced === undefined) return [];
  const lost = base.truncated + base.unparsed + base.empty + base.refused;
  const first =
    `The base model gives no readable answer to ${percent(lost / base.n)}% of the questions. ` +
    `Made to choose its likeliest option it scores ${percent(forced.accuracy)} instead of ${percent(base.accuracy)}.`;
  if (pair === undefined) return [first];
  const hasGained = (rowOf(results, "coldstart")?.accuracy ?? 0) > base.accuracy;
  const verdict = !pair.separated
    ? `Against that, the cold start is not separated (${points(pair.difference)} ${pointRange(pair.low, pair.high)}): ${hasGained ? "its gain may be one of form only" : "it shows no gain over the base, of form or of knowledge"}.`
    : pair.difference > 0
      ? `The cold start is still above that (${points(pair.difference)} ${pointRange(pair.low, pair.high)}, separated), so its gain is not one of form only.`
      : `The cold start is below that (${points(pair.difference)} ${pointRange(pair.low, pair.high)}, separated): ${hasGained ? "what it gains over the base's own replies is form" : "it gains nothing over the base's own replies either"}.`;
  return [first, verdict];
}

/** How the last row does on entities that training never showed. */
export function unseenReading({ rows }: Results): string[] {
  const last = rows.filter(({ kind }) => kind === "step").at(-1);
  if (last === undefined || last.unseen === null) return [];
  const { unseen } = last;
  return [
    `On ${plural(unseen.n, "question")} about entities that no training question holds, ${last.label} scores ${percent(unseen.accuracy)}% ` +
      `(${range(unseen.clusterLow, unseen.clusterHigh)}), against ${percent(last.accuracy)}% on the other held-out questions. These are other questions, so the difference is not paired.`,
  ];
}

const controlStories: readonly {
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly same: string;
  readonly better: string;
  readonly worse: string;
}[] = [
  {
    from: "uniform",
    to: "stage2",
    what: "Sampling the whole training pool uniformly",
    same: "cannot be told apart from stage 2; this run is no evidence that hard-sample mining helps",
    better: "did less than stage 2, so in this run mining added to what the tokens alone buy",
    worse: "did more than stage 2, so in this run mining cost accuracy",
  },
  {
    from: "stage1Continued",
    to: "stage2",
    what: "Continuing on the questions of stage 1",
    same: "cannot be told apart from stage 2; this run is no evidence that a second stage helps overall",
    better:
      "did less than stage 2, so in this run the change of questions added to what the tokens alone buy",
    worse: "did more than stage 2, so in this run the change of questions cost accuracy",
  },
  {
    from: "randomSamples",
    to: "stage2",
    what: "Stage 2 with questions drawn at random instead of mined",
    same: "cannot be told apart from stage 2; this run is no evidence that it matters which questions stage 2 asks",
    better: "did less than stage 2, so in this run it mattered which questions stage 2 asks",
    worse: "did more than stage 2, so in this run mining cost accuracy",
  },
  {
    from: "sftContinued",
    to: "stage2",
    what: "Supervised learning on the cold start's own trajectories for as long as both stages",
    same: "cannot be told apart from them; this run is no evidence that reinforcement adds to the reasoning that is there",
    better: "did less, so in this run reinforcement added what the same trajectories could not",
    worse: "did more than both stages of reinforcement",
  },
  {
    from: "untieredStage1",
    to: "stage1",
    what: "Stage 1 on the whole pool instead of its tiers",
    same: "cannot be told apart from stage 1; this run is no evidence for a mix by tiers",
    better: "did less than stage 1, so in this run the mix by tiers helped",
    worse: "did more than stage 1, so in this run the mix by tiers cost accuracy",
  },
  {
    from: "withoutColdstart",
    to: "stage1",
    what: "Reinforcement from the base model",
    same: "cannot be told apart from cold start and stage 1; this run is no evidence that the cold start is needed",
    better: "did less than cold start and stage 1, so in this run the cold start was worth its tokens",
    worse: "did more than cold start and stage 1, so in this run the cold start cost accuracy",
  },
  {
    from: "stage2",
    to: "fullSft",
    what: "Supervised learning on reasoning written for every training path",
    same: "cannot be told apart from stage 2; where reasoning for every path is to be had, this run shows no gain of reinforcement over it",
    better: "did more than stage 2: the rows stand only where gold reasoning is scarce",
    worse: "did less than stage 2",
  },
];

/** What other ways to spend the tokens of the stages reached. */
export function controlReading(results: Results, tokens: Readonly<Record<string, TokenCount>>): string[] {
  const sentences: string[] = [];
  for (const { from, to, what, same, better, worse } of controlStories) {
    const pair = pairOf(results, from, to);
    if (pair === undefined) continue;
    const story = !pair.separated ? same : pair.difference > 0 ? better : worse;
    const control = from === "stage2" ? to : from;
    sentences.push(
      `${what}${tokenPhrase(tokens, control, rivalsOf(control))} ${story} (${labelOf(results, to)} minus ${labelOf(results, from)}: ${describeDifference(pair)}).`,
    );
    const where = Object.entries(pair.slices).filter(([, slice]) => slice.separated);
    if (!pair.separated && where.length > 0)
      sentences.push(
        `What differs is where: ${listOf(where.map(([slice, { difference, low, high }]) => `${sliceLabel(slice)} questions ${points(difference)} ${pointRange(low, high)}`))}. ` +
          `These are ${plural(Object.keys(pair.slices).length, "slice")} looked at without correction for their number.`,
      );
  }
  return sentences;
}

/** The series whose tokens a control was given. */
function rivalsOf(control: string): readonly string[] {
  if (control === "sftContinued") return ["stage1", "stage2"];
  if (control === "withoutColdstart") return ["coldstart", "stage1"];
  return [control === "untieredStage1" ? "stage1" : "stage2"];
}

/** "at equal tokens" only where the counted tokens bear it out (within 5%), otherwise the counts. */
function tokenPhrase(
  tokens: Readonly<Record<string, TokenCount>>,
  control: string,
  rivals: readonly string[],
): string {
  const total = (name: string): number => (tokens[name]?.trained ?? 0) + (tokens[name]?.sampled ?? 0);
  const own = total(control);
  const theirs = rivals.reduce((sum, rival) => sum + total(rival), 0);
  if (own === 0 || theirs === 0) return "";
  const ratio = own / theirs;
  if (Math.abs(ratio - 1) <= 0.05) return ` at equal tokens (${count(own)} against ${count(theirs)})`;
  const names = rivals.map((rival) =>
    rival === "coldstart" ? "the cold start" : rival.replace(/^stage/u, "stage "),
  );
  return ` with ${percent(ratio)}% of the tokens of ${listOf(names)} (${count(own)} against ${count(theirs)})`;
}

/** The row of a name. */
function rowOf(results: Results, row: string): ResultRow | undefined {
  return results.rows.find((candidate) => candidate.row === row);
}

function pairOf(results: Results, from: string, to: string): PairResult | undefined {
  return results.pairs.find((pair) => pair.from === from && pair.to === to);
}

/** How a row is called in the report. */
export function labelOf(results: Results, row: string): string {
  return rowOf(results, row)?.label ?? row;
}

/** How a slice is called: "tier:easy" is "easy", "type:drugSideEffect" is "type: drug side effect". */
export function sliceLabel(slice: string): string {
  return wordsOf(slice.replace(/^tier:/u, "").replace(/^type:/u, "type: "));
}

/** A name of the program as words: "drugSideEffect" is "drug side effect", "stage1Steps" "stage 1 steps". */
export function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/gu, " ").toLowerCase();
}
