/** The estimate of a whole recipe: every stage that it wants, the sums, and what is missing. */
import { UsageError } from "../../base/errors.ts";
import type { ModelConfig } from "../../engine/config.ts";
import { type ModelShape, modelShape, shapeOf } from "../../models/model-shape.ts";
import type { Recipe } from "../../recipe/schema.ts";
import type { StageName } from "../stage-names.ts";
import { askedBy } from "./asked.ts";
import { dataEstimate } from "./data-stages.ts";
import { type Lengths, lengthsOf } from "./lengths.ts";
import type { Machine } from "./machine.ts";
import {
  coldstartEstimate,
  evaluateEstimate,
  type Ground,
  pretrainEstimate,
  reinforceEstimate,
} from "./model-stages.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { type Rates, ratesByOperations, type Shapes, TIMED_WEIGHTS, timedRates } from "./rates.ts";
import { judged, noTokens, type StageEstimate } from "./stage-estimate.ts";
import { workloadOf } from "./workload.ts";

export interface RecipeEstimate {
  readonly recipe: string;
  /** Runs that the recipe makes: one a seed. */
  readonly runs: number;
  readonly stages: readonly StageEstimate[];
  readonly problems: readonly Problem[];
  /**
   * All runs together, of the stages that can run here; memory is the largest of them. Requests and money are of all
   * stages; money is null where a price is not known.
   */
  readonly total: {
    readonly seconds: number;
    readonly waitingSeconds: number;
    readonly memoryBytes: number;
    readonly diskBytes: number;
    readonly downloadBytes: number;
    readonly requests: number;
    readonly money: number | null;
  };
  /** Whether nothing keeps it from running here. */
  readonly runsHere: boolean;
}

/** How rates of a small model are had; tests give their own. */
export type Timing = (config: ModelConfig, recipe: Recipe, shapes: Shapes) => Promise<Rates>;

const timed: Timing = (config, recipe, shapes) => timedRates(config, recipe.engine, shapes);

/** Estimates the stages `wanted` of a recipe; small models are timed, which takes some seconds. */
export async function estimateRecipe(
  recipe: Recipe,
  wanted: readonly StageName[],
  machine: Machine,
  timing: Timing = timed,
): Promise<RecipeEstimate> {
  const workload = await workloadOf(recipe);
  const lengths = lengthsOf(recipe);
  const asked = askedBy(recipe, workload, lengths).filter(({ stage }) => wanted.includes(stage));
  const problems = await problemsOf(recipe, wanted, asked, process.env);
  const ground = wanted.some(usesModel)
    ? await groundOf({ recipe, workload, lengths, machine, asked }, wanted.some(trains), timing)
    : undefined;
  const stages = wanted.map((stage): StageEstimate => {
    switch (stage) {
      case "pretrain":
        return ground instanceof UsageError ? unknown(stage, ground) : pretrainEstimate(ground!);
      case "coldstart":
        return ground instanceof UsageError ? unknown(stage, ground) : coldstartEstimate(ground!);
      case "reinforce":
        return ground instanceof UsageError ? unknown(stage, ground) : reinforceEstimate(ground!);
      case "evaluate":
        return ground instanceof UsageError ? unknown(stage, ground) : evaluateEstimate(ground!);
      default:
        return dataEstimate(stage, recipe, workload, machine, asked);
    }
  });
  const runs = recipe.seeds?.length ?? 1;
  const possible = stages.filter(({ verdict }) => verdict !== "cannot");
  const sum = (pick: (one: StageEstimate) => number): number =>
    runs * possible.reduce((total, one) => total + pick(one), 0);
  const prices = asked.map(({ money }) => money);
  const total = {
    seconds: sum(({ seconds }) => seconds),
    waitingSeconds: sum(({ waitingSeconds }) => waitingSeconds),
    memoryBytes: Math.max(0, ...possible.map(({ memoryBytes }) => memoryBytes)),
    diskBytes: sum(({ diskBytes }) => diskBytes),
    downloadBytes: possible.reduce((bytes, one) => bytes + one.downloadBytes, 0),
    requests: runs * asked.reduce((requests, one) => requests + one.requests, 0),
    money: prices.includes(null) ? null : runs * prices.reduce<number>((all, one) => all + (one ?? 0), 0),
  };
  const all = [...problems, ...diskProblem(total, machine, wanted)];
  const runsHere = stages.every(({ verdict }) => verdict !== "cannot") && !all.some(({ blocks }) => blocks);
  return { recipe: recipe.name, runs, stages, problems: all, total, runsHere };
}

