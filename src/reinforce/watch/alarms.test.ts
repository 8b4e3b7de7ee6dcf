// Each alarm on a history made for it, and silence on one that goes well. The figures of the healthy series and of the
// three learning rates are those of the quickstart, every few steps of it, rounded.
import { expect, test } from "vitest";
import type { Group, Rollout } from "../../records/rollout.ts";
import { rewardOf } from "../../verify/reward.ts";
import { type Alarm, observe } from "./alarms.ts";
import type { WatchSettings } from "./rule.ts";
import { noWatch, type WatchState } from "./state.ts";

const settings: WatchSettings = {
  alarms: { window: 4, stop: [] },
  maxTokens: 64,
  reward: { correct: 1, format: 0.1 },
  optimizer: { lr: 0.03 },
};

const question = { options: { A: "spirometry", B: "biopsy", C: "ferritin", D: "a scan" }, gold: ["A"] };
const replies = {
  right: "<think>spirometry</think><answer>A</answer>",
  formedWrong: "<think>biopsy</think><answer>B</answer>",
  wrong: "<think>hm</think><answer>B</answer>",
  noTags: "biopsy it is",
  noOption: "<think>hm</think><answer>an X-ray</answer>",
  babble: "the the the the",
} as const;

function rollout(kind: keyof typeof replies, weights = settings.reward): Rollout {
  const finish = kind === "babble" ? "length" : "stop";
  const reply = replies[kind];
  const reward = rewardOf({ question, reply, finish }, weights);
  return {
    ...{ question: "q", policyVersion: 0, prompt: [], tokens: [], logProbs: new Float32Array(), entropy: 0 },
    ...{ finish, reply, reward },
  };
}

/** Groups of eight of which so many are of each kind. */
function groupsOf(counts: Partial<Record<keyof typeof replies, number>>, weights = settings.reward): Group[] {
  const kinds = Object.entries(counts) as [keyof typeof replies, number][];
  const rollouts = kinds.flatMap(([kind, count]) =>
    Array.from({ length: count }, () => rollout(kind, weights)),
  );
  return Array.from({ length: Math.ceil(rollouts.length / 8) }, (_, i) => ({
    question: "q",
    rollouts: rollouts.slice(8 * i, 8 * i + 8),
    advantages: [],
  }));
}

const fine = {
  rewardMean: 0.6,
  formatMean: 0.5,
  tiedRight: 0.1,
  tiedWrong: 0.1,
  entropy: 0.3,
  completionTokens: 20,
  truncated: 0,
  loss: -1,
  gradNorm: 3,
  logProbDifference: 1e-5,
};
const mixed = groupsOf({ right: 40, wrong: 24 });

interface Step {
  readonly metrics?: Readonly<Record<string, number>>;
  readonly groups?: readonly Group[];
  readonly chance?: number;
}

/** Alarms of a series whose state goes through JSON after each step, as through a checkpoint. */
function alarmsOf(steps: readonly Step[], given = settings): Alarm[] {
  let state: WatchState = noWatch;
  return steps.flatMap(({ metrics = {}, groups = mixed, chance = 0.25 }, step) => {
    const seen = observe(state, { step, metrics: { ...fine, ...metrics }, groups, chance }, given);
    expect(JSON.parse(JSON.stringify(seen.state))).toEqual(seen.state);
    state = JSON.parse(JSON.stringify(seen.state)) as WatchState;
    return seen.alarms;
  });
}
const said = (alarms: readonly Alarm[]): string[] => alarms.map(({ step, name }) => `${step} ${name}`);
const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);

/** Columns: rewardMean, tiedRight, tiedWrong, entropy, completionTokens, truncated, loss, gradNorm. */
function series(rows: readonly (readonly number[])[]): Step[] {
  const names = [
    "rewardMean",
    "tiedRight",
    "tiedWrong",
    "entropy",
    "completionTokens",
    "truncated",
    "loss",
    "gradNorm",
  ];
  return rows.map((row) => ({
    metrics: Object.fromEntries(row.map((value, i) => [names[i], value])),
    groups: row[0] === 0 ? groupsOf({ babble: 64 }) : mixed,
  }));
}

test("a run that goes well raises none", () => {
  const well = series([
    [0.568, 0, 0.06, 0.294, 19.4, 0, -1.25, 3.01],
    [0.658, 0.06, 0.03, 0.292, 20.2, 0.01, -0.95, 3.06],
    [0.69, 0.09, 0.03, 0.27, 17.3, 0, -0.9, 3.4],
    [0.515, 0.03, 0.22, 0.339, 23.6, 0.03, -1.45, 4.56],
    [0.78, 0.19, 0.06, 0.25, 18.1, 0, -0.4, 2.3],
    [0.83, 0.25, 0.03, 0.22, 18.7, 0, -0.54, 2.54],
    [0.9, 0.31, 0, 0.19, 17, 0, -0.3, 1.9],
    [0.95, 0.4, 0, 0.16, 16, 0, -0.1, 1.44],
    [0.983, 0.44, 0, 0.141, 17.7, 0, -0.42, 1.73],
    [1.02, 0.5, 0, 0.104, 17.7, 0, -0.2, 0.63],
  ]);
  expect(alarmsOf(well)).toEqual([]);
});

