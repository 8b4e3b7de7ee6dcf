/**
 * Votes of one page on the types of what it names: the first of the two passes, so that a thing without a page has
 * one type in the whole graph (see ballots.ts).
 */
import type { EntityType } from "../../records/entity.ts";
import type { Ballots, Candidate } from "../ballots.ts";
import { factBoxes } from "../facts.ts";
import { shapeOf } from "../name-shapes.ts";
import { flatten } from "../wikitext/plain.ts";
import { blocksOf, type ReadPage } from "../wikitext/sections.ts";
import { findingCues, hallmark } from "./cues.ts";
import { linkedSentences } from "./linked-sentences.ts";
import { deniedAsBar, isAffirmed } from "./negation.ts";
import type { Head } from "./read.ts";
import { roleOfSection } from "./roles.ts";
import { fieldsOf, type Role } from "./tables.ts";
import { valuesOf } from "./values.ts";

/** Casts the votes of a page. */
export function nameThings(read: ReadPage, head: Head, ballots: Ballots): void {
  const fields = fieldsOf(head.type);
  for (const box of factBoxes(read)) {
    for (const parameter of box.parameters) {
      const name = parameter.name.replace(/\s*\d+$/, "");
      const row = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (row?.fallback === undefined || parameter.start === parameter.end) continue;
      const reason = `named in the field "${parameter.name}" of ${head.id}`;
      for (const value of valuesOf(flatten(read.scan, parameter.start, parameter.end))) {
        if (value.target === undefined && !isName(value.text)) continue;
        const thing = value.target ?? value.text;
        if (row.role === "types" && value.target === undefined && !thing.includes(" ")) continue;
        const type = typeInField(row.role, row.fallback, thing);
        ballots.cast(thing, type, value.target === undefined ? 1 : fieldWeight(row.role), reason);
      }
    }
  }
  const isDrug = head.type === "drug" || head.type === "drug class";
  if (head.type !== "disease" && !isDrug) return;
  /** Things that a section may well name, used only where it names nothing more clearly. */
  const likely: Candidate[] = [];
  const clearly: string[] = [];
  for (const section of read.sections) {
    const role = roleOfSection(section);
    if (role === "none") continue;
    const reason = `named in the section "${section.heading}" of ${head.id}`;
    for (const { kind, flat } of blocksOf(read.scan, section)) {
      if (flat.links.length === 0) continue;
      for (const { start, end, links, denied, masked } of linkedSentences(flat)) {
        const sentence = flat.text.slice(start, end);
        for (const link of links) {
          const isBar = role === "contraindications" && isAffirmed(deniedAsBar(masked), link.start - start);
          if (!isBar && !isAffirmed(denied, link.start - start)) continue;
          const before = sentence.slice(0, link.start - start).toLowerCase();
          const after = sentence.slice(link.end - start).toLowerCase();
          const place = { role, isItem: kind === "item", name: link.target, before, after };
          const found = isDrug ? typeInDrug(place) : typeInCondition(place);
          if (found === undefined) continue;
          if (found.isClear) {
            clearly.push(link.target);
            ballots.cast(link.target, found.type, found.weight ?? 1.5, reason);
          } else likely.push({ name: link.target, type: found.type, reason });
        }
      }
    }
  }
  ballots.suggest(clearly, likely);
}

function typeInField(role: Role, fallback: EntityType, name: string): EntityType {
  const shape = shapeOf(name);
  switch (role) {
    case "cause":
      if (/^[A-Z][A-Z0-9]{2,6}$/.test(name) && shape === undefined) return "gene";
      return shape === "pathogen" || shape === "gene" || shape === "mechanism" || shape === "disease"
        ? shape
        : fallback;
    case "risks":
      return shape === "disease" ? shape : fallback;
    case "treatment":
    case "prevention":
      return shape === "drug" || shape === "drug class" || shape === "procedure" ? shape : fallback;
    default:
      return fallback;
  }
}

/** A field that takes anything says less about the type of what stands in it. */
function fieldWeight(role: Role): number {
  switch (role) {
    case "cause":
    case "risks":
    case "complications":
    case "prevention":
    case "treatment":
      return 1.5;
    default:
      return 3;
  }
}

interface Place {
  readonly role: Role | undefined;
  readonly isItem: boolean;
  readonly name: string;
  /** Words of the sentence in front of the link and behind it, in lower case. */
  readonly before: string;
  readonly after: string;
}

interface Guess {
  readonly type: EntityType;
  /** How much the place says of the type; 1.5 unless it takes anything. */
  readonly weight?: number;
  readonly isClear: boolean;
}

