/**
 * The key-values of a GGUF header: numbers, truth values, text, and lists of them.
 *
 * Lists of numbers stay typed arrays and are as large in memory as in the file; a list of text costs a few times its
 * bytes. A length is believed only after it has been held against what is left of the file. Departure: lists of lists,
 * which the format allows, are refused. No key in use has one, and an empty list of 12 bytes would cost some 200.
 */
import { UsageError } from "../../base/errors.ts";
import { type Cursor, malformed } from "./cursor.ts";

/** Lists of truth values are bytes of 0 and 1; 64-bit numbers beyond 2^53 stay bigint. */
export type MetadataValue = number | bigint | boolean | string | readonly string[] | NumberList;

type NumberList =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigUint64Array
  | BigInt64Array;

export type Metadata = ReadonlyMap<string, MetadataValue>;

const BOOL = 7;
const STRING = 8;
const ARRAY = 9;

/** Types of fixed size by their number in the file. */
const fixed: Readonly<Record<number, { readonly bytes: number; list(from: ArrayBuffer): NumberList }>> = {
  0: { bytes: 1, list: (from) => new Uint8Array(from) },
  1: { bytes: 1, list: (from) => new Int8Array(from) },
  2: { bytes: 2, list: (from) => new Uint16Array(from) },
  3: { bytes: 2, list: (from) => new Int16Array(from) },
  4: { bytes: 4, list: (from) => new Uint32Array(from) },
  5: { bytes: 4, list: (from) => new Int32Array(from) },
  6: { bytes: 4, list: (from) => new Float32Array(from) },
  [BOOL]: { bytes: 1, list: (from) => new Uint8Array(from) },
  10: { bytes: 8, list: (from) => new BigUint64Array(from) },
  11: { bytes: 8, list: (from) => new BigInt64Array(from) },
  12: { bytes: 8, list: (from) => new Float64Array(from) },
};

const LONGEST_KEY = 65535;
/** Numbers of a list are copied in pieces, so that the cursor's buffer stays small. */
const COPIED = 1 << 20;

/** Reads `count` key-values. */
export async function readMetadata(cursor: Cursor, path: string, count: number): Promise<Metadata> {
  const entries = new Map<string, MetadataValue>();
  for (let index = 0; index < count; index++) {
    const at = cursor.position();
    const key = await readText(cursor, path, "a key", LONGEST_KEY);
    if (entries.has(key)) throw malformed(path, at, `the key "${key}" is there twice`, "each key once");
    await cursor.need(4, `the type of "${key}"`);
    entries.set(key, await readValue(cursor, path, key, cursor.u32()));
  }
  return entries;
}

async function readValue(cursor: Cursor, path: string, key: string, type: number): Promise<MetadataValue> {
  if (type === STRING) return readText(cursor, path, `"${key}"`);
  if (type === ARRAY) return readList(cursor, path, key);
  const at = cursor.position();
  const { bytes, list } = fixedType(type, path, key, at);
  await cursor.need(bytes, `"${key}"`);
  const value = list(copyOf(cursor.bytes(bytes)))[0]!;
  if (type === BOOL) {
    if (value !== 0 && value !== 1) throw malformed(path, at, `"${key}" is byte ${value}`, "0 or 1");
    return value === 1;
  }
  return typeof value === "bigint" && BigInt(Number(value)) === value && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value;
}

async function readList(cursor: Cursor, path: string, key: string): Promise<MetadataValue> {
  const at = cursor.position();
  await cursor.need(12, `the list "${key}"`);
  const type = cursor.u32();
  const claimed = cursor.u64();
  if (type === ARRAY)
    throw new UsageError(`${path}: "${key}" is a list of lists; expected a list of numbers or text`);
  const least = type === STRING ? 8 : fixedType(type, path, key, at).bytes;
  if (claimed > BigInt(Math.floor(cursor.remaining() / least))) {
    throw malformed(
      path,
      at,
      `the list "${key}" claims ${claimed} items`,
      `no more than the ${cursor.remaining()} bytes left can hold`,
    );
  }
  const count = Number(claimed);
  if (type === STRING) return readTexts(cursor, path, key, count);
  const { bytes, list } = fixedType(type, path, key, at);
  const copy = new Uint8Array(count * bytes);
  for (let done = 0; done < copy.length; ) {
    const part = Math.min(COPIED, copy.length - done);
    await cursor.need(part, `the list "${key}"`);
    copy.set(cursor.bytes(part), done);
    done += part;
  }
  return list(copy.buffer);
}

/** The list that holds a vocabulary: no promise is awaited while the buffer has what is needed. */
async function readTexts(cursor: Cursor, path: string, key: string, count: number): Promise<string[]> {
  const texts: string[] = [];
  const what = `the list "${key}"`;
  for (let index = 0; index < count; index++) {
    if (!cursor.has(8)) await cursor.need(8, what);
    const length = textLength(cursor, path, what);
    if (!cursor.has(length)) await cursor.need(length, what);
    texts.push(cursor.text(length));
  }
  return texts;
}

async function readText(cursor: Cursor, path: string, what: string, longest?: number): Promise<string> {
  await cursor.need(8, `the length of ${what}`);
  const length = textLength(cursor, path, what, longest);
  await cursor.need(length, what);
  return cursor.text(length);
}

function textLength(cursor: Cursor, path: string, what: string, longest = Number.MAX_SAFE_INTEGER): number {
  const at = cursor.position();
  const claimed = cursor.u64();
  const most = Math.min(longest, cursor.remaining());
  if (claimed > BigInt(most))
    throw malformed(path, at, `${what} claims ${claimed} bytes of text`, `at most ${most}`);
  return Number(claimed);
}

function fixedType(type: number, path: string, key: string, at: number) {
  const found = fixed[type];
  if (found === undefined)
    throw malformed(path, at, `"${key}" has the value type ${type}`, "a type from 0 to 12");
  return found;
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
