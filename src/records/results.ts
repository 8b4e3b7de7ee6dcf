/**
 * The outcome of an evaluation (paper §4, Tables 3 and 4): one row a model, differences of pairs of rows, benchmarks.
 *
 * Invariants: numbers are unrounded shares, rounded once where they are shown; every question is in the denominator,
 * and `right + wrong + truncated + refused + empty + unparsed = n`.
 */
import { z } from "zod";

const share = z.number().min(0).max(1);

const intervalFields = {
  n: z.int().nonnegative(),
  correct: z.int().nonnegative(),
  accuracy: share,
  /** Wilson interval over questions, 95%. */
  low: share,
  high: share,
  /** Bootstrap interval over clusters of related questions, 95%: the honest width. */
  clusterLow: share,
  clusterHigh: share,
  clusters: z.int().nonnegative(),
};

const outcomeFields = {
  /** Read, and not the gold answer. */
  wrong: z.int().nonnegative(),
  /** Cut off at the longest reply before an answer. */
  truncated: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  empty: z.int().nonnegative(),
  /** Ended by itself without an answer that can be read. */
  unparsed: z.int().nonnegative(),
  meanTokens: z.number().nonnegative(),
};

const sliceResultSchema = z.strictObject(intervalFields);

const resultRowSchema = z.strictObject({
  /** "base", "coldstart", "stage1", "stage2", or the name of a control. */
  row: z.string(),
  label: z.string(),
  kind: z.enum(["step", "control"]),
  ...intervalFields,
  ...outcomeFields,
  slices: z.strictObject({
    byTier: z.record(z.string(), sliceResultSchema),
    byType: z.record(z.string(), sliceResultSchema),
    rare: sliceResultSchema.nullable(),
    common: sliceResultSchema.nullable(),
  }),
});

const differenceFields = {
  n: z.int().nonnegative(),
  /** Accuracy of `to` minus accuracy of `from` on the same questions. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** Whether the clustered interval excludes 0. */
  separated: z.boolean(),
};

const pairResultSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  kind: z.enum(["step", "control"]),
  ...differenceFields,
  /** Exact McNemar over questions, which takes them as unrelated. */
  mcnemarP: share,
  /** Questions that only `from`, and only `to`, got right. */
  lost: z.int().nonnegative(),
  gained: z.int().nonnegative(),
  slices: z.record(z.string(), z.strictObject(differenceFields)),
});

const benchmarkResultSchema = z.strictObject({
  name: z.string(),
  ...intervalFields,
  ...outcomeFields,
  /** The same without items that are known to be broken or repeated. */
  clean: z
    .strictObject({ n: z.int(), correct: z.int(), accuracy: share, low: share, high: share })
    .nullable(),
});

export const resultsSchema = z.strictObject({
  /** Questions of the run's own test file. */
  questions: z.int().nonnegative(),
  paths: z.int().nonnegative(),
  rows: z.array(resultRowSchema),
  pairs: z.array(pairResultSchema),
  /** Rows that were not evaluated, each with the reason. */
  absent: z.array(z.strictObject({ row: z.string(), label: z.string(), reason: z.string() })),
  /** The row whose model answered the benchmarks. */
  benchmarkRow: z.string().nullable(),
  benchmarks: z.array(benchmarkResultSchema),
  /** Plain mean of the benchmarks' unrounded accuracies. */
  macro: share.nullable(),
});

export type SliceResult = z.infer<typeof sliceResultSchema>;
export type ResultRow = z.infer<typeof resultRowSchema>;
export type PairResult = z.infer<typeof pairResultSchema>;
export type BenchmarkResult = z.infer<typeof benchmarkResultSchema>;
export type Results = z.infer<typeof resultsSchema>;
