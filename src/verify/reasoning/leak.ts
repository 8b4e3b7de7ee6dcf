/**
 * Reasoning that betrays that its writer was handed the answer (paper §3.2: label-conditioned rationales are kept only
 * when they read as reasoning). A teacher that was shown the label tends to say so; a policy that learns it would speak
 * of a label that nobody gives it.
 *
 * A sentence is a leak where it has a set phrase (leak-phrases.ts), or where what its words say together
 * (leak-signs.ts) weighs more than the threshold that was fitted (leak-weights.ts). Invariant: precision first. What
 * concludes, what quotes the choices and what the question itself says is no leak; what denies having the answer
 * ("no answer key is given") is none either.
 */
import type { Check } from "../../records/check.ts";
import { foldWidth, normaliseText } from "../text.ts";
import { chineseConduct, leakConduct } from "./leak-conduct.ts";
import { maskOptions } from "./leak-mask.ts";
import { chineseLeaks, englishLeaks } from "./leak-phrases.ts";
import { featuresOf, type Sign } from "./leak-signs.ts";
import { threshold, weights } from "./leak-weights.ts";
import type { Reasoning } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";

type Span = readonly [number, number];

const english = [...englishLeaks, ...leakConduct];
const chinese = [...chineseLeaks, ...chineseConduct];
const han = /\p{Script=Han}/u;
const denial =
  /(?:\b(?:no|not|never|without|neither|nor|lacking|lacks?|absent|cannot)\b|n't\b|没有|并无|未|无|不)[^,;:.—，。；：]{0,14}$/u;

/** Finds where reasoning speaks of an answer, label, key, solution or hint that it was given. */
export function checkLeak({ text, question }: Reasoning): readonly Check[] {
  const folded = foldWidth(text);
  const masked = maskOptions(folded, question.options);
  const asked = normaliseText(`${question.context ?? ""} ${question.stem}`);
  const sentences = splitSentences(folded);
  const leaks: Check[] = [];
  for (const { start, text: sentence } of sentences) {
    const found = leakIn(masked.slice(start, start + sentence.length));
    if (found === undefined) continue;
    const span = [start + found[0], start + found[1]] as const;
    const quote = text.slice(...span);
    if (asked.includes(normaliseText(quote))) continue;
    leaks.push({ name: "leak", passed: false, found: `"${quote}" speaks of an answer that was given`, span });
  }
  if (leaks.length > 0) return leaks;
  return [
    { name: "leak", passed: true, found: `no given answer is spoken of in ${sentences.length} sentences` },
  ];
}

/** Sentences that weigh less than the threshold by this much are not searched for set phrases, which is slow. */
const FAR = 8;

function leakIn(masked: string): Span | undefined {
  const features = featuresOf(masked);
  const weight = weigh(features.keys());
  if (weight < threshold - FAR) return undefined;
  return phraseIn(masked) ?? (weight > threshold ? strongest(masked, features) : undefined);
}

/** Place of a set phrase of leaks in a masked sentence. */
export function phraseIn(masked: string): Span | undefined {
  for (const pattern of han.test(masked) ? [...chinese, ...english] : english) {
    const match = pattern.exec(masked);
    if (match && !denial.test(masked.slice(Math.max(0, match.index - 30), match.index)))
      return [match.index, match.index + match[0].trimEnd().length];
  }
  return undefined;
}

function weigh(features: Iterable<string>): number {
  let sum = weights[""] ?? 0;
  for (const name of features) sum += weights[name] ?? 0;
  return sum;
}

/** The clause whose features weigh most. */
function strongest(masked: string, features: ReadonlyMap<string, readonly Sign[]>): Span {
  let best: { readonly span: Span; readonly sum: number } | undefined;
  for (const { 0: clause, index } of masked.matchAll(/[^,;:()—]+/gu)) {
    const lead = clause.length - clause.trimStart().length;
    const span = [index + lead, index + clause.trimEnd().length] as const;
    let sum = 0;
    for (const [name, signs] of features)
      if (signs.some(({ start }) => start >= span[0] && start < span[1])) sum += weights[name] ?? 0;
    if (span[1] > span[0] && (best === undefined || sum > best.sum)) best = { span, sum };
  }
  return best?.span ?? [0, masked.length];
}
