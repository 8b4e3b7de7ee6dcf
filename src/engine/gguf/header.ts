/**
 * Opens a GGUF file: magic, version, key-values, tensor descriptions, then the numbers, aligned.
 *
 * The layout is that of the GGUF specification, versions 2 and 3, little-endian. A header is believed only after it
 * has been checked: counts and lengths against what is left of the file, every tensor's extent against the file's end
 * and against its neighbours. Bound: the header is at most 128 MiB (the largest in use are about 20), and what is
 * allocated for it is at most some ten times its bytes, whatever it claims.
 */
import { open } from "node:fs/promises";
import { type ByteSource, readExactly } from "../../base/files.ts";
import { type Cursor, cursorOver, malformed } from "./cursor.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { layouts, type TensorType, typeName, typeOf } from "./types.ts";

const LARGEST_HEADER = 1 << 27;
/** More entries or tensors than any model has; each costs memory of its own. */
const MOST_ENTRIES = 1 << 16;
/** Names and dimensions as ggml bounds them. */
const LONGEST_NAME = 64;
const MOST_DIMENSIONS = 4;
const DEFAULT_ALIGNMENT = 32;
/** Sums of numbers below this are exact. */
const LARGEST = 2 ** 50;

/** Where a tensor lies in its file. */
export interface StoredTensor {
  readonly name: string;
  readonly type: TensorType;
  /** Rows last: the first number is the length of a row, as the file has it. */
  readonly dimensions: readonly number[];
  /** Byte of the file at which it starts. */
  readonly start: number;
  readonly bytes: number;
}

/** An open file with a checked header. */
export interface GgufFile extends AsyncDisposable {
  readonly path: string;
  readonly metadata: Metadata;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Fills `into` from a byte of the file on. */
  read(into: Uint8Array, position: number): Promise<void>;
}

/** Opens a file and checks its header. */
export async function openGguf(path: string): Promise<GgufFile> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return {
      path,
      ...(await readHeader(file, path, size)),
      read: (into, position) => readExactly(file, path, into, position),
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads and checks the header of a file of `size` bytes. */
export async function readHeader(
  file: ByteSource,
  path: string,
  size: number,
): Promise<Pick<GgufFile, "metadata" | "tensors">> {
  const cursor = cursorOver(file, path, size, LARGEST_HEADER);
  const refuse = (at: number, found: string, expected: string): never => {
    throw malformed(path, at, found, expected);
  };
  await cursor.need(24, "the fixed part of a header");
  const magic = cursor.text(4);
  if (magic !== "GGUF") refuse(0, `the file starts with ${JSON.stringify(magic)}`, 'the letters "GGUF"');
  const version = cursor.u32();
  if (version !== 0 && (version & 0xffff) === 0)
    refuse(4, "its numbers are big-endian", "a little-endian file; convert it where it was made");
  if (version !== 2 && version !== 3) refuse(4, `its version is ${version}`, "version 2 or 3");
  const count = (what: string, least: number): number => {
    const at = cursor.position();
    const found = cursor.u64();
    const most = Math.min(MOST_ENTRIES, Math.floor(cursor.remaining() / least));
    if (found > BigInt(most)) refuse(at, `it claims ${found} ${what}`, `at most ${most}`);
    return Number(found);
  };
  // A tensor takes at least 32 bytes of header: name's length, dimensions, one dimension, type, offset.
  const tensorCount = count("tensors", 32);
  const metadata = await readMetadata(cursor, path, count("key-values", 13));

  const alignment = metadata.get("general.alignment") ?? DEFAULT_ALIGNMENT;
  if (typeof alignment !== "number" || !(alignment > 0) || !Number.isInteger(Math.log2(alignment)))
    return refuse(cursor.position(), `"general.alignment" is ${alignment}`, "a power of two");
  const tensors: StoredTensor[] = [];
  const names = new Set<string>();
  for (let index = 0; index < tensorCount; index++) {
    const at = cursor.position();
    const tensor = await readTensor(cursor, path);
    if (names.has(tensor.name)) refuse(at, `the tensor "${tensor.name}" is there twice`, "each name once");
    names.add(tensor.name);
    if (tensor.start % alignment !== 0)
      refuse(at, `"${tensor.name}" starts at ${tensor.start} of the data`, `a multiple of ${alignment}`);
    tensors.push(tensor);
  }
  const dataStart = Math.ceil(cursor.position() / alignment) * alignment;
  const placed = tensors.map((tensor) => ({ ...tensor, start: dataStart + tensor.start }));
  checkExtents(placed, path, size);
  return { metadata, tensors: new Map(placed.map((tensor) => [tensor.name, tensor])) };
}

/** One tensor's description; its start still counts from the start of the data. */
async function readTensor(cursor: Cursor, path: string): Promise<StoredTensor> {
  const at = cursor.position();
  const refuse = (found: string, expected: string): never => {
    throw malformed(path, at, found, expected);
  };
  await cursor.need(8, "the length of a tensor's name");
  const length = cursor.u64();
  if (length > BigInt(LONGEST_NAME)) refuse(`a tensor's name has ${length} bytes`, `at most ${LONGEST_NAME}`);
  await cursor.need(Number(length) + 4, "a tensor's name");
  const name = cursor.text(Number(length));
  const rank = cursor.u32();
  if (rank < 1 || rank > MOST_DIMENSIONS)
    refuse(`"${name}" has ${rank} dimensions`, `1 to ${MOST_DIMENSIONS}`);
  await cursor.need(8 * rank + 12, `the description of "${name}"`);
  const dimensions: number[] = [];
  let values = 1;
  for (let index = 0; index < rank; index++) {
    const size = cursor.u64();
    values *= Number(size);
    if (size < 1n || values > LARGEST)
      refuse(`"${name}" has a dimension of ${size}`, "sizes that a file can hold");
    dimensions.push(Number(size));
  }
  const id = cursor.u32();
  const type = typeOf(id);
  if (type === undefined)
    return refuse(`"${name}" has type ${typeName(id)}`, `one of ${Object.keys(layouts).join(", ")}`);
  const layout = layouts[type];
  if (dimensions[0]! % layout.values !== 0)
    refuse(
      `rows of "${name}" have ${dimensions[0]} values`,
      `a multiple of ${layout.values}, as ${type} has`,
    );
  const start = cursor.u64();
  if (start > BigInt(LARGEST)) refuse(`"${name}" starts at ${start}`, "a place in the file");
  return { name, type, dimensions, start: Number(start), bytes: (values / layout.values) * layout.bytes };
}

function checkExtents(tensors: readonly StoredTensor[], path: string, size: number): void {
  const inOrder = [...tensors].sort((a, b) => a.start - b.start);
  let covered = 0;
  for (const { name, start, bytes } of inOrder) {
    if (start + bytes > size)
      throw malformed(path, start, `"${name}" ends at byte ${start + bytes}`, `at most the file's ${size}`);
    if (start < covered)
      throw malformed(path, start, `"${name}" starts inside another tensor`, `byte ${covered} or later`);
    covered = start + bytes;
  }
}
