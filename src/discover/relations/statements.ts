/**
 * What the sentences of a section say: each link, and each plain word that stands in a list, with what governs it, what
 * denies it, and what is said beside the bare fact.
 *
 * Invariant: a place quotes the sentence to the character; nothing is taken from a denied clause. Plain words are
 * taken only where they are the name of something known (`resolve.ts`).
 */
import type { Mention } from "../reading/survey-record.ts";
import type { FlatLink } from "../wikitext/plain.ts";
import type { Block, ReadPage, Section } from "../wikitext/sections.ts";
import { affirmations, deniedPredicates } from "./affirmation.ts";
import { addPlace, type Draft, type Named } from "./draft.ts";
import { isBelieved, isInBracket, isScope, isStatedScope } from "./governors.ts";
import type { LinkedSentence } from "./linked-sentences.ts";
import { deniedStretches } from "./negation.ts";
import { qualifiersIn } from "./qualifiers.ts";
import { rolesOfSentence, type SentenceRoles } from "./roles.ts";
import { endsName, plainRun, type Run, runsOf, wordsAround } from "./runs.ts";
import type { Role } from "./tables.ts";
import { type Head, isDrug, typeInProse } from "./types-by-place.ts";
import { placeOf } from "./values.ts";

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

/** Reads what a sentence says of its links, and of plain words that stand in a list. */
export function readSentence(spot: Spot, found: Named): void {
  const { block, sentence } = spot;
  const { start, end, links } = sentence;
  const text = block.flat.text.slice(start, end);
  const item = links.length === 0 ? plainItem(spot, text) : undefined;
  if (links.length === 0 && item === undefined) return;
  const roles = rolesOfSentence(text);
  const runs = runsOf(text, links, start);
  const state = stateOf(spot, text, roles, runs);
  let last: Run | undefined;
  for (const [index, link] of links.entries()) {
    const run = runs[index] as Run;
    const near = nearRole(spot, state.lower, run, roles);
    if (isStated(spot, state, link.start - start)) voteOnLink(spot, text, link, run, near, found);
    const words = block.flat.text.slice(link.start, link.end);
    add(spot, state, { target: link.target, words, start: link.start - start, run, near }, found);
    if (run === last || (spot.role === undefined && near === undefined)) continue;
    last = run;
    if (state.affirmedAt(link.start - start).isDenied) continue;
    let next = index;
    while (runs[next] === run) next += 1;
    const ceiling = (links[next]?.start ?? end) - start;
    const floor = index === 0 ? 0 : (links[index - 1] as FlatLink).end - start;
    for (const member of [...run.between, ...wordsAround(text, run, floor, ceiling)])
      add(spot, state, { words: member.text, start: member.start, run, near }, found);
  }
  if (item === undefined) return;
  for (const member of item.between)
    add(spot, state, { words: member.text, start: member.start, run: item, near: spot.role }, found);
}

/** What is known of a sentence before its names are gone through. */
interface State {
  readonly text: string;
  readonly lower: string;
  readonly roles: SentenceRoles;
  readonly affirmedAt: ReturnType<typeof affirmations>;
  readonly deniedAt: ReturnType<typeof deniedPredicates>;
  readonly qualifiersAt: ReturnType<typeof qualifiersIn>;
  /** Its place among those found, once something in it is. */
  place: number | undefined;
}

function stateOf({ sentence, head }: Spot, text: string, roles: SentenceRoles, runs: readonly Run[]): State {
  const { masked } = sentence;
  const lower = text.toLowerCase();
  const tails = runs.filter((run) => isDrug(head.type) || !isScope(lower, run));
  return {
    text,
    lower,
    roles,
    affirmedAt: affirmations(masked, deniedStretches(masked), head),
    deniedAt: deniedPredicates(masked, head),
    qualifiersAt: qualifiersIn(text, tails),
    place: undefined,
  };
}

