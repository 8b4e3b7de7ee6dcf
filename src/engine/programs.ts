/**
 * The programs of a model: what each takes and what it gives. All share `transformer` in model.ts.
 *
 * Every size but the model's own is unknown to the program (`rows`, `time`, `picked`, `slots`), so each is
 * compiled once however the batches vary.
 */
import { gradients } from "./backward.ts";
import type { ModelConfig } from "./config.ts";
import { input, type Tensor } from "./graph.ts";
import { type LoraSettings, trainedParameters } from "./lora.ts";
import { type LossForm, objective } from "./loss.ts";
import {
  attendCached,
  attendWithin,
  type ModelInputs,
  modelInputs,
  outputMatrix,
  type Trunk,
  transformer,
} from "./model.ts";
import { gatherRows } from "./ops/layout.ts";
import { matmul } from "./ops/matmul.ts";
import { type Choice, choice, type TargetLogProbs, targetLogProbs } from "./ops/predict.ts";
import { EMBEDDING } from "./parameters.ts";
import type { Shape } from "./shape.ts";

/** A program's outputs by name. */
export type Program = Readonly<Record<string, Tensor>>;

export type ProgramName = TrainProgramName | "score" | "prefill" | "decode";
type TrainProgramName = "train" | "trainRatio" | "trainKl" | "trainRatioKl";

/** The program that trains with a loss of this form. */
export function trainProgramName({ ratio, kl }: LossForm): TrainProgramName {
  if (kl) return ratio ? "trainRatioKl" : "trainKl";
  return ratio ? "trainRatio" : "train";
}

/** What decides the programs of a model. */
export interface ProgramSettings {
  readonly config: ModelConfig;
  /** With it training changes the adapter only. */
  readonly lora?: LoraSettings | undefined;
  /** Activations inside a layer are computed again on the way back instead of kept. */
  readonly recompute?: boolean;
}

/** The program of this name for this model. */
export function buildProgram(settings: ProgramSettings, name: ProgramName): Program {
  switch (name) {
    case "train":
      return trainProgram(settings, { ratio: false, kl: false });
    case "trainRatio":
      return trainProgram(settings, { ratio: true, kl: false });
    case "trainKl":
      return trainProgram(settings, { ratio: false, kl: true });
    case "trainRatioKl":
      return trainProgram(settings, { ratio: true, kl: true });
    case "score":
      return { logProbs: packedLogProbs({ config: settings.config }).logProbs };
    case "prefill":
      return prefillProgram(settings.config);
    case "decode":
      return decodeProgram(settings.config);
    default:
      return name satisfies never;
  }
}

/** Larger vocabularies are taken in chunks, so that [tokens, vocabulary] is never held. */
const WHOLE_VOCABULARY = 16384;
const LARGEST_CHUNK = 8192;

/** Columns of the logits that training and scoring hold at once. */
export function vocabularyChunk({ vocabSize }: ModelConfig): number {
  if (vocabSize <= WHOLE_VOCABULARY) return vocabSize;
  return Math.ceil(vocabSize / Math.ceil(vocabSize / LARGEST_CHUNK));
}

/** Tokens in packed rows, and the log-probability of each picked target. */
function packedLogProbs({ config, lora }: ProgramSettings): TargetLogProbs & {
  readonly model: ModelInputs;
  readonly trunk: Trunk;
} {
  const model = modelInputs(config, lora);
  const trunk = packedTrunk(config, model, ["rows", 1, 1, "time", "time"]);
  const picks = input("picks", ["picked"], "int64");
  const targets = input("targets", ["picked"], "int64");
  const chosen = gatherRows(trunk.hidden, picks, "picks");
  const matrix = outputMatrix(config, model);
  return { ...targetLogProbs(chosen, matrix, targets, vocabularyChunk(config)), model, trunk };
}

function packedTrunk(
  config: ModelConfig,
  model: ModelInputs,
  maskShape: Shape,
  keep?: (layer: number, k: Tensor, v: Tensor) => void,
): Trunk {
  const tokens = input("tokens", ["rows", "time"], "int64");
  const positions = input("positions", ["rows", "time"], "int64");
  const mask = input("mask", maskShape);
  return transformer(config, model, tokens, positions, attendWithin(config, mask, keep));
}

/** The name of a parameter's gradient among a training program's outputs. */
export const gradientOf = (parameter: string): string => `gradient:${parameter}`;
/** Gradients of looked-up rows: of the embedding, one a token; of the output matrix, one a pick. */
export const TOKEN_ROWS = "rows:tokens";
export const TARGET_ROWS = "rows:targets";

/** Log-probabilities and the gradient of the loss with respect to everything that is trained. */
function trainProgram(settings: ProgramSettings, form: LossForm): Program {
  const { config, lora } = settings;
  const { logProbs, targetRows, model, trunk } = packedLogProbs(settings);
  const wanted = new Map<string, Tensor>();
  for (const { name } of trainedParameters(config, lora)) {
    // An embedding that is no output matrix is only looked up in: its rows are all the gradient it has.
    if (lora === undefined && name === EMBEDDING && !config.tieWordEmbeddings) continue;
    wanted.set(gradientOf(name), model.weight(name));
  }
  if (lora === undefined) {
    wanted.set(TOKEN_ROWS, trunk.embedded);
    wanted.set(TARGET_ROWS, targetRows);
  }
  const checkpoints = settings.recompute ? trunk.layerInputs : [];
  const flows = gradients(objective(logProbs, form), [...wanted.values()], checkpoints);
  return { logProbs, ...Object.fromEntries([...wanted.keys()].map((name, i) => [name, flows[i]!])) };
}

/** Prompts to their keys and values, and what may be sampled after each. */
function prefillProgram(config: ModelConfig): Program {
  const model = modelInputs(config);
  const kept: Record<string, Tensor> = {};
  const { hidden } = packedTrunk(config, model, [1, 1, 1, "time", "time"], (layer, k, v) => {
    kept[`keys.${layer}`] = k;
    kept[`values.${layer}`] = v;
  });
  const last = gatherRows(hidden, input("picks", ["picked"], "int64"), "last");
  return { ...kept, ...sampled(config, model, last, "picked") };
}

/** One new token per row, its key and value, and what may be sampled after it. */
function decodeProgram(config: ModelConfig): Program {
  const model = modelInputs(config);
  const tokens = input("tokens", ["rows", 1], "int64");
  const positions = input("positions", ["rows", 1], "int64");
  const mask = input("mask", ["rows", 1, 1, "slots+1"]);
  const kept: Record<string, Tensor> = {};
  const attend = attendCached(config, mask, "slots", (layer, k, v) => {
    kept[`keys.${layer}`] = k;
    kept[`values.${layer}`] = v;
  });
  const { hidden } = transformer(config, model, tokens, positions, attend);
  return { ...kept, ...sampled(config, model, hidden, "rows") };
}

function sampled(config: ModelConfig, model: ModelInputs, hidden: Tensor, rows: string): Choice {
  const logits = matmul(hidden, outputMatrix(config, model), { transB: true }, "logits");
  return choice(logits, input("coolness", [rows, 1]));
}
