/**
 * Whether a rewording of a stem says the same: every told fact named and none added, what is absent still denied and
 * what is present not, the same numbers with their units, the same sex, the same question, nothing of the answer.
 *
 * Invariant: the check errs towards refusal; the words are compared with the facts of the question and with the graph,
 * never with what the model says of its own work.
 */

import type { SyntheticQuestion } from "../records/question.ts";
import type { EntityLinker } from "../verify/entity-linker.ts";
import { containsWords, normaliseText } from "../verify/text.ts";
import { tellingWords } from "./giveaway.ts";
import { addedWords } from "./reword-added.ts";
import { keepsSides, otherQuestion } from "./reword-asked.ts";
import { denialsIn, type Marked, sentencesIn } from "./reword-negation.ts";
import { questionTypes } from "./types.ts";
import { clinicalAsks } from "./wording/asks.ts";
import type { Language } from "./wording/words.ts";

/** What the check knows of the graph. */
interface RewordingNames {
  /** All names of an entity, in every language; none for what is no entity. */
  names(id: string): readonly string[];
  readonly linker: EntityLinker;
}

const types = new Map(questionTypes.map((type) => [type.name, type]));

/** Words that questions are made of give nothing away: "drug", "class". */
const questionWords = new Set(questionTypes.flatMap(clinicalAsks).flatMap(tellingWords));

/** Why a rewording is refused; undefined where it says the same as the stem. */
export function whyRefused(
  question: SyntheticQuestion,
  reworded: string,
  graph: RewordingNames,
): string | undefined {
  const { stem, language, origin } = question;
  const type = types.get(origin.type);
  if (type === undefined) return `the question's type "${origin.type}" is not known`;
  const shape = wrongShape(stem, reworded, language);
  if (shape !== undefined) return shape;
  const told = [...new Set(origin.facts.map(({ entity }) => entity))];
  const before = marked(stem, told, language, graph);
  const after = marked(reworded, told, language, graph);
  for (const [number, id] of told.entries())
    if (!after.text.includes(`⟦${number}⟧`)) return `"${id}" is no longer told`;
  const leak = leaked(question, reworded, graph) ?? foreign(stem, reworded, told, graph);
  if (leak !== undefined) return leak;
  if (numbersOf(before) !== numbersOf(after)) return "a number, or what it counts, has changed";
  if (sexesOf(before) !== sexesOf(after)) return "the patient's sex has changed";
  const added = addedWords(before, after);
  if (added !== undefined) return `"${added}" is not told in the stem`;
  const denial = changedDenial(question, told, before, after, type.form);
  if (denial !== undefined) return denial;
  if (type.form === "discriminator") {
    const other = origin.facts.find(({ say }) => say === "other")?.entity ?? "";
    if (!keepsSides(after.text, told.indexOf(origin.subject), told.indexOf(other), language))
      return "the two that are told apart have changed sides";
  }
  return otherQuestion(type, lastOf(before), lastOf(after), language, before.text);
}

