/**
 * Sides that do the same work in turns, so that what else the machine does falls on all of them.
 *
 * A figure is the median of the rounds with the smallest and the largest beside it; a round before them warms up.
 */

/** What one round took and what it gave. */
interface Timing {
  readonly seconds: number;
  /** Units of work done: tokens, operations, steps. */
  readonly amount: number;
}

/** A program that can do some named work. */
export interface Side {
  readonly name: string;
  run(work: string): Promise<Timing>;
  /** Largest resident memory of its process so far. */
  peakMemoryBytes(): number | Promise<number>;
  close(): void | Promise<void>;
}

/** A side that this machine lacks something for. */
export interface Absent {
  readonly name: string;
  readonly unavailable: string;
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A side's figure in a row of the table. */
export interface Figure {
  readonly side: string;
  readonly value?: Spread;
  readonly unavailable?: string;
}

/** One line of the table. */
export interface Row {
  readonly part: string;
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly Figure[];
}

/** Amount a second of each side; a side that fails says why and is left out from then on. */
export async function takeTurns(
  sides: readonly (Side | Absent)[],
  work: string,
  rounds: number,
): Promise<Figure[]> {
  const rates = sides.map((): number[] => []);
  const failures = sides.map((side) => ("unavailable" in side ? side.unavailable : undefined));
  for (let round = 0; round <= rounds; round++) {
    for (const [i, side] of sides.entries()) {
      if (failures[i] !== undefined || "unavailable" in side) continue;
      try {
        const { seconds, amount } = await side.run(work);
        if (round > 0) rates[i]!.push(amount / seconds);
      } catch (error) {
        failures[i] = (error as Error).message;
      }
    }
  }
  return sides.map(({ name }, i) => {
    const unavailable = failures[i];
    return unavailable === undefined
      ? { side: name, value: spreadOf(rates[i]!) }
      : { side: name, unavailable };
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** The same row in another unit. */
export function scaledRow(row: Row, unit: string, factor: number): Row {
  const figures = row.figures.map((figure) => {
    if (figure.value === undefined) return figure;
    const { median, min, max } = figure.value;
    return { ...figure, value: { median: median * factor, min: min * factor, max: max * factor } };
  });
  return { ...row, unit, figures };
}

/** Peak memory of each side. */
export async function memoryRow(part: string, what: string, sides: readonly (Side | Absent)[]): Promise<Row> {
  const figures: Figure[] = [];
  for (const side of sides) {
    if ("unavailable" in side) figures.push({ side: side.name, unavailable: side.unavailable });
    else {
      const bytes = (await side.peakMemoryBytes()) / 2 ** 20;
      figures.push({ side: side.name, value: { median: bytes, min: bytes, max: bytes } });
    }
  }
  return { part, what, unit: "MiB at most", figures };
}
