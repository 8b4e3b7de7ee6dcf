/**
 * The type of a page's entity, with what decided it: boxes, categories, the noun of the first sentence, headings
 * (paper §3.1, concepts of the graph).
 *
 * Invariant: a type always comes with its reasons; a page that says nothing medical is "unknown", never guessed.
 */
import type { EntityType } from "../records/entity.ts";
import { identifiersOf } from "./facts.ts";
import { harmsPeople } from "./harm.ts";
import { blocksIn } from "./reading/blocks.ts";
import { boxTypes, categoryWords, headingTypes, leadNouns } from "./typing-tables.ts";
import { isDisambiguation } from "./wikitext/disambiguation.ts";
import type { ReadPage } from "./wikitext/sections.ts";
import { sentencesOf } from "./wikitext/sentences.ts";

export type Typing =
  | {
      readonly kind: "entity";
      readonly type: EntityType;
      /** From 0 to 1: the weight of what speaks for the type, and its share of all that speaks. */
      readonly score: number;
      readonly reasons: readonly string[];
    }
  | { readonly kind: "notMedical"; readonly reason: string; readonly isDisambiguation: boolean }
  | { readonly kind: "unknown" };

/** The least weight of evidence that makes a page an entity: one clear noun, or two categories. */
const ENOUGH = 2;

/** Categories that name a type of the graph outright; one is enough. */
const plainCategory =
  /^(?:Symptoms|Medical signs|Medical findings|Medical tests|Drug classes|Medical specialties|Rare diseases|Risk factors)\b/;

/** What the vocabularies of one type weigh together: less than a box, since codes are also given to neighbours. */
const CODE = 1;

/** The type of what a vocabulary gives codes to. */
function typeOfCode(vocabulary: string, code: string): EntityType | undefined {
  switch (vocabulary) {
    case "ICD-10":
    case "ICD-11":
      // Chapter R of ICD-10 and chapter M of ICD-11 hold symptoms and signs.
      return /^(?:R\d|M[A-H]\d)/.test(code) ? "symptom" : "disease";
    case "ICD-9-CM":
    case "Orphanet":
    case "DiseasesDB":
      return "disease";
    case "ATC":
    case "DrugBank":
      return "drug";
    case "LOINC":
      return "test";
    case "UniProt":
    case "HGNC symbol":
      return "gene";
    default:
      return undefined;
  }
}

/** Says what kind of thing a page is about. */
export function typeOfPage(title: string, page: ReadPage): Typing {
  if (/^(?:List|Lists|Timeline|History|Outline|Glossary|Index) of /.test(title))
    return notMedical("the title is that of a list or a history");
  if (isDisambiguation(page)) return notMedical("the page tells namesakes apart", true);
  const votes = new Map<EntityType, { weight: number; reasons: string[] }>();
  const vote = (type: EntityType, weight: number, reason: string): void => {
    const known = votes.get(type);
    if (known) {
      known.weight += weight;
      if (!known.reasons.includes(reason)) known.reasons.push(reason);
    } else votes.set(type, { weight, reasons: [reason] });
  };
  for (const box of page.boxes) {
    const types = Object.hasOwn(boxTypes, box.name) ? boxTypes[box.name] : undefined;
    if (types === undefined) continue;
    if (types === "none") return notMedical(`box "${box.name}"`);
    types.forEach((type, index) => {
      vote(type, types.length === 1 ? 6 : index === 0 ? 3 : 2.5, `box "${box.name}"`);
    });
  }
  for (const category of page.categories) {
    const folded = ` ${category.toLowerCase()} `;
    if (folded.includes(" births ") || folded.includes(" deaths ") || folded.includes("living people"))
      return notMedical(`category "${category}"`);
    if (isPluralOf(category, title)) {
      vote("drug class", votes.has("drug class") ? 3 : 0.5, `category "${category}" bears its name`);
      continue;
    }
    const row = categoryWords.find((one) => one.words.some((word) => folded.includes(word)));
    if (row) vote(row.type, plainCategory.test(category) ? 2 : 1.2, `category "${category}"`);
  }
  const coded = new Set<EntityType>();
  for (const [vocabulary, code] of Object.entries(identifiersOf(page))) {
    const type = typeOfCode(vocabulary, code);
    if (type === undefined || coded.has(type)) continue;
    coded.add(type);
    vote(type, CODE, `code ${vocabulary} ${code}`);
  }
  const noun = leadNoun(page);
  if (noun) vote(noun.type, 3, `first sentence "is … ${noun.word}"`);
  for (const section of page.sections) {
    const type = headingTypes[section.heading.toLowerCase()];
    if (type) vote(type, 0.7, `heading "${section.heading}"`);
  }
  let best: { type: EntityType; weight: number; reasons: string[] } | undefined;
  let total = 0;
  for (const [type, { weight, reasons }] of votes) {
    total += weight;
    if (best === undefined || weight > best.weight) best = { type, weight, reasons };
  }
  if (best === undefined || best.weight < ENOUGH) return { kind: "unknown" };
  if (best.type === "pathogen" && !harmsPeople(page)) return { kind: "unknown" };
  const score = Math.round((best.weight / (best.weight + 1)) * (best.weight / total) * 100) / 100;
  return { kind: "entity", type: best.type, score, reasons: best.reasons };
}

