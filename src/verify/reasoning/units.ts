/**
 * Units in a text of reasoning, checked with UCUM (paper §3.2).
 *
 * Judged are: conversions ("500 mg = 5 g", "glucose 180 mg/dL (10 mmol/L)" with the molar mass of the analyte named),
 * quantities in a unit that they are never measured in ("heart rate 80 mmHg"), values that no living person has under
 * the unit written ("sodium 140 mg/dL", "temperature 98.6 °C"), doses in a unit that is far from any dose, sums and
 * products whose units do not go together, results that the units of a calculation do not give (unit-results.ts), or
 * that are not in the unit asked for (unit-answer.ts) or usual for their name (unit-expected.ts). A unit that is not
 * known is no fault, nor is a missing one.
 */
import type { Check } from "../../records/check.ts";
import { conversionFaults } from "./conversions.ts";
import type { UnitFault } from "./kinds.ts";
import { mixedUnitFaults } from "./mixed-units.ts";
import { plainText, trimmed } from "./notation.ts";
import { tokensOf } from "./numerals.ts";
import { doseFaults, readingFaults } from "./possible-values.ts";
import { readingsIn } from "./readings.ts";
import type { Reasoning } from "./reasoning.ts";
import { answerFaults, askedOf, restatedFaults } from "./unit-answer.ts";
import { namedFaults } from "./unit-expected.ts";
import { unitResults } from "./unit-results.ts";

const name = "units";

/** Checks every quantity with a unit; one failed check for each that is wrong. */
export function checkUnits(reasoning: Reasoning): readonly Check[] {
  const text = plainText(reasoning.text);
  const tokens = tokensOf(text);
  const quantities = tokens.filter((token) => token.kind === "number" && token.unit !== undefined).length;
  if (quantities === 0) return [{ name, passed: true, found: "no quantities with units" }];
  const readings = readingsIn(text);
  const given = plainText(`${reasoning.question.context ?? ""}\n${reasoning.question.stem}`);
  const asked = askedOf(reasoning);
  const results = unitResults(text, tokens, given, asked.units);
  const found: UnitFault[] = [];
  for (const fault of [
    ...conversionFaults(text, tokens, readings, given),
    ...mixedUnitFaults(tokens),
    ...readingFaults(text, readings, readingsIn(given)),
    ...doseFaults(text),
    ...results.faults,
    ...answerFaults(text, tokens, given, asked, results.confirmed),
    ...namedFaults(text, tokens, given),
    ...restatedFaults(tokens, readings, given),
  ])
    if (!found.some((other) => other.start < fault.end && fault.start < other.end)) found.push(fault);
  if (found.length === 0)
    return [
      {
        name,
        passed: true,
        found: `${quantities} ${quantities === 1 ? "quantity" : "quantities"} with units`,
      },
    ];
  return found.map((fault) => {
    const span = trimmed(text, fault.start, fault.end);
    const quoted = reasoning.text.slice(...span);
    return { name, passed: false, found: `"${quoted}": ${fault.says}`, evidence: quoted, span };
  });
}
