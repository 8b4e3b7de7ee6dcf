/**
 * Numeric expressions evaluated by mathjs, and nothing but numeric expressions: numbers, the five operators, brackets,
 * roots and logarithms. Whatever else a text could smuggle in (names, assignments, units, matrices) is not evaluated.
 *
 * mathjs is loaded on first use: it takes half a second, and most texts contain no arithmetic.
 */
import { createRequire } from "node:module";
import type * as MathJs from "mathjs";

let loaded: Pick<typeof MathJs, "parse"> | undefined;

function mathjs(): Pick<typeof MathJs, "parse"> {
  // The build for plain numbers: half the loading time, and no other number type can come out.
  loaded ??= createRequire(import.meta.url)("mathjs/number") as Pick<typeof MathJs, "parse">;
  return loaded;
}

const calls = new Set(["sqrt", "cbrt", "log10", "log"]);
const operators = new Set(["+", "-", "*", "/", "^"]);

/** The value of a numeric expression in mathjs syntax; nothing if it is not purely numeric or not finite. */
export function recompute(expression: string): number | undefined {
  const root = mathjs().parse(expression);
  let isNumeric = true;
  root.traverse((node) => {
    const part = node as MathJs.MathNode & { op?: string; value?: unknown; name?: string };
    if (part.type === "ConstantNode") isNumeric &&= typeof part.value === "number";
    else if (part.type === "OperatorNode") isNumeric &&= operators.has(part.op ?? "");
    else if (part.type === "FunctionNode")
      isNumeric &&= calls.has((part as unknown as MathJs.FunctionNode).fn.name);
    else if (part.type === "SymbolNode") isNumeric &&= calls.has(part.name ?? "");
    else isNumeric &&= part.type === "ParenthesisNode";
  });
  if (!isNumeric) return undefined;
  const value: unknown = root.evaluate();
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
