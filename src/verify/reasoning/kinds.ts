/** What the units of a text measure, by name, and how they are written for people. */
import type { Kind } from "./quantity.ts";
import { type Dimension, dimensionOf } from "./ucum.ts";

/** A fault of units, and where. */
export interface UnitFault {
  readonly start: number;
  readonly end: number;
  readonly says: string;
}

const samples: readonly (readonly [Kind, string])[] = [
  ["pressure", "mm[Hg]"],
  ["temperature", "Cel"],
  ["rate", "/min"],
  ["massConcentration", "g/L"],
  ["molarConcentration", "mol/L"],
  ["equivalents", "eq/L"],
  ["mass", "g"],
  ["volume", "L"],
  ["length", "m"],
  ["flow", "L/min"],
  ["share", "%"],
  ["time", "s"],
  ["amount", "mol"],
  ["amount", "eq"],
];

let byDimension: ReadonlyMap<Dimension, Kind> | undefined;

/** The kind of what a unit measures; nothing for any other dimension. */
export function kindOf(code: string): Kind | undefined {
  byDimension ??= new Map(samples.map(([kind, unit]) => [dimensionOf(unit) as Dimension, kind]));
  const dimension = dimensionOf(code);
  const kind = dimension === undefined ? undefined : byDimension.get(dimension);
  // "mg/g" and "mg/kg/day" have the dimensions of a share and a rate, and are doses.
  if (kind === "share" && code !== "%") return undefined;
  return kind === "rate" && !/^[/{]/.test(code) ? undefined : kind;
}

const written: Readonly<Record<string, string>> = {
  Cel: "°C",
  "[degF]": "°F",
  "mm[Hg]": "mmHg",
  "cm[H2O]": "cmH2O",
  "[lb_av]": "lb",
  "[oz_av]": "oz",
  "[in_i]": "in",
  "[ft_i]": "ft",
  "[iU]": "units",
  "{beats}/min": "/min",
  "{times}/min": "/min",
  ug: "mcg",
  a: "years",
  mo: "months",
  wk: "weeks",
  d: "days",
};

/** A UCUM code as people write it. */
export function unitText(code: string): string {
  return (
    written[code] ??
    code
      .replaceAll("meq", "mEq")
      .replaceAll("mosm", "mOsm")
      .replace(/^u(?=[a-zL])/, "µ")
  );
}

export const kindText: Readonly<Record<Kind, string>> = {
  pressure: "a pressure",
  temperature: "a temperature",
  rate: "a rate",
  massConcentration: "a concentration by mass",
  molarConcentration: "a molar concentration",
  equivalents: "a concentration in equivalents",
  mass: "a mass",
  volume: "a volume",
  length: "a length",
  flow: "a flow",
  share: "a share",
  time: "a time",
  amount: "an amount of substance",
};
