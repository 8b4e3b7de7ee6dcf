/**
 * The places of a page that name other things, each with the sentence or value it stands in (paper §3.1, relations
 * with evidence). What a place says of a thing depends on the thing's type, which is known only when all pages have
 * been read; so a mention keeps what its field, section and sentence say, and `resolve.ts` decides.
 *
 * Invariant: a place quotes the page to the character; nothing is taken from a denied clause or from a section such
 * as History.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import { factBoxes } from "../facts.ts";
import { blocksIn } from "../reading/blocks.ts";
import type { Candidate, Mention, Place, Vote } from "../reading/survey-record.ts";
import { type FlatLink, flatten } from "../wikitext/plain.ts";
import type { Block, ReadPage, Section } from "../wikitext/sections.ts";
import { isBelieved, isInBracket, isScope, isStatedScope } from "./governors.ts";
import { type LinkedSentence, linkedSentences } from "./linked-sentences.ts";
import { metabolisers } from "./metabolism.ts";
import { deniedEach, deniedStretches, isAffirmed, statedByDenial, withoutSeldom } from "./negation.ts";
import { qualifiersIn } from "./qualifiers.ts";
import { roleOfSection, rolesOfSentence, type SentenceRoles } from "./roles.ts";
import { endsName, type Run, runsOf, wordsAround } from "./runs.ts";
import { type FieldRow, fieldOf, type Role, readsProse } from "./tables.ts";
import { type Head, isDrug, typeInField, typeInProse, voteWeight } from "./types-by-place.ts";
import { type FieldValue, placeOf, valuesOf } from "./values.ts";

/** What a page says of other things. */
export interface Named {
  readonly places: Place[];
  readonly mentions: Mention[];
  readonly votes: Vote[];
  readonly clearly: string[];
  readonly likely: Candidate[];
}

/** Reads the boxes and the prose of a page whose entity is `head`. */
export function mentionsOf(read: ReadPage, head: Head): Named {
  const found: Named = { places: [], mentions: [], votes: [], clearly: [], likely: [] };
  readBoxes(read, head, found);
  if (!readsProse(head.type)) return found;
  let isFirst = true;
  for (const section of read.sections) {
    const role = roleOfSection(section, head.type);
    if (role === "none") continue;
    for (const block of blocksIn(read, section)) {
      if (block.flat.links.length === 0) {
        isFirst &&= block.kind === "item";
        continue;
      }
      for (const sentence of linkedSentences(block.flat)) {
        readSentence(
          {
            read,
            section,
            role,
            block,
            sentence,
            head,
            isFirst: isFirst && block.flat.text.slice(0, sentence.start).trim() === "",
          },
          found,
        );
        isFirst = false;
      }
    }
  }
  return found;
}

function addPlace(found: Named, text: string, section: string, start: number, end: number): number {
  found.places.push({ section, start, end, quote: text.slice(start, end) });
  return found.places.length - 1;
}

function readBoxes(read: ReadPage, head: Head, found: Named): void {
  for (const box of factBoxes(read)) {
    for (const parameter of box.parameters) {
      const row = fieldOf(head.type, parameter.name);
      if (row === undefined || parameter.start === parameter.end) continue;
      const flat = flatten(read.scan, parameter.start, parameter.end);
      for (const value of row.role === "metabolism" ? metabolisers(flat) : valuesOf(flat)) {
        const { text: words, target, start, end } = value;
        const place = addPlace(found, read.scan.text, `infobox:${parameter.name}`, start, end);
        found.mentions.push({
          ...(target === undefined ? {} : { target }),
          words,
          method: "infobox",
          role: row.role,
          place,
          ...qualifiersIn(value.item)(value.at, value.at + words.length),
        });
        const vote = voteOfField(row, value, `named in the field "${parameter.name}" of ${head.id}`);
        if (vote) found.votes.push(vote);
      }
    }
  }
}

function voteOfField(row: FieldRow, value: FieldValue, reason: string): Vote | undefined {
  const type = typeInField(row, value);
  if (type === undefined) return undefined;
  const weight = value.target === undefined ? 1 : voteWeight(row.role);
  return { name: value.target ?? value.text, type, weight, reason };
}

