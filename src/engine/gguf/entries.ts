/**
 * Key-values as they are written: their bytes, and those that say a model's configuration.
 *
 * Lists are written for the tokenizer only; every number of a configuration is a u32 or a float32, as llama.cpp reads
 * them.
 */
import { UsageError } from "../../base/errors.ts";
import type { ModelConfig } from "../config.ts";

/** A key-value to be written; `i32s` and `texts` are lists. */
export type Entry = { readonly key: string } & (
  | { readonly type: "u32" | "f32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "i32s"; readonly value: readonly number[] }
  | { readonly type: "texts"; readonly value: readonly string[] }
);

const U32 = 4;
const I32 = 5;
const F32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;

/** The bytes of a key-value. */
export function entryBytes({ key, ...entry }: Entry): Buffer {
  const name = textBytes(key);
  switch (entry.type) {
    case "u32":
      return Buffer.concat([name, u32(U32), u32(entry.value)]);
    case "f32": {
      const value = Buffer.alloc(4);
      value.writeFloatLE(entry.value);
      return Buffer.concat([name, u32(F32), value]);
    }
    case "bool":
      return Buffer.concat([name, u32(BOOL), Buffer.from([entry.value ? 1 : 0])]);
    case "text":
      return Buffer.concat([name, u32(STRING), textBytes(entry.value)]);
    case "i32s": {
      const values = Buffer.alloc(4 * entry.value.length);
      for (const [index, value] of entry.value.entries()) values.writeInt32LE(value, 4 * index);
      return Buffer.concat([name, u32(ARRAY), u32(I32), u64(entry.value.length), values]);
    }
    case "texts":
      return Buffer.concat([
        name,
        u32(ARRAY),
        u32(STRING),
        u64(entry.value.length),
        ...entry.value.map(textBytes),
      ]);
    default:
      return entry satisfies never;
  }
}

/** Text with its length before it. */
export function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u64(bytes.length), bytes]);
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/**
 * What llama.cpp needs to know of a configuration.
 * @throws UsageError for a scaling of the positions that the format cannot say.
 */
export function configEntries(config: ModelConfig): readonly Entry[] {
  const { architecture, ropeScaling: scaling, headDim } = config;
  const number = (key: string, value: number): Entry => ({
    key: `${architecture}.${key}`,
    type: "u32",
    value,
  });
  const real = (key: string, value: number): Entry => ({ key: `${architecture}.${key}`, type: "f32", value });
  if (scaling?.type === "dynamic" || (scaling?.type === "llama3" && architecture !== "llama"))
    throw new UsageError(
      `a GGUF file cannot say rope scaling of type "${scaling.type}" for ${architecture}; export as hf instead`,
    );
  return [
    number("vocab_size", config.vocabSize),
    number("context_length", config.maxPositionEmbeddings),
    number("embedding_length", config.hiddenSize),
    number("block_count", config.numHiddenLayers),
    number("feed_forward_length", config.intermediateSize),
    number("attention.head_count", config.numAttentionHeads),
    number("attention.head_count_kv", config.numKeyValueHeads),
    number("attention.key_length", headDim),
    number("attention.value_length", headDim),
    real("attention.layer_norm_rms_epsilon", config.rmsNormEps),
    number("rope.dimension_count", headDim),
    real("rope.freq_base", config.ropeTheta),
    ...(scaling?.type === "linear"
      ? [
          { key: `${architecture}.rope.scaling.type`, type: "text", value: "linear" } as const,
          real("rope.scaling.factor", scaling.factor),
        ]
      : []),
    ...(scaling?.type === "llama3"
      ? [number("rope.scaling.original_context_length", scaling.originalMaxPositionEmbeddings)]
      : []),
  ];
}
