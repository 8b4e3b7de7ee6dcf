/**
 * Where a text speaks of an option in other words than the option's own: by a telling part of its text ("embolism" for
 * "pulmonary embolism"), by its initials, by its number, in Chinese by a part of its characters.
 *
 * Invariant: what names an option here names no other, and stands in the question only where the whole text of the
 * option is said.
 */
import { foldWidth, isWordChar } from "../text.ts";

export interface NamedOption {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is the option's figure. */
  readonly isNumber?: boolean;
}

type Options = Readonly<Record<string, string>>;

const empty =
  /^(?:the|and|with|from|that|this|have|been|only|more|less|than|each|both|none|these|them|after|before|every|disease|syndrome|test|tests|type|therapy|treatment|treat|start|give|stop|does|would|should|yes|not|acute|chronic|serum|blood|daily|days?|weeks?|months?|years?|hours?|disorder|infection|deficiency|level|measurement|increased|decreased|reduced|raised|oral|intravenous|dose|full|late|cannot|told|other|one|all|into|onto|for|its|use|using|drug|agent|inhibitor|inhibitors|blocker|agonist|antagonist|receptor|class|grade|stage|normal|patient)$/;

/** All places where the text names an option, by whatever form; of places that overlap the longest. */
export function namedOptions(raw: string, options: Options, stem: string): NamedOption[] {
  const text = foldWidth(raw);
  const found = Object.entries(options).flatMap(([letter, option]) => [
    ...wholes(text, letter, option),
    ...parts(text, letter, foldWidth(option), othersOf(options, letter), foldWidth(stem).toLowerCase()),
  ]);
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: NamedOption[] = [];
  for (const one of found)
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

function othersOf(options: Options, letter: string): string {
  return Object.entries(options)
    .filter(([other]) => other !== letter)
    .map(([, option]) => foldWidth(option).toLowerCase())
    .join(" | ");
}

function wholes(text: string, letter: string, option: string): NamedOption[] {
  const lower = text.toLowerCase();
  const name = foldWidth(option)
    .toLowerCase()
    .trim()
    .replace(/\.$/, "")
    .replace(/^(?:an?|the) /, "");
  const found: NamedOption[] = [];
  if (name.length < 3 && !/\p{Script=Han}{2}/u.test(name)) return found;
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
    const end = at + name.length;
    const isHan = /\p{Script=Han}/u.test(name);
    const isWhole =
      isHan ||
      (!isWordChar(lower[at - 1]) &&
        (!isWordChar(lower[end]) || /^e?s(?![a-z])/.test(lower.slice(end, end + 3))));
    if (isWhole && !/\d$/.test(lower.slice(Math.max(0, at - 1), at)))
      found.push({ letter, start: at, end, ...(/^\d/.test(name) ? { isNumber: true } : {}) });
  }
  return found;
}

