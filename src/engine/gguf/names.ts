/**
 * Hugging Face's names of weights and GGUF's, and the order of rows in the two.
 *
 * Files of the architecture "llama" keep the rows of Q and K as ggml's rotary positions pair them: neighbours (2i,
 * 2i + 1) of a head, where Hugging Face pairs i and i + half a head. Qwen2 and Qwen3 are stored as Hugging Face has
 * them.
 */
import type { ModelConfig } from "../config.ts";
import type { Parameter } from "../parameters.ts";

const whole: Readonly<Record<string, string>> = {
  "model.embed_tokens.weight": "token_embd.weight",
  "model.norm.weight": "output_norm.weight",
  "lm_head.weight": "output.weight",
};

const ofLayer: Readonly<Record<string, string>> = {
  input_layernorm: "attn_norm",
  "self_attn.q_proj": "attn_q",
  "self_attn.k_proj": "attn_k",
  "self_attn.v_proj": "attn_v",
  "self_attn.q_norm": "attn_q_norm",
  "self_attn.k_norm": "attn_k_norm",
  "self_attn.o_proj": "attn_output",
  post_attention_layernorm: "ffn_norm",
  "mlp.gate_proj": "ffn_gate",
  "mlp.up_proj": "ffn_up",
  "mlp.down_proj": "ffn_down",
};

/** The tensor that stretches rotary positions as Llama 3 does; it is no weight. */
export const ropeTensor = "rope_freqs.weight";

/** GGUF's name of a weight. */
export function tensorName({ name }: Pick<Parameter, "name">): string {
  const [, layer, part, kind] = /^model\.layers\.(\d+)\.(.+)\.(weight|bias)$/u.exec(name) ?? [];
  return layer === undefined ? whole[name]! : `blk.${layer}.${ofLayer[part!]}.${kind}`;
}

/**
 * For a row of the file's tensor, its row in Hugging Face's; undefined where they are the same.
 */
export function rowOrder(config: ModelConfig, { name }: Parameter): ((row: number) => number) | undefined {
  if (config.architecture !== "llama" || !/\.self_attn\.[qk]_proj\.weight$/u.test(name)) return undefined;
  const half = config.headDim / 2;
  return (row) => {
    const within = row % config.headDim;
    return row - within + (within % 2) * half + (within >> 1);
  };
}
