/**
 * What the place of a name says about its type, where the name has no page of its own: a vote (see ballots.ts), so
 * that a thing without a page has one type in the whole graph.
 */
import type { EntityType } from "../../records/entity.ts";
import { shapeOf } from "../name-shapes.ts";
import { findingCues, hallmark } from "./cues.ts";
import type { FieldRow, Role } from "./tables.ts";
import type { FieldValue } from "./values.ts";

/** The entity that a page is about. */
export interface Head {
  readonly id: string;
  readonly type: EntityType;
}

/** Whether a type is that of a remedy. */
export function isDrug(type: EntityType): boolean {
  return type === "drug" || type === "drug class";
}

/** The type that a value of a field would have; undefined where the field or the words name no concept. */
export function typeInField(row: FieldRow, value: FieldValue): EntityType | undefined {
  const { text, target } = value;
  if (row.fallback === undefined || (target === undefined && !isName(text))) return undefined;
  if (row.role === "types" && target === undefined && !text.includes(" ")) return undefined;
  return typeByRole(row.role, row.fallback, target ?? text);
}

function typeByRole(role: Role, fallback: EntityType, name: string): EntityType {
  const shape = shapeOf(name);
  switch (role) {
    case "cause":
      if (/^[A-Z][A-Z0-9]{2,6}$/.test(name) && shape === undefined) return "gene";
      return shape === "pathogen" || shape === "gene" || shape === "mechanism" || shape === "disease"
        ? shape
        : fallback;
    case "risks":
      return shape === "disease" || shape === "drug" || shape === "drug class" || shape === "procedure"
        ? shape
        : fallback;
    case "treatment":
    case "prevention":
      return shape === "drug" || shape === "drug class" || shape === "procedure" ? shape : fallback;
    case "metabolism":
      return shape === "anatomy" ? shape : fallback;
    default:
      return fallback;
  }
}