function parts(text: string, letter: string, option: string, others: string, stem: string): NamedOption[] {
  const numbers = option.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const found: NamedOption[] = [];
  const [number] = numbers;
  const unit = unitAfter(option.slice(option.indexOf(number ?? "") + (number?.length ?? 0)));
  if (
    number !== undefined &&
    numbers.length === 1 &&
    !numbersOf(others).includes(Number(number.replaceAll(",", "")))
  )
    for (const match of text.matchAll(/(?<![\d.,\p{L}])\d+(?:,\d{3})*(?:\.\d+)?(?![\d]|[.,]\d)/gu))
      if (
        Number(match[0].replaceAll(",", "")) === Number(number.replaceAll(",", "")) &&
        isUnit(text.slice(match.index + match[0].length), unit)
      )
        found.push({ letter, start: match.index, end: match.index + match[0].length, isNumber: true });
  if (/\p{Script=Han}/u.test(option)) return [...found, ...hanParts(text, letter, option, others, stem)];

  const words = option.match(/\p{L}[\p{L}\p{N}]*(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
  const telling = words
    .flatMap((word) => (word.includes("-") ? [word, ...word.split("-")] : [word]))
    .filter((word) => {
      const plain = word.toLowerCase();
      const isName = /\d/.test(word) || /^[A-Z]{2,}/.test(word);
      return (isName ? word.length > 1 : word.length > 3) && !empty.test(plain);
    })
    .map((word) => ({ word, root: rootOf(word.toLowerCase()) }))
    .filter(({ root }) => !hasRoot(others, root) && !hasRoot(stem, root));
  for (const { word, root } of telling)
    for (const { start, end } of placesOf(text, root, moreOf(root)))
      if (!/^[A-Z0-9-]{2,5}$/.test(word) || text.slice(start, end).startsWith(word))
        found.push({ letter, start, end });
  const long = words.filter((word) => !/^(?:of|the|and|with|in|a|an)$/i.test(word));
  const initials = long.map((word) => (word[0] as string).toUpperCase()).join("");
  if (long.length > 1 && long.length < 6)
    for (const { start, end } of placesOf(text, initials.toLowerCase(), 0))
      if (text.slice(start, end) === initials) found.push({ letter, start, end });
  return found;
}

const units =
  /^[ -]?((?:[mµμnk]?(?:g|mol|l|m|eq|iu)|mcg|mmhg|iu|units?|h|min|hours?|days?|weeks?|months?|years?|kg|lb|cm|mm|bpm|%)(?:\/[a-zµ0-9/²³]+)?)(?![a-z])/i;

function unitAfter(rest: string): string | undefined {
  return units.exec(rest)?.[1]?.toLowerCase().replace(/s$/, "");
}

/** Whether what follows a figure is the option's unit, or none. */
function isUnit(rest: string, unit: string | undefined): boolean {
  const said = unitAfter(rest);
  return said === undefined || unit === undefined || said === unit;
}

function numbersOf(text: string): number[] {
  return (text.match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []).map((one) => Number(one.replaceAll(",", "")));
}

function hanParts(text: string, letter: string, option: string, others: string, stem: string): NamedOption[] {
  const found: NamedOption[] = [];
  for (const [piece] of option.toLowerCase().matchAll(/\p{Script=Han}+/gu))
    for (let length = Math.min(piece.length, 6); length >= (piece.length > 3 ? 3 : 2); length--)
      for (let at = 0; at + length <= piece.length; at++) {
        const part = piece.slice(at, at + length);
        if (
          others.includes(part) ||
          stem.includes(part) ||
          /^(?:患者|治疗|检查|检测|综合征|感染)$/.test(part)
        )
          continue;
        for (let place = text.indexOf(part); place >= 0; place = text.indexOf(part, place + 1))
          found.push({ letter, start: place, end: place + length });
      }
  return found;
}

function rootOf(word: string): string {
  if (word.length < 6) return word.replace(/s$/, "");
  const root = word.replace(/(?:ations?|ions?|ing|ies|ied|ed|es|e|s|y|al|ic)$/, "");
  return root.length >= 5 ? root : word.slice(0, 5);
}

function hasRoot(text: string, root: string): boolean {
  return placesOf(text, root, moreOf(root)).length > 0;
}

/** How many letters may follow a root. */
function moreOf(root: string): number {
  return root.length < 5 ? 2 : 4;
}

const latin = /[\p{Script=Latin}\p{Script=Greek}\p{N}]/u;

/** Words of a text that begin with a root and go on for at most some letters. */
function placesOf(text: string, root: string, more: number): { start: number; end: number }[] {
  const lower = text.toLowerCase();
  const places: { start: number; end: number }[] = [];
  for (let start = lower.indexOf(root); start >= 0; start = lower.indexOf(root, start + 1)) {
    if (latin.test(lower[start - 1] ?? "")) continue;
    let end = start + root.length;
    while (end < lower.length && latin.test(lower[end] as string)) end++;
    if (end - start - root.length <= more) places.push({ start, end });
  }
  return places;
}
