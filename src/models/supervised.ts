/**
 * Supervised fine-tuning on completions only (paper §3.2): the prompt is read and not learned, every token of the
 * reply counts the same. Used by the cold start and by the control that trains on all trajectories.
 */
import type { Random } from "../base/random.ts";
import type { TrainSequence } from "../engine/client.ts";
import { promptTokens } from "./embedded.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A prompt and the reply to learn. */
export interface Example {
  readonly prompt: string;
  readonly reply: string;
}

/** A batch in which the loss is the mean over the tokens of all replies. */
export function supervisedBatch(tokenizer: Tokenizer, examples: readonly Example[]): TrainSequence[] {
  const rows = examples.map(({ prompt, reply }) => {
    const start = promptTokens(tokenizer, prompt);
    return { start: start.length, tokens: [...start, ...tokenizer.encode(reply), tokenizer.endToken] };
  });
  const learned = rows.reduce((sum, row) => sum + row.tokens.length - row.start, 0);
  return rows.map(({ start, tokens }) => ({
    tokens,
    weights: tokens.map((_, at) => (at < start ? 0 : 1 / learned)),
  }));
}

/** Which examples are in each step: `passes` passes in fresh random order, a batch filled from the next pass. */
export function batchOrder(count: number, batch: number, passes: number, random: Random): number[][] {
  const indices = Array.from({ length: count }, (_, index) => index);
  const order = Array.from({ length: passes }, () => random.shuffle(indices)).flat();
  const steps = Math.ceil(order.length / batch);
  return Array.from({ length: steps }, (_, step) => order.slice(step * batch, (step + 1) * batch));
}
