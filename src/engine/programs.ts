/**
 * The programs of a model: what each takes and what it gives. All share `transformer` in model.ts.
 *
 * Every size but the model's own is unknown to the program (`rows`, `time`, `picked`, `slots`), so each is
 * compiled once however the batches vary.
 */
import { gradients } from "./backward.ts";
import type { ModelConfig } from "./config.ts";
import { input, type Tensor } from "./graph.ts";
import { objective } from "./loss.ts";
import { attendCached, attendWithin, modelInputs, outputMatrix, transformer } from "./model.ts";
import { gatherRows } from "./ops/layout.ts";
import { matmul } from "./ops/matmul.ts";
import { type Choice, choice, targetLogProbs } from "./ops/predict.ts";
import type { Shape } from "./shape.ts";

/** A program's outputs by name. */
export type Program = Readonly<Record<string, Tensor>>;

export type ProgramName = "train" | "trainRatio" | "score" | "prefill" | "decode";

/** The program of this name for this model. */
export function buildProgram(config: ModelConfig, name: ProgramName): Program {
  switch (name) {
    case "train":
      return trainProgram(config, false);
    case "trainRatio":
      return trainProgram(config, true);
    case "score":
      return { logProbs: packedLogProbs(config).logProbs };
    case "prefill":
      return prefillProgram(config);
    case "decode":
      return decodeProgram(config);
    default:
      return name satisfies never;
  }
}

/** Tokens in packed rows, and the log-probability of each picked target. */
function packedLogProbs(config: ModelConfig): {
  readonly logProbs: Tensor;
  readonly weights: readonly Tensor[];
} {
  const model = modelInputs(config);
  const hidden = packedHidden(config, model, ["rows", 1, 1, "time", "time"]);
  const picks = input("picks", ["picked"], "int64");
  const targets = input("targets", ["picked"], "int64");
  const chosen = gatherRows(hidden, picks, "picks");
  return {
    logProbs: targetLogProbs(chosen, outputMatrix(config, model), targets),
    weights: model.parameters.map(({ name }) => model.weight(name)),
  };
}

function packedHidden(
  config: ModelConfig,
  model: ReturnType<typeof modelInputs>,
  maskShape: Shape,
  keep?: (layer: number, k: Tensor, v: Tensor) => void,
): Tensor {
  const tokens = input("tokens", ["rows", "time"], "int64");
  const positions = input("positions", ["rows", "time"], "int64");
  const mask = input("mask", maskShape);
  return transformer(config, model, tokens, positions, attendWithin(config, mask, keep));
}

/** Log-probabilities and the gradient of the loss with respect to every weight. */
function trainProgram(config: ModelConfig, ratio: boolean): Program {
  const { logProbs, weights } = packedLogProbs(config);
  const flows = gradients(objective(logProbs, ratio), weights);
  const named = weights.map((weight, i) => [`gradient:${weight.node.label}`, flows[i] as Tensor] as const);
  return { logProbs, ...Object.fromEntries(named) };
}

/** Prompts to their keys and values, and what may be sampled after each. */
function prefillProgram(config: ModelConfig): Program {
  const model = modelInputs(config);
  const kept: Record<string, Tensor> = {};
  const hidden = packedHidden(config, model, [1, 1, 1, "time", "time"], (layer, k, v) => {
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
  const hidden = transformer(config, model, tokens, positions, attend);
  return { ...kept, ...sampled(config, model, hidden, "rows") };
}

function sampled(
  config: ModelConfig,
  model: ReturnType<typeof modelInputs>,
  hidden: Tensor,
  rows: string,
): Choice {
  const logits = matmul(hidden, outputMatrix(config, model), { transB: true }, "logits");
  return choice(logits, input("coolness", [rows, 1]));
}
