/**
 * From sequences to packed rows of equal length, with nothing computed that is not needed.
 *
 * Three savings, all exact: tokens after the last one that is asked for are dropped; several sequences share a
 * row and the mask keeps them apart, positions restarting; sequences with the same beginning (the rollouts of one
 * question) keep it once in a row, and each continuation sees it and itself. Only picked positions reach the
 * output matrix.
 */
import { invariant } from "../base/errors.ts";

/** One run of tokens in a row: it sees itself backwards, and the whole of the prefix it continues. */
export interface Piece {
  readonly start: number;
  readonly length: number;
  readonly prefixStart: number;
  readonly prefixLength: number;
}

/** Rows that are run together. */
export interface MicroBatch {
  readonly rows: number;
  readonly time: number;
  /** [rows, time]; unused places hold token 0 at position 0. */
  readonly tokens: Int32Array;
  readonly positions: Int32Array;
  /** Per row, five numbers a piece: row, start, length, prefixStart, prefixLength. */
  readonly pieces: Int32Array;
  /** Row-major places whose hidden state is used, and the token to be predicted there. */
  readonly picks: Int32Array;
  readonly targets: Int32Array;
  /** Which sequence and which of its tokens each pick is. */
  readonly sequence: Int32Array;
  readonly index: Int32Array;
}

export interface PackSettings {
  /** Tokens of one micro-batch at most, unless a single row is longer. */
  readonly microTokens: number;
  /** The number of micro-batches is a multiple of this. */
  readonly workers: number;
}

/** A sequence reduced to what has to be computed: the tokens before `end`, predictions from `first` on. */
interface Needed {
  readonly sequence: number;
  readonly tokens: Int32Array;
  readonly first: number;
  readonly end: number;
}

/** Continuations of one shared beginning that go into one row. */
interface Chunk {
  readonly prefix: number;
  readonly members: readonly Needed[];
  readonly length: number;
}

/** Shorter beginnings than this are cheaper to repeat than to tell apart. */
const SHORTEST_SHARED_PREFIX = 8;
/**
 * What one more token of row length costs a token, in parts of its other cost: attention over a row grows with
 * its length. Measured on models of width 128 to 256.
 */
const ATTENTION_SHARE = 1 / 400;

/** Plans the micro-batches for the tokens whose `weights` are not 0; without weights all but the first. */
export function pack(
  sequences: readonly { readonly tokens: Int32Array; readonly weights?: Float32Array }[],
  settings: PackSettings,
): readonly MicroBatch[] {
  const needed = sequences.flatMap(({ tokens, weights }, sequence) => {
    const wanted = (t: number): boolean => weights === undefined || weights[t] !== 0;
    let first = 1;
    while (first < tokens.length && !wanted(first)) first++;
    let end = tokens.length - 1;
    while (end >= first && !wanted(end)) end--;
    return end < first ? [] : [{ sequence, tokens, first, end }];
  });
  if (needed.length === 0) return [];
  const { rows, time } = cheapestRows(needed);
  const perMicro = Math.max(1, Math.floor(settings.microTokens / time));
  const least = Math.ceil(rows.length / perMicro);
  const count = Math.min(rows.length, Math.ceil(least / settings.workers) * settings.workers);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * rows.length) / count);
    const to = Math.floor(((i + 1) * rows.length) / count);
    return layOut(rows.slice(from, to), time, sequences);
  });
}

/** Tries several row lengths and keeps the cheapest: long rows share more, short rows attend to less. */
function cheapestRows(needed: readonly Needed[]): { rows: readonly (readonly Chunk[])[]; time: number } {
  const longest = Math.max(...needed.map(({ end }) => end));
  const groups = groupByPrefix(needed);
  let best: { rows: readonly (readonly Chunk[])[]; time: number; cost: number } | undefined;
  for (const factor of [1, 1.25, 1.5, 2, 3, 4, 6, 8]) {
    const time = Math.ceil((longest * factor) / 8) * 8;
    if (factor > 1 && time > 1024) break;
    const rows = fillRows(groups, time);
    const cost = rows.length * time * (1 + time * ATTENTION_SHARE);
    if (best === undefined || cost < best.cost) best = { rows, time, cost };
  }
  invariant(best !== undefined, "at least one row length is tried");
  return best;
}

