/**
 * Votes of one page on the types of what it names: the first of the two passes, so that a thing without a page has
 * one type in the whole graph (see ballots.ts).
 */
import type { EntityType } from "../../records/entity.ts";
import type { Ballots } from "../ballots.ts";
import { factBoxes } from "../facts.ts";
import { shapeOf } from "../name-shapes.ts";
import { flatten } from "../wikitext/plain.ts";
import { blocksOf, type ReadPage } from "../wikitext/sections.ts";
import { sentencesOf } from "../wikitext/sentences.ts";
import { deniedStretches, isAffirmed } from "./negation.ts";
import type { Head } from "./read.ts";
import { roleOfSection } from "./roles.ts";
import { fieldsOf, findingCues, type Role } from "./tables.ts";
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
  for (const section of read.sections) {
    const role = roleOfSection(section);
    if (role === "none") continue;
    const reason = `named in the section "${section.heading}" of ${head.id}`;
    for (const { flat } of blocksOf(read.scan, section)) {
      if (flat.links.length === 0) continue;
      for (const { start, end } of sentencesOf(flat.text)) {
        const links = flat.links.filter((link) => link.start >= start && link.start < end);
        if (links.length === 0) continue;
        const sentence = flat.text.slice(start, end);
        const denied = deniedStretches(sentence);
        for (const link of links) {
          if (!isAffirmed(denied, link.start - start)) continue;
          const before = sentence.slice(0, link.start - start).toLowerCase();
          const after = sentence.slice(link.end - start).toLowerCase();
          const type = typeInSection(isDrug, role, link.target, before, after);
          if (type) ballots.cast(link.target, type, 1.5, reason);
        }
      }
    }
  }
}

function typeInField(role: Role, fallback: EntityType, name: string): EntityType {
  const shape = shapeOf(name);
  switch (role) {
    case "cause":
      return shape === "pathogen" || shape === "gene" || shape === "mechanism" ? shape : fallback;
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

function typeInSection(
  isDrug: boolean,
  role: Role | undefined,
  name: string,
  before: string,
  after: string,
): EntityType | undefined {
  const shape = shapeOf(name);
  if (isDrug) {
    if (role === undefined && /\b(?:is|are) (?:an?|the)(?: [a-z-]+){0,3} $/.test(before))
      return "drug class";
    if (role === "action" && (shape === "mechanism" || /\b(?:by|through|via|inhibits?|inhibition of|blocks?|causes?|to) (?:the )?$/.test(before)))
      return shape === "drug" || shape === "drug class" ? undefined : "mechanism";
    if (role === "sideEffects") return shape === "drug" || shape === "test" || shape === "procedure" ? undefined : "symptom";
    return undefined;
  }
  switch (role) {
    case "diagnosis":
    case "symptoms":
      if (shape === "test" || shape === "procedure") return role === "diagnosis" ? shape : undefined;
      if (isFinding(before, after)) return "finding";
      return undefined;
    case "mechanism":
    case "cause":
      if (shape === "mechanism" || shape === "pathogen" || shape === "gene") return shape;
      return isFinding(before, after) && role === "mechanism" ? "finding" : undefined;
    case "treatment":
      return shape === "drug" || shape === "drug class" || shape === "procedure" ? shape : undefined;
    default:
      return undefined;
  }
}

function isFinding(before: string, after: string): boolean {
  return (
    findingCues.test(before) ||
    /^[^.;]*\b(?:is|are) (?:the |a |an )?(?:hallmarks?|characteristic|pathognomonic|typical|classic|diagnostic|found|seen)/.test(after)
  );
}

const notInNames =
  /\b(?:based|depends?|depending|see|various|other|others|usually|often|if|when|then|than|may|can|is|are|by|before|after|unless|variable|many|some|most|several|any|it|its|this|they|which|that|cases?|people|years?|per|about|genetic|environmental|idiopathic|unknown|certain|another|multiple|medications?|drugs?|surgery|clinical|treatment|factors?|less|plenty)\b/i;

/** Whether plain words can name a concept of their own: few, without numbers, and not a remark. */
function isName(text: string): boolean {
  if (text.length < 3 || text.length > 50 || /[\d%<>{}[\]|=:"?]/.test(text)) return false;
  if (/^(?:warm|cold|dry|central|medical|chronic|acute|mild|severe|early|late|primary|secondary|feet|legs|hands|face)$/i.test(text)) return false;
  return text.split(" ").length <= 4 && /\p{L}/u.test(text) && !notInNames.test(text);
}
