/**
 * Turns phrases into sentences of a page, and keeps the account of what they state.
 *
 * Invariant: nothing that a page states is denied on it, and nothing that it denies is stated.
 */
import { predicates } from "../../src/records/relation.ts";
import { background } from "./generate-background.ts";
import { type Draft, linkTo, reference, titleOf, type WrittenTriple } from "./generate-draft.ts";
import { between, oneOf } from "./generate-draw.ts";
import { nounPhrase, sentenceTails } from "./generate-lexicon.ts";
import { capitalised, placeName, surname } from "./generate-names.ts";
import { otherTitle } from "./generate-other-titles.ts";
import { conditionTopics, type Manner, type Topic } from "./generate-phrases.ts";
import { otherTopics } from "./generate-phrases-other.ts";
import { drawThing, type MedicalKind, nameOf, type Thing } from "./generate-world.ts";

const topics = { ...conditionTopics, ...otherTopics };
export type TopicName = keyof typeof topics;

type Slot = "L" | "l" | "T" | "P" | "N" | "Y" | "S" | "C" | "A" | "M" | "W";
type Part = string | { readonly slot: Slot };

interface Phrase {
  readonly before: readonly Part[];
  /** The words that say how often, how surely or when. */
  readonly marked: readonly Part[];
  readonly after: readonly Part[];
  /** Written for a list of at least two. */
  readonly isPlural: boolean;
  readonly takesList: boolean;
}

function parsePhrase(line: string): Phrase {
  const [before = "", marked, after] = line.split(/[<>]/);
  return {
    before: partsOf(before),
    marked: partsOf(marked ?? ""),
    after: partsOf(after ?? ""),
    isPlural: /\{L\} (?:are|develop|have)/.test(line),
    takesList: line.includes("{L}"),
  };
}

function partsOf(text: string): Part[] {
  return text
    .split(/(\{[A-Za-z]\})/)
    .filter((part) => part !== "")
    .map((part) => (/^\{.\}$/.test(part) ? { slot: part.charAt(1) as Slot } : part));
}

const manners: readonly Manner[] = ["plain", "frequency", "hedge", "condition", "denial"];
/** Where the share of each manner ends. */
const mannerEnds = [0.66, 0.8, 0.89, 0.95, 1];

/** Sentences, parsed once. */
const phrases = {} as Record<TopicName, Record<Manner, readonly Phrase[]>>;
for (const [name, topic] of Object.entries(topics)) {
  const parsed = {} as Record<Manner, readonly Phrase[]>;
  for (const manner of manners)
    parsed[manner] = topic.sentences[manner]
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [parsePhrase(line)]));
  phrases[name as TopicName] = parsed;
}

export type ProseName = keyof typeof background;
const prosePhrases = {} as Record<ProseName, readonly (readonly Part[])[]>;
for (const [name, sentences] of Object.entries(background))
  prosePhrases[name as ProseName] = sentences.map(partsOf);

/** Share of the names in sentences that are plain words, since an article links a name once. */
const UNLINKED = 0.08;

/** Writes one sentence that states the first facts of a list, or denies another; returns how many it used up. */
export function say(draft: Draft, topicName: TopicName, facts: readonly Thing[], field: number): number {
  const manner = drawManner(draft, topicName, facts);
  const topic: Topic = topics[topicName];
  if (manner === "denial") {
    const denied = deniable(draft, topic, facts[0]?.kind ?? "disease", field);
    if (denied === undefined) return 0;
    write(draft, topic, oneOf(draft.draw, phrases[topicName].denial), manner, [denied]);
    return 0;
  }
  const choices = phrases[topicName][manner];
  let phrase = oneOf(draft.draw, choices);
  if (phrase.isPlural && facts.length < 2) phrase = choices.find((one) => !one.isPlural) ?? phrase;
  const used = phrase.takesList ? facts.slice(0, between(draft.draw, 2, 4)) : facts.slice(0, 1);
  write(draft, topic, phrase, manner, used);
  return used.length;
}

function drawManner(draft: Draft, topicName: TopicName, facts: readonly Thing[]): Manner {
  const drawn = draft.draw();
  const manner = manners[mannerEnds.findIndex((end) => drawn < end)] as Manner;
  if (phrases[topicName][manner].length === 0) return "plain";
  return facts.length === 0 ? "denial" : manner;
}

/** Something that the page does not state, and may therefore deny. */
function deniable(draft: Draft, topic: Topic, kind: MedicalKind, field: number): Thing | undefined {
  const thing = drawThing(draft.world, kind, (field + 11) % 40, draft.draw);
  return draft.stated.has(keyOf(draft, topic, thing)) || titleOf(draft, thing) === draft.title
    ? undefined
    : thing;
}

