/**
 * Keys and values of sequences that are being generated, in groups of equal capacity.
 *
 * A group is what one decode step runs over: per layer one array [slots, heads, capacity, headDim] for keys and one
 * for values, owned here and read in place by the runtime. Slots 0 … count-1 are in use; a sequence that ends is
 * replaced by the last one, so a step never computes for nobody. Capacity depends on a sequence's own length only,
 * which keeps its arithmetic independent of its neighbours.
 */
import type { ModelConfig } from "./config.ts";
import { HIDDEN } from "./pack.ts";

/** Capacities double from here, with one step between. */
const SMALLEST = 64;

/** The capacity of the group for a sequence with `length` keys: the next of 64, 96, 128, 192, 256, … */
export function capacityFor(length: number): number {
  let capacity = SMALLEST;
  while (capacity < length) {
    const next = (capacity / 2) * 3;
    if (next >= length) return next;
    capacity *= 2;
  }
  return capacity;
}

/** Bytes of the keys and values of one sequence that grows to `length`, and of the copy it may need to grow. */
export function cacheBytesOf(config: ModelConfig, length: number): number {
  const perPosition = 2 * 4 * config.numHiddenLayers * config.numKeyValueHeads * config.headDim;
  return 2 * perPosition * capacityFor(length);
}

/** One group; `S` is what the caller keeps about a sequence. */
export class CacheGroup<S> {
  readonly capacity: number;
  readonly members: S[] = [];
  keys: Float32Array[];
  values: Float32Array[];
  /** [slots, capacity + 1]; the last column is the new token itself. */
  mask: Float32Array;
  readonly #heads: number;
  readonly #headDim: number;
  #slots: number;

  /** `expected` sequences at once fit without growing; untouched memory costs nothing. */
  constructor(config: ModelConfig, capacity: number, expected: number) {
    this.capacity = capacity;
    this.#slots = expected;
    this.#heads = config.numKeyValueHeads;
    this.#headDim = config.headDim;
    const empty = (): Float32Array => new Float32Array(this.#slots * this.#slotSize);
    this.keys = Array.from({ length: config.numHiddenLayers }, empty);
    this.values = Array.from({ length: config.numHiddenLayers }, empty);
    this.mask = new Float32Array(this.#slots * (capacity + 1));
  }

  get #slotSize(): number {
    return this.#heads * this.capacity * this.#headDim;
  }

  /** Rows of a step. */
  get rows(): number {
    return this.members.length;
  }

  /** The part of an array that a step reads. */
  used(array: Float32Array): Float32Array {
    return array.subarray(0, this.rows * this.#slotSize);
  }

  /** Adds a sequence whose first `length` keys lie in `keys` at `row`, spaced by `stride` positions a head. */
  admit(
    member: S,
    length: number,
    keys: readonly Float32Array[],
    values: readonly Float32Array[],
    row: number,
    stride: number,
  ): void {
    const slot = this.members.length;
    if (slot === this.#slots) this.#grow();
    this.members.push(member);
    for (const [mine, theirs] of [
      [this.keys, keys],
      [this.values, values],
    ] as const) {
      for (const [layer, target] of mine.entries()) {
        const source = theirs[layer] as Float32Array;
        for (let head = 0; head < this.#heads; head++) {
          const from = (row * this.#heads + head) * stride * this.#headDim;
          target.set(
            source.subarray(from, from + length * this.#headDim),
            (slot * this.#heads + head) * this.capacity * this.#headDim,
          );
        }
      }
    }
    const line = slot * (this.capacity + 1);
    this.mask.fill(0, line, line + length);
    this.mask.fill(HIDDEN, line + length, line + this.capacity);
    this.mask[line + this.capacity] = 0;
  }

  /** Writes the new key and value [rows, heads, 1, headDim] of every member at its own `length`. */
  append(layer: number, newKeys: Float32Array, newValues: Float32Array, length: (member: S) => number): void {
    const size = this.#headDim;
    const keys = this.keys[layer] as Float32Array;
    const values = this.values[layer] as Float32Array;
    for (const [slot, member] of this.members.entries()) {
      const at = length(member);
      for (let head = 0; head < this.#heads; head++) {
        const from = (slot * this.#heads + head) * size;
        const to = ((slot * this.#heads + head) * this.capacity + at) * size;
        for (let i = 0; i < size; i++) {
          keys[to + i] = newKeys[from + i]!;
          values[to + i] = newValues[from + i]!;
        }
      }
    }
  }

  /** Makes the key at `length` of a slot visible. */
  reveal(slot: number, length: number): void {
    this.mask[slot * (this.capacity + 1) + length] = 0;
  }

  /** Takes a sequence out; the last one moves into its slot. */
  remove(slot: number): void {
    const last = this.members.length - 1;
    if (slot !== last) {
      this.members[slot] = this.members[last] as S;
      for (const array of [...this.keys, ...this.values]) {
        array.copyWithin(slot * this.#slotSize, last * this.#slotSize, (last + 1) * this.#slotSize);
      }
      const line = this.capacity + 1;
      this.mask.copyWithin(slot * line, last * line, (last + 1) * line);
    }
    this.members.pop();
  }

  #grow(): void {
    this.#slots *= 2;
    const grown = (array: Float32Array): Float32Array => {
      const larger = new Float32Array(array.length * 2);
      larger.set(array);
      return larger;
    };
    this.keys = this.keys.map(grown);
    this.values = this.values.map(grown);
    this.mask = grown(this.mask);
  }
}
