/**
 * The model's shape, read from and written to a Hugging Face `config.json`.
 *
 * The architectures differ in two switches only: a bias on q, k and v (Qwen2) and a norm on each query and key
 * head (Qwen3); Llama has neither. Invariant: a key that would change the arithmetic and is not honoured here is
 * a UsageError naming it, so a checkpoint is never run as something it is not.
 */
import { UsageError } from "../base/errors.ts";
import { parseRope, type RopeScaling, showRope } from "./rope-scaling.ts";

type Architecture = "qwen2" | "qwen3" | "llama";

/** Everything that decides the graph, under Hugging Face's names in camelCase. */
export interface ModelConfig {
  readonly architecture: Architecture;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  readonly headDim: number;
  readonly maxPositionEmbeddings: number;
  readonly ropeTheta: number;
  readonly ropeScaling?: RopeScaling;
  readonly rmsNormEps: number;
  readonly tieWordEmbeddings: boolean;
  readonly bosTokenId?: number;
  /** Tokens that end a completion; written to config.json and generation_config.json. */
  readonly eosTokenIds?: readonly number[];
  readonly padTokenId?: number;
}

const CLASS_NAME: Record<Architecture, string> = {
  qwen2: "Qwen2ForCausalLM",
  qwen3: "Qwen3ForCausalLM",
  llama: "LlamaForCausalLM",
};

/** Keys that describe and do not compute: any value is fine. */
const DESCRIPTIVE = new Set([
  "architectures",
  "_name_or_path",
  "transformers_version",
  "torch_dtype",
  "dtype",
  "initializer_range",
  "use_cache",
  "pretraining_tp",
  "max_window_layers",
  "output_attentions",
  "output_hidden_states",
  "return_dict",
  "problem_type",
  "id2label",
  "label2id",
  "chunk_size_feed_forward",
  "is_encoder_decoder",
  "attention_dropout",
  "tokenizer_class",
  "is_llama_config",
  "transformers.js_config",
  "_attn_implementation",
  "_attn_implementation_autoset",
  "unsloth_version",
  "unsloth_fixed",
]);

/** Keys that compute, with the only values this engine computes. */
const FIXED: ReadonlyMap<string, readonly unknown[]> = new Map([
  ["hidden_act", ["silu"]],
  ["use_sliding_window", [false, null]],
  ["mlp_bias", [false, null]],
  ["use_mrope", [false, null]],
  ["rope_interleaved", [false, null]],
  ["quantization_config", [null]],
  ["partial_rotary_factor", [1, null]],
]);

/** Far above every known model, and few enough that a hostile file cannot have the list of weights fill memory. */
const MOST_LAYERS = 10_000;

const READ = new Set([
  "model_type",
  "vocab_size",
  "hidden_size",
  "intermediate_size",
  "num_hidden_layers",
  "num_attention_heads",
  "num_key_value_heads",
  "head_dim",
  "max_position_embeddings",
  "rope_theta",
  "rope_scaling",
  "rope_parameters",
  "rms_norm_eps",
  "tie_word_embeddings",
  "attention_bias",
  "layer_types",
  "sliding_window",
  "bos_token_id",
  "eos_token_id",
  "pad_token_id",
]);

