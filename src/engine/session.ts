/**
 * Runs programs with ONNX Runtime.
 *
 * A session lives in one worker (worker.ts). With small models each worker's sessions use its own thread only:
 * several of them on different rows are faster than one that shares each product among threads. With large models
 * one worker's sessions use all threads, so that the weights are held once. Feeds are read in place; results are
 * fresh arrays.
 */
import { createRequire } from "node:module";
import type * as Ort from "onnxruntime-node";
import { invariant } from "../base/errors.ts";
import type { ModelConfig } from "./config.ts";
import { trainedParameters } from "./lora.ts";
import { writeOnnx } from "./onnx.ts";
import { type Parameter, parameterCount, parametersOf } from "./parameters.ts";
import { buildProgram, type Program, type ProgramName, type ProgramSettings } from "./programs.ts";
import { rotaryTables } from "./rotary.ts";

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

/** How a program is compiled. */
interface CompileSettings {
  /** Threads that share each operator. */
  readonly threads: number;
  /** Inputs that become constants: the runtime then lays matrices out for its kernels once and not in every run. */
  readonly frozen?: { readonly values: Float32Array; readonly parts: readonly Parameter[] };
  /** Where to write the time of every node, for measuring by hand. */
  readonly profile?: string;
}

/** Compiles a program. */
export async function compile(program: Program, settings: CompileSettings): Promise<Session> {
  const { threads, frozen, profile } = settings;
  const { bytes, inputs } = writeOnnx(program, new Set(frozen?.parts.map(({ name }) => name)));
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // A memory pattern helps when shapes repeat and costs memory when they vary, as they do here.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(frozen === undefined ? {} : { externalData: externalData(frozen) }),
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

/** Each constant apart: one view of bytes takes no more than 4 GiB. */
function externalData({ values, parts }: NonNullable<CompileSettings["frozen"]>) {
  return parts.map(({ name, offset, size }) => ({
    path: name,
    data: new Uint8Array(values.buffer, values.byteOffset + 4 * offset, 4 * size),
  }));
}

/** What a model's programs are made from. */
export interface SessionSettings extends ProgramSettings {
  /** Threads that share each operator. */
  readonly threads: number;
}

/** The programs of one model over one copy of its weights, compiled when first asked for. */
export class ModelSessions {
  readonly config: ModelConfig;
  /** This worker's copy of all weights, an adapter merged in: the runtime does not read shared memory. */
  readonly weights: Float32Array;
  /** This worker's copy of the adapter's factors; empty without one. */
  readonly adapter: Float32Array;
  /** 0 … numHiddenLayers - 1. */
  readonly layers: readonly number[];
  readonly #settings: SessionSettings;
  readonly #fixed: Feeds = {};
  readonly #sessions = new Map<ProgramName, Session>();
  #frozen: Session | undefined;
  #positions = 0;

  constructor(settings: SessionSettings) {
    const { config, lora } = settings;
    this.config = config;
    this.#settings = settings;
    this.layers = Array.from({ length: config.numHiddenLayers }, (_, layer) => layer);
    const feed = (parameters: readonly Parameter[]): Float32Array => {
      const values = new Float32Array(parameterCount(parameters));
      for (const { name, shape, offset, size } of parameters) {
        this.#fixed[name] = floats(values.subarray(offset, offset + size), shape);
      }
      return values;
    };
    this.weights = feed(parametersOf(config));
    this.adapter = feed(lora === undefined ? [] : trainedParameters(config, lora));
  }

  /** Runs a program; `positions` is the largest position its tokens have, plus one. */
  async run(name: ProgramName, feeds: Feeds, positions: number): Promise<Results> {
    let session = name === "decode" ? this.#frozen : this.#sessions.get(name);
    invariant(session !== undefined || name !== "decode", "decoding is compiled by freeze");
    if (session === undefined) {
      session = await compile(buildProgram(this.#settings, name), this.#settings);
      this.#sessions.set(name, session);
    }
    // The operator also wants as many table rows as a row has tokens, although positions restart in a packed row.
    this.#growTables(Math.max(positions, feeds["tokens"]?.dims.at(-1) ?? 0));
    return session.run({ ...this.#fixed, ...feeds });
  }

  /** Compiles decoding with the weights as constants, once until `thaw`. */
  async freeze(): Promise<void> {
    const frozen = { values: this.weights, parts: parametersOf(this.config) };
    const { threads } = this.#settings;
    this.#frozen ??= await compile(buildProgram(this.#settings, "decode"), { threads, frozen });
  }

  /** Has to be called when the weights have changed: lets go of what was compiled with them. */
  async thaw(): Promise<void> {
    const earlier = this.#frozen;
    this.#frozen = undefined;
    await earlier?.release();
  }

  async release(): Promise<void> {
    await this.thaw();
    for (const session of this.#sessions.values()) await session.release();
    this.#sessions.clear();
  }

  #growTables(positions: number): void {
    if (positions <= this.#positions) return;
    const count = Math.max(256, 2 ** Math.ceil(Math.log2(positions)));
    const half = this.config.headDim / 2;
    const { cos, sin } = rotaryTables(this.config, count);
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
