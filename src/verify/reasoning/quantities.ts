/**
 * Expressions evaluated with the units of their numbers: "1.5 L / 24 h" in mL/h is 62.5.
 *
 * A value exists only where every number that is added has a unit of one dimension and the result has the dimension
 * of the unit asked for; coefficients without unit may multiply.
 */
import type { Expression } from "./expression.ts";
import { unitFacts } from "./ucum.ts";

interface Quantity {
  /** In base units of UCUM. */
  readonly value: number;
  readonly exponents: readonly number[];
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((e, i) => e === b[i]);
const none = Array.from({ length: 10 }, () => 0);

/** Units with an offset scale, which can be neither multiplied nor added. */
const isOffset = (code: string): boolean => code === "Cel" || code === "[degF]";

function quantityOf(expression: Expression): Quantity | undefined {
  switch (expression.kind) {
    case "number": {
      const { value, unit } = expression.token;
      if (unit === undefined) return { value, exponents: none };
      const facts = isOffset(unit) ? undefined : unitFacts(unit);
      return facts && { value: value * facts.magnitude, exponents: facts.exponents };
    }
    case "range":
      return undefined;
    case "group": {
      const inner = quantityOf(expression.of);
      if (inner === undefined || expression.unit === undefined) return inner;
      const facts = unitFacts(expression.unit);
      if (facts === undefined || !same(inner.exponents, none)) return undefined;
      return { value: inner.value * facts.magnitude, exponents: facts.exponents };
    }
    case "negative": {
      const inner = quantityOf(expression.of);
      return inner && { ...inner, value: -inner.value };
    }
    case "call":
      return undefined;
    case "binary": {
      const left = quantityOf(expression.left);
      const right = quantityOf(expression.right);
      if (left === undefined || right === undefined) return undefined;
      return combine(expression.sign, left, right);
    }
  }
}

function combine(sign: string, left: Quantity, right: Quantity): Quantity | undefined {
  switch (sign) {
    case "+":
    case "-":
      if (!same(left.exponents, right.exponents)) return undefined;
      return { value: left.value + (sign === "+" ? right.value : -right.value), exponents: left.exponents };
    case "*":
    case "/": {
      const turn = sign === "*" ? 1 : -1;
      return {
        value: turn > 0 ? left.value * right.value : left.value / right.value,
        exponents: left.exponents.map((e, i) => e + turn * (right.exponents[i] as number)),
      };
    }
    case "^":
      if (!same(right.exponents, none)) return undefined;
      return { value: left.value ** right.value, exponents: left.exponents.map((e) => e * right.value) };
    default:
      return undefined;
  }
}

/** The expression's value in `unit`; nothing where its dimension is another or cannot be told. */
export function evaluateWithUnits(expression: Expression, unit: string): number | undefined {
  if (isOffset(unit)) return undefined;
  const facts = unitFacts(unit);
  if (facts === undefined) return undefined;
  const quantity = quantityOf(expression);
  if (quantity === undefined || !same(quantity.exponents, facts.exponents)) return undefined;
  return quantity.value / facts.magnitude;
}

/** The exponents of the expression's dimension; nothing where units are unknown or are mixed. */
export function exponentsOf(expression: Expression): readonly number[] | undefined {
  return quantityOf(expression)?.exponents;
}
