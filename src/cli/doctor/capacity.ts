/** Which known models this machine can train or answer with, for a look without a recipe. */
import { lanesFor, requireMemory } from "../../engine/limits.ts";
import { adapterTargets, trainedParameters } from "../../engine/lora.ts";
import { parameterCount, parametersOf } from "../../engine/parameters.ts";
import { engineMemory, type ModelUse } from "../../models/estimate-memory.ts";
import { knownShapes } from "../../models/known-shapes.ts";
import type { Machine } from "./machine.ts";
import { ratesByOperations } from "./rates.ts";

/** What can be done with one model; `null` where memory does not allow it. */
export interface Capacity {
  readonly model: string;
  readonly parameters: number;
  readonly full: Fit | null;
  readonly adapter: Fit | null;
  readonly answer: Fit | null;
}

interface Fit {
  readonly memoryBytes: number;
  /** Tokens a second, learned or written. */
  readonly tokensPerSecond: number;
}

const MEMORY = 2 * 2 ** 30;
const lora = { rank: 16, alpha: 32, targets: [...adapterTargets] };
/** Sequences at a time, and their length. */
const sample = { sequences: 64, tokens: 512 };
const train = { tokens: 4096, rowTokens: 512 };

/** Every model of the table, with what fits. */
export function capacities({ threads, memoryBytes, productRate }: Machine): Capacity[] {
  return [...knownShapes].map(([model, config]) => {
    const parameters = parameterCount(parametersOf(config));
    const holds = (what: Pick<ModelUse, "lora" | "train" | "sample">): Fit | null => {
      const use: ModelUse = { threads, memoryBytes: MEMORY, recompute: true, ...what };
      const trained = what.train === undefined ? [] : trainedParameters(config, what.lora);
      const needed = engineMemory(config, use).total;
      try {
        requireMemory(
          config,
          { threads, lanes: lanesFor(config, threads), memoryBytes: MEMORY, trained },
          memoryBytes,
        );
      } catch {
        return null;
      }
      const rates = ratesByOperations(
        parameters,
        productRate,
        { isAdapter: what.lora !== undefined, recompute: true },
        sample.sequences,
      );
      return needed > memoryBytes
        ? null
        : { memoryBytes: needed, tokensPerSecond: what.train === undefined ? rates.sample : rates.train };
    };
    return {
      model,
      parameters,
      full: holds({ train, sample }),
      adapter: holds({ lora, train, sample }),
      answer: holds({ sample }),
    };
  });
}