/** Sequences that begin alike, in the order of their first one. */
function groupByPrefix(needed: readonly Needed[]): readonly (readonly Needed[])[] {
  const groups = new Map<string, Needed[]>();
  for (const item of needed) {
    const shareable = item.first >= SHORTEST_SHARED_PREFIX;
    const key = shareable ? item.tokens.subarray(0, item.first).join(",") : `alone ${item.sequence}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** First fit, longest first; the order of equals is kept, so a plan repeats. */
function fillRows(groups: readonly (readonly Needed[])[], time: number): readonly (readonly Chunk[])[] {
  const chunks = groups.flatMap((group) => chunksOf(group, time)).sort((a, b) => b.length - a.length);
  const rows: { chunks: Chunk[]; left: number }[] = [];
  for (const chunk of chunks) {
    let row = rows.find(({ left }) => left >= chunk.length);
    if (row === undefined) {
      row = { chunks: [], left: time };
      rows.push(row);
    }
    row.chunks.push(chunk);
    row.left -= chunk.length;
  }
  return rows.map((row) => row.chunks);
}

function chunksOf(group: readonly Needed[], time: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const prefix = group.length > 1 ? (group[0] as Needed).first : 0;
  let members: Needed[] = [];
  let length = prefix;
  for (const item of group) {
    const added = item.end - prefix;
    if (members.length > 0 && length + added > time) {
      chunks.push({ prefix, members, length });
      members = [];
      length = prefix;
    }
    members.push(item);
    length += added;
  }
  chunks.push({ prefix, members, length });
  return chunks;
}

function layOut(
  rows: readonly (readonly Chunk[])[],
  time: number,
  sequences: readonly { readonly weights?: Float32Array }[],
): MicroBatch {
  const tokens = new Int32Array(rows.length * time);
  const positions = new Int32Array(rows.length * time);
  const pieces: number[] = [];
  const picks: number[] = [];
  const targets: number[] = [];
  const sequence: number[] = [];
  const index: number[] = [];
  const write = (from: Int32Array, begin: number, end: number, at: number): void => {
    tokens.set(from.subarray(begin, end), at);
    for (let t = begin; t < end; t++) positions[at + t - begin] = t;
  };

  for (const [row, chunks] of rows.entries()) {
    const base = row * time;
    let at = 0;
    for (const { prefix, members } of chunks) {
      const prefixStart = at;
      if (prefix > 0) {
        write((members[0] as Needed).tokens, 0, prefix, base + at);
        pieces.push(row, at, prefix, 0, 0);
        at += prefix;
      }
      for (const item of members) {
        const length = item.end - prefix;
        write(item.tokens, prefix, item.end, base + at);
        if (length > 0) pieces.push(row, at, length, prefixStart, prefix);
        const weights = (sequences[item.sequence] as { weights?: Float32Array }).weights;
        for (let t = item.first; t <= item.end; t++) {
          if (weights !== undefined && weights[t] === 0) continue;
          // The token at t is predicted at t - 1, which may be the last place of the shared beginning.
          picks.push(base + (t - 1 < prefix ? prefixStart + t - 1 : at + t - 1 - prefix));
          targets.push(item.tokens[t] as number);
          sequence.push(item.sequence);
          index.push(t);
        }
        at += length;
      }
    }
  }
  return {
    rows: rows.length,
    time,
    tokens,
    positions,
    pieces: Int32Array.from(pieces),
    picks: Int32Array.from(picks),
    targets: Int32Array.from(targets),
    sequence: Int32Array.from(sequence),
    index: Int32Array.from(index),
  };
}

/** What hides a key from a query: large enough that its probability is exactly 0, small enough to stay finite. */
export const HIDDEN = -1e9;

/** The additive mask [rows, 1, 1, time, time]: 0 where a token may look, HIDDEN elsewhere. */
export function maskOf({ rows, time, pieces }: MicroBatch): Float32Array {
  const mask = new Float32Array(rows * time * time).fill(HIDDEN);
  // An unused place looks at itself, so that no row of the softmax is empty.
  for (let place = 0; place < rows * time; place++) mask[place * time + (place % time)] = 0;
  for (let p = 0; p < pieces.length; p += 5) {
    const [row, start, length, prefixStart, prefixLength] = pieces.subarray(p, p + 5);
    for (let i = 0; i < length!; i++) {
      const line = (row! * time + start! + i) * time;
      mask.fill(0, line + start!, line + start! + i + 1);
      mask.fill(0, line + prefixStart!, line + prefixStart! + prefixLength!);
    }
  }
  return mask;
}
