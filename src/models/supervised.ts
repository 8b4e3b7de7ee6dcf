/**
 * Supervised fine-tuning on completions only (paper §3.2): the prompt is read and not learned, every token of the
 * reply counts the same. Used by the cold start, by the controls that train on trajectories and by what is exported
 * for other trainers.
 */
import { groupBy } from "../base/collections.ts";
import type { Random } from "../base/random.ts";
import type { TrainSequence } from "../engine/client.ts";
import { promptTokens } from "./embedded.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** A prompt and the reply to learn. */
export interface Example {
  readonly prompt: string;
  readonly reply: string;
}

/** An example as the engine reads it. */
export interface ExampleTokens {
  /** Prompt, reply and the mark that ends the turn. */
  readonly tokens: readonly number[];
  /** The first token that is learned. */
  readonly start: number;
}

/** The tokens of an example: the prompt in the model's own chat form, then the reply. */
export function exampleTokens(tokenizer: Tokenizer, { prompt, reply }: Example): ExampleTokens {
  const read = promptTokens(tokenizer, prompt);
  return { start: read.length, tokens: [...read, ...tokenizer.encode(reply), tokenizer.endToken] };
}

/** A batch in which the loss is the mean over the tokens of all replies. */
export function supervisedBatch(tokenizer: Tokenizer, examples: readonly Example[]): TrainSequence[] {
  return supervisedSequences(examples.map((example) => exampleTokens(tokenizer, example)));
}

/** The same from examples that are tokens already. */
export function supervisedSequences(rows: readonly ExampleTokens[]): TrainSequence[] {
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

/**
 * Sets examples aside for judging by: whole groups in random order, until they are at least `share` of all; one group
 * is always left to learn from. Order is kept. Wordings of one path share a group, so that none of them tells another.
 */
export function splitHeldOut<T>(
  examples: readonly T[],
  groupOf: (example: T) => string,
  share: number,
  random: Random,
): { readonly learned: readonly T[]; readonly heldOut: readonly T[] } {
  if (share === 0) return { learned: examples, heldOut: [] };
  const groups = groupBy(examples, groupOf);
  const chosen = new Set<string>();
  let count = 0;
  for (const name of random.shuffle([...groups.keys()].sort()).slice(1)) {
    if (count >= share * examples.length) break;
    chosen.add(name);
    count += groups.get(name)!.length;
  }
  const isHeldOut = (example: T): boolean => chosen.has(groupOf(example));
  return { learned: examples.filter((one) => !isHeldOut(one)), heldOut: examples.filter(isHeldOut) };
}
