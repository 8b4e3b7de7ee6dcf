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
import { quantitiesOf } from "./spelled-quantities.ts";
import {
  isExplained,
  isRound,
  isSolid,
  isUsual,
  type Known,
  type Possible,
  possibleUnits,
} from "./unit-algebra.ts";
import { apart, differInTime, type Measure, measureOf, ratioOf, times } from "./unit-measure.ts";

interface Told {
  readonly possible: Possible;
  /** From here on it is known; of the question from the first. */
  readonly from: number;
  /** The quantity in the text. */
  readonly token?: NumberToken;
}

interface UnitResults {
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
  const results = new Set<number>();
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
    const says = wrong(text, equality, possibles, printed as Quantity, asked, known);
    if (says !== undefined) faults.push({ start: left.start, end: right.end, says });
    else if (isConfirmed(possibles, printed.unit)) confirmed.add(printed.start);
    faults.push(...strangers(left.expression, printed as Quantity, told, results));
    results.add(printed.start);
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
  known: Known,
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
  if (isConverted(left.expression, printed, said, known)) return undefined;
  let nearest: number | undefined;
  for (const { measure, free, isWeak, isDoubtful } of possibles) {
    if (measure === undefined) return undefined;
    const isTimes = !isWritten && !isWeak && measure.exponents.every((e) => e === 0);
    if (isTimes && counted.some((unit) => ratioOf(measureOf(unit) as Measure, said) !== undefined))
      return undefined;
    if (isDoubtful && plain.some((each) => !differInTime(each.measure as Measure, said))) continue;
    const ratio = ratioOf(measure, said);
    if (ratio !== undefined && isExplained(ratio, free)) return undefined;
    if (ratio !== undefined) nearest ??= ratio;
    else if (!isWeak && isLoose(text, left.start, right.end, measure, said)) return undefined;
  }
  if (nearest === undefined && numbersIn(left.expression).some((each) => isRound(each, known)))
    return undefined;
  if (nearest === undefined) return `the units of the calculation do not give ${unitText(printed.unit)}`;
  return `the unit is ${nearest > 1 ? Number(nearest.toPrecision(3)) : `1/${Number((1 / nearest).toPrecision(3))}`} of what the calculation gives`;
}

/** What is given by the number of times that one goes into the other: "180 / 30 = 6 units". */
const counted = ["mL", "mg", "mmol", "[iU]"];

/** "154 / 2.2 = 70 kg" of 154 lb: one of the numbers is the result in another unit. */
function isConverted(of: Expression, printed: Quantity, said: Measure, known: Known): boolean {
  return numbersIn(of).some(({ value, unit, start }) => {
    const own = unit === undefined ? undefined : measureOf(unit);
    const measures = unit === undefined ? known(value, start).map(({ measure }) => measure) : [own];
    return measures.some((measure) => {
      const ratio = measure && ratioOf(measure, said);
      return ratio !== undefined && Math.abs(value * ratio - printed.value) <= 0.03 * printed.value;
    });
  });
}

/**
 * Results that a later sum takes for what they are not: "= 100 mEq/L" before "100 − 60 = 40 mmHg" where 60 mmHg are
 * given.
 */
function strangers(
  sum: Expression,
  printed: Quantity,
  told: ReadonlyMap<number, readonly Told[]>,
  results: ReadonlySet<number>,
): readonly UnitFault[] {
  if (sum.kind !== "binary" || !isPlainSum(sum) || !agrees(sum, printed)) return [];
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
      !results.has(only.token.start) ||
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

function isPlainSum(of: Expression): boolean {
  if (of.kind === "group") return isPlainSum(of.of);
  if (of.kind !== "binary") return of.kind === "number";
  return (of.sign === "+" || of.sign === "-") && isPlainSum(of.left) && isPlainSum(of.right);
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

/**
 * What people leave unsaid: the hour that a sentence speaks of, "per kilogram" of a factor ("15 mg × 20 kg"), and
 * that a litre of water weighs a kilogram.
 */
function isLoose(text: string, start: number, end: number, is: Measure, said: Measure): boolean {
  const from = Math.max(...[". ", "\n", "。", "; "].map((stop) => text.lastIndexOf(stop, start) + 1));
  const rest = text.slice(end, end + 60).split(/[.\n。;]\s/)[0] ?? "";
  const around = `${text.slice(from, start)} ${rest}`;
  if (differInTime(is, said))
    return (said.exponents[1] as number) < (is.exponents[1] as number) || timely.test(around);
  if (bodies.some((unit) => isOne(times(is, said, -1), unit))) return !said.exponents.some((e) => e < -1);
  return isOne(is, "kg") && isOne(said, "L");
}

const bodies = ["kg", "m2"];

function isOne(measure: Measure, unit: string): boolean {
  const ratio = ratioOf(measure, measureOf(unit) as Measure);
  return ratio !== undefined && Math.abs(ratio - 1) < 0.01;
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
    const one = oneBeside(tokens, i);
    const by = one === undefined ? undefined : measureOf(one.unit);
    if (measure !== undefined && by !== undefined)
      add(told, token.value, { measure: times(measure, by, -1), free: [] }, from);
    const [slash, first] = [tokens[i - 1], tokens[i - 2]];
    if (
      slash?.kind === "operator" &&
      slash.sign === "/" &&
      first?.kind === "number" &&
      first.unit === undefined
    )
      add(told, first.value, possible, from);
  });
  for (const { value, measure, end } of ratesIn(text))
    add(told, value, { measure, free: [] }, isGiven ? 0 : end);
  for (const { quantity, value, unit, second, end } of readingsIn(text)) {
    if (unit !== undefined || second !== undefined || (!isGiven && told.has(value))) continue;
    for (const { unit: code, usual } of quantity.units) {
      const measure = measureOf(code);
      if (measure !== undefined && value >= usual[0] && value <= usual[1])
        add(told, value, quantity.key === "age" ? { free: [] } : { measure, free: [] }, isGiven ? 0 : end);
    }
  }
}

/** "One IU/kg raises the level by 2 IU/dL": so much for each of the other. */
function ratesIn(text: string): readonly { value: number; measure: Measure; end: number }[] {
  const all = quantitiesOf(text);
  return all.flatMap((one, i) =>
    [all[i - 1], all[i + 1]].flatMap((other) => {
      if (other === undefined || !other.isOne) return [];
      const [left, right] = other.start < one.start ? [other, one] : [one, other];
      const between = text.slice(left.end, right.start);
      if (between.length > 60 || /[.。;；\n]/.test(between)) return [];
      const [a, b] = [measureOf(one.unit), measureOf(other.unit)];
      return a && b ? [{ value: one.value, measure: times(a, b, -1), end: right.end }] : [];
    }),
  );
}

/** The one of "20 mg in 1 mL" and "1 kg = 2.2 lb". */
function oneBeside(tokens: readonly Token[], at: number): Quantity | undefined {
  const joins = (token: Token | undefined): boolean =>
    token?.kind === "relation" ||
    (token?.kind === "word" && /^(?:in|per|for|to|has|holds|contains|含)$/i.test(token.text));
  const [before, after] = [tokens[at - 2], tokens[at + 2]];
  if (joins(tokens[at + 1]) && isQuantity(after) && after.value === 1) return after;
  return joins(tokens[at - 1]) && isQuantity(before) && before.value === 1 ? before : undefined;
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
