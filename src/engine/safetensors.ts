/**
 * Reads and writes safetensors files: an 8-byte length, a JSON header, and the numbers.
 *
 * A header is believed only after it has been checked against the size of the file: every tensor lies inside it,
 * holds as many bytes as its shape and type need, and together they cover the data without gap or overlap. No
 * memory is taken before that. Numbers are kept as float32; float16 and bfloat16 are widened when read.
 */
import { type FileHandle, open, rename } from "node:fs/promises";
import { UsageError } from "../base/errors.ts";

/** Bytes of one number of each type that is read. */
const BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
type StoredType = keyof typeof BYTES;

/** The format's own limit, which also bounds what is parsed. */
const LARGEST_HEADER = 100_000_000;

/** Where a tensor lies in its file. */
interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly start: number;
  readonly end: number;
}

/** An open file with a checked header. */
export interface SafetensorsFile extends AsyncDisposable {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Reads one tensor into `target`, which has exactly its size. */
  read(tensor: StoredTensor, target: Float32Array): Promise<void>;
}

/** Opens a file and checks its header. */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const { tensors, metadata, dataStart } = await readHeader(file, path, size);
    return {
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
  const header = parseObject(bytes.toString("utf8"), refuse);
  const metadata = (header["__metadata__"] ?? {}) as Readonly<Record<string, string>>;
  if (typeof metadata !== "object" || Object.values(metadata).some((value) => typeof value !== "string")) {
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

function parseObject(text: string, refuse: (reason: string) => never): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse("its header is not JSON");
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
  if (dtype !== "F32" && dtype !== "F16" && dtype !== "BF16") {
    return refuse(`"${name}" has type ${JSON.stringify(dtype)}; F32, F16 or BF16 was expected`);
  }
  if (!natural(shape) || !natural(offsets) || offsets.length !== 2) {
    return refuse(`"${name}" needs a shape and two offsets`);
  }
  const [start, end] = offsets as [number, number];
  const bytes = shape.reduce((product, size) => product * size, BYTES[dtype]);
  if (end - start !== bytes) {
    refuse(
      `"${name}" [${shape.join(", ")}] of ${dtype} takes ${bytes} bytes and its offsets give ${end - start}`,
    );
  }
  return { name, dtype, shape, start, end };
}

async function readTensor(
  file: FileHandle,
  path: string,
  tensor: StoredTensor,
  dataStart: number,
  target: Float32Array,
): Promise<void> {
  const bytes = tensor.end - tensor.start;
  if (tensor.dtype === "F32") {
    await readExactly(
      file,
      path,
      new Uint8Array(target.buffer, target.byteOffset, bytes),
      dataStart + tensor.start,
    );
    return;
  }
  const halves = new Uint16Array(bytes / 2);
  await readExactly(file, path, new Uint8Array(halves.buffer), dataStart + tensor.start);
  const widen = tensor.dtype === "BF16" ? fromBfloat16 : fromFloat16;
  for (let i = 0; i < halves.length; i++) target[i] = widen(halves[i] as number);
}

/** Large reads are split: one system call takes at most 2 GiB. */
const PIECE = 1 << 28;

async function readExactly(
  file: FileHandle,
  path: string,
  into: Uint8Array,
  position: number,
): Promise<void> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await file.read(into, at, Math.min(PIECE, into.length - at), position + at);
    if (bytesRead === 0) throw new UsageError(`${path}: it ends at byte ${position + at}; it was cut off`);
    at += bytesRead;
  }
}

const word = new DataView(new ArrayBuffer(4));

function fromBfloat16(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A tensor to be written. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Writes float32 tensors in the order given; the file is whole or absent. */
export async function writeSafetensors(
  path: string,
  tensors: readonly NamedArray[],
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, shape, data } of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [at, at + data.byteLength] };
    at += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  // Spaces up to a multiple of eight, so that the numbers lie aligned for readers that map the file.
  const padded = Buffer.alloc(Math.ceil(text.length / 8) * 8, " ");
  text.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));

  const beside = `${path}.part`;
  const file = await open(beside, "w");
  try {
    await file.writeFile(length);
    await file.writeFile(padded);
    for (const { data } of tensors) {
      // A copy out of shared memory, piece by piece: file systems do not take shared buffers.
      for (let from = 0; from < data.length; from += PIECE / 4) {
        const piece = data.slice(from, from + PIECE / 4);
        await file.writeFile(new Uint8Array(piece.buffer));
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}
