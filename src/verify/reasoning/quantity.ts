/**
 * A measured quantity of a patient: how it is called, in which units it comes, and what is possible.
 *
 * `usual` is wide: every value seen in the sick lies inside. It serves to tell a wrong unit ("haemoglobin 14 mg/dL":
 * 14 is usual in g/dL, 14 mg/dL never is). `life` is what no living person has had.
 */
import type { Substance } from "./ucum.ts";

export interface UsualUnit {
  readonly unit: string;
  readonly usual: readonly [low: number, high: number];
}

export interface Quantity {
  readonly key: string;
  /** Pattern of its names, English and Chinese. */
  readonly names: string;
  /** The first is the one in which `life` and every calculation are given. */
  readonly units: readonly [UsualUnit, ...UsualUnit[]];
  readonly life?: readonly [low: number, high: number];
  readonly substance?: Substance;
  /** What it can never be measured in. */
  readonly never: readonly Kind[];
}

/** What a unit measures, by name. */
export type Kind =
  | "pressure"
  | "temperature"
  | "rate"
  | "massConcentration"
  | "molarConcentration"
  | "equivalents"
  | "mass"
  | "volume"
  | "length"
  | "flow"
  | "share"
  | "time"
  | "amount";

export const concentrations: readonly Kind[] = ["massConcentration", "molarConcentration", "equivalents"];
export const vital: readonly Kind[] = [...concentrations, "temperature", "mass", "volume", "length", "flow"];
export const lab: readonly Kind[] = ["pressure", "temperature", "rate", "length", "volume", "flow"];
export const u = (unit: string, low: number, high: number): UsualUnit => ({ unit, usual: [low, high] });

export const blood: readonly Kind[] = [...concentrations, "pressure", "temperature", "rate", "length"];

/** A quantity whose values are not judged. */
export function kindOnly(key: string, names: string, unit: string, never: readonly Kind[]): Quantity {
  return { key, names, units: [u(unit, 0, Number.POSITIVE_INFINITY)], never };
}

export const notIn = (before: string, name: string): string => `(?<!(?:${before})[\\s-])(?:${name})`;
