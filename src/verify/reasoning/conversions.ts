/**
 * Conversions stated in a text: a quantity set equal to another in a different unit.
 *
 * Between amounts and masses the molar mass of the analyte named before (or right after) is taken; where none is named
 * nothing is judged. "=", "equals" and the like claim equality; brackets and "or" may state a second thing ("1 g
 * (500 mg twice)"), so there a mass, volume or length counts as wrong only if it is near or off by a power of ten, and
 * a time never.
 */
import { kindOf, kindText, type UnitFault, unitText } from "./kinds.ts";
import { type NumberToken, type Token, tokensOf } from "./numerals.ts";
import { quantities } from "./quantity-table.ts";
import type { NamedReading } from "./readings.ts";
import { lastDigit } from "./rounding.ts";
import { convert, type Substance } from "./ucum.ts";

/** A quantity and what it is said to be in another unit. */
export interface Pair {
  readonly left: NumberToken;
  readonly right: NumberToken;
  /** How sure it is that equality is meant. */
  readonly claim: "equal" | "is" | "brackets";
  readonly about: boolean;
  /** Where the left quantity begins, with what is added to it ("5 ft 10 in"). */
  readonly start: number;
  /** In the unit of `left`. */
  readonly value: number;
}

const keyOf = ({ left, right }: Pair): string => `${left.digits} ${left.unit} ${right.digits} ${right.unit}`;

/** Conversions in the text that are wrong and do not stand so in the question. */
export function conversionFaults(
  text: string,
  tokens: readonly Token[],
  readings: readonly NamedReading[],
  givenText: string,
): readonly UnitFault[] {
  const faults: UnitFault[] = [];
  const given = new Set<string>();
  for (const pair of pairsIn(givenText, tokensOf(givenText))) given.add(keyOf(pair));
  for (const pair of pairsIn(text, tokens)) {
    if (isOfAnother(text, pair.start, pair.right)) continue;
    const says = wrong(pair, substanceAt(text, pair, readings));
    const end = text[pair.right.end] === ")" ? pair.right.end + 1 : pair.right.end;
    if (says !== undefined && !given.has(keyOf(pair))) faults.push({ start: pair.start, end, says });
  }
  return faults;
}

const isUnit = (token: Token | undefined): token is NumberToken & { unit: string } =>
  token?.kind === "number" && token.unit !== undefined;

function* pairsIn(text: string, tokens: readonly Token[]): Generator<Pair> {
  for (let i = 0; i < tokens.length; i++) {
    const left = tokens[i];
    if (!isUnit(left)) continue;
    const link = linkAfter(tokens, i);
    if (link === undefined || !standsAlone(text, tokens, i)) continue;
    const right = tokens[link.at];
    if (!isUnit(right)) continue;
    const [start, value] = withLarger(text, tokens, i, left);
    const last = tokens[link.at + 1];
    // "180 cm (5 ft 11 in)": what follows in a smaller unit is added.
    const isCompound =
      isUnit(last) && text.slice(right.end, last.start).trim() === "" && isSmaller(last.unit, right.unit);
    const whole = isCompound ? compound(right, last) : right;
    const next = link.at + (isCompound ? 2 : 1);
    if (whole.unit === left.unit || !endsHere(text, tokens, next, link.claim, whole)) continue;
    yield { left, right: whole, claim: link.claim, about: link.about, start, value };
  }
}

interface Link {
  /** Index of the number that is said to be equal. */
  readonly at: number;
  readonly claim: Pair["claim"];
  readonly about: boolean;
}

/** What ties the quantity at `i` to the next: a relation, brackets, or "convert … to". */
function linkAfter(tokens: readonly Token[], i: number): Link | undefined {
  let at = i + 1;
  // "5 mmol/L of glucose corresponds to", "a 70 kg man (154 lb)"
  let words = 0;
  while (tokens[at]?.kind === "word" && words < 3) {
    at++;
    words++;
  }
  const link = tokens[at];
  const first = tokens[i + 1];
  const verb = tokens[i - 1];
  const isTo = first?.kind === "word" && /^(?:to|into|as)$/i.test(first.text);
  if (isTo && verb?.kind === "word" && /^convert/i.test(verb.text))
    return { at: i + 2, claim: "equal", about: false };
  if (link?.kind === "relation") {
    if (words > 0 && link.loose) return undefined;
    const hedged = tokens[at + 1]?.kind === "about";
    // "= 150 min, that is 2.5 h" says a result again.
    const isAgain = link.loose && verb?.kind === "relation" && link.end - link.start > 5;
    const claim = link.loose && !isAgain ? "is" : "equal";
    return { at: at + (hedged ? 2 : 1), claim, about: link.about || hedged };
  }
  // "= 5600 mL/min, or 5.6 L/min"
  const isOr = link?.kind === "stop" && link.text === "," && words === 0 && verb?.kind === "relation";
  const or = tokens[at + 1];
  if (isOr && or?.kind === "word" && /^or$/i.test(or.text)) return { at: at + 2, claim: "is", about: false };
  if (link?.kind !== "open" || link.text !== "(" || words > 1) return undefined;
  at++;
  // "(= 10 mmol/L)", "(about 10 mmol/L)"
  const inner = tokens[at];
  const isEqual = inner?.kind === "relation";
  if (isEqual || inner?.kind === "about") at++;
  const hedged = inner?.kind === "about" || tokens[at]?.kind === "about" || (isEqual && inner.about);
  if (tokens[at]?.kind === "about") at++;
  return { at, claim: isEqual ? "equal" : "brackets", about: hedged };
}

