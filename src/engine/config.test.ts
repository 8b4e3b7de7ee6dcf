/** A configuration is either honoured in full or refused by the name of the key. */
import { expect, test } from "vitest";
import { type ModelConfig, parseConfig, showConfig } from "./config.ts";
import { parameterCount, parametersOf } from "./parameters.ts";
import type { RopeScaling } from "./rope-scaling.ts";

const config: ModelConfig = {
  architecture: "qwen2",
  vocabSize: 100,
  hiddenSize: 64,
  intermediateSize: 96,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
  numKeyValueHeads: 2,
  headDim: 16,
  maxPositionEmbeddings: 128,
  ropeTheta: 1e6,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
  bosTokenId: 1,
  eosTokenIds: [2, 3],
  padTokenId: 0,
};
const raw = showConfig(config);

test("what is written is read back, for each architecture", () => {
  for (const architecture of ["qwen2", "qwen3", "llama"] as const) {
    const own = { ...config, architecture };
    expect(parseConfig(JSON.parse(JSON.stringify(showConfig(own))), "config.json")).toEqual(own);
  }
});

const SCALINGS: readonly RopeScaling[] = [
  { type: "linear", factor: 2.5 },
  { type: "dynamic", factor: 4 },
  { type: "llama3", factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositionEmbeddings: 8192 },
];
for (const ropeScaling of SCALINGS) {
  test(`${ropeScaling.type} scaling is read from each way of writing it`, () => {
    const own = { ...config, ropeScaling };
    const shown = JSON.parse(JSON.stringify(showConfig(own)));
    expect(parseConfig(shown, "c")).toEqual(own);
    const { rope_scaling: inside, rope_theta, ...rest } = shown;
    expect(parseConfig({ ...rest, rope_parameters: { ...inside, rope_theta } }, "c")).toEqual(own);
    const { rope_type: type, ...numbers } = inside;
    expect(parseConfig({ ...rest, rope_theta, rope_scaling: { type, ...numbers } }, "c")).toEqual(own);
  });
}

test("both ways of writing the rotary base are read", () => {
  const { rope_theta: _, ...rest } = raw;
  const parsed = parseConfig({ ...rest, rope_parameters: { rope_type: "default", rope_theta: 5e5 } }, "c");
  expect(parsed.ropeTheta).toBe(5e5);
});

const REFUSED: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ model_type: "gpt2" }, 'c: "model_type" is "gpt2"; expected "qwen2", "qwen3" or "llama"'],
  [{ hidden_act: "gelu" }, 'c: "hidden_act" is "gelu"; expected "silu"'],
  [{ use_sliding_window: true }, 'c: "use_sliding_window" is true; expected false or null'],
  [{ layer_types: ["full_attention", "sliding_attention"] }, '"full_attention" in every layer'],
  [{ model_type: "llama", sliding_window: 4096 }, 'c: "sliding_window" is 4096; expected null'],
  [
    { rope_scaling: { type: "yarn", factor: 4 } },
    'c: "rope_scaling.type" is "yarn"; expected "default", "linear"',
  ],
  [{ rope_parameters: { rope_type: "longrope" } }, 'c: "rope_parameters.rope_type" is "longrope"; expected'],
  [
    { rope_scaling: { type: "default", mrope_section: [2, 3, 3] } },
    '"rope_scaling.mrope_section" is not a key',
  ],
  [{ rope_scaling: { type: "linear", factor: 2, beta_fast: 32 } }, '"rope_scaling.beta_fast" is not a key'],
  [
    { rope_scaling: { type: "linear" } },
    '"rope_scaling.factor" is undefined; expected a number of at least 1',
  ],
  [{ rope_scaling: { type: "linear", rope_type: "dynamic", factor: 2 } }, '"rope_scaling.type" is "linear"'],
  [{ rope_scaling: { type: "linear", factor: 0.5 } }, '"rope_scaling.factor" is 0.5'],
  [{ rope_scaling: [] }, 'c: "rope_scaling" is []; expected an object or null'],
  [{ rope_scaling: { type: "linear", factor: 2 }, rope_parameters: {} }, 'c: has both "rope_scaling" and'],
  [
    { rope_scaling: { type: "llama3", factor: 8, low_freq_factor: 4, high_freq_factor: 4 } },
    '"rope_scaling.high_freq_factor" is 4; expected more than low_freq_factor 4',
  ],
  [{ rope_interleaved: true }, 'c: "rope_interleaved" is true; expected false or null'],
  [{ mlp_bias: true }, 'c: "mlp_bias" is true; expected false or null'],
  [{ toString: 1 }, 'c: "toString" is not a key this engine can honour'],
  [{ num_hidden_layers: 2 ** 30 }, "c: 1073741824 layers; at most 10000 are built"],
  [{ num_experts: 8 }, 'c: "num_experts" is not a key this engine can honour'],
  [{ attention_bias: false }, 'c: "attention_bias" is false; expected true for qwen2'],
  [{ hidden_size: 0 }, 'c: "hidden_size" is 0; expected a positive integer'],
  [{ num_key_value_heads: 3 }, "c: 4 attention heads cannot share 3 key-value heads evenly"],
  [{ head_dim: 15 }, "c: head_dim is 15; rotary positions need it even"],
  [{ eos_token_id: [-1] }, 'c: "eos_token_id" is [-1]; expected token ids'],
];
for (const [change, message] of REFUSED) {
  test(`${JSON.stringify(change)} is refused`, () => {
    expect(() => parseConfig({ ...raw, ...change }, "c")).toThrow(message);
  });
}

