/**
 * Rotary scaling as GGUF tells it: a key for the linear kind, a tensor of divisors for Llama 3's.
 *
 * The tensor holds one number for each frequency, which divides it; Hugging Face's four numbers are found again from
 * it and are believed only if they give every divisor back. They are not unique (the length and the two frequency
 * factors may be scaled together, which changes nothing), so the usual ones are tried first.
 */
import { UsageError } from "../../base/errors.ts";
import type { RopeScaling } from "../rope-scaling.ts";

type Llama3 = Extract<RopeScaling, { readonly type: "llama3" }>;

/** The divisor of each of the `headDim / 2` frequencies. */
export function ropeDivisors(scaling: Llama3, theta: number, headDim: number): Float32Array {
  const { factor, lowFreqFactor: low, highFreqFactor: high, originalMaxPositionEmbeddings: length } = scaling;
  return Float32Array.from(waves(theta, headDim), (wave) => {
    if (wave < length / high) return 1;
    if (wave > length / low) return factor;
    const smooth = (length / wave - low) / (high - low);
    return 1 / ((1 - smooth) / factor + smooth);
  });
}

/** Hugging Face's numbers for the divisors in a file; undefined where all are 1. */
export function scalingFromDivisors(
  divisors: Float32Array,
  theta: number,
  lengths: readonly number[],
  path: string,
): RopeScaling | undefined {
  const factor = shortest(divisors.reduce((a, b) => Math.max(a, b), 1));
  if (factor === 1 && divisors.every((value) => value === 1)) return undefined;
  const headDim = 2 * divisors.length;
  const candidates = lengths.map(
    (length): Llama3 => ({
      type: "llama3",
      factor,
      lowFreqFactor: 1,
      highFreqFactor: 4,
      originalMaxPositionEmbeddings: length,
    }),
  );
  const solved = solve(divisors, theta, factor, lengths[0]!);
  for (const scaling of solved === undefined ? candidates : [...candidates, solved]) {
    const again = ropeDivisors(scaling, theta, headDim);
    if (again.every((value, index) => Math.abs(value / divisors[index]! - 1) < 1e-5)) return scaling;
  }
  throw new UsageError(
    `${path}: "rope_freqs.weight" stretches the positions in a way that is not Llama 3's; this engine cannot honour it`,
  );
}

/** Between the two limits the share 1 / divisor is a straight line in the frequency: two of its points give both. */
function solve(divisors: Float32Array, theta: number, factor: number, length: number): Llama3 | undefined {
  const points = waves(theta, 2 * divisors.length)
    .map((wave, index) => ({ x: length / wave, value: divisors[index]! }))
    .filter(({ value }) => value > 1.0001 && value < 0.9999 * factor)
    .map(({ x, value }) => ({ x, smooth: (1 / value - 1 / factor) / (1 - 1 / factor) }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const span = (last.x - first.x) / (last.smooth - first.smooth);
  const low = first.x - first.smooth * span;
  return {
    type: "llama3",
    factor,
    lowFreqFactor: Number(low.toPrecision(5)),
    highFreqFactor: Number((low + span).toPrecision(5)),
    originalMaxPositionEmbeddings: length,
  };
}

/** Positions after which each frequency has gone round once. */
function waves(theta: number, headDim: number): number[] {
  return Array.from({ length: headDim / 2 }, (_, index) => 2 * Math.PI * theta ** ((2 * index) / headDim));
}

/** The shortest decimal that is this float32: files store 1e-5 as 0.0000099999997…. */
export function shortest(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return value;
}
