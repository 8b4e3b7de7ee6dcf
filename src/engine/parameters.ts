/**
 * The weights of a model: their Hugging Face names, shapes and places in one flat array.
 *
 * All weights lie one after another in a single Float32Array, in the order of this list; so do the gradients and
 * the two moments. A weight is a view, a whole state is one copy, and an optimizer step is one loop.
 */

import { seededRandom } from "../base/random.ts";
import type { InitSettings } from "./client.ts";
import type { ModelConfig } from "./config.ts";

export interface Parameter {
  /** The tensor's name in a Hugging Face checkpoint. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
  /** Matrices decay; norms and biases do not. `up` is the half of an adapter that starts at zero (see lora.ts). */
  readonly role: "embedding" | "matrix" | "output" | "norm" | "bias" | "up";
}

/** The name of the token embedding. */
export const EMBEDDING = "model.embed_tokens.weight";

/** Every weight of the model, in storage order. */
export function parametersOf(config: ModelConfig): readonly Parameter[] {
  const { hiddenSize: width, headDim, intermediateSize: inner } = config;
  const query = config.numAttentionHeads * headDim;
  const shared = config.numKeyValueHeads * headDim;
  const list: Parameter[] = [];
  let offset = 0;
  const push = (name: string, shape: readonly number[], role: Parameter["role"]): void => {
    const size = shape.reduce((a, b) => a * b, 1);
    list.push({ name, shape, offset, size, role });
    offset += size;
  };
  push(EMBEDDING, [config.vocabSize, width], "embedding");
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    const at = `model.layers.${layer}`;
    push(`${at}.input_layernorm.weight`, [width], "norm");
    for (const [name, size] of [
      ["q", query],
      ["k", shared],
      ["v", shared],
    ] as const) {
      push(`${at}.self_attn.${name}_proj.weight`, [size, width], "matrix");
      if (config.architecture === "qwen2") push(`${at}.self_attn.${name}_proj.bias`, [size], "bias");
    }
    if (config.architecture === "qwen3") {
      push(`${at}.self_attn.q_norm.weight`, [headDim], "norm");
      push(`${at}.self_attn.k_norm.weight`, [headDim], "norm");
    }
    push(`${at}.self_attn.o_proj.weight`, [width, query], "output");
    push(`${at}.post_attention_layernorm.weight`, [width], "norm");
    push(`${at}.mlp.gate_proj.weight`, [inner, width], "matrix");
    push(`${at}.mlp.up_proj.weight`, [inner, width], "matrix");
    push(`${at}.mlp.down_proj.weight`, [width, inner], "output");
  }
  push("model.norm.weight", [width], "norm");
  if (!config.tieWordEmbeddings) push("lm_head.weight", [config.vocabSize, width], "matrix");
  return list;
}

/** How many numbers the weights are. */
export function parameterCount(parameters: readonly Parameter[]): number {
  const last = parameters[parameters.length - 1];
  return last === undefined ? 0 : last.offset + last.size;
}

/**
 * Draws fresh weights into `weights`: norms 1, biases 0, the embedding normal with its own deviation, every matrix
 * uniform with variance 1 / (3 · inputs), and `outputScale` times that for the two that write to the residual.
 */
export function initialise(
  weights: Float32Array,
  parameters: readonly Parameter[],
  init: InitSettings,
  seed: number,
): void {
  for (const { name, shape, offset, size, role } of parameters) {
    // A generator per weight: adding a layer does not change the draws of the others.
    const random = seededRandom(seed, "weights", name);
    const bound = 1 / Math.sqrt(shape.at(-1) as number);
    const draw = (): number => {
      switch (role) {
        case "norm":
          return 1;
        case "bias":
        case "up":
          return 0;
        case "embedding":
          return init.embeddingStd * random.normal();
        case "matrix":
          return bound * (2 * random.next() - 1);
        case "output":
          return init.outputScale * bound * (2 * random.next() - 1);
        default:
          return role satisfies never;
      }
    };
    for (let i = offset; i < offset + size; i++) weights[i] = draw();
  }
}