function keyOf(draft: Draft, topic: Topic, { kind, n }: Thing): number {
  return (draft.world.starts[kind] + n) * predicates.length + predicates.indexOf(topic.predicate);
}

/** Marks facts as stated, so that no sentence denies them. To be called before a page's first sentence. */
export function plan(draft: Draft, topicName: TopicName, facts: readonly Thing[]): void {
  for (const fact of facts) draft.stated.add(keyOf(draft, topics[topicName], fact));
}

/** Notes a fact in the account of a page. */
export function note(
  draft: Draft,
  topicName: TopicName,
  thing: Thing,
  place: WrittenTriple["place"],
  isLinked: boolean,
): void {
  draft.truth.push(tripleOf(draft, topics[topicName], thing, place, isLinked, "plain", ""));
}

function tripleOf(
  draft: Draft,
  topic: Topic,
  thing: Thing,
  place: WrittenTriple["place"],
  isLinked: boolean,
  manner: Manner,
  words: string,
): WrittenTriple {
  const named = titleOf(draft, thing);
  return {
    head: topic.isReverse ? named : draft.title,
    predicate: topic.predicate,
    tail: topic.isReverse ? draft.title : named,
    place,
    holds: manner !== "denial",
    isLinked,
    ...(manner === "frequency" ? { frequency: words } : {}),
    ...(manner === "condition" ? { condition: words } : {}),
    ...(manner === "hedge" ? { hedge: words } : {}),
  };
}

function write(draft: Draft, topic: Topic, phrase: Phrase, manner: Manner, facts: readonly Thing[]): void {
  const linked = facts.map(() => draft.draw() >= UNLINKED);
  const before = render(draft, phrase.before, facts, linked, true);
  const marked = render(draft, phrase.marked, facts, linked, before === "");
  const after = render(draft, phrase.after, facts, linked, false);
  draft.text += `${before}${marked}${after}${reference(draft)} `;
  for (const [i, fact] of facts.entries())
    draft.truth.push(tripleOf(draft, topic, fact, "sentence", linked[i] as boolean, manner, marked));
}

function render(
  draft: Draft,
  parts: readonly Part[],
  facts: readonly Thing[],
  linked: readonly boolean[],
  opens: boolean,
): string {
  let text = "";
  for (const part of parts) {
    text += typeof part === "string" ? part : fill(draft, part.slot, facts, linked, opens && text === "");
  }
  return text;
}

function fill(
  draft: Draft,
  slot: Slot,
  facts: readonly Thing[],
  linked: readonly boolean[],
  opens: boolean,
): string {
  const { draw, world } = draft;
  switch (slot) {
    case "L":
    case "l":
      return joined(facts.map((fact, i) => mention(draft, fact, linked[i] as boolean, opens && i === 0)));
    case "T":
      return opens ? draft.title : draft.name;
    case "P":
      return `${between(draw, 1, 98)}${oneOf(draw, percents)}`;
    case "N":
      return String(between(draw, 2, 48));
    case "Y":
      return String(between(draw, 1860, 2022));
    case "S":
      return surname(between(draw, 0, 3999));
    case "C":
      return placeName(between(draw, 0, 1999));
    case "W":
      return nounPhrase(draw);
    case "A":
      return otherTitle(world, between(draw, 0, world.other - 1));
    case "M":
      return world.medical === 0
        ? otherTitle(world, between(draw, 0, world.other - 1))
        : nameOf(world, drawThing(world, oneOf(draw, mentionedKinds), between(draw, 0, 39), draw));
    default:
      return slot satisfies never;
  }
}

const percents = ["%", "%", "%", " %", "&nbsp;%", " percent"];
const mentionedKinds = ["disease", "disease", "drug", "symptom", "anatomy"] as const;

function mention(draft: Draft, thing: Thing, isLinked: boolean, opens: boolean): string {
  if (isLinked) return linkTo(draft, thing, opens);
  const name = nameOf(draft.world, thing);
  return opens ? capitalised(name) : name;
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")}${words.length > 2 ? "," : ""} and ${words.at(-1)}`;
}

const tailPhrases = sentenceTails.map(partsOf);

/** Writes a sentence that states nothing of the graph. */
export function chat(draft: Draft, section: ProseName): void {
  const { draw } = draft;
  const words = render(draft, oneOf(draw, prosePhrases[section]), [], [], true);
  if (draw() < PLAIN) draft.text += `${words}${reference(draft)} `;
  else
    draft.text += `${words.slice(0, -1)}${render(draft, oneOf(draw, tailPhrases), [], [], false)}.${reference(draft)} `;
}

/** Share of the sentences of prose without a tail. */
const PLAIN = 0.45;
