/**
 * The policy that a phase began with, for its KL term: a second engine that only scores.
 *
 * It holds the weights once more, and with small models a copy for each thread, beside what the training engine holds
 * (about 4 bytes a parameter and copy); both compute in turn, so they share the threads. With an adapter the base
 * alone is the reference, as a fresh adapter changes nothing.
 */
import { startEngine } from "../engine/client.ts";
import { type EngineSection, engineSettings } from "../recipe/sections/engine.ts";
import type { Group } from "../records/rollout.ts";

export interface Reference extends AsyncDisposable {
  /** The log-probability of every token of each reply, group by group and rollout by rollout. */
  score(groups: readonly Group[]): Promise<Float32Array[][]>;
}

/** Starts an engine with the weights of a folder or a .gguf file. */
export async function openReference(folder: string, section: EngineSection): Promise<Reference> {
  const engine = await startEngine(engineSettings(section));
  try {
    await engine.load(folder);
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
  return {
    async score(groups) {
      const rollouts = groups.flatMap((group) => group.rollouts);
      const scores = await engine.score(
        rollouts.map(({ prompt, tokens }) => [...prompt, ...tokens]),
        rollouts.map(({ prompt }) => prompt.length),
      );
      let at = 0;
      return groups.map((group) => group.rollouts.map(({ prompt }) => scores[at++]!.subarray(prompt.length)));
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
