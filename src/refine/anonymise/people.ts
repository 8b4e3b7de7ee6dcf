/**
 * The people of a question: which mentions of a name mean the same person, and where the rest of a name comes back
 * without the context by which the rules knew it ("Robert Brown … Brown's wife").
 */
import { apart, type Found } from "./find.ts";
import { isNameWord, isPartOfTerm } from "./name-shape.ts";

interface Person {
  readonly words: readonly string[];
}

export type People = readonly Person[];

interface Read {
  readonly text: string;
  readonly found: readonly Found[];
}

const isName = ({ class: kind }: Found): boolean => kind === "name" || kind === "zhName";

/** The people named in the parts of an item, longest names first. */
export function people(parts: readonly Read[]): People {
  const all = parts.flatMap(({ text, found }) =>
    found.filter(isName).map(({ start, end }) => wordsOf(text.slice(start, end))),
  );
  const out: Person[] = [];
  for (const words of all.sort((a, b) => b.length - a.length))
    if (words.length > 0 && !out.some((person) => samePerson(words, person.words))) out.push({ words });
  return out;
}

/** One key for all mentions of a person. */
export function nameKey(value: string, known: People): string {
  const words = wordsOf(value);
  return (known.find((person) => samePerson(words, person.words))?.words ?? words).join(" ");
}

/** The findings of a text and, beside them, words of names found anywhere in the item. */
export function restOfNames(text: string, found: readonly Found[], known: People): readonly Found[] {
  const words = new Set(known.flatMap((person) => person.words).filter((word) => isNameWord(word)));
  if (words.size === 0) return found;
  const more: Found[] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
      const end = at + word.length;
      const covered = found.some((one) => one.start < end && one.end > at);
      if (!covered && standsAlone(text, at, end) && !isPartOfTerm(text, at, end))
        more.push({
          start: at,
          end,
          class: /[\u4e00-\u9fff]/.test(word) ? "zhName" : "name",
          rule: "sameName",
        });
    }
  }
  return more.length === 0 ? found : apart([...found, ...joined(more, text)]);
}

/** "Robert" and "Brown" side by side made one mention. */
function joined(words: readonly Found[], text: string): Found[] {
  const out: Found[] = [];
  for (const word of [...words].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && /^[ .]{0,2}$/.test(text.slice(last.end, word.start)))
      out[out.length - 1] = { ...last, end: Math.max(last.end, word.end) };
    else out.push(word);
  }
  return out;
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (/[\u4e00-\u9fff]/.test(text.slice(start, end))) return true;
  return !/[\p{L}\p{N}]/u.test(text[start - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(text[end] ?? " ");
}

function samePerson(mention: readonly string[], name: readonly string[]): boolean {
  return mention.length > 0 && mention.every((word) => name.some((other) => fits(word, other)));
}

/** Equal words, or an initial and the word it begins. */
function fits(word: string, other: string): boolean {
  return word === other || (word.length === 1 && other.startsWith(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/['\u2019]s\b/, "")
    .split(/[\s.,·]+/)
    .filter((word) => word !== "" && !/^(?:dr|mr|mrs|ms|prof|md|phd|rn)$/i.test(word));
}