test("a learning rate 100, 30 and 10 times too high is a divergence, and its symptoms are silent", () => {
  const start = [0.568, 0, 0.06, 0.294, 19.4, 0, -1.25, 3.01];
  const hundred = series([start, ...times(12, {}).map(() => [0, 0, 1, 0.6, 63.5, 0.98])]);
  expect(said(alarmsOf(hundred))).toEqual(["2 divergence"]);
  expect(alarmsOf(hundred)[0]?.message).toBe(
    "training has diverged: reward 0.57 at step 1, 0.19 over the last 3; replies went from 19 to 49 tokens; the learning " +
      "rate of 0.03 is probably too high: go back to a model from before and take 0.003",
  );
  const thirty = series([
    start,
    [0.246, 0, 0.53, 0.43, 45.5, 0.5, -1.26, 6.13],
    [0.264, 0, 0.41, 0.685, 36.2, 0.2, -1.59, 4.42],
    [0.154, 0, 0.63, 1.1, 25.6, 0.17, -0.31, 3.52],
    [0.031, 0, 0.88, 1.25, 46.6, 0.48, -0.32, 2.57],
    ...times(6, {}).map(() => [0, 0, 1, 2.3, 64, 1]),
  ]);
  expect(said(alarmsOf(thirty))).toEqual(["3 divergence"]);
  const ten = series([
    start,
    [0.579, 0, 0.13, 0.33, 22.4, 0.01, -1.25, 3.9],
    [0.448, 0, 0.19, 0.4, 37.1, 0.14, -1.06, 6.38],
    [0.583, 0, 0.09, 0.45, 17.7, 0, -0.73, 3.58],
    [0.306, 0, 0.41, 1.02, 28.9, 0.12, -1.35, 4.44],
    [0.227, 0, 0.41, 0.778, 27.9, 0.13, -0.6, 7.05],
    [0.188, 0, 0.53, 0.377, 58.1, 0.66, -0.13, 3.43],
    ...times(6, {}).map(() => [0.2, 0, 0.55, 0.18, 64, 1, -0.3, 3]),
  ]);
  expect(said(alarmsOf(ten))).toEqual(["6 divergence"]);
});

test("a gradient that explodes while entropy rises without any gain is a divergence too", () => {
  const bad = { rewardMean: 0.02, entropy: 2.4, gradNorm: 400 };
  const alarms = alarmsOf([{ metrics: { rewardMean: 0.02 } }, ...times(5, { metrics: bad })]);
  expect(said(alarms)).toEqual(["2 divergence"]);
  expect(alarms[0]?.message).toContain("the gradient's norm went from 3 to 268");
});

test("a reward flat at zero names the reasons of the last hundred zeros", () => {
  const zero = { rewardMean: 0, formatMean: 0, tiedRight: 0, tiedWrong: 1 };
  const template = times(5, { metrics: zero, groups: groupsOf({ noTags: 56, babble: 6, wrong: 2 }) });
  const alarms = alarmsOf(template);
  expect(said(alarms)).toEqual(["3 zeroReward"]);
  expect(alarms[0]?.message).toBe(
    "the reward is flat at zero: 0 of 256 rollouts of the last 4 steps were paid; of the last 100 unpaid 84 have no tags, " +
      "12 were cut off before any tag, 4 choose a wrong option; the form never arrives: the prompt's template " +
      "does not fit the model, tags are lost when tokens become text, or it needs a cold start",
  );
  const cut = alarmsOf(times(5, { metrics: zero, groups: groupsOf({ babble: 60, noTags: 4 }) }));
  expect(cut[0]?.message).toContain(
    "92 were cut off before any tag, 8 have no tags; replies reach maxTokens (64) before they take the form: it is too " +
      "small for them, or the model does not end its replies",
  );
  const none = { correct: 0, format: 0 };
  const broken = alarmsOf(times(5, { metrics: zero, groups: groupsOf({ right: 24, wrong: 40 }, none) }), {
    ...settings,
    reward: none,
  });
  expect(said(broken)).toEqual(["3 zeroReward"]);
  expect(broken[0]?.message).toMatch(
    /76 choose a wrong option, 24 are right and were paid nothing; the reward is broken/u,
  );
});

test("answers that are paid while the form is never written point at the template and the cold start", () => {
  const metrics = { rewardMean: 0.34, formatMean: 0.01 };
  const groups = groupsOf({ wrong: 42, right: 22 });
  const alarms = alarmsOf(times(6, { metrics, groups }));
  expect(said(alarms)).toEqual(["3 formatMissing"]);
  expect(alarms[0]?.message).toBe(
    "the form is never written: over the last 4 steps 1.0 % of the replies have it and 34 % the right answer, which is " +
      "paid without it; the prompt's template does not fit the model, or its cold start is too short",
  );
  // The least that a healthy series of the quickstart's size had over ten steps.
  expect(alarmsOf(times(6, { metrics: { ...metrics, formatMean: 0.18 }, groups }))).toEqual([]);
});

