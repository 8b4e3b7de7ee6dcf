// The table against the numbers of weights that the publishers' own safetensors indexes add up to.
import { expect, test } from "vitest";
import { parameterCount, parametersOf } from "../engine/parameters.ts";
import { knownShape, knownShapes } from "./known-shapes.ts";

const published: Readonly<Record<string, number>> = {
  "Qwen2.5-0.5B": 494_032_768,
  "Qwen2.5-1.5B": 1_543_714_304,
  "Qwen2.5-3B": 3_085_938_688,
  "Qwen2.5-7B": 7_615_616_512,
  "Qwen2.5-14B": 14_770_033_664,
  "Qwen2.5-32B": 32_763_876_352,
  "Qwen2.5-72B": 72_706_203_648,
  "Qwen3-0.6B": 596_049_920,
  "Qwen3-1.7B": 1_720_574_976,
  "Qwen3-4B": 4_022_468_096,
  "Qwen3-8B": 8_190_735_360,
  "Qwen3-14B": 14_768_307_200,
  "Qwen3-32B": 32_762_123_264,
  "SmolLM2-135M": 134_515_008,
  "SmolLM2-360M": 361_821_120,
  "SmolLM2-1.7B": 1_711_376_384,
  "Llama-3.2-1B": 1_235_814_400,
  "Llama-3.2-3B": 3_212_749_824,
  "Llama-3.1-8B": 8_030_261_248,
  "Llama-3.1-70B": 70_553_706_496,
};

test("every shape has as many weights as its publisher's files", () => {
  const counted = [...knownShapes].map(([name, config]) => [name, parameterCount(parametersOf(config))]);
  expect(Object.fromEntries(counted)).toEqual(published);
});

test.each([
  ["hf:Qwen/Qwen2.5-7B-Instruct", "Qwen2.5-7B"],
  ["hf:Qwen/Qwen3-32B@main", "Qwen3-32B"],
  ["models/SmolLM2-135M-Instruct.Q4_1.gguf", "SmolLM2-135M"],
  ["hf:meta-llama/Meta-Llama-3.1-8B", "Llama-3.1-8B"],
  ["hf:meta-llama/Llama-3.3-70B-Instruct", "Llama-3.1-70B"],
])("%s is taken for %s", (where, name) => {
  expect(knownShape(where)?.name).toBe(name);
});

test.each(["hf:me/Qwen2.5-7Bx", "hf:me/another-7B", "hf:Qwen/Qwen3-32"])(
  "%s is not in the table",
  (where) => {
    expect(knownShape(where)).toBeUndefined();
  },
);
