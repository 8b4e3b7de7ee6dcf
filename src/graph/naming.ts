/**
 * How an entity is called inside a sentence: "weight loss", but "Crohn's disease" and "MRI".
 *
 * Titles start with a capital whatever the word is, so the pages themselves decide: a title that is written small
 * anywhere in the evidence is a common noun. Where the evidence is silent, the shape of the title decides. One
 * function for questions, teacher and corpus: to a small model "Fatigue" and "fatigue" are two different words.
 */
import type { Entity } from "../records/entity.ts";
import type { KnowledgeGraph } from "./graph.ts";

/** The name of each entity of a graph as it stands inside a sentence. */
export function entityNames(graph: KnowledgeGraph): (id: string) => string {
  const small = new Set<string>();
  const capital = new Map<string, number>();
  for (const relation of graph.relations.values()) {
    for (const id of [relation.tail, relation.head]) {
      const title = plainTitle(id);
      const lower = lowerFirst(title);
      for (const { quote } of relation.evidence) {
        if (small.has(id)) break;
        if (hasWordAt(quote, lower)) small.add(id);
        else if (isCapitalInside(quote, title)) capital.set(id, (capital.get(id) ?? 0) + 1);
      }
    }
  }
  const names = new Map<string, string>();
  for (const entity of graph.entities.values()) {
    const title = plainTitle(entity.id);
    const isCommon =
      !isFixed(title) &&
      (small.has(entity.id) || (!capital.has(entity.id) && looksCommon(title, entity.type)));
    names.set(entity.id, isCommon ? lowerFirst(title) : title);
  }
  return (id) => names.get(id) ?? plainTitle(id);
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
  /^(?:disease|syndrome|sign|test|phenomenon|ring|rings|body|bodies|cell|cells|anomaly|tumou?r|maneuver|contracture|palsy|chorea|triad|node|nodes|spots|lines|rod|rods|stain|arthropathy|score|lymphoma|ataxia|papules?|spot|fracture|esophagus)$/;
const adjective =
  /(?:ic|al|ous|ar|ary|ive|ed|ent|ant|ory|ine|oid|ing|less|ile|ation|ment|ness|ity|ism|itis|osis|emia|oma|pathy|uria)$/;
const commonFirst =
  /^(?:blood|skin|heart|liver|kidney|lung|bone|brain|joint|muscle|nerve|urine|stool|sweat|breath|sleep|stress|compartment|serotonin|dry|wide|long|short|sick|restless|toxic|cold|cat|hand|glass|water|fat|iron|vitamin|blister|butterfly|target|string|moon|spider|nail|tongue|eye|ear|skull|chest|growth|glucose|plasma|serum|protein|lipid|enzyme|gene|antibody|giant|mast|plaque|multiple|target|double|single|red|white|black|foam|smudge|tear|helmet|sickle|owl|clue|koplik)$/i;

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
