/**
 * Where the page of a title may lie: a table of 8 bytes a title, whatever the titles are, so that the twenty million
 * of a large Wikipedia take 160 MB. It keeps hashes only; two titles may share one, so what is read at a place is
 * compared with the title that was looked for.
 *
 * A place is a range of bytes that can be read by itself: a bzip2 stream, or some pages of a plain export.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { invariant } from "../../base/errors.ts";
import { writePieces } from "../../base/files.ts";
import type { ByteRange } from "./bzip2.ts";

export interface TitleTable {
  /** How many titles it knows. */
  readonly size: number;
  readonly bytes: number;
  /** Where a title may lie, in the order of the file. */
  candidates(title: string): readonly ByteRange[];
}

export interface TitleTableBuilder {
  /** Begins the next place; the titles that follow lie in it. Places come in the order of the file. */
  place(start: number): void;
  title(title: string): void;
  /** `end` is where the last place ends. */
  finish(end: number): TitleArrays;
}

/** The whole content of a table. */
export interface TitleArrays {
  /** Starts of the places, and the end of the last one. */
  readonly places: Float64Array;
  /** Hash in the upper half, number of the place in the lower, sorted. */
  readonly entries: BigUint64Array;
}

/** Which half of an entry is its upper one. */
const UPPER = endianness() === "LE" ? 1 : 0;
const LOWER = 1 - UPPER;

/** Titles between two calls of `onTitles`. */
const STEP = 500;

/** Starts an empty table; `onTitles` is told now and then how many titles there are, and may throw to end the work. */
export function buildTitleTable(onTitles: (count: number) => void = () => {}): TitleTableBuilder {
  const places: number[] = [];
  let entries = new BigUint64Array(1 << 12);
  let words = new Uint32Array(entries.buffer);
  let count = 0;
  return {
    place(start) {
      invariant(start > (places.at(-1) ?? -1), `place ${start} does not come after ${places.at(-1)}`);
      places.push(start);
    },
    title(title) {
      if (count === entries.length) {
        const larger = new BigUint64Array(count * 2);
        larger.set(entries);
        entries = larger;
        words = new Uint32Array(entries.buffer);
      }
      words[count * 2 + LOWER] = places.length - 1;
      words[count * 2 + UPPER] = hashTitle(title);
      count += 1;
      if (count % STEP === 0) onTitles(count);
    },
    finish(end) {
      return { places: Float64Array.from([...places, end]), entries: entries.subarray(0, count).sort() };
    },
  };
}

/** A table that can be asked. */
export function titleTable({ places, entries }: TitleArrays): TitleTable {
  const words = new Uint32Array(entries.buffer, entries.byteOffset, entries.length * 2);
  return {
    size: entries.length,
    bytes: entries.byteLength + places.byteLength,
    candidates(title) {
      const hash = hashTitle(title);
      let low = 0;
      for (let high = entries.length; low < high; ) {
        const middle = (low + high) >>> 1;
        if ((words[middle * 2 + UPPER] as number) < hash) low = middle + 1;
        else high = middle;
      }
      const out: ByteRange[] = [];
      for (let previous = -1; words[low * 2 + UPPER] === hash; low++) {
        const place = words[low * 2 + LOWER] as number;
        if (place === previous) continue;
        previous = place;
        out.push({ start: places[place] as number, end: places[place + 1] as number });
      }
      return out;
    },
  };
}

const HEAD = "fleming title table 1\n\n\n";

/** Keeps a table for `loadTitles`, on this machine: numbers stand in its own order of bytes. */
export async function keepTitles(path: string, { places, entries }: TitleArrays): Promise<void> {
  await writePieces(path, async (file) => {
    await file.write(Buffer.from(HEAD));
    await file.write(new Uint8Array(Float64Array.of(places.length, entries.length).buffer));
    await file.write(new Uint8Array(places.buffer, places.byteOffset, places.byteLength));
    await file.write(new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength));
  });
}

/** A table that was kept, if there is one that is whole. */
export async function loadTitles(path: string): Promise<TitleArrays | undefined> {
  if (!existsSync(path)) return undefined;
  const file = await readFile(path);
  const start = HEAD.length + 16;
  if (file.length < start || file.toString("latin1", 0, HEAD.length) !== HEAD) return undefined;
  const { buffer } = new Uint8Array(file);
  const [places = 0, entries = 0] = new Float64Array(buffer, HEAD.length, 2);
  if (file.length !== start + (places + entries) * 8) return undefined;
  return {
    places: new Float64Array(buffer, start, places),
    entries: new BigUint64Array(buffer, start + places * 8, entries),
  };
}

/** FNV-1a over the characters, with a last mixing so that all bits count. */
function hashTitle(title: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < title.length; i++) hash = Math.imul(hash ^ title.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
