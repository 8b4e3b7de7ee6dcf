/**
 * A model's configuration from the key-values of a GGUF file, and back.
 *
 * Keys under the architecture's name decide the arithmetic: each is read, known to be descriptive, held to the one
 * value this engine computes, or refused by name. Sizes are held against the tensors that are there, so a header
 * cannot make anything be allocated that the file does not contain.
 */
import { UsageError } from "../../base/errors.ts";
import { checkConfig, type ModelConfig } from "../config.ts";
import { parametersOf } from "../parameters.ts";
import type { GgufFile, StoredTensor } from "./header.ts";
import type { MetadataValue } from "./metadata.ts";
import { ropeTensor, tensorName } from "./names.ts";
import { scalingFromDivisors, shortest } from "./rope.ts";

/** Keys of an architecture that describe and do not compute. */
const DESCRIPTIVE = new Set([
  "tensor_data_layout",
  "rope.scaling.finetuned",
  "rope.scaling.original_context_length",
]);

/** Keys that compute, with the only values this engine computes. */
const FIXED: Readonly<Record<string, readonly MetadataValue[]>> = {
  use_parallel_residual: [false],
  "attention.causal": [true],
  "attention.sliding_window": [0],
  expert_count: [0],
  expert_used_count: [0],
  pooling_type: [0],
  "rope.scaling.attn_factor": [1],
  "rope.scaling.type": ["none", "linear"],
};

const READ = new Set([
  "vocab_size",
  "context_length",
  "embedding_length",
  "block_count",
  "feed_forward_length",
  "attention.head_count",
  "attention.head_count_kv",
  "attention.key_length",
  "attention.value_length",
  "attention.layer_norm_rms_epsilon",
  "rope.dimension_count",
  "rope.freq_base",
  "rope.scaling.factor",
  "rope.scale_linear",
]);

/** The fewest tensors of a block, in any of the three architectures. */
const LEAST_PER_BLOCK = 9;

/** Reads the configuration; `divisors` is the content of rope_freqs.weight, where the file has it. */
export function configOf(
  { path, metadata, tensors }: Pick<GgufFile, "path" | "metadata" | "tensors">,
  divisors: Float32Array | undefined,
): ModelConfig {
  const architecture = metadata.get("general.architecture");
  const refuse = (key: string, expected: string): never => {
    throw new UsageError(`${path}: "${key}" is ${show(metadata.get(key))}; expected ${expected}`);
  };
  if (architecture !== "qwen2" && architecture !== "qwen3" && architecture !== "llama")
    return refuse("general.architecture", '"qwen2", "qwen3" or "llama"');
  if ((metadata.get("general.type") ?? "model") !== "model") refuse("general.type", '"model"');
  if ((metadata.get("split.count") ?? 1) !== 1) refuse("split.count", "1: a model in one file");
  const prefix = `${architecture}.`;
  for (const [key, value] of metadata) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    const allowed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
    if (allowed !== undefined && !allowed.includes(value)) refuse(key, allowed.map(show).join(" or "));
    if (allowed === undefined && !READ.has(name) && !DESCRIPTIVE.has(name))
      throw new UsageError(`${path}: "${key}" is not a key this engine can honour`);
  }
  const number = (name: string, fallback?: number): number => {
    const found = sameOfAll(metadata.get(prefix + name)) ?? fallback;
    return typeof found === "number" && found > 0 && found < 2 ** 31
      ? found
      : refuse(prefix + name, "a positive number, the same in every layer");
  };
  const size = (name: string, fallback?: number): number => {
    const found = number(name, fallback);
    return Number.isInteger(found) ? found : refuse(prefix + name, "a whole number");
  };
  const hiddenSize = size("embedding_length");
  const numAttentionHeads = size("attention.head_count");
  const headDim = size("attention.key_length", hiddenSize / numAttentionHeads);
  for (const name of ["attention.value_length", "rope.dimension_count"])
    if (size(name, headDim) !== headDim) refuse(prefix + name, `${headDim}, the length of a head`);
  const numHiddenLayers = size("block_count");
  if (numHiddenLayers > tensors.size / LEAST_PER_BLOCK)
    refuse(`${prefix}block_count`, `no more blocks than its ${tensors.size} tensors can be`);
  const embedding = tensors.get("token_embd.weight");
  if (embedding === undefined) throw new UsageError(`${path}: "token_embd.weight" is missing`);
  const vocabSize = embedding.dimensions[1] ?? 1;
  if (size("vocab_size", vocabSize) !== vocabSize)
    refuse(`${prefix}vocab_size`, `${vocabSize}, the rows of "token_embd.weight"`);
  const ropeTheta = shortest(number("rope.freq_base", 10000));
  const maxPositionEmbeddings = size("context_length");
  const original = metadata.get(`${prefix}rope.scaling.original_context_length`);
  const factor = shortest(number("rope.scaling.factor", number("rope.scale_linear", 1)));
  const linear = factor !== 1 && metadata.get(`${prefix}rope.scaling.type`) !== "none";
  const lengths = [...(typeof original === "number" ? [original] : []), 8192, maxPositionEmbeddings];
  if (divisors !== undefined && 2 * divisors.length !== headDim)
    throw new UsageError(`${path}: "${ropeTensor}" has ${divisors.length} numbers; expected ${headDim / 2}`);
  const stretched =
    divisors === undefined ? undefined : scalingFromDivisors(divisors, ropeTheta, lengths, path);
  if (linear && stretched !== undefined)
    refuse(`${prefix}rope.scaling.factor`, `1, as "${ropeTensor}" stretches the positions already`);
  const ropeScaling = linear ? ({ type: "linear", factor } as const) : stretched;
  const config = checkConfig(
    {
      architecture,
      vocabSize,
      hiddenSize,
      intermediateSize: size("feed_forward_length"),
      numHiddenLayers,
      numAttentionHeads,
      numKeyValueHeads: size("attention.head_count_kv", numAttentionHeads),
      headDim,
      maxPositionEmbeddings,
      ropeTheta,
      ...(ropeScaling === undefined ? {} : { ropeScaling }),
      rmsNormEps: shortest(number("attention.layer_norm_rms_epsilon")),
      tieWordEmbeddings: !tensors.has("output.weight"),
      ...tokenIds(metadata, vocabSize),
    },
    path,
  );
  checkTensors(config, tensors, path);
  return config;
}

