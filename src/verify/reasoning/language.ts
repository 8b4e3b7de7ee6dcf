/**
 * Whether reasoning is in the language of its question, English or Chinese, throughout (paper §3.2).
 *
 * Told by script, and within the Latin script by the small words of each language, of which names have none: drug
 * names, abbreviations and medical Latin ("in situ", "lupus erythematosus") are no other language in either. What the
 * question says itself and what stands in brackets as a gloss may be in any. Greek letters are signs.
 */
import type { Check } from "../../records/check.ts";
import { foldWidth } from "../text.ts";
import type { Reasoning } from "./reasoning.ts";
import { splitSentences } from "./sentences.ts";
import { hanShare } from "./words.ts";

const foreignScript =
  /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Bengali}]{3,}/gu;
const hanRun = /\p{Script=Han}{2,}(?:[，、。：；]?\p{Script=Han}+)*/gu;
const latinRun = /[A-Za-z][A-Za-z'’-]*(?:[ ,;:]+[A-Za-z][A-Za-z'’-]*){3,}/gu;
const english = new Set(
  "the of and is are was were to in that this for with as it be by not on or which from have has had but so we an at can does do no if because therefore thus however should would may there these those their his her she he they i you than then when since".split(
    " ",
  ),
);
/** Small words of other languages that are no English or medical ones. */
const others: Readonly<Record<string, ReadonlySet<string>>> = {
  Spanish: new Set(
    "el los las una unos del que para por con pero como más está son es se su sus lo entonces porque este esta esto respuesta paciente debido también hay y muy cuando ya donde sin entre".split(
      " ",
    ),
  ),
  French: new Set(
    "le les une des du et est que qui dans pour avec sur mais comme plus donc parce cette ces sont pas au aux ce il elle nous réponse ont été ou par se sa son leur très être".split(
      " ",
    ),
  ),
  German: new Set(
    "der die das und ist ein eine einer eines nicht mit auf für von zu den dem des auch sich wir sie es bei aus oder aber weil wird werden wurde antwort daher deshalb als wie nach durch im zum zur sind hat".split(
      " ",
    ),
  ),
  Italian: new Set(
    "il gli della delle dei del che è per con non sono una un nella questo questa più come ma anche perché quindi dal alla risposta si di da".split(
      " ",
    ),
  ),
  Portuguese: new Set(
    "os as uma um do da dos das que para por com mas como mais está são é não se seu sua então porque este esta isso resposta em no na ao foi".split(
      " ",
    ),
  ),
};

/** Finds where reasoning leaves the language of its question. */
export function checkLanguage({ text, question }: Reasoning): readonly Check[] {
  const folded = foldWidth(text);
  const share = hanShare(folded);
  const wanted = question.language;
  const whole = [0, text.length] as const;
  const words = folded.match(/\p{Script=Han}|\p{L}+/gu)?.length ?? 0;
  if (wanted === "zh" && share < 0.3 && words >= 5 && smallWords(folded, english) > 1)
    return [fault(`the question is in Chinese; ${percent(share)} of the reasoning is`, whole)];
  if (wanted === "en" && share > 0.6 && words >= 5)
    return [fault(`the question is in English; ${percent(share)} of the reasoning is in Chinese`, whole)];
  const asked = foldWidth(
    [question.stem, question.context ?? "", ...Object.values(question.options)].join("\n"),
  ).toLowerCase();
  const isOwn = (found: RegExpMatchArray): boolean =>
    !asked.includes(found[0].toLowerCase().trim()) && !isGloss(folded, found);
  const faults = [
    ...runs(folded, foreignScript, isOwn, "another script"),
    ...(wanted === "en"
      ? runs(folded, hanRun, isOwn, "Chinese in English reasoning")
      : runs(
          folded,
          latinRun,
          (found) => smallWords(found[0], english) >= 2 && isOwn(found),
          "English in Chinese reasoning",
        )),
    ...(wanted === "en" ? otherLatin(folded) : []),
  ];
  if (faults.length > 0) return faults;
  const found = wanted === "zh" ? `${percent(share)} Chinese` : "English throughout";
  return [{ name: "language", passed: true, found }];
}

function runs(
  text: string,
  pattern: RegExp,
  counts: (found: RegExpMatchArray) => boolean,
  what: string,
): Check[] {
  return [...text.matchAll(pattern)]
    .filter(counts)
    .map((found) =>
      fault(`${what}: "${found[0].slice(0, 60)}"`, [found.index, found.index + found[0].length]),
    );
}

/** Whether a match is all that stands in its brackets or quotes: a name given in the other language. */
function isGloss(text: string, { index = 0, 0: found }: RegExpMatchArray): boolean {
  const before = text.slice(Math.max(0, index - 2), index).trimEnd();
  const after = text.slice(index + found.length, index + found.length + 2).trimStart();
  return /[("'《「[]$/u.test(before) && /^[)"'》」\],;]/u.test(after) && found.length <= 60;
}

/** Sentences in another language of the Latin script: many of its small words and next to none of English. */
function otherLatin(text: string): Check[] {
  return splitSentences(text).flatMap(({ text: said, start }) => {
    const words = said.toLowerCase().match(/\p{L}+/gu) ?? [];
    if (words.length < 7) return [];
    const ours = smallWords(said, english);
    for (const [name, small] of Object.entries(others)) {
      const theirs = smallWords(said, small);
      const kinds = new Set(words.filter((word) => small.has(word))).size;
      if (kinds >= 3 && theirs >= 3 * ours && theirs >= 0.2 * words.length)
        return [fault(`${name}: "${said.slice(0, 60)}"`, [start, start + said.length])];
    }
    return [];
  });
}

/** How many words of a text are among the small words of a language. */
function smallWords(text: string, small: ReadonlySet<string>): number {
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => small.has(word)).length;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function fault(found: string, span: readonly [number, number]): Check {
  return { name: "language", passed: false, found, span };
}
