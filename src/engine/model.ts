/**
 * From a configuration to the graph of a decoder-only transformer.
 *
 * One function, `transformer`, serves training, scoring, prefill and decoding; they differ in how a layer attends
 * (`attendWithin` a packed row, or `attendCached` to keys and values kept outside) and in what is asked of the
 * last hidden states (programs.ts). The residual stream is a matrix [tokens, width] throughout.
 */
import { invariant } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";
import { input, type Tensor } from "./graph.ts";
import { type LoraSettings, trainedParameters } from "./lora.ts";
import { swiglu } from "./ops/activate.ts";
import { adaptedLinear } from "./ops/adapted.ts";
import { maskedSoftmax, type RotaryTables, rotary, rowDot } from "./ops/attend.ts";
import { add, mul } from "./ops/elementwise.ts";
import { concat, lookup, reshape, sliceLast, transpose } from "./ops/layout.ts";
import { linear, matmul } from "./ops/matmul.ts";
import { rmsNorm } from "./ops/normalize.ts";
import { EMBEDDING, parametersOf } from "./parameters.ts";
import { type Dimension, product } from "./shape.ts";

/** The inputs that every program of a model has. */
export interface ModelInputs {
  /** A weight, or a factor of the adapter, by name. */
  readonly weight: (name: string) => Tensor;
  readonly tables: RotaryTables;
  readonly lora: LoraSettings | undefined;
}

/** What a model makes of tokens. */
export interface Trunk {
  /** The last hidden states [rows * time, width], normalised. */
  readonly hidden: Tensor;
  /** The rows of the embedding, [rows * time, width]. */
  readonly embedded: Tensor;
  /** The residual stream at the start of each layer, [rows * time, width]. */
  readonly layerInputs: readonly Tensor[];
}

/** Queries, keys and values of one layer, each [rows, time, heads * headDim], already turned by position. */
interface Projected {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
}

/** Combines a layer's projections into [rows * time, heads * headDim]. */
export type Attend = (layer: number, projected: Projected) => Tensor;

/** The weights, the adapter's factors and the rotary tables as inputs of a program. */
export function modelInputs(config: ModelConfig, lora?: LoraSettings): ModelInputs {
  const parameters = [
    ...parametersOf(config),
    ...(lora === undefined ? [] : trainedParameters(config, lora)),
  ];
  const weights = new Map(parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const table = (name: string): Tensor => input(`rotary.${name}`, ["positions", config.headDim / 2]);
  return {
    weight(name) {
      const weight = weights.get(name);
      invariant(weight !== undefined, `the model has no weight "${name}"`);
      return weight;
    },
    tables: { cos: table("cos"), sin: table("sin"), negatedSin: table("negatedSin") },
    lora,
  };
}

/** The hidden states of tokens [rows, time] at positions [rows, time]. */
export function transformer(
  config: ModelConfig,
  model: ModelInputs,
  tokens: Tensor,
  positions: Tensor,
  attend: Attend,
): Trunk {
  const count = product(tokens.shape);
  const rows = lookup(model.weight(EMBEDDING), tokens, "embed");
  const embedded = reshape(rows, [count, config.hiddenSize]);
  const layerInputs: Tensor[] = [];
  let x = embedded;
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    layerInputs.push(x);
    x = block(config, model, layer, x, tokens, positions, attend);
  }
  return {
    hidden: rmsNorm(x, model.weight("model.norm.weight"), config.rmsNormEps, "norm"),
    embedded,
    layerInputs,
  };
}

/** One layer: attention and feed-forward, each on the normalised stream and added to it. */
function block(
  config: ModelConfig,
  { weight, tables, lora }: ModelInputs,
  layer: number,
  x: Tensor,
  tokens: Tensor,
  positions: Tensor,
  attend: Attend,
): Tensor {
  const [rows, time] = tokens.shape as readonly [Dimension, Dimension];
  const count = product([rows, time]);
  const epsilon = config.rmsNormEps;
  const at = (name: string): Tensor => weight(`model.layers.${layer}.${name}`);
  const label = (name: string): string => `layer${layer}.${name}`;
  const dense = (from: Tensor, path: string, name: string, bias?: Tensor): Tensor => {
    const matrix = at(`${path}.weight`);
    if (!lora?.targets.some((target) => path.endsWith(`.${target}`)))
      return linear(from, matrix, bias, label(name));
    const factors = { down: at(`${path}.lora_A.weight`), up: at(`${path}.lora_B.weight`) };
    return adaptedLinear(from, matrix, { ...factors, scale: lora.alpha / lora.rank }, bias, label(name));
  };

  const h = rmsNorm(x, at("input_layernorm.weight"), epsilon, label("attn.norm"));
  const headNorm = (flat: Tensor, name: "q" | "k", heads: number): Tensor => {
    const heads2d = reshape(flat, [product([count, heads]), config.headDim]);
    const normed = rmsNorm(heads2d, at(`self_attn.${name}_norm.weight`), epsilon, label(`attn.${name}.norm`));
    return reshape(normed, [count, heads * config.headDim]);
  };
  const project = (name: "q" | "k" | "v", heads: number): Tensor => {
    const bias = config.architecture === "qwen2" ? at(`self_attn.${name}_proj.bias`) : undefined;
    const flat = dense(h, `self_attn.${name}_proj`, `attn.${name}`, bias);
    const ready = config.architecture === "qwen3" && name !== "v" ? headNorm(flat, name, heads) : flat;
    return reshape(ready, [rows, time, heads * config.headDim], tokens);
  };
  const turn = (name: "q" | "k", heads: number): Tensor =>
    rotary(project(name, heads), positions, tables, label(`attn.${name}.rotary`));

  const attended = attend(layer, {
    q: turn("q", config.numAttentionHeads),
    k: turn("k", config.numKeyValueHeads),
    v: project("v", config.numKeyValueHeads),
  });
  const between = add(x, dense(attended, "self_attn.o_proj", "attn.out"));
  const m = rmsNorm(between, at("post_attention_layernorm.weight"), epsilon, label("mlp.norm"));
  const inner = swiglu(
    dense(m, "mlp.gate_proj", "mlp.gate"),
    dense(m, "mlp.up_proj", "mlp.up"),
    label("mlp.swiglu"),
  );
  return add(between, dense(inner, "mlp.down_proj", "mlp.down"));
}

