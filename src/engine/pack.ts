/**
 * From sequences to packed rows of equal length, with nothing computed that is not needed.
 *
 * Three savings, all exact: tokens after the last one that is asked for are dropped; several sequences share a
 * row and the mask keeps them apart, positions restarting; and sequences that begin alike (the rollouts of one
 * question) keep what they share once in a row, like the branches of a tree, each token seeing its own path. Only
 * picked positions reach the output matrix.
 */
import { invariant } from "../base/errors.ts";

/** Rows that are run together. */
export interface MicroBatch {
  readonly rows: number;
  readonly time: number;
  /** [rows, time]; unused places hold token 0 at position 0. */
  readonly tokens: Int32Array;
  readonly positions: Int32Array;
  /** Runs of tokens: row, start, length, n, then n times the start and length of an earlier run that is seen whole. */
  readonly pieces: Int32Array;
  /** Row-major places whose hidden state is used, and the token to be predicted there. */
  readonly picks: Int32Array;
  readonly targets: Int32Array;
  /** Which sequence and which of its tokens each pick is. */
  readonly sequence: Int32Array;
  readonly index: Int32Array;
}

export interface PackSettings {
  /** Tokens of one micro-batch at most, by the length of its rows; a single row may be longer. */
  readonly microTokens: (time: number) => number;
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

/** Sequences that go into one row together, in lexical order. */
interface Chunk {
  readonly members: readonly Member[];
  readonly length: number;
}

interface Member {
  readonly needed: Needed;
  /** How many first tokens it shares with the member before it. */
  readonly shared: number;
}

/** Shorter beginnings than this are cheaper to repeat than to tell apart. */
const SHORTEST_SHARED = 8;
/**
 * What one more token of row length costs a token, in parts of its other cost: attention over a row grows with
 * its length. Measured at width 128.
 */
const ATTENTION_SHARE = 1 / 450;

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
  const perMicro = Math.max(1, Math.floor(settings.microTokens(time) / time));
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
  const longest = needed.reduce((most, { end }) => Math.max(most, end), 0);
  const members = inLexicalOrder(needed);
  let best: { rows: readonly (readonly Chunk[])[]; time: number; cost: number } | undefined;
  for (const factor of [1, 1.25, 1.5, 2, 3, 4, 6, 8]) {
    const time = Math.ceil((longest * factor) / 8) * 8;
    if (factor > 1 && time > 1024) break;
    const rows = fillRows(members, time);
    const cost = rows.length * time * (1 + time * ATTENTION_SHARE);
    if (best === undefined || cost < best.cost) best = { rows, time, cost };
  }
  invariant(best !== undefined, "at least one row length is tried");
  return best;
}

/** Neighbours in lexical order share the longest beginnings. */
function inLexicalOrder(needed: readonly Needed[]): readonly Member[] {
  const common = (a: Needed, b: Needed): number => {
    const most = Math.min(a.end, b.end);
    let t = 0;
    while (t < most && a.tokens[t] === b.tokens[t]) t++;
    return t;
  };
  const sorted = [...needed].sort((a, b) => {
    const t = common(a, b);
    if (t === a.end || t === b.end) return a.end - b.end || a.sequence - b.sequence;
    return a.tokens[t]! - b.tokens[t]!;
  });
  return sorted.map((item, i) => ({ needed: item, shared: i === 0 ? 0 : common(sorted[i - 1]!, item) }));
}

/** First fit, longest first; the order of equals is kept, so a plan repeats. */
function fillRows(members: readonly Member[], time: number): readonly (readonly Chunk[])[] {
  const chunks = [...chunksOf(members, time)].sort((a, b) => b.length - a.length);
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

function chunksOf(members: readonly Member[], time: number): readonly Chunk[] {
  const chunks: { members: Member[]; length: number }[] = [];
  for (const member of members) {
    const chunk = chunks[chunks.length - 1];
    const added = member.needed.end - member.shared;
    if (chunk !== undefined && member.shared >= SHORTEST_SHARED && chunk.length + added <= time) {
      chunk.members.push(member);
      chunk.length += added;
    } else {
      chunks.push({ members: [{ needed: member.needed, shared: 0 }], length: member.needed.end });
    }
  }
  return chunks;
}

/** Tokens [from, to) of a sequence, kept at `place` of its row. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly place: number;
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

  for (const [row, chunks] of rows.entries()) {
    const base = row * time;
    let at = 0;
    for (const { members } of chunks) {
      let path: readonly Segment[] = [];
      for (const { needed, shared } of members) {
        const before = path.flatMap((segment) =>
          segment.from < shared ? [{ ...segment, to: Math.min(segment.to, shared) }] : [],
        );
        const own = { from: shared, to: needed.end, place: at };
        path = [...before, own];
        if (own.to > own.from) {
          tokens.set(needed.tokens.subarray(own.from, own.to), base + at);
          for (let t = own.from; t < own.to; t++) positions[base + at + t - own.from] = t;
          pieces.push(row, at, own.to - own.from, before.length);
          for (const { from, to, place } of before) pieces.push(place, to - from);
          at += own.to - own.from;
        }
        const { weights } = sequences[needed.sequence]!;
        for (let t = needed.first; t <= needed.end; t++) {
          if (weights !== undefined && weights[t] === 0) continue;
          // The token at t is predicted at t - 1, wherever on the path that is.
          const segment = path.find(({ from, to }) => from < t && t <= to);
          invariant(segment !== undefined, "every token before the last lies on its sequence's path");
          picks.push(base + segment.place + t - 1 - segment.from);
          targets.push(needed.tokens[t]!);
          sequence.push(needed.sequence);
          index.push(t);
        }
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
  for (let p = 0; p < pieces.length; p += 4 + 2 * pieces[p + 3]!) {
    const [row, start, length, earlier] = pieces.subarray(p, p + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < length; i++) {
      const line = (row * time + start + i) * time;
      mask.fill(0, line + start, line + start + i + 1);
      for (let e = 0; e < earlier; e++) {
        const seen = line + pieces[p + 4 + 2 * e]!;
        mask.fill(0, seen, seen + pieces[p + 5 + 2 * e]!);
      }
    }
  }
  return mask;
}
