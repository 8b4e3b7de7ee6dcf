/**
 * Writes a model as a GGUF file (version 3, little-endian) that llama.cpp and what is built on it open.
 *
 * Norms and biases stay float32, as llama.cpp wants them. A matrix whose rows Q8_0's blocks of 32 do not divide is
 * written as F16 instead, and the result says which. Weights are asked for one at a time and written in pieces of
 * rows; the file is whole or absent.
 */
import type { FileHandle } from "node:fs/promises";
import { boundary } from "../../base/errors.ts";
import { writePieces } from "../../base/files.ts";
import type { ModelConfig } from "../config.ts";
import { type Parameter, parametersOf } from "../parameters.ts";
import { configEntries, type Entry, entryBytes, textBytes, u32, u64 } from "./entries.ts";
import { ropeTensor, rowOrder, tensorName } from "./names.ts";
import { quantise, type WrittenType } from "./quantise.ts";
import { ropeDivisors } from "./rope.ts";
import { layouts } from "./types.ts";

const ALIGNMENT = 32;
/** Numbers that are converted and written at a time, or one row if that is more. */
const PIECE = 1 << 20;
/** The numbers by which llama.cpp calls the types of whole files. */
const FILE_TYPES: Readonly<Record<WrittenType, number>> = { F32: 0, F16: 1, Q8_0: 7, BF16: 32 };

/** What is written beside the weights. */
export interface GgufSettings {
  readonly type: WrittenType;
  readonly name: string;
  /** Key-values of the tokenizer. */
  readonly entries: readonly Entry[];
}

/** What became of a model. */
export interface GgufResult {
  readonly bytes: number;
  /** Weights that are F16 because Q8_0 does not fit their rows. */
  readonly fellBack: readonly string[];
}

/** A tensor of the file: its numbers come from `fill`. */
interface Planned {
  readonly name: string;
  readonly type: WrittenType;
  readonly dimensions: readonly number[];
  readonly size: number;
  readonly bytes: number;
  readonly fill: (target: Float32Array) => Promise<void>;
  /** For a row of the file, its row in Hugging Face's order. */
  readonly order: ((row: number) => number) | undefined;
}

/** Writes a model; `readWeight` fills an array of a weight's size. */
export async function writeGguf(
  path: string,
  config: ModelConfig,
  readWeight: (parameter: Parameter, target: Float32Array) => Promise<void>,
  settings: GgufSettings,
): Promise<GgufResult> {
  const matrices = parametersOf(config).filter(({ role }) => role !== "norm" && role !== "bias");
  const fits = ({ shape }: Parameter): boolean => shape.at(-1)! % layouts[settings.type].values === 0;
  const planned = [
    ...ropePlan(config),
    ...parametersOf(config).map((parameter): Planned => {
      const plain = parameter.role === "norm" || parameter.role === "bias";
      const type = plain ? "F32" : fits(parameter) ? settings.type : "F16";
      return plan(tensorName(parameter), type, parameter.shape, rowOrder(config, parameter), (target) =>
        readWeight(parameter, target),
      );
    }),
  ];
  const header = headerOf(planned, [
    { key: "general.architecture", type: "text", value: config.architecture },
    { key: "general.type", type: "text", value: "model" },
    { key: "general.name", type: "text", value: settings.name },
    { key: "general.alignment", type: "u32", value: ALIGNMENT },
    { key: "general.file_type", type: "u32", value: FILE_TYPES[settings.type] },
    { key: "general.quantization_version", type: "u32", value: 2 },
    ...configEntries(config),
    ...settings.entries,
  ]);
  let bytes = 0;
  await boundary(`writing ${path}`, () =>
    writePieces(path, async (file) => {
      await file.writeFile(header);
      for (const tensor of planned) await writeTensor(file, tensor);
      bytes = (await file.stat()).size;
    }),
  );
  return { bytes, fellBack: matrices.filter((parameter) => !fits(parameter)).map(tensorName) };
}

function plan(
  name: string,
  type: WrittenType,
  shape: readonly number[],
  order: Planned["order"],
  fill: Planned["fill"],
): Planned {
  const size = shape.reduce((a, b) => a * b, 1);
  const bytes = (size / layouts[type].values) * layouts[type].bytes;
  return { name, type, dimensions: shape.toReversed(), size, bytes, fill, order };
}

/** Llama 3's scaling of the positions is a tensor. */
function ropePlan({ ropeScaling: scaling, ropeTheta, headDim }: ModelConfig): Planned[] {
  if (scaling?.type !== "llama3") return [];
  const divisors = ropeDivisors(scaling, ropeTheta, headDim);
  return [plan(ropeTensor, "F32", [divisors.length], undefined, async (target) => target.set(divisors))];
}

function headerOf(tensors: readonly Planned[], entries: readonly Entry[]): Buffer {
  const parts = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(entries.length)];
  parts.push(...entries.map(entryBytes));
  let start = 0;
  for (const { name, type, dimensions, bytes } of tensors) {
    parts.push(textBytes(name), u32(dimensions.length), ...dimensions.map(u64));
    parts.push(u32(layouts[type].id), u64(start));
    start += aligned(bytes);
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)]);
}

async function writeTensor(file: FileHandle, tensor: Planned): Promise<void> {
  const { name, type, size, bytes, dimensions, fill, order } = tensor;
  const values = new Float32Array(size);
  await fill(values);
  const width = dimensions[0]!;
  const rows = size / width;
  const together = Math.max(1, Math.floor(PIECE / width));
  for (let row = 0; row < rows; row += together) {
    const until = Math.min(rows, row + together);
    await file.writeFile(quantise(type, rowsOf(values, row, until, width, order), name));
  }
  await file.writeFile(Buffer.alloc(aligned(bytes) - bytes));
}

/** Rows of the file from `first` to before `until`. */
function rowsOf(
  values: Float32Array,
  first: number,
  until: number,
  width: number,
  order: Planned["order"],
): Float32Array {
  if (order === undefined) return values.subarray(first * width, until * width);
  const ordered = new Float32Array((until - first) * width);
  for (let row = first; row < until; row++) {
    const from = order(row) * width;
    ordered.set(values.subarray(from, from + width), (row - first) * width);
  }
  return ordered;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