/** The matrix that turns hidden states into logits. */
export function outputMatrix(config: ModelConfig, { weight }: ModelInputs): Tensor {
  return weight(config.tieWordEmbeddings ? EMBEDDING : "lm_head.weight");
}

/** Keys or values [rows, time, heads * headDim] as [rows, heads, time, headDim]. */
function perHead(x: Tensor, heads: number, headDim: number): Tensor {
  const [rows, time] = x.shape as readonly [Dimension, Dimension, Dimension];
  return transpose(reshape(x, [rows, time, heads, headDim]), [0, 2, 1, 3]);
}

/**
 * Attention among the tokens of each row; the mask says who sees whom.
 *
 * The query heads that share a key head are stacked along time, so each product is one large multiplication per
 * key head and the gradient of the shared keys needs no extra sum.
 */
export function attendWithin(
  config: ModelConfig,
  mask: Tensor,
  keep?: (layer: number, k: Tensor, v: Tensor) => void,
): Attend {
  const { numKeyValueHeads: shared, headDim } = config;
  const group = config.numAttentionHeads / shared;
  return (layer, { q, k, v }) => {
    const [rows, time] = q.shape as readonly [Dimension, Dimension, Dimension];
    const queries = transpose(reshape(q, [rows, time, shared, group, headDim]), [0, 2, 3, 1, 4]);
    const stacked = reshape(queries, [rows, shared, product([group, time]), headDim]);
    const keys = perHead(k, shared, headDim);
    const values = perHead(v, shared, headDim);
    keep?.(layer, keys, values);
    const scores = matmul(
      stacked,
      keys,
      { transB: true, alpha: 1 / Math.sqrt(headDim) },
      `layer${layer}.attn.scores`,
    );
    const p = maskedSoftmax(
      reshape(scores, [rows, shared, group, time, time]),
      mask,
      `layer${layer}.attn.softmax`,
    );
    const mixed = matmul(
      reshape(p, [rows, shared, product([group, time]), time]),
      values,
      {},
      `layer${layer}.attn.mix`,
    );
    const ordered = transpose(reshape(mixed, [rows, shared, group, time, headDim]), [0, 3, 1, 2, 4]);
    return reshape(ordered, [product([rows, time]), shared * group * headDim]);
  };
}

/**
 * Attention of one new token per row to a cache and to itself. The cache is an input that the caller owns; the
 * new key and value are outputs, which the caller writes into it. `mask` is [rows, 1, 1, slots + 1].
 */
export function attendCached(
  config: ModelConfig,
  mask: Tensor,
  slots: Dimension,
  keep: (layer: number, k: Tensor, v: Tensor) => void,
): Attend {
  const { numKeyValueHeads: shared, headDim } = config;
  const group = config.numAttentionHeads / shared;
  const alpha = 1 / Math.sqrt(headDim);
  return (layer, { q, k, v }) => {
    const rows = q.shape[0]!;
    const queries = reshape(q, [rows, shared, group, headDim]);
    const key = reshape(k, [rows, shared, 1, headDim]);
    const value = reshape(v, [rows, shared, 1, headDim]);
    keep(layer, key, value);
    const keys = input(`cache.keys.${layer}`, [rows, shared, slots, headDim]);
    const values = input(`cache.values.${layer}`, [rows, shared, slots, headDim]);
    const before = matmul(queries, keys, { transB: true, alpha });
    const itself = rowDot(queries, key, alpha);
    const p = maskedSoftmax(concat([before, itself], 3), mask, `layer${layer}.attn.softmax`);
    const mixed = add(
      matmul(sliceLast(p, 0, -1, slots), values),
      mul(sliceLast(p, -1, Number.MAX_SAFE_INTEGER, 1), value),
    );
    return reshape(mixed, [rows, shared * group * headDim]);
  };
}
