/** Numbers as people read them. */

/** A count: whole with commas, or two digits where it is small and not whole. */
export function count(value: number): string {
  return value >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString("en")
    : value.toPrecision(2);
}

/** Bytes as GiB, or MiB where they are few. */
export function gib(bytes: number): string {
  const value = bytes / 2 ** 30;
  return value >= 0.95 ? `${value.toFixed(1)} GiB` : `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB`;
}
