/**
 * Results of calculations whose unit the units of the calculation do not give: "86 kg / 2.62 m² = 32.8 kg/L",
 * "180 / 3 = 60 g" of 180 mg.
 *
 * The numbers have to agree (else it is a fault of arithmetic). A result whose unit is the one that is asked for is
 * let pass where units had to be recovered: the recovery may be by chance.
 */
import { type Equality, equalitiesIn } from "./chains.ts";
import { asMathjs, calculates, type Expression, numbersIn } from "./expression.ts";
import { type UnitFault, unitText } from "./kinds.ts";
import { type NumberToken, type Token, tokensOf } from "./numerals.ts";
import { readingsIn } from "./readings.ts";
import { recompute } from "./recompute.ts";
import { standsFor } from "./rounding.ts";
import { isExplained, isSolid, isUsual, type Known, type Possible, possibleUnits } from "./unit-algebra.ts";
import { apart, differInTime, type Measure, measureOf, ratioOf, times } from "./unit-measure.ts";

interface Told {
  readonly possible: Possible;
  /** From here on it is known; of the question from the first. */
  readonly from: number;
  /** The quantity in the text. */
  readonly token?: NumberToken;
}

export interface UnitResults {
  readonly faults: readonly UnitFault[];
  /** Where the results stand whose units are those that the calculation gives. */
  readonly confirmed: ReadonlySet<number>;
}

/** The results in the text by their units; `asked` are the units in which the question wants its answer. */
export function unitResults(
  text: string,
  tokens: readonly Token[],
  given: string,
  asked: readonly string[],
): UnitResults {
  const confirmed = new Set<number>();
  const equalities = equalitiesIn(tokens);
  if (!equalities.some(({ left, right }) => left && right && calculates(left.expression)))
    return { faults: [], confirmed };
  const told = new Map<number, Told[]>();
  tell(told, given, tokensOf(given), true);
  tell(told, text, tokens, false);
  const known: Known = (value, before) =>
    (told.get(value) ?? []).flatMap(({ possible, from }) => (from <= before ? [possible] : []));
  const faults: UnitFault[] = [];
  for (const equality of equalities) {
    const { left, right } = equality;
    if (left === undefined || right === undefined || !calculates(left.expression)) continue;
    const printed = right.expression.kind === "number" ? right.expression.token : undefined;
    if (printed === undefined) continue;
    const possibles = possibleUnits(left.expression, known);
    if (printed.unit === undefined) {
      // "2 × 133 = 266" hands its unit on.
      if (agrees(left.expression, printed))
        for (const possible of possibles) add(told, printed.value, possible, right.end);
      continue;
    }
    const says = wrong(text, equality, possibles, printed as Quantity, asked);
    if (says !== undefined) faults.push({ start: left.start, end: right.end, says });
    else if (isConfirmed(possibles, printed.unit)) confirmed.add(printed.start);
    faults.push(...strangers(left.expression, printed as Quantity, told));
  }
  return { faults: [...faults, ...mixtureFaults(tokens)], confirmed };
}

/** "40 mmol in 500 mL is 0.08 mmol/mL" */
function mixtureFaults(tokens: readonly Token[]): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  tokens.forEach((token, i) => {
    const [what, within, relation, printed] = [tokens[i - 1], tokens[i + 1], tokens[i + 2], tokens[i + 3]];
    if (token.kind !== "word" || token.text !== "in" || relation?.kind !== "relation") return;
    if (!isQuantity(what) || !isQuantity(within) || !isQuantity(printed)) return;
    const [a, b, said] = [measureOf(what.unit), measureOf(within.unit), measureOf(printed.unit)];
    const ratio = a && b && said && ratioOf(times(a, b, -1), said);
    if (ratio === undefined || tokens[i + 4]?.kind === "operator") return;
    const exact = (what.value / within.value) * ratio;
    if (Math.abs(exact - printed.value) <= 0.08 * exact) return;
    const says = `that is ${Number(exact.toPrecision(3))} ${unitText(printed.unit)}`;
    faults.push({ start: what.start, end: printed.end, says });
  });
  return faults;
}

const isQuantity = (token: Token | undefined): token is Quantity =>
  token?.kind === "number" && token.unit !== undefined;

function wrong(
  text: string,
  { left, right }: Equality,
  possibles: readonly Possible[],
  printed: Quantity,
  asked: readonly string[],
): string | undefined {
  if (left === undefined || right === undefined) return undefined;
  const said = measureOf(printed.unit);
  if (said === undefined || !agrees(left.expression, printed)) return undefined;
  const plain = possibles.filter(
    ({ measure, isWeak }) => !isWeak && measure !== undefined && isUsual(measure),
  );
  const isSure = numbersIn(left.expression).every((each) => each.unit !== undefined || isSolid(each));
  const isWritten = numbersIn(left.expression).every(({ unit }) => unit !== undefined);
  const isLikely = isWritten || (isSure && plain.length > 0);
  if (!isLikely && asked.some((unit) => apart(printed.unit, unit) === undefined)) return undefined;
  let nearest: number | undefined;
  for (const { measure, free, isWeak, isDoubtful } of possibles) {
    if (measure === undefined) return undefined;
    if (isDoubtful && plain.some((each) => !differInTime(each.measure as Measure, said))) continue;
    const ratio = ratioOf(measure, said);
    if (ratio !== undefined && isExplained(ratio, free)) return undefined;
    if (ratio !== undefined) nearest ??= ratio;
    else if (!isWeak && isLoose(text, left.start, right.end, measure, said)) return undefined;
  }
  if (nearest === undefined) return `the units of the calculation do not give ${unitText(printed.unit)}`;
  return `the unit is ${nearest > 1 ? Number(nearest.toPrecision(3)) : `1/${Number((1 / nearest).toPrecision(3))}`} of what the calculation gives`;
}

