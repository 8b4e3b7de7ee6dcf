/**
 * The rows of a run's ablation (paper Table 4), the model folder of each, and which rows are compared with which.
 *
 * Departure from the paper: its four rows leave open whether the gains come from what the stages are said to do, so
 * the controls stand beside them: the base by forced choice, and other ways to spend the tokens of either stage.
 */
import type { PairResult, ResultRow } from "../records/results.ts";

export interface RowPlan extends Pick<ResultRow, "row" | "label" | "kind"> {
  /** Stage whose outputs hold the model, and the folder in them. */
  readonly stage: "pretrain" | "coldstart" | "reinforce";
  readonly folder: string;
  readonly method: "reply" | "forcedChoice";
}

/** Every row that a run can have, in the order of the table. */
export const rowPlans: readonly RowPlan[] = [
  { row: "base", label: "Base", kind: "step", stage: "pretrain", folder: "model", method: "reply" },
  {
    row: "baseForcedChoice",
    label: "Base, forced choice",
    kind: "control",
    stage: "pretrain",
    folder: "model",
    method: "forcedChoice",
  },
  {
    row: "coldstart",
    label: "Cold start",
    kind: "step",
    stage: "coldstart",
    folder: "model",
    method: "reply",
  },
  { row: "stage1", label: "RL stage 1", kind: "step", ...reinforced("stage1") },
  { row: "stage2", label: "RL stage 2", kind: "step", ...reinforced("stage2") },
  {
    row: "withoutColdstart",
    label: "RL without cold start",
    kind: "control",
    ...reinforced("withoutColdstart"),
  },
  { row: "untieredStage1", label: "Stage 1 without tiers", kind: "control", ...reinforced("untieredStage1") },
  { row: "stage1Continued", label: "Stage 1 continued", kind: "control", ...reinforced("stage1Continued") },
  { row: "uniform", label: "Uniform sampling", kind: "control", ...reinforced("uniform") },
  {
    row: "randomSamples",
    label: "Random instead of mined",
    kind: "control",
    ...reinforced("randomSamples"),
  },
  {
    row: "sftContinued",
    label: "SFT only, same trajectories",
    kind: "control",
    ...reinforced("sftContinued"),
  },
  { row: "fullSft", label: "SFT, all paths", kind: "control", ...reinforced("fullSft") },
];

function reinforced(name: string): Pick<RowPlan, "stage" | "folder" | "method"> {
  return { stage: "reinforce", folder: `${name}/model`, method: "reply" };
}

const controlPairs: readonly (readonly [string, string])[] = [
  ["baseForcedChoice", "coldstart"],
  ["withoutColdstart", "stage1"],
  ["untieredStage1", "stage1"],
  ["stage1", "stage1Continued"],
  ["stage1", "uniform"],
  ["stage1Continued", "stage2"],
  ["uniform", "stage2"],
  ["randomSamples", "stage2"],
  ["sftContinued", "stage2"],
  ["stage2", "fullSft"],
];

/** The comparisons among rows that are there: each step with the one before it, then the controls. */
export function pairsOf(
  rows: readonly Pick<ResultRow, "row" | "kind">[],
): Pick<PairResult, "from" | "to" | "kind">[] {
  const steps = rows.filter(({ kind }) => kind === "step").map(({ row }) => row);
  const present = new Set(rows.map(({ row }) => row));
  return [
    ...steps.slice(1).map((to, i) => ({ from: steps[i]!, to, kind: "step" as const })),
    ...controlPairs
      .filter(([from, to]) => present.has(from) && present.has(to))
      .map(([from, to]) => ({ from, to, kind: "control" as const })),
  ];
}
