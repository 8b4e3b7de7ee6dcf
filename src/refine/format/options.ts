/** Rules about the options: there, enough, different from one another and not inside one another. */
import { isSynthetic, type Question } from "../../records/question.ts";
import { containsWords, normaliseText } from "../../verify/text.ts";
import { nearForm, sameForm, setForm } from "./option-form.ts";

/** An option, or the stem, that has no text. */
export function emptyText({ stem, options }: Question): string | undefined {
  if (stem.trim() === "") return "the stem is empty";
  const blank = Object.entries(options).find(([, text]) => text.trim() === "");
  return blank && `option ${blank[0]} is empty`;
}

/** Fewer than two options, or another number than the questions of a set have. */
export function wrongNumber(
  { options }: Question,
  [fewest, most]: readonly [number, number],
): string | undefined {
  const count = Object.keys(options).length;
  if (count >= fewest && count <= most) return undefined;
  return `${count} options, expected ${fewest === most ? most : `${fewest} to ${most}`}`;
}

/** A letter of the gold that no option has, or that is there twice. */
export function strangeGold({ gold, options }: Question): string | undefined {
  const strange = gold.find((letter, i) => !Object.hasOwn(options, letter) || gold.indexOf(letter) !== i);
  if (strange === undefined) return gold.length === 0 ? "no option is marked right" : undefined;
  return Object.hasOwn(options, strange) ? `gold ${strange} twice` : `gold ${strange} is no option`;
}

/** Two options that every reader sees as one. */
export function sameOptions({ options }: Question): string | undefined {
  return firstPair(options, sameForm, "are the same");
}

/** Two options that differ only in articles, plural, spelling or punctuation. */
export function nearOptions({ options }: Question): string | undefined {
  return firstPair(options, nearForm, "differ only in form");
}

/** Two lists of the same members in another order. Public sets ask for orders, so there it is only a sign. */
export function reorderedOptions({ options }: Question): string | undefined {
  return firstPair(options, setForm, "have the same members");
}

/** One option that stands as whole words inside another. Public sets do this on purpose. */
export function nestedOptions({ options }: Question): string | undefined {
  const forms = Object.entries(options).map(([letter, text]) => [letter, normaliseText(text)] as const);
  for (const [letter, form] of forms)
    for (const [other, whole] of forms)
      if (letter !== other && isInside(form, whole)) return `option ${other} contains option ${letter}`;
  return undefined;
}

function isInside(part: string, whole: string): boolean {
  if (part.length >= whole.length || part === "") return false;
  return /\p{Script=Han}/u.test(part) ? whole.includes(part) : containsWords(whole, part);
}

/** The answer's words stand in the stem and those of no other option do: the stem gives it away. */
export function toldAnswer(question: Question): string | undefined {
  const sentences = question.stem
    .split(/(?<=[.?!;])\s|[。？！；]/)
    .map((sentence) => ` ${normaliseText(sentence)} `);
  const told = Object.entries(question.options).filter(([, text]) =>
    sentences.some((sentence) => isTold(text, sentence)),
  );
  if (told.length === 0) return undefined;
  const right = told.filter(([letter]) => question.gold.includes(letter));
  if (right.length > 0 && right.length === told.length) return `the stem says "${right[0]![1]}", the answer`;
  return undefined;
}

/** The entity that is asked for stands in the stem by its own name. */
export function namedAnswer(question: Question): string | undefined {
  if (!isSynthetic(question)) return undefined;
  const { masked } = question.origin;
  // Of a question for a relation the predicate is masked, which is not a name.
  if (/^[A-Z_]+_[A-Z_]+$/.test(masked)) return undefined;
  const name = normaliseText(masked);
  const stem = normaliseText(question.stem);
  const isThere = /\p{Script=Han}/u.test(name) ? stem.includes(name) : containsWords(stem, name);
  return isThere ? `the stem names ${masked}, which it asks for` : undefined;
}

/** Whether all words of an option are in a sentence; of a Chinese one, whether it is there as it stands. */
function isTold(text: string, sentence: string): boolean {
  const form = normaliseText(text);
  if (/\p{Script=Han}/u.test(form)) return form.length > 1 && sentence.includes(form);
  const words = form.split(" ").filter((word) => !hollow.has(word));
  return (
    words.length > 0 && words.join("").length > 2 && words.every((word) => sentence.includes(` ${word} `))
  );
}

const hollow = new Set(
  "a an and are as at be by for from has have in into is it its none no not of on or that the their them this to was were which with yes maybe above all both".split(
    " ",
  ),
);

/** The first two options with one form. */
function firstPair(
  options: Question["options"],
  formOf: (text: string) => string | undefined,
  what: string,
): string | undefined {
  const seen = new Map<string, string>();
  for (const [letter, text] of Object.entries(options)) {
    const form = formOf(text);
    if (form === undefined || form === "") continue;
    const other = seen.get(form);
    if (other !== undefined)
      return `options ${other} and ${letter} ${what}: "${options[other]}", "${text}"`.slice(0, 240);
    seen.set(form, letter);
  }
  return undefined;
}