/** Not a part of a calculation, a comparison or a change. */
function standsAlone(text: string, tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  if (before?.kind === "operator")
    return before.sign === "-" && before.spaced && tokens[i - 2]?.kind === "word";
  if (before?.kind === "stop" && /[<>≤≥→]/.test(before.text)) return false;
  // "three tablets of 500 mg are 1.5 g"
  const counted = tokens[i - 2];
  if (before?.kind === "word" && before.text === "of" && counted?.kind === "word" && many.test(counted.text))
    return false;
  return text !== "";
}

function endsHere(
  text: string,
  tokens: readonly Token[],
  next: number,
  claim: Pair["claim"],
  right: NumberToken,
): boolean {
  const after = tokens[next];
  if (after?.kind === "operator" && !(after.sign === "-" && tokens[next + 1]?.kind === "word")) return false;
  if (claim === "brackets" && after?.kind !== "close" && !(after?.kind === "stop" && /[,;]/.test(after.text)))
    return false;
  return claim !== "is" || !continued.test(text.slice(right.end, right.end + 12));
}

const many =
  /^(?:tablets|capsules|vials|doses|ampoules|ampules|bags|bottles|packs|puffs|boluses|injections|sachets|glasses|cups|cans|cycles)$/i;

/** "is 2 weeks later" sets nothing equal. */
const continued =
  /^\s*(?:lower|higher|less|more|above|below|greater|shorter|longer|apart|away|per|every|each|of|x|×|than|after|before|later|earlier|old|too|from)\b/i;

/** "5 ft 10 in" as inches: the larger unit right before is added. */
function withLarger(
  text: string,
  tokens: readonly Token[],
  i: number,
  left: NumberToken & { unit: string },
): readonly [start: number, value: number] {
  const before = tokens[i - 1];
  if (!isUnit(before) || text.slice(before.end, left.start).trim() !== "") return [left.start, left.value];
  if (!isSmaller(left.unit, before.unit)) return [left.start, left.value];
  return [before.start, left.value + (convert(before.unit, before.value, left.unit) as number)];
}

const isSmaller = (unit: string, than: string): boolean => (convert(than, 1, unit) ?? 0) > 1;

function compound(
  large: NumberToken & { unit: string },
  small: NumberToken & { unit: string },
): NumberToken & { unit: string } {
  const value = small.value + (convert(large.unit, large.value, small.unit) as number);
  return { ...small, value, digits: String(value), start: large.start };
}

