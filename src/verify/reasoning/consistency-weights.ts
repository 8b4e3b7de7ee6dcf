/**
 * How much each way of speaking of an option tells that it is what the text concludes: weights of a conditional logit
 * over the options of a question, fitted to 235 texts of our own whose conclusions are known: the
 * clean ones of the open half of `bench/reasoning` and 128 more (L2 penalty 0.8). A feature
 * counts as often as it occurs, most of them twice at most; "on" and "next" are clauses that go on about the option
 * without its name, in its own sentence and in the next.
 */
export const weights: Readonly<Record<string, number>> = {
  sure: 3.16,
  result: 1.9,
  last: 1.52,
  first: 1.52,
  "near the end": 1.48,
  neutral: 1.41,
  again: 1.16,
  object: 0.96,
  "next weak": 0.8,
  unnamed: 0.78,
  shared: 0.74,
  plain: 0.73,
  "on plain": 0.72,
  linked: 0.68,
  "last left": 0.66,
  concluded: 0.56,
  mild: 0.53,
  harmful: 0.53,
  so: 0.35,
  "next plain": 0.33,
  operand: 0.22,
  "linked and said": 0.11,
  "half sure": -0.1,
  "on given up": -0.2,
  "linked and out": -0.33,
  paired: -0.37,
  hedged: -0.54,
  "on weak": -0.67,
  apart: -0.72,
  "on out": -0.73,
  subject: -0.77,
  "out near the end": -0.92,
  harmless: -0.98,
  weak: -1.05,
  elsewhere: -1.18,
  "at the start": -1.23,
  denial: -1.35,
  out: -1.55,
  listed: -1.56,
};
