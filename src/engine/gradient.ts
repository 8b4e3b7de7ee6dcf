/**
 * Adds the gradients that a training program hands out to a flat array, laid out as the trained parameters.
 *
 * Of a table that rows are looked up in (the embedding; the output matrix at the targets) the program gives the
 * gradient of each row; they are added here, one after another, so the sum has one order at any number of threads.
 */
import type { ModelConfig } from "./config.ts";
import { type LoraSettings, trainedParameters } from "./lora.ts";
import type { MicroBatch } from "./pack.ts";
import { EMBEDDING, parametersOf } from "./parameters.ts";
import { gradientOf, TARGET_ROWS, TOKEN_ROWS } from "./programs.ts";
import type { Results } from "./session.ts";

/** Adds one micro-batch's gradients to `into`, or puts them there when it is the first. */
export function addGradients(
  results: Results,
  { tokens, targets }: Pick<MicroBatch, "tokens" | "targets">,
  config: ModelConfig,
  lora: LoraSettings | undefined,
  into: Float32Array,
  first: boolean,
): void {
  for (const { name, offset, size } of trainedParameters(config, lora)) {
    const part = results[gradientOf(name)];
    if (first) {
      if (part === undefined) into.fill(0, offset, offset + size);
      else into.set(part, offset);
    } else if (part !== undefined) {
      for (let i = 0; i < size; i++) into[offset + i] = into[offset + i]! + part[i]!;
    }
  }
  if (lora !== undefined) return;
  const offsetOf = (name: string): number => parametersOf(config).find((one) => one.name === name)!.offset;
  const output = config.tieWordEmbeddings ? EMBEDDING : "lm_head.weight";
  addRows(results[TOKEN_ROWS]!, tokens, config.hiddenSize, into, offsetOf(EMBEDDING));
  addRows(results[TARGET_ROWS]!, targets, config.hiddenSize, into, offsetOf(output));
}

function addRows(
  rows: Float32Array,
  indices: Int32Array,
  width: number,
  into: Float32Array,
  offset: number,
): void {
  for (let row = 0; row < indices.length; row++) {
    const from = row * width;
    const to = offset + indices[row]! * width;
    for (let i = 0; i < width; i++) into[to + i] = into[to + i]! + rows[from + i]!;
  }
}
