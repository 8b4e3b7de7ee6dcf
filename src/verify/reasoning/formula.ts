/** What a clinical formula is: its names, what it takes, and every result that counts as right. */

/** Inputs of one formula by name; every name asked for is there. */
export type Inputs = Readonly<Record<string, number>>;

export interface Variant {
  readonly value: number;
  /** Unit the value is in, where the result could come in several. */
  readonly unit?: string;
  /** The formula with its numbers, as a person would write it. */
  readonly worked: string;
  /** For a range: half its width. */
  readonly spread?: number;
}

export interface Formula {
  readonly name: string;
  /** Pattern of its names; matched before the result. */
  readonly said: string;
  readonly flags?: "gu";
  /** The result stands before the name: "30 pack-years". */
  readonly isBefore?: true;
  /** Judged only in texts that say so: other rules give other results under the same name. */
  readonly only?: RegExp;
  readonly inputs: readonly string[];
  /** Taken where told. */
  readonly optional?: readonly string[];
  /** Relative error allowed beyond rounding; 0 where all inputs are taken as printed and only added. */
  readonly slack: number;
  /** Values beyond these are of something else (a percentage, a year). */
  readonly between: readonly [low: number, high: number];
  readonly variants: (inputs: Inputs) => readonly Variant[];
  /** Results of common wrong applications, with what went wrong. */
  readonly mistakes?: (inputs: Inputs) => readonly (readonly [value: number, what: string])[];
}

/** An input that is known to be there. */
export const get = (inputs: Inputs, key: string): number => inputs[key] as number;
/** A number as it is written in a worked formula. */
export const f = (value: number): string => String(Number(value.toPrecision(6)));