interface Spot {
  readonly read: ReadPage;
  readonly section: Section;
  readonly role: Role | undefined;
  readonly block: Block;
  readonly sentence: LinkedSentence;
  readonly head: Head;
  /** Whether it is the first sentence of the page. */
  readonly isFirst: boolean;
}

/** Reads what a sentence says of its links, and of plain words that stand in one list with them. */
function readSentence(spot: Spot, found: Named): void {
  const { read, section, role, block, sentence, head } = spot;
  const { start, end, links, denied, masked } = sentence;
  const { flat } = block;
  const text = flat.text.slice(start, end);
  const lower = text.toLowerCase();
  const roles = rolesOfSentence(text);
  const runs = runsOf(text, links, start);
  const affirmedAt = affirmations(masked, denied, head);
  const qualifiersAt = qualifiersIn(text);
  const deniedAt = deniedPredicates(masked, head);
  let place: number | undefined;
  const add = (thing: Thing, run: Run, near: Role | undefined): void => {
    const at = thing.start;
    const behind = at + thing.words.length;
    const { isDenied, only, isSeldom } = affirmedAt(at);
    if (isDenied) return;
    const cues = [...new Set(roles.around(at, behind).map((cue) => cueFor(head, cue)))];
    if (role === undefined && cues.length === 0 && near === undefined && section.level > 0) return;
    if (place === undefined) {
      const range = withQuotes(read.scan.text, placeOf(flat, start, end));
      place = addPlace(found, read.scan.text, section.heading, range.start, range.end);
    }
    const against = deniedAt(at);
    found.mentions.push({
      ...(thing.target === undefined ? {} : { target: thing.target }),
      words: thing.words,
      method: block.kind === "item" ? "section" : "sentence",
      ...(role === undefined ? {} : { role }),
      ...(cues.length === 0 ? {} : { cues }),
      ...(near === undefined ? {} : { near }),
      place,
      ...(against.length === 0 ? {} : { against }),
      ...(only === undefined ? {} : { only }),
      ...(isSeldom ? { isSeldom } : {}),
      ...scopeOf(lower, run, near),
      ...(isMark(text, at, behind) ? { isMark: true as const } : {}),
      ...qualifiersAt(at, behind),
    });
  };
  let last: Run | undefined;
  for (const [index, link] of links.entries()) {
    const run = runs[index] as Run;
    const near = nearRole(spot, lower, run, roles);
    const at = link.start - start;
    const { isDenied, only, isSeldom } = affirmedAt(at);
    if (
      !isDenied &&
      (only === undefined ? !isSeldom : only !== "CONTRAINDICATED_IN" || role === "contraindications")
    )
      voteOnLink(spot, text, link, near, found);
    add({ target: link.target, words: flat.text.slice(link.start, link.end), start: at }, run, near);
    if (run === last || (role === undefined && near === undefined)) continue;
    last = run;
    let next = index;
    while (runs[next] === run) next += 1;
    const ceiling = (links[next]?.start ?? end) - start;
    const floor = index === 0 ? 0 : (links[index - 1] as FlatLink).end - start;
    for (const words of [...run.between, ...wordsAround(text, run, floor, ceiling)])
      add({ words: words.text, start: words.start }, run, near);
  }
}

/** A link, or plain words, at its place in a sentence. */
interface Thing {
  readonly target?: string;
  readonly words: string;
  readonly start: number;
}

/** The role of the words that govern a list, or of the section whose list item it opens. */
function nearRole(spot: Spot, lower: string, run: Run, roles: SentenceRoles): Role | undefined {
  const { role, block, sentence, head, isFirst } = spot;
  const found = roles.governing(run);
  if (found !== undefined) {
    const believed = isBelieved(lower, found, run, {
      head: head.id.toLowerCase(),
      type: head.type,
      role,
      isFirst,
    });
    // Under "Complications" what a disease leads to is one.
    if (believed) return found.cue.role === "outcome" && role === "complications" ? role : found.cue.role;
  }
  if (isStatedScope(lower, run, head.type)) return "cause";
  const opens =
    block.kind === "item" && sentence.start < 3 && run.start <= 25 && opensItem(lower.slice(0, run.start));
  return opens ? role : undefined;
}

