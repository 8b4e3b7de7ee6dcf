import { expect, test } from "vitest";
import type { PairResult, ResultRow, Results } from "../records/results.ts";
import {
  controlReading,
  describeDifference,
  formReading,
  premiseReading,
  stepReading,
  wordsOf,
} from "./readings.ts";
import { describeSeeds, seedVerdict, summariseSeeds } from "./seeds.ts";

function rowOf(row: string, accuracy: number, kind: "step" | "control" = "step"): ResultRow {
  const n = 1000;
  return {
    row,
    label: row,
    kind,
    n,
    correct: accuracy * n,
    accuracy,
    low: accuracy - 0.02,
    high: accuracy + 0.02,
    clusterLow: accuracy - 0.03,
    clusterHigh: accuracy + 0.03,
    clusters: 300,
    wrong: n - accuracy * n - 20,
    truncated: 12,
    refused: 0,
    empty: 0,
    unparsed: 8,
    meanTokens: 20,
    unseen: null,
    slices: { byTier: {}, byType: {}, rare: null, common: null },
  };
}

function pairOf(
  from: string,
  to: string,
  difference: number,
  half: number,
  kind: "step" | "control" = "step",
): PairResult {
  const [low, high] = [difference - half, difference + half];
  const separated = low > 0 || high < 0;
  return {
    from,
    to,
    kind,
    n: 1000,
    difference,
    low,
    high,
    separated,
    mcnemarP: 0.5,
    lost: 1,
    gained: 2,
    slices: {},
  };
}

function resultsOf(rows: ResultRow[], pairs: PairResult[]): Results {
  return {
    questions: 1000,
    paths: 300,
    rows,
    pairs,
    absent: [],
    models: [],
    modelPairs: [],
    incomplete: [],
  };
}

// Seed 1 of the feasibility study: stage 2 minus uniform −0.1 [−2.7, +2.8].
test("a difference within chance is called not separated", () => {
  expect(describeDifference({ difference: -0.001, low: -0.027, high: 0.028, separated: false })).toBe(
    "−0.1 points [−2.7, +2.8], not separated",
  );
});

test("the control by uniform sampling is read by its numbers, in all three ways", () => {
  const rows = [rowOf("stage2", 0.75), rowOf("uniform", 0.75, "control")];
  const read = (difference: number): string =>
    controlReading(resultsOf(rows, [pairOf("uniform", "stage2", difference, 0.02, "control")]), {}).join(" ");
  expect(read(0.01)).toContain("no evidence that hard-sample mining helps");
  expect(read(0.05)).toContain("mining added to what the tokens alone buy");
  expect(read(-0.05)).toContain("mining cost accuracy");
});

test("equal tokens are claimed only where the counts bear it out", () => {
  const results = resultsOf(
    [rowOf("stage2", 0.75), rowOf("uniform", 0.75, "control")],
    [pairOf("uniform", "stage2", 0, 0.02, "control")],
  );
  const of = (trained: number) => ({ steps: 1, trained, sampled: 0 });
  expect(controlReading(results, { stage2: of(1000), uniform: of(1010) })[0]).toContain("at equal tokens");
  const fewer = controlReading(results, { stage2: of(1000), uniform: of(400) })[0];
  expect(fewer).toContain("with 40.0% of the tokens of stage 2");
  expect(fewer).not.toContain("equal tokens");
  expect(controlReading(results, {})[0]).not.toContain("tokens");
});

test("a slice that differs where the whole does not is named, with the caution that goes with it", () => {
  const slice = (difference: number) => ({
    n: 300,
    difference,
    low: difference - 0.05,
    high: difference + 0.05,
    separated: Math.abs(difference) > 0.05,
  });
  const pair = {
    ...pairOf("stage1Continued", "stage2", 0.013, 0.035, "control"),
    slices: { common: slice(-0.03), rare: slice(0.14) },
  };
  const rows = [rowOf("stage2", 0.75), rowOf("stage1Continued", 0.74, "control")];
  const text = controlReading(resultsOf(rows, [pair]), {}).join(" ");
  expect(text).toContain("rare questions +14.0 [+9.0, +19.0]");
  expect(text).not.toContain("common questions");
  expect(text).toContain("without correction");
});

