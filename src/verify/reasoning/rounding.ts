/**
 * How far a printed number may be from what was calculated: the digits that are printed tell.
 *
 * A result that could have been printed exactly must be: 140 − 124 is 16 and never 17. One that could not may be
 * rounded or cut off at its last digit. After "about", zeros at the end of a whole number are places that were rounded
 * away ("about 300"), and the last digit may be off by one.
 */

interface Printed {
  readonly value: number;
  readonly decimals: number;
}

const closeTo = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** The size of the last digit: 0.01 for "1.25", 100 for "1,500" after "about". */
export function lastDigit({ value, decimals }: Printed, isAbout = false): number {
  if (decimals > 0 || !isAbout || value === 0) return 10 ** -decimals;
  let unit = 1;
  while (unit < 1e12 && Math.abs(value) % (unit * 10) === 0) unit *= 10;
  // "about 500" may be 490 and is not 447.
  return Math.max(1, Math.min(unit, 0.08 * Math.abs(value)));
}

/** Whether `printed` may stand for `exact`; `slack` is what the numbers calculated with leave open. */
export function standsFor(printed: Printed, exact: number, isAbout = false, slack = 0): boolean {
  const off = Math.abs(printed.value - exact);
  if (closeTo(printed.value, exact) || off <= slack * (1 + 1e-9)) return true;
  const unit = lastDigit(printed, isAbout);
  const step = 10 ** -printed.decimals;
  if (off <= unit / 2 + slack + 1e-9 * Math.abs(exact))
    return unit > step || !isWhole(exact / step) || slack > 0;
  if (isWhole(exact / step)) return false;
  // "3%" for 3.9 % is no rounding: of few digits the last one weighs too much to be cut off.
  const isCutOff = Math.abs(printed.value) < Math.abs(exact) && off <= 0.08 * Math.abs(exact);
  return (isCutOff || (isAbout && off <= 0.08 * Math.abs(exact))) && off < step + slack;
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-7;

/** `exact` with as many digits as `printed` shows, or more where these would all be zero. */
export function asPrinted(exact: number, printed: Printed): string {
  if (isWhole(exact)) return String(Math.round(exact));
  const small = Math.abs(exact) < 1 ? Math.ceil(-Math.log10(Math.abs(exact))) + 1 : 0;
  const decimals = Math.min(10, Math.max(printed.decimals, small, Math.abs(exact) < 10 ? 2 : 1));
  return String(Number(exact.toFixed(decimals)));
}
