/** A configuration is either honoured in full or refused by the name of the key. */
import { expect, test } from "vitest";
import { type ModelConfig, parseConfig, showConfig } from "./config.ts";

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

test("both ways of writing the rotary base are read", () => {
  const { rope_theta: _, ...rest } = raw;
  const parsed = parseConfig({ ...rest, rope_parameters: { rope_type: "default", rope_theta: 5e5 } }, "c");
  expect(parsed.ropeTheta).toBe(5e5);
});

const REFUSED: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ model_type: "gpt2" }, 'c: "model_type" is "gpt2"; expected "qwen2", "qwen3" or "llama"'],
  [{ hidden_act: "gelu" }, 'c: "hidden_act" is "gelu"; expected "silu"'],
  [{ use_sliding_window: true }, 'c: "use_sliding_window" is true; expected false or null'],
  [{ rope_scaling: { type: "yarn" } }, 'c: "rope_scaling" is not supported'],
  [
    { rope_parameters: { rope_type: "yarn" } },
    'c: "rope_parameters.rope_type" is "yarn"; expected "default"',
  ],
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