/**
 * Results that a later sum takes for what they are not: "= 100 mEq/L" before "100 − 60 = 40 mmHg" where 60 mmHg are
 * given.
 */
function strangers(
  sum: Expression,
  printed: Quantity,
  told: ReadonlyMap<number, readonly Told[]>,
): readonly UnitFault[] {
  if (sum.kind !== "binary" || (sum.sign !== "+" && sum.sign !== "-") || !agrees(sum, printed)) return [];
  const unitsOf = (number: NumberToken): readonly Told[] =>
    number.unit === undefined
      ? (told.get(number.value) ?? []).filter(({ from }) => from <= number.start)
      : [];
  const said = measureOf(printed.unit);
  const numbers = numbersIn(sum);
  const fits = ({ possible: { measure } }: Told): boolean =>
    measure !== undefined && said !== undefined && ratioOf(measure, said) !== undefined;
  if (said === undefined || !numbers.some((number) => unitsOf(number).some(fits))) return [];
  return numbers.flatMap((number) => {
    const [only, ...more] = unitsOf(number);
    if (
      only?.token?.unit === undefined ||
      more.length > 0 ||
      only.possible.measure === undefined ||
      fits(only)
    )
      return [];
    const { start, end, unit } = only.token;
    return [
      { start, end, says: `${unitText(unit)} here, and ${unitText(printed.unit)} where it is added up` },
    ];
  });
}

type Quantity = NumberToken & { unit: string };

function isConfirmed(possibles: readonly Possible[], unit: string): boolean {
  const said = measureOf(unit);
  return possibles.some(({ measure, free, isWeak }) => {
    if (isWeak) return false;
    const ratio = measure && said && ratioOf(measure, said);
    return ratio !== undefined && isExplained(ratio, free);
  });
}

const timely =
  /\b(?:days?|daily|hours?|hourly|minutes?|weeks?|weekly|h|min|q\d+h|every|each|per|rate|24)\b|[天日时分秒周每]/i;

/** "100 mg" of a dose by the hour where the sentence says so, and litres of water by the scales. */
function isLoose(text: string, start: number, end: number, is: Measure, said: Measure): boolean {
  const from = Math.max(...[". ", "\n", "。", "; "].map((stop) => text.lastIndexOf(stop, start) + 1));
  const rest = text.slice(end, end + 60).split(/[.\n。;]\s/)[0] ?? "";
  if (differInTime(is, said))
    return (
      (said.exponents[1] as number) < (is.exponents[1] as number) ||
      timely.test(`${text.slice(from, start)} ${rest}`)
    );
  const kilograms = measureOf("kg") as Measure;
  const litres = measureOf("L") as Measure;
  return isExplained(ratioOf(is, kilograms) ?? 0, []) && isExplained(ratioOf(said, litres) ?? 0, []);
}

function agrees(expression: Expression, printed: NumberToken): boolean {
  const value = recompute(asMathjs(expression, { percent: "fraction" }));
  return value !== undefined && standsFor(printed, value, true);
}

/** Every quantity of a text, under its number; "141/90 mmHg" are two. */
function tell(told: Map<number, Told[]>, text: string, tokens: readonly Token[], isGiven: boolean): void {
  tokens.forEach((token, i) => {
    if (token.kind !== "number" || token.unit === undefined) return;
    const measure = measureOf(token.unit);
    // Years of age stand in formulas without their unit.
    const possible: Possible =
      measure === undefined || token.unit === "a" ? { free: [] } : { measure, free: [] };
    const from = isGiven ? 0 : token.end;
    add(told, token.value, possible, from, isGiven ? undefined : token);
    const [slash, first] = [tokens[i - 1], tokens[i - 2]];
    if (
      slash?.kind === "operator" &&
      slash.sign === "/" &&
      first?.kind === "number" &&
      first.unit === undefined
    )
      add(told, first.value, possible, from);
  });
  for (const { quantity, value, unit, second, end } of readingsIn(text)) {
    if (unit !== undefined || second !== undefined) continue;
    for (const { unit: code, usual } of quantity.units) {
      const measure = measureOf(code);
      if (measure !== undefined && value >= usual[0] && value <= usual[1])
        add(told, value, quantity.key === "age" ? { free: [] } : { measure, free: [] }, isGiven ? 0 : end);
    }
  }
}

function add(
  told: Map<number, Told[]>,
  value: number,
  possible: Possible,
  from: number,
  token?: NumberToken,
): void {
  const all = told.get(value) ?? [];
  if (all.length < 12) all.push({ possible, from, ...(token && { token }) });
  told.set(value, all);
}