const QWEN = { architectures: ["x"], attention_dropout: 0.0, hidden_act: "silu", initializer_range: 0.02 };
const QWEN_MORE = { use_cache: true, use_sliding_window: false, torch_dtype: "bfloat16", rms_norm_eps: 1e-6 };
/** What published files say, and how many parameters their authors state. */
const PUBLISHED: Readonly<Record<string, readonly [Record<string, unknown>, number]>> = {
  "Qwen2.5-0.5B": [
    {
      ...QWEN,
      ...QWEN_MORE,
      model_type: "qwen2",
      bos_token_id: 151643,
      eos_token_id: 151643,
      hidden_size: 896,
      intermediate_size: 4864,
      max_position_embeddings: 32768,
      max_window_layers: 24,
      num_attention_heads: 14,
      num_hidden_layers: 24,
      num_key_value_heads: 2,
      rope_theta: 1000000.0,
      sliding_window: 32768,
      tie_word_embeddings: true,
      transformers_version: "4.40.1",
      use_mrope: false,
      vocab_size: 151936,
    },
    494_032_768,
  ],
  "Qwen2.5-7B": [
    {
      ...QWEN,
      ...QWEN_MORE,
      model_type: "qwen2",
      bos_token_id: 151643,
      eos_token_id: 151643,
      hidden_size: 3584,
      intermediate_size: 18944,
      max_position_embeddings: 131072,
      max_window_layers: 28,
      num_attention_heads: 28,
      num_hidden_layers: 28,
      num_key_value_heads: 4,
      rope_theta: 1000000.0,
      sliding_window: 131072,
      tie_word_embeddings: false,
      transformers_version: "4.40.1",
      use_mrope: false,
      vocab_size: 152064,
    },
    7_615_616_512,
  ],
  "Qwen3-0.6B": [
    {
      ...QWEN,
      ...QWEN_MORE,
      model_type: "qwen3",
      attention_bias: false,
      bos_token_id: 151643,
      eos_token_id: 151645,
      head_dim: 128,
      hidden_size: 1024,
      intermediate_size: 3072,
      max_position_embeddings: 40960,
      max_window_layers: 28,
      num_attention_heads: 16,
      num_hidden_layers: 28,
      num_key_value_heads: 8,
      rope_scaling: null,
      rope_theta: 1000000,
      sliding_window: null,
      tie_word_embeddings: true,
      transformers_version: "4.51.0",
      vocab_size: 151936,
    },
    596_049_920,
  ],
  "Qwen3-32B": [
    {
      ...QWEN,
      ...QWEN_MORE,
      model_type: "qwen3",
      attention_bias: false,
      bos_token_id: 151643,
      eos_token_id: 151645,
      head_dim: 128,
      hidden_size: 5120,
      intermediate_size: 25600,
      max_position_embeddings: 40960,
      max_window_layers: 64,
      num_attention_heads: 64,
      num_hidden_layers: 64,
      num_key_value_heads: 8,
      rope_scaling: null,
      rope_theta: 1000000,
      sliding_window: null,
      tie_word_embeddings: false,
      transformers_version: "4.51.0",
      vocab_size: 151936,
    },
    32_762_123_264,
  ],
  "Llama-3.2-1B-Instruct": [
    {
      architectures: ["LlamaForCausalLM"],
      model_type: "llama",
      attention_bias: false,
      attention_dropout: 0.0,
      bos_token_id: 128000,
      eos_token_id: [128001, 128008, 128009],
      head_dim: 64,
      hidden_act: "silu",
      hidden_size: 2048,
      initializer_range: 0.02,
      intermediate_size: 8192,
      max_position_embeddings: 131072,
      mlp_bias: false,
      num_attention_heads: 32,
      num_hidden_layers: 16,
      num_key_value_heads: 8,
      pretraining_tp: 1,
      rms_norm_eps: 1e-5,
      rope_scaling: {
        factor: 32.0,
        high_freq_factor: 4.0,
        low_freq_factor: 1.0,
        original_max_position_embeddings: 8192,
        rope_type: "llama3",
      },
      rope_theta: 500000.0,
      tie_word_embeddings: true,
      torch_dtype: "bfloat16",
      transformers_version: "4.45.0.dev0",
      use_cache: true,
      vocab_size: 128256,
    },
    1_235_814_400,
  ],
  "SmolLM2-135M-Instruct": [
    {
      architectures: ["LlamaForCausalLM"],
      model_type: "llama",
      _attn_implementation_autoset: true,
      attention_bias: false,
      attention_dropout: 0.0,
      bos_token_id: 1,
      eos_token_id: 2,
      hidden_act: "silu",
      hidden_size: 576,
      initializer_range: 0.041666666666666664,
      intermediate_size: 1536,
      is_llama_config: true,
      max_position_embeddings: 8192,
      mlp_bias: false,
      num_attention_heads: 9,
      num_hidden_layers: 30,
      num_key_value_heads: 3,
      pad_token_id: 2,
      pretraining_tp: 1,
      rms_norm_eps: 1e-5,
      rope_interleaved: false,
      rope_scaling: null,
      rope_theta: 100000,
      tie_word_embeddings: true,
      torch_dtype: "bfloat16",
      "transformers.js_config": { kv_cache_dtype: { q4f16: "float16", fp16: "float16" } },
      transformers_version: "4.42.3",
      use_cache: true,
      vocab_size: 49152,
    },
    134_515_008,
  ],
};
for (const [name, [published, parameters]] of Object.entries(PUBLISHED)) {
  test(`${name} is read, with as many parameters as it has`, () => {
    expect(parameterCount(parametersOf(parseConfig(published, "config.json")))).toBe(parameters);
  });
}
