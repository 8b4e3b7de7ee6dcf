/**
 * The relations of one page, each with the sentence or value it was read from (paper §3.1, relations with evidence).
 *
 * Invariant: a piece of evidence quotes the page to the character; no relation comes from a denied clause, a section
 * such as History, or a link whose type does not fit the place.
 */
import type { EntityType } from "../../records/entity.ts";
import type { PageEvidence } from "../../records/evidence.ts";
import type { Page } from "../../records/page.ts";
import type { Predicate, Relation } from "../../records/relation.ts";
import { factBoxes } from "../facts.ts";
import type { Named, Names } from "../names.ts";
import { flatten } from "../wikitext/plain.ts";
import { blocksOf, type ReadPage, type Section } from "../wikitext/sections.ts";
import { linkedSentences } from "./linked-sentences.ts";
import { deniedAsBar, deniedFor, isAffirmed } from "./negation.ts";
import { roleOfSection, rolesOfSentence } from "./roles.ts";
import { fieldsOf, meaningOf, type Role } from "./tables.ts";
import { placeOf, valuesOf } from "./values.ts";

/** One reading of a relation; several of the same triple are merged later. */
export interface Reading {
  readonly head: string;
  readonly predicate: Predicate;
  readonly tail: string;
  readonly method: Relation["method"];
  readonly confidence: number;
  readonly evidence: PageEvidence;
}

/** How much a way of reading is trusted; not given in the paper. */
const trust = {
  fieldLink: 0.95,
  fieldWords: 0.85,
  fieldNewName: 0.6,
  listItem: 0.85,
  sentence: 0.75,
  sentenceByCue: 0.7,
  leadByType: 0.55,
} as const;

export interface Head {
  readonly id: string;
  readonly type: EntityType;
}

/** Reads the relations of a page whose entity is `head`. */
export function* readRelations(
  page: Page,
  read: ReadPage,
  head: Head,
  names: Names,
  licence: string,
): Generator<Reading> {
  const evidenceAt = (section: string, start: number, end: number): PageEvidence => ({
    kind: "page",
    page: page.title,
    pageId: page.pageId,
    revision: page.revision,
    section,
    start,
    end,
    quote: page.wikitext.slice(start, end),
    licence,
  });
  yield* readFields(read, head, names, evidenceAt);
  for (const section of read.sections) {
    const role = roleOfSection(section);
    if (role === "none") continue;
    yield* readSection(read, section, role, head, names, evidenceAt);
  }
}

type EvidenceAt = (section: string, start: number, end: number) => PageEvidence;

function* readFields(read: ReadPage, head: Head, names: Names, evidenceAt: EvidenceAt): Generator<Reading> {
  const fields = fieldsOf(head.type);
  for (const box of factBoxes(read)) {
    for (const parameter of box.parameters) {
      const name = parameter.name.replace(/\s*\d+$/, "");
      const row = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (row === undefined || parameter.start === parameter.end) continue;
      const flat = flatten(read.scan, parameter.start, parameter.end);
      for (const value of valuesOf(flat)) {
        const tail =
          value.target === undefined
            ? names.words(value.text)
            : (names.link(value.target) ?? names.words(value.text));
        if (tail === undefined || tail.id === head.id) continue;
        const predicate = meaningOf(head.type, row.role, tail.type, true);
        if (predicate === undefined) continue;
        const confidence = !tail.hasPage
          ? trust.fieldNewName
          : value.target === undefined
            ? trust.fieldWords
            : trust.fieldLink;
        const evidence = evidenceAt(`infobox:${parameter.name}`, value.start, value.end);
        yield { head: head.id, predicate, tail: tail.id, method: "infobox", confidence, evidence };
      }
    }
  }
}

