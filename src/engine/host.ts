/**
 * What the engine's process does with a call. It holds the model and the training state in shared memory; the
 * workers do the arithmetic (step.ts, requests.ts).
 */
import { UsageError } from "../base/errors.ts";
import { readAdapter, writeAdapter } from "./adapter-files.ts";
import { readConfig, readWeights } from "./checkpoint.ts";
import type { EngineSettings, EngineStats } from "./client.ts";
import { checkConfig, type ModelConfig } from "./config.ts";
import type { Held } from "./held.ts";
import { lanesFor, limitsFor, requireMemory } from "./limits.ts";
import { checkLora, type LoraSettings, trainedParameters } from "./lora.ts";
import { initialise, parameterCount, parametersOf } from "./parameters.ts";
import { onAll, startPool } from "./pool.ts";
import type { Call } from "./protocol.ts";
import { generate } from "./requests.ts";
import { score, train } from "./step.ts";
import type { SharedState } from "./tasks.ts";
import { fingerprint, readTraining, writeTraining } from "./training-file.ts";

/** Answers calls; `abort` asks the generation with this id, or one request of it, to stop. */
export interface Host {
  answer(id: number, call: Call, stream: (tokens: readonly number[]) => void): Promise<unknown>;
  abort(id: number, request?: number): void;
  /** Optimizer steps that the model has behind it. */
  readonly steps: number;
}

/** Starts the workers. */
export function createHost(settings: EngineSettings): Host {
  const pool = startPool(settings.threads);
  const { memoryBytes, recompute = false } = settings;
  const stops = new Map<number, Int32Array>();
  const aborted = new Set<number>();
  let held: Held | undefined;

  /** Room for a model, or for an adapter of the weights `base`; the workers hear of it only once it is filled (`hold`). */
  const roomFor = (config: ModelConfig, lora?: LoraSettings, base?: Float32Array): Held => {
    const lanes = Math.min(pool.size, settings.lanes ?? lanesFor(config, pool.size));
    requireMemory(config, { threads: pool.size, lanes, memoryBytes });
    const size = parameterCount(trainedParameters(config, lora));
    const shared = (count: number): Float32Array => new Float32Array(new SharedArrayBuffer(count * 4));
    const weights = shared(size);
    const state: SharedState = {
      base: base ?? weights,
      weights,
      mean: shared(size),
      variance: shared(size),
      gradients: Array.from({ length: lanes }, () => shared(size)),
    };
    const limits = limitsFor(config, { lanes, memoryBytes, recompute });
    return { config, lora, lanes, memoryBytes, limits, state, steps: 0, version: 0, saved: undefined };
  };
  const hold = async (fresh: Held): Promise<void> => {
    const { config, lora, lanes, state } = fresh;
    const settings = { config, lora, recompute, threads: Math.floor(pool.size / lanes) };
    held = undefined;
    await onAll(pool, (index) => pool.run(index, { kind: "model", settings, state }));
    held = fresh;
  };
  const ready = (): Held => {
    if (held === undefined) throw new UsageError("engine: there is no model yet; create or load one first");
    return held;
  };
  const adapted = (): Held & { readonly lora: LoraSettings } => {
    const { lora } = ready();
    if (lora === undefined) throw new UsageError("engine: the model has no adapter; call adapt first");
    return { ...ready(), lora };
  };

  return {
    get steps() {
      return held?.steps ?? 0;
    },
    abort(id, request) {
      const stop = stops.get(id);
      if (request === undefined) aborted.add(id);
      if (stop !== undefined) Atomics.store(stop, request === undefined ? 0 : 1 + request, 1);
    },
    async answer(id, call, stream) {
      switch (call.method) {
        case "create": {
          const fresh = roomFor(checkConfig(call.config, "engine"));
          initialise(fresh.state.weights, parametersOf(call.config), call.init, call.seed);
          return hold(fresh);
        }
        case "load": {
          const config = await readConfig(call.path);
          const fresh = roomFor(config);
          await readWeights(call.path, config, fresh.state.weights);
          await hold(fresh);
          return config;
        }
        case "adapt": {
          const lora = checkLora(call.lora, "engine");
          const { config, state, lora: before } = ready();
          if (before !== undefined)
            throw new UsageError("engine: the model has an adapter; load it anew for another");
          const fresh = roomFor(config, lora, state.weights);
          initialise(fresh.state.weights, trainedParameters(config, lora), ADAPTER_INIT, call.seed);
          return hold(fresh);
        }
        case "save": {
          const { version } = ready();
          return pool.run(0, { kind: "save", version, folder: call.folder, format: call.format });
        }
        case "saveAdapter": {
          const { config, lora, state } = adapted();
          return writeAdapter(call.folder, config, lora, state.weights, call.base);
        }
        case "loadAdapter": {
          const { config, state, lora: before } = ready();
          if (before !== undefined)
            throw new UsageError("engine: the model has an adapter; load it anew for another");
          const { lora, weights } = await readAdapter(call.folder, config);
          const fresh = roomFor(config, lora, state.weights);
          fresh.state.weights.set(weights);
          await hold(fresh);
          return lora;
        }
        case "saveTraining": {
          const { config, steps, state, lora } = ready();
          const adapter =
            lora === undefined ? {} : { adapter: { lora, base: fingerprint(state.base, true) } };
          await writeTraining(call.file, { config, steps, ...adapter }, state);
          ready().saved = call.file;
          return;
        }
        case "loadTraining": {
          let fresh: Held | undefined;
          const { steps } = await readTraining(call.file, async ({ config, adapter }) => {
            fresh = roomFor(config, adapter?.lora, adapter && baseFor(adapter.base, config, call.file));
            return fresh.state;
          });
          return hold({ ...fresh!, steps, saved: call.file });
        }
        case "train":
          return train(pool, ready(), call.batch, call.step);
        case "score":
          return score(pool, ready(), call.sequences, call.from);
        case "generate": {
          // One flag for the whole call, then one for each request.
          const stop = new Int32Array(new SharedArrayBuffer(4 * (1 + call.requests.length)));
          stops.set(id, stop);
          if (aborted.has(id)) stop[0] = 1;
          try {
            return await generate(pool, ready(), call.requests, call.stream ? stream : undefined, stop);
          } finally {
            stops.delete(id);
            aborted.delete(id);
          }
        }
        case "stats": {
          const stats: EngineStats = {
            peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
            parameters: held?.state.base.length ?? 0,
            trained: held?.state.weights.length ?? 0,
            steps: held?.steps ?? 0,
          };
          return stats;
        }
        default:
          return call satisfies never;
      }
    },
  };

  /** The weights that an adapter's training goes on from: those that are loaded, if they are the same. */
  function baseFor(expected: string, config: ModelConfig, file: string): Float32Array {
    const now = held;
    const fits = now !== undefined && JSON.stringify(now.config) === JSON.stringify(config);
    if (!fits || fingerprint(now.state.base, now.lora !== undefined) !== expected) {
      throw new UsageError(
        `${file}: it holds an adapter of other weights than are loaded; load the model that it was trained on first`,
      );
    }
    return now.state.base;
  }
}

/** Of a fresh adapter: both factors are drawn as plain matrices and zeros, so neither number is used. */
const ADAPTER_INIT = { embeddingStd: 0, outputScale: 0 };
