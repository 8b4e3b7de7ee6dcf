/**
 * What a model proposed of a page, held against the page (paper §3.1). A proposal is taken only if its quote is in the
 * text that was shown, letter for letter, the quote names the tail and holds every word of the attributes, the
 * predicate may join the types, and the sentence around the quote does not deny it. All else is a reason.
 */
import { type EntityType, entitySchema } from "../../records/entity.ts";
import { mayJoin, predicateSchema } from "../../records/relation.ts";
import { isGeneral } from "../name-shapes.ts";
import { blocksIn } from "../reading/blocks.ts";
import type { Mention, Place } from "../reading/survey-record.ts";
import { maskLinks } from "../relations/linked-sentences.ts";
import { deniedAsBar, deniedFor, deniedStretches, isAffirmed } from "../relations/negation.ts";
import { type Flat, type FlatLink, flatten } from "../wikitext/plain.ts";
import type { ReadPage } from "../wikitext/sections.ts";
import { sentencesOf } from "../wikitext/sentences.ts";
import { normaliseTitle } from "../wikitext/titles.ts";
import { MODEL_CONFIDENCE } from "./asking.ts";
import { type Chunk, placeOfQuote } from "./page-chunks.ts";

/** A relation as the model writes it. */
export interface Proposal {
  readonly predicate: string;
  readonly tail: string;
  readonly tailType: string;
  readonly quote: string;
  readonly hedge?: string | null | undefined;
  readonly frequency?: string | null | undefined;
  readonly condition?: string | null | undefined;
}

/** A relation that the page bears out: its place, and the mention that the survey keeps. */
export interface ProposedMention {
  readonly place: Place;
  readonly mention: Omit<Mention, "place">;
}

/** The page, what was shown of it, and what it is about. */
export interface Shown {
  readonly title: string;
  readonly type: EntityType;
  readonly read: ReadPage;
  readonly chunk: Chunk;
}

/** A quote is a statement, not a page. */
const LONGEST_QUOTE = 600;

/** Words in front of a name that belong to no name. */
const determiners = /^(?:the |an? |other |some |many |most |certain |various |specific |several )+/iu;

/** General words that only prose without links holds. */
const vague = /^(?:individuals?|factors?|risks?|findings?|it|they|this|these)$/iu;

function namesNothing(tail: string): boolean {
  const bare = tail.replace(determiners, "");
  return bare === "" || isGeneral(bare) || vague.test(bare);
}

/** The mention that a proposal becomes, or why it becomes none. */
export function checkProposal(proposal: Proposal, shown: Shown): ProposedMention | string {
  const { read, chunk, type: head, title } = shown;
  const predicate = predicateSchema.safeParse(proposal.predicate).data;
  if (predicate === undefined) return `"${proposal.predicate}" is no predicate`;
  const type = entitySchema.shape.type.safeParse(proposal.tailType).data;
  if (type === undefined) return `"${proposal.tailType}" is no type of an entity`;
  if (!mayJoin(predicate, head, type)) return `${predicate} does not join ${head} and ${type}`;
  const tail = proposal.tail.trim();
  if (namesNothing(tail)) return "the tail names no entity";
  if (wordsOf(tail).join(" ") === wordsOf(title).join(" ")) return "the tail is the page itself";
  const quote = proposal.quote.trim();
  if (quote.length > LONGEST_QUOTE) return `the quote is longer than ${LONGEST_QUOTE} characters`;
  const place = placeOfQuote(read, chunk, quote);
  if (place === undefined) return "the quote is not in the page";
  const flat = flatten(read.scan, place.start, place.end);
  const named = nameIn(flat, tail);
  if (named === undefined) return "the quote does not name the tail";
  const said = { hedge: proposal.hedge, frequency: proposal.frequency, condition: proposal.condition };
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(said)) {
    const words = value?.trim() ?? "";
    if (words === "") continue;
    if (!holds(flat.text, words) && !holds(quote, words)) return `the ${name} is not in the quote`;
    attributes[name] = words;
  }
  const around = place.section.startsWith("infobox:") ? undefined : sentenceAround(read, place);
  if (around !== undefined) {
    if (around.isProse && wordsOf(flat.text).join(" ") === wordsOf(named.words).join(" "))
      return "the quote holds the name alone and not what is said of it";
    // What the model has noticed as a qualification is kept as one, and does not deny.
    const text = masked(around.text, [attributes["frequency"], attributes["hedge"]]);
    const at = around.at(named);
    const isBar = predicate === "CONTRAINDICATED_IN" && isAffirmed(deniedAsBar(text), at);
    if (!isBar && !isAffirmed(deniedStretches(text), at)) return "the sentence of the quote denies it";
    if (!isAffirmed(deniedFor(text, predicate, title), at))
      return "the sentence of the quote speaks against it";
  }
  return {
    place,
    mention: {
      ...(named.target === undefined ? {} : { target: named.target }),
      words: named.words,
      method: "model",
      proposed: { predicate, type, confidence: MODEL_CONFIDENCE },
      ...attributes,
    },
  };
}

