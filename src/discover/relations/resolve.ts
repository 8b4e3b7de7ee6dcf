/**
 * From mentions to relations, when the types of all names are known (paper §3.1).
 *
 * Invariant: a relation joins types that its predicate may join; a link whose type does not fit the place gives none.
 */
import type { EntityType } from "../../records/entity.ts";
import { mayJoin, type Predicate } from "../../records/relation.ts";
import { isBroad, isGeneral } from "../name-shapes.ts";
import type { Named, Names } from "../names.ts";
import type { EntitySurvey, Mention, Place } from "../reading/survey-record.ts";
import { meaningOf, nearMeaningOf } from "./meanings.ts";
import type { Role } from "./tables.ts";
import { isTarget } from "./types-by-place.ts";

/** How much a way of reading is trusted; not given in the paper. */
const trust = {
  fieldLink: 0.95,
  fieldWords: 0.85,
  fieldNewName: 0.6,
  listItem: 0.85,
  sentence: 0.75,
  sentenceByCue: 0.7,
  leadByType: 0.55,
  /** Times what the place would be trusted otherwise: below the default least confidence of the stage. */
  seldom: 0.55,
} as const;

/** One reading of a relation; several of the same triple are merged later. */
export interface Reading {
  readonly head: string;
  readonly predicate: Predicate;
  readonly tail: string;
  readonly method: Mention["method"];
  readonly confidence: number;
  readonly place: Place;
  readonly mention: Mention;
}

/** The relations of a page, and those that say the same from the other side. */
export function* resolve(survey: EntitySurvey, names: Names): Generator<Reading> {
  const head = names.page(survey.title);
  for (const mention of survey.mentions) {
    const tail = tailOf(mention, names);
    if (tail === undefined || tail.id === head.id || isGeneral(tail.id)) continue;
    const found = decide(head, tail, mention);
    if (found === undefined || !mayJoin(...joined(found.predicate, head, tail, mention))) continue;
    const { predicate, method, confidence } = found;
    const place = survey.places[mention.place] as Place;
    const [from, to] = isReversed(predicate, mention) ? [tail, head] : [head, tail];
    const reading = { head: from.id, predicate, tail: to.id, method, confidence, place, mention };
    yield reading;
    const mirror = mirrorOf(predicate, from.type, to.type);
    if (mirror) yield { ...reading, head: to.id, tail: from.id, predicate: mirror };
  }
}

function tailOf(mention: Mention, names: Names): Named | undefined {
  const { target, words, role } = mention;
  if (target === undefined) {
    const named = names.words(words);
    // Plain words of prose count only where they are the name of a page.
    return mention.method === "infobox" || named?.hasPage || (named && plainTypes.has(named.type))
      ? named
      : undefined;
  }
  return names.link(target) ?? (mention.method === "infobox" && role ? names.words(words) : undefined);
}

/** Types that a name without a page may have to be read from plain words. */
const plainTypes = new Set<EntityType>([
  "disease",
  "symptom",
  "sign",
  "drug",
  "drug class",
  "test",
  "procedure",
  "pathogen",
]);

/** A field "types" lists the kinds of the page's own entity. */
function isReversed(predicate: Predicate, mention: Mention): boolean {
  return predicate === "SUBTYPE_OF" && mention.role === "types";
}

function joined(
  predicate: Predicate,
  head: Named,
  tail: Named,
  mention: Mention,
): [Predicate, EntityType, EntityType] {
  return isReversed(predicate, mention)
    ? [predicate, tail.type, head.type]
    : [predicate, head.type, tail.type];
}

interface Decision {
  readonly predicate: Predicate;
  readonly method: Mention["method"];
  readonly confidence: number;
}

function decide(head: Named, tail: Named, mention: Mention): Decision | undefined {
  if (mention.proposed) {
    const { predicate, confidence } = mention.proposed;
    return { predicate, method: "model", confidence };
  }
  if (mention.method === "infobox") return decideField(head, tail, mention);
  if (isBroad(tail.id)) return undefined;
  const found = decideProse(head.type, tail, mention);
  if (found === undefined) return undefined;
  if (mention.against?.includes(found.predicate)) return undefined;
  if (mention.only !== undefined && mention.only !== found.predicate) return undefined;
  const predicate = refined(found.predicate, tail, mention);
  const isItem = mention.method === "section" && found.isBySection;
  const confidence = (isItem ? trust.listItem : found.confidence) * (mention.isSeldom ? trust.seldom : 1);
  return { predicate, method: isItem ? "section" : "sentence", confidence };
}