/** Whether a place is stated outright, so that it says something of the type of what stands there. */
function isStated({ role }: Spot, { affirmedAt }: State, at: number): boolean {
  const { isDenied, only, isSeldom } = affirmedAt(at);
  if (isDenied || isSeldom) return false;
  return only !== "CONTRAINDICATED_IN" || role === "contraindications";
}

/** "* High fever": an item of plain words under a heading that says what it lists. */
function plainItem({ role, block, sentence }: Spot, text: string): Run | undefined {
  if (block.kind !== "item" || role === undefined || sentence.start > 2 || text.length > 80) return undefined;
  return plainRun(text);
}

/** Adds a mention, unless the sentence denies it. */
function add(spot: Spot, state: State, thing: Thing, found: Named): void {
  const { read, section, role, block, sentence, head } = spot;
  const { words, start: at, target, run, near } = thing;
  const behind = at + words.length;
  const { isDenied, only, isSeldom } = state.affirmedAt(at);
  if (isDenied) return;
  const cues = cuesAt(state.roles.around(at, behind), head);
  if (role === undefined && cues.length === 0 && near === undefined && section.level > 0) return;
  if (state.place === undefined) {
    const range = withQuotes(read.scan.text, placeOf(block.flat, sentence.start, sentence.end));
    state.place = addPlace(found, read.scan.text, section.heading, range.start, range.end);
  }
  const method = block.kind === "item" ? "section" : "sentence";
  const mention: Draft = { words, method, place: state.place };
  if (target !== undefined) mention.target = target;
  if (role !== undefined) mention.role = role;
  if (cues.length > 0) mention.cues = cues;
  if (near !== undefined) mention.near = near;
  const against = state.deniedAt(at);
  if (against.length > 0) mention.against = against;
  if (only !== undefined) mention.only = only;
  if (isSeldom) mention.isSeldom = isSeldom;
  const scope = scopeOf(state.lower, run, near);
  if (scope !== undefined) mention.isScope = scope;
  if (isMark(state.text, at, behind)) mention.isMark = true;
  found.mentions.push(Object.assign(mention, state.qualifiersAt(at, behind)));
}

/** A link, or plain words, at its place in a sentence. */
interface Thing {
  readonly target?: string;
  readonly words: string;
  readonly start: number;
  /** The list that it stands in, and what governs it. */
  readonly run: Run;
  readonly near: Role | undefined;
}

/** The role of the words that govern a list, or of the section whose list item it opens. */
function nearRole(spot: Spot, lower: string, run: Run, roles: SentenceRoles): Role | undefined {
  const { role, block, sentence, head, isFirst } = spot;
  const place = { head: head.id.toLowerCase(), type: head.type, role, isFirst };
  const said = roles.governing(run, (governor) => isBelieved(lower, governor, run, place));
  // Under "Complications" what a disease leads to is one.
  if (said !== undefined) return said === "outcome" && role === "complications" ? role : said;
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
function scopeOf(lower: string, run: Run, near: Role | undefined): Mention["isScope"] {
  if (near === "risks" || near === "affects" || near === "metabolism" || !isScope(lower, run))
    return undefined;
  return isInBracket(lower, run) ? "bracket" : "clause";
}

function cuesAt(around: readonly Role[], head: Head): Role[] {
  const out: Role[] = [];
  for (const one of around) {
    const cue = cueFor(head, one);
    if (!out.includes(cue)) out.push(cue);
  }
  return out;
}

/** What a drug causes is a side effect; what a disease causes is a symptom. */
function cueFor(head: Head, cue: Role): Role {
  return isDrug(head.type) && cue === "symptoms" ? "sideEffects" : cue;
}

function voteOnLink(
  spot: Spot,
  text: string,
  link: FlatLink,
  run: Run,
  near: Role | undefined,
  found: Named,
): void {
  const { section, role, block, sentence, head } = spot;
  const guess = typeInProse(head.type, {
    role,
    near,
    isItem: block.kind === "item",
    isListed: run.links > 1 || run.between.length > 0,
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