test("a template that is not the model's own is said at the first step, once", () => {
  let state = noWatch;
  const alarms = [0, 1, 2].flatMap((step) => {
    const observed = { step, metrics: fine, groups: mixed, chance: 0.25, template: "another template" };
    const seen = observe(state, observed, settings);
    state = seen.state;
    return seen.alarms;
  });
  expect(alarms).toEqual([{ name: "template", message: "another template", step: 0 }]);
});

test("a form learned without knowledge is told from gold answers that do not fit", () => {
  const metrics = { rewardMean: 0.35, formatMean: 0.97 };
  const guessing = alarmsOf(times(6, { metrics, groups: groupsOf({ right: 16, formedWrong: 48 }) }));
  expect(said(guessing)).toEqual(["3 formatOnly"]);
  expect(guessing[0]?.message).toContain("97 % of the replies have the right form and 25 % the right answer");
  expect(guessing[0]?.message).toContain("lower reward.format");
  const inverted = alarmsOf(times(6, { metrics, groups: groupsOf({ right: 2, formedWrong: 62 }) }));
  expect(inverted[0]?.message).toContain("the gold answers do not belong to the questions");
  expect(alarmsOf(times(6, { metrics, groups: groupsOf({ right: 40, formedWrong: 24 }) }))).toEqual([]);
});

test("a reward that does not look at the answer is seen, whatever it pays for", () => {
  const formOnly = { correct: 0, format: 0.1 };
  const groups = groupsOf({ right: 32, formedWrong: 32 }, formOnly);
  const alarms = alarmsOf(times(5, { groups }), { ...settings, reward: formOnly });
  expect(said(alarms)).toEqual(["3 blindReward"]);
  expect(alarms[0]?.message).toContain(
    "right replies earned 0.1 and wrong ones 0.1 in the mean; reward.correct is 0",
  );
  const inverted = mixed.map((group) => ({
    ...group,
    rollouts: group.rollouts.map((one) => ({
      ...one,
      reward: { ...one.reward, total: 1.1 - one.reward.total },
    })),
  }));
  expect(said(alarmsOf(times(5, { groups: inverted })))).toEqual(["3 blindReward"]);
});

test("entropy that is gone, replies without end and two programs that disagree are each named", () => {
  const collapsed = { entropy: 0.004, tiedRight: 0.6, tiedWrong: 0.35 };
  const entropy = alarmsOf([...times(2, {}), ...times(6, { metrics: collapsed })]);
  expect(said(entropy)).toEqual(["5 entropyCollapse"]);
  expect(entropy[0]?.message).toContain(
    "0.004 nats a token over the last 4 steps, 0.3 at the first; 95 % of the groups",
  );

  const growing = [20, 24, 30, 38, 46, 52, 56, 58, 60].map((completionTokens) => ({
    metrics: { completionTokens, truncated: completionTokens > 50 ? 0.4 : 0 },
  }));
  const length = alarmsOf(growing);
  expect(said(length)).toEqual(["7 lengthRunaway"]);
  expect(length[0]?.message).toContain("53 tokens a reply and 30 % cut off at maxTokens (64)");
  const endless = alarmsOf(times(5, { metrics: { completionTokens: 62, truncated: 0.9 } }));
  expect(endless[0]?.message).toContain("maxTokens is too small");

  const mismatch = alarmsOf(times(5, { metrics: { logProbDifference: 0.2 } }));
  expect(said(mismatch)).toEqual(["3 logProbMismatch"]);
  expect(mismatch[0]?.message).toContain("differs by 0.2 to 0.2");
  expect(alarmsOf(times(9, { metrics: { logProbDifference: 0.0005 } }))).toEqual([]);
});

test("a number that is none is said at once and by its name", () => {
  const alarms = alarmsOf([{}, { metrics: { loss: Number.NaN, gradNorm: Number.POSITIVE_INFINITY } }, {}]);
  expect(said(alarms)).toEqual(["1 nonFinite"]);
  expect(alarms[0]?.message).toContain(
    "loss is NaN, gradNorm is Infinity; the gradient's norm was 3 a step before",
  );
});

test("an alarm is raised once, and again when its state was left for a window", () => {
  const off = { metrics: { logProbDifference: 0.2 } };
  const on = [...times(9, off), ...times(3, {}), ...times(4, off), ...times(6, {}), ...times(5, off)];
  expect(said(alarmsOf(on))).toEqual(["3 logProbMismatch", "15 logProbMismatch", "25 logProbMismatch"]);
});

test("steps of supervised learning, which sample nothing, are judged by their numbers alone", () => {
  let state: WatchState = noWatch;
  for (let step = 0; step < 9; step++) {
    const metrics = { loss: 0.3 / (step + 1), gradNorm: 1 };
    const seen = observe(state, { step, metrics, groups: [], chance: 0 }, settings);
    expect(seen.alarms).toEqual([]);
    state = seen.state;
  }
});