/** What is wrong with a conversion; nothing where it is right or cannot be judged. */
export function wrong(pair: Pair, substance: Substance | undefined): string | undefined {
  const from = pair.left.unit as string;
  const to = pair.right.unit as string;
  const kind = kindOf(to);
  const exact = convert(from, pair.value, to) ?? (substance && convert(from, pair.value, to, substance));
  // "1.5 L a day (1500 mL)"
  if (exact === undefined && pair.claim === "brackets" && /^[^/]+\/d$/.test(from) && !to.includes("/"))
    return wrong({ ...pair, left: { ...pair.left, unit: from.slice(0, -2) } }, substance);
  if (exact === undefined) return neverEqual(pair, from, to);
  if (kind === "share") return undefined;
  if (kind === "time" && pair.claim !== "equal") return undefined;
  const printed = pair.right.value;
  const off = Math.abs(exact - printed);
  if (off <= tolerance(pair, exact, from, to, substance !== undefined)) return undefined;
  const ratio =
    exact === 0 || printed === 0 ? Number.POSITIVE_INFINITY : Math.max(exact / printed, printed / exact);
  if (
    pair.claim === "brackets" &&
    (kind === "mass" || kind === "volume" || kind === "length" || kind === "flow")
  ) {
    // A body in pounds or feet is a conversion; "2 cm (5 mm)" may be a mean and its spread.
    const isCustomary = /\[(?:lb|ft|in|oz)/.test(`${from}${to}`);
    const power = Math.log10(ratio);
    if (!isCustomary && ratio > 1.5 && Math.abs(power - Math.round(power)) > 0.02) return undefined;
  }
  if (pair.claim === "brackets" && kind === undefined && ratio > 20) return undefined;
  const shown = `${format(pair.value)} ${unitText(from)}`;
  return `${shown} is ${format(exact)} ${unitText(to)}, not ${pair.right.digits} ${unitText(to)}`;
}

/** Rounding of both numbers, and more where people round: calendars, "about", molar masses. */
function tolerance(pair: Pair, exact: number, from: string, to: string, isMolar: boolean): number {
  const unit = convert(from, 1, to) ?? exact / pair.value;
  const isTemperature = to === "Cel" || to === "[degF]";
  const scale = isTemperature ? (to === "Cel" ? 5 / 9 : 9 / 5) : Math.abs(unit);
  const printing = lastDigit(pair.right) * (pair.about ? 1 : 0.75) + (lastDigit(pair.left) / 2) * scale;
  if (isTemperature) return Math.min(printing + 0.15 * scale, 1.2);
  const isCalendar =
    /^(?:mo|a|wk|d)$/.test(from) && /^(?:mo|a|wk|d)$/.test(to) && /mo|a/.test(`${from} ${to}`);
  const share = isCalendar ? 0.1 : pair.about ? 0.04 : isMolar ? 0.03 : pair.claim === "equal" ? 0.012 : 0.02;
  // "1 oz is 30 mL" and "1 ft is 30 cm" are how people count.
  const isHousehold = /\[(?:oz|ft|in|lb|tsp|tbs|foz)/.test(`${from}${to}`);
  const coarse = Math.min(printing, Math.abs(exact) * 0.1);
  return Math.max(coarse, Math.abs(exact) * (isHousehold ? Math.max(share, 0.02) : share));
}

/** A pressure or temperature set equal to something else; other pairs may be a concentration or a dose. */
function neverEqual(pair: Pair, from: string, to: string): string | undefined {
  if (pair.claim !== "equal" || pair.about) return undefined;
  const [a, b] = [kindOf(from), kindOf(to)];
  if (a === undefined || b === undefined || a === b) return undefined;
  const apart = ["pressure", "temperature"];
  if (!apart.includes(a) && !apart.includes(b)) return undefined;
  if (a === "time" || b === "time" || a === "share" || b === "share" || a === "length" || b === "length")
    return undefined;
  return `${kindText[a]} cannot equal ${kindText[b]}`;
}

/** "1 g of the gluconate, i.e. 93 mg of calcium": what the second is of is not what the first is of. */
export function isOfAnother(text: string, start: number, right: NumberToken): boolean {
  const of = /^\s+(?:(?:of|as)\s+(?:the\s+)?|(?=elemental))(\p{L}{4,})/u.exec(
    text.slice(right.end, right.end + 30),
  );
  if (of === null) return false;
  return !text.slice(Math.max(0, start - 80), right.start).includes(of[1] as string);
}

/** The analyte whose molar mass applies: named in the same sentence, nearest before the quantity, or right after. */
export function substanceAt(
  text: string,
  pair: Pair,
  readings: readonly NamedReading[],
): Substance | undefined {
  const reading = readings.find((each) => each.start < pair.start && each.end >= pair.left.digitsEnd);
  if (reading?.quantity.substance !== undefined) return reading.quantity.substance;
  const before = text.slice(Math.max(0, pair.start - 110), pair.start);
  const sentence = before.slice(Math.max(...[". ", "\n", "。"].map((end) => before.lastIndexOf(end) + 1)));
  let nearest: { at: number; substance: Substance } | undefined;
  for (const { pattern, substance } of analytes) {
    for (const match of sentence.matchAll(pattern))
      if (nearest === undefined || match.index >= nearest.at) nearest = { at: match.index, substance };
  }
  if (nearest !== undefined) return nearest.substance;
  const after = text.slice(pair.left.end, pair.left.end + 25);
  return analytes.find(({ pattern }) =>
    new RegExp(`^\\s+(?:of\\s+)?(?:${pattern.source})`, pattern.flags.replace("g", "")).test(after),
  )?.substance;
}

/** Words at the head of a sentence, beside symbols that are read by case. */
function eitherCase(names: string): string {
  return names.replace(
    /(?<![\p{L}\\])([a-z])(?=[a-z]{4})/gu,
    (letter) => `[${letter}${letter.toUpperCase()}]`,
  );
}

const analytes = quantities.flatMap(({ names, substance }) => {
  if (substance === undefined) return [];
  const words = names.split("|").some((each) => /^(?:Na|K|Cl|Ca|Cr)/.test(each));
  return [
    {
      substance,
      pattern: new RegExp(
        `(?<![\\p{L}\\p{N}_-])(?:${words ? eitherCase(names) : names})(?![\\p{Script=Latin}_])`,
        words ? "gu" : "giu",
      ),
    },
  ];
});

const format = (value: number): string => String(Number(value.toPrecision(4)));

/** The substances with a molar mass that a text names. */
export function substancesIn(text: string): readonly Substance[] {
  const found = analytes.flatMap(({ pattern, substance }) => (text.search(pattern) < 0 ? [] : [substance]));
  return found.filter(({ molarMass }, i) => found.findIndex((other) => other.molarMass === molarMass) === i);
}
