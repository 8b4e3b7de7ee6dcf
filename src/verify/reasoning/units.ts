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
import { carriedFaults } from "./carried-names.ts";
import { rateFaults } from "./clinical-rates.ts";
import { factorFaults } from "./conversion-factors.ts";
import { conversionFaults } from "./conversions.ts";
import { doseTimeFaults, wholeFaults } from "./dose-times.ts";
import { drugUnitFaults } from "./drug-units.ts";
import type { UnitFault } from "./kinds.ts";
import { mixedUnitFaults } from "./mixed-units.ts";
import { plainText, trimmed } from "./notation.ts";
import { tokensOf } from "./numerals.ts";
import { solutionFaults } from "./percent-solutions.ts";
import { doseFaults, readingFaults } from "./possible-values.ts";
import { readingsIn } from "./readings.ts";
import type { Reasoning } from "./reasoning.ts";
import { restatementFaults } from "./restated.ts";
import { quantitiesOf } from "./spelled-quantities.ts";
import { toldConversionFaults } from "./told-conversions.ts";
import { answerFaults, askedOf, restatedFaults } from "./unit-answer.ts";
import { givenOf } from "./unit-context.ts";
import { namedFaults } from "./unit-expected.ts";
import { tellsMistake } from "./unit-mistakes.ts";
import { unitResults } from "./unit-results.ts";
import { unlikeSumFaults } from "./unlike-sums.ts";
import { valenceFaults } from "./valence.ts";

const name = "units";

/** Checks every quantity with a unit; one failed check for each that is wrong. */
export function checkUnits(reasoning: Reasoning): readonly Check[] {
  const text = plainText(reasoning.text);
  const tokens = tokensOf(text);
  const written = tokens.filter((token) => token.kind === "number" && token.unit !== undefined).length;
  const quantities = Math.max(written, quantitiesOf(text).length);
  const none: readonly Check[] = [{ name, passed: true, found: "no quantities with units" }];
  if (!/\d/.test(text) && quantities === 0) return none;
  const readings = readingsIn(text);
  const asked = askedOf(reasoning);
  const question = givenOf(reasoning);
  const given = question.text;
  const results = unitResults(text, tokens, given, asked.units);
  const found: UnitFault[] = [];
  const told = [
    ...toldConversionFaults(text, readings, given),
    ...restatementFaults(text, tokens, question),
    ...solutionFaults(text, given),
    ...valenceFaults(text, question),
    ...factorFaults(text, tokens, question.quantities, given, asked.units),
    ...doseTimeFaults(text, question),
    ...wholeFaults(text, question),
    ...rateFaults(text, question.quantities),
    ...drugUnitFaults(text, question.quantities),
    ...carriedFaults(text, given),
    ...unlikeSumFaults(text, question.quantities),
  ].filter(({ start, end }) => !tellsMistake(text, start, end, reasoning.letters));
  for (const fault of [
    ...conversionFaults(text, tokens, readings, given),
    ...mixedUnitFaults(tokens),
    ...readingFaults(text, readings, readingsIn(given)),
    ...doseFaults(text),
    ...results.faults,
    ...answerFaults(text, tokens, given, asked, results.confirmed),
    ...namedFaults(text, tokens, given),
    ...restatedFaults(tokens, readings, given),
    ...told,
  ])
    if (!found.some((other) => other.start < fault.end && fault.start < other.end)) found.push(fault);
  if (found.length === 0 && quantities === 0) return none;
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