const trainingStages: readonly StageName[] = ["pretrain", "coldstart", "reinforce"];

function trains(stage: StageName): boolean {
  return trainingStages.includes(stage);
}

function usesModel(stage: StageName): boolean {
  return trains(stage) || stage === "evaluate";
}

/** What the model's stages are reckoned from, or why the size of the model is not known. */
async function groundOf(
  known: Omit<Ground, "model" | "rates">,
  isTrained: boolean,
  timing: Timing,
): Promise<Ground | UsageError> {
  const { recipe, lengths, machine } = known;
  let model: ModelShape;
  try {
    model = await baseShape(recipe);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  const sequences = Math.max(
    ...[recipe.reinforce.stage1, recipe.reinforce.stage2].map((s) => s.questionsPerStep * s.groupSize),
  );
  const rates =
    model.parameters <= TIMED_WEIGHTS && isTrained
      ? await timing(model.config, recipe, shapesOf(recipe, lengths, sequences))
      : ratesByOperations(
          model.parameters,
          machine.productRate,
          { isAdapter: recipe.engine.lora !== undefined, recompute: recipe.engine.recompute },
          sequences,
        );
  return { ...known, model, rates };
}

/** The sizes of the recipe, cut to what takes a second. */
function shapesOf({ pretrain }: Recipe, { prompt, reply }: Lengths, sequences: number): Shapes {
  return {
    stepTokens: Math.min(2048, pretrain.rowsPerStep * pretrain.rowTokens),
    rowTokens: pretrain.rowTokens,
    sequences: Math.min(256, sequences),
    prompt: Math.min(prompt, 128),
    reply: Math.min(reply, 32),
  };
}

async function baseShape({ pretrain }: Recipe): Promise<ModelShape> {
  const { base, vocabulary, model } = pretrain;
  if (base !== undefined) return await modelShape(base, "pretrain.base:");
  const { width, layers, heads, kvHeads, feedForward, contextLength, ropeTheta } = model;
  const config: ModelConfig = {
    architecture: "qwen2",
    vocabSize: vocabulary,
    hiddenSize: width,
    intermediateSize: feedForward,
    numHiddenLayers: layers,
    numAttentionHeads: heads,
    numKeyValueHeads: kvHeads,
    headDim: width / heads,
    maxPositionEmbeddings: contextLength,
    ropeTheta,
    rmsNormEps: 1e-6,
    tieWordEmbeddings: true,
  };
  return shapeOf(config, "the recipe", 0);
}

function unknown(stage: StageName, error: UsageError): StageEstimate {
  const nothing = {
    seconds: 0,
    waitingSeconds: 0,
    memoryBytes: 0,
    diskBytes: 0,
    downloadBytes: 0,
    tokens: noTokens,
  };
  return judged({ stage, ...nothing, asked: [], basis: [] }, [error.message]);
}

function diskProblem(
  { diskBytes, downloadBytes }: { readonly diskBytes: number; readonly downloadBytes: number },
  machine: Machine,
  wanted: readonly StageName[],
): Problem[] {
  const needed = diskBytes + downloadBytes;
  if (needed <= machine.diskBytes) return [];
  const text = `about ${(needed / 1e9).toFixed(1)} GB of disk are needed and ${(machine.diskBytes / 1e9).toFixed(1)} GB are free`;
  return [{ stage: wanted[0] ?? "discover", text, blocks: true }];
}
