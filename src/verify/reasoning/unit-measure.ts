/**
 * Units as what they measure and how large they are, compared as a clinician would: moles, equivalents and osmoles of
 * one solution count alike, and so do a litre and a kilogram of water below them.
 */
import { unitFacts } from "./ucum.ts";

export interface Measure {
  /** As in ucum.ts: length, time, mass, angle, temperature, charge, light, amount, equivalents, arbitrary. */
  readonly exponents: readonly number[];
  /** Size of one in base units. */
  readonly scale: number;
}

export const none: Measure = { exponents: Array.from({ length: 10 }, () => 0), scale: 1 };

/** What a unit measures; nothing for unknown units and those of an offset scale, which cannot be multiplied. */
export function measureOf(code: string): Measure | undefined {
  if (code === "Cel" || code === "[degF]" || code === "%") return undefined;
  // "15 drops" are a count, of what is often unsaid.
  if (/^\{[^}]*\}$/.test(code)) return undefined;
  const facts = unitFacts(code);
  return facts && { exponents: facts.exponents, scale: facts.magnitude };
}

/** The product of two measures, or their quotient for `turn` −1. */
export function times(a: Measure, b: Measure, turn: 1 | -1 = 1): Measure {
  return {
    exponents: a.exponents.map((e, i) => e + turn * (b.exponents[i] as number)),
    scale: turn > 0 ? a.scale * b.scale : a.scale / b.scale,
  };
}

/** One of `a` in units of `b`; nothing where they measure different things. */
export function ratioOf(a: Measure, b: Measure): number | undefined {
  const [left, right] = [inSolution(a), inSolution(b)];
  if (left.exponents.some((e, i) => Math.abs(e - (right.exponents[i] as number)) > 1e-9)) return undefined;
  // Equivalents per mole depend on the charge, which nobody writes.
  const charged = Math.abs((a.exponents[8] as number) - (b.exponents[8] as number)) > 1e-9;
  const ratio = left.scale / right.scale;
  return charged && ratio > 0.3 && ratio < 3.1 ? 1 : ratio;
}

/** Whether the two differ in nothing but a time that one of them is divided by: "100 mg" and "100 mg/h". */
export function differInTime(a: Measure, b: Measure): boolean {
  const isApart = (i: number): boolean =>
    Math.abs((a.exponents[i] as number) - (b.exponents[i] as number)) > 1e-9;
  if (!isApart(1) || a.exponents.some((_, i) => i !== 1 && isApart(i))) return false;
  const ratio = a.scale / b.scale;
  return [1, 60, 3600, 86400, 604800].some((by) =>
    [ratio * by, ratio / by].some((each) => Math.abs(each - 1) < 0.01),
  );
}

/** Equivalents as amounts, and "per kilogram of water" as "per litre". */
function inSolution({ exponents, scale }: Measure): Measure {
  const [length = 0, time = 0, mass = 0, ...rest] = exponents;
  const amount = (exponents[7] as number) + (exponents[8] as number);
  const tail = [...rest.slice(0, 4), amount, 0, exponents[9] as number];
  if (amount === 1 && mass === -1 && length === 0)
    return { exponents: [-3, time, 0, ...tail], scale: scale * 1e6 };
  return { exponents: [length, time, mass, ...tail], scale };
}

const annotated = (code: string): string | undefined => /^\{(beats|drops)\}/.exec(code)?.[1];

/**
 * How `said` is wrong where `due` is expected: of another dimension, of another size, or not at all. Units that UCUM
 * does not know, and shares, are never wrong.
 */
export function apart(said: string, due: string): "kind" | "size" | undefined {
  if (said === due) return undefined;
  const isHeat = (code: string): boolean => code === "Cel" || code === "[degF]";
  if (isHeat(said) || isHeat(due)) return isHeat(said) && isHeat(due) ? "size" : "kind";
  const [a, b] = [said === "%" ? none : measureOf(said), due === "%" ? none : measureOf(due)];
  if (a === undefined || b === undefined) return undefined;
  const ratio = ratioOf(a, b);
  if (ratio === undefined) return "kind";
  const [left, right] = [annotated(said), annotated(due)];
  if (left !== undefined && right !== undefined && left !== right) return "kind";
  return Math.abs(ratio - 1) > 0.02 ? "size" : undefined;
}
