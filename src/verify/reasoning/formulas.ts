/**
 * Clinical formulas in a text of reasoning, recomputed from the values that the question or the text itself gives
 * (paper §3.2).
 *
 * A result is judged where the formula is named, a result is claimed for it and every input is told. It is wrong if no
 * variant of the formula gives it with any of the values told. A result that the question gives is quoted, not
 * calculated, and is not judged.
 */
import type { Check } from "../../records/check.ts";
import { type Facts, factsOf } from "./facts.ts";
import type { Formula, Inputs, Variant } from "./formula.ts";
import { bodyFormulas } from "./formula-body.ts";
import { type Claim, claimAfter } from "./formula-claims.ts";
import { countFormulas } from "./formula-counts.ts";
import { formulas } from "./formula-table.ts";
import { unitText } from "./kinds.ts";
import { plainText, trimmed } from "./notation.ts";
import { type Token, tokensOf } from "./numerals.ts";
import type { Reasoning } from "./reasoning.ts";
import { asPrinted, standsFor } from "./rounding.ts";

const name = "formula";

const known = [...formulas, ...bodyFormulas, ...countFormulas].map((formula) => ({
  ...formula,
  pattern: new RegExp(
    `(?<![\\p{Script=Latin}])(?:${formula.said})(?![\\p{Script=Latin}])`,
    formula.flags ?? "giu",
  ),
}));
type Known = (typeof known)[number];

interface NamedClaim {
  readonly formula: Known;
  readonly claim: Claim;
}

/** Recomputes every named clinical formula whose inputs are told; one failed check for each wrong result. */
export function checkFormulas(reasoning: Reasoning): readonly Check[] {
  const text = plainText(reasoning.text);
  const claims = claimsIn(text);
  if (claims.length === 0) return [{ name, passed: true, found: "no clinical formulas" }];
  const given = plainText(`${reasoning.question.context ?? ""}\n${reasoning.question.stem}`);
  const quoted = claimsIn(given);
  const facts = factsOf([given, text]);
  const faults: Check[] = [];
  let judged = 0;
  let without = 0;
  for (const { formula, claim } of claims) {
    if (quoted.some((each) => each.formula === formula && each.claim.number.value === claim.number.value))
      continue;
    const inputs = combinations(formula, facts);
    if (inputs.length === 0) {
      without++;
      continue;
    }
    judged++;
    const variants = inputs.map((each) => formula.variants(each).filter((v) => Number.isFinite(v.value)));
    if (variants.flat().some((variant) => fits(formula, claim, variant))) continue;
    const span = trimmed(text, claim.start, claim.end);
    faults.push({
      name,
      passed: false,
      found: saysWrong(formula, claim, inputs, variants),
      evidence: reasoning.text.slice(...span),
      span,
    });
  }
  if (faults.length > 0) return faults;
  const parts = [`${judged} clinical ${judged === 1 ? "formula" : "formulas"} recomputed`];
  if (without > 0) parts.push(`${without} without all inputs`);
  return [{ name, passed: true, found: parts.join(", ") }];
}

/** Every result claimed for a formula by name in plain text. */
function claimsIn(text: string): readonly NamedClaim[] {
  if (!/\d/.test(text)) return [];
  const found: NamedClaim[] = [];
  const places: { readonly formula: Known; readonly start: number; readonly end: number }[] = [];
  for (const formula of known) {
    if (formula.only !== undefined && !formula.only.test(text)) continue;
    for (const match of text.matchAll(formula.pattern)) {
      const place = { formula, start: match.index, end: match.index + match[0].length };
      // "corrected calcium" holds "calcium", "osmolal gap" holds a gap: the longer name, listed first, has it.
      if (!places.some((other) => other.start < place.end && place.start < other.end)) places.push(place);
    }
  }
  if (places.length === 0) return [];
  const tokens = tokensOf(text);
  for (const { formula, start, end } of places) {
    const claim = formula.isBefore
      ? claimBefore(tokens, start, end)
      : claimAfter(text, tokens, start, end, /^Winter/.test(formula.name));
    if (claim === undefined) continue;
    // Another formula's name in between takes the result.
    if (
      places.some(
        (other) => other.start >= end && other.end <= claim.number.start && other.formula !== formula,
      )
    )
      continue;
    const value = claim.number.value * claim.sign;
    if (value < formula.between[0] || value > formula.between[1]) continue;
    if (!found.some((each) => each.formula === formula && each.claim.number.start === claim.number.start))
      found.push({ formula, claim });
  }
  return found;
}