function notMedical(reason: string, isDisambiguation = false): Typing {
  return { kind: "notMedical", reason, isDisambiguation };
}

function isPluralOf(category: string, title: string): boolean {
  const a = category.toLowerCase();
  const b = title.toLowerCase();
  return a === `${b}s` || a === b;
}

/** The first sentence of the lead that has a verb "is" or "are". */
function leadNoun(page: ReadPage): { type: EntityType; word: string } | undefined {
  const lead = page.sections[0];
  if (!lead) return undefined;
  for (const block of blocksIn(page, lead)) {
    const first = sentencesOf(block.flat.text)[0];
    if (!first) continue;
    const found = nounOf(block.flat.text.slice(first.start, first.end));
    if (found !== "none") return found;
  }
  return undefined;
}

const copula = /\b(?:is|are|refers to|was|describes|occurs when)\b\s*/;
const ends = String.raw`;|:|\(|\.$|\b(?:that|which|who|in|used|caused|characteri[sz]ed|where|when|for|with|due|affecting|by|from|whose|to|resulting|marked|given|on|seen|found|belonging|causing|defined|at|involving|after|between|during|produced|between|and is|made|taken|sold|inside|within|under|around|through|into|over)\b`;
const phraseEnd = new RegExp(`,|${ends}`);
const phraseEndBeyondCommas = new RegExp(ends);
const partOf =
  /^(?:.*?\b)?(?:type|form|kind|group|class|family|variant|subtype|set|range|member|species|genus|collection|variety|one|any|cause|category)s? of (?:the )?/;

function nounOf(sentence: string): { type: EntityType; word: string } | undefined | "none" {
  const verb = copula.exec(sentence);
  if (!verb) return "none";
  const rest = sentence.slice(verb.index + verb[0].length).toLowerCase();
  // "a deep, boring symptom": the noun may stand behind the commas of its adjectives.
  return nounOfPhrase(cut(rest, phraseEnd)) ?? nounOfPhrase(cut(rest, phraseEndBeyondCommas).slice(0, 90));
}

function cut(text: string, border: RegExp): string {
  const end = border.exec(text);
  return (end && end.index > 0 ? text.slice(0, end.index) : text).trim();
}

function nounOfPhrase(phrase: string): { type: EntityType; word: string } | undefined {
  const ofClass = match(phrase, classNouns);
  if (ofClass && / of /.test(phrase)) return ofClass;
  const part = partOf.exec(phrase);
  const inner = part ? phrase.slice(part[0].length) : phrase;
  const of = inner.indexOf(" of ");
  const head = of === -1 ? inner : inner.slice(0, of);
  return match(head, allNouns) ?? (part ? match(inner, allNouns) : undefined);
}

/** Nouns by their last word, the longest first; of the same noun the first row counts. */
type NounIndex = ReadonlyMap<string, readonly { readonly type: EntityType; readonly word: string }[]>;

function indexNouns(rows: typeof leadNouns): NounIndex {
  const index = new Map<string, { type: EntityType; word: string }[]>();
  for (const { type, words } of rows) {
    for (const word of words) {
      const last = /[^ -]*$/.exec(word)?.[0] ?? word;
      index.set(last, [...(index.get(last) ?? []), { type, word }]);
    }
  }
  for (const group of index.values()) group.sort((a, b) => b.word.length - a.word.length);
  return index;
}

const classNouns = indexNouns(leadNouns.slice(0, 1));
const allNouns = indexNouns(leadNouns);

/** The noun that stands last in a phrase. */
function match(phrase: string, index: NounIndex): { type: EntityType; word: string } | undefined {
  const isBreak = (at: number): boolean =>
    at < 0 || phrase.charCodeAt(at) === 32 || phrase.charCodeAt(at) === 45;
  for (let end = phrase.length; end > 0; ) {
    let start = end;
    while (start > 0 && !isBreak(start - 1)) start -= 1;
    // A word ends with its letters: "(drug)" is none, "drug," is one.
    const own = /^[^,;:.)'"]*/.exec(phrase.slice(start, end))?.[0] ?? "";
    for (const { type, word } of index.get(own) ?? []) {
      const at = start + own.length - word.length;
      if (at >= 0 && phrase.startsWith(word, at) && isBreak(at - 1)) return { type, word };
    }
    end = start - 1;
  }
  return undefined;
}
