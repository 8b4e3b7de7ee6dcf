/**
 * Which units the result of a calculation can have, from the units of what is calculated with.
 *
 * Reasoning drops units in its calculations ("86 / 2.62"), so a bare number takes every unit in which the same number
 * stands before, in the question or the text ("86 kg", "2.62 m²"), or none. A number that stands nowhere is a
 * coefficient, whose unit may be anything: a product with it is not judged, while in a sum it has the unit of the
 * other. 60, 24, 1000 and the like may convert, or be a time.
 */
import type { Expression } from "./expression.ts";
import type { NumberToken } from "./numerals.ts";
import { type Measure, measureOf, none, ratioOf, times } from "./unit-measure.ts";

/** One way to read the units of a result. */
export interface Possible {
  /** Nothing: a coefficient whose unit may be anything has a part in it. */
  readonly measure?: Measure;
  /** Numbers that may have converted the result. */
  readonly free: readonly number[];
  /** A bare number that converts; beside a quantity in a sum it is of that quantity. */
  readonly isBare?: true;
  /** A number that stands before with a unit was taken without. */
  readonly isWeak?: true;
  /** A number that stands nowhere before: a constant of a formula, whose sum may be of anything ("bicarbonate + 15"). */
  readonly isNew?: true;
  /** That number is no small one: that it stands there by chance is not likely. */
  readonly isDoubtful?: true;
}

/** The units in which a number stands before a place of the text. */
export type Known = (value: number, before: number) => readonly Possible[];

const hidden: Possible = { free: [] };
const constant: Possible = { free: [], isNew: true };
const converting: ReadonlyMap<number, readonly string[]> = new Map([
  [60, ["min", "s"]],
  [24, ["h"]],
  [1440, ["min"]],
  [3600, ["s"]],
  [7, ["d"]],
  [10, []],
  [100, []],
  [1000, []],
  [10000, []],
  [1000000, []],
]);
const MOST = 40;

/** Numbers that are not likely to stand in two places for two things. */
export function isSolid({ value }: NumberToken): boolean {
  return value > 10 || !Number.isInteger(value);
}

/** Every reading of the expression's units; none where its parts fit under no reading. */
export function possibleUnits(expression: Expression, known: Known): readonly Possible[] {
  switch (expression.kind) {
    case "number":
      return ofNumber(expression.token, known);
    case "group": {
      const measure = expression.unit === undefined ? undefined : measureOf(expression.unit);
      if (measure !== undefined) return [{ measure, free: [] }];
      return expression.unit === undefined ? possibleUnits(expression.of, known) : [hidden];
    }
    case "negative":
      return possibleUnits(expression.of, known);
    case "binary": {
      const left = possibleUnits(expression.left, known);
      if (expression.sign === "±") return left;
      if (expression.sign === "^") return left.map((each) => raised(each, expression.right));
      const right = possibleUnits(expression.right, known);
      const counted =
        expression.sign === "*"
          ? (count(expression.left, left, right) ?? count(expression.right, right, left))
          : undefined;
      if (counted !== undefined) return counted;
      const join = expression.sign === "+" || expression.sign === "-" ? added : multiplied;
      const turn = expression.sign === "/" ? -1 : 1;
      const all = left.flatMap((a) => right.flatMap((b) => join(a, b, turn, expression.sign === "+") ?? []));
      return all.length === 0 || all.length > MOST * MOST ? [hidden] : distinct(all).slice(0, MOST);
    }
    default:
      return [hidden];
  }
}

function ofNumber(token: NumberToken, known: Known): readonly Possible[] {
  // A share of a quantity, or grams in 100 mL.
  if (token.unit === "%")
    return [
      { measure: none, free: [100] },
      { measure: measureOf("g/mL") as Measure, free: [100] },
    ];
  if (token.unit !== undefined) {
    const measure = measureOf(token.unit);
    return [measure === undefined ? hidden : { measure, free: [] }];
  }
  const told = known(token.value, token.start);
  const means = converting.get(token.value);
  const bare: Possible[] =
    means === undefined
      ? []
      : [
          { measure: none, free: [token.value], isBare: true },
          ...means.map((unit) => ({ measure: measureOf(unit) as Measure, free: [token.value] })),
        ];
  if (told.length === 0) return bare.length === 0 ? [constant] : bare;
  const how = { isWeak: true as const, ...(isSolid(token) && { isDoubtful: true as const }) };
  const converted = bare.map((each) => ({ ...each, isWeak: true as const }));
  return [...told, ...converted, { measure: none, free: [], ...how }];
}

const bodily = ["kg", "m", "m2", "g/dL", "min"];