/** A field that takes anything says less about the type of what stands in it. */
export function voteWeight(role: Role): number {
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

/** Where a link stands. */
interface NamePlace {
  readonly role: Role | undefined;
  /** What the words say that govern it directly. */
  readonly near: Role | undefined;
  readonly isItem: boolean;
  /** Whether it stands in a list with others, in a sentence. */
  readonly isListed: boolean;
  readonly name: string;
  /** Words of the sentence in front of the link and behind it, in lower case. */
  readonly before: string;
  readonly after: string;
}

interface TypeGuess {
  readonly type: EntityType;
  /** How much the place says of the type; 1.5 unless it takes anything. */
  readonly weight?: number;
  readonly isClear: boolean;
}

/** The type that a link of a sentence would have by what is said of it. */
export function typeInProse(head: EntityType, place: NamePlace): TypeGuess | undefined {
  switch (head) {
    case "drug":
    case "drug class":
      return typeInDrug(place);
    case "disease":
      return typeInCondition(place);
    case "symptom":
    case "sign":
      return typeInSymptom(place);
    case "pathogen":
      return typeOfIllness(place);
    case "anatomy":
      return anatomyRoles.has(place.near) ? { type: "anatomy", isClear: true } : undefined;
    default:
      return undefined;
  }
}

/** What a pathogen is said to cause is a disease. */
function typeOfIllness({ near, name }: NamePlace): TypeGuess | undefined {
  if ((near !== "outcome" && near !== "agent") || isPerson(name)) return undefined;
  const shape = shapeOf(name);
  return shape === undefined || shape === "disease"
    ? { type: "disease", isClear: true, weight: 1 }
    : undefined;
}

const anatomyRoles: ReadonlySet<Role | undefined> = new Set([
  "partOf",
  "artery",
  "vein",
  "nerve",
  "precursor",
]);

/** Pages about symptoms say in lists and plain statements what brings them on, follows, and helps. */
function typeInSymptom({ role, near, name }: NamePlace): TypeGuess | undefined {
  if (isPerson(name)) return undefined;
  const shape = shapeOf(name);
  if (role === "cause" && (shape === "disease" || shape === "drug" || shape === "drug class"))
    return { type: shape, isClear: true };
  if (role === "treatment" && (shape === "drug" || shape === "drug class" || shape === "procedure"))
    return { type: shape, isClear: true };
  const said = near ?? (role === "treatment" || role === "complications" ? undefined : role);
  return said === undefined || said === "symptoms" || said === "subtype"
    ? undefined
    : typeByNear(said, shape, name);
}

function typeInDrug({ role, near, name, before }: NamePlace): TypeGuess | undefined {
  const shape = shapeOf(name);
  const isRemedy = shape === "drug" || shape === "drug class";
  if (near === "metabolism" && (shape === "gene" || shape === "anatomy"))
    return { type: shape, isClear: true };
  if (near === "sideEffects" && role === undefined) return typeOfEffect(shape, name);
  if (near === "uses" && (shape === "disease" || shape === "symptom"))
    return { type: shape, isClear: true, weight: 1 };
  switch (role) {
    case undefined:
      return /\b(?:is|are|as) (?:an?|the|one of the|among the)(?: [a-z-]+){0,3} $/.test(before) &&
        isCommon(name) &&
        (shape === undefined || isRemedy)
        ? { type: "drug class", isClear: true }
        : undefined;
    case "action":
      if (isRemedy || isPerson(name) || shape === "anatomy") return undefined;
      if (shape === "gene") return { type: shape, isClear: true };
      return { type: "mechanism", isClear: shape === "mechanism" || actionCue.test(before) };
    case "sideEffects":
      return typeOfEffect(shape, name);
    case "contraindications":
      if (isRemedy || shape === "anatomy" || isPerson(name)) return undefined;
      return { type: typeOfState(shape), isClear: true, weight: 1 };
    default:
      return undefined;
  }
}

/** What a drug does unwanted is a symptom, unless it bears the name of a disease. */
function typeOfEffect(shape: EntityType | undefined, name: string): TypeGuess | undefined {
  switch (shape) {
    case "drug":
    case "drug class":
    case "test":
    case "procedure":
    case "anatomy":
    case "gene":
    case "pathogen":
      return undefined;
    default:
      return isPerson(name) ? undefined : { type: "symptom", isClear: true, weight: 1 };
  }
}

/** A state that bars a drug: a disease where it bears such a name, "bowel obstruction" as much as "porphyria". */
function typeOfState(shape: EntityType | undefined): EntityType {
  switch (shape) {
    case "disease":
    case "mechanism":
      return "disease";
    case "symptom":
      return shape;
    default:
      return "concept";
  }
}

const actionCue =
  /\b(?:by|through|via|inhibits?|inhibition of|blocks?|reduces|increases|causes?|to) (?:the )?$/;

function typeInCondition(place: NamePlace): TypeGuess | undefined {
  const { role, near, isItem, isListed, name, before, after } = place;
  const shape = shapeOf(name);
  const isOther = shape !== undefined && shape !== "finding" && shape !== "mechanism" && shape !== "disease";
  if (near !== undefined && near !== role && !isPerson(name)) {
    const guess = typeByNear(near, shape, name);
    if (guess !== undefined) return guess;
  }
  switch (role) {
    case undefined: {
      const isCause =
        /\b(?:caused by|due to|results? from|resulting from|infection (?:with|by))\b[^.;]*$/.test(before);
      return shape === "pathogen" ||
        (shape === "gene" && !isTarget(name)) ||
        (isCause && shape === "mechanism")
        ? { type: shape, isClear: true }
        : undefined;
    }
    case "diagnosis":
      if (
        /^ (?:measurement|levels?|tests?|testing|assays?|analysis|titers?|titres?|determination)\b/.test(
          after,
        )
      )
        return { type: "test", isClear: true };
      if (isJustShown(before) && !isPerson(name)) return { type: "finding", isClear: true };
      if (shape === "test" || shape === "procedure") return { type: shape, isClear: true };
      if (isOther || isPerson(name)) return undefined;
      return {
        type: "finding",
        isClear: shape === "finding" || isShown(before) || hallmark(before, after),
      };
    case "symptoms":
      if (shape === "symptom") return { type: shape, isClear: true };
      if (isOther) return undefined;
      if (hallmark(before, after) || isJustShown(before)) return { type: "finding", isClear: true };
      if (near === "symptoms" && shape === "disease") return { type: shape, isClear: true, weight: 1 };
      if ((near === "symptoms" || near === "outcome") && (shape === undefined || shape === "finding"))
        return { type: "symptom", isClear: true, weight: 1 };
      return isItem && (shape === undefined || shape === "disease")
        ? { type: "symptom", isClear: true }
        : undefined;
    case "mechanism":
    case "cause":
      if (shape === "finding")
        return role === "mechanism"
          ? { type: "finding", isClear: isShown(before) || hallmark(before, after) }
          : undefined;
      if (shape === "gene" && isTarget(name)) return undefined;
      if (shape === "mechanism" || shape === "pathogen" || shape === "gene")
        return { type: shape, isClear: true };
      if (isJustShown(before) && role === "mechanism" && !isOther) return { type: "finding", isClear: true };
      if (isOther || shape === "disease" || isPerson(name) || role === "cause") return undefined;
      return { type: "mechanism", isClear: false };
    case "treatment":
      if (shape === "drug" || shape === "drug class" || shape === "procedure")
        return { type: shape, isClear: true };
      return near === "treatment" ? typeByNear(near, shape, name) : undefined;
    case "prevention":
    case "risks":
      return near === role ? typeByNear(near, shape, name) : undefined;
    case "differential":
      if (isPerson(name) || (isOther && shape !== "symptom")) return undefined;
      return isItem || isListed || near === role || shape === "disease"
        ? { type: "disease", isClear: true }
        : undefined;
    case "complications":
      if (near === role) return typeByNear(near, shape, name);
      return isItem && !isOther ? { type: "disease", isClear: true } : undefined;
    default:
      return undefined;
  }
}

/** The type that a name would have by the words that govern it directly. */
function typeByNear(near: Role, shape: EntityType | undefined, name: string): TypeGuess | undefined {
  const plain = shape === undefined;
  switch (near) {
    case "treatment":
      if (shape === "drug" || shape === "drug class" || shape === "procedure")
        return { type: shape, isClear: true };
      return plain ? { type: "drug", isClear: true, weight: 1 } : undefined;
    case "prevention":
      if (shape === "drug" || shape === "drug class" || shape === "procedure")
        return { type: shape, isClear: true };
      return plain ? { type: "concept", isClear: true, weight: 1 } : undefined;
    case "risks":
      if (shape === "disease" || shape === "drug" || shape === "drug class" || shape === "procedure")
        return { type: shape, isClear: true, weight: 1 };
      return plain ? { type: "risk factor", isClear: true, weight: 1 } : undefined;
    case "differential":
      return plain || shape === "disease" || shape === "mechanism" || shape === "finding"
        ? { type: "disease", isClear: true, weight: 1.5 }
        : undefined;
    case "complications":
      if (shape === "symptom") return { type: shape, isClear: true, weight: 1 };
      return plain || shape === "disease" || shape === "mechanism"
        ? { type: "disease", isClear: true, weight: 1 }
        : undefined;
    case "diagnosis":
      return shape === "test" || shape === "procedure" ? { type: shape, isClear: true } : undefined;
    case "outcome":
      return shape === "disease" || shape === "symptom"
        ? { type: shape, isClear: true, weight: 1 }
        : undefined;
    case "symptoms":
      if (shape === "symptom") return { type: shape, isClear: true };
      return plain ? { type: "symptom", isClear: true, weight: 1 } : undefined;
    case "cause":
      if (shape === "gene" && isTarget(name)) return undefined;
      if (
        shape === "pathogen" ||
        shape === "gene" ||
        shape === "disease" ||
        shape === "mechanism" ||
        shape === "procedure"
      )
        return { type: shape, isClear: true };
      return plain ? { type: "concept", isClear: true, weight: 1 } : undefined;
    case "affects":
      return shape === "anatomy" ? { type: shape, isClear: true } : undefined;
    case "subtype":
      return isKind(name) ? { type: "disease", isClear: true, weight: 1 } : undefined;
    default:
      return undefined;
  }
}

/** A receptor, a channel, an enzyme: what drugs act on, though seldom what a disease is caused by. */
export function isTarget(name: string): boolean {
  return shapeOf(name) === "gene" && !/^[A-Z0-9-]{2,9}$/.test(name) && !/\bgene$/.test(name);
}

/** Names of kinds of diseases, by their last word; the most general are no kind. */
function isKind(name: string): boolean {
  const text = name.toLowerCase();
  return (
    (text.includes(" ") || /[a-z]{6,}/.test(text)) &&
    /(?:disease|disorder|syndrome|infection|cancer|tumou?r|neoplasm|carcinoma|sarcoma|lymphoma|leuk(?:a)?emia|an(?:a)?emia|zoonosis|porphyria|deficiency|dystrophy|neuropathy|myopathy|cardiomyopathy|encephalopathy|arthritis|vasculitis|dermatitis|hepatitis|nephritis|pneumonia|fever|poisoning|epilepsy|dementia|psychosis|immunodeficiency|dysplasia|malformation|itis|opathy|oma|osis|emia)$/.test(
      text,
    )
  );
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
  /\b(?:based|depends?|depending|see|various|other|others|usually|often|if|when|then|than|may|can|is|are|by|before|after|unless|variable|many|some|most|several|any|it|its|this|they|which|that|cases?|people|years?|per|about|genetic|environmental|idiopathic|unknown|certain|another|multiple|clinical|treatment|factors?|less|plenty)\b/i;

/** Whether plain words can name a concept of their own: few, without numbers, and not a remark. */
function isName(text: string): boolean {
  if (text.length < 3 || text.length > 50 || /[\d%<>{}[\]|=:"?]/.test(text)) return false;
  if (
    /^(?:warm|cold|dry|central|medical|chronic|acute|mild|severe|early|late|primary|secondary|feet|legs|hands|face)$/i.test(
      text,
    )
  )
    return false;
  if (/^(?:medications?|drugs?|medicines?|surgeries)$/i.test(text)) return false;
  return text.split(" ").length <= 4 && /\p{L}/u.test(text) && !notInNames.test(text);
}
