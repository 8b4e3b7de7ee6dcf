/**
 * The disease that a stem does not name: the one that has every fact told and none denied. How a mention belongs to
 * it is told from the words around it, or from its type where they are silent.
 */
import type { EntityType } from "../../records/entity.ts";
import type { Predicate } from "../../records/relation.ts";
import { type Hop, leadsTo, next, reachOf, type World } from "./closed-world.ts";
import type { Sense } from "./phrases.ts";
import type { Place } from "./roles.ts";

const forward = (...predicates: readonly Predicate[]): readonly Sense[] =>
  predicates.map((predicate) => ({ predicate, isFlipped: false }));

/** How something belongs to a disease when the words do not say. */
const usual: Readonly<Record<EntityType, readonly Sense[]>> = {
  symptom: forward("HAS_SYMPTOM"),
  sign: forward("HAS_SYMPTOM", "HAS_FINDING"),
  finding: forward("HAS_FINDING", "HAS_SYMPTOM"),
  disease: forward("HAS_SYMPTOM"),
  test: forward("DIAGNOSED_BY"),
  procedure: forward("DIAGNOSED_BY", "TREATED_WITH", "PREVENTED_BY"),
  pathogen: forward("CAUSED_BY"),
  gene: forward("CAUSED_BY", "HAS_RISK_FACTOR"),
  drug: forward("TREATED_WITH"),
  "drug class": forward("TREATED_WITH"),
  mechanism: forward("HAS_MECHANISM"),
  "risk factor": forward("HAS_RISK_FACTOR"),
  anatomy: forward("AFFECTS_ANATOMY"),
  specialty: forward("BELONGS_TO_SPECIALTY"),
  concept: forward("CAUSED_BY", "HAS_RISK_FACTOR", "HAS_COMPLICATION", "TREATED_WITH", "PREVENTED_BY"),
};

/** The diseases that have all that is told and nothing that is denied. */
export function diseasesBehind(
  world: World,
  told: readonly Place[],
  denied: readonly Place[],
  idsOf: (place: Place) => readonly string[],
): string[] {
  const { graph, typeOf } = world;
  const linksOf = (place: Place): Link[] => linksTo(world, place, idsOf(place));
  const facts = told.map(linksOf);
  const absent = denied.map(linksOf);
  // The rarest fact has the fewest diseases to try.
  const sizes = facts.map((links) => links.reduce((sum, { id, hop }) => sum + reachOf(graph, id, hop), 0));
  const rarest = facts[sizes.indexOf(Math.min(...sizes))] ?? [];
  const owns = (disease: string, links: readonly Link[]): boolean =>
    links.some(({ id, hop }) => leadsTo(graph, id, hop, disease));
  const owners = new Set(rarest.flatMap(({ id, hop }) => next(graph, id, hop)));
  return [...owners].filter(
    (disease) =>
      typeOf(disease) === "disease" &&
      facts.every((links) => owns(disease, links)) &&
      !absent.some((links) => owns(disease, links)),
  );
}

/** A way from what is told to the diseases it may belong to. */
interface Link {
  readonly id: string;
  readonly hop: Hop;
}

function linksTo(world: World, place: Place, ids: readonly string[]): Link[] {
  return ids.flatMap((id) => {
    const type = world.typeOf(id);
    return type === undefined
      ? []
      : waysOf(world, place, type).map(({ predicate, isFlipped }) => ({
          id,
          hop: { predicate, isBackward: !isFlipped },
        }));
  });
}

/** "A complication of the disease is": what the words belong to is known. */
const ofTheDisease =
  /\b(?:of|for|in|behind|against) (?:the|this|that|his|her|their|a certain) (?:\p{L}+ ){0,2}(?:disease|condition|illness|disorder|syndrome|diagnosis|patient)\b/gu;

/** Words before a mention say what the disease is to it; words after it what it is to the disease. */
function waysOf({ sensesOf }: World, place: Place, type: EntityType): readonly Sense[] {
  if (place.role === "absent") return usual[type];
  // "has cirrhosis as a complication": what is said after it says more than "has".
  const named = /^\s*(?:(?:as|among)\b|作?为|是其)(.*?)(?:,|;|\band\b|$)/u.exec(place.trail)?.[1];
  const stated = named === undefined ? [] : sensesOf(named, "disease", type);
  if (stated.length > 0) return withKin(stated);
  const lead = lastClause(place.lead.replace(ofTheDisease, " "));
  for (const words of [3, 6, 40]) {
    const before = sensesOf(lastWords(lead, words), "disease", type);
    if (before.length > 0) return withKin(before);
  }
  const after = sensesOf(firstClause(place.trail), type, "disease").map(
    ({ predicate, isFlipped }): Sense => ({ predicate, isFlipped: !isFlipped }),
  );
  return after.length > 0 ? withKin(after) : usual[type];
}

/** A patient's symptom and a finding are told in the same words. */
function withKin(senses: readonly Sense[]): readonly Sense[] {
  const isSeen = senses.some(({ predicate }) => predicate === "HAS_SYMPTOM" || predicate === "HAS_FINDING");
  return isSeen ? [...senses, ...forward("HAS_SYMPTOM", "HAS_FINDING")] : senses;
}

/** What stands nearest says most. */
function lastWords(text: string, count: number): string {
  return text.trim().split(/\s+/u).slice(-count).join(" ");
}

function lastClause(text: string): string {
  return text.split(/[,;:]/u).findLast((clause) => /\p{Script=Han}|\S.*\S\S/u.test(clause)) ?? text;
}

function firstClause(text: string): string {
  return text.split(/[,;:.?!。]/u)[0] ?? "";
}