/** Sizes may be given for each layer apart; only equal ones can be honoured. */
function sameOfAll(value: MetadataValue | undefined): MetadataValue | undefined {
  if (typeof value !== "object" || value.length === 0) return value;
  const items = Array.from<MetadataValue>(value);
  return items.every((item) => item === items[0]) ? items[0] : value;
}

function tokenIds(
  metadata: GgufFile["metadata"],
  vocabSize: number,
): Pick<ModelConfig, "bosTokenId" | "eosTokenIds" | "padTokenId"> {
  const token = (name: string): number[] => {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    return typeof id === "number" && Number.isInteger(id) && id >= 0 && id < vocabSize ? [id] : [];
  };
  const [bosTokenId] = token("bos");
  const [padTokenId] = token("padding");
  const eosTokenIds = [...new Set(["eos", "eot", "eom"].flatMap(token))];
  return {
    ...(bosTokenId === undefined ? {} : { bosTokenId }),
    ...(eosTokenIds.length === 0 ? {} : { eosTokenIds }),
    ...(padTokenId === undefined ? {} : { padTokenId }),
  };
}

/** Every weight is there with its shape, and nothing else is. */
function checkTensors(config: ModelConfig, tensors: ReadonlyMap<string, StoredTensor>, path: string): void {
  const spare = new Set(tensors.keys());
  if (config.architecture === "llama") spare.delete(ropeTensor);
  for (const parameter of parametersOf(config)) {
    const name = tensorName(parameter);
    const stored = tensors.get(name);
    if (stored === undefined) throw new UsageError(`${path}: "${name}" is missing`);
    const expected = parameter.shape.toReversed();
    if (stored.dimensions.join() !== expected.join())
      throw new UsageError(
        `${path}: "${name}" is [${stored.dimensions.join(", ")}]; its key-values make it [${expected.join(", ")}]`,
      );
    spare.delete(name);
  }
  for (const name of spare) throw new UsageError(`${path}: "${name}" has no place in this model`);
}

function show(value: MetadataValue | undefined): string {
  if (value === undefined) return "missing";
  if (typeof value === "object") return `a list of ${value.length}`;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
