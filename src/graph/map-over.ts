/** A read-only map over numbered things that are made when they are asked for. */

/** The map of `size` things: `numberOf` finds the number of a key, `keyAt` and `valueAt` go the other way. */
export function mapOver<V>(
  size: number,
  numberOf: (key: string) => number | undefined,
  keyAt: (index: number) => string,
  valueAt: (index: number) => V,
): ReadonlyMap<string, V> {
  function* through<T>(take: (index: number) => T): MapIterator<T> {
    for (let index = 0; index < size; index++) yield take(index);
  }
  const entries = (): MapIterator<[string, V]> => through((index) => [keyAt(index), valueAt(index)]);
  const map: ReadonlyMap<string, V> = {
    size,
    has: (key) => numberOf(key) !== undefined,
    get(key) {
      const index = numberOf(key);
      return index === undefined ? undefined : valueAt(index);
    },
    keys: () => through(keyAt),
    values: () => through(valueAt),
    entries,
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const [key, value] of entries()) visit(value, key, map);
    },
  };
  return map;
}