test("steps are gains, losses or neither, by their intervals", () => {
  const rows = [rowOf("a", 0.4), rowOf("b", 0.5), rowOf("c", 0.5), rowOf("d", 0.45)];
  const sentences = stepReading(
    resultsOf(rows, [pairOf("a", "b", 0.1, 0.03), pairOf("b", "c", 0, 0.03), pairOf("c", "d", -0.05, 0.03)]),
  );
  expect(sentences).toEqual([
    "A gain that is separated from chance: a → b (+10.0).",
    "A loss that is separated from chance: c → d (−5.0).",
    "Not separated: b → c (0.0 [−3.0, +3.0]); this run shows neither a gain nor a loss there.",
  ]);
});

test("the base by forced choice decides whether the cold start taught more than form", () => {
  const rows = [rowOf("base", 0.39), rowOf("baseForcedChoice", 0.43, "control"), rowOf("coldstart", 0.54)];
  const read = (difference: number): string =>
    formReading(resultsOf(rows, [pairOf("baseForcedChoice", "coldstart", difference, 0.03, "control")])).join(
      " ",
    );
  expect(read(0.11)).toContain("no readable answer to 2.0% of the questions");
  expect(read(0.11)).toContain("so its gain is not one of form only");
  expect(read(0.02)).toContain("its gain may be one of form only");
  expect(read(-0.1)).toContain("is below that");
  expect(read(-0.1)).toContain("what it gains over the base's own replies is form");
  rows[2] = rowOf("coldstart", 0.39);
  expect(read(-0.1)).toContain("it gains nothing over the base's own replies either");
  expect(read(0.02)).toContain("it shows no gain over the base");
});

test("names of the program are read as words", () => {
  expect(["stage1Steps", "drugSideEffect", "stage2"].map(wordsOf)).toEqual([
    "stage 1 steps",
    "drug side effect",
    "stage 2",
  ]);
});

test("a leaking split is said to leak", () => {
  const premise = {
    trainPaths: 100,
    taughtPaths: 15,
    trajectories: 45,
    sharedPaths: 0,
    testPaths: 40,
    testOfKnownFacts: 60,
    testQuestions: 80,
  };
  expect(premiseReading(premise).join(" ")).toContain("15 of 100 training paths (15.0%)");
  expect(premiseReading(premise).join(" ")).toContain("75.0% of the test questions");
  expect(premiseReading({ ...premise, sharedPaths: 3 }).join(" ")).toContain(
    "The split does not hold: 3 test paths of 40",
  );
});

test("seeds are set side by side, with the seeds in which a difference is separated", () => {
  const run = (seed: number, stage2: number, difference: number) => ({
    seed,
    results: resultsOf(
      [rowOf("stage1", 0.7), rowOf("stage2", stage2)],
      [pairOf("stage1", "stage2", difference, 0.03)],
    ),
  });
  const summary = summariseSeeds([run(3, 0.76, 0.06), run(1, 0.72, 0.02), run(2, 0.74, 0.04)]);
  expect(summary.seeds).toEqual([1, 2, 3]);
  // By hand: mean of 72, 74, 76 is 74 and their deviation √((4 + 0 + 4) / 2) = 2.
  expect(summary.rows[1]?.mean).toBeCloseTo(0.74, 12);
  expect(summary.rows[1]?.deviation).toBeCloseTo(0.02, 12);
  expect(seedVerdict(summary.pairs[0]!)).toBe("separated above 0 in 2 of 3 seeds");
  expect(seedVerdict({ above: 0, below: 0, seeds: 3 })).toBe("not separated in any of 3 seeds");
  expect(seedVerdict({ above: 1, below: 1, seeds: 3 })).toBe(
    "separated above 0 in 1 and below 0 in 1 of 3 seeds",
  );
  const [, pairs] = describeSeeds(summary);
  expect(pairs).toMatchObject({
    rows: [
      {
        cells: [
          "stage1 → stage2",
          "+2.0 [−1.0, +5.0]",
          "+4.0 [+1.0, +7.0] ★",
          "+6.0 [+3.0, +9.0] ★",
          [{}],
          "separated above 0 in 2 of 3 seeds",
        ],
      },
    ],
  });
  expect(() => summariseSeeds([])).toThrow("at least one");
  expect(() => summariseSeeds([run(1, 0.7, 0), run(1, 0.7, 0)])).toThrow("seed 1 is given twice");
});
