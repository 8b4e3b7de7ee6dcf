/**
 * What stands for an option in a sentence, masked by ⓧ: its letter, its words, a telling part of them, its initials.
 */
import { namedOptions } from "./consistency-names.ts";

/** An option's letter where it stands for the option: not an article, a germ, a vitamin, a cell or a wave. */
const letter =
  /(?=[A-U])(?<![\p{Script=Latin}\p{N}'.+/-])(?<!\b(?:vitamins?|hepatitis|group|types?|factor|protein|influenza|stage|class|grade|child-pugh|immunoglobulin) )(?:[B-HJ-U]|A(?! [a-z](?!s |s$|nd |r |ecause )))(?![\p{Script=Latin}\p{N}'+/-]|\. ?[a-z]| cells?\b| lymphocytes?\b| waves?\b| antigen\b| toxin\b)/gu;

/** The text in small letters, emphasis out, and ⓧ for every character that stands for an option; every place stays. */
export function maskOptions(text: string, options: Readonly<Record<string, string>>): string {
  let plain = text.replace(/[*_`]/gu, " ").replace(/[’‘]/gu, "'");
  for (const { start, end } of namedOptions(plain, options, ""))
    plain = plain.slice(0, start) + "ⓧ".repeat(end - start) + plain.slice(end);
  return plain
    .replace(letter, (found) => (found in options ? "ⓧ" : found))
    .replace(/[A-Z]/gu, (capital) => capital.toLowerCase());
}
