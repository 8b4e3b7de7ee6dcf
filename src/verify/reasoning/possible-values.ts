/**
 * Readings and doses whose unit cannot be: of another kind than the quantity ("heart rate 80 mmHg"), or one under
 * which the number is beyond life while it is usual in another ("haemoglobin 14 mg/dL").
 */
import { drugDoses } from "./doses.ts";
import { kindOf, kindText, type UnitFault, unitText } from "./kinds.ts";
import { numberAt } from "./numerals.ts";
import type { Quantity } from "./quantity.ts";
import type { NamedReading } from "./readings.ts";
import { convert } from "./ucum.ts";

/** Readings of the text whose unit is impossible, and which the question does not give so. */
export function readingFaults(
  text: string,
  readings: readonly NamedReading[],
  given: readonly NamedReading[],
): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  for (const reading of readings) {
    if (reading.unit === undefined || reading.isUrine) continue;
    if (!isOfPatient(text, reading)) continue;
    // What the question says is not the reasoning's fault.
    const { quantity, value, unit } = reading;
    if (given.some((each) => each.quantity === quantity && each.value === value && each.unit === unit))
      continue;
    const says = impossible(text, reading, reading.unit);
    if (says !== undefined) faults.push({ start: reading.start, end: reading.end, says });
  }
  return faults;
}

function impossible(text: string, reading: NamedReading, unit: string): string | undefined {
  const { quantity, value } = reading;
  const kind = kindOf(unit);
  const canonical = quantity.units[0].unit;
  const inCanonical = convert(unit, value, canonical, quantity.substance);
  if (kind !== undefined && isNever(text, reading, kind)) {
    const expected = quantity.units.map((each) => unitText(each.unit)).join(" or ");
    return `${unitText(unit)} is the unit of ${kindText[kind]}; ${reading.name} is given in ${expected}`;
  }
  if (inCanonical === undefined) return undefined;
  // A reference or a change is no value of a patient, but its unit has to fit all the same.
  if (reading.isOther && !isReference(text, reading)) return undefined;
  if (quantity.key === "weight" || quantity.key === "age")
    return beyond(quantity, value, unit, inCanonical, false);
  return beyond(quantity, value, unit, inCanonical, true);
}

/** "A normal haemoglobin is 14 mg/dL": what is custom lies within life as well. */
function isReference(text: string, { start, isUrine }: NamedReading): boolean {
  if (isUrine) return false;
  return /(?:\b(?:normal|healthy|usual|target|goal|reference)|正常)\s*(?:serum |plasma |blood |adult )?$/i.test(
    text.slice(Math.max(0, start - 30), start),
  );
}

function beyond(
  quantity: Quantity,
  value: number,
  unit: string,
  inCanonical: number,
  bySwap: boolean,
): string | undefined {
  const canonical = quantity.units[0];
  const shown = unit === canonical.unit ? "" : `, that is ${round(inCanonical)} ${unitText(canonical.unit)},`;
  const fitting = quantity.units.find(
    (each) =>
      each.unit !== unit && value >= each.usual[0] && value <= each.usual[1] && !isSame(each.unit, unit),
  );
  const hint = fitting === undefined ? "" : `; ${value} ${unitText(fitting.unit)} would be possible`;
  const [low, high] = quantity.life ?? [0, Number.POSITIVE_INFINITY];
  // The height of a tumour or the weight of a stone fits no other unit.
  const isBody = quantity.key === "height" || quantity.key === "weight";
  if ((inCanonical < low || inCanonical > high) && (fitting !== undefined || !isBody))
    return `${value} ${unitText(unit)}${shown} is beyond life${hint}`;
  const [least, most] = canonical.usual;
  if (bySwap && fitting !== undefined && value > 0 && (inCanonical < least || inCanonical > most))
    return `${value} ${unitText(unit)}${shown} is not seen in the living${hint}`;
  return undefined;
}

/** Whether two units are of equal size for this purpose: mEq/L and mmol/L of a single charge. */
const isSame = (a: string, b: string): boolean => convert(a, 1, b, { charge: 1 }) === 1;

const round = (value: number): string => String(Number(value.toPrecision(3)));

