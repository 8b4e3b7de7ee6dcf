/** Numbers as people read them. */
import { duration } from "../../base/log.ts";

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

/** Seconds, as days where they are many. */
export function timeText(seconds: number): string {
  return seconds < 2 * 24 * 3600 ? duration(seconds) : `${count(Math.round(seconds / (24 * 3600)))} days`;
}