function typeInDrug({ role, name, before }: Place): Guess | undefined {
  const shape = shapeOf(name);
  const isRemedy = shape === "drug" || shape === "drug class";
  switch (role) {
    case undefined:
      return /\b(?:is|are) (?:an?|the)(?: [a-z-]+){0,3} $/.test(before) && isCommon(name)
        ? { type: "drug class", isClear: true }
        : undefined;
    case "action":
      if (isRemedy || isPerson(name)) return undefined;
      return { type: "mechanism", isClear: shape === "mechanism" || actionCue.test(before) };
    case "sideEffects":
      if (isRemedy || shape === "test" || shape === "procedure" || isPerson(name)) return undefined;
      return { type: "symptom", isClear: true, weight: 1 };
    case "contraindications":
      if (isRemedy || isPerson(name)) return undefined;
      return { type: shape === "disease" ? "disease" : "concept", isClear: true, weight: 1 };
    default:
      return undefined;
  }
}

const actionCue =
  /\b(?:by|through|via|inhibits?|inhibition of|blocks?|reduces|increases|causes?|to) (?:the )?$/;

function typeInCondition({ role, isItem, name, before, after }: Place): Guess | undefined {
  const shape = shapeOf(name);
  const isOther = shape !== undefined && shape !== "finding" && shape !== "mechanism" && shape !== "disease";
  switch (role) {
    case undefined: {
      const isCause =
        /\b(?:caused by|due to|results? from|resulting from|infection (?:with|by))\b[^.;]*$/.test(before);
      return shape === "pathogen" || shape === "gene" || (isCause && shape === "mechanism")
        ? { type: shape, isClear: true }
        : undefined;
    }
    case "diagnosis":
      if (isJustShown(before) && !isPerson(name)) return { type: "finding", isClear: true };
      if (shape === "test" || shape === "procedure") return { type: shape, isClear: true };
      if (isOther || isPerson(name)) return undefined;
      return {
        type: "finding",
        isClear: shape === "finding" || isShown(before) || hallmark(before, after),
      };
    case "symptoms":
      if (hallmark(before, after) || isJustShown(before)) return { type: "finding", isClear: true };
      return isItem && (shape === undefined || shape === "disease")
        ? { type: "symptom", isClear: true }
        : undefined;
    case "mechanism":
    case "cause":
      if (shape === "finding")
        return role === "mechanism"
          ? { type: "finding", isClear: isShown(before) || hallmark(before, after) }
          : undefined;
      if (shape === "mechanism" || shape === "pathogen" || shape === "gene")
        return { type: shape, isClear: true };
      if (isJustShown(before) && role === "mechanism") return { type: "finding", isClear: true };
      if (isOther || isPerson(name) || role === "cause") return undefined;
      return { type: "mechanism", isClear: false };
    case "treatment":
      return shape === "drug" || shape === "drug class" || shape === "procedure"
        ? { type: shape, isClear: true }
        : undefined;
    case "differential":
      return isPerson(name) ? undefined : { type: "disease", isClear: true };
    case "complications":
      return isItem && !isOther ? { type: "disease", isClear: true } : undefined;
    default:
      return undefined;
  }
}

function isShown(before: string): boolean {
  return findingCues.test(before);
}

/** "… biopsy shows the [[X]]": the words stand directly before the link. */
function isJustShown(before: string): boolean {
  return /\b(?:shows?|showing|reveals?|demonstrates?|discloses?|displays?|detects?|finds?) (?:an? |the )?(?:[a-z-]+, ){0,2}(?:[a-z-]+ ){0,2}$/.test(
    before,
  );
}

/** "Harvey Cushing": every word begins large and none is a word of medicine. */
function isPerson(name: string): boolean {
  return /^\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*)+$/u.test(name.replace(/ \([^()]*\)$/, ""));
}

function isCommon(name: string): boolean {
  return !isPerson(name);
}

const notInNames =
  /\b(?:based|depends?|depending|see|various|other|others|usually|often|if|when|then|than|may|can|is|are|by|before|after|unless|variable|many|some|most|several|any|it|its|this|they|which|that|cases?|people|years?|per|about|genetic|environmental|idiopathic|unknown|certain|another|multiple|medications?|drugs?|surgery|clinical|treatment|factors?|less|plenty)\b/i;

/** Whether plain words can name a concept of their own: few, without numbers, and not a remark. */
function isName(text: string): boolean {
  if (text.length < 3 || text.length > 50 || /[\d%<>{}[\]|=:"?]/.test(text)) return false;
  if (
    /^(?:warm|cold|dry|central|medical|chronic|acute|mild|severe|early|late|primary|secondary|feet|legs|hands|face)$/i.test(
      text,
    )
  )
    return false;
  return text.split(" ").length <= 4 && /\p{L}/u.test(text) && !notInNames.test(text);
}
