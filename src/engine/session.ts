/**
 * Runs programs with ONNX Runtime, one thread per session.
 *
 * A session lives in one worker (worker.ts) and uses that worker's thread only: at the sizes trained here several
 * single-threaded sessions on different rows are faster than one that shares each product among threads, and a
 * row's result then does not depend on how many rows there are. Feeds are read in place; results are fresh arrays.
 */
import { createRequire } from "node:module";
import type * as Ort from "onnxruntime-node";
import type { ModelConfig } from "./config.ts";
import { writeOnnx } from "./onnx.ts";
import { parametersOf } from "./parameters.ts";
import { buildProgram, type Program, type ProgramName } from "./programs.ts";

// The package is CommonJS; a named import of it works in no loader we run under.
const ort = createRequire(import.meta.url)("onnxruntime-node") as typeof Ort;

export type Feeds = Record<string, Ort.Tensor>;
export type Results = Readonly<Record<string, Float32Array>>;

/** A tensor over existing numbers, not copied. */
export function floats(data: Float32Array, dimensions: readonly number[]): Ort.Tensor {
  return new ort.Tensor("float32", data, dimensions);
}

/** A tensor of 64-bit integers from 32-bit ones that are not negative. */
export function integers(data: Int32Array, dimensions: readonly number[]): Ort.Tensor {
  const wide = new Int32Array(data.length * 2);
  for (let i = 0; i < data.length; i++) wide[2 * i] = data[i] as number;
  return new ort.Tensor("int64", new BigInt64Array(wide.buffer), dimensions);
}

/** A compiled program. */
export interface Session {
  run(feeds: Feeds): Promise<Results>;
  release(): Promise<void>;
}

/** Compiles a program. `memoryPattern` helps when shapes repeat and costs memory when they vary. */
export async function compile(program: Program, memoryPattern: boolean, profile?: string): Promise<Session> {
  const { bytes, inputs } = writeOnnx(program);
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    enableMemPattern: memoryPattern,
    logSeverityLevel: 3,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
  return {
    async run(feeds) {
      // Only what this program reads: a feed it does not know is refused by the runtime.
      const own = Object.fromEntries(inputs.map((name) => [name, feeds[name] as Ort.Tensor]));
      const results = await session.run(own);
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      );
    },
    release: () => session.release(),
  };
}

/** The programs of one model over one copy of its weights, compiled when first asked for. */
export class ModelSessions {
  readonly config: ModelConfig;
  /** This worker's copy of all weights: the runtime does not read shared memory. */
  readonly weights: Float32Array;
  /** 0 … numHiddenLayers - 1. */
  readonly layers: readonly number[];
  readonly #fixed: Feeds = {};
  readonly #sessions = new Map<ProgramName, Promise<Session>>();
  #positions = 0;

  constructor(config: ModelConfig, size: number) {
    this.config = config;
    this.weights = new Float32Array(size);
    this.layers = Array.from({ length: config.numHiddenLayers }, (_, layer) => layer);
    for (const { name, shape, offset, size: length } of parametersOf(config)) {
      this.#fixed[name] = floats(this.weights.subarray(offset, offset + length), shape);
    }
  }

  /** Runs a program; `positions` is the largest position its tokens have, plus one. */
  async run(name: ProgramName, feeds: Feeds, positions: number): Promise<Results> {
    let session = this.#sessions.get(name);
    if (session === undefined) {
      session = compile(buildProgram(this.config, name), false);
      this.#sessions.set(name, session);
    }
    // The operator also wants as many table rows as a row has tokens, although positions restart in a packed row.
    this.#growTables(Math.max(positions, feeds["tokens"]?.dims.at(-1) ?? 0));
    return (await session).run({ ...this.#fixed, ...feeds });
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await (await session).release();
    this.#sessions.clear();
  }

  #growTables(positions: number): void {
    if (positions <= this.#positions) return;
    const count = Math.max(256, 2 ** Math.ceil(Math.log2(positions)));
    const half = this.config.headDim / 2;
    const cos = new Float32Array(count * half);
    const sin = new Float32Array(count * half);
    for (let j = 0; j < half; j++) {
      // Rounded to float32 as transformers rounds it, so that far positions turn by the same angle.
      const frequency = Math.fround(1 / this.config.ropeTheta ** ((2 * j) / this.config.headDim));
      for (let position = 0; position < count; position++) {
        const angle = Math.fround(position * frequency);
        cos[position * half + j] = Math.cos(angle);
        sin[position * half + j] = Math.sin(angle);
      }
    }
    const negated = sin.map((value) => -value);
    for (const [name, table] of [
      ["cos", cos],
      ["sin", sin],
      ["negatedSin", negated],
    ] as const) {
      this.#fixed[`rotary.${name}`] = floats(table, [count, half]);
    }
    this.#positions = count;
  }
}
