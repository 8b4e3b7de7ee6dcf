/**
 * Calculations whose units do not go together: "5 mg + 3 mL = 8 mg", "5 mg/kg × 20 kg = 100 mL", "0.5 g + 250 mg =
 * 250.5 mg".
 *
 * Formulas carry coefficients whose units nobody writes ("0.8 × (4 − albumin)", "4 × 10 kg" for mL per hour), so a
 * product is judged only where every number in it has a unit, and a sum only where quantities stand bare on both sides.
 * That the numbers agree is the business of arithmetic.ts; here they agree and the units do not.
 */
import { type Equality, equalitiesIn } from "./chains.ts";
import { asMathjs, calculates, type Expression, numbersIn } from "./expression.ts";
import { kindOf, kindText, type UnitFault, unitText } from "./kinds.ts";
import type { NumberToken, Token } from "./numerals.ts";
import { evaluateWithUnits, exponentsOf } from "./quantities.ts";
import { recompute } from "./recompute.ts";
import { asPrinted, standsFor } from "./rounding.ts";
import { dimensionOf, unitFacts } from "./ucum.ts";

/** Equalities of the text whose units cannot be. */
export function mixedUnitFaults(tokens: readonly Token[]): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  for (const equality of equalitiesIn(tokens)) {
    const says = fault(equality);
    const start = equality.left?.start;
    const end = equality.right?.end;
    if (says !== undefined && start !== undefined && end !== undefined) faults.push({ start, end, says });
  }
  return faults;
}

function fault({ left, right }: Equality): string | undefined {
  if (left === undefined || right === undefined || !calculates(left.expression)) return undefined;
  const mixed = mixedSum(left.expression);
  if (mixed !== undefined) {
    const [a, b] = mixed;
    return `${textOf(a)} and ${textOf(b)} cannot be added or subtracted`;
  }
  if (right.expression.kind !== "number" || right.expression.token.unit === undefined) return undefined;
  const printed = right.expression.token as NumberToken & { unit: string };
  if (printed.unit === "%") return undefined;
  const value = recompute(asMathjs(left.expression, { percent: "fraction" }));
  // Numbers that do not agree are a fault of arithmetic.
  if (value === undefined || !standsFor(printed, value, true)) return undefined;
  const numbers = numbersIn(left.expression);
  if (!numbers.every((token) => token.unit !== undefined)) return scaled(left.expression, printed);
  const aware = evaluateWithUnits(left.expression, printed.unit);
  if (aware !== undefined) {
    if (standsFor(printed, aware, true) || Math.abs(aware - printed.value) <= 0.05 * Math.abs(aware))
      return undefined;
    return `with its units that is ${asPrinted(aware, printed)} ${unitText(printed.unit)}, not ${textOf(printed)}`;
  }
  return otherKind(left.expression, printed);
}

/** "2 × 500 mg = 1000 g": a count times a quantity keeps its unit. */
function scaled(expression: Expression, printed: NumberToken & { unit: string }): string | undefined {
  if (expression.kind !== "binary" || expression.sign !== "*") return undefined;
  const numbers = numbersIn(expression);
  const [count, quantity] = numbers[0]?.unit === undefined ? numbers : [...numbers].reverse();
  if (numbers.length !== 2 || count === undefined || quantity?.unit === undefined) return undefined;
  // Per kilogram of body weight is often left unsaid.
  if (count.decimals > 0 || count.value > 60 || quantity.unit === "kg" || quantity.unit === "m2")
    return undefined;
  const aware = evaluateWithUnits(expression, printed.unit);
  if (aware === undefined) {
    const [a, b] = [kindOf(quantity.unit), kindOf(printed.unit)];
    const isApart = (a === "mass" && b === "volume") || (a === "volume" && b === "mass");
    if (!isApart || quantity.unit.includes("/")) return undefined;
    return `${textOf(quantity)} times a number is ${kindText[a]}, not ${kindText[b]}`;
  }
  if (Math.abs(aware - printed.value) <= 0.05 * Math.abs(aware)) return undefined;
  return `${count.digits} × ${textOf(quantity)} is ${asPrinted(aware, printed)} ${unitText(printed.unit)}, not ${textOf(printed)}`;
}

/** Quantities that stand bare on both sides of a plus or minus and are of two dimensions. */
function mixedSum(expression: Expression): readonly [NumberToken, NumberToken] | undefined {
  if (expression.kind !== "binary" || (expression.sign !== "+" && expression.sign !== "-")) return undefined;
  const inner = mixedSum(expression.left) ?? mixedSum(expression.right);
  if (inner !== undefined) return inner;
  const left = expression.left.kind === "binary" ? lastOf(expression.left) : bare(expression.left);
  const right = bare(expression.right);
  if (left?.unit === undefined || right?.unit === undefined || left.unit === "%" || right.unit === "%")
    return undefined;
  const [a, b] = [kindOf(left.unit), kindOf(right.unit)];
  if (a === undefined || b === undefined || a === b) return undefined;
  // mEq/L and mmol/L are added all the time.
  if (a === "equivalents" && b === "molarConcentration") return undefined;
  if (b === "equivalents" && a === "molarConcentration") return undefined;
  return dimensionOf(left.unit) === dimensionOf(right.unit) ? undefined : [left, right];
}

const bare = (expression: Expression): NumberToken | undefined =>
  expression.kind === "number" ? expression.token : undefined;

function lastOf(expression: Expression): NumberToken | undefined {
  if (expression.kind !== "binary") return bare(expression);
  return expression.sign === "+" || expression.sign === "-" ? bare(expression.right) : undefined;
}

/** All numbers have units; their product is of a mass and the result of a volume, or the other way round. */
function otherKind(expression: Expression, printed: NumberToken & { unit: string }): string | undefined {
  const exponents = exponentsOf(expression);
  const said = unitFacts(printed.unit)?.exponents;
  if (exponents === undefined || said === undefined) return undefined;
  const apart = said.map((exponent, i) => exponent - (exponents[i] as number)).join(",");
  if (apart === massForVolume) return `the units give a volume, not a mass as ${unitText(printed.unit)}`;
  return apart === volumeForMass
    ? `the units give a mass, not a volume as ${unitText(printed.unit)}`
    : undefined;
}

/** Differences of exponents in the order of `unitFacts`: length, time, mass, and seven that are equal. */
const massForVolume = "-3,0,1,0,0,0,0,0,0,0";
const volumeForMass = "3,0,-1,0,0,0,0,0,0,0";

function textOf(token: NumberToken): string {
  return `${token.digits} ${unitText(token.unit as string)}`;
}