/** "* Poor [[wound healing]]": nothing but describing words in front of the name. */
function opensItem(front: string): boolean {
  const words = front.split(/\s+/).filter((word) => word !== "");
  return words.length <= 2 && !/[:;,.]/.test(front) && !words.some(endsName);
}

/** What a list is the scope of, rather than a thing that the sentence states. */
function scopeOf(lower: string, run: Run, near: Role | undefined): Pick<Mention, "isScope"> {
  if (near === "risks" || near === "affects" || near === "metabolism" || !isScope(lower, run)) return {};
  return { isScope: isInBracket(lower, run) ? "bracket" : "clause" };
}

interface Affirmation {
  readonly isDenied: boolean;
  readonly only?: Predicate;
  readonly isSeldom?: true;
}

/** Whether a place of a sentence is affirmed: outright, as seldom, or for the one predicate that a denial states. */
function affirmations(
  masked: string,
  denied: LinkedSentence["denied"],
  head: Head,
): (at: number) => Affirmation {
  if (denied.length === 0) return () => affirmed;
  const beyondSeldom = deniedStretches(withoutSeldom(masked));
  const stated = statedByDenial(masked, isDrug(head.type));
  return (at) => {
    if (isAffirmed(denied, at)) return affirmed;
    for (const { predicate, denied: left } of stated)
      if (isAffirmed(left, at)) return { isDenied: false, only: predicate };
    return isAffirmed(beyondSeldom, at) ? { isDenied: false, isSeldom: true } : { isDenied: true };
  };
}

const affirmed: Affirmation = { isDenied: false };

/** What a drug causes is a side effect; what a disease causes is a symptom. */
function cueFor(head: Head, cue: Role): Role {
  return isDrug(head.type) && cue === "symptoms" ? "sideEffects" : cue;
}

/** Predicates of a kind of page that have words of their own that speak against them. */
function guardedOf(head: EntityType): readonly Predicate[] {
  switch (head) {
    case "drug":
    case "drug class":
      return ["TREATS", "CONTRAINDICATED_IN", "INTERACTS_WITH"];
    case "disease":
    case "symptom":
    case "sign":
      return ["TREATED_WITH", "PREVENTED_BY", "DIAGNOSED_BY"];
    default:
      return [];
  }
}

function deniedPredicates(masked: string, head: Head): (at: number) => readonly Predicate[] {
  const stretches = deniedEach(masked, guardedOf(head.type), head.id);
  return (at) => stretches.filter(({ denied }) => !isAffirmed(denied, at)).map(({ predicate }) => predicate);
}

function voteOnLink(spot: Spot, text: string, link: FlatLink, near: Role | undefined, found: Named): void {
  const { section, role, block, sentence, head } = spot;
  const guess = typeInProse(head.type, {
    role,
    near,
    isItem: block.kind === "item",
    name: link.target,
    before: text.slice(0, link.start - sentence.start).toLowerCase(),
    after: text.slice(link.end - sentence.start).toLowerCase(),
  });
  if (guess === undefined) return;
  const { type, weight = 1.5, isClear } = guess;
  const reason = `named in the section "${section.heading}" of ${head.id}`;
  if (!isClear) {
    found.likely.push({ name: link.target, type, reason });
    return;
  }
  found.clearly.push(link.target);
  found.votes.push({ name: link.target, type, weight, reason });
}

/** "The hallmark is the [[chancre]]": a sign that stands directly behind the word. */
function isMark(sentence: string, start: number, end: number): boolean {
  return (
    /\b(?:hallmark|pathognomonic|characteristic (?:sign|finding|feature|lesion))\b[^,.;]{0,50}$/i.test(
      sentence.slice(0, start),
    ) || /^,? (?:is|are) (?:the hallmark|pathognomonic|characteristic)\b/i.test(sentence.slice(end))
  );
}

/** A sentence with the quotes of its bold and italic words, so that the quote reads as the page does. */
function withQuotes(text: string, place: { start: number; end: number }): { start: number; end: number } {
  let { start, end } = place;
  while (start > 0 && text.charCodeAt(start - 1) === 39) start -= 1;
  while (end < text.length && text.charCodeAt(end) === 39 && text.charCodeAt(end + 1) === 39) end += 2;
  return { start, end };
}