const bodies = ["kg", "m2"];

/** "3 × 8 units": a few times a quantity, but for body sizes and times, whose rate is often unsaid. */
function count(
  of: Expression,
  times: readonly Possible[],
  quantity: readonly Possible[],
): readonly Possible[] | undefined {
  if (of.kind !== "number" || of.token.unit !== undefined || times.some(({ measure }) => measure))
    return undefined;
  const { value } = of.token;
  if (!Number.isInteger(value) || value < 2 || value > 9) return undefined;
  const isFit = quantity.every(
    ({ measure }) =>
      measure !== undefined &&
      !bodily.some((body) => ratioOf(measureOf(body) as Measure, measure) !== undefined),
  );
  return isFit ? quantity : undefined;
}

function multiplied(a: Possible, b: Possible, turn: 1 | -1): Possible {
  if (a.measure === undefined || b.measure === undefined) return hidden;
  // "10 × 22 = 220 mL" for 22 kg: ten millilitres for each.
  if (
    turn > 0 &&
    ((a.isBare && !a.isWeak && isBody(b.measure)) || (b.isBare && !b.isWeak && isBody(a.measure)))
  )
    return hidden;
  const weak = {
    ...((a.isWeak || b.isWeak) && { isWeak: true as const }),
    ...((a.isDoubtful || b.isDoubtful) && { isDoubtful: true as const }),
  };
  return { measure: times(a.measure, b.measure, turn), free: [...a.free, ...b.free], ...weak };
}

const isBody = (measure: Measure): boolean =>
  bodies.some((body) => Math.abs((ratioOf(measureOf(body) as Measure, measure) ?? 0) - 1) < 0.01);

function added(a: Possible, b: Possible, _: 1 | -1, isSum: boolean): Possible | undefined {
  if (isSum && (a.isNew || b.isNew)) return hidden;
  // A small number that is a coefficient: "12 + 8" of Winter where a bicarbonate is 8.
  const isFree = (one: Possible): boolean => one.isBare === true || (one.isWeak === true && !one.isDoubtful);
  const [left, right] = [isFree(a) ? undefined : a.measure, isFree(b) ? undefined : b.measure];
  if (left === undefined || right === undefined)
    return left === undefined ? (right === undefined ? hidden : b) : a;
  const ratio = ratioOf(left, right);
  return ratio !== undefined && Math.abs(ratio - 1) < 0.01 ? a : undefined;
}

function raised(base: Possible, power: Expression): Possible {
  if (base.measure === undefined || power.kind !== "number") return hidden;
  const by = power.token.value;
  return {
    measure: { exponents: base.measure.exponents.map((e) => e * by), scale: base.measure.scale ** by },
    free: [],
    ...(base.isWeak && { isWeak: true }),
    ...(base.isDoubtful && { isDoubtful: true }),
  };
}

function distinct(all: readonly Possible[]): readonly Possible[] {
  const seen = new Map<string, Possible>();
  for (const each of all) {
    const key =
      each.measure === undefined
        ? "hidden"
        : `${each.measure.exponents.join()} ${each.measure.scale.toPrecision(6)} ${[...each.free].sort().join()} ${each.isWeak} ${each.isDoubtful}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

const bedside = (
  "mm[Hg] g/L mol/L g L m m2 L/min g/min mol mol/min mol/kg mol/kg/min g/kg L/kg kg/m2 g/kg/min L/kg/min g/m2 L/min/m2 " +
  "[iU] [iU]/min [iU]/kg [iU]/kg/min [iU]/mL kcal kcal/min kcal/kg {drops}/min"
).split(" ");
let measured: readonly Measure[] | undefined;

/** Whether a measure is one that is used at the bedside, and no product of numbers that stand together by chance. */
export function isUsual(measure: Measure): boolean {
  measured ??= bedside.flatMap((unit) => measureOf(unit) ?? []);
  return measured.some((each) => ratioOf(measure, each) !== undefined);
}

/** A number that may as well be a rate as convert: "600 / 10 = 60 units" of insulin for 600 g. */
export function isRound(token: NumberToken, known: Known): boolean {
  const isPower = [7, 10, 100, 1000, 10000, 1000000].includes(token.value);
  return isPower && token.unit === undefined && known(token.value, token.start).length === 0;
}

/** Whether `ratio` is 1 but for numbers that may have converted. */
export function isExplained(ratio: number, free: readonly number[]): boolean {
  let ratios = [ratio];
  for (const by of free) ratios = [...new Set(ratios.flatMap((each) => [each, each * by, each / by]))];
  return ratios.some((each) => Math.abs(each - 1) < 0.06);
}
