/**
 * How an entity is called inside a sentence: "weight loss", but "Crohn's disease" and "MRI".
 *
 * Titles start with a capital whatever the word is, so the pages themselves decide: a title that is written small
 * anywhere in the evidence is a common noun. Where the evidence is silent, the shape of the title decides. One
 * function for questions, teacher and corpus: to a small model "Fatigue" and "fatigue" are two different words.
 */
import type { Entity } from "../records/entity.ts";
import type { KnowledgeGraph } from "./graph.ts";

/** Relations on either side of an entity whose sentences are read for how it is written; more would say the same. */
const readRelations = 16;

/** The name of each entity of a graph as it stands inside a sentence; found when it is asked for, then kept. */
export function entityNames(graph: KnowledgeGraph): (id: string) => string {
  const names = new Map<string, string>();
  return (id) => {
    const name = names.get(id) ?? nameOf(graph, id);
    names.set(id, name);
    return name;
  };
}

function nameOf(graph: KnowledgeGraph, id: string): string {
  const title = plainTitle(id);
  const entity = graph.entities.get(id);
  if (entity === undefined || isFixed(title)) return title;
  const lower = lowerFirst(title);
  let isCapital = false;
  for (const { evidence } of [
    ...graph.out(id).slice(0, readRelations),
    ...graph.into(id).slice(0, readRelations),
  ])
    for (const { quote } of evidence) {
      if (hasWordAt(quote, lower)) return lower;
      if (isCapitalInside(quote, title)) isCapital = true;
    }
  return !isCapital && looksCommon(title, entity.type) ? lower : title;
}

/** A title without the bracketed word that tells it from its namesakes. */
function plainTitle(id: string): string {
  return id.replace(/ \([^()]*\)$/, "");
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Acronyms, symbols and numbers keep their shape: "MRI", "C-reactive protein", "HLA-B27", "Q fever". */
function isFixed(title: string): boolean {
  const first = title.split(/[ -]/)[0] as string;
  return (
    first.length === 1 || /^.[^a-z]/.test(first) || /[A-Z0-9]/.test(first.slice(1)) || /['’]s?$/.test(first)
  );
}

const eponymHeads =
  /^(?:disease|syndrome|sign|test|phenomenon|ring|rings|body|bodies|cell|cells|anomaly|tumou?r|maneuver|contracture|palsy|chorea|triad|node|nodes|spots|lines|rod|rods|stain|arthropathy|score|lymphoma|ataxia|papules?|spot|fracture|esophagus|arteritis|thyroiditis|encephalopathy|dystrophy|granuloma|purpura|nephropathy|hernia|pneumonia|anomaly)$/;
const adjective =
  /(?:ic|al|ous|ar|ary|ive|ed|ent|ant|ory|ine|oid|ing|less|ile|ation|ment|ness|ity|ism|itis|osis|emia|oma|pathy|uria)$/;
const commonFirst =
  /^(?:blood|skin|heart|liver|kidney|lung|bone|brain|joint|muscle|nerve|urine|stool|sweat|breath|sleep|stress|compartment|serotonin|dry|wide|long|short|sick|restless|toxic|cold|cat|hand|glass|water|fat|iron|vitamin|blister|butterfly|target|string|moon|spider|nail|tongue|eye|ear|skull|chest|growth|glucose|plasma|serum|protein|lipid|enzyme|gene|antibody|giant|mast|plaque|multiple|target|double|single|red|white|black|foam|smudge|tear|helmet|sickle|owl|clue|koplik|autoimmune|aspiration|umbilical|membranous|subacute)$/i;

function looksCommon(title: string, type: Entity["type"]): boolean {
  if (type === "pathogen" || type === "gene") return false;
  const words = title.split(/[ –-]/);
  const first = words[0] as string;
  if (words.slice(1).some((word) => /^\p{Lu}\p{Ll}{2,}/u.test(word))) return false;
  const isEponymShape = words.length > 1 && eponymHeads.test(words.at(-1) as string);
  return !isEponymShape || adjective.test(first) || commonFirst.test(first);
}

function hasWordAt(quote: string, word: string): boolean {
  let at = quote.indexOf(word);
  while (at >= 0) {
    const before = quote[at - 1];
    const after = quote[at + word.length];
    if (
      !/[\p{L}\p{N}-]/u.test(before ?? " ") &&
      !/\p{L}/u.test((after === "s" ? quote[at + word.length + 1] : after) ?? " ")
    )
      return true;
    at = quote.indexOf(word, at + 1);
  }
  return false;
}

/** A capital after a small word is meant; after a bar, comma or line start it may be a list's habit. */
function isCapitalInside(quote: string, title: string): boolean {
  const at = quote.indexOf(title);
  return (
    at > 0 &&
    /[a-z]\)?,? (?:\[\[)?$/.test(quote.slice(Math.max(0, at - 6), at)) &&
    !/=\s*\S*$/.test(quote.slice(0, at))
  );
}
