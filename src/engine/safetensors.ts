/**
 * Reads safetensors files: an 8-byte length, a JSON header, and the numbers.
 *
 * A header is believed only after it has been checked against the size of the file: every tensor lies inside it,
 * holds as many bytes as its shape and type need, and together they cover the data without gap or overlap. No
 * memory is taken before that. Numbers are kept as float32; float16 and bfloat16 are widened when read, and tensors
 * of other types can be listed but not read.
 */
import { type FileHandle, open } from "node:fs/promises";
import { UsageError } from "../base/errors.ts";
import { readExactly } from "../base/files.ts";
import { float16Table } from "./gguf/half.ts";

/** Bytes of one number of each type of the format that fills whole bytes. */
const BYTES: ReadonlyMap<unknown, number> = new Map([
  ...["BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"].map((type) => [type, 1] as const),
  ...["I16", "U16", "F16", "BF16"].map((type) => [type, 2] as const),
  ...["I32", "U32", "F32"].map((type) => [type, 4] as const),
  ...["I64", "U64", "F64"].map((type) => [type, 8] as const),
]);

/** The format's own limit, which also bounds what is parsed. */
const LARGEST_HEADER = 100_000_000;

/** Numbers are read and widened in pieces of this many bytes. */
const PIECE = 1 << 23;

/** Where a tensor lies in its file. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly start: number;
  readonly end: number;
}

/** An open file with a checked header. */
export interface SafetensorsFile extends AsyncDisposable {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Reads one tensor into `target`, which has exactly its size and may be shared memory. */
  read(tensor: StoredTensor, target: Float32Array): Promise<void>;
}

/** Opens a file and checks its header. */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const { tensors, metadata, dataStart } = await readHeader(file, path, size);
    return {
      path,
      tensors,
      metadata,
      read: (tensor, target) => readTensor(file, path, tensor, dataStart, target),
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readHeader(
  file: FileHandle,
  path: string,
  size: number,
): Promise<{
  tensors: Map<string, StoredTensor>;
  metadata: Readonly<Record<string, string>>;
  dataStart: number;
}> {
  const refuse = (reason: string): never => {
    throw new UsageError(`${path}: not a whole safetensors file: ${reason}`);
  };
  if (size < 8) refuse(`it has ${size} bytes; the header's length alone takes 8`);
  const prefix = Buffer.alloc(8);
  await readExactly(file, path, prefix, 0);
  const declared = prefix.readBigUInt64LE();
  if (declared > BigInt(LARGEST_HEADER) || declared > BigInt(size - 8)) {
    refuse(`its header claims ${declared} bytes and the file has ${size}`);
  }
  const bytes = Buffer.alloc(Number(declared));
  await readExactly(file, path, bytes, 8);
  const dataStart = 8 + bytes.length;
  const header = parseObject(bytes, refuse);
  const metadata = (header["__metadata__"] ?? {}) as Readonly<Record<string, string>>;
  if (
    typeof metadata !== "object" ||
    Array.isArray(metadata) ||
    Object.values(metadata).some((value) => typeof value !== "string")
  ) {
    refuse('"__metadata__" has to map text to text');
  }
  const tensors = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => checkEntry(name, entry, refuse))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let covered = 0;
  for (const { name, start, end } of tensors) {
    if (start !== covered)
      refuse(`"${name}" starts at byte ${start}; ${covered} was expected (gap or overlap)`);
    covered = end;
  }
  if (dataStart + covered !== size) {
    refuse(`its tensors take ${covered} bytes and ${size - dataStart} follow the header`);
  }
  return { tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])), metadata, dataStart };
}

function parseObject(
  bytes: Uint8Array,
  refuse: (reason: string) => never,
): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    refuse("its header is not JSON in UTF-8");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse("its header is no JSON object");
  return value as Readonly<Record<string, unknown>>;
}

function checkEntry(name: string, value: unknown, refuse: (reason: string) => never): StoredTensor {
  const entry = (typeof value === "object" && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const { dtype, shape, data_offsets: offsets } = entry;
  const natural = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((item) => Number.isSafeInteger(item) && item >= 0);
  const width = BYTES.get(dtype);
  if (width === undefined)
    return refuse(`"${name}" has type ${JSON.stringify(dtype)}, which the format does not know`);
  if (!natural(shape) || !natural(offsets) || offsets.length !== 2) {
    return refuse(`"${name}" needs a shape and two offsets`);
  }
  const [start, end] = offsets as [number, number];
  const bytes = shape.reduce((product, size) => product * size, width);
  if (end - start !== bytes) {
    refuse(
      `"${name}" [${shape.join(", ")}] of ${dtype} takes ${bytes} bytes and its offsets give ${end - start}`,
    );
  }
  return { name, dtype: dtype as string, shape, start, end };
}

async function readTensor(
  file: FileHandle,
  path: string,
  { name, dtype, start, end }: StoredTensor,
  dataStart: number,
  target: Float32Array,
): Promise<void> {
  if (dtype !== "F32" && dtype !== "F16" && dtype !== "BF16") {
    throw new UsageError(`${path}: "${name}" is stored as ${dtype}; F32, F16 or BF16 was expected`);
  }
  const width = dtype === "F32" ? 4 : 2;
  // Into plain memory first: file systems do not fill shared buffers.
  const piece = new Uint8Array(Math.min(PIECE, end - start));
  for (let at = start; at < end; at += piece.length) {
    const bytes = piece.subarray(0, Math.min(piece.length, end - at));
    await readExactly(file, path, bytes, dataStart + at);
    const from = (at - start) / width;
    widen(dtype, bytes, target.subarray(from, from + bytes.length / width));
  }
}

/** Little-endian numbers as float32, one loop for each type. */
function widen(dtype: "F32" | "F16" | "BF16", bytes: Uint8Array, target: Float32Array): void {
  if (dtype === "F32") {
    target.set(new Float32Array(bytes.buffer, bytes.byteOffset, target.length));
    return;
  }
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, target.length);
  if (dtype === "F16") {
    const table = float16Table();
    for (let i = 0; i < halves.length; i++) target[i] = table[halves[i] as number] as number;
  } else {
    // bfloat16 is the upper half of a float32.
    const words = new Uint32Array(target.buffer, target.byteOffset, target.length);
    for (let i = 0; i < halves.length; i++) words[i] = (halves[i] as number) << 16;
  }
}