interface NameInQuote {
  readonly words: string;
  readonly target?: string;
  /** Where the link stands in the page. */
  readonly sourceStart?: number;
}

/** How the quote names the tail: by a link, by its words, or by its words with others between them. */
function nameIn(flat: Flat, tail: string): NameInQuote | undefined {
  const wanted = wordsOf(tail);
  const key = wanted.join(" ");
  const title = normaliseTitle(tail);
  const isIt = ({ target, start, end }: FlatLink): boolean =>
    target === title ||
    wordsOf(target).join(" ") === key ||
    wordsOf(flat.text.slice(start, end)).join(" ") === key;
  const link = flat.links.find(isIt);
  if (link !== undefined)
    return {
      words: flat.text.slice(link.start, link.end),
      target: link.target,
      sourceStart: link.sourceStart,
    };
  const found = rangeOf(flat.text, wanted);
  if (found !== undefined) return { words: flat.text.slice(found.start, found.end) };
  if (/\p{Script=Han}/u.test(tail)) return holds(flat.text, tail) ? { words: tail } : undefined;
  let next = 0;
  for (const word of wordsOf(flat.text)) if (word === wanted[next]) next += 1;
  return wanted.length > 0 && next === wanted.length ? { words: tail } : undefined;
}

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Words in the form in which they are compared: lower case, without the s of a plural. */
function wordsOf(text: string): string[] {
  return (text.match(wordPattern) ?? []).map(foldWord);
}

function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return lower.length > 3 ? lower.replace(/(?<!s)s$/u, "") : lower;
}

/** Where the words stand one after the other. */
function rangeOf(text: string, wanted: readonly string[]): { start: number; end: number } | undefined {
  if (wanted.length === 0) return undefined;
  const found = [...text.matchAll(wordPattern)];
  const folded = found.map(([word]) => foldWord(word));
  for (let i = 0; i + wanted.length <= folded.length; i++) {
    if (!wanted.every((word, k) => folded[i + k] === word)) continue;
    const last = found[i + wanted.length - 1] as RegExpExecArray;
    return { start: (found[i] as RegExpExecArray).index, end: last.index + last[0].length };
  }
  return undefined;
}

function holds(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}

/** The text with some of its words as signs that mean nothing. */
function masked(text: string, words: readonly (string | undefined)[]): string {
  let out = text;
  for (const one of words) {
    if (one === undefined) continue;
    const at = out.toLowerCase().indexOf(one.toLowerCase());
    if (at !== -1) out = out.slice(0, at) + "#".repeat(one.length) + out.slice(at + one.length);
  }
  return out;
}

interface Around {
  /** The sentence, the words of its links as signs that mean nothing. */
  readonly text: string;
  /** Whether it belongs to a paragraph and not to a list. */
  readonly isProse: boolean;
  /** Where a name stands in it. */
  at(name: NameInQuote): number;
}

/** The sentences that the quote is of, as the rules read them; undefined where it stands in no block of prose. */
function sentenceAround(read: ReadPage, place: Place): Around | undefined {
  const section = read.sections.findLast(({ start }) => start <= place.start);
  const block =
    section &&
    blocksIn(read, section).find(
      ({ flat }) => flat.source(0) <= place.end && flat.sourceEnd(flat.text.length) > place.start,
    );
  if (block === undefined) return undefined;
  const { flat } = block;
  const own = sentencesOf(flat.text).filter(
    ({ start, end }) => flat.source(start) < place.end && flat.sourceEnd(end) > place.start,
  );
  const start = own[0]?.start ?? 0;
  const end = own.at(-1)?.end ?? flat.text.length;
  const links = flat.links.filter((link) => link.start >= start && link.start < end);
  return {
    text: maskLinks(flat, start, end, links),
    isProse: block.kind === "paragraph",
    at(name) {
      const link = links.find(({ sourceStart }) => sourceStart === name.sourceStart);
      if (link !== undefined) return link.start - start;
      return rangeOf(flat.text.slice(start, end), wordsOf(name.words))?.start ?? 0;
    },
  };
}
