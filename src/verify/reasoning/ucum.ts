/**
 * UCUM, the unified code for units of measure, through the library of the National Library of Medicine.
 *
 * Loaded on first use: its tables take about 50 ms, and most texts name no quantity worth converting. The library
 * gives a mass and an amount of substance the same dimension only if told the molar mass, and an amount and its
 * equivalents if told the charge; `dimensionOf` keeps all of them apart.
 */
import { createRequire } from "node:module";

interface UcumUnit {
  readonly dim_?: { readonly dimVec_?: readonly number[] | null } | null;
  readonly magnitude_: number;
  readonly moleExp_: number;
  readonly equivalentExp_: number;
  readonly isArbitrary_: boolean;
  readonly isSpecial_: boolean;
}

interface UcumTools {
  getSpecifiedUnit(code: string, valid: "validate"): { readonly unit: UcumUnit | null };
  convertUnitTo(
    from: string,
    value: number,
    to: string,
    options: { readonly molecularWeight: number | null; readonly charge: number | null },
  ): { readonly status: string; readonly toVal: number | null };
}

const require = createRequire(import.meta.url);

let loaded: UcumTools | undefined;

function tools(): UcumTools {
  loaded ??= (
    require("@lhncbc/ucum-lhc") as { UcumLhcUtils: { getInstance(): UcumTools } }
  ).UcumLhcUtils.getInstance();
  return loaded;
}

/** What a unit measures: equal text for units that can be added. */
export type Dimension = string;

interface UnitFacts {
  readonly dimension: Dimension;
  /** Size in base units; of use between units of one dimension that are no temperatures. */
  readonly magnitude: number;
  /** The exponents behind the dimension: length, time, mass, angle, temperature, charge, light, amount, equivalents, arbitrary. */
  readonly exponents: readonly number[];
}

const known = new Map<string, UnitFacts | undefined>();

/** Dimension and size of a unit; nothing for a code that UCUM does not know. */
export function unitFacts(code: string): UnitFacts | undefined {
  if (known.has(code)) return known.get(code);
  const unit = tools().getSpecifiedUnit(code, "validate").unit;
  const vector = unit?.dim_?.dimVec_;
  let facts: UnitFacts | undefined;
  if (unit !== null && unit !== undefined && vector) {
    const exponents = [...vector, unit.moleExp_, unit.equivalentExp_, unit.isArbitrary_ ? 1 : 0].map(
      (e) => e || 0,
    );
    // One mole is counted as a number by the library; the exponent keeps it apart from plain counts.
    facts = { dimension: exponents.join(","), magnitude: unit.magnitude_, exponents };
  }
  known.set(code, facts);
  return facts;
}

/** What a unit measures; nothing for a code that UCUM does not know. */
export function dimensionOf(code: string): Dimension | undefined {
  return unitFacts(code)?.dimension;
}

export interface Substance {
  readonly molarMass?: number;
  /** Equivalents per mole, without sign. */
  readonly charge?: number;
}

/** `value` of unit `from` in unit `to`, or nothing where that cannot be. */
export function convert(from: string, value: number, to: string, of: Substance = {}): number | undefined {
  if (from === to) return value;
  const result = tools().convertUnitTo(from, value, to, {
    molecularWeight: of.molarMass ?? null,
    charge: of.charge ?? null,
  });
  return result.status === "succeeded" && result.toVal !== null ? result.toVal : undefined;
}