/** "30 pack-years", "a 30-pack-year history" */
function claimBefore(tokens: readonly Token[], start: number, end: number): Claim | undefined {
  const number = tokens.findLast((token) => token.kind === "number" && token.end <= start);
  if (number?.kind !== "number" || start - number.end > 1) return undefined;
  const before = tokens[tokens.indexOf(number) - 1];
  if (before?.kind === "stop" && /[<>≤≥]/.test(before.text)) return undefined;
  if (before?.kind === "operator") return undefined;
  return { number, sign: 1, about: before?.kind === "about", start: number.start, end };
}

/** Every combination of the values told, at most 200; none where an input is missing. */
function combinations(formula: Formula, facts: Facts): readonly Inputs[] {
  let all: Record<string, number>[] = [{}];
  for (const key of formula.inputs) {
    const values = facts.get(key);
    if (values === undefined) return [];
    all = all.flatMap((inputs) => values.slice(0, 6).map((value) => ({ ...inputs, [key]: value })));
    if (all.length > 200) return [];
  }
  for (const key of formula.optional ?? []) {
    const values = facts.get(key)?.slice(0, 2) ?? [];
    if (values.length > 0 && all.length * (values.length + 1) <= 200)
      all = [...all, ...all.flatMap((inputs) => values.map((value) => ({ ...inputs, [key]: value })))];
  }
  return all;
}

function fits(formula: Formula, claim: Claim, variant: Variant): boolean {
  const { number, high, spread } = claim;
  if (!isOfUnit(number.unit ?? high?.unit, variant.unit)) return false;
  const printed = { value: number.value * claim.sign, decimals: number.decimals };
  const slack = Math.abs(variant.value) * Math.max(formula.slack, claim.about ? 0.02 : 0);
  const near = (value: number): boolean => standsFor(printed, value, claim.about, slack);
  if (variant.spread === undefined) {
    if (high !== undefined) return variant.value >= number.value * 0.99 && variant.value <= high.value * 1.01;
    return near(variant.value);
  }
  const [low, top] = [variant.value - variant.spread, variant.value + variant.spread];
  if (high !== undefined) return Math.abs(number.value - low) <= 1 && Math.abs(high.value - top) <= 1;
  const isNear = (value: number): boolean => Math.abs(printed.value - value) <= 0.61 + slack;
  return isNear(variant.value) || (spread === undefined && (isNear(low) || isNear(top)));
}

/** Whether a result printed in this unit is to be compared with a variant of that one. */
function isOfUnit(printed: string | undefined, variant: string | undefined): boolean {
  if (printed === undefined || variant === undefined || variant === "pack-years") return true;
  if (variant === "") return printed !== "%";
  if (variant === "mL/d") return /^(?:mL|L|cc)\/d$|^m?L$/.test(printed);
  return variant === printed || printed === "ratio" || (variant === "mL/h" && printed === "mL");
}

function saysWrong(
  formula: Formula,
  claim: Claim,
  inputs: readonly Inputs[],
  variants: readonly (readonly Variant[])[],
): string {
  const all = variants.flat();
  const right = all.find(({ unit }) => isOfUnit(claim.number.unit, unit)) ?? (all[0] as Variant);
  const printed = `${claim.sign < 0 ? "-" : ""}${claim.number.digits}`;
  const unit =
    claim.number.unit === undefined
      ? ""
      : claim.number.unit === "%"
        ? "%"
        : ` ${unitText(claim.number.unit)}`;
  const mistake = inputs
    .flatMap((each) => formula.mistakes?.(each) ?? [])
    .find(([value]) =>
      standsFor(
        { value: claim.number.value, decimals: claim.number.decimals },
        value,
        claim.about,
        Math.abs(value) * 0.01,
      ),
    );
  const because = mistake === undefined ? "" : `: ${mistake[1]}`;
  return `${formula.name} is ${right.worked} = ${asPrinted(right.value, { value: right.value, decimals: Math.max(1, claim.number.decimals) })}${unit}, not ${printed}${unit}${because}`;
}
