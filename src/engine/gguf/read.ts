/**
 * Models in GGUF files: configuration, weights and key-values.
 *
 * Weights are widened in pieces of whole rows, so that reading takes a few MiB beside the target whatever the size of
 * the file or of a tensor.
 */
import { boundary, UsageError } from "../../base/errors.ts";
import type { ModelConfig } from "../config.ts";
import { type Parameter, parametersOf } from "../parameters.ts";
import { configOf } from "./config.ts";
import { dequantise } from "./dequantise.ts";
import { type GgufFile, openGguf, type StoredTensor } from "./header.ts";
import type { Metadata } from "./metadata.ts";
import { ropeTensor, rowOrder, tensorName } from "./names.ts";
import { layouts } from "./types.ts";

/** Bytes of a file that are read and widened at a time, or one row if that is more. */
const PIECE = 1 << 22;

/** Whether a path names a GGUF file and not a folder. */
export const isGguf = (path: string): boolean => path.toLowerCase().endsWith(".gguf");

/** An open model, to be read weight by weight. */
export interface GgufModel extends AsyncDisposable {
  readonly config: ModelConfig;
  readonly metadata: Metadata;
  /** Fills `target`, which has the weight's size; it may lie over shared memory. */
  readWeight(parameter: Parameter, target: Float32Array): Promise<void>;
}

/** Opens a model and checks that its tensors are those of its configuration. */
export async function openGgufModel(path: string): Promise<GgufModel> {
  return boundary("engine: loading a model", async () => {
    const file = await openGguf(path);
    try {
      const config = await readConfig(file);
      return {
        config,
        metadata: file.metadata,
        readWeight: (parameter, target) => readWeight(file, config, parameter, target),
        [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
      };
    } catch (error) {
      await file[Symbol.asyncDispose]();
      throw error;
    }
  });
}

/** The key-values of a file. */
export async function readGgufMetadata(path: string): Promise<Metadata> {
  return boundary("reading a GGUF file", async () => {
    await using file = await openGguf(path);
    return file.metadata;
  });
}

/** The configuration of the model in a file. */
export async function readGgufConfig(path: string): Promise<ModelConfig> {
  await using model = await openGgufModel(path);
  return model.config;
}

/** Reads a file's weights into `target`, laid out as `parametersOf(config)`. */
export async function readGgufWeights(
  path: string,
  config: ModelConfig,
  target: Float32Array,
): Promise<void> {
  await using model = await openGgufModel(path);
  const parameters = parametersOf(config);
  if (JSON.stringify(parametersOf(model.config)) !== JSON.stringify(parameters))
    throw new UsageError(
      `${path}: its model is not the one that was asked for; it changed since it was opened`,
    );
  for (const parameter of parameters) {
    const { offset, size } = parameter;
    await boundary("engine: loading a model", () =>
      model.readWeight(parameter, target.subarray(offset, offset + size)),
    );
  }
}

/** Also what a fuzzer calls: the configuration of a file whose header has been read. */
export async function readConfig(
  file: Pick<GgufFile, "path" | "metadata" | "tensors" | "read">,
): Promise<ModelConfig> {
  const stored = file.tensors.get(ropeTensor);
  if (stored === undefined) return configOf(file, undefined);
  if (stored.dimensions.length !== 1 || stored.dimensions[0]! > 1024)
    throw new UsageError(
      `${file.path}: "${ropeTensor}" is [${stored.dimensions.join(", ")}]; expected one short row`,
    );
  const divisors = new Float32Array(stored.dimensions[0]!);
  await readRows(file, stored, (_row, values) => divisors.set(values));
  return configOf(file, divisors);
}

/** Reads one weight, its rows in Hugging Face's order. */
export async function readWeight(
  file: Pick<GgufFile, "tensors" | "read">,
  config: ModelConfig,
  parameter: Parameter,
  target: Float32Array,
): Promise<void> {
  const stored = file.tensors.get(tensorName(parameter))!;
  const width = stored.dimensions[0]!;
  const order = rowOrder(config, parameter);
  await readRows(file, stored, (first, values) => {
    if (order === undefined) target.set(values, first * width);
    else
      for (let row = 0; row * width < values.length; row++)
        target.set(values.subarray(row * width, (row + 1) * width), order(first + row) * width);
  });
}

/** Hands over a tensor's rows as float32, some at a time; `values` is valid during the call. */
async function readRows(
  file: Pick<GgufFile, "read">,
  { type, dimensions, start, bytes }: StoredTensor,
  take: (firstRow: number, values: Float32Array) => void,
): Promise<void> {
  const layout = layouts[type];
  const width = dimensions[0]!;
  const rowBytes = (width / layout.values) * layout.bytes;
  const rows = bytes / rowBytes;
  const together = Math.min(rows, Math.max(1, Math.floor(PIECE / rowBytes)));
  const packed = new Uint8Array(together * rowBytes);
  const values = new Float32Array(together * width);
  for (let row = 0; row < rows; row += together) {
    const count = Math.min(together, rows - row);
    const [part, out] = [packed.subarray(0, count * rowBytes), values.subarray(0, count * width)];
    await file.read(part, start + row * rowBytes);
    dequantise(type, part, out);
    take(row, out);
  }
}