/** Reads a parsed config.json; `file` is what an error names. */
export function parseConfig(value: unknown, file: string): ModelConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${file}: a JSON object was expected`);
  }
  const raw = value as Readonly<Record<string, unknown>>;
  const refuse = (key: string, expected: string): never => {
    throw new UsageError(`${file}: "${key}" is ${JSON.stringify(raw[key])}; expected ${expected}`);
  };
  for (const key of Object.keys(raw)) {
    const allowed = FIXED.get(key);
    if (allowed !== undefined && !allowed.includes(raw[key])) {
      refuse(key, allowed.map((item) => JSON.stringify(item)).join(" or "));
    }
    if (allowed === undefined && !READ.has(key) && !DESCRIPTIVE.has(key)) {
      throw new UsageError(`${file}: "${key}" is not a key this engine can honour`);
    }
  }
  const architecture = raw["model_type"];
  if (architecture !== "qwen2" && architecture !== "qwen3" && architecture !== "llama") {
    return refuse("model_type", '"qwen2", "qwen3" or "llama"');
  }
  const size = (key: string, fallback?: number): number => {
    const found = raw[key] ?? fallback;
    return typeof found === "number" && Number.isSafeInteger(found) && found > 0 && found < 2 ** 31
      ? found
      : refuse(key, "a positive integer");
  };
  const token = (key: string): number | undefined => {
    const found = raw[key] ?? undefined;
    if (found === undefined) return undefined;
    return typeof found === "number" && Number.isInteger(found) && found >= 0
      ? found
      : refuse(key, "a token id");
  };
  const hiddenSize = size("hidden_size");
  const numAttentionHeads = size("num_attention_heads");
  const eosTokenIds = parseEndTokens(raw, file);
  const layerTypes = raw["layer_types"] ?? [];
  if (!Array.isArray(layerTypes) || layerTypes.some((type) => type !== "full_attention")) {
    refuse("layer_types", '"full_attention" in every layer (no sliding window)');
  }
  // Qwen's files give a window's width also where use_sliding_window says that there is none.
  if (architecture === "llama" && (raw["sliding_window"] ?? null) !== null) {
    refuse("sliding_window", "null: attention here sees the whole sequence");
  }
  const tied = raw["tie_word_embeddings"] ?? false;
  if (typeof tied !== "boolean") refuse("tie_word_embeddings", "true or false");
  const bias = raw["attention_bias"] ?? undefined;
  if (bias !== undefined && bias !== (architecture === "qwen2")) {
    refuse("attention_bias", `${architecture === "qwen2"} for ${architecture}`);
  }
  const epsilon = raw["rms_norm_eps"] ?? 1e-6;
  if (typeof epsilon !== "number" || !(epsilon > 0)) refuse("rms_norm_eps", "a positive number");
  const maxPositionEmbeddings = size("max_position_embeddings", architecture === "llama" ? 2048 : 32768);
  const { theta, scaling } = parseRope(raw, file, maxPositionEmbeddings);
  const bosTokenId = token("bos_token_id");
  const padTokenId = token("pad_token_id");
  return checkConfig(
    {
      architecture,
      vocabSize: size("vocab_size"),
      hiddenSize,
      intermediateSize: size("intermediate_size"),
      numHiddenLayers: size("num_hidden_layers"),
      numAttentionHeads,
      numKeyValueHeads: size("num_key_value_heads", numAttentionHeads),
      headDim: size("head_dim", architecture === "qwen3" ? 128 : hiddenSize / numAttentionHeads),
      maxPositionEmbeddings,
      ropeTheta: theta,
      ...(scaling === undefined ? {} : { ropeScaling: scaling }),
      rmsNormEps: epsilon as number,
      tieWordEmbeddings: tied as boolean,
      ...(bosTokenId === undefined ? {} : { bosTokenId }),
      ...(eosTokenIds.length === 0 ? {} : { eosTokenIds }),
      ...(padTokenId === undefined ? {} : { padTokenId }),
    },
    file,
  );
}

/** `eos_token_id` of a parsed config.json or generation_config.json, one or a list; empty where there is none. */
export function parseEndTokens(raw: Readonly<Record<string, unknown>>, file: string): readonly number[] {
  const found = raw["eos_token_id"] ?? [];
  const ids = (Array.isArray(found) ? found : [found]) as number[];
  if (ids.some((id) => !Number.isSafeInteger(id) || id < 0))
    throw new UsageError(`${file}: "eos_token_id" is ${JSON.stringify(found)}; expected token ids`);
  return ids;
}

/** The rules between fields; returns the configuration unchanged. */
export function checkConfig(config: ModelConfig, where: string): ModelConfig {
  const { numAttentionHeads: heads, numKeyValueHeads: shared, headDim } = config;
  if (heads % shared !== 0) {
    throw new UsageError(`${where}: ${heads} attention heads cannot share ${shared} key-value heads evenly`);
  }
  if (config.numHiddenLayers > MOST_LAYERS) {
    throw new UsageError(`${where}: ${config.numHiddenLayers} layers; at most ${MOST_LAYERS} are built`);
  }
  if (headDim % 2 !== 0)
    throw new UsageError(`${where}: head_dim is ${headDim}; rotary positions need it even`);
  return config;
}

/** The config.json that transformers reads as this same model, with its weights stored as `dtype`. */
export function showConfig(config: ModelConfig, dtype: "F32" | "BF16" = "F32"): Record<string, unknown> {
  return {
    architectures: [CLASS_NAME[config.architecture]],
    model_type: config.architecture,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.numHiddenLayers,
    num_attention_heads: config.numAttentionHeads,
    num_key_value_heads: config.numKeyValueHeads,
    head_dim: config.headDim,
    max_position_embeddings: config.maxPositionEmbeddings,
    ...showRope(config.ropeTheta, config.ropeScaling),
    rms_norm_eps: config.rmsNormEps,
    tie_word_embeddings: config.tieWordEmbeddings,
    hidden_act: "silu",
    attention_dropout: 0,
    ...(config.architecture === "qwen2" ? { use_sliding_window: false } : { attention_bias: false }),
    ...tokenIds(config),
    torch_dtype: dtype === "F32" ? "float32" : "bfloat16",
    use_cache: true,
  };
}

/** The generation_config.json beside it. */
export function showGenerationConfig(config: ModelConfig): Record<string, unknown> {
  return { do_sample: true, ...tokenIds(config) };
}

function tokenIds(config: ModelConfig): Record<string, unknown> {
  const eos = config.eosTokenIds ?? [];
  return {
    bos_token_id: config.bosTokenId ?? null,
    eos_token_id: eos.length === 0 ? null : eos.length === 1 ? eos[0] : [...eos],
    pad_token_id: config.padTokenId ?? null,
  };
}
