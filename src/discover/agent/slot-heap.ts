/**
 * A binary heap of slot numbers that knows where each slot stands, so that a slot can rise or leave from the middle.
 *
 * Invariant: `comesBefore` is a total order; a slot whose rank has grown is told by `raise` before the next `pop`.
 * Eight bytes a slot, whether it waits or not.
 */
interface SlotHeap {
  size(): number;
  has(slot: number): boolean;
  /** Puts in a slot that is not there. */
  insert(slot: number): void;
  /** Moves a slot that is there to where its grown rank puts it. */
  raise(slot: number): void;
  /** Takes a slot out, wherever it stands; false when it is not there. */
  remove(slot: number): boolean;
  /** Takes out the first; undefined when empty. */
  pop(): number | undefined;
}

/** Opens an empty heap. */
export function openSlotHeap(comesBefore: (slot: number, other: number) => boolean): SlotHeap {
  let order = new Int32Array(64);
  /** Place in `order` plus one, by slot; 0 is a slot that is not there. */
  let places = new Int32Array(64);
  let size = 0;

  const put = (slot: number, at: number): void => {
    order[at] = slot;
    places[slot] = at + 1;
  };
  const up = (from: number): void => {
    const slot = order[from] as number;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = order[parent] as number;
      if (!comesBefore(slot, above)) break;
      put(above, at);
      at = parent;
    }
    put(slot, at);
  };
  const down = (from: number): void => {
    const slot = order[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && comesBefore(order[right] as number, order[child] as number)) child = right;
      const below = order[child] as number;
      if (!comesBefore(below, slot)) break;
      put(below, at);
      at = child;
    }
    put(slot, at);
  };
  const takeAt = (at: number): void => {
    const slot = order[at] as number;
    places[slot] = 0;
    size -= 1;
    if (at === size) return;
    const last = order[size] as number;
    put(last, at);
    down(at);
    if (order[at] === last) up(at);
  };

  return {
    size: () => size,
    has: (slot) => (places[slot] ?? 0) > 0,
    insert(slot) {
      if (slot >= places.length) places = grownTo(places, slot + 1);
      if (size >= order.length) order = grownTo(order, size + 1);
      size += 1;
      put(slot, size - 1);
      up(size - 1);
    },
    raise: (slot) => up((places[slot] as number) - 1),
    remove(slot) {
      const place = places[slot] ?? 0;
      if (place > 0) takeAt(place - 1);
      return place > 0;
    },
    pop() {
      if (size === 0) return undefined;
      const first = order[0] as number;
      takeAt(0);
      return first;
    },
  };
}

/** The same numbers in an array half as long again, at least of `length`. */
export function grownTo<T extends Int32Array | Float64Array | Uint16Array | Uint8Array>(
  old: T,
  length: number,
): T {
  const grown = new (old.constructor as new (length: number) => T)(
    Math.max(length, Math.ceil(old.length * 1.5)),
  );
  grown.set(old);
  return grown;
}
