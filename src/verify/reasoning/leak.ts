/**
 * Reasoning that refers to having been given the answer (paper §3.2: label-conditioned rationales are kept only when
 * they read as reasoning). A teacher that was shown the label tends to say so; a policy that learns it would speak of a
 * label that nobody gives it.
 *
 * Invariant: precision first. What concludes, what quotes the choices and what the question itself says is no leak;
 * what denies having the answer ("no answer key is given") is none either.
 */
import type { Check } from "../../records/check.ts";
import { foldWidth, normaliseText } from "../text.ts";
import { chineseConduct, leakConduct } from "./leak-conduct.ts";
import { chineseLeaks, englishLeaks } from "./leak-phrases.ts";
import type { Reasoning } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";

/** What no English leak is without. */
const hasTrigger =
  /answer|label|key|solution|hint|option|choice|letter|truth|response|diagnosis|justif|rational|backward|reverse|scheme|told|given|correct|ⓧ/u;
const han = /\p{Script=Han}/u;
const denial =
  /(?:\b(?:no|not|never|without|neither|nor|lacking|lacks?|absent|cannot)\b|n't\b|没有|并无|未|无|不)[^,;:.—，。；：]{0,14}$/u;

/** Finds where reasoning speaks of an answer, label, key, solution or hint that it was given. */
export function checkLeak({ text, question }: Reasoning): readonly Check[] {
  const folded = foldWidth(text);
  const asked = normaliseText(`${question.context ?? ""} ${question.stem}`);
  const mask = maskFor(question.options);
  const sentences = splitSentences(folded);
  const leaks: Check[] = [];
  for (const sentence of sentences) {
    const found = leakIn(sentence.text, mask);
    if (!found) continue;
    const span = [sentence.start + found[0], sentence.start + found[1]] as const;
    const quote = text.slice(...span);
    if (asked.includes(normaliseText(quote))) continue;
    leaks.push({ name: "leak", passed: false, found: `"${quote}" speaks of an answer that was given`, span });
  }
  if (leaks.length > 0) return leaks;
  return [
    { name: "leak", passed: true, found: `no given answer is spoken of in ${sentences.length} sentences` },
  ];
}

function leakIn(sentence: string, mask: (text: string) => string): readonly [number, number] | undefined {
  const masked = mask(sentence);
  const isHan = han.test(sentence);
  for (const pattern of patternsFor(masked, isHan)) {
    const match = pattern.exec(masked);
    if (match && !denial.test(masked.slice(Math.max(0, match.index - 30), match.index)))
      return [match.index, match.index + match[0].trimEnd().length];
  }
  return undefined;
}

/** Those that may match: English ones only where a word stands that all of them need. */
function patternsFor(masked: string, isHan: boolean): readonly RegExp[] {
  return [
    ...(isHan ? [...chineseLeaks, ...chineseConduct] : []),
    ...(isHan || hasTrigger.test(masked) ? englishLeaks : []),
    ...leakConduct,
  ];
}

/** An option's letter where it stands for the option: not an article, a germ, a vitamin, a cell or a wave. */
const letter =
  /(?<![\p{Script=Latin}\p{N}'.+/-])(?<!\b(?:vitamins?|hepatitis|group|types?|factor|protein|influenza|stage|class|grade|child-pugh|immunoglobulin) )(?:[B-HJ-U]|A(?! [a-z](?!s |s$|nd |r |ecause )))(?![\p{Script=Latin}\p{N}'+/-]|\. ?[a-z]| cells?\b| lymphocytes?\b| waves?\b| antigen\b| toxin\b)/gu;

/** Puts the text in small letters, emphasis out, and ⓧ for what stands for an option; every place stays. */
function maskFor(options: Readonly<Record<string, string>>): (text: string) => string {
  const words = Object.values(options)
    .map((option) => foldWidth(option).trim().toLowerCase())
    .filter((option) => /\p{L}{4}|\p{Script=Han}{2}|\d./u.test(option))
    .sort((a, b) => b.length - a.length)
    .map((option) => option.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&"));
  const whole =
    words.length > 0
      ? new RegExp(`(?<![a-z0-9-]|\\d[.,])(?:${words.join("|")})(?![a-z0-9-]|[.,]\\d)`, "giu")
      : undefined;
  return (text) => {
    const plain = text.replace(/[*_`]/gu, " ");
    const named = whole ? plain.replace(whole, (found) => "ⓧ".repeat(found.length)) : plain;
    return named.replace(letter, "ⓧ").replace(/[A-Z]/gu, (capital) => capital.toLowerCase());
  };
}
