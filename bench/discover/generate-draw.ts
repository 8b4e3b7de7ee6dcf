/** Draws from a stream of uniform numbers: the few that writing a page needs, without a check for each. */

/** Uniform in [0, 1). */
export type Draw = () => number;

/** A whole number from low to high, both included. */
export function between(draw: Draw, low: number, high: number): number {
  return low + Math.floor(draw() * (high - low + 1));
}

/** One of several. */
export function oneOf<T>(draw: Draw, items: readonly T[]): T {
  return items[Math.floor(draw() * items.length)] as T;
}

/** Normal with mean 0 and standard deviation 1. */
export function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