function* readSection(
  read: ReadPage,
  section: Section,
  role: Role | undefined,
  head: Head,
  names: Names,
  evidenceAt: EvidenceAt,
): Generator<Reading> {
  const isDrug = head.type === "drug" || head.type === "drug class";
  for (const { kind, flat } of blocksOf(read.scan, section)) {
    if (flat.links.length === 0) continue;
    for (const { start, end, links, denied, masked } of linkedSentences(flat)) {
      const sentence = flat.text.slice(start, end);
      const roles = rolesOfSentence(sentence);
      let place: { start: number; end: number } | undefined;
      for (const link of links) {
        const at = link.start - start;
        const isDenied = !isAffirmed(denied, at);
        if (isDenied && !isDrug) continue;
        const tail = names.link(link.target);
        if (tail === undefined || tail.id === head.id) continue;
        const found = decide(head, tail, role, roles, at, link.end - start);
        if (found === undefined || !isAffirmed(deniedFor(masked, found.predicate, head.id), at)) continue;
        if (isDenied && (found.predicate !== "CONTRAINDICATED_IN" || !isAffirmed(deniedAsBar(masked), at)))
          continue;
        const predicate =
          found.predicate === "HAS_SYMPTOM" && tail.type === "sign" && isMark(sentence, at, link.end - start)
            ? "HAS_FINDING"
            : found.predicate;
        place ??= withQuotes(read.scan.text, placeOf(flat, start, end));
        const isItem = kind === "item" && found.bySection;
        yield {
          head: head.id,
          predicate,
          tail: tail.id,
          method: isItem ? "section" : "sentence",
          confidence: isItem ? trust.listItem : found.confidence,
          evidence: evidenceAt(section.heading, place.start, place.end),
        };
      }
    }
  }
}

/** "The hallmark is the [[chancre]]": a sign that stands directly behind the word. */
function isMark(sentence: string, start: number, end: number): boolean {
  return (
    /\b(?:hallmark|pathognomonic|characteristic (?:sign|finding|feature|lesion))\b[^,.;]{0,50}$/i.test(
      sentence.slice(0, start),
    ) || /^,? (?:is|are) (?:the hallmark|pathognomonic|characteristic)\b/i.test(sentence.slice(end))
  );
}

/** Roles whose own words say more than the section they stand in. */
const strong = new Set<Role>([
  "contraindications",
  "interactions",
  "differential",
  "prevention",
  "risks",
  "sideEffects",
]);

function decide(
  head: Head,
  tail: Named,
  role: Role | undefined,
  roles: ReturnType<typeof rolesOfSentence>,
  start: number,
  end: number,
): { predicate: Predicate; confidence: number; bySection: boolean } | undefined {
  const isDrug = head.type === "drug" || head.type === "drug class";
  // What a drug causes is a side effect; what a disease causes is a symptom.
  const cues = roles.around(start, end).map((cue) => (isDrug && cue === "symptoms" ? "sideEffects" : cue));
  const nearest = cues[0];
  if (nearest !== undefined && strong.has(nearest)) {
    const predicate = meaningOf(head.type, nearest, tail.type);
    if (predicate) return { predicate, confidence: trust.sentence, bySection: nearest === role };
  }
  if (role !== undefined) {
    const predicate = meaningOf(head.type, role, tail.type);
    if (predicate) return { predicate, confidence: trust.sentence, bySection: true };
  }
  for (const cue of cues) {
    const predicate = meaningOf(head.type, cue, tail.type);
    if (predicate) return { predicate, confidence: trust.sentenceByCue, bySection: false };
  }
  if (role === undefined && tail.type === "mechanism") {
    const predicate = meaningOf(head.type, "mechanism", tail.type);
    if (predicate) return { predicate, confidence: trust.leadByType, bySection: false };
  }
  return undefined;
}

/** A sentence with the quotes of its bold and italic words, so that the quote reads as the page does. */
function withQuotes(text: string, place: { start: number; end: number }): { start: number; end: number } {
  let { start, end } = place;
  while (start > 0 && text.charCodeAt(start - 1) === 39) start -= 1;
  while (end < text.length && text.charCodeAt(end) === 39 && text.charCodeAt(end + 1) === 39) end += 2;
  return { start, end };
}