function isNever(text: string, reading: NamedReading, kind: NonNullable<ReturnType<typeof kindOf>>): boolean {
  const { quantity } = reading;
  if (reading.isSerum && (kind === "mass" || kind === "amount") && quantity.units[0].unit.includes("/"))
    return true;
  // What carries no charge has no equivalents.
  const { substance } = quantity;
  if (kind === "equivalents" && substance?.molarMass !== undefined && substance.charge === undefined)
    return true;
  if (!quantity.never.includes(kind)) return false;
  // "Ca", "Cr", "K" and "T" are short for much else.
  const letters = /^[A-Za-z]{1,2}(?=[\s:=,(])/.exec(text.slice(reading.start, reading.start + 3));
  if (letters !== null && substance !== undefined)
    return kind === "pressure" || kind === "rate" || kind === "temperature";
  // "respirations 20, temperature", "pulse 80, 120 mm": a comma may begin something else.
  const between = text.slice(reading.start, reading.end);
  if (/,/.test(between.replace(/\d,\d/g, ""))) return false;
  if (quantity.key === "weight" && kind === "length") return /body|weighs|体重/i.test(between);
  if (quantity.key === "age") return /^aged?\s+(?:is\s+|of\s+)?\d/i.test(between);
  return true;
}

const animals =
  /\b(?:mice|mouse|rats?|murine|rabbits?|pigs?|porcine|dogs?|canine|animals?|zebrafish|chick\w*|larva\w*|cells? culture|incubat\w+)\b/i;
const otherHeat =
  /\b(?:stor(?:ed|age)|room|water|ambient|boil\w*|autoclav\w*|incubat\w*|steril\w*|refrigerat\w*|freez\w*|frozen|heat(?:ed|ing)|melt\w*|bath|oven|air|ablation|probe|cool(?:ed|ing)|anneal\w*|denatur\w*|enzyme|reaction|solution|culture|PCR|soil|sea|environment\w*|pasteur\w*)\b/i;
const organs =
  /\b(?:spleen|uter\w+|thyroid|gland|heart|kidneys?|liver|lungs?|brain|tumou?r|mass|specimen|placenta\w*|prostate|organ|stone|molecul\w*|food|stool|dry|wet|graft|calcul\w+|adenoma|tissue|[mµ]?mol|moles?|tablet|pill|ion|atom|gain|loss|lost|gained|testis|testes|ovar\w+|breast|resected|implant)\b/i;

function isOfPatient(text: string, { quantity, start, end }: NamedReading): boolean {
  const around = text.slice(Math.max(0, start - 70), Math.min(text.length, end + 40));
  switch (quantity.key) {
    case "temperature":
      return !otherHeat.test(around) && !animals.test(around);
    case "weight":
      return !organs.test(around) && !animals.test(text);
    case "height":
      return !/\b(?:fall|fell|falling|jump\w*|drop\w*|tumou?r|wall|stairs|table|plant)\b/i.test(around);
    case "albumin":
      return !/%|solution|infus|输注|补充/i.test(around);
    case "age":
      return !animals.test(text);
    default:
      return true;
  }
}

const drugs = drugDoses.map((dose) => ({
  ...dose,
  pattern: new RegExp(
    `(?<![\\p{L}-])(?<!molecular[- ]weight )(?:${dose.names})(?![\\p{L}-])(?:\\s*\\((?:[\\p{L}\\s-]{2,20})\\))?(?:[\\s:,]|(?:at|of|a|an|dose|dosed|doses|the|is|was|in|daily|given|started|oral|orally|intravenous|intravenously|IV|IM|PO|per day|therapy|tablets?|only|about|single|loading|initial|maintenance|starting)(?![\\p{L}]))*(?=[\\d.])`,
    "giu",
  ),
}));
const dosed =
  /(?:\b(?:dose of|doses of|administer(?:ed|ing)?|prescribe[ds]?|takes|taking)\s+(?:about\s+)?)(?=[\d.])/giu;

/** Doses whose unit is no unit of a dose, or a long way off from every dose of the drug. */
export function doseFaults(text: string): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  for (const match of text.matchAll(dosed)) {
    const number = numberAt(text, match.index + match[0].length);
    const kind = number?.unit === undefined ? undefined : kindOf(number.unit);
    if (number === undefined || (kind !== "pressure" && kind !== "temperature")) continue;
    faults.push({
      start: match.index,
      end: number.end,
      says: `${unitText(number.unit as string)} is no unit of a dose`,
    });
  }
  for (const { pattern, unit, span } of drugs) {
    for (const match of text.matchAll(pattern)) {
      const number = numberAt(text, match.index + match[0].length);
      if (number?.unit === undefined) continue;
      const says = doseFault(number.value, number.unit, unit, span);
      if (says !== undefined) faults.push({ start: match.index, end: number.end, says });
    }
  }
  return faults;
}

/** What is wrong with the unit of a dose of a drug that is given in `usual`, within `span`. */
export function doseFault(
  value: number,
  written: string,
  usual: string,
  span: readonly [number, number],
): string | undefined {
  const kind = kindOf(written);
  if (kind === "pressure" || kind === "temperature" || written === "{beats}/min" || written === "{times}/min")
    return `${unitText(written)} is no unit of a dose; it is given in ${unitText(usual)}`;
  const base = written.replace(/\/d$/, "");
  const isByUnits = usual === "[iU]";
  const other = kindOf(base);
  if (isByUnits && (other === "mass" || other === "volume"))
    return `it is given in units, not in ${unitText(base)}`;
  if (!isByUnits && (base === "[iU]" || base === "meq"))
    return `it is given in ${unitText(usual)}, not in ${unitText(base)}`;
  const dose = convert(base, value, usual);
  if (dose === undefined) return undefined;
  const [low, high] = span;
  const isFar = dose > high * 10 || dose < low / 10;
  // The number has to fit the drug in some unit of mass, or it is some other quantity.
  const fits = [0.001, 1, 1000].some((factor) => value * factor >= low / 2 && value * factor <= high * 2);
  if (!isFar || !fits) return undefined;
  return `${value} ${unitText(written)} is ${round(dose)} ${unitText(usual)}, far from any dose; doses are ${low} to ${high} ${unitText(usual)}`;
}
