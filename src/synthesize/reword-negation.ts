/**
 * Whether a name stands under a negation, for the check of rewordings. Names are read as marks, so that words inside
 * them ("无动性缄默", "not otherwise specified") deny nothing.
 *
 * Invariant: in doubt a name counts as denied; a present finding is then refused rather than told as absent.
 */
import type { Language } from "./wording/words.ts";

/** A text in which each told name is a mark with the number of its entity: "⟦3⟧". */
export interface Marked {
  readonly text: string;
  readonly language: Language;
}

const mark = /⟦(\d+)⟧/gu;

/** The sentences of a marked text; the last one asks. */
export function sentencesIn({ text, language }: Marked): string[] {
  const parts = language === "zh" ? text.split(/(?<=[。；？！?!])/u) : text.split(/(?<=[.;?!])\s+/u);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** For each marked entity, by its number, whether it is denied: at every place, at none, or at some. */
export function denialsIn(marked: Marked): ReadonlyMap<number, "all" | "none" | "some"> {
  const found = new Map<number, boolean[]>();
  for (const sentence of sentencesIn(marked))
    for (const clause of marked.language === "zh" ? sentence.split(/[，：:,“”]/u) : [sentence])
      for (const match of clause.matchAll(mark)) {
        const before = clause.slice(0, match.index);
        const after = clause.slice(match.index + match[0].length);
        const number = Number(match[1]);
        const isDenied = isDeniedBefore(before, marked.language) || isDeniedAfter(after, marked.language);
        found.set(number, [...(found.get(number) ?? []), isDenied]);
      }
  return new Map(
    [...found].map(([number, all]) => [
      number,
      all.every((one) => one) ? "all" : all.some((one) => one) ? "some" : "none",
    ]),
  );
}

const after =
  "(?:\\s+(?:have|has|had|report|show|present|describe|complain|mention|exhibit|experience|develop|";
/** What denies the names behind it, and what ends a denial; the last of them before a name decides. */
const english = new RegExp(
  "(?<deny>\\b(?:(?:do|does|did|has|have|had|is|are|was|were|be|been|can|could|may|might|will|would|should|but|and|or|,)?\\s*" +
    `(?:not|cannot)${after}known|thought|said|cause|produce|lead|include|any|been|be|seem|appear|to|of|with|associated|a|an)\\b)*|` +
    "\\w+n't\\b(?:\\s+(?:have|report|show|present|with|any))*|no|without|den(?:y|ies|ied|ying)|absence|absent|lack(?:s|ed|ing)?|" +
    "negative for|free (?:of|from)|neither|nor|never|none|exclud(?:e|es|ed|ing)|unlike|rul(?:e|es|ed|ing) out))\\b" +
    "|(?<end>\\b(?:but|however|although|though|while|whereas|yet|with|has|have|had|having|presents?|reports?|complains?|" +
    "describes?|shows?|reveals?|develops?|experiences?|mentions?|is|are|was|were)\\b)",
  "giu",
);
const chinese =
  /(?<deny>没有|未见|未出现|未发现|未诉|未有|否认|不伴有?|不存在|不引起|不会|不出现|不表现为|并无|缺乏|排除|除外|无|未|不|非)|(?<end>但|而|却|伴有?|出现|可见|表现为|同时有|有)/gu;

function isDeniedBefore(text: string, language: Language): boolean {
  let denied = false;
  for (const match of text.matchAll(language === "zh" ? chinese : english))
    denied = match.groups?.["deny"] !== undefined;
  return denied;
}

const deniedAfter: Readonly<Record<Language, RegExp>> = {
  en: /^(?:\s*(?:,|,?\s*(?:and|or))\s*(?:(?:an?|the|any)\s+)?⟦\d+⟧)*\s*,?\s*(?:(?:is|are|was|were|has been|have been|remains?)\s+(?:(?:both|all|also|each|currently|notably)\s+)*(?:absent|denied|excluded|ruled out|not\b|negative|never|lacking|missing)|(?:absent|denied|excluded|ruled out)\b)/iu,
  zh: /阴性|未见|不存在|未出现|缺如|消失|排除|除外/u,
};

function isDeniedAfter(text: string, language: Language): boolean {
  return deniedAfter[language].test(text);
}
