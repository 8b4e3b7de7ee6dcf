/**
 * Seeded random numbers: xoshiro128** with its state in the open, so that a stage can store it and go on from it.
 *
 * Invariant: nothing in this program draws from `Math.random`. A generator is passed as an argument; `fork` makes
 * an independent one for a named purpose, so that adding a draw in one place does not move the draws of another.
 *
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021), xoshiro128**.
 */
import { createHash } from "node:crypto";
import { invariant } from "./errors.ts";

/** The whole state of a generator: four unsigned 32-bit words. */
export type RandomState = readonly [number, number, number, number];

export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** One element, uniformly. */
  pick<T>(items: readonly T[]): T;
  /** One index, with probability in proportion to its weight (weights ≥ 0, at least one > 0). */
  weighted(weights: readonly number[]): number;
  /** A new array in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** `count` different elements in random order; all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Normal with mean 0 and standard deviation 1 (Box–Muller). */
  normal(): number;
  /** An independent generator for the purpose `name`; draws nothing from this one. */
  fork(name: string): Random;
  state(): RandomState;
}

/** A generator from a seed and a path of names; the same arguments give the same numbers on every machine. */
export function seededRandom(seed: number | string, ...path: readonly string[]): Random {
  const digest = createHash("sha256")
    .update([String(seed), ...path].join("\u001f"))
    .digest();
  const words = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at)) as [number, number, number, number];
  return fromState(words, `${seed}\u001f${path.join("\u001f")}`);
}

/** A generator that continues from a stored state. */
export function resumedRandom(state: RandomState, name = "resumed"): Random {
  invariant(
    state.some((word) => word !== 0),
    "the state of a random generator must not be all zeros",
  );
  return fromState([...state] as [number, number, number, number], name);
}

function fromState(s: [number, number, number, number], label: string): Random {
  const word = (): number => {
    const r = Math.imul(s[1], 5);
    const result = Math.imul((r << 7) | (r >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  };
  const next = (): number => word() / 4294967296;
  const integer = (bound: number): number => {
    invariant(
      Number.isInteger(bound) && bound > 0,
      `a random integer needs a bound of at least 1, got ${bound}`,
    );
    return Math.floor(next() * bound);
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  };
  return {
    next,
    integer,
    pick: (items) => items[integer(items.length)] as (typeof items)[number],
    weighted(weights) {
      const total = weights.reduce((sum, w) => sum + w, 0);
      invariant(total > 0, "a weighted draw needs at least one positive weight");
      let left = next() * total;
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i] as number;
        if (left < 0) return i;
      }
      return weights.findLastIndex((w) => w > 0);
    },
    shuffle,
    sample: (items, count) => shuffle(items).slice(0, count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (name) => seededRandom(label, "fork", name),
    state: () => [s[0] >>> 0, s[1] >>> 0, s[2] >>> 0, s[3] >>> 0],
  };
}