function wrongShape(stem: string, reworded: string, language: Language): string | undefined {
  if (!/[?？]$/u.test(reworded)) return "it does not end in a question mark";
  const signs = reworded.match(/[^\p{L}\p{M}\p{N}\p{Z}\p{P}]|[⟦⟧{}*#\\@_]/gu) ?? [];
  if (signs.some((sign) => !stem.includes(sign))) return "it holds signs that are no words";
  if (normaliseText(stem) === normaliseText(reworded)) return "the words are the same";
  const ratio = [...reworded].length / [...stem].length;
  if (ratio < 0.5 || ratio > 2) return "its length is less than half or more than twice the stem's";
  const isHan = (reworded.match(/\p{Script=Han}/gu) ?? []).length > 5;
  return isHan === (language === "zh") ? undefined : "it is in another language";
}

/** The text with each told entity's names as marks. */
function marked(text: string, told: readonly string[], language: Language, graph: RewordingNames): Marked {
  const spans: { start: number; end: number; number: number }[] = [];
  for (const { start, end, ids } of graph.linker(text)) {
    const number = told.findIndex((id) => ids.includes(id));
    if (number >= 0) spans.push({ start, end, number });
  }
  const lower = text.toLowerCase();
  for (const [number, id] of told.entries()) {
    if (spans.some((span) => span.number === number)) continue;
    for (const name of graph.names(id)) {
      const start = lower.indexOf(name.toLowerCase());
      const end = start + name.length;
      const isWord =
        language === "zh" || !/[\p{L}\p{N}]/u.test(`${text[start - 1] ?? " "}${text[end] ?? " "}`);
      if (start < 0 || !isWord || spans.some((span) => span.start < end && start < span.end)) continue;
      spans.push({ start, end, number });
      break;
    }
  }
  let out = text;
  for (const { start, end, number } of spans.sort((a, b) => b.start - a.start))
    out = `${out.slice(0, start)}⟦${number}⟧${out.slice(end)}`;
  return { text: out, language };
}

/** A name of an option or of the hidden subject, or a telling word of the answer, that the stem does not have. */
function leaked(
  { stem, options, gold, origin }: SyntheticQuestion,
  reworded: string,
  graph: RewordingNames,
): string | undefined {
  const [old, now] = [normaliseText(stem), normaliseText(reworded)];
  const isNew = (name: string): boolean => {
    const words = normaliseText(name);
    if (words === "" || !isMeant(name, wordsIn(reworded, name))) return false;
    const isIn = (text: string): boolean =>
      /\p{Script=Han}/u.test(words) ? text.includes(words) : containsWords(text, words);
    return isIn(now) && !isIn(old);
  };
  for (const [letter, text] of Object.entries(options)) {
    const names = [text, ...graph.names(origin.optionEntities[letter] ?? "")];
    if (names.some(isNew)) return gold.includes(letter) ? "it names the answer" : "it names an option";
  }
  const isNamed = origin.facts.some(({ entity }) => entity === origin.subject);
  if (!isNamed && graph.names(origin.subject).some(isNew)) return "it names what the stem leaves unnamed";
  const known = new Set([...questionWords, ...tellingWords(stem)]);
  const added = new Set(tellingWords(reworded).filter((word) => !known.has(word)));
  const answers = gold.flatMap((letter) => [
    options[letter] ?? "",
    ...graph.names(origin.optionEntities[letter] ?? ""),
  ]);
  const given = [...answers, ...(isNamed ? [] : graph.names(origin.subject))];
  return given.flatMap(tellingWords).some((word) => added.has(word))
    ? "it gives a word of the answer away"
    : undefined;
}

/** The first place at which a text has a name, as it is written there; the name where it has none. */
function wordsIn(text: string, name: string): string {
  const place = text.toLowerCase().indexOf(name.toLowerCase());
  return place < 0 ? name : text.slice(place, place + name.length);
}

/** Another entity of the graph that is named now. */
function foreign(
  stem: string,
  reworded: string,
  told: readonly string[],
  { linker, names }: RewordingNames,
): string | undefined {
  const known = new Set([...told, ...linker(stem).flatMap(({ ids }) => ids)]);
  for (const { start, end, ids } of linker(reworded)) {
    const words = reworded.slice(start, end);
    if (ids.some((id) => known.has(id)) || sexWords.test(words)) continue;
    const same = ids.flatMap(names).filter((name) => name.toUpperCase() === words.toUpperCase());
    if (same.length === 0 ? !everyday.test(words) : same.some((name) => isMeant(name, words)))
      return `"${words}" is told and was not`;
  }
  return undefined;
}

/** Told by another check. */
const sexWords = /^(?:(?:fe)?male|men|women|男性?|女性?)$/iu;

/** Words that are names as well: "which diagnosis fits best" tells of no seizure. */
const everyday = /^fits?$/u;

/** Whether words are meant as a name: "AS" is a disease and "as" is not. */
function isMeant(name: string, words: string): boolean {
  return (
    !everyday.test(words) && !(/^\p{Lu}{1,4}$/u.test(name) && words !== name && words.toUpperCase() === name)
  );
}

function changedDenial(
  { origin, language }: SyntheticQuestion,
  told: readonly string[],
  before: Marked,
  after: Marked,
  form: string,
): string | undefined {
  // The question of an exception or of a difference denies by itself; only what is told before it counts.
  const denies =
    form === "except" || form === "discriminator" || /(?:Avoid|Contraindication)$/u.test(origin.type);
  const story = (text: Marked): Marked =>
    denies ? { language, text: sentencesIn(text).slice(0, -1).join(" ") } : text;
  const [old, now] = [denialsIn(story(before)), denialsIn(story(after))];
  for (const { say, entity } of origin.facts) {
    const number = told.indexOf(entity);
    const [was, is] = [old.get(number) ?? "none", now.get(number) ?? "none"];
    if (say === "lacks" && is !== "all") return `"${entity}" is absent and is no longer denied`;
    if (say !== "lacks" && is !== was) return `"${entity}" is present and is denied`;
  }
  return undefined;
}

const lastOf = (text: Marked): string => sentencesIn(text).at(-1) ?? "";

const words: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred|dozen|half|twent(?:y|ies)|thirt(?:y|ies)|fort(?:y|ies)|fift(?:y|ies)|sixt(?:y|ies)|sevent(?:y|ies)|eight(?:y|ies)|ninet(?:y|ies)|second trimester|first trimester|third trimester)\b/giu,
  zh: /[两二三四五六七八九十百半]+(?=个?[岁天周月年日小时旬余多度级期])/gu,
};
const units = /^\s*-?\s*(year|month|week|day|hour|minute|周岁|岁|个?月|周|天|日|年|小时|%|mg|ml|kg|cm)/iu;

/** Digits with what they count, and numbers in words, in order of themselves; names are marks and hold none. */
function numbersOf({ text, language }: Marked): string {
  const bare = text.replaceAll(/⟦\d+⟧/gu, " ⟦⟧ ");
  const digits = [...bare.matchAll(/\d+(?:[.,]\d+)*/gu)].map((found) => {
    const unit = units.exec(bare.slice(found.index + found[0].length))?.[1] ?? "";
    return `${found[0]} ${unit.toLowerCase().replace("周岁", "岁").replace("个", "")}`;
  });
  const told = [...bare.matchAll(words[language])].map(([word]) => word.toLowerCase());
  return [...digits, ...told].sort().join("|");
}

const male: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:he|him|his|himself|man|men|male|boy|gentleman|father|son|husband)\b/iu,
  zh: /男|他(?!人|们|药|病)/u,
};
const female: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:she|her|hers|herself|woman|women|female|girl|lady|mother|daughter|wife)\b/iu,
  zh: /女|她|妇/u,
};

function sexesOf({ text, language }: Marked): string {
  // 其他 is no pronoun.
  const bare = text.replaceAll("其他", "");
  return `${male[language].test(bare)} ${female[language].test(bare)}`;
}
