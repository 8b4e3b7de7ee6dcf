/**
 * The words of a sentence by kind (leak-words.ts, leak-words-chinese.ts), in order, and what they say together: the
 * kinds that occur, and which stands close before which. How much each tells is in leak-weights.ts.
 *
 * Invariant: an option's letter or words are "option", whatever else they mean.
 */

import { englishWords } from "./leak-words.ts";
import { chineseWords } from "./leak-words-chinese.ts";

/** A word of a known kind, with its place in the sentence. */
export interface Sign {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** Number of words before it, and of its own. */
  readonly order: number;
  readonly length: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words by what may follow them, with the kind of the phrase that ends there. */
interface Branch {
  kind?: string;
  readonly next: Map<string, Branch>;
}

const word = /ⓧ+|[\u3400-\u9fff]|[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[:;(]/g;
const shortened: readonly (readonly [RegExp, string])[] = [
  [/\bcannot\b|\bcan't\b/g, "can not"],
  [/\bwon't\b/g, "will not"],
  [/n't\b/g, " not"],
  [/'ve\b/g, " have"],
  [/'m\b/g, " am"],
  [/'d\b/g, " would"],
];

const phrases = treeOf([englishWords, chineseWords]);

/** Kinds that say much the same, so that what was not seen of one is known from another. */
const groups: Readonly<Record<string, readonly string[]>> = {
  SELF: ["me"],
  SOURCE: ["people", "they", "paper", "place", "key", "sure key"],
  HANDED: ["given", "gives", "revealed", "comes with", "told", "says", "marked"],
  FIXED: ["fixed", "expected", "grade", "want", "ordered"],
  TARGET: ["option", "answer", "conclusion", "letter", "right"],
  KNOWN: ["know", "ahead", "seen"],
  MADE: ["argue", "explain why", "dress", "play up", "land", "writing", "start", "back"],
  FEIGNED: ["pretend", "hide", "confess", "reader"],
  ALONE: ["own", "would have", "unless", "resigned"],
  HONEST: ["patient", "finding", "range", "plausible", "guide", "number", "best", "stem"],
  NOT: ["not", "no answer"],
};
const groupOf = new Map(
  Object.entries(groups).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group])),
);

/** Most words from one to the next that it bears on. */
const NEAR = 7;

/** Sentences that say much beside what is known by kind say that, too: the numbers of such words that are counted. */
const PLAIN = [6, 12, 20, 30];

/**
 * What a sentence in small letters, options masked by ⓧ, says, and where: the kinds of its words, their groups, and
 * groups that follow each other closely, by twos and threes.
 */
export function featuresOf(sentence: string): ReadonlyMap<string, readonly Sign[]> {
  const words = wordsOf(sentence);
  const signs = signsIn(words);
  const features = new Map<string, readonly Sign[]>();
  const plain = words.length - signs.reduce((sum, { length }) => sum + length, 0);
  for (const count of PLAIN) if (plain >= count) add(features, `plain ${count}`, []);
  const grouped: (Sign & { readonly group: string })[] = [];
  for (const sign of signs) {
    add(features, sign.kind, [sign]);
    const group = groupOf.get(sign.kind);
    if (group === undefined) continue;
    add(features, group, [sign]);
    grouped.push({ ...sign, group });
  }
  grouped.forEach((one, at) => {
    const [two, three] = [grouped[at + 1], grouped[at + 2]];
    if (two === undefined || two.order - one.order > NEAR) return;
    add(features, `${one.group} ${two.group}`, [one, two]);
    if (three !== undefined && three.order - two.order <= NEAR)
      add(features, `${one.group} ${two.group} ${three.group}`, [one, two, three]);
  });
  return features;
}

function add(features: Map<string, readonly Sign[]>, name: string, signs: readonly Sign[]): void {
  if (!features.has(name)) features.set(name, signs);
}

function signsIn(words: readonly Word[]): Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < words.length; ) {
    const { kind, length } = longestAt(words, at);
    const [first, last] = [words[at], words[at + length - 1]];
    if (kind !== undefined && first !== undefined && last !== undefined)
      signs.push({ kind, start: first.start, end: last.end, order: at, length });
    at += length;
  }
  return signs;
}

function longestAt(words: readonly Word[], at: number): { readonly kind?: string; readonly length: number } {
  let branch: Branch | undefined = phrases;
  let found: { kind?: string; length: number } = { length: 1 };
  for (let next = at; branch !== undefined && next < words.length; next += 1) {
    branch = branch.next.get((words[next] as Word).text);
    if (branch?.kind !== undefined) found = { kind: branch.kind, length: next - at + 1 };
  }
  return found;
}

/** Words without their shortened forms, each where it stands. */
function wordsOf(sentence: string): Word[] {
  const words: Word[] = [];
  for (const { 0: text, index } of sentence.matchAll(word)) {
    const end = index + text.length;
    if (text.startsWith("ⓧ")) words.push({ text: "ⓧ", start: index, end });
    else if (/^\d/.test(text)) words.push({ text: "0", start: index, end });
    else if (text.includes("'"))
      for (const part of fullForms(text)) words.push({ text: part, start: index, end });
    else words.push({ text, start: index, end });
  }
  return words;
}

function fullForms(text: string): string[] {
  let full = text;
  for (const [short, long] of shortened) full = full.replace(short, long);
  return full
    .replace(/'(?:s|ll|re)?\b/g, "")
    .split(" ")
    .filter(Boolean);
}

function treeOf(lexicons: readonly Readonly<Record<string, string>>[]): Branch {
  const root: Branch = { next: new Map() };
  const put = (phrase: string, kind: string): void => {
    let branch = root;
    for (const { text: piece } of wordsOf(phrase)) {
      const next: Branch = branch.next.get(piece) ?? { next: new Map() };
      branch.next.set(piece, next);
      branch = next;
    }
    branch.kind ??= kind;
  };
  for (const lexicon of lexicons)
    for (const [kind, written] of Object.entries(lexicon))
      for (const phrase of written.split(/,\s*(?![^{]*\})/))
        for (const one of spread(phrase.trim())) put(one, kind);
  put("ⓧ", "option");
  put("0", "number");
  put(":", ":");
  put(";", ";");
  put("(", "(");
  return root;
}

/** "{a,b} c~" as "a c", "a cs", "a ced", "a cing" and the same of b. */
function spread(phrase: string): string[] {
  const choice = /\{([^{}]*)\}/.exec(phrase);
  if (choice !== null)
    return (choice[1] as string)
      .split(",")
      .flatMap((one) =>
        spread(phrase.slice(0, choice.index) + one + phrase.slice(choice.index + choice[0].length)),
      );
  const verb = /([a-z]+)~/.exec(phrase);
  if (verb === null) return [phrase];
  return formsOf(verb[1] as string).map((form) => phrase.replace(/[a-z]+~+/, form));
}

function formsOf(verb: string): string[] {
  if (verb.endsWith("e")) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(verb))
    return [verb, `${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  return [verb, `${verb}${/(?:s|x|ch|sh)$/.test(verb) ? "es" : "s"}`, `${verb}ed`, `${verb}ing`];
}
