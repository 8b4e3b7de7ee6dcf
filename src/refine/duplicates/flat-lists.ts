/** Many short lists of whole numbers in one growing block of memory, so that 200,000 questions are a few arrays. */

export interface FlatLists {
  /** Appends a list; its place is the number of lists before it. */
  add(list: ArrayLike<number>): void;
  /** A view of the list at a place; good until the next `add`. */
  at(place: number): Uint32Array;
  count(): number;
}

/** No lists yet. */
export function flatLists(): FlatLists {
  let items = new Uint32Array(4096);
  const from = [0];
  return {
    add(list) {
      const start = from.at(-1) as number;
      const end = start + list.length;
      if (end > items.length) {
        const wider = new Uint32Array(Math.max(end, items.length * 2));
        wider.set(items.subarray(0, start));
        items = wider;
      }
      items.set(list, start);
      from.push(end);
    },
    at: (place) => items.subarray(from[place], from[place + 1]),
    count: () => from.length - 1,
  };
}

/** Ascending, each number once. */
export function asSet(numbers: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(numbers).sort();
  let size = 0;
  for (const number of sorted)
    if (size === 0 || number !== sorted[size - 1]) {
      sorted[size] = number;
      size += 1;
    }
  return sorted.subarray(0, size);
}

/** How many numbers two ascending sets have in common. */
export function countInCommon(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let common = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const a = one[i] as number;
    const b = other[j] as number;
    if (a === b) common += 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return common;
}
