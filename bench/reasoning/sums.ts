/**
 * A little evaluator of sums for the truth of the planted set, on its own so that it shares no mistake with the
 * checks: + − × ÷ ^ and brackets, and a reader that finds equations in prose.
 */

/** The value of an expression in figures. @throws Error for anything else */
export function evaluate(expression: string): number {
  const tokens =
    expression
      .replace(/(\d),(?=\d{3}\b)/g, "$1")
      .replace(/[−–]/g, "-")
      .replace(/×/g, "*")
      .replace(/÷/g, "/")
      .match(/\d+(?:\.\d+)?|[-+*/^()]|\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new Error(`"${expression}" is no sum at ${tokens[at] ?? "its end"}`);
  };
  const atom = (): number => {
    const token = tokens[at++];
    if (token === "-") return -atom();
    if (token === "(") {
      const value = sum();
      return tokens[at++] === ")" ? value : fail();
    }
    return token !== undefined && /^\d/.test(token) ? Number(token) : fail();
  };
  const power = (): number => {
    const base = atom();
    if (tokens[at] !== "^") return base;
    at++;
    return base ** power();
  };
  const product = (): number => {
    let value = power();
    while (tokens[at] === "*" || tokens[at] === "/")
      value = tokens[at++] === "*" ? value * power() : value / power();
    return value;
  };
  function sum(): number {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-")
      value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  }
  const value = sum();
  return at === tokens.length ? value : fail();
}

/** Whether "expression=value" holds to the digits that the value is said with. */
export function holds(equation: string): boolean {
  const [left = "", right = ""] = equation.split(/[=≈]/);
  const digits = /\.(\d+)\s*$/.exec(right)?.[1]?.length ?? 0;
  return Math.abs(evaluate(left) - evaluate(right)) <= 0.5 * 10 ** -digits + 1e-9;
}

const unitWords =
  " ?(?:drops|percentage points|mmol/L|mg/dL|mL/min|mg/kg|mL/kg|g/dL|g/L|mg/mL|mmHg|kg|lb/kg|lb|mg|mL|µg|g|L)";
const operand = String.raw`\(*\d+(?:,\d{3})*(?:\.\d+)?(?:${unitWords}(?![\w/]))?\)*`;
const written = new RegExp(
  String.raw`${operand}(?:\s?[-−+×÷*/^]\s?${operand})+\s?[=≈]\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%)?`,
  "g",
);

/** Equations that stand in a text, without their units; "1/4 = 25 %" as 100*(1/4)=25. */
export function equationsIn(text: string): string[] {
  return [...text.matchAll(written)].map(([found]) => {
    const plain = found
      .replace(new RegExp(`${unitWords}(?![\\w/])`, "g"), "")
      .replace(/(\d),(?=\d{3})/g, "$1");
    if (!/%\s*$/.test(found) || plain.startsWith("100 ")) return plain.replace(/\s?%/, "");
    const [left = "", right = ""] = plain.replace(/\s?%/, "").split(/[=≈]/);
    return `100*(${left})=${right}`;
  });
}