/** What the thing itself makes of a predicate: the sign that is the mark of a disease, a vaccine among its remedies. */
function refined(predicate: Predicate, tail: Named, { isMark }: Mention): Predicate {
  if (predicate === "HAS_SYMPTOM" && tail.type === "sign" && isMark) return "HAS_FINDING";
  return predicate === "TREATED_WITH" && /\b(?:vaccines?|vaccination|immuni[sz]ation)$/i.test(tail.id)
    ? "PREVENTED_BY"
    : predicate;
}

function decideField(head: Named, tail: Named, mention: Mention): Decision | undefined {
  const predicate = mention.role && meaningOf(head.type, mention.role, tail.type, true);
  if (predicate === undefined) return undefined;
  const byWords = mention.target === undefined ? trust.fieldWords : trust.fieldLink;
  return { predicate, method: "infobox", confidence: tail.hasPage ? byWords : trust.fieldNewName };
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

function decideProse(
  head: EntityType,
  tail: Named,
  mention: Mention,
): { predicate: Predicate; confidence: number; isBySection: boolean } | undefined {
  const { near } = mention;
  const found = decideByPlace(head, tail, mention);
  if (found !== undefined && !isForeign(found.predicate, head, mention)) return found;
  const predicate = near && nearMeaningOf(head, near, tail.type);
  if (predicate !== undefined && !isForeign(predicate, head, mention))
    return { predicate, confidence: trust.sentence, isBySection: near === mention.role };
  // A mechanism that the lead of a disease names is most often its own.
  const isMechanism = mention.role === undefined && near === undefined && tail.type === "mechanism";
  const byType = isMechanism ? meaningOf(head, "mechanism", tail.type) : undefined;
  return byType === undefined || isForeign(byType, head, mention)
    ? undefined
    : { predicate: byType, confidence: trust.leadByType, isBySection: false };
}

/** Predicates that may be read of the state in which something holds. */
const ofScope = new Set<Predicate>(["CONTRAINDICATED_IN", "TREATS", "AFFECTS_ANATOMY", "METABOLISED_BY"]);

/** "Occurs mostly in [[x]]": the name is no tail of what the sentence states. */
function isForeign(predicate: Predicate, head: EntityType, { isScope: scope, role, near }: Mention): boolean {
  if (scope === undefined || ofScope.has(predicate)) return false;
  if (predicate === "DIFFERENTIAL_DIAGNOSIS") return scope === "bracket";
  if (predicate === "HAS_RISK_FACTOR") return role !== "risks";
  // What a symptom is seen in is its cause.
  return !(predicate === "CAUSED_BY" && near === "cause" && (head === "symptom" || head === "sign"));
}

function decideByPlace(
  head: EntityType,
  tail: Named,
  { role, cues = [] }: Mention,
): { predicate: Predicate; confidence: number; isBySection: boolean } | undefined {
  const [nearest] = cues;
  if (nearest !== undefined && strong.has(nearest)) {
    const predicate = meaningOf(head, nearest, tail.type);
    if (predicate) return { predicate, confidence: trust.sentence, isBySection: nearest === role };
  }
  if (role !== undefined) {
    const predicate = meaningOf(head, role, tail.type);
    // Diseases come of genes, not of the receptors and enzymes that their mechanism tells of.
    if (predicate === "CAUSED_BY" && isTarget(tail.id)) return undefined;
    if (predicate) return { predicate, confidence: trust.sentence, isBySection: true };
  }
  // On the page of a symptom a word far off says too little.
  if (head === "symptom" || head === "sign") return undefined;
  for (const cue of cues) {
    const predicate = meaningOf(head, cue, tail.type);
    if (predicate) return { predicate, confidence: trust.sentenceByCue, isBySection: false };
  }
  return undefined;
}

/** The predicate that says the same of a disease from the other side. */
function mirrorOf(predicate: Predicate, head: EntityType, tail: EntityType): Predicate | undefined {
  const mirror = mirrors[predicate];
  const isOfDisease = head === "disease" || tail === "disease";
  return mirror !== undefined && isOfDisease && mayJoin(mirror, tail, head) ? mirror : undefined;
}

const mirrors: Readonly<Partial<Record<Predicate, Predicate>>> = {
  TREATS: "TREATED_WITH",
  TREATED_WITH: "TREATS",
  CAUSED_BY: "PATHOGEN_OF",
  PATHOGEN_OF: "CAUSED_BY",
};
